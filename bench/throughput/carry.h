/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Frames from a TAP device into the driver's RX ring, and what the driver sent
 * from the window into the TAP device: the cable between a target and this
 * kernel's stack.
 */
#ifndef BENCH_CARRY_H
#define BENCH_CARRY_H

#include "injector/frame_ring.h"
#include "support/support.h"

struct carry {
	struct view *v;
	struct frame_ring_end sent;	/* what the driver sent */
	int tap;			/* does not block */
	u32 frames;			/* for one doorbell, at most */
	u64 lost;			/* of the driver's, that the device did not take */

	/* The last frame read, as long as the driver has no buffer for it. */
	u8 frame[FRAME_MAX_SIZE];
	u32 len;			/* 0: there is none */
};

/* 0, or -EPROTO where the window has no ring of sent frames. */
int carry_open(struct carry *c, struct view *v, int tap, u32 frames);

/* Until @over says so, which it is asked all the time. */
void carry_on(struct carry *c, bool (*over)(void *arg), void *arg);

#endif
