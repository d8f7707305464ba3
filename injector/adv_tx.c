// SPDX-License-Identifier: GPL-2.0-only
#include "adv_tx.h"

#include "csr.h"
#include "intel_regs.h"
#include "offload.h"
#include "packet.h"
#include "ring.h"
#include "rx_filter.h"

#define ETH_LONGEST	16384	/* what the engine's frames end at */
#define HEADROOM	64	/* offload_do() may write before the frame */
#define SIZE_CLASSES	6	/* PTC64 ... PTC1522 */

/* Word 2 of a descriptor, 7.2.2 */
#define TX_LENGTH	0x0000ffff
#define TX_TYPE		0x00f00000
#define TX_TYPE_CONTEXT	0x00200000
#define TX_TYPE_DATA	0x00300000
#define TX_EOP		0x01000000
#define TX_IFCS		0x02000000
#define TX_RS		0x08000000
#define TX_ADVANCED	0x20000000
#define TX_VLE		0x40000000
#define TX_TSE		0x80000000

/* Word 3 of a data descriptor */
#define TX_DD		0x00000001
#define TX_INDEX(w)	((w) >> 4 & (ADV_TX_CONTEXTS - 1))	/* in both kinds */
#define TX_IXSM		0x00000100
#define TX_TXSM		0x00000200

/* Context descriptor */
#define CONTEXT_IPV4	0x00000400
#define CONTEXT_L4	0x00001800
#define CONTEXT_TCP	0x00000800
#define CONTEXT_SCTP	0x00001000

#define IP_SUM		10	/* where a header has its checksum */
#define TCP_SUM		16
#define UDP_SUM		6
#define SCTP_SUM	8
#define SCTP_HEADER	12

struct adv_tx_desc {
	__le64 buffer;
	__le32 command;
	__le32 status;
};

struct tx_queue {
	const struct adv_tx *tx;
	struct nic *nic;
	struct ring ring;
	u32 queue, head, tail;
	u8 *frame;	/* NULL: frames are only counted */
	bool report;

	/* counted since the drain began */
	u64 frames, bytes, multicasts, broadcasts, segmentations;
	u64 sizes[SIZE_CLASSES];
};

/* A frame as its descriptors describe it. */
struct tx_frame {
	u32 end;		/* the slot behind it */
	u32 len;
	u32 command, options;	/* words 2 and 3 of the first data descriptor */
	bool broken;		/* noted as a fault: not sent, but completed */
};

bool adv_tx_enabled(const struct nic *nic, const u32 *csr, u32 queue)
{
	return queue < ADV_TX_QUEUES && port_load(&nic->port->master) &&
	       !port_load(&nic->port->dead) &&
	       (csr_get(csr, INTEL_TCTL) & INTEL_TCTL_EN) &&
	       (csr_get(csr, I82576_TXDCTL(queue)) & I82576_QUEUE_ENABLE) &&
	       !(csr_get(csr, INTEL_CTRL) & INTEL_CTRL_GIO_MASTER_DISABLE);
}

/* Counters */

/* Short frames go out padded; all go out with an FCS. */
static void tally(struct tx_queue *q, u32 len)
{
	u32 wire = max(len, (u32)ETH_MIN_FRAME) + ETH_FCS;

	q->sizes[counters_size_class(wire)]++;
	q->frames++;
	q->bytes += wire;
}

static void flush_tally(const struct tx_queue *q)
{
	struct counters *stats = q->tx->stats;
	unsigned int i;

	counters_add_shared(stats, INTEL_TPT, q->frames);
	counters_add_shared(stats, INTEL_GPTC, q->frames);
	counters_add_shared(stats, INTEL_GOTCL, q->bytes);
	counters_add_shared(stats, INTEL_TOTL, q->bytes);
	counters_add_shared(stats, INTEL_MPTC, q->multicasts);
	counters_add_shared(stats, INTEL_BPTC, q->broadcasts);
	counters_add_shared(stats, INTEL_TSCTC, q->segmentations);
	for (i = 0; i < SIZE_CLASSES; i++)
		counters_add_shared(stats, INTEL_PTC64 + 4 * i,
				    q->sizes[i]);
}

/* Descriptors */

static struct adv_tx_desc *descriptor(const struct tx_queue *q, u32 slot)
{
	return (struct adv_tx_desc *)q->ring.at + slot;
}

static u32 command_of(const struct tx_queue *q, u32 slot)
{
	return le32_to_cpu(port_load(&descriptor(q, slot)->command));
}

static u32 status_of(const struct tx_queue *q, u32 slot)
{
	return le32_to_cpu(port_load(&descriptor(q, slot)->status));
}

static u32 next_slot(const struct tx_queue *q, u32 slot)
{
	return slot + 1 == q->ring.bytes / RING_UNIT ? 0 : slot + 1;
}

