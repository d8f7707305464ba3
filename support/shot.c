// SPDX-License-Identifier: GPL-2.0-only
/*
 * One shot: the paper's send operation, steps 4 to 7, and the three floors
 * that are each a part of it.
 */
#include "support/support.h"

#define SPREAD_TRIES	4096	/* source addresses; some queue of 8 is missed by 1 in 10^230 hashes */
#define COPY_LEAST	256U	/* bytes; no driver has smaller buffers */
#define POLL_IDLE_MS	10000	/* a pacing thread may wait for its CPU as long: others may have it */

/* ---- the driver: frame, descriptor, cause, IPI ---- */

/*
 * Is there a ring, and does the receiver take frames of this length? What else
 * may be wrong with the ring now, the shots will say.
 */
static int check_ring(struct run *r, u32 queue)
{
	struct nic *nic = &r->v->nic;
	struct nic_ring ring;

	nic->ops->rx_ring(nic, queue, &ring);
	if (!ring.count)
		return -ENETDOWN;
	return r->spec.frame_len > nic->ops->longest(nic) ? -EMSGSIZE : 0;
}

/* Shots go to @queue by frames from @source; does the driver take them there? */
static int driver_use(struct run *r, struct run_queue *q, u32 queue,
		      __be32 source)
{
	int vector = r->v->nic.ops->rx_vector(&r->v->nic, queue);

	*q = (struct run_queue) {
		.queue = queue,
		.doorbell = RUN_NO_DOORBELL,
		.source = source,
	};
	/* A queue without a vector is like one whose interrupt is masked. */
	if (vector >= 0 && vector < NIC_MAX_VECTORS) {
		q->doorbell = INTMGR_DOORBELL_MSIX(vector);
		r->doorbells |= 1U << q->doorbell;
		if (!port_load(&r->v->w->doorbell[q->doorbell]))
			return -ENXIO;
	}
	return check_ring(r, queue);
}

/* Frames as they were handed in go where they go. */
static int driver_use_one(struct run *r)
{
	struct nic *nic = &r->v->nic;
	u32 queue = nic->ops->steer(nic, r->frame, r->spec.frame_len);

	return queue < NIC_MAX_QUEUES ? driver_use(r, r->queue, queue, 0) :
					-ENXIO;
}

/*
 * The NIC spreads flows, so look for a source address for each queue, as many
 * hosts would send; the frame's own is the first to be tried.
 */
static int driver_spread(struct run *r)
{
	struct nic *nic = &r->v->nic;
	__be32 own = frame_source(r->frame);
	u32 found = 0, i, queue;
	int err = 0;

	for (i = 0; i < SPREAD_TRIES && found < r->spec.queues && !err; i++) {
		frame_set_source(r->frame, cpu_to_be32(be32_to_cpu(own) + i));
		queue = nic->ops->steer(nic, r->frame, r->spec.frame_len);
		if (queue >= r->spec.queues || r->queue[queue].source)
			continue;
		err = driver_use(r, &r->queue[queue], queue,
				 frame_source(r->frame));
		found++;
	}
	if (!err && found < r->spec.queues)
		err = -EOPNOTSUPP;
	return err;
}

static int driver_prepare(struct run *r)
{
	struct nic *nic = &r->v->nic;

	memset(r->queue, 0, sizeof(r->queue));
	r->doorbells = 0;
	if (r->spec.queues > nic->ops->rx_queues(nic))
		return -EOPNOTSUPP;
	return r->spec.queues > 1 ? driver_spread(r) : driver_use_one(r);
}

