/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Random numbers of the engine: the same from the same seed on every machine,
 * and in the kernel, so there is no floating point.
 */
#ifndef INTMGR_RANDOM_H
#define INTMGR_RANDOM_H

#include "port.h"

/* SplitMix64 (Steele, Lea, Flood 2014): any seed will do, 0 too. */
static inline u64 random_next(u64 *state)
{
	u64 z = *state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

#define RANDOM_MAX_MEAN	10000000000ULL

/*
 * Draw from the exponential distribution with the mean @mean, at most
 * RANDOM_MAX_MEAN. Never more than 45 times the mean.
 */
u64 random_exponential(u64 *state, u64 mean);

#endif