static bool is_kind(u32 command, u32 type)
{
	return (command & (TX_ADVANCED | TX_TYPE)) == (TX_ADVANCED | type);
}

static bool find_end(const struct tx_queue *q, u32 *end)
{
	u32 slot, command;

	for (slot = q->head; slot != q->tail; slot = next_slot(q, slot)) {
		command = command_of(q, slot);
		if (!is_kind(command, TX_TYPE_CONTEXT) && (command & TX_EOP)) {
			*end = next_slot(q, slot);
			return true;
		}
	}
	return false;
}

static void break_frame(const struct tx_queue *q, struct tx_frame *f,
			enum fault_kind kind, u64 value)
{
	f->broken = true;
	nic_fault(q->nic, kind, q->ring.reg + RING_TAIL, value);
}

static void read_context(const struct tx_queue *q, u32 slot)
{
	u64 low = le64_to_cpu(port_load(&descriptor(q, slot)->buffer));
	u32 segment = status_of(q, slot);
	struct adv_tx_context *c;

	c = &q->tx->context[q->queue][TX_INDEX(segment)];
	c->lengths = (u32)low;
	c->kind = command_of(q, slot);
	c->segment = segment;
}

/* Memory is checked even where nobody wants what is in it. */
static void gather(const struct tx_queue *q, struct tx_frame *f, u64 bus,
		   u32 len)
{
	const void *from;

	if (f->broken || !len)
		return;
	from = nic_map_read(q->nic, bus, len);
	if (!from)
		break_frame(q, f, FAULT_BUFFER, bus);
	else if (len > OFFLOAD_MAX - f->len)
		break_frame(q, f, FAULT_DESCRIPTOR, len);
	else if (q->frame)
		memcpy(q->frame + f->len, from, len);
	if (!f->broken)
		f->len += len;
}

static void read_data(const struct tx_queue *q, struct tx_frame *f, u32 slot,
		      u32 command)
{
	if (!is_kind(command, TX_TYPE_DATA)) {
		break_frame(q, f, FAULT_DESCRIPTOR, command);
		return;
	}
	if (!f->command) {
		f->command = command;
		f->options = status_of(q, slot);
	}
	gather(q, f, le64_to_cpu(port_load(&descriptor(q, slot)->buffer)),
	       command & TX_LENGTH);
}

static bool read_frame(const struct tx_queue *q, struct tx_frame *f)
{
	u32 slot, command;

	memset(f, 0, sizeof(*f));
	if (!find_end(q, &f->end))
		return false;
	for (slot = q->head; slot != f->end; slot = next_slot(q, slot)) {
		command = command_of(q, slot);
		if (is_kind(command, TX_TYPE_CONTEXT))
			read_context(q, slot);
		else
			read_data(q, f, slot, command);
	}
	return true;
}

/* DD in each descriptor that asked for it, then the head behind the frame. */
static void complete(struct tx_queue *q, u32 end)
{
	struct adv_tx_desc *d;

	for (; q->head != end; q->head = next_slot(q, q->head)) {
		d = descriptor(q, q->head);
		if (!(command_of(q, q->head) & TX_RS))
			continue;
		q->report = true;
		port_store_release(&d->status, cpu_to_le32(status_of(q, q->head) |
							   TX_DD));
	}
	csr_set(q->tx->csr, I82576_TDH(q->queue), end);
}

/* Offloads */

struct lengths {
	u32 mac, ip, l4;
};

static struct lengths lengths_of(const struct adv_tx_context *c)
{
	return (struct lengths) {
		.mac = c->lengths >> 9 & 0x7f,
		.ip = c->lengths & 0x1ff,
		.l4 = c->segment >> 8 & 0xff,
	};
}

static u32 l4_of(const struct adv_tx_context *c)
{
	return c->kind & CONTEXT_L4;
}

static struct offload offload_of(const struct tx_queue *q,
				 const struct tx_frame *f,
				 const struct adv_tx_context *c)
{
	struct lengths n = lengths_of(c);
	u32 l4 = n.mac + n.ip;
	struct offload o = {
		.ip.wanted = f->options & TX_IXSM,
		.ip.start = (u16)n.mac,
		.ip.offset = (u16)(n.mac + IP_SUM),
		.ip.end = (u16)(l4 - 1),
		.l4.wanted = (f->options & TX_TXSM) && l4_of(c) != CONTEXT_SCTP,
		.l4.start = (u16)l4,
		.l4.offset = (u16)(l4 + (l4_of(c) == CONTEXT_TCP ? TCP_SUM :
					 UDP_SUM)),
		.segment = f->command & TX_TSE,
		.tcp = l4_of(c) == CONTEXT_TCP,
		.ipv4 = c->kind & CONTEXT_IPV4,
		.header = (u16)(l4 + n.l4),
		.mss = (u16)(c->segment >> 16),
		.tag = (u16)(c->lengths >> 16),
	};

	/* Without CTRL.VME, VLE means nothing (8.2.1). */
	o.vlan = (f->command & TX_VLE) &&
		 (csr_get(q->tx->csr, INTEL_CTRL) & INTEL_CTRL_VME);
	return o;
}

