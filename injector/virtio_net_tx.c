// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sending: VIRTIO 1.2, 5.1.6.2. Driver's side, in the doorbell's write; frames
 * leave at once.
 */
#include "virtio_net.h"

#include "checksum.h"
#include "offload.h"
#include "packet.h"

#define HEADROOM	64	/* of the scratch memory */
#define ROOM		(NIC_SCRATCH - HEADROOM)

/* A frame on its way out. */
struct parcel {
	struct virtio_net_header header;
	u8 *data;	/* NULL: nobody wants to see it */
	u32 len;
};

static bool is_wanted(const struct nic *nic, const struct virtio_net *s)
{
	return nic->wire && nic->wire->send && nic->wire->scratch[0] &&
	       port_load(&s->plugged);
}

/*
 * The whole buffer, into memory that the driver cannot change. A buffer that
 * the device may write to, or longer than any frame, is no packet.
 */
static bool gather(struct virtq_chain *c, struct parcel *p)
{
	if (virtq_read(c, &p->header, VIRTIO_NET_HEADER) != VIRTIO_NET_HEADER)
		return false;
	p->len = virtq_read(c, p->data, ROOM);
	return p->len >= ETH_HEADER && virtq_is_over(c) && !c->bad;
}

/* The driver has left the pseudo header's sum in the checksum's place. */
static bool ask_checksum(struct parcel *p, struct offload *o)
{
	u32 start = le16_to_cpu(p->header.csum_start);
	u32 offset = start + le16_to_cpu(p->header.csum_offset);

	if (offset > 0xffff || offset + 2 > p->len)
		return false;
	o->l4 = (struct offload_sum) {
		.wanted = true, .start = start, .offset = offset,
	};
	return true;
}

static u32 ip_start(const struct parcel *p)
{
	u32 at;

	for (at = ETH_HEADER; at < p->len; at += VLAN_TAG)
		if (get16(p->data + at - 2) != ETH_TYPE_VLAN)
			break;
	return at;
}

/*
 * hdr_len is only a hint, so the TCP header itself says where it ends. Each
 * segment gets a length of its own, so it is taken off the pseudo header's sum;
 * IP's sum is over a field that is 0.
 */
static bool ask_segments(struct parcel *p, struct offload *o, bool ipv4)
{
	u32 ip = ip_start(p), tcp = o->l4.start;
	u16 less;

	if (tcp < ip + IPV4_HEADER || tcp + TCP_HEADER > p->len)
		return false;
	o->segment = true;
	o->tcp = true;
	o->ipv4 = ipv4;
	o->header = tcp + (p->data[tcp + 12] >> 4) * 4;
	o->mss = le16_to_cpu(p->header.gso_size);
	o->ip = (struct offload_sum) {
		.wanted = ipv4, .start = ip, .offset = ip + 10, .end = tcp - 1,
	};
	if (ipv4)
		put16(p->data + ip + 10, 0);
	less = ~(p->len - tcp);
	put16(p->data + o->l4.offset,
	      sum_fold(get16(p->data + o->l4.offset) + less));
	return true;
}

/* What the header asks for, 5.1.6.2; false: nothing that was negotiated. */
static bool ask(const struct virtio_net *s, struct parcel *p,
		struct offload *o)
{
	bool sum = p->header.flags & VIRTIO_NET_NEEDS_CSUM;

	if (sum && !ask_checksum(p, o))
		return false;
	switch (p->header.gso_type & ~VIRTIO_NET_GSO_ECN) {
	case VIRTIO_NET_GSO_NONE:
		return true;
	case VIRTIO_NET_GSO_TCPV4:
		return sum && (s->features & VIRTIO_NET_F_HOST_TSO4) &&
		       ask_segments(p, o, true);
	case VIRTIO_NET_GSO_TCPV6:
		return sum && (s->features & VIRTIO_NET_F_HOST_TSO6) &&
		       ask_segments(p, o, false);
	default:
		return false;
	}
}

static void leave(void *to, const void *frame, u32 len)
{
	struct nic *nic = to;

	nic->wire->send(nic, frame, len);
}

/* Returns how many frames left; 0: it does not hold what its header says. */
static u32 dispatch(struct nic *nic, struct parcel *p, u64 *bytes)
{
	struct offload o = { .tag = 0 };

	if (!ask(nic->state, p, &o))
		return 0;
	return offload_do(p->data, p->len, &o, leave, nic, bytes);
}

/* The driver is not told of what cannot leave; the wire would not tell either. */
static u32 send_frame(struct nic *nic, struct virtq_chain *c)
{
	struct virtio_net *s = nic->state;
	struct parcel p = { .data = NULL };
	u32 frames = 0;
	u64 bytes = 0;

	if (is_wanted(nic, s))
		p.data = (u8 *)nic->wire->scratch[0] + HEADROOM;
	if (gather(c, &p)) {
		frames = p.data ? dispatch(nic, &p, &bytes) : 1;
		bytes = p.data ? bytes : p.len;
	}
	s->sent += frames;
	s->sent_bytes += bytes;
	s->not_sent += !frames;
	if (!frames && !c->bad)
		nic_fault(nic, FAULT_DESCRIPTOR, c->ring->doorbell,
			  p.header.gso_type << 8 | p.header.flags);
	return 0;
}

u32 virtio_net_transmit(struct nic *nic)
{
	return virtio_net_serve(nic, VIRTIO_NET_TX, send_frame);
}
