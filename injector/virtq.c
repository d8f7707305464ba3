// SPDX-License-Identifier: GPL-2.0-only
#include "virtio_regs.h"
#include "virtq.h"

#define DESCRIPTOR	16	/* bytes: addr, len, flags, next, 2.7.5 */
#define ELEMENT		8	/* bytes: id, len, 2.7.8 */

/* Words of the rings, 2.7.6 and 2.7.8 */
#define FLAGS		0
#define IDX		1
#define RING		2

enum {
	VIRTQ_IDLE,
	VIRTQ_BUSY,
	VIRTQ_AGAIN	/* busy, and the doorbell rang meanwhile */
};

static void fault(const struct virtq_ring *r, enum fault_kind kind, u32 reg,
		  u64 value)
{
	if (!r->quiet)
		nic_fault(r->nic, kind, reg, value);
}

/* ---- the queue ---- */

void virtq_reset(struct virtq *q, u16 max)
{
	port_store(&q->enabled, 0);
	q->desc = 0;
	q->driver = 0;
	q->device = 0;
	q->size = max;
	q->vector = VIRTIO_NO_VECTOR;
	q->next = 0;
	q->filled = 0;
}

bool virtq_legal_size(u32 size)
{
	return size && size <= VIRTQ_MAX_SIZE && !(size & (size - 1));
}

static int refuse(struct virtq_ring *r, u32 reg, u64 bus)
{
	fault(r, FAULT_RING, reg, bus);
	r->bad_bus = bus;
	return -EINVAL;
}

/* Sizes and alignments are those of the table in 2.7. */
static int map_parts(struct virtq_ring *r)
{
	u64 desc = port_load(&r->q->desc);
	u64 driver = port_load(&r->q->driver);
	u64 device = port_load(&r->q->device);

	r->desc = nic_map_read(r->nic, desc, (u64)DESCRIPTOR * r->size);
	if (!r->desc || desc % 16)
		return refuse(r, VIRTIO_QUEUE_DESC, desc);
	r->avail = nic_map_read(r->nic, driver, 6 + 2 * r->size);
	if (!r->avail || driver % 2)
		return refuse(r, VIRTIO_QUEUE_DRIVER, driver);
	r->used = nic_map(r->nic, device, 6 + ELEMENT * r->size);
	if (!r->used || device % 4)
		return refuse(r, VIRTIO_QUEUE_DEVICE, device);
	return 0;
}

int virtq_map(struct virtq_ring *r, struct virtq *q, u64 features)
{
	r->q = q;
	r->size = port_load(&q->size);
	r->next = port_load(&q->next);
	r->filled = port_load(&q->filled);
	r->event_idx = features & VIRTIO_F_EVENT_IDX;
	r->indirect = features & VIRTIO_F_INDIRECT_DESC;
	r->bad_bus = 0;
	if (!virtq_legal_size(r->size)) {
		fault(r, FAULT_RING, VIRTIO_QUEUE_SIZE, r->size);
		return -EINVAL;
	}
	return map_parts(r);
}

int virtq_open(struct virtq_ring *r, struct virtq *q, u64 features)
{
	/* pairs with the driver's release: the other fields are set up */
	if (!port_load_acquire(&q->enabled))
		return -ENODEV;
	return virtq_map(r, q, features);
}

/* ---- rings ---- */

static u16 avail_idx(const struct virtq_ring *r)
{
	/* pairs with the driver's barrier: entries and descriptors are there */
	return le16_to_cpu(port_load_acquire(&r->avail[IDX]));
}

int virtq_available(struct virtq_ring *r)
{
	u16 idx = avail_idx(r), n = idx - r->next;

	if (n <= r->size)
		return n;
	fault(r, FAULT_TAIL, r->doorbell, idx);
	r->bad_bus = port_load(&r->q->driver);
	return -EINVAL;
}

static __le32 *used_element(const struct virtq_ring *r)
{
	return (__le32 *)&r->used[RING] + 2 * (r->filled & (r->size - 1));
}

