// SPDX-License-Identifier: GPL-2.0-only
#include "random.h"

#define SHARE_BITS	24		/* of fixed-point numbers: mean * 45 fits in 64 bits */
#define LN2		2977044472ULL	/* ln 2 * 2^32 */

/*
 * -log2(x / 2^64), @x not 0. Squaring a number doubles its logarithm: whenever
 * that carries it over 2, the next bit of the logarithm is set.
 */
static u64 minus_log2(u64 x)
{
	unsigned int zeros = __builtin_clzll(x), i;
	u64 y = x << zeros >> 32;		/* 1 <= y < 2, times 2^31 */
	u64 log = 0;

	for (i = 0; i < SHARE_BITS; i++) {
		u64 square = y * y;
		unsigned int carry = square >> 63;

		log = log << 1 | carry;
		y = square >> (31 + carry);
	}
	return ((u64)(zeros + 1) << SHARE_BITS) - log;
}

/* By inversion: -ln of a number between 0 and 1. */
u64 random_exponential(u64 *state, u64 mean)
{
	u64 uniform = random_next(state);
	u64 share = minus_log2(uniform ? uniform : 1) * LN2 >> 32;

	return (mean * share + (1ULL << (SHARE_BITS - 1))) >> SHARE_BITS;
}
