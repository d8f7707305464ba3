// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receiving: VIRTIO 1.2, 5.1.6.3 and 5.1.6.4. Device's side, under the lock of
 * nic_give().
 */
#include "virtio_net.h"

/*
 * A frame of 64 KiB in the smallest buffers that Linux offers, of 1536 bytes,
 * takes 43 of them.
 */
#define PIECES	44

#define FETCH_AHEAD	8	/* buffers at most */

#define ETH_LONGEST	65535	/* bytes; what the header's fields and buffers allow */

/* Memory that a part of a frame goes to. */
struct piece {
	u8 *at;
	u32 len;
	u16 head;	/* its buffer */
	bool last;	/* of its buffer */
};

/* All of what a frame needs, found before any of it is written. */
struct place {
	struct piece piece[PIECES];
	u32 pieces, buffers;
};

static bool is_receiving(const struct virtio_net *s)
{
	return virtio_net_runs(s) && port_load(&s->plugged);
}

/* Note a descriptor that the driver must not offer for receiving. */
static enum outcome refuse(struct virtq_ring *r, enum fault_kind kind,
			   u64 value, u64 bus)
{
	nic_fault(r->nic, kind, r->doorbell, value);
	r->bad_bus = bus;
	return OUTCOME_BAD_DESCRIPTOR;
}

/* The descriptor at hand, as far as it is needed. */
static enum outcome add_piece(struct virtq_ring *r, struct place *p,
			      const struct virtq_chain *c, u32 *need)
{
	struct piece *piece = &p->piece[p->pieces];
	u32 len = min(c->seg.len, *need);

	if (!c->seg.writable)
		return refuse(r, FAULT_DESCRIPTOR, 0, c->seg.bus);
	if (p->pieces == PIECES) {	/* legal, but of no use */
		r->bad_bus = c->seg.bus;
		return OUTCOME_BAD_DESCRIPTOR;
	}
	piece->at = nic_map(r->nic, c->seg.bus, len);
	if (!piece->at)
		return refuse(r, FAULT_BUFFER, c->seg.bus, c->seg.bus);
	piece->len = len;
	piece->head = c->head;
	piece->last = false;
	p->pieces++;
	*need -= len;
	return OUTCOME_DELIVERED;
}

/* The next buffer, or its front if that is enough. */
static enum outcome add_buffer(struct virtq_ring *r, struct place *p, u32 *need)
{
	enum outcome outcome = OUTCOME_DELIVERED;
	u32 before = p->pieces;
	struct virtq_chain c;

	if (!virtq_start(r, &c, p->buffers))
		return OUTCOME_BAD_DESCRIPTOR;
	while (*need && outcome == OUTCOME_DELIVERED && virtq_segment(&c))
		outcome = add_piece(r, p, &c, need);
	if (c.bad)
		return OUTCOME_BAD_DESCRIPTOR;
	if (outcome != OUTCOME_DELIVERED)
		return outcome;
	if (p->pieces == before)
		return refuse(r, FAULT_DESCRIPTOR, 0, 0);
	p->piece[p->pieces - 1].last = true;
	p->buffers++;
	return OUTCOME_DELIVERED;
}

/* Buffers for @need bytes: one, or with @merge as many as it takes. */
static enum outcome find_place(struct virtq_ring *r, struct place *p, u32 need,
			       bool merge)
{
	enum outcome outcome = OUTCOME_DELIVERED;
	int ready = virtq_available(r);

	p->pieces = 0;
	p->buffers = 0;
	if (ready < 0)
		return OUTCOME_BAD_DESCRIPTOR;
	while (need && outcome == OUTCOME_DELIVERED) {
		if (p->buffers == (u32)ready)
			return OUTCOME_NO_DESCRIPTOR;
		if (p->buffers && !merge)
			return OUTCOME_BAD_DESCRIPTOR;	/* it is too small */
		outcome = add_buffer(r, p, &need);
	}
	return outcome;
}

/* Header and frame, as one run of bytes over all pieces. */
static void fill(const struct place *p, const struct virtio_net_header *header,
		 const u8 *data)
{
	const u8 *front = (const u8 *)header;
	u32 left = sizeof(*header), i, n;

	for (i = 0; i < p->pieces; i++) {
		const struct piece *piece = &p->piece[i];

		n = min(left, piece->len);
		memcpy(piece->at, front, n);
		memcpy(piece->at + n, data, piece->len - n);
		front += n;
		left -= n;
		data += piece->len - n;
	}
}

/* 5.1.6.4.1: the driver gets all buffers of a frame at once. */
static void hand_over(struct virtq_ring *r, const struct place *p)
{
	u32 i, written = 0;

	for (i = 0; i < p->pieces; i++) {
		written += p->piece[i].len;
		if (!p->piece[i].last)
			continue;
		virtq_push(r, p->piece[i].head, written);
		written = 0;
	}
	virtq_flush(r, p->buffers);
}

static struct virtio_net_header header_of(u64 features,
					  const struct nic_frame *frame,
					  const struct place *p)
{
	bool valid = frame->udp_checked && (features & VIRTIO_NET_F_GUEST_CSUM);

	return (struct virtio_net_header) {
		.flags = valid ? VIRTIO_NET_DATA_VALID : 0,
		.gso_type = VIRTIO_NET_GSO_NONE,
		.num_buffers = cpu_to_le16(p->buffers),
	};
}

