/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Receive-side scaling of Intel's multi-queue parts (82576 data sheet 7.1.1.7):
 * Microsoft's Toeplitz hash over addresses and ports, of which seven bits select
 * an entry of the redirection table.
 */
#ifndef INTMGR_RSS_H
#define INTMGR_RSS_H

#include "port.h"

#define RSS_KEY_WORDS	10
#define RSS_ENTRIES	128	/* of the redirection table */

/* What is hashed, in MRQC's bits */
#define RSS_TCP_IPV4	0x00010000
#define RSS_IPV4	0x00020000
#define RSS_TCP_IPV6_EX	0x00040000
#define RSS_IPV6_EX	0x00080000
#define RSS_IPV6	0x00100000
#define RSS_TCP_IPV6	0x00200000
#define RSS_UDP_IPV4	0x00400000
#define RSS_UDP_IPV6	0x00800000
#define RSS_UDP_IPV6_EX	0x01000000

/* What was hashed, as descriptors say it */
enum rss_type {
	RSS_TYPE_NONE,
	RSS_TYPE_TCP_IPV4,
	RSS_TYPE_IPV4,
	RSS_TYPE_TCP_IPV6,
	RSS_TYPE_IPV6_EX,
	RSS_TYPE_IPV6,
	RSS_TYPE_TCP_IPV6_EX,
	RSS_TYPE_UDP_IPV4,
	RSS_TYPE_UDP_IPV6,
	RSS_TYPE_UDP_IPV6_EX,
};

/* What is in a frame, in the bits of a descriptor's packet type */
#define RSS_PACKET_IPV4		0x01
#define RSS_PACKET_IPV4_OPTIONS	0x02
#define RSS_PACKET_IPV6		0x04
#define RSS_PACKET_TCP		0x10
#define RSS_PACKET_UDP		0x20
#define RSS_PACKET_SCTP		0x40

struct rss {
	u32 hash;		/* 0 where the type is none */
	enum rss_type type;
	u32 packet;		/* RSS_PACKET_ bits */
	bool tagged;		/* has a VLAN tag, */
	u16 tag;		/* which is this one */
};

/*
 * The Toeplitz hash of @n (at most RSS_KEY_WORDS - 1) words of input. Words of
 * key and input have their first byte in their top bits.
 */
u32 rss_toeplitz(const u32 key[RSS_KEY_WORDS], const u32 *words, unsigned int n);

/*
 * Look at a frame, of any length and contents, and hash it. @rssrk holds the
 * ten key registers, @fields is MRQC, @tpid is the Ethernet type of a VLAN tag.
 * IPv6 extension headers are not followed (RFCTL.IPV6_EX_DIS). Hot path.
 */
struct rss rss_hash(const u32 *rssrk, u32 fields, u16 tpid, const u8 *frame,
		    u32 len);

/* The entry of the redirection table @reta (32 registers) for @hash. */
u8 rss_redirect(const u32 *reta, u32 hash);

#endif
