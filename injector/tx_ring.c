// SPDX-License-Identifier: GPL-2.0-only
#include "tx_ring.h"

/* Word 2, 7.2; some bits have two meanings. */
#define TX_EOP		0x01000000	/* not in a context descriptor */
#define TX_IFCS		0x02000000
#define TX_IC		0x04000000	/* legacy */
#define TX_TSE		0x04000000	/* extended */
#define TX_RS		0x08000000
#define TX_EXTENDED	0x20000000
#define TX_VLE		0x40000000
#define TX_TYPE		0x00f00000	/* extended */
#define TX_TYPE_CONTEXT	0x00000000
#define TX_TYPE_DATA	0x00100000
#define TX_LENGTH	0x0000ffff
#define TX_LENGTH_EXT	0x000fffff
#define TX_TCP		0x01000000	/* context: TUCMD */
#define TX_IPV4		0x02000000

/* Word 3 */
#define TX_DD		0x00000001
#define TX_IXSM		0x00000100	/* POPTS */
#define TX_TXSM		0x00000200

struct tx_descriptor {
	__le64 buffer;
	__le32 command;
	__le32 status;
};

bool tx_ring_open(struct tx_ring *r, const struct nic *nic)
{
	enum ring_state state = ring_check(&r->ring, nic);

	r->count = r->ring.bytes / sizeof(struct tx_descriptor);
	r->head = r->ring.head;
	r->tail = r->ring.tail;
	if (state == RING_BAD)
		ring_note(&r->ring, nic);
	return state == RING_READY;
}

static struct tx_descriptor *descriptor(const struct tx_ring *r, u32 slot)
{
	return (struct tx_descriptor *)r->ring.at + slot;
}

static u32 command_of(const struct tx_ring *r, u32 slot)
{
	return le32_to_cpu(port_load(&descriptor(r, slot)->command));
}

static bool is_context(u32 command)
{
	return (command & (TX_EXTENDED | TX_TYPE)) ==
	       (TX_EXTENDED | TX_TYPE_CONTEXT);
}

static bool is_reserved(u32 command)
{
	return (command & TX_EXTENDED) && (command & TX_TYPE) > TX_TYPE_DATA;
}

static u32 next_slot(const struct tx_ring *r, u32 slot)
{
	return slot + 1 == r->count ? 0 : slot + 1;
}

static bool find_end(const struct tx_ring *r, u32 *end)
{
	u32 slot, command;

	for (slot = r->head; slot != r->tail; slot = next_slot(r, slot)) {
		command = command_of(r, slot);
		if (!is_context(command) && (command & TX_EOP)) {
			*end = next_slot(r, slot);
			return true;
		}
	}
	return false;
}

static void break_frame(const struct tx_ring *r, const struct nic *nic,
			struct tx_frame *frame, enum fault_kind kind, u64 value)
{
	frame->broken = true;
	nic_fault(nic, kind, r->ring.reg + RING_TAIL, value);
}

static void read_context(const struct tx_descriptor *d,
			 struct tx_context *context, u32 command)
{
	u64 sums = le64_to_cpu(port_load(&d->buffer));

	context->ip = (u32)sums;
	context->l4 = (u32)(sums >> 32);
	context->command = command;
	context->segment = le32_to_cpu(port_load(&d->status));
}

/* Copy a data descriptor's bytes, if they are asked for. */
static void gather(const struct tx_ring *r, const struct nic *nic,
		   struct tx_frame *frame, u64 bus, u32 len, u8 *to, u32 room)
{
	const void *from;

	if (!to || !len || frame->broken)
		return;
	from = nic_map_read(nic, bus, len);
	if (!from)
		break_frame(r, nic, frame, FAULT_BUFFER, bus);
	else if (frame->len > room || len > room - frame->len)
		break_frame(r, nic, frame, FAULT_DESCRIPTOR, len);
	else
		memcpy(to + frame->len, from, len);
}