static enum outcome deliver(struct virtio_net *s, struct virtq_ring *r,
			    const struct nic_frame *frame)
{
	u64 features = port_load(&s->features);
	struct virtio_net_header header;
	enum outcome outcome;
	struct place p;

	outcome = find_place(r, &p, VIRTIO_NET_HEADER + frame->len,
			     features & VIRTIO_NET_F_MRG_RXBUF);
	if (outcome != OUTCOME_DELIVERED)
		return outcome;
	header = header_of(features, frame, &p);
	fill(&p, &header, frame->data);
	hand_over(r, &p);
	return outcome;
}

static void receive(struct nic *nic, const struct nic_frame *frame,
		    struct nic_gift *gift)
{
	struct virtio_net *s = nic->state;
	struct virtq_ring r = { 0 };
	int err = virtio_net_open(nic, VIRTIO_NET_RX, &r);
	u16 old = r.filled;

	if (err == -ENODEV) {
		gift->outcome = OUTCOME_RX_OFF;
		return;
	}
	gift->outcome = err ? OUTCOME_BAD_DESCRIPTOR : deliver(s, &r, frame);
	if (gift->outcome == OUTCOME_BAD_DESCRIPTOR)
		gift->bad_bus = r.bad_bus;
	if (gift->outcome != OUTCOME_DELIVERED)
		return;
	gift->slot = (u16)(r.filled - 1);
	if (virtq_due(&r, old))
		gift->vectors = virtio_net_notify(s, r.q);
}

void virtio_net_give(struct nic *nic, const struct nic_frame *frame,
		     struct nic_gift *gift)
{
	struct virtio_net *s = nic->state;

	if (!is_receiving(s))
		gift->outcome = OUTCOME_RX_OFF;
	else if (!virtio_net_passes(&s->filter, frame))
		gift->outcome = OUTCOME_FILTERED;
	else
		receive(nic, frame, gift);
}

/* ---- looking, not touching ---- */

static bool look(struct nic *nic, struct virtq_ring *r)
{
	r->quiet = true;
	return virtio_net_runs(nic->state) &&
	       !virtio_net_open(nic, VIRTIO_NET_RX, r);
}

/* One that is not merged has a buffer of its own, of whatever size. */
u32 virtio_net_longest(struct nic *nic)
{
	return ETH_LONGEST;
}

/* Where a frame would lie, behind its header; in one piece only. */
void *virtio_net_peek(struct nic *nic, u32 queue, u32 ahead, u32 len)
{
	struct virtq_ring r = { 0 };
	struct virtq_chain c;

	if (queue || !look(nic, &r) || (int)ahead < 0 ||
	    (int)ahead >= virtq_available(&r) || !virtq_start(&r, &c, ahead) ||
	    !virtq_segment(&c) || !c.seg.writable)
		return NULL;
	if (c.seg.len < VIRTIO_NET_HEADER || len > c.seg.len - VIRTIO_NET_HEADER)
		return NULL;
	return nic_map(nic, c.seg.bus + VIRTIO_NET_HEADER, len);
}

/* Of a buffer as much as @len bytes take; returns what is left of them. */
static u32 fetch_chain(struct nic *nic, struct virtq_chain *c, u32 len)
{
	u32 part;

	while (len && virtq_segment(c)) {
		part = min(len, c->seg.len);
		nic_fetch(nic_map(nic, c->seg.bus, part), part);
		len -= part;
	}
	return len;
}

void virtio_net_fetch_ahead(struct nic *nic, u32 queue, u32 len)
{
	u32 left = VIRTIO_NET_HEADER + len;
	struct virtq_ring r = { 0 };
	struct virtq_chain c;
	int i, n;

	if (queue || !look(nic, &r))
		return;
	virtq_fetch_ahead(&r);
	n = min(virtq_available(&r), FETCH_AHEAD);
	for (i = 0; i < n && left && virtq_start(&r, &c, i); i++)
		left = fetch_chain(nic, &c, left);
}

/*
 * @slot counts used elements from the queue's start, modulo 65536, not modulo
 * its size: so an older frame is not taken for the newer one that lapped it.
 */
bool virtio_net_waiting(struct nic *nic, u32 queue, u32 slot)
{
	struct virtq_ring r = { 0 };

	return !queue && slot <= 0xffff && look(nic, &r) &&
	       virtq_unread(&r, slot);
}

/*
 * All of a virtqueue can be free, where the readers of this are used to rings
 * that always have one place taken; so there is one place more.
 */
void virtio_net_rx_ring(struct nic *nic, u32 queue, struct nic_ring *ring)
{
	struct virtq_ring r = { 0 };
	int ready;

	memset(ring, 0, sizeof(*ring));
	if (queue || !look(nic, &r))
		return;
	ready = virtq_available(&r);
	ring->base = port_load(&r.q->desc);
	ring->count = r.size + 1;
	ring->head = r.next % ring->count;
	ring->tail = (ring->head + max(ready, 0)) % ring->count;
}
