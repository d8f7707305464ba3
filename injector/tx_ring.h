/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The transmit descriptor ring of Intel's gigabit parts (82574 data sheet
 * 7.2, 8254x manual 3.3): legacy descriptors, and the extended context and
 * data descriptors. Driver's side only.
 */
#ifndef INTMGR_TX_RING_H
#define INTMGR_TX_RING_H

#include "nic.h"
#include "offload.h"
#include "port.h"
#include "ring.h"

struct tx_ring {
	struct ring ring;

	/* by tx_ring_open() */
	u32 count, head, tail;
};

/*
 * The newest context descriptor, as it stands in the ring. It holds for all
 * frames that follow, so it is state of the part. W: driver.
 */
struct tx_context {
	u32 ip, l4;		/* checksums: start, offset, end */
	u32 command;		/* payload length, TUCMD */
	u32 segment;		/* header length, MSS */
};

/* What the descriptors of a frame ask for. */
struct tx_frame {
	u32 end;		/* the slot behind it */
	u32 len;		/* bytes in its data descriptors */
	u32 command, options;	/* words 2 and 3 that tell about tag and FCS */
	u32 first_command, first_options;	/* of the first data descriptor */
	bool started;		/* a data descriptor was seen */
	bool report;		/* a descriptor of it asked for its status */
	bool broken;		/* noted as a fault: not to be sent */
};

/* The ring can be used and holds something; else what is wrong is noted. */
bool tx_ring_open(struct tx_ring *r, const struct nic *nic);

/*
 * Read the frame at r->head, its bytes to @to as far as @room reaches (@to
 * NULL: they are not looked at), and its context descriptors to @context.
 * False: no whole frame there. Memory that is not mapped and descriptors of no
 * legal form are noted, and make the frame broken.
 */
bool tx_ring_read(const struct tx_ring *r, const struct nic *nic,
		  struct tx_context *context, struct tx_frame *frame,
		  u8 *to, u32 room);

/*
 * Complete the frame: DD in each descriptor that asked for it (RS), and
 * r->head behind it.
 */
void tx_ring_complete(struct tx_ring *r, struct tx_frame *frame);

bool tx_frame_is_segmented(const struct tx_frame *frame);

/* Does the driver bring its own FCS? */
bool tx_frame_has_fcs(const struct tx_frame *frame);

/* @tags: CTRL.VME is set, without which VLE means nothing. */
struct offload tx_frame_offload(const struct tx_frame *frame,
				const struct tx_context *context, bool tags);

#endif
