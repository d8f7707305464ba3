// SPDX-License-Identifier: GPL-2.0-only
/*
 * What became of each shot. Two cursors follow the shots that were fired:
 * pairing finds the handler entry that answers a doorbell, judging reads the
 * target's stamps and settles the outcome. Both go in the order of the shots,
 * a step at a time, while the pacing thread has nothing better to do.
 */
#include "support/support.h"

/* Nothing new for this long after the last shot: nothing more will come. */
#define COLLECT_QUIET_MS	250
#define COLLECT_STOPPED_MS	100
/* A target that never falls silent is not waited for longer than this. */
#define COLLECT_LONGEST_MS	10000
/* A heartbeat older than this may have been the last one. */
#define COLLECT_DOUBT_MS	(2 * INTMGR_ALIVE_MS)

/* ---- handler entries ---- */

static void count_gap(struct run *r, u64 gap)
{
	u64 interval = r->spec.interval_ns;

	histogram_add(&r->histogram[RUN_GAP], gap);
	if (r->spec.schedule == SCHEDULE_CBR &&
	    gap <= interval + RUN_EXACT_NS && gap + RUN_EXACT_NS >= interval)
		r->gap_exact++;
}

/*
 * Where intervals differ, only the shots that own two entries say how far these
 * should be apart.
 */
static void count_own_gap(struct run *r, const struct shot *s)
{
	s64 off = (s->rec.handler - r->own_entry) - (s->rec.due - r->own_due);

	if (r->spec.schedule == SCHEDULE_CBR)
		return;
	if (r->own_entry && (u64)(off < 0 ? -off : off) <= r->late_after)
		r->gap_exact++;
	r->own_entry = s->rec.handler;
	r->own_due = s->rec.due;
}

/* When entry @n was made, 0 if it is garbage; *doorbell gets whose it is. */
static u64 entry_time(const struct run *r, u64 n, u32 *doorbell)
{
	const struct intmgr_entry *e = &r->v->entry[n % INTMGR_ENTRIES];
	u64 tsc = port_load(&e->tsc);

	*doorbell = port_load(&e->doorbell);
	return tsc > view_latest() ? 0 : tsc;
}

/*
 * Where the log ends. A tail that it ran over is given up: what it holds is
 * being overwritten, or its head is garbage and may be again.
 */
static u64 log_head(const struct run *r, u64 *tail)
{
	/* pairs with the target's release: the entries are whole */
	u64 head = port_load_acquire(&r->v->w->entry_head);

	if (head - *tail > INTMGR_ENTRIES)
		*tail = head;
	return head;
}

static bool log_counts(const struct run *r, u32 doorbell)
{
	return doorbell < INTMGR_DOORBELLS && (r->doorbells >> doorbell & 1);
}

/* Count the next entry of the log; false when there is none yet. */
static bool log_step(struct run *r)
{
	u32 doorbell;
	u64 tsc;

	if (log_head(r, &r->log_tail) == r->log_tail)
		return false;
	tsc = entry_time(r, r->log_tail++, &doorbell);
	if (!tsc || !log_counts(r, doorbell))
		return true;
	if (r->begin && tsc >= r->begin) {
		r->handled++;
		if (r->last_entry)
			count_gap(r, clock_to_ns(&r->clock, tsc - r->last_entry));
	}
	r->last_entry = tsc;
	return true;
}

/* The time of the next entry of @doorbell, 0 if there is none yet. */
static u64 entries_next(struct run *r, u32 doorbell)
{
	struct run_cursor *c = &r->cursor[doorbell];
	u64 head = log_head(r, &c->tail), tsc;
	u32 whose;

	for (; c->tail != head; c->tail++) {
		tsc = entry_time(r, c->tail, &whose);
		if (tsc && whose == doorbell)
			return tsc;
	}
	return 0;
}

/* One step of pairing; false when the next shot's entry is still to come. */
static bool pair_step(struct run *r)
{
	struct run_cursor *c;
	struct shot *s;
	u64 entry;

	if (r->paired == r->sent)
		return false;
	s = run_shot(r, r->paired + 1);
	if (!s->rec.rung || s->doorbell >= INTMGR_DOORBELLS) {
		r->paired++;
		return true;
	}
	c = &r->cursor[s->doorbell];
	entry = entries_next(r, s->doorbell);
	switch (entry_match(&c->pairing, s->rec.copied, entry)) {
	case ENTRY_OWN:
		s->rec.handler = entry;
		count_own_gap(r, s);
		r->paired++;
		c->tail++;
		return true;
	case ENTRY_OLDER:
		c->tail++;
		return true;
	case ENTRY_MERGED:
		r->paired++;
		return true;
	case ENTRY_NONE:
		break;
	}
	return false;
}