void virtq_fetch_ahead(const struct virtq_ring *r)
{
	port_prefetch(used_element(r));
	port_prefetch(&r->used[IDX]);
}

void virtq_push(struct virtq_ring *r, u16 head, u32 len)
{
	__le32 *element = used_element(r);

	port_store(&element[0], cpu_to_le32(head));
	port_store(&element[1], cpu_to_le32(len));
	r->filled++;
}

void virtq_flush(struct virtq_ring *r, u32 taken)
{
	r->next += taken;
	port_store(&r->q->next, r->next);
	port_store(&r->q->filled, r->filled);
	/* Data and elements before the index that covers them. */
	port_store_release(&r->used[IDX], cpu_to_le16(r->filled));
}

static u16 used_event(const struct virtq_ring *r)
{
	return le16_to_cpu(port_load(&r->avail[RING + r->size]));
}

/*
 * The driver stores used_event, then looks at idx; idx was stored, now
 * used_event is looked at: one of the two sees the other.
 */
bool virtq_due(const struct virtq_ring *r, u16 old)
{
	port_mb();
	if (r->filled == old)
		return false;
	if (r->event_idx)
		return virtq_passed(used_event(r), r->filled, old);
	return !(le16_to_cpu(port_load(&r->avail[FLAGS])) &
		 VIRTQ_AVAIL_NO_INTERRUPT);
}

bool virtq_rearm(struct virtq_ring *r)
{
	if (r->event_idx)
		port_store(&r->used[RING + 4 * r->size], cpu_to_le16(r->next));
	port_mb();	/* the driver stores idx, then looks at avail_event */
	return avail_idx(r) == r->next;
}

/*
 * A driver that has taken t elements of the used ring has offered t + size
 * buffers at most; so what it has offered says how many it took at least.
 */
bool virtq_unread(const struct virtq_ring *r, u16 at)
{
	u16 behind = r->filled - at;	/* 1: the newest */
	u16 ready = avail_idx(r) - r->next, marked;

	if (!behind || behind > r->size || ready > r->size)
		return false;
	if (behind > r->size - ready)
		return false;
	marked = r->filled - used_event(r);
	return !r->event_idx || marked > r->size || behind <= marked;
}

/* ---- descriptors ---- */

struct descriptor {
	u64 bus;
	u32 len;
	u16 flags, next;
};

/* An indirect table has no alignment, so its words may not be read as such. */
static u64 load_word(const u8 *at)
{
	u64 word = 0;
	int i;

	if (!((uintptr_t)at & 7))
		return le64_to_cpu(port_load((const __le64 *)at));
	for (i = 7; i >= 0; i--)
		word = word << 8 | port_load(&at[i]);
	return word;
}

static struct descriptor load_descriptor(const u8 *at)
{
	u64 word = load_word(at + 8);

	return (struct descriptor) {
		.bus = load_word(at),
		.len = (u32)word,
		.flags = (u16)(word >> 32),
		.next = (u16)(word >> 48),
	};
}

static bool spoil(struct virtq_chain *c, enum fault_kind kind, u64 value,
		  u64 bus)
{
	fault(c->ring, kind, c->ring->doorbell, value);
	c->ring->bad_bus = bus;
	c->bad = true;
	c->more = false;
	c->seg.len = 0;
	return false;
}

bool virtq_start(struct virtq_ring *r, struct virtq_chain *c, u32 ahead)
{
	u16 slot = (r->next + ahead) & (r->size - 1);

	*c = (struct virtq_chain) {
		.ring = r,
		.table = r->desc,
		.entries = r->size,
		.left = r->size,
		.head = le16_to_cpu(port_load(&r->avail[RING + slot])),
		.more = true,
	};
	c->at = c->head;
	if (c->head < r->size)
		return true;
	return spoil(c, FAULT_DESCRIPTOR, c->head, port_load(&r->q->driver));
}

