/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The transmit descriptor ring of Intel's gigabit parts (82574 data sheet
 * 7.2): legacy descriptors, and the extended context and data descriptors.
 * Frames are counted and completed, never read: a stress test looks at what
 * the driver receives. Driver's side only.
 */
#ifndef INTMGR_TX_RING_H
#define INTMGR_TX_RING_H

#include "nic.h"
#include "port.h"

struct tx_ring {
	/* from the registers */
	u64 base;
	u32 bytes;
	u32 head, tail;

	/* by tx_ring_open() */
	u32 count;
	u8 *at;
};

struct tx_frame {
	u32 len;	/* bytes in its data descriptors */
	bool segmented;	/* TCP segmentation was asked for; counted as one frame */
	bool report;	/* a descriptor of it asked for its status */
};

/* False: the ring is not all in declared memory, or of no legal size. */
bool tx_ring_open(struct tx_ring *r, const struct nic *nic);

/*
 * Complete the frame at r->head: DD in each descriptor that asked for it
 * (RS), and r->head behind it. False, and nothing changed: no whole frame there.
 */
bool tx_ring_take(struct tx_ring *r, struct tx_frame *frame);

#endif