/* Pair the next shot, with no entry if none has come. */
static void pair_force(struct run *r)
{
	u64 next = r->paired + 1;
	unsigned int i;

	/* no log holds more entries that are older than the ring */
	for (i = 0; i < INTMGR_ENTRIES && r->paired < next; i++)
		if (!pair_step(r))
			break;
	if (r->paired < next)
		run_shot(r, ++r->paired)->unanswered = true;
}

/* ---- signs of life ---- */

static void life_sign(struct run *r, u64 stamp, u64 latest)
{
	if (stamp > r->life && stamp <= latest)
		r->life = stamp;
}

/*
 * Did the target live after this shot began? The heartbeat is coarse; while
 * all goes well, handler entries and deliveries come more often.
 */
static bool lived_after(struct run *r, const struct shot *s)
{
	u64 latest;

	if (r->life >= s->rec.start)
		return true;
	latest = view_latest();
	life_sign(r, port_load(&r->v->w->alive), latest);
	life_sign(r, r->last_entry, latest);
	life_sign(r, r->last_delivery, latest);
	return r->life >= s->rec.start;
}

/* ---- outcomes ---- */

static struct shot_trace trace_of(struct run *r, struct shot *s)
{
	struct intmgr_slot *slot = &r->v->slot[s->rec.seq % INTMGR_SLOTS];
	/* pairs with the target's release: the reason is written */
	u32 dropped = port_load_acquire(&slot->dropped);

	s->rec.poll = port_load(&slot->poll);
	s->rec.delivered = port_load(&slot->delivered);
	s->rec.socket = port_load(&slot->socket);
	s->rec.reason = port_load(&slot->reason);
	return (struct shot_trace) {
		.delivered = s->rec.delivered,
		.socket = s->rec.socket,
		.reason = s->rec.reason,
		.dropped = dropped != INTMGR_NOT_DROPPED,
		.dropped_by_socket = dropped == INTMGR_DROPPED_BY_SOCKET,
	};
}

/* Does the frame still wait in its descriptor, which no later frame has used? */
static bool still_in_ring(struct run *r, const struct shot *s)
{
	struct nic *nic = &r->v->nic;
	struct nic_ring ring;

	nic->ops->rx_ring(nic, s->queue, &ring);
	return r->in_ring[s->queue] - s->nth < ring.count &&
	       nic->ops->waiting(nic, s->queue, s->descriptor);
}

/*
 * Settle the outcome of a shot whose frame went into the ring. Until @force,
 * only if it cannot change any more.
 */
static bool settle_frame(struct run *r, struct shot *s, bool force)
{
	struct shot_trace trace = trace_of(r, s);
	struct shot_context context = { .dead = r->dead };

	if (trace.delivered)
		r->last_delivery = trace.delivered;
	if (!trace.socket && !trace.dropped) {
		if (!force)
			return false;
		context.silent = s->unanswered ||
				 (r->dead && !lived_after(r, s));
		context.in_ring = still_in_ring(r, s);
	}
	s->rec.outcome = shot_judge(&trace, &context);
	return true;
}

/*
 * The same for one that was not put into the ring. Why not was seen at once,
 * but that may be because the target was dead by then: nobody empties its ring.
 */
static bool settle_refused(struct run *r, struct shot *s, bool force)
{
	struct shot_context context = { .dead = r->dead };

	context.silent = !lived_after(r, s);
	if (context.silent && !force)
		return false;
	s->rec.outcome = shot_judge_refused(s->rec.outcome, &context);
	return true;
}

static bool settle(struct run *r, struct shot *s, bool force)
{
	if (s->nth)
		return settle_frame(r, s, force);
	if (s->unanswered)
		s->rec.outcome = OUTCOME_TARGET_DEAD;
	else if (s->rec.outcome != OUTCOME_DELIVERED)
		return settle_refused(r, s, force);
	return true;
}

static void count_duration(struct run *r, enum run_histogram which, u64 from,
			   u64 to)
{
	u64 cycles = (s64)(to - from) > 0 ? to - from : 0;

	histogram_add(&r->histogram[which], clock_to_ns(&r->clock, cycles));
}

/* One that was raised and not still pending at the end: it shared or had an entry. */
static bool wants_interrupt(const struct run *r, const struct shot *s)
{
	return s->doorbell != RUN_NO_DOORBELL && (s->nth || s->rec.rung) &&
	       !s->unanswered && s->rec.outcome != OUTCOME_MASKED &&
	       s->rec.outcome != OUTCOME_TARGET_DEAD;
}