/* 2.7.5.3: one table a buffer, of whole descriptors, and nothing behind it. */
static bool enter_table(struct virtq_chain *c, const struct descriptor *d)
{
	if (!c->ring->indirect || c->indirect || (d->flags & VIRTQ_DESC_NEXT) ||
	    !d->len || d->len % DESCRIPTOR)
		return spoil(c, FAULT_DESCRIPTOR, d->flags, d->bus);
	c->table = nic_map_read(c->ring->nic, d->bus, d->len);
	if (!c->table)
		return spoil(c, FAULT_BUFFER, d->bus, d->bus);
	c->entries = d->len / DESCRIPTOR;
	c->indirect = true;
	c->at = 0;
	return true;
}

/* One descriptor further; a table's own does not count. */
static bool step(struct virtq_chain *c)
{
	struct descriptor d;
	bool writable;

	if (c->at >= c->entries || !c->left)
		return spoil(c, FAULT_DESCRIPTOR, c->at, port_load(&c->ring->q->desc));
	d = load_descriptor(c->table + (size_t)c->at * DESCRIPTOR);
	if (d.flags & VIRTQ_DESC_INDIRECT)
		return enter_table(c, &d);

	c->left--;
	writable = d.flags & VIRTQ_DESC_WRITE;
	if (c->seg.writable && !writable)	/* 2.7.4.2 */
		return spoil(c, FAULT_DESCRIPTOR, d.flags, d.bus);
	c->seg = (struct virtq_segment) { d.bus, d.len, writable };
	c->more = d.flags & VIRTQ_DESC_NEXT;
	c->at = d.next;
	return true;
}

bool virtq_segment(struct virtq_chain *c)
{
	c->seg.len = 0;
	while (c->more && !c->seg.len)
		if (!step(c))
			return false;
	return c->seg.len;
}

/* ---- contents ---- */

/* The next bytes of the kind wanted, at most @len; NULL: none. */
static void *piece(struct virtq_chain *c, bool writable, u32 *len)
{
	const struct nic *nic = c->ring->nic;
	void *at;

	while (!c->seg.len || (writable && !c->seg.writable))
		if (!virtq_segment(c))
			return NULL;
	if (c->seg.writable != writable)
		return NULL;
	*len = min(*len, c->seg.len);
	at = writable ? nic_map(nic, c->seg.bus, *len) :
			(void *)nic_map_read(nic, c->seg.bus, *len);
	if (!at) {
		spoil(c, FAULT_BUFFER, c->seg.bus, c->seg.bus);
		return NULL;
	}
	c->seg.bus += *len;
	c->seg.len -= *len;
	return at;
}

u32 virtq_read(struct virtq_chain *c, void *to, u32 len)
{
	u32 done, n;
	void *from;

	for (done = 0; done < len; done += n) {
		n = len - done;
		from = piece(c, false, &n);
		if (!from)
			break;
		if (to)
			memcpy((u8 *)to + done, from, n);
	}
	return done;
}

u32 virtq_write(struct virtq_chain *c, const void *from, u32 len)
{
	u32 done, n;
	void *to;

	for (done = 0; done < len; done += n) {
		n = len - done;
		to = piece(c, true, &n);
		if (!to)
			break;
		memcpy(to, (const u8 *)from + done, n);
	}
	return done;
}

bool virtq_is_over(struct virtq_chain *c)
{
	return !c->seg.len && !virtq_segment(c);
}

/* ---- doorbells of two CPUs ---- */

bool virtq_enter(struct virtq *q)
{
	u64 was;

	do {
		was = port_load(&q->bell);
	} while (!port_cas64(&q->bell, was,
			     was == VIRTQ_IDLE ? VIRTQ_BUSY : VIRTQ_AGAIN));
	return was == VIRTQ_IDLE;
}

bool virtq_leave(struct virtq *q)
{
	if (port_cas64(&q->bell, VIRTQ_BUSY, VIRTQ_IDLE))
		return true;
	port_store(&q->bell, VIRTQ_BUSY);
	return false;
}