static void driver_fire(struct run *r, struct shot *s)
{
	struct nic_frame frame = {
		.data = r->frame, .len = r->spec.frame_len, .udp_checked = true,
	};
	struct nic_gift gift;

	s->rec.start = clock_read();
	frame_mark_shot(r->frame, s->rec.seq, s->rec.start);
	nic_give(&r->v->nic, &frame, &gift);
	s->rec.copied = clock_read();
	if (gift.vectors && view_ring_vectors(r->v, gift.vectors))
		s->rec.rung = clock_read();
	s->rec.outcome = gift.outcome;
	if (gift.outcome == OUTCOME_DELIVERED) {
		s->queue = gift.queue % NIC_MAX_QUEUES;
		s->nth = ++r->in_ring[s->queue];
		s->descriptor = gift.slot;
	} else if (gift.outcome == OUTCOME_BAD_DESCRIPTOR) {
		r->bad_bus = gift.bad_bus;
	}
}

static void driver_fetch_ahead(struct run *r, const struct shot *s)
{
	struct nic *nic = &r->v->nic;

	nic->ops->fetch_ahead(nic, s->queue, r->spec.frame_len);
}

static bool driver_taken(struct run *r, u64 seq)
{
	return !run_shot(r, seq)->nth ||
	       port_load(&r->v->slot[seq % INTMGR_SLOTS].delivered);
}

static const struct shot_ops against_driver = {
	.prepare = driver_prepare,
	.fire = driver_fire,
	.fetch_ahead = driver_fetch_ahead,
	.taken = driver_taken,
	.rings = true,
};

/* ---- a handler that only stamps: the bare IPI ---- */

/* Handler entries of the control doorbell are what counts. */
static void count_control(struct run *r)
{
	r->doorbells = 1U << INTMGR_DOORBELL_CONTROL;
	r->queue[0].doorbell = INTMGR_DOORBELL_CONTROL;
}

static int handler_prepare(struct run *r)
{
	count_control(r);
	return 0;
}

static void handler_fire(struct run *r, struct shot *s)
{
	s->rec.start = clock_read();
	s->rec.copied = s->rec.start;
	if (view_ring(r->v, INTMGR_DOORBELL_CONTROL))
		s->rec.rung = clock_read();
	else
		s->rec.outcome = OUTCOME_MASKED;
}

/* Closed loop: each ring has an entry of its own, so counts compare. */
static bool handler_taken(struct run *r, u64 seq)
{
	return port_load(&r->v->w->handled[INTMGR_DOORBELL_CONTROL]) -
	       r->handled_base >= seq;
}

static const struct shot_ops against_handler = {
	.prepare = handler_prepare,
	.fire = handler_fire,
	.taken = handler_taken,
	.rings = true,
};

/* ---- a word that the target CPU polls: no interrupt, no driver ---- */

static int memory_prepare(struct run *r)
{
	u64 interval_ms = div_u64(r->spec.interval_ns, 1000000);

	count_control(r);
	port_store(&r->v->w->ping, 0);
	return order_give(r->v, INTMGR_ORDER_POLL, interval_ms + POLL_IDLE_MS);
}

static void memory_fire(struct run *r, struct shot *s)
{
	s->rec.start = clock_read();
	s->rec.copied = s->rec.start;
	port_store(&r->v->w->ping, s->rec.seq);
	s->rec.rung = clock_read();
}

static bool memory_taken(struct run *r, u64 seq)
{
	return port_load(&r->v->w->pong) == seq;
}

static void memory_finish(struct run *r)
{
	order_give(r->v, INTMGR_ORDER_NONE, 0);
}

static const struct shot_ops against_memory = {
	.prepare = memory_prepare,
	.fire = memory_fire,
	.taken = memory_taken,
	.finish = memory_finish,
};

/* ---- a bare copy of the frame into the RX buffers, round and round ---- */

/* How much of a frame one buffer takes: all of it, or a half, a quarter ... */
static u32 copy_piece(struct run *r, u32 queue)
{
	u32 len = r->spec.frame_len;

	while (len > COPY_LEAST && !r->v->nic.ops->peek(&r->v->nic, queue, 0, len))
		len = (len + 1) / 2;
	return len;
}

static int copy_prepare(struct run *r)
{
	struct nic *nic = &r->v->nic;
	u32 queue = nic->ops->steer(nic, r->frame, r->spec.frame_len);

	r->doorbells = 0;
	r->queue[0] = (struct run_queue) {
		.queue = queue,
		.doorbell = RUN_NO_DOORBELL,
	};
	r->piece = copy_piece(r, queue);
	return check_ring(r, queue);
}

