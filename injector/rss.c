// SPDX-License-Identifier: GPL-2.0-only
#include "rss.h"

#include "csr.h"
#include "packet.h"

#define IPV4_FRAGMENT	0x3fff	/* more fragments, or not the first */
#define PORTS		4

#define TUPLE_WORDS	9	/* two IPv6 addresses and the ports */

u32 rss_toeplitz(const u32 key[RSS_KEY_WORDS], const u32 *words, unsigned int n)
{
	unsigned int i, bit;
	u32 hash = 0;
	u64 window;

	for (i = 0; i < n; i++) {
		window = (u64)key[i] << 32 | key[i + 1];
		for (bit = 0; bit < 32; bit++)
			if (words[i] & 0x80000000u >> bit)
				hash ^= (u32)(window >> (32 - bit));
	}
	return hash;
}

/* Where a frame's addresses and ports are; counts are of words. */
struct tuple {
	const u8 *addresses, *ports;
	unsigned int n;
};

static u32 transport(u8 protocol)
{
	switch (protocol) {
	case PROTOCOL_TCP:
		return RSS_PACKET_TCP;
	case PROTOCOL_UDP:
		return RSS_PACKET_UDP;
	case PROTOCOL_SCTP:
		return RSS_PACKET_SCTP;
	default:
		return 0;
	}
}

/* A fragment has no ports, or is treated as if it had none (7.1.1.7.2). */
static u32 look_ipv4(const u8 *ip, u32 len, struct tuple *t)
{
	u32 header, packet = RSS_PACKET_IPV4;

	if (len < IPV4_HEADER || ip[0] >> 4 != 4)
		return 0;
	header = 4 * (ip[0] & 0xf);
	if (header < IPV4_HEADER)
		return 0;
	if (header > IPV4_HEADER)
		packet |= RSS_PACKET_IPV4_OPTIONS;
	t->addresses = ip + 12;
	t->n = 2;
	if ((get16(ip + 6) & IPV4_FRAGMENT) || len < header + PORTS)
		return packet;
	t->ports = ip + header;
	return packet | transport(ip[9]);
}

static u32 look_ipv6(const u8 *ip, u32 len, struct tuple *t)
{
	if (len < IPV6_HEADER || ip[0] >> 4 != 6)
		return 0;
	t->addresses = ip + 8;
	t->n = 8;
	if (len < IPV6_HEADER + PORTS)
		return RSS_PACKET_IPV6;
	t->ports = ip + IPV6_HEADER;
	return RSS_PACKET_IPV6 | transport(ip[6]);
}

static u32 look(const u8 *frame, u32 len, u16 tpid, struct rss *r,
		struct tuple *t)
{
	u32 at = ETH_ADDRESSES;

	if (len < ETH_HEADER)
		return 0;
	if (get16(frame + at) == tpid && len >= ETH_HEADER + VLAN_TAG) {
		r->tagged = true;
		r->tag = get16(frame + at + 2);
		at += VLAN_TAG;
	}
	switch (get16(frame + at)) {
	case ETH_TYPE_IPV4:
		return look_ipv4(frame + at + 2, len - at - 2, t);
	case ETH_TYPE_IPV6:
		return look_ipv6(frame + at + 2, len - at - 2, t);
	default:
		return 0;
	}
}

/*
 * What to hash a packet by: the first that fits it and is enabled. Without
 * extension headers the "EX" kinds hash what the others do.
 */
static const struct {
	u32 packet, field;
	enum rss_type type;
} kinds[] = {
	{ RSS_PACKET_IPV4 | RSS_PACKET_TCP, RSS_TCP_IPV4, RSS_TYPE_TCP_IPV4 },
	{ RSS_PACKET_IPV4 | RSS_PACKET_UDP, RSS_UDP_IPV4, RSS_TYPE_UDP_IPV4 },
	{ RSS_PACKET_IPV4, RSS_IPV4, RSS_TYPE_IPV4 },
	{ RSS_PACKET_IPV6 | RSS_PACKET_TCP, RSS_TCP_IPV6, RSS_TYPE_TCP_IPV6 },
	{ RSS_PACKET_IPV6 | RSS_PACKET_TCP, RSS_TCP_IPV6_EX,
	  RSS_TYPE_TCP_IPV6_EX },
	{ RSS_PACKET_IPV6 | RSS_PACKET_UDP, RSS_UDP_IPV6, RSS_TYPE_UDP_IPV6 },
	{ RSS_PACKET_IPV6 | RSS_PACKET_UDP, RSS_UDP_IPV6_EX,
	  RSS_TYPE_UDP_IPV6_EX },
	{ RSS_PACKET_IPV6, RSS_IPV6, RSS_TYPE_IPV6 },
	{ RSS_PACKET_IPV6, RSS_IPV6_EX, RSS_TYPE_IPV6_EX },
};

static enum rss_type choose(u32 packet, u32 fields, bool *ports)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if ((packet & kinds[i].packet) == kinds[i].packet &&
		    (fields & kinds[i].field)) {
			*ports = kinds[i].packet &
				 (RSS_PACKET_TCP | RSS_PACKET_UDP);
			return kinds[i].type;
		}
	return RSS_TYPE_NONE;
}

static u32 hash_tuple(const u32 *rssrk, const struct tuple *t, bool ports)
{
	u32 key[RSS_KEY_WORDS], words[TUPLE_WORDS];
	unsigned int i, n = t->n;

	/* The registers' lowest bytes are the key's first. */
	for (i = 0; i < RSS_KEY_WORDS; i++)
		key[i] = __builtin_bswap32(port_load(&rssrk[i]));
	for (i = 0; i < n; i++)
		words[i] = get32(t->addresses + 4 * i);
	if (ports)
		words[n++] = get32(t->ports);
	return rss_toeplitz(key, words, n);
}

struct rss rss_hash(const u32 *rssrk, u32 fields, u16 tpid, const u8 *frame,
		    u32 len)
{
	struct rss r = { 0 };
	struct tuple t = { 0 };
	bool ports = false;

	r.packet = look(frame, len, tpid, &r, &t);
	r.type = choose(r.packet, fields, &ports);
	if (r.type != RSS_TYPE_NONE)
		r.hash = hash_tuple(rssrk, &t, ports);
	return r;
}

u8 rss_redirect(const u32 *reta, u32 hash)
{
	u32 entry = hash % RSS_ENTRIES;

	return (u8)(port_load(&reta[entry / 4]) >> (8 * (entry % 4)));
}
