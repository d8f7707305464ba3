// SPDX-License-Identifier: GPL-2.0-only
#include "carry.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>

#include "injector/packet.h"

#define TURN		64	/* frames from the driver before it is the other side's turn */
#define MODERATION_US	50	/* a target that does not look is not woken earlier */
#define QUIET_US	2000	/* without a frame: both sides may sleep */
#define LOOK_MS		1	/* ... and look for what the driver sent so often */

int carry_open(struct carry *c, struct view *v, struct wire *wire,
	       u32 frames)
{
	const struct intmgr_area sent = v->w->sent;

	*c = (struct carry){
		.view = *v, .line = v->line, .wire = wire, .frames = frames,
	};
	c->view.line = (struct doorbell_line){ 0 };
	if (sent.size > v->size || sent.offset > v->size - sent.size ||
	    sent.offset % 64)
		return -EPROTO;
	frame_ring_open(&c->sent, (u8 *)v->w + sent.offset, sent.size);
	return c->sent.ring ? 0 : -EPROTO;
}

/* Give the driver the next frame; false: there is none, or no buffer for it. */
static bool give(struct carry *c, u32 *vectors)
{
	struct nic_frame frame;
	struct nic_gift gift;
	u8 *data = wire_peek(c->wire, &frame.len);

	if (!data)
		return false;
	/* A virtual cable does not pad, an Ethernet does. */
	for (; frame.len < ETH_MIN_FRAME; frame.len++)
		data[frame.len] = 0;
	frame.data = data;
	frame.udp_checked = false;
	nic_give(&c->view.nic, &frame, &gift);
	*vectors |= gift.vectors;
	if (gift.outcome == OUTCOME_NO_DESCRIPTOR)
		return false;
	wire_drop(c->wire);
	return true;
}

/*
 * As a NIC moderates its interrupts: a doorbell is left where the target looks
 * whenever it leaves a program, which most do soon; a signal costs more than the
 * rest of a frame's way.
 */
static void wake_late(struct carry *c, u64 now)
{
	if (!port_load(&c->view.w->raised)) {
		c->raised_at = now;
	} else if (now - c->raised_at > clock_khz() / 1000 * MODERATION_US &&
		   !port_load(&c->view.w->looks)) {
		c->line.wake(c->line.arg);
		c->raised_at = now;
	}
}

/* As many as one doorbell is for, or as there are. */
static u32 to_driver(struct carry *c)
{
	u32 n = 0, vectors = 0;

	while (n < c->frames && give(c, &vectors))
		n++;
	view_ring_vectors(&c->view, vectors);
	return n;
}

static u32 from_driver(struct carry *c)
{
	const void *frame;
	u32 n, len;

	for (n = 0; n < TURN; n++) {
		frame = frame_ring_peek(&c->sent, &len);
		if (!frame || !wire_put(c->wire, frame, len))
			break;
		frame_ring_drop(&c->sent, len);
	}
	wire_flush(c->wire);
	return n;
}

/* Neither side spins while there is nothing: the target sleeps when idle, too. */
static void rest(struct carry *c)
{
	struct pollfd wire = { .fd = c->wire->fd, .events = POLLIN };
	u32 len;

	port_store(&c->view.w->run, 0);
	/* A frame that the driver has no buffer for is nothing new. */
	poll(&wire, !wire_peek(c->wire, &len), LOOK_MS);
}

void carry_on(struct carry *c, bool (*over)(void *arg), void *arg)
{
	u64 quiet = (u64)QUIET_US * clock_khz() / 1000;
	u64 last = clock_read(), now;

	while (!over(arg)) {
		now = clock_read();
		wake_late(c, now);
		if (to_driver(c) + from_driver(c)) {
			port_store(&c->view.w->run, 1);
			last = now;
		} else if (now - last > quiet) {
			rest(c);
		} else {
			sched_yield();
		}
	}
}
