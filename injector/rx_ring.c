// SPDX-License-Identifier: GPL-2.0-only
#include "rx_ring.h"

#define DESCRIPTOR	16	/* bytes, both formats */
#define RING_UNIT	128	/* RDLEN counts in these, 10.2.5 */

/* 7.1: the driver writes an address, the device writes back over it. */
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

enum outcome rx_ring_open(struct rx_ring *r, const struct nic *nic)
{
	r->count = r->bytes / DESCRIPTOR;
	r->at = NULL;
	/* No mistake: after a reset e1000e enables RX, then sets up a ring. */
	if (!r->bytes)
		return OUTCOME_NO_DESCRIPTOR;

	if (r->bytes % RING_UNIT || r->head >= r->count || r->tail >= r->count)
		return OUTCOME_BAD_DESCRIPTOR;
	r->at = nic_map(nic, r->base, r->bytes);
	if (!r->at)
		return OUTCOME_BAD_DESCRIPTOR;
	return r->head == r->tail ? OUTCOME_NO_DESCRIPTOR : OUTCOME_DELIVERED;
}

static void *descriptor(const struct rx_ring *r, u32 slot)
{
	return r->at + (size_t)slot * DESCRIPTOR;
}

void *rx_ring_buffer(const struct rx_ring *r, const struct nic *nic, u32 slot,
		     u64 *bus)
{
	const __le64 *buffer = descriptor(r, slot);

	*bus = le64_to_cpu(port_load(buffer));
	return r->room ? nic_map(nic, *bus, r->room) : NULL;
}

static void fill_legacy(struct rx_legacy *d, u32 length, u32 status)
{
	port_store(&d->length_csum, cpu_to_le32(length));
	port_store_release(&d->status_errors_special, cpu_to_le32(status));
}

/* MRQ and RSS overwrite the address: the driver keeps its own copy. */
static void fill_extended(struct rx_extended *d, u32 length, u32 status)
{
	port_store(&d->buffer_mrq_rss, cpu_to_le64(0));
	port_store(&d->length_vlan, cpu_to_le32(length));
	port_store_release(&d->status_errors, cpu_to_le32(status));
}

void rx_ring_fill(const struct rx_ring *r, u32 slot, u32 length, u32 status)
{
	if (r->extended)
		fill_extended(descriptor(r, slot), length, status);
	else
		fill_legacy(descriptor(r, slot), length, status);
}

bool rx_ring_filled(const struct rx_ring *r, u32 slot)
{
	const struct rx_extended *e = descriptor(r, slot);
	const struct rx_legacy *l = descriptor(r, slot);
	const __le32 *status;

	status = r->extended ? &e->status_errors : &l->status_errors_special;
	return le32_to_cpu(port_load_acquire(status)) & RX_STATUS_DD;
}
