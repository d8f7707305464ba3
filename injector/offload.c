// SPDX-License-Identifier: GPL-2.0-only
#include "offload.h"

#define ETH_ADDRESSES	12
#define VLAN_TAG	4
#define VLAN_TYPE	0x8100
#define HEADER_MAX	256
#define IPV4_HEADER	20
#define IPV6_HEADER	40
#define TCP_HEADER	20
#define UDP_HEADER	8
#define TCP_FIN_PSH	0x09

static u32 get16(const u8 *at)
{
	return at[0] << 8 | at[1];
}

static void put16(u8 *at, u32 value)
{
	at[0] = (u8)(value >> 8);
	at[1] = (u8)value;
}

static void add32(u8 *at, u32 n)
{
	u32 value = (get16(at) << 16 | get16(at + 2)) + n;

	put16(at, value >> 16);
	put16(at + 2, value & 0xffff);
}

/*
 * The ones' complement sum, added up in the machine's byte order, in which it
 * is the same but for the order of its own two bytes (RFC 1071).
 */
static u32 sum_words(const u8 *at, u32 len)
{
	u8 pair[2];
	u64 sum = 0;
	u32 word;
	u16 half;

	for (; len >= 4; len -= 4, at += 4) {
		memcpy(&word, at, 4);
		sum += word;
	}
	for (; len; len -= min(len, 2u), at += 2) {
		pair[0] = at[0];
		pair[1] = len > 1 ? at[1] : 0;
		memcpy(&half, pair, 2);
		sum += half;
	}
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	half = (u16)sum;
	memcpy(pair, &half, 2);
	return get16(pair);
}

static u32 add_sums(u32 a, u32 b)
{
	a += b;
	return (a & 0xffff) + (a >> 16);
}

/* All of the sum lies within the frame. */
static bool fits(const struct offload_sum *s, u32 len)
{
	return !s->wanted || (s->start < len && s->offset + 2u <= len &&
			      (!s->end || (s->end >= s->start && s->end < len)));
}

static u32 sum_of(const struct offload_sum *s, const u8 *frame, u32 len)
{
	return sum_words(frame + s->start,
			 (s->end ? s->end + 1u : len) - s->start);
}

static void insert_ip_sum(const struct offload_sum *s, u8 *frame, u32 len)
{
	if (s->wanted)
		put16(frame + s->offset, ~sum_of(s, frame, len) & 0xffff);
}

/* A sum of 0 is sent as 0xffff: for UDP 0 would say that there is none. */
static void insert_l4_sum(const struct offload_sum *s, u8 *frame, u32 len,
			  u32 pseudo)
{
	u32 sum;

	if (!s->wanted)
		return;
	sum = ~add_sums(sum_of(s, frame, len), pseudo) & 0xffff;
	put16(frame + s->offset, sum ? sum : 0xffff);
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
		put16(frame + ETH_ADDRESSES, VLAN_TYPE);
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