static void count_shot(struct run *r, const struct shot *s)
{
	const struct shot_record *rec = &s->rec;

	r->outcome[rec->outcome]++;
	r->received += !!rec->delivered;
	r->queue_sent[s->queue] += !!s->nth;
	r->queue_received[s->queue] += !!rec->delivered;
	r->fired += rec->rung && r->ops->rings;
	r->wanted += wants_interrupt(r, s);
	r->late += (s64)(rec->start - rec->due) > (s64)r->late_after;
	count_duration(r, RUN_LATENESS, rec->due, rec->start);
	count_duration(r, RUN_COPY, rec->start, rec->copied);
	if (rec->rung)
		count_duration(r, RUN_SEND, rec->start, rec->rung);
	if (rec->handler)
		count_duration(r, RUN_LATENCY, rec->copied, rec->handler);
}

static bool judge_step(struct run *r, bool force)
{
	struct shot *s = run_shot(r, r->judged + 1);

	if (r->judged == r->paired || !settle(r, s, force))
		return false;
	if (run_counts(r, s->rec.seq))
		count_shot(r, s);
	/* the record is whole before records_copy() may take it */
	port_store_release(&r->judged, r->judged + 1);
	return true;
}

bool collect_some(struct run *r)
{
	return log_step(r) || pair_step(r) || judge_step(r, false);
}

void collect_make_room(struct run *r)
{
	unsigned int i;

	/* the entry log is shorter than a long burst: keep up with it */
	if (!(r->sent % (INTMGR_ENTRIES / 8)))
		for (i = 0; i < INTMGR_ENTRIES && (log_step(r) || pair_step(r)); i++)
			;
	while (r->sent - r->judged >= RUN_IN_FLIGHT) {
		if (r->judged == r->paired)
			pair_force(r);
		judge_step(r, true);
	}
}

/*
 * How far the run's shots have come: judged, paired, or read from the socket
 * behind one that never will be.
 */
static u64 progress(const struct run *r)
{
	u64 seq, sum = r->judged + r->paired;

	for (seq = r->judged + 1; seq <= r->sent; seq++)
		sum += !!port_load(&r->v->slot[seq % INTMGR_SLOTS].socket);
	return sum;
}

/* Pair and judge what can be; bounded, whatever the target writes meanwhile. */
static void collect_ready(struct run *r)
{
	unsigned int i;

	view_poll(r->v);
	for (i = 0; i < RUN_RECORDS && collect_some(r); i++)
		os_resched();
}

/* Silence is an answer only of a target that lives: wait until that is sure. */
static bool collect_may_wait(const struct run *r, unsigned int quiet_ms,
			     unsigned int waited_ms)
{
	if (r->result || run_stopping(r))
		return quiet_ms < COLLECT_STOPPED_MS &&
		       waited_ms < 2 * COLLECT_STOPPED_MS;
	return waited_ms < COLLECT_LONGEST_MS &&
	       (quiet_ms < COLLECT_QUIET_MS ||
		view_silent_ms(r->v) > COLLECT_DOUBT_MS);
}

static unsigned int collect_ms(u64 cycles)
{
	return div_u64(cycles, clock_khz());
}

static void collect_wait(struct run *r)
{
	u64 start = clock_read(), changed = start, now = start;
	u64 seen = 0, reached;

	for (;;) {
		collect_ready(r);
		reached = progress(r);
		now = clock_read();
		if (reached != seen)
			changed = now;
		seen = reached;
		if (r->judged == r->sent)
			return;
		if (!r->result && !view_target_alive(r->v))
			r->result = -ENODEV;	/* with shots under way */
		if (!collect_may_wait(r, collect_ms(now - changed),
				      collect_ms(now - start)))
			return;
		os_sleep_us(500, 600);
	}
}

/* A step towards all being judged, on what is known now; false: they are. */
static bool collect_forced(struct run *r)
{
	if (r->paired < r->sent)
		pair_force(r);
	else if (r->judged < r->sent)
		judge_step(r, true);
	else
		return false;
	return true;
}

void collect_all(struct run *r)
{
	collect_wait(r);
	r->dead = r->result == -ENODEV || !view_target_alive(r->v);
	while (collect_forced(r))
		os_resched();
}

void collect_dead(struct run *r)
{
	r->result = -ENODEV;
	r->dead = true;
	while (collect_some(r) || collect_forced(r))
		;
}
