/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The receive descriptor ring of Intel's gigabit parts in its three formats,
 * legacy, extended and packet split (82574 data sheet 7.1), from the device's
 * side. Nothing that the ring says is believed: it and each buffer must lie in
 * mapped memory (contract 3).
 *
 * A frame lies in as many descriptors as it takes; EOP marks the last one.
 * First all buffers are found, then the frame is copied, then the descriptors
 * are written back: the first one last, so that a driver that looks meanwhile
 * sees the frame whole or not at all.
 */
#ifndef INTMGR_RX_RING_H
#define INTMGR_RX_RING_H

#include "nic.h"
#include "port.h"
#include "record.h"
#include "ring.h"

#define RX_STATUS_DD	0x01	/* descriptor done */
#define RX_STATUS_EOP	0x02	/* end of packet */
#define RX_STATUS_VP	0x08	/* a VLAN tag was taken out of the frame */
#define RX_STATUS_UDPCS	0x10	/* UDP checksum verified */
#define RX_STATUS_TCPCS	0x20	/* TCP checksum verified; on the 8254x UDP's as well */
#define RX_STATUS_IPCS	0x40	/* IP checksum verified */

#define RX_BUFFERS	4	/* a descriptor names at most */

enum rx_format {
	RX_LEGACY,
	RX_EXTENDED,
	RX_SPLIT,	/* 32 bytes: a buffer for the headers and three more */
};

struct rx_ring {
	struct ring ring;	/* head and tail in units of 16 bytes, in each format */
	u32 room[RX_BUFFERS];	/* bytes in each buffer; 0: there is none */
	enum rx_format format;

	/* by rx_ring_open(), in descriptors */
	u32 count, head, tail;
};

/*
 * Check the ring as the registers describe it.
 * OUTCOME_DELIVERED: there is a free descriptor, at head.
 * OUTCOME_NO_DESCRIPTOR: there is none, or no ring was set up.
 * OUTCOME_BAD_DESCRIPTOR: outside mapped memory, or of no legal size.
 */
enum outcome rx_ring_open(struct rx_ring *r, const struct nic *nic);

/* Where a frame is to lie: RX_SPLIT has four pieces a descriptor, some empty. */
#define RX_PIECES	72	/* 16 KiB in buffers of 256 bytes, or of 1 KiB and split */

struct rx_spread {
	u32 slots;		/* descriptors, from head on */
	u8 *at[RX_PIECES];
	u16 len[RX_PIECES];
};

/*
 * Find the buffers for @total bytes, of which the first @header go into a
 * buffer of their own (0: no split). Drivers may map less than the room that
 * they promise, so only what is to be written must be mapped: e1000e maps what
 * an MTU needs. Changes nothing. OUTCOME_BAD_DESCRIPTOR: *bus is refused.
 */
enum outcome rx_ring_spread(const struct rx_ring *r, const struct nic *nic,
			    u32 header, u32 total, struct rx_spread *s,
			    u64 *bus);

static inline u32 rx_ring_pieces(const struct rx_ring *r)
{
	return r->format == RX_SPLIT ? RX_BUFFERS : 1;
}

/* What the descriptors tell beside lengths. */
struct rx_report {
	u32 status;	/* RX_STATUS_ bits for the last descriptor, without DD and EOP */
	u16 vlan;	/* the tag that was taken out */
	u16 header;	/* bytes split off, 0: not split */
};

/* Write back all descriptors of @s. What was written before is visible to who sees DD. */
void rx_ring_fill(const struct rx_ring *r, const struct rx_spread *s,
		  const struct rx_report *report);

/*
 * The largest buffer of descriptor @slot, if it holds @len bytes and they are
 * mapped, else NULL.
 */
void *rx_ring_buffer(const struct rx_ring *r, const struct nic *nic, u32 slot,
		     u32 len);

/* fetch_ahead() of struct nic_ops. */
void rx_ring_fetch_ahead(const struct rx_ring *r, const struct nic *nic,
			 u32 len);

/* Is DD still set in @slot, so that the driver has not taken the frame? */
bool rx_ring_filled(const struct rx_ring *r, u32 slot);

/* Free descriptors from head on. */
static inline u32 rx_ring_free(const struct rx_ring *r)
{
	return r->tail - r->head + (r->tail < r->head ? r->count : 0);
}

/* The slot @ahead places beyond @slot; both less than r->count. */
static inline u32 rx_ring_ahead(const struct rx_ring *r, u32 slot, u32 ahead)
{
	slot += ahead;
	return slot >= r->count ? slot - r->count : slot;
}

/* What RDH reads when head is at @slot. */
static inline u32 rx_ring_units(const struct rx_ring *r, u32 slot)
{
	return r->format == RX_SPLIT ? 2 * slot : slot;
}

#endif
