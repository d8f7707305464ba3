/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A descriptor ring of Intel's gigabit parts as its registers describe it:
 * base, length, head and tail lie at the same distances for each ring (82574
 * data sheet 10.2.5, 10.2.6). Nothing that they say is believed: a ring must
 * lie in mapped memory (contract 3).
 */
#ifndef INTMGR_RING_H
#define INTMGR_RING_H

#include "nic.h"
#include "port.h"

#define RING_UNIT	16	/* RDH, RDT, TDH and TDT count these bytes */

/* Distances of the registers from the base's low half */
#define RING_HIGH	0x04
#define RING_LENGTH	0x08
#define RING_HEAD	0x10
#define RING_TAIL	0x18

struct ring {
	/* from the registers */
	u32 reg;	/* offset of the base's low half */
	u64 base;
	u32 bytes;
	u32 head, tail;	/* in units of RING_UNIT */

	/* by ring_check() */
	u8 *at;		/* NULL: not to be used */
	enum fault_kind fault;	/* why; the register and what it holds: */
	u32 fault_reg;
	u64 fault_value;
};

/* What there is to do in the ring, if it can be used. */
enum ring_state {
	RING_EMPTY,	/* head and tail are the same: the device looks at nothing */
	RING_READY,
	RING_BAD,	/* not in mapped memory, or of no legal size */
};

/* What the registers from @reg on hold; the tail first. */
void ring_load(struct ring *r, const u32 *csr, u32 reg);

/*
 * Check the ring before anything in it is touched; @r->at is set unless the
 * ring is bad, whatever the state. An empty ring is never a fault, wherever it
 * lies: the hardware would not notice either.
 */
enum ring_state ring_check(struct ring *r, const struct nic *nic);

/* The ring would have been used, and is bad: note it. */
void ring_note(const struct ring *r, const struct nic *nic);

/* Find fault with register @distance bytes behind the base's low half. */
void ring_blame(struct ring *r, enum fault_kind kind, u32 distance, u64 value);

#endif
