// SPDX-License-Identifier: GPL-2.0-only
#include "rx_ring.h"

/* 7.1: the driver writes addresses, the device writes back over them. */
struct rx_legacy {
	__le64 buffer;
	__le32 length_csum;
	__le32 status_errors_special;
};

struct rx_extended {
	__le64 buffer_mrq_rss;
	__le32 status_errors;
	__le32 length_vlan;
};

struct rx_split {
	__le64 buffer_mrq_rss;
	__le32 status_errors;	/* with the next: the second buffer's address */
	__le32 length0_vlan;
	__le32 header_length1;	/* the third's */
	__le32 length2_length3;
	__le64 reserved;	/* the fourth's */
};

#define FETCH_AHEAD	8U	/* descriptors at most */
#define SPLIT_HEADER	0x8000	/* HDRSP: the header was found and split off */

static u32 width(const struct rx_ring *r)
{
	return r->format == RX_SPLIT ? sizeof(struct rx_split) :
				       sizeof(struct rx_extended);
}

/*
 * The registers of a split ring count halves of its descriptors. One that is in
 * the middle of a descriptor is what a driver leaves that forgot that.
 */
static enum outcome into_descriptors(struct rx_ring *r)
{
	u32 units = width(r) / RING_UNIT;

	r->head = r->ring.head / units;
	r->tail = r->ring.tail / units;
	if (r->ring.head % units)
		ring_blame(&r->ring, FAULT_RING, RING_HEAD, r->ring.head);
	else if (r->ring.tail % units)
		ring_blame(&r->ring, FAULT_TAIL, RING_TAIL, r->ring.tail);
	else
		return OUTCOME_DELIVERED;
	return OUTCOME_BAD_DESCRIPTOR;
}

enum outcome rx_ring_open(struct rx_ring *r, const struct nic *nic)
{
	enum ring_state state = ring_check(&r->ring, nic);

	r->count = r->ring.bytes / width(r);
	r->head = 0;
	r->tail = 0;
	if (state == RING_EMPTY)
		return OUTCOME_NO_DESCRIPTOR;
	if (state == RING_BAD)
		return OUTCOME_BAD_DESCRIPTOR;
	return into_descriptors(r);
}

static void *descriptor(const struct rx_ring *r, u32 slot)
{
	return r->ring.at + (size_t)slot * width(r);
}

static u64 address(const struct rx_ring *r, u32 slot, u32 buffer)
{
	const __le64 *d = descriptor(r, slot);

	return le64_to_cpu(port_load(&d[buffer]));
}

/*
 * How much of a frame buffer @i of its @k-th descriptor takes. A header that is
 * split off has the first buffer alone; the first buffer of all further
 * descriptors stays empty (7.1).
 */
static u32 capacity(const struct rx_ring *r, u32 header, u32 k, u32 i)
{
	if (r->format != RX_SPLIT || i)
		return r->room[i];
	if (k)
		return 0;
	return header ? header : r->room[0];
}

/* The pieces of the @k-th descriptor; returns what is left to place. */
static u32 spread_one(const struct rx_ring *r, u32 header, u32 k, u32 left,
		      u16 *len)
{
	u32 i;

	for (i = 0; i < rx_ring_pieces(r); i++) {
		len[i] = (u16)min(left, capacity(r, header, k, i));
		left -= len[i];
	}
	return left;
}

/* False: *bus is not mapped for what goes there. */
static bool map_one(const struct rx_ring *r, const struct nic *nic, u32 slot,
		    const u16 *len, u8 **at, u64 *bus)
{
	u32 i;

	for (i = 0; i < rx_ring_pieces(r); i++) {
		at[i] = NULL;
		if (!len[i])
			continue;
		*bus = address(r, slot, i);
		at[i] = nic_map(nic, *bus, len[i]);
		if (!at[i])
			return false;
	}
	return true;
}