/* Descriptors from RDH up to RDT, which a run of shots would fill. */
static u32 copy_ready(struct run *r)
{
	struct nic *nic = &r->v->nic;
	struct nic_ring ring;

	nic->ops->rx_ring(nic, r->queue[0].queue, &ring);
	return ring.tail - ring.head +
	       (ring.tail < ring.head ? ring.count : 0);
}

/* The buffer of each piece of shot @seq; false: there are not as many. */
static bool copy_find(struct run *r, u64 seq, void *to[], u32 pieces)
{
	u32 i, ready = copy_ready(r);
	struct nic *nic = &r->v->nic;

	for (i = 0; i < pieces; i++) {
		to[i] = ready ? nic->ops->peek(nic, r->queue[0].queue,
					       (seq * pieces + i) % ready,
					       r->piece) : NULL;
		if (!to[i])
			return false;
	}
	return true;
}

static void copy_fire(struct run *r, struct shot *s)
{
	u32 i, left = r->spec.frame_len, pieces = (left + r->piece - 1) / r->piece;
	void *to[FRAME_MAX_SIZE / COPY_LEAST];
	bool found = copy_find(r, s->rec.seq, to, pieces);

	s->rec.start = clock_read();
	for (i = 0; found && i < pieces; i++, left -= min(left, r->piece))
		memcpy(to[i], r->frame + i * r->piece, min(left, r->piece));
	port_mb();	/* what is still on its way to memory is not copied */
	s->rec.copied = clock_read();
	if (found)
		s->rec.rung = s->rec.copied;
	else
		s->rec.outcome = OUTCOME_NO_DESCRIPTOR;
}

static bool copy_taken(struct run *r, u64 seq)
{
	return true;
}

static const struct shot_ops against_copy = {
	.prepare = copy_prepare,
	.fire = copy_fire,
	.taken = copy_taken,
};

const struct shot_ops *const shot_ops[INTMGR_AGAINSTS] = {
	[INTMGR_AGAINST_DRIVER] = &against_driver,
	[INTMGR_AGAINST_HANDLER] = &against_handler,
	[INTMGR_AGAINST_MEMORY] = &against_memory,
	[INTMGR_AGAINST_COPY] = &against_copy,
};

/* Its queue's turn: the frame comes from the address that is steered there. */
static void take_turn(struct run *r, struct shot *s)
{
	const struct run_queue *q = &r->queue[s->rec.seq % r->spec.queues];

	s->queue = q->queue;
	s->doorbell = q->doorbell;
	if (q->source)
		frame_set_source(r->frame, q->source);
}

void shot_due_now(const struct run *r, struct shot *s)
{
	s->rec.due = clock_read();
	s->due_ns = clock_to_ns(&r->clock, s->rec.due - r->clock.zero);
}

/*
 * The slot is reset before its shot and not in it: it was last written by the
 * other CPU, and fetching its cache line is none of the send operation's cost.
 */
void shot_make_ready(struct run *r, u64 seq)
{
	struct intmgr_slot *slot = &r->v->slot[seq % INTMGR_SLOTS];
	struct shot *s = run_shot(r, seq);

	memset(s, 0, sizeof(*s));
	s->rec.seq = seq;
	s->due_ns = schedule_due(&r->schedule);
	s->rec.due = r->clock.zero + clock_from_ns(&r->clock, s->due_ns);
	take_turn(r, s);
	if (r->ops != &against_driver)
		return;
	port_store(&slot->seq, 0);
	port_wmb();	/* nobody stamps an old shot's frame into the new one */
	slot->poll = 0;
	slot->delivered = 0;
	slot->socket = 0;
	slot->reason = 0;
	slot->dropped = 0;
	/* an empty slot before the number that the target looks for */
	port_store_release(&slot->seq, seq);
}
