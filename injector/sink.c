// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each answer is the question, looked at whole, then copied and turned round.
 */
#include "sink.h"

#include "checksum.h"
#include "packet.h"

#define VLAN_TAGS	2

static bool is_group(const u8 *mac)
{
	return mac[0] & 1;
}

static void set_mac(u8 *mac, const u8 *address)
{
	mac[0] = 0x02;
	mac[1] = 0x69;
	memcpy(mac + 2, address, 4);
}

/* Source and destination of @size bytes each, one behind the other. */
static void exchange(u8 *first, u32 size)
{
	u8 kept[16];

	memcpy(kept, first, size);
	memcpy(first, first + size, size);
	memcpy(first + size, kept, size);
}

/* Back to the sender, from where it went to, or else from @address's host. */
static void turn_round(u8 *frame, const u8 *address)
{
	exchange(frame, 6);
	if (is_group(frame + 6))
		set_mac(frame + 6, address);
}

static u32 pad(u8 *frame, u32 len)
{
	if (len >= SINK_MIN_REPLY)
		return len;
	memset(frame + len, 0, SINK_MIN_REPLY - len);
	return SINK_MIN_REPLY;
}

u32 sink_echo(const void *frame, u32 len, void *reply)
{
	static const u8 nobody[4] = { 0, 0, 0, 1 };

	if (len < ETH_HEADER)
		return 0;
	memcpy(reply, frame, len);
	turn_round(reply, nobody);
	return pad(reply, len);
}

/* ---- ARP (RFC 826) ---- */

struct arp {
	__be16 hardware, protocol;
	u8 hardware_size, protocol_size;
	__be16 operation;
	u8 sender_mac[6], sender[4];
	u8 target_mac[6], target[4];
} __packed;

#define ARP_ETHERNET	1
#define ARP_REQUEST	1
#define ARP_REPLY	2

/* Of one host: not "this network", loopback, multicast or reserved. */
static bool is_host(const u8 *address)
{
	return address[0] && address[0] != 127 && address[0] < 224;
}

/* A probe has no sender, an announcement asks for its own (RFC 5227, 1.1). */
static bool arp_is_question(const struct arp *q)
{
	return q->hardware == cpu_to_be16(ARP_ETHERNET) &&
	       q->protocol == cpu_to_be16(ETH_TYPE_IPV4) &&
	       q->hardware_size == 6 && q->protocol_size == 4 &&
	       q->operation == cpu_to_be16(ARP_REQUEST) &&
	       !is_group(q->sender_mac) &&
	       is_host(q->sender) && is_host(q->target) &&
	       memcmp(q->sender, q->target, 4) != 0;
}

static u32 answer_arp(const u8 *frame, u32 at, u32 len, u8 *reply)
{
	const struct arp *q = (const struct arp *)(frame + at);
	struct arp *r = (struct arp *)(reply + at);

	if (len - at < sizeof(*q) || !arp_is_question(q))
		return 0;
	memcpy(reply, frame, at + sizeof(*q));
	r->operation = cpu_to_be16(ARP_REPLY);
	memcpy(r->target_mac, q->sender_mac, 6);
	memcpy(r->target, q->sender, 4);
	memcpy(r->sender, q->target, 4);
	set_mac(r->sender_mac, r->sender);
	memcpy(reply, r->target_mac, 6);
	memcpy(reply + 6, r->sender_mac, 6);
	return pad(reply, at + sizeof(*r));
}

/* ---- ICMP (RFC 792) in IPv4 (RFC 791) ---- */

struct ipv4 {
	u8 version_words, tos;
	u8 length[2];
	__be16 id, fragment;
	u8 ttl, protocol;
	u8 check[2];
	u8 source[4], target[4];
} __packed;

#define IPV4_FRAGMENT	0x3fff	/* more of them, or an offset */
#define IPV4_ICMP	1
#define IPV4_END	0	/* options */
#define IPV4_NOTHING	1
#define IPV4_LOOSE_ROUTE 131
#define IPV4_STRICT_ROUTE 137
#define HOPS		64

struct icmp {
	u8 type, code;
	u8 check[2];
	u8 rest[4];		/* identifier and sequence number */
} __packed;

#define ICMP_ECHO_REPLY	0
#define ICMP_ECHO	8

/* All whole, and none a source route, whose answer would go another way. */
static bool options_fit(const u8 *option, u32 len)
{
	while (len && option[0] != IPV4_END) {
		u32 size = 1;

		if (option[0] != IPV4_NOTHING) {
			if (len < 2 || option[1] < 2 || option[1] > len)
				return false;
			size = option[1];
		}
		if (option[0] == IPV4_LOOSE_ROUTE ||
		    option[0] == IPV4_STRICT_ROUTE)
			return false;
		option += size;
		len -= size;
	}
	return true;
}

