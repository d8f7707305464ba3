// SPDX-License-Identifier: GPL-2.0-only
#include "rig.h"

#include <time.h>

/* ---- what the support side needs of its place ---- */

static u64 now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ULL + t.tv_nsec;
}

u32 clock_khz(void)
{
	static u32 khz;
	u64 ns, cycles;

	if (khz)
		return khz;
	ns = now_ns();
	cycles = clock_read();
	os_sleep_us(20000, 20000);
	cycles = clock_read() - cycles;
	khz = cycles * 1000000 / (now_ns() - ns);
	return khz;
}

void run_in_thread(struct run *r)
{
	run_shots(r);
}

void rig_spin_ns(u64 ns)
{
	u64 until = now_ns() + ns;

	while (now_ns() < until)
		;
}

/* ---- the target's kernel ---- */

static struct intmgr_slot *slot_of(struct rig *rig, u64 seq)
{
	return &rig->view.slot[seq % INTMGR_SLOTS];
}

static void kernel_deliver(struct rig *rig, u64 seq, u64 poll)
{
	enum fate fate = rig->fate ? rig->fate(seq) : FATE_READ;
	struct intmgr_slot *slot = slot_of(rig, seq);

	if (fate == FATE_DROPPED_BY_DRIVER)
		return;
	slot->poll = poll;
	slot->delivered = clock_read();
	slot->reason = fate == FATE_DROPPED_BY_STACK ||
		       fate == FATE_DROPPED_BY_SOCKET ? 7 : 0;
	if (fate == FATE_DROPPED_BY_STACK)
		slot->dropped = INTMGR_DROPPED_BY_STACK;
	else if (fate == FATE_DROPPED_BY_SOCKET)
		slot->dropped = INTMGR_DROPPED_BY_SOCKET;
	else if (fate == FATE_READ)
		slot->socket = clock_read();
}

static void kernel_napi(struct rig *rig)
{
	u64 poll = clock_read(), *seq;

	for (; rig->taken < rig->given; rig->taken++) {
		seq = &rig->seq[rig->taken % RIG_RING];
		if (rig->fate && rig->fate(*seq) == FATE_LEFT)
			continue;
		kernel_deliver(rig, *seq, poll);
		*seq = 0;
	}
}

static void kernel_obey(struct rig *rig)
{
	struct intmgr_window *w = rig->w;

	if (rig->ignores_orders || w->order_done == w->order_seq)
		return;
	w->order_result = rig->obey ? rig->obey(rig, w->order) : 0;
	port_store_release(&w->order_done, w->order_seq);
}

static void kernel_enter(struct rig *rig, u32 doorbell)
{
	struct intmgr_entry *e =
		(void *)&rig->view.entry[rig->w->entry_head % INTMGR_ENTRIES];

	e->tsc = clock_read();
	e->doorbell = doorbell;
	port_store_release(&rig->w->entry_head, rig->w->entry_head + 1);
	rig->w->handled[doorbell]++;
	if (doorbell == INTMGR_DOORBELL_CONTROL)
		kernel_obey(rig);
	else
		kernel_napi(rig);
}

static void kernel_interrupt(void *arg)
{
	struct rig *rig = arg;
	u32 i, bits = rig->w->raised;

	if (rig->deaf)
		return;
	if (bits != 1U << INTMGR_DOORBELL_CONTROL &&
	    ++rig->waiting < rig->merge)
		return;
	rig->waiting = 0;
	rig->w->raised = 0;
	for (i = 0; i < INTMGR_DOORBELLS; i++)
		if (bits >> i & 1)
			kernel_enter(rig, i);
}

void rig_beat(struct rig *rig)
{
	if (!rig->hung)
		port_store(&rig->w->alive, clock_read());
}

/* ---- the card ---- */

static u32 card_poll(struct nic *nic)
{
	struct rig *rig = nic->state;

	rig_beat(rig);
	if (rig->turn)
		rig->turn(rig);
	return 0;
}

static void card_give(struct nic *nic, const struct nic_frame *frame,
		      struct nic_gift *gift)
{
	struct rig *rig = nic->state;
	u64 seq = frame_seq(frame->data, frame->len, RIG_RUN);

	rig->shots++;
	rig_beat(rig);
	if (rig->at)
		rig->at(rig, seq);
	gift->outcome = rig->refuse ? rig->refuse(seq) : OUTCOME_DELIVERED;
	if (gift->outcome != OUTCOME_DELIVERED)
		return;
	gift->slot = rig->given++ % RIG_RING;
	rig->seq[gift->slot] = seq;
	gift->vectors = rig->masked ? 0 : 1;
}

static u32 card_steer(struct nic *nic, const void *frame, u32 len)
{
	return 0;
}

