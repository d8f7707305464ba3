/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Frames from an interface into the driver's RX ring, and what the driver sent
 * from the window into the interface: the cable between a target and this
 * kernel's stack.
 */
#ifndef BENCH_CARRY_H
#define BENCH_CARRY_H

#include "injector/frame_ring.h"
#include "support/support.h"
#include "wire.h"

struct carry {
	struct view view;		/* whose doorbells wake nobody */
	struct doorbell_line line;	/* what does */
	struct frame_ring_end sent;	/* what the driver sent */
	struct wire *wire;
	u32 frames;			/* for one doorbell, at most */
	u64 raised_at;			/* the target answered, or was woken, last then */
};

/* 0, or -EPROTO where the window has no ring of sent frames. */
int carry_open(struct carry *c, struct view *v, struct wire *wire,
	       u32 frames);

/* Until @over says so, which it is asked all the time. */
void carry_on(struct carry *c, bool (*over)(void *arg), void *arg);

#endif