/* The header's length; 0 where it is wrong or the packet is cut. */
static u32 ipv4_header(const u8 *packet, u32 len)
{
	const struct ipv4 *ip = (const struct ipv4 *)packet;
	u32 header, total;

	if (len < sizeof(*ip) || ip->version_words >> 4 != 4)
		return 0;
	header = (ip->version_words & 0xf) * 4;
	total = get16(ip->length);
	if (header < sizeof(*ip) || total < header || total > len)
		return 0;
	if (!sum_is_right(sum_bytes(0, packet, header)) ||
	    !options_fit(packet + sizeof(*ip), header - sizeof(*ip)))
		return 0;
	return header;
}

static bool ipv4_is_for_host(const struct ipv4 *ip)
{
	return ip->protocol == IPV4_ICMP &&
	       !(ip->fragment & cpu_to_be16(IPV4_FRAGMENT)) &&
	       is_host(ip->source) && is_host(ip->target) &&
	       memcmp(ip->source, ip->target, 4) != 0;
}

static bool icmp_is_echo(const u8 *message, u32 len)
{
	return len >= sizeof(struct icmp) && message[0] == ICMP_ECHO &&
	       sum_is_right(sum_bytes(0, message, len));
}

/* Another type: incremental update, RFC 1624, equation 3. */
static void icmp_set_type(struct icmp *icmp, u8 type)
{
	u16 check = ~get16(icmp->check), was = ~(icmp->type << 8);

	icmp->type = type;
	put16(icmp->check, sum_check(check + was + (type << 8)));
}

static u32 answer_ipv4(const u8 *frame, u32 at, u32 len, u8 *reply)
{
	const struct ipv4 *q = (const struct ipv4 *)(frame + at);
	struct ipv4 *r = (struct ipv4 *)(reply + at);
	u32 header = ipv4_header(frame + at, len - at), total;

	/* RFC 1122, 3.3.6: a broadcast frame is not for one host. */
	if (!header || is_group(frame) || !ipv4_is_for_host(q))
		return 0;
	total = get16(q->length);
	if (!icmp_is_echo(frame + at + header, total - header))
		return 0;
	memcpy(reply, frame, at + total);
	turn_round(reply, q->target);
	exchange(r->source, 4);
	r->ttl = HOPS;
	put16(r->check, 0);
	sum_store(r->check, sum_check(sum_bytes(0, reply + at, header)));
	icmp_set_type((struct icmp *)(reply + at + header), ICMP_ECHO_REPLY);
	return pad(reply, at + total);
}

/* ---- ICMPv6 (RFC 4443) and neighbour discovery (RFC 4861) ---- */

struct ipv6 {
	u8 version, class_flow[3];
	u8 length[2];
	u8 next, hops;
	u8 source[16], target[16];
} __packed;

/* A solicitation, and with a target's address as option an advertisement. */
struct neighbour {
	struct icmp icmp;	/* rest: the advertisement's flags */
	u8 target[16];
	u8 option, option_words;
	u8 mac[6];
} __packed;

#define NEIGHBOUR_PLAIN	24	/* without the option */

#define IPV6_ICMP	58
#define ICMP6_ECHO	128
#define ICMP6_ECHO_REPLY 129
#define ICMP6_SOLICIT	135
#define ICMP6_ADVERTISE	136
#define OPTION_SOURCE	1
#define OPTION_TARGET	2
#define FLAGS_SOLICITED_OVERRIDE 0x60

/* Neither multicast, nor one of ::/32, where "none" and loopback are. */
static bool is_host6(const u8 *address)
{
	static const u8 zeros[4] = { 0 };

	return address[0] != 0xff && memcmp(address, zeros, 4) != 0;
}

/* The sum with the pseudo header of RFC 8200, 8.1. */
static u64 ipv6_sum(const u8 *packet, u32 len)
{
	const struct ipv6 *ip = (const struct ipv6 *)packet;

	return sum_bytes(sum_bytes(sum_number(0, len + IPV6_ICMP), ip->source,
				   32),
			 packet + sizeof(*ip), len);
}

