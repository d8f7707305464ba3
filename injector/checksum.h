/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The ones' complement sum of IP, ICMP, UDP and TCP, added up in memory order
 * and eight bytes at a time: RFC 1071, section 2, shows that neither byte order
 * nor word size changes the result. So what is folded is stored as it is.
 */
#ifndef INTMGR_CHECKSUM_H
#define INTMGR_CHECKSUM_H

#include "port.h"

/* Add with end-around carry. */
static inline u64 sum_add(u64 sum, u64 word)
{
	sum += word;
	return sum + (sum < word);
}

static inline u64 sum_load(const void *p)
{
	u64 word;

	memcpy(&word, p, sizeof(word));
	return word;
}

/* @sum is that of an even number of bytes before these. */
static inline u64 sum_bytes(u64 sum, const void *p, size_t len)
{
	const u8 *byte = p;
	u64 tail = 0;

	for (; len >= sizeof(u64); len -= sizeof(u64), byte += sizeof(u64))
		sum = sum_add(sum, sum_load(byte));
	memcpy(&tail, byte, len);
	return sum_add(sum, tail);
}

/* A number of a pseudo header. */
static inline u64 sum_number(u64 sum, u32 number)
{
	__be32 word = cpu_to_be32(number);

	return sum_bytes(sum, &word, sizeof(word));
}

static inline u16 sum_fold(u64 sum)
{
	sum = (sum >> 32) + (sum & 0xffffffff);
	sum = (sum >> 32) + (sum & 0xffffffff);
	sum = (sum >> 16) + (sum & 0xffff);
	sum = (sum >> 16) + (sum & 0xffff);
	return sum;
}

/* Of bytes that have their checksum among them. */
static inline bool sum_is_right(u64 sum)
{
	return sum_fold(sum) == 0xffff;
}

/* The checksum, in memory order. */
static inline u16 sum_check(u64 sum)
{
	return ~sum_fold(sum);
}

/* RFC 768: zero says that there is no checksum, its equal is sent instead. */
static inline u16 sum_check_udp(u64 sum)
{
	u16 check = sum_check(sum);

	return check ? check : 0xffff;
}

static inline void sum_store(void *at, u16 check)
{
	memcpy(at, &check, sizeof(check));
}

#endif
