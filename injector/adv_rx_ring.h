/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A receive ring with advanced descriptors, one buffer each, from the device's
 * side (82576 data sheet 7.1.4 and 7.1.5). A frame longer than a buffer is spread
 * over as many descriptors as it needs. Nothing that the ring says is believed:
 * it and each byte written must lie in mapped memory (contract 3). All of these
 * functions want a ring that ring_check() passed.
 */
#ifndef INTMGR_ADV_RX_RING_H
#define INTMGR_ADV_RX_RING_H

#include "nic.h"
#include "port.h"
#include "ring.h"

/* Descriptors of one frame at most: 16 KiB in the smallest buffers there are. */
#define ADV_RX_SPREAD	64

#define ADV_RX_DD	0x001	/* descriptor done */
#define ADV_RX_EOP	0x002	/* end of packet */
#define ADV_RX_VP	0x008	/* a VLAN tag was taken out */
#define ADV_RX_UDPCS	0x010	/* UDP checksum verified */
#define ADV_RX_L4CS	0x020	/* that or TCP's was verified */
#define ADV_RX_IPCS	0x040	/* IP checksum verified */

struct adv_rx_ring {
	struct ring ring;
	u32 room;	/* bytes in each buffer */
};

/* What to write: the bytes, and what the last descriptor says of them. */
struct adv_rx_frame {
	const u8 *data;
	u32 split, skip;	/* after @split bytes, @skip bytes of @data are left out */
	u32 len;		/* bytes from @data that are written */
	u32 fcs;		/* bytes of zeros behind them */
	u32 status;		/* ADV_RX_ bits, without DD and EOP */
	u32 info;		/* RSS type and packet type */
	u32 hash;
	u16 tag;
};

/*
 * Find buffers for @len bytes from head on: their number, 0 where there are not
 * enough descriptors, or -1 where one of them names memory that is not mapped,
 * which *bus then gets. Nothing is written.
 */
int adv_rx_ring_find(const struct adv_rx_ring *r, const struct nic *nic,
		     u32 len, u8 *buffer[ADV_RX_SPREAD], u64 *bus);

/*
 * Write the frame into those @n buffers, then write their descriptors back, each
 * with a release barrier before it. Returns the new head.
 */
u32 adv_rx_ring_fill(const struct adv_rx_ring *r,
		     u8 *const buffer[ADV_RX_SPREAD], unsigned int n,
		     const struct adv_rx_frame *f);

/* fetch_ahead() of struct nic_ops. */
void adv_rx_ring_fetch_ahead(const struct adv_rx_ring *r, const struct nic *nic,
			     u32 len);

/* Does @slot hold a frame that the driver has not taken? */
bool adv_rx_ring_filled(const struct adv_rx_ring *r, u32 slot);

/* Descriptors; and those of them that are free. */
static inline u32 adv_rx_ring_count(const struct adv_rx_ring *r)
{
	return r->ring.bytes / RING_UNIT;
}

static inline u32 adv_rx_ring_ready(const struct adv_rx_ring *r)
{
	const struct ring *ring = &r->ring;

	return ring->tail - ring->head +
	       (ring->tail < ring->head ? adv_rx_ring_count(r) : 0);
}

/* The slot @ahead places beyond @slot; both less than the count. */
static inline u32 adv_rx_ring_ahead(const struct adv_rx_ring *r, u32 slot,
				    u32 ahead)
{
	slot += ahead;
	return slot >= adv_rx_ring_count(r) ? slot - adv_rx_ring_count(r) :
					      slot;
}

#endif