enum outcome rx_ring_spread(const struct rx_ring *r, const struct nic *nic,
			    u32 header, u32 total, struct rx_spread *s,
			    u64 *bus)
{
	u32 pieces = rx_ring_pieces(r), slot = r->head, left = total, before;

	for (s->slots = 0; left; s->slots++) {
		u32 piece = s->slots * pieces;

		*bus = r->ring.base;
		if (s->slots == rx_ring_free(r))
			return OUTCOME_NO_DESCRIPTOR;
		if (piece + pieces > RX_PIECES)
			return OUTCOME_BAD_DESCRIPTOR;
		before = left;
		left = spread_one(r, header, s->slots, left, s->len + piece);
		if (left == before)	/* no room, ever */
			return OUTCOME_BAD_DESCRIPTOR;
		if (!map_one(r, nic, slot, s->len + piece, s->at + piece, bus)) {
			nic_fault(nic, FAULT_BUFFER, r->ring.reg + RING_TAIL, *bus);
			return OUTCOME_BAD_DESCRIPTOR;
		}
		slot = rx_ring_ahead(r, slot, 1);
	}
	return OUTCOME_DELIVERED;
}

static void fill_legacy(struct rx_legacy *d, const u16 *len, u32 status,
			u32 vlan)
{
	port_store(&d->length_csum, cpu_to_le32(len[0]));
	port_store_release(&d->status_errors_special,
			   cpu_to_le32(status | vlan << 16));
}

/* MRQ and RSS overwrite the address: the driver keeps its own copy. */
static void fill_extended(struct rx_extended *d, const u16 *len, u32 status,
			  u32 vlan)
{
	port_store(&d->buffer_mrq_rss, cpu_to_le64(0));
	port_store(&d->length_vlan, cpu_to_le32(len[0] | vlan << 16));
	port_store_release(&d->status_errors, cpu_to_le32(status));
}

static void fill_split(struct rx_split *d, const u16 *len, u32 status,
		       u32 vlan, u32 header)
{
	u32 split = header ? SPLIT_HEADER | header : 0;

	port_store(&d->buffer_mrq_rss, cpu_to_le64(0));
	port_store(&d->length0_vlan, cpu_to_le32(len[0] | vlan << 16));
	port_store(&d->header_length1, cpu_to_le32(split | (u32)len[1] << 16));
	port_store(&d->length2_length3,
		   cpu_to_le32(len[2] | (u32)len[3] << 16));
	port_store(&d->reserved, cpu_to_le64(0));
	port_store_release(&d->status_errors, cpu_to_le32(status));
}

static void fill_one(const struct rx_ring *r, u32 slot, const u16 *len,
		     const struct rx_report *report, bool last)
{
	u32 status = RX_STATUS_DD, vlan = 0;
	void *d = descriptor(r, slot);

	if (last) {
		status |= RX_STATUS_EOP | report->status;
		vlan = report->vlan;
	}
	if (r->format == RX_LEGACY)
		fill_legacy(d, len, status, vlan);
	else if (r->format == RX_EXTENDED)
		fill_extended(d, len, status, vlan);
	else
		fill_split(d, len, status, vlan, report->header);
}

void rx_ring_fill(const struct rx_ring *r, const struct rx_spread *s,
		  const struct rx_report *report)
{
	u32 k;

	for (k = s->slots; k-- > 0;)
		fill_one(r, rx_ring_ahead(r, r->head, k),
			 s->len + k * rx_ring_pieces(r), report,
			 k + 1 == s->slots);
}

void *rx_ring_buffer(const struct rx_ring *r, const struct nic *nic, u32 slot,
		     u32 len)
{
	u32 i = r->room[1] > r->room[0] ? 1 : 0;

	if (len > r->room[i])
		return NULL;
	return nic_map(nic, address(r, slot, i), len);
}

void rx_ring_fetch_ahead(const struct rx_ring *r, const struct nic *nic,
			 u32 len)
{
	u32 n = min(rx_ring_free(r), FETCH_AHEAD), slot = r->head, i, k;
	u16 part[RX_BUFFERS];
	u8 *at[RX_BUFFERS];
	u64 bus;

	for (i = 0; i < n && len; i++) {
		port_prefetch(descriptor(r, slot));
		len = spread_one(r, 0, i, len, part);
		if (map_one(r, nic, slot, part, at, &bus))
			for (k = 0; k < rx_ring_pieces(r); k++)
				nic_fetch(at[k], part[k]);
		slot = rx_ring_ahead(r, slot, 1);
	}
}

bool rx_ring_filled(const struct rx_ring *r, u32 slot)
{
	const struct rx_extended *e = descriptor(r, slot);
	const struct rx_legacy *l = descriptor(r, slot);
	const __le32 *status;

	status = r->format == RX_LEGACY ? &l->status_errors_special :
					  &e->status_errors;
	return le32_to_cpu(port_load_acquire(status)) & RX_STATUS_DD;
}