/* CRC-32C, bit by bit: SCTP is rare here (RFC 9260, appendix A). */
static u32 crc32c(const u8 *at, u32 len)
{
	u32 crc = ~0u, i, bit;

	for (i = 0; i < len; i++) {
		crc ^= at[i];
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
	}
	return ~crc;
}

static bool insert_sctp_sum(u8 *frame, u32 len, u32 start)
{
	u8 *sum = frame + start + SCTP_SUM;
	u32 crc;

	if (start + SCTP_HEADER > len)
		return false;
	memset(sum, 0, 4);
	crc = crc32c(frame + start, len - start);
	sum[0] = (u8)crc;
	sum[1] = (u8)(crc >> 8);
	sum[2] = (u8)(crc >> 16);
	sum[3] = (u8)(crc >> 24);
	return true;
}

static void emit(void *to, const void *frame, u32 len)
{
	struct tx_queue *q = to;
	enum rx_kind kind = rx_kind(frame);

	tally(q, len);
	q->broadcasts += kind == RX_BROADCAST;
	q->multicasts += kind == RX_MULTICAST;
	q->nic->wire->send(q->nic, frame, len);
}

/* TCTL.PSP; a sum over the padding is the same, because it is 0. */
static u32 pad(const struct tx_queue *q, u32 len)
{
	if (len >= ETH_MIN_FRAME ||
	    !(csr_get(q->tx->csr, INTEL_TCTL) & INTEL_TCTL_PSP))
		return len;
	memset(q->frame + len, 0, ETH_MIN_FRAME - len);
	return ETH_MIN_FRAME;
}

static bool send_frame(struct tx_queue *q, const struct tx_frame *f,
		       const struct adv_tx_context *c, struct offload *o)
{
	u64 bytes;

	if ((f->options & TX_TXSM) && l4_of(c) == CONTEXT_SCTP &&
	    !insert_sctp_sum(q->frame, f->len, o->l4.start))
		return false;
	return offload_do(q->frame, o->segment ? f->len : pad(q, f->len), o,
			  emit, q, &bytes);
}

/* Nobody looks at the frame: count what would leave. */
static bool count_frame(struct tx_queue *q, const struct tx_frame *f,
			const struct offload *o)
{
	u32 left;

	if (!o->segment) {
		tally(q, f->len);
		return true;
	}
	if (!o->mss || o->header >= f->len)
		return false;
	for (left = f->len - o->header; left > o->mss; left -= o->mss)
		tally(q, o->header + o->mss);
	tally(q, o->header + left);
	return true;
}

/* Is what leaves a frame, and none that no receiver has room for? */
static bool fits_wire(const struct tx_frame *f, const struct offload *o)
{
	u32 longest = f->len;

	if (o->segment)
		longest = min(longest, (u32)o->header + o->mss);
	return f->len >= ETH_HEADER && longest <= ETH_LONGEST;
}

static void take_frame(struct tx_queue *q, struct tx_frame *f)
{
	const struct adv_tx_context *c;
	struct offload o;
	bool done;

	if (f->broken)
		return;
	/* Without IFCS the driver brings an FCS, which is not passed on. */
	if (!(f->command & TX_IFCS) && f->len > ETH_FCS)
		f->len -= ETH_FCS;
	c = &q->tx->context[q->queue][TX_INDEX(f->options)];
	o = offload_of(q, f, c);
	done = fits_wire(f, &o) && (q->frame ? send_frame(q, f, c, &o) :
					       count_frame(q, f, &o));
	if (!done)
		break_frame(q, f, FAULT_DESCRIPTOR, f->command);
	else if (o.segment)
		q->segmentations++;
}

static u8 *scratch_of(const struct nic *nic, u32 queue)
{
	const struct nic_wire *wire = nic->wire;

	if (!wire || !wire->send || !wire->scratch[queue])
		return NULL;
	return (u8 *)wire->scratch[queue] + HEADROOM;
}

bool adv_tx_drain(const struct adv_tx *tx, struct nic *nic, u32 queue)
{
	struct tx_queue q = {
		.tx = tx,
		.nic = nic,
		.queue = queue,
		.frame = scratch_of(nic, queue),
	};
	enum ring_state state;
	struct tx_frame f;

	ring_load(&q.ring, tx->csr, I82576_TDBAL(queue));
	state = ring_check(&q.ring, nic);
	if (state == RING_BAD)
		ring_note(&q.ring, nic);
	if (state != RING_READY)
		return false;
	q.head = q.ring.head;
	q.tail = q.ring.tail;
	while (read_frame(&q, &f)) {
		take_frame(&q, &f);
		complete(&q, f.end);
	}
	flush_tally(&q);
	return q.report;
}
