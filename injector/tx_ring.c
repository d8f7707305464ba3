// SPDX-License-Identifier: GPL-2.0-only
#include "tx_ring.h"

#define RING_UNIT	128	/* TDLEN counts in these, 10.2.6 */

/* Command bits of descriptor word 2, 7.2 */
#define TX_EOP		0x01000000	/* not in a context descriptor */
#define TX_TSE		0x04000000	/* in extended descriptors */
#define TX_RS		0x08000000
#define TX_EXTENDED	0x20000000
#define TX_DATA		0x00100000	/* extended: data, not context */
#define TX_LENGTH	0x0000ffff
#define TX_LENGTH_EXT	0x000fffff

#define TX_DD		0x00000001	/* in word 3 */

struct tx_descriptor {
	__le64 buffer;
	__le32 command;
	__le32 status;
};

bool tx_ring_open(struct tx_ring *r, const struct nic *nic)
{
	r->count = r->bytes / sizeof(struct tx_descriptor);
	if (!r->bytes || r->bytes % RING_UNIT)
		return false;
	if (r->head >= r->count || r->tail >= r->count)
		return false;
	r->at = nic_map(nic, r->base, r->bytes);
	return r->at;
}

static struct tx_descriptor *descriptor(const struct tx_ring *r, u32 slot)
{
	return (struct tx_descriptor *)r->at + slot;
}

static bool is_context(u32 command)
{
	return (command & (TX_EXTENDED | TX_DATA)) == TX_EXTENDED;
}

static u32 data_length(u32 command)
{
	if (is_context(command))
		return 0;
	return command & (command & TX_EXTENDED ? TX_LENGTH_EXT : TX_LENGTH);
}

static u32 next_slot(const struct tx_ring *r, u32 slot)
{
	return slot + 1 == r->count ? 0 : slot + 1;
}

static bool find_end(const struct tx_ring *r, u32 *end)
{
	u32 slot, command;

	for (slot = r->head; slot != r->tail; slot = next_slot(r, slot)) {
		command = le32_to_cpu(port_load(&descriptor(r, slot)->command));
		if (!is_context(command) && (command & TX_EOP)) {
			*end = next_slot(r, slot);
			return true;
		}
	}
	return false;
}

static void write_back(struct tx_descriptor *d, struct tx_frame *frame)
{
	u32 command = le32_to_cpu(port_load(&d->command));

	frame->len += data_length(command);
	if ((command & TX_EXTENDED) && (command & TX_TSE))
		frame->segmented = true;
	if (command & TX_RS) {
		frame->report = true;
		port_store_release(&d->status,
				   port_load(&d->status) | cpu_to_le32(TX_DD));
	}
}

bool tx_ring_take(struct tx_ring *r, struct tx_frame *frame)
{
	u32 end;

	if (!find_end(r, &end))
		return false;
	memset(frame, 0, sizeof(*frame));
	for (; r->head != end; r->head = next_slot(r, r->head))
		write_back(descriptor(r, r->head), frame);
	return true;
}
