// SPDX-License-Identifier: GPL-2.0-only
#include "adv_rx_ring.h"

/*
 * 7.1.4: the driver writes an address, the device writes back over it: kind and
 * hash; then status, length and tag, which are one word because drivers look
 * at any of them to see whether the descriptor is done.
 */
struct adv_rx_desc {
	__le64 address_or_hash;
	__le64 status_length_tag;
};

#define LENGTH_SHIFT	32
#define TAG_SHIFT	48
#define HASH_SHIFT	32

static struct adv_rx_desc *descriptor(const struct adv_rx_ring *r, u32 slot)
{
	return (struct adv_rx_desc *)r->ring.at + slot;
}

int adv_rx_ring_find(const struct adv_rx_ring *r, const struct nic *nic,
		     u32 len, u8 *buffer[ADV_RX_SPREAD], u64 *bus)
{
	u32 slot = r->ring.head, n = (len + r->room - 1) / r->room, part, i;
	const struct adv_rx_desc *d;

	if (n > ADV_RX_SPREAD || n > adv_rx_ring_ready(r))
		return 0;
	for (i = 0; i < n; i++) {
		d = descriptor(r, slot);
		*bus = le64_to_cpu(port_load(&d->address_or_hash));
		part = min(len, r->room);
		buffer[i] = nic_map(nic, *bus, part);
		if (!buffer[i])
			return -1;
		len -= part;
		slot = adv_rx_ring_ahead(r, slot, 1);
	}
	return (int)n;
}

/* Bytes @at ... @at + @n - 1 of what is to be written. */
static void copy(const struct adv_rx_frame *f, u32 at, u8 *to, u32 n)
{
	u32 part;

	for (; n; at += part, to += part, n -= part) {
		if (at < f->split)
			part = min(n, f->split - at);
		else
			part = at < f->len ? min(n, f->len - at) : n;
		if (at < f->len)
			memcpy(to, f->data + at + (at < f->split ? 0 : f->skip),
			       part);
		else
			memset(to, 0, part);
	}
}

static void write_back(struct adv_rx_desc *d, const struct adv_rx_frame *f,
		       u32 length, bool last)
{
	u64 upper = ADV_RX_DD | (u64)length << LENGTH_SHIFT;

	if (last)
		upper |= ADV_RX_EOP | f->status | (u64)f->tag << TAG_SHIFT;
	port_store(&d->address_or_hash,
		   cpu_to_le64((u64)f->hash << HASH_SHIFT | f->info));
	port_store_release(&d->status_length_tag, cpu_to_le64(upper));
}

static void write_data(const struct adv_rx_ring *r, u8 *const *buffer,
		       unsigned int n, const struct adv_rx_frame *f)
{
	u32 at = 0, left = f->len + f->fcs, part;
	unsigned int i;

	for (i = 0; i < n; i++, at += part, left -= part) {
		part = min(left, r->room);
		copy(f, at, buffer[i], part);
	}
}

u32 adv_rx_ring_fill(const struct adv_rx_ring *r,
		     u8 *const buffer[ADV_RX_SPREAD], unsigned int n,
		     const struct adv_rx_frame *f)
{
	u32 slot = r->ring.head, left = f->len + f->fcs, part;
	unsigned int i;

	write_data(r, buffer, n, f);
	for (i = 0; i < n; i++, left -= part) {
		part = min(left, r->room);
		write_back(descriptor(r, slot), f, part, i == n - 1);
		slot = adv_rx_ring_ahead(r, slot, 1);
	}
	return slot;
}

void adv_rx_ring_fetch_ahead(const struct adv_rx_ring *r, const struct nic *nic,
			     u32 len)
{
	u8 *buffer[ADV_RX_SPREAD];
	u64 bus;
	int i, n = adv_rx_ring_find(r, nic, len, buffer, &bus);

	for (i = 0; i < n; i++, len -= min(len, r->room)) {
		port_prefetch(descriptor(r, adv_rx_ring_ahead(r, r->ring.head, i)));
		nic_fetch(buffer[i], min(len, r->room));
	}
}

/*
 * igb does not clear DD but the length, when it makes the descriptor ready for
 * the next frame; others clear both.
 */
bool adv_rx_ring_filled(const struct adv_rx_ring *r, u32 slot)
{
	const struct adv_rx_desc *d = descriptor(r, slot);
	u64 upper = le64_to_cpu(port_load_acquire(&d->status_length_tag));

	return (upper & ADV_RX_DD) && (upper >> LENGTH_SHIFT & 0xffff);
}
