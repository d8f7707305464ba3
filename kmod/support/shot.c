// SPDX-License-Identifier: GPL-2.0-only
/*
 * One shot: the paper's send operation, steps 4 to 7, and the three floors
 * that are each a part of it.
 */
#include "support/support.h"

/* ---- the driver: frame, descriptor, cause, IPI ---- */

/*
 * Is there a ring, and does a frame of this length fit its buffers? What else
 * may be wrong with the ring now, the shots will say.
 */
static int driver_check_ring(struct run *r)
{
	struct nic *nic = &r->v->nic;
	struct nic_ring ring;

	nic->ops->rx_ring(nic, &ring);
	if (!ring.count)
		return -ENETDOWN;
	if (nic->ops->peek(nic, 0, 1) &&
	    !nic->ops->peek(nic, 0, r->spec.frame_len))
		return -EMSGSIZE;
	return 0;
}

static int driver_prepare(struct run *r)
{
	r->doorbell = r->v->rx_doorbell;
	if (!READ_ONCE(r->v->w->doorbell[r->doorbell]))
		return -ENXIO;
	return driver_check_ring(r);
}

static bool driver_ring(struct run *r, u32 vectors)
{
	bool rung = false;

	for (; vectors; vectors &= vectors - 1)
		rung |= view_ring(r->v, INTMGR_DOORBELL_MSIX(__ffs(vectors)));
	return rung;
}

static void driver_fire(struct run *r, struct shot *s)
{
	struct nic *nic = &r->v->nic;
	struct nic_frame frame = {
		.data = r->frame, .len = r->spec.frame_len, .udp_checked = true,
	};
	struct nic_gift gift;

	s->rec.start = clock_read();
	frame_mark_shot(r->frame, s->rec.seq, s->rec.start);
	nic->ops->give(nic, &frame, &gift);
	s->rec.copied = clock_read();
	if (gift.vectors && driver_ring(r, gift.vectors))
		s->rec.rung = clock_read();
	s->rec.outcome = gift.outcome;
	if (gift.outcome == OUTCOME_DELIVERED) {
		s->nth = ++r->in_ring;
		s->descriptor = gift.slot;
	} else if (gift.outcome == OUTCOME_BAD_DESCRIPTOR) {
		r->bad_bus = gift.bad_bus;
	}
}

static bool driver_taken(struct run *r, u64 seq)
{
	return !run_shot(r, seq)->nth ||
	       READ_ONCE(r->v->slot[seq % INTMGR_SLOTS].delivered);
}

static const struct shot_ops against_driver = {
	.prepare = driver_prepare,
	.fire = driver_fire,
	.taken = driver_taken,
	.rings = true,
};

/* ---- a handler that only stamps: the bare IPI ---- */

static int handler_prepare(struct run *r)
{
	r->doorbell = INTMGR_DOORBELL_CONTROL;
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
	return READ_ONCE(r->v->w->handled[INTMGR_DOORBELL_CONTROL]) -
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
	u64 interval_ms = div_u64(r->spec.interval_ns, NSEC_PER_MSEC);

	r->doorbell = INTMGR_DOORBELL_CONTROL;
	WRITE_ONCE(r->v->w->ping, 0);
	return order_give(r->v, INTMGR_ORDER_POLL, interval_ms + 1000);
}

static void memory_fire(struct run *r, struct shot *s)
{
	s->rec.start = clock_read();
	s->rec.copied = s->rec.start;
	WRITE_ONCE(r->v->w->ping, s->rec.seq);
	s->rec.rung = clock_read();
}

static bool memory_taken(struct run *r, u64 seq)
{
	return READ_ONCE(r->v->w->pong) == seq;
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

static int copy_prepare(struct run *r)
{
	r->doorbell = RUN_NO_DOORBELL;
	return driver_check_ring(r);
}

/* The buffers from RDH up to RDT, as a run of shots would fill them. */
static void *copy_buffer(struct run *r, u64 seq)
{
	struct nic *nic = &r->v->nic;
	struct nic_ring ring;
	u32 ready;

	nic->ops->rx_ring(nic, &ring);
	ready = ring.tail - ring.head;
	if (ring.tail < ring.head)
		ready += ring.count;
	return ready ? nic->ops->peek(nic, seq % ready, r->spec.frame_len) : NULL;
}

static void copy_fire(struct run *r, struct shot *s)
{
	void *to = copy_buffer(r, s->rec.seq);

	s->rec.start = clock_read();
	if (to)
		memcpy(to, r->frame, r->spec.frame_len);
	s->rec.copied = clock_read();
	if (to)
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
	s->rec.due = r->clock.zero +
		     clock_from_ns(&r->clock, schedule_due(&r->schedule));
	if (r->ops != &against_driver)
		return;
	WRITE_ONCE(slot->seq, 0);
	smp_wmb();	/* nobody stamps an old shot's frame into the new one */
	slot->poll = 0;
	slot->delivered = 0;
	slot->socket = 0;
	slot->reason = 0;
	slot->dropped = 0;
	/* an empty slot before the number that the target looks for */
	smp_store_release(&slot->seq, seq);
}