/*
 * Which descriptor of a frame its tag and FCS bits count in: the first if it
 * is segmented, else the last (8254x manual 3.3.7.1).
 */
static void keep_words(struct tx_frame *frame, u32 command, u32 options)
{
	bool first = !frame->started;

	frame->started = true;
	if (first) {
		frame->first_command = command;
		frame->first_options = options;
	}
	if (first || !tx_frame_is_segmented(frame)) {
		frame->command = command;
		frame->options = options;
	}
}

static void read_data(const struct tx_ring *r, const struct nic *nic, u32 slot,
		      u32 command, struct tx_frame *frame, u8 *to, u32 room)
{
	u32 len = command & (command & TX_EXTENDED ? TX_LENGTH_EXT : TX_LENGTH);
	const struct tx_descriptor *d = descriptor(r, slot);

	if (is_reserved(command))
		break_frame(r, nic, frame, FAULT_DESCRIPTOR, command);
	keep_words(frame, command, le32_to_cpu(port_load(&d->status)));
	gather(r, nic, frame, le64_to_cpu(port_load(&d->buffer)), len, to,
	       room);
	frame->len += len;
}

bool tx_ring_read(const struct tx_ring *r, const struct nic *nic,
		  struct tx_context *context, struct tx_frame *frame,
		  u8 *to, u32 room)
{
	u32 slot, command;

	memset(frame, 0, sizeof(*frame));
	if (!find_end(r, &frame->end))
		return false;
	for (slot = r->head; slot != frame->end; slot = next_slot(r, slot)) {
		command = command_of(r, slot);
		if (is_context(command))
			read_context(descriptor(r, slot), context, command);
		else
			read_data(r, nic, slot, command, frame, to, room);
	}
	return true;
}

void tx_ring_complete(struct tx_ring *r, struct tx_frame *frame)
{
	struct tx_descriptor *d;

	for (; r->head != frame->end; r->head = next_slot(r, r->head)) {
		d = descriptor(r, r->head);
		if (!(command_of(r, r->head) & TX_RS))
			continue;
		frame->report = true;
		port_store_release(&d->status,
				   port_load(&d->status) | cpu_to_le32(TX_DD));
	}
}

bool tx_frame_is_segmented(const struct tx_frame *frame)
{
	return (frame->first_command & TX_EXTENDED) &&
	       (frame->first_command & TX_TSE);
}

bool tx_frame_has_fcs(const struct tx_frame *frame)
{
	return !(frame->command & TX_IFCS);
}

static struct offload_sum sum_of(u32 word, bool wanted)
{
	return (struct offload_sum) {
		.wanted = wanted,
		.start = word & 0xff,
		.offset = word >> 8 & 0xff,
		.end = (u16)(word >> 16),
	};
}

/* A legacy descriptor has one sum of its own, to the frame's end: CSO, CSS. */
static void legacy_offload(const struct tx_frame *frame, struct offload *o)
{
	o->l4.wanted = frame->command & TX_IC;
	o->l4.start = frame->options >> 8 & 0xff;
	o->l4.offset = frame->command >> 16 & 0xff;
}

static void extended_offload(const struct tx_frame *frame,
			     const struct tx_context *c, struct offload *o)
{
	o->ip = sum_of(c->ip, frame->first_options & TX_IXSM);
	o->l4 = sum_of(c->l4, frame->first_options & TX_TXSM);
	o->segment = tx_frame_is_segmented(frame);
	o->tcp = c->command & TX_TCP;
	o->ipv4 = c->command & TX_IPV4;
	o->header = c->segment >> 8 & 0xff;
	o->mss = (u16)(c->segment >> 16);
}

struct offload tx_frame_offload(const struct tx_frame *frame,
				const struct tx_context *context, bool tags)
{
	struct offload o = {
		.vlan = tags && (frame->command & TX_VLE),
		.tag = (u16)(frame->options >> 16),
	};

	if (frame->first_command & TX_EXTENDED)
		extended_offload(frame, context, &o);
	else
		legacy_offload(frame, &o);
	return o;
}
