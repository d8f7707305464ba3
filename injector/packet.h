/* SPDX-License-Identifier: GPL-2.0-only */
/* The headers of a packet: their lengths in bytes, and the numbers in them. */
#ifndef INTMGR_PACKET_H
#define INTMGR_PACKET_H

#include "port.h"

/* Ethernet (IEEE 802.3, 802.1Q); the type stands behind the addresses */
#define ETH_ADDRESSES	12
#define ETH_HEADER	14
#define ETH_MIN_FRAME	60	/* without FCS */
#define ETH_FCS		4
#define ETH_TYPE_IPV4	0x0800
#define ETH_TYPE_ARP	0x0806
#define ETH_TYPE_VLAN	0x8100
#define ETH_TYPE_IPV6	0x86dd
#define ETH_TYPE_QINQ	0x88a8
#define VLAN_TAG	4

#define IPV4_HEADER	20	/* without options */
#define IPV6_HEADER	40
#define TCP_HEADER	20	/* without options */
#define UDP_HEADER	8
#define PROTOCOL_TCP	6
#define PROTOCOL_UDP	17
#define PROTOCOL_SCTP	132

/* Network byte order, at any address. */
static inline u32 get16(const u8 *at)
{
	return at[0] << 8 | at[1];
}

static inline u32 get32(const u8 *at)
{
	return get16(at) << 16 | get16(at + 2);
}

static inline void put16(u8 *at, u32 value)
{
	at[0] = value >> 8 & 0xff;
	at[1] = value & 0xff;
}

#endif