static u32 card_queues(struct nic *nic)
{
	return 1;
}

static int card_vector(struct nic *nic, u32 queue)
{
	return 0;
}

static u32 card_longest(struct nic *nic)
{
	return ((struct rig *)nic->state)->longest;
}

static void *card_peek(struct nic *nic, u32 queue, u32 ahead, u32 len)
{
	return ((struct rig *)nic->state)->buffer;
}

static void card_fetch_ahead(struct nic *nic, u32 queue, u32 len)
{
	((struct rig *)nic->state)->fetched_ahead++;
}

static bool card_waiting(struct nic *nic, u32 queue, u32 slot)
{
	return ((struct rig *)nic->state)->seq[slot % RIG_RING];
}

static void card_ring(struct nic *nic, u32 queue, struct nic_ring *ring)
{
	*ring = (struct nic_ring){ .count = RIG_RING, .tail = RIG_RING - 1 };
}

static const struct nic_ops card = {
	.name = "card",
	.queues = 1,
	.identity.vectors = 1,
	.poll = card_poll,
	.give = card_give,
	.steer = card_steer,
	.rx_queues = card_queues,
	.rx_vector = card_vector,
	.longest = card_longest,
	.peek = card_peek,
	.fetch_ahead = card_fetch_ahead,
	.waiting = card_waiting,
	.rx_ring = card_ring,
};

/* ---- all of it ---- */

/* Where a target lays its parts out, page by page. */
static void *place(struct rig *rig, struct intmgr_area *area, u64 *end, u64 size)
{
	*area = (struct intmgr_area){ *end, size };
	*end += (size + 4095) / 4096 * 4096;
	return (void *)rig->w + area->offset;
}

void rig_open(struct rig *rig)
{
	u64 slots = INTMGR_SLOTS * sizeof(struct intmgr_slot);
	u64 entries = INTMGR_ENTRIES * sizeof(struct intmgr_entry);
	u64 size = 4096 + slots + entries, end = 4096;

	*rig = (struct rig){ .longest = FRAME_MAX_SIZE, .port.master = 1 };
	rig->w = calloc(1, size);
	assert_non_null(rig->w);
	rig->w->state = INTMGR_TARGET_UP;
	rig->w->alive = clock_read();
	rig->w->doorbell[INTMGR_DOORBELL_CONTROL] = DOORBELL_WORD;
	rig->w->doorbell[INTMGR_DOORBELL_MSIX(0)] = DOORBELL_WORD;
	rig->view = (struct view){
		.w = rig->w,
		.size = size,
		.line = { kernel_interrupt, rig },
		.slot = place(rig, &rig->w->slots, &end, slots),
		.entry = place(rig, &rig->w->entries, &end, entries),
		.nic = { .ops = &card, .state = rig, .port = &rig->port },
		.polled = true,
	};
}

void rig_close(struct rig *rig)
{
	free(rig->w);
}

struct intmgr_run rig_spec(u64 count, u64 interval_ns)
{
	return (struct intmgr_run){
		.size = sizeof(struct intmgr_run),
		.against = INTMGR_AGAINST_DRIVER,
		.schedule = SCHEDULE_CBR,
		.late = LATE_SHIFT,
		.interval_ns = interval_ns,
		.count = count,
		.seed = 1,
		.frame_len = 64 + FRAME_MIN_SIZE,
		.run = RIG_RUN,
		.queues = 1,
	};
}

void *rig_frame(const struct intmgr_run *spec)
{
	const struct frame_spec frame = {
		.saddr = 1, .daddr = 2, .sport = 3, .dport = 4,
		.size = spec->frame_len, .run = RIG_RUN,
	};
	void *data;

	if (!run_has_frame(spec))
		return NULL;
	data = malloc(spec->frame_len);
	assert_int_equal(frame_build(data, spec->frame_len, &frame), 0);
	return data;
}

struct run *rig_run(struct rig *rig, const struct intmgr_run *spec,
		    const u64 *trace)
{
	u64 *times = NULL;
	struct run *r;

	assert_int_equal(run_check(spec), 0);
	if (trace) {
		times = malloc(spec->trace_len * sizeof(*times));
		memcpy(times, trace, spec->trace_len * sizeof(*times));
	}
	assert_int_equal(run_create(&r, &rig->view, spec, rig_frame(spec), times),
			 0);
	rig->run = r;
	run_execute(r);
	return r;
}

struct intmgr_stats rig_stats(struct run *r)
{
	struct intmgr_stats s = { 0 };
	u64 sum = 0;
	u32 i;

	summary_fill(r, &s);
	for (i = 0; i < OUTCOMES; i++)
		sum += s.outcome[i];
	assert_int_equal(sum, s.sent);
	assert_int_equal(s.pending, 0);
	return s;
}