/* The message's length where packet and checksum are right, else 0. */
static u32 ipv6_message(const u8 *packet, u32 len)
{
	const struct ipv6 *ip = (const struct ipv6 *)packet;
	u32 payload;

	if (len < sizeof(*ip) || ip->version >> 4 != 6 ||
	    ip->next != IPV6_ICMP || !is_host6(ip->source) ||
	    memcmp(ip->source, ip->target, 16) == 0)
		return 0;
	payload = get16(ip->length);
	if (payload < sizeof(struct icmp) || payload > len - sizeof(*ip) ||
	    !sum_is_right(ipv6_sum(packet, payload)))
		return 0;
	return payload;
}

static u32 answer_echo6(const u8 *frame, u32 at, u32 len, u8 *reply)
{
	const struct ipv6 *q = (const struct ipv6 *)(frame + at);
	struct ipv6 *r = (struct ipv6 *)(reply + at);
	u32 end = at + sizeof(*q) + len;

	if (is_group(frame) || !is_host6(q->target))
		return 0;
	memcpy(reply, frame, end);
	turn_round(reply, q->target + 12);
	exchange(r->source, 16);
	r->hops = HOPS;
	icmp_set_type((struct icmp *)(r + 1), ICMP6_ECHO_REPLY);
	return pad(reply, end);
}

/* RFC 4861, 7.1.1. Without an option, the sender knows the way to our MAC. */
static bool solicitation_fits(const struct ipv6 *q, const struct neighbour *n,
			      u32 len)
{
	return q->hops == 255 && n->icmp.code == 0 && len >= NEIGHBOUR_PLAIN &&
	       is_host6(n->target) && memcmp(n->target, q->source, 16) != 0 &&
	       (len == NEIGHBOUR_PLAIN ? is_host6(q->target) :
					 len >= sizeof(*n) &&
						 n->option == OPTION_SOURCE &&
						 n->option_words == 1);
}

static u32 answer_solicitation(const u8 *frame, u32 at, u32 len, u8 *reply)
{
	const struct ipv6 *q = (const struct ipv6 *)(frame + at);
	const struct neighbour *n = (const struct neighbour *)(q + 1);
	struct ipv6 *r = (struct ipv6 *)(reply + at);
	struct neighbour *a = (struct neighbour *)(r + 1);

	if (!solicitation_fits(q, n, len))
		return 0;
	len = min(len, (u32)sizeof(*n));
	memcpy(reply, frame, at + sizeof(*q) + len);
	turn_round(reply, n->target + 12);
	memcpy(r->target, q->source, 16);
	memcpy(r->source, n->target, 16);
	put16(r->length, len);
	a->icmp.type = ICMP6_ADVERTISE;
	memset(a->icmp.rest, 0, sizeof(a->icmp.rest));
	a->icmp.rest[0] = FLAGS_SOLICITED_OVERRIDE;
	if (len == sizeof(*a)) {
		a->option = OPTION_TARGET;
		set_mac(a->mac, n->target + 12);
		memcpy(reply + 6, a->mac, 6);
	}
	put16(a->icmp.check, 0);
	sum_store(a->icmp.check, sum_check(ipv6_sum(reply + at, len)));
	return pad(reply, at + sizeof(*r) + len);
}

static u32 answer_ipv6(const u8 *frame, u32 at, u32 len, u8 *reply)
{
	u32 message = ipv6_message(frame + at, len - at);

	if (!message)
		return 0;
	switch (frame[at + sizeof(struct ipv6)]) {
	case ICMP6_ECHO:
		return answer_echo6(frame, at, message, reply);
	case ICMP6_SOLICIT:
		return answer_solicitation(frame, at, message, reply);
	default:
		return 0;
	}
}

/* Where the frame's payload begins, behind tags; *type is its EtherType. */
static u32 skip_tags(const u8 *frame, u32 len, u32 *type)
{
	u32 at = ETH_ADDRESSES, tags;

	for (tags = 0; tags <= VLAN_TAGS; tags++, at += VLAN_TAG) {
		if (len < at + 2)
			break;
		*type = get16(frame + at);
		if (*type != ETH_TYPE_VLAN && *type != ETH_TYPE_QINQ)
			return at + 2;
	}
	*type = 0;
	return len;
}

u32 sink_answer(const void *frame, u32 len, void *reply)
{
	u32 type, at = skip_tags(frame, len, &type);

	if (!type || is_group((const u8 *)frame + 6))
		return 0;
	switch (type) {
	case ETH_TYPE_ARP:
		return answer_arp(frame, at, len, reply);
	case ETH_TYPE_IPV4:
		return answer_ipv4(frame, at, len, reply);
	case ETH_TYPE_IPV6:
		return answer_ipv6(frame, at, len, reply);
	default:
		return 0;
	}
}
