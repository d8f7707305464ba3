/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The receive descriptor ring of Intel's gigabit parts, in the legacy and the
 * extended format (82574 data sheet 7.1), from the device's side. Nothing that
 * the ring says is believed: it and each buffer must lie in declared memory
 * (contract 3).
 *
 * A frame fits one descriptor or is refused. The hardware would spread it over
 * several, and e1000e would toss it.
 */
#ifndef INTMGR_RX_RING_H
#define INTMGR_RX_RING_H

#include "nic.h"
#include "port.h"
#include "record.h"

#define RX_STATUS_DD	0x01	/* descriptor done */
#define RX_STATUS_EOP	0x02	/* end of packet */
#define RX_STATUS_UDPCS	0x10	/* UDP checksum verified */
#define RX_STATUS_IPCS	0x40	/* IP checksum verified */

struct rx_ring {
	/* from the registers */
	u64 base;
	u32 bytes;
	u32 head, tail;
	u32 room;	/* bytes in each buffer; 0: the setting is reserved */
	bool extended;

	/* by rx_ring_open() */
	u32 count;
	u8 *at;
};

/*
 * Check the ring as the registers describe it.
 * OUTCOME_DELIVERED: there is a free descriptor, at head.
 * OUTCOME_NO_DESCRIPTOR: there is none, or no ring was set up.
 * OUTCOME_BAD_DESCRIPTOR: outside declared memory, or of no legal size.
 * Sets count and at; count is 0 where no ring was set up.
 */
enum outcome rx_ring_open(struct rx_ring *r, const struct nic *nic);

/*
 * The buffer of descriptor @slot if all of r->room lies in declared memory,
 * else NULL; *bus gets its address either way.
 */
void *rx_ring_buffer(const struct rx_ring *r, const struct nic *nic, u32 slot,
		     u64 *bus);

/*
 * Write back descriptor @slot: @length bytes, RX_STATUS_ bits, DD among them.
 * All that was written before is visible to who sees DD.
 */
void rx_ring_fill(const struct rx_ring *r, u32 slot, u32 length, u32 status);

/* Is DD still set in @slot, so that the driver has not taken the frame? */
bool rx_ring_filled(const struct rx_ring *r, u32 slot);

/* The slot @ahead places beyond @slot; both less than r->count. */
static inline u32 rx_ring_ahead(const struct rx_ring *r, u32 slot, u32 ahead)
{
	slot += ahead;
	return slot >= r->count ? slot - r->count : slot;
}

#endif
