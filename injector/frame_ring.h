/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A ring of whole frames in memory that two sides share: one puts, the other
 * takes, neither waits. Each frame lies in one piece, behind its length; a length
 * of FRAME_RING_SKIP says that the next one begins at the front: where the piece
 * would go beyond the end, and before, while what was put is soon taken.
 *
 * Who takes believes nothing: a ring that cannot be is emptied.
 */
#ifndef INTMGR_FRAME_RING_H
#define INTMGR_FRAME_RING_H

#include "port.h"

#define FRAME_RING_SKIP		(~0U)
#define FRAME_RING_WARM		262144	/* bytes that are in use while who takes keeps up */
#define FRAME_RING_LEAST	4096	/* bytes of memory */

/* Positions only grow; modulo the size of @data they are offsets. */
struct frame_ring {
	u64 head __aligned(64);		/* W: who puts; store-release after the frame */
	u64 tail __aligned(64);		/* W: who takes; store-release after the frame's last use */
	u8 data[] __aligned(64);
};

/* One side's end of it. */
struct frame_ring_end {
	struct frame_ring *ring;	/* NULL: there is none */
	u64 size;			/* of @data, bytes */
	u64 at;				/* this side's position */
	u64 other;			/* the other's, as last seen */
};

/*
 * The end of a ring in @memory, @bytes of it; the side that puts has zeroed it.
 * No ring where that is less than FRAME_RING_LEAST.
 */
void frame_ring_open(struct frame_ring_end *end, void *memory, u64 bytes);

/* Put a frame, at most half of what there is; false: there is no room now. */
bool frame_ring_put(struct frame_ring_end *end, const void *frame, u32 len);

/* The oldest frame, which stays until frame_ring_drop(); NULL: there is none. */
const void *frame_ring_peek(struct frame_ring_end *end, u32 *len);
void frame_ring_drop(struct frame_ring_end *end, u32 len);

#endif
