// SPDX-License-Identifier: GPL-2.0-only
#include "offload.h"

#include "checksum.h"
#include "packet.h"

#define HEADER_MAX	256
#define TCP_FIN_PSH	0x09

static void add32(u8 *at, u32 n)
{
	u32 value = get32(at) + n;

	put16(at, value >> 16);
	put16(at + 2, value & 0xffff);
}

/* All of the sum lies within the frame. */
static bool fits(const struct offload_sum *s, u32 len)
{
	return !s->wanted || (s->start < len && s->offset + 2u <= len &&
			      (!s->end || (s->end >= s->start && s->end < len)));
}

static u64 sum_of(const struct offload_sum *s, const u8 *frame, u32 len)
{
	return sum_bytes(0, frame + s->start,
			 (s->end ? s->end + 1u : len) - s->start);
}

static void insert_ip_sum(const struct offload_sum *s, u8 *frame, u32 len)
{
	if (s->wanted)
		sum_store(frame + s->offset, sum_check(sum_of(s, frame, len)));
}

/* Of UDP or TCP; @rest is what the driver's pseudo header lacks. */
static void insert_l4_sum(const struct offload_sum *s, u8 *frame, u32 len,
			  u32 rest)
{
	if (s->wanted)
		sum_store(frame + s->offset,
			  sum_check_udp(sum_number(sum_of(s, frame, len), rest)));
}

struct sender {
	const struct offload *o;
	offload_send *send;
	void *to;
	u64 *bytes;
};

/* The addresses move forward, and the tag goes where they were. */
static void emit(const struct sender *s, u8 *frame, u32 len)
{
	if (s->o->vlan) {
		memmove(frame - VLAN_TAG, frame, ETH_ADDRESSES);
		frame -= VLAN_TAG;
		len += VLAN_TAG;
		put16(frame + ETH_ADDRESSES, ETH_TYPE_VLAN);
		put16(frame + ETH_ADDRESSES + 2, s->o->tag);
	}
	*s->bytes += len;
	s->send(s->to, frame, len);
}

static u32 send_whole(const struct sender *s, u8 *frame, u32 len)
{
	const struct offload *o = s->o;

	if (!fits(&o->ip, len) || !fits(&o->l4, len) ||
	    (o->vlan && len < ETH_ADDRESSES))
		return 0;
	insert_ip_sum(&o->ip, frame, len);
	insert_l4_sum(&o->l4, frame, len, 0);
	emit(s, frame, len);
	return 1;
}

/* What segmentation changes lies within the headers. */
static bool can_segment(const struct offload *o, u32 len)
{
	u32 ip = o->ipv4 ? IPV4_HEADER : IPV6_HEADER;
	u32 l4 = o->tcp ? TCP_HEADER : UDP_HEADER;
	u32 header = o->header;

	return o->mss && header <= HEADER_MAX && header < len &&
	       len <= OFFLOAD_MAX && header >= ETH_ADDRESSES &&
	       o->ip.start + ip <= header && o->l4.start + l4 <= header &&
	       fits(&o->ip, header) &&
	       (!o->l4.wanted || o->l4.offset + 2u <= header);
}

/* 7.2: length and identification of IP, sequence number, flags, UDP's length */
static void patch_headers(const struct offload *o, u8 *frame, u32 len, u32 n,
			  bool last)
{
	u8 *ip = frame + o->ip.start, *l4 = frame + o->l4.start;

	if (o->ipv4) {
		put16(ip + 2, len - o->ip.start);
		put16(ip + 4, get16(ip + 4) + n);
	} else {
		put16(ip + 4, len - o->ip.start - IPV6_HEADER);
	}
	if (o->tcp) {
		add32(l4 + 4, n * o->mss);
		if (!last)
			l4[13] &= (u8)~TCP_FIN_PSH;
	} else {
		put16(l4 + 4, len - o->l4.start);
	}
}

/* The driver left the pseudo header's sum without the length. */
static void insert_sums(const struct offload *o, u8 *frame, u32 len)
{
	struct offload_sum l4 = o->l4;

	l4.end = 0;
	insert_ip_sum(&o->ip, frame, len);
	insert_l4_sum(&l4, frame, len, len - o->l4.start);
}

/*
 * Each segment's headers are put before its payload, over what was sent
 * already; so the first ones are kept.
 */
static u32 send_segments(const struct sender *s, u8 *frame, u32 len)
{
	const struct offload *o = s->o;
	u32 header = o->header, left, n, part;
	u8 first[HEADER_MAX];

	if (!can_segment(o, len))
		return 0;
	memcpy(first, frame, header);
	for (n = 0, left = len - header; left; n++, frame += part) {
		part = min(left, (u32)o->mss);
		left -= part;
		memcpy(frame, first, header);
		patch_headers(o, frame, header + part, n, !left);
		insert_sums(o, frame, header + part);
		emit(s, frame, header + part);
	}
	return n;
}

u32 offload_do(void *frame, u32 len, const struct offload *o,
	       offload_send *send, void *to, u64 *bytes)
{
	struct sender s = { o, send, to, bytes };

	*bytes = 0;
	return o->segment ? send_segments(&s, frame, len) :
			    send_whole(&s, frame, len);
}
