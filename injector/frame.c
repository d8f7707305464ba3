// SPDX-License-Identifier: GPL-2.0-only
/* Building, marking and recognising frames. */
#include "frame.h"

#include "checksum.h"
#include "packet.h"

#define IP_VERSION_IHL	0x45	/* version 4, no options */
#define IP_DONT_FRAGMENT 0x4000
#define IP_FRAGMENTED	0x3fff	/* MF or an offset */
#define IP_TTL		64

/* What stands before the UDP payload. Checksums are kept in memory order. */
struct frame_head {
	u8 dst[6], src[6];
	__be16 type;

	u8 version_ihl, tos;
	__be16 total_len, id, fragment;
	u8 ttl, protocol;
	u16 ip_check;
	__be32 saddr, daddr;

	__be16 sport, dport, udp_len;
	u16 udp_check;
} __packed;

static_assert(sizeof(struct frame_head) == FRAME_HEADERS_LEN,
	      "the headers have no holes");

static u64 ip_sum(const void *frame)
{
	return sum_bytes(0, (const u8 *)frame + FRAME_ETH_LEN, FRAME_IP_LEN);
}

/* The UDP header and payload, and the pseudo header of RFC 768. */
static u64 udp_sum(const void *frame, size_t len)
{
	const struct frame_head *f = frame;
	const struct {
		__be32 saddr, daddr;
		u8 zero, protocol;
		__be16 udp_len;
	} __packed pseudo = {
		.saddr = f->saddr,
		.daddr = f->daddr,
		.protocol = f->protocol,
		.udp_len = f->udp_len,
	};
	size_t before = FRAME_ETH_LEN + FRAME_IP_LEN;

	return sum_bytes(sum_bytes(0, &pseudo, sizeof(pseudo)),
			 (const u8 *)frame + before, len - before);
}

static void write_head(struct frame_head *f, const struct frame_spec *spec)
{
	u16 ip_len = spec->size - FRAME_ETH_LEN;

	*f = (struct frame_head){
		.type = cpu_to_be16(ETH_TYPE_IPV4),
		.version_ihl = IP_VERSION_IHL,
		.total_len = cpu_to_be16(ip_len),
		.fragment = cpu_to_be16(IP_DONT_FRAGMENT),
		.ttl = IP_TTL,
		.protocol = PROTOCOL_UDP,
		.saddr = spec->saddr,
		.daddr = spec->daddr,
		.sport = spec->sport,
		.dport = spec->dport,
		.udp_len = cpu_to_be16(ip_len - FRAME_IP_LEN),
	};
	memcpy(f->dst, spec->dst, sizeof(f->dst));
	memcpy(f->src, spec->src, sizeof(f->src));
}

static void write_payload(u8 *payload, size_t len, u64 run)
{
	struct frame_mark *mark = (struct frame_mark *)payload;
	size_t i;

	for (i = sizeof(*mark); i < len; i++)
		payload[i] = i;
	*mark = (struct frame_mark){ .run = cpu_to_le64(run) };
}

int frame_build(void *buf, size_t room, const struct frame_spec *spec)
{
	struct frame_head *f = buf;

	if (spec->size < FRAME_MIN_SIZE || spec->size > FRAME_MAX_SIZE ||
	    spec->size > room)
		return -EINVAL;
	write_head(f, spec);
	write_payload((u8 *)buf + FRAME_HEADERS_LEN,
		      spec->size - FRAME_HEADERS_LEN, spec->run);
	f->ip_check = sum_check(ip_sum(buf));
	f->udp_check = sum_check_udp(udp_sum(buf, spec->size));
	return 0;
}

/* A whole UDP datagram in one plain IPv4 packet? */
static bool head_is_udp(const struct frame_head *f)
{
	return f->type == cpu_to_be16(ETH_TYPE_IPV4) &&
	       f->version_ihl == IP_VERSION_IHL &&
	       f->protocol == PROTOCOL_UDP &&
	       !(f->fragment & cpu_to_be16(IP_FRAGMENTED));
}

static bool head_fits(const struct frame_head *f, size_t len)
{
	size_t ip_len = be16_to_cpu(f->total_len);

	return len == ip_len + FRAME_ETH_LEN &&
	       ip_len == be16_to_cpu(f->udp_len) + (size_t)FRAME_IP_LEN;
}

bool frame_verify(const void *frame, size_t len)
{
	const struct frame_head *f = frame;

	return len >= FRAME_HEADERS_LEN && head_is_udp(f) &&
	       head_fits(f, len) && f->udp_check &&
	       sum_is_right(ip_sum(frame)) && sum_is_right(udp_sum(frame, len));
}

bool frame_is_ours(const void *frame, size_t len)
{
	return len >= FRAME_MIN_SIZE && len <= FRAME_MAX_SIZE &&
	       frame_verify(frame, len);
}

void frame_mark_shot(void *frame, u64 seq, u64 stamp)
{
	struct frame_head *f = frame;
	struct frame_mark *mark =
		(struct frame_mark *)((u8 *)frame + FRAME_HEADERS_LEN);
	u64 sum = (u16)~f->udp_check;

	/* RFC 1624, equation 3: ~(~check + ~old + new) */
	sum = sum_add(sum, ~sum_load(&mark->seq));
	sum = sum_add(sum, ~sum_load(&mark->stamp));
	mark->seq = cpu_to_le64(seq);
	mark->stamp = cpu_to_le64(stamp);
	sum = sum_add(sum, sum_load(&mark->seq));
	sum = sum_add(sum, sum_load(&mark->stamp));
	f->udp_check = sum_check_udp(sum);
}

__be32 frame_source(const void *frame)
{
	return ((const struct frame_head *)frame)->saddr;
}

/* In both checksums: UDP's covers a pseudo header (RFC 768). */
void frame_set_source(void *frame, __be32 source)
{
	struct frame_head *f = frame;
	u64 change = sum_add(sum_bytes(0, &source, sizeof(source)),
			     ~sum_bytes(0, &f->saddr, sizeof(f->saddr)));

	f->ip_check = sum_check(sum_add((u16)~f->ip_check, change));
	f->udp_check = sum_check_udp(sum_add((u16)~f->udp_check, change));
	f->saddr = source;
}

u64 frame_payload_seq(const void *payload, size_t len, u64 run)
{
	const struct frame_mark *mark = payload;

	if (!run || len < sizeof(*mark) || le64_to_cpu(mark->run) != run)
		return 0;
	return le64_to_cpu(mark->seq);
}

u64 frame_seq(const void *frame, size_t len, u64 run)
{
	if (len < FRAME_MIN_SIZE || !head_is_udp(frame))
		return 0;
	return frame_payload_seq((const u8 *)frame + FRAME_HEADERS_LEN,
				 len - FRAME_HEADERS_LEN, run);
}
