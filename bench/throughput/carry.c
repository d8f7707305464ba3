// SPDX-License-Identifier: GPL-2.0-only
#include "carry.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <unistd.h>

#include "injector/packet.h"

#define TURN		64	/* frames from the driver before it is the other side's turn */
#define QUIET_US	2000	/* without a frame: both sides may sleep */
#define LOOK_MS		1	/* ... and look for what the driver sent so often */

int carry_open(struct carry *c, struct view *v, int tap, u32 frames)
{
	const struct intmgr_area sent = v->w->sent;

	*c = (struct carry){ .v = v, .tap = tap, .frames = frames };
	if (sent.size > v->size || sent.offset > v->size - sent.size ||
	    sent.offset % 64)
		return -EPROTO;
	frame_ring_open(&c->sent, (u8 *)v->w + sent.offset, sent.size);
	return c->sent.ring ? 0 : -EPROTO;
}

/* Give the driver the frame that waits, or the next one; false: none, or no buffer. */
static bool give(struct carry *c, u32 *vectors)
{
	struct nic_frame frame = { .data = c->frame };
	struct nic_gift gift;
	ssize_t n;

	if (!c->len) {
		n = read(c->tap, c->frame, sizeof(c->frame));
		if (n <= 0)
			return false;
		/* A TAP device does not pad, an Ethernet does. */
		if (n < ETH_MIN_FRAME)
			memset(c->frame + n, 0, ETH_MIN_FRAME - n);
		c->len = max(n, ETH_MIN_FRAME);
	}
	frame.len = c->len;
	nic_give(&c->v->nic, &frame, &gift);
	*vectors |= gift.vectors;
	if (gift.outcome == OUTCOME_NO_DESCRIPTOR)
		return false;
	c->len = 0;
	return true;
}

/* As many as one doorbell is for, or as there are. */
static u32 to_driver(struct carry *c)
{
	u32 n = 0, vectors = 0;

	while (n < c->frames && give(c, &vectors))
		n++;
	if (vectors)
		view_ring_vectors(c->v, vectors);
	return n;
}

static u32 from_driver(struct carry *c)
{
	const void *frame;
	u32 n, len;

	for (n = 0; n < TURN; n++) {
		frame = frame_ring_peek(&c->sent, &len);
		if (!frame)
			break;
		if (write(c->tap, frame, len) != (ssize_t)len)
			c->lost++;
		frame_ring_drop(&c->sent, len);
	}
	return n;
}

/* Neither side spins while there is nothing: the target sleeps when idle, too. */
static void rest(struct carry *c)
{
	struct pollfd tap = { .fd = c->tap, .events = POLLIN };

	port_store(&c->v->w->run, 0);
	poll(&tap, !c->len, LOOK_MS);
}

void carry_on(struct carry *c, bool (*over)(void *arg), void *arg)
{
	u64 quiet = (u64)QUIET_US * clock_khz() / 1000;
	u64 last = clock_read();

	while (!over(arg)) {
		if (to_driver(c) + from_driver(c)) {
			port_store(&c->v->w->run, 1);
			last = clock_read();
		} else if (clock_read() - last > quiet) {
			rest(c);
		} else {
			sched_yield();
		}
	}
}
