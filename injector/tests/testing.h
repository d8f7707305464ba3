/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every test needs: CMocka in the order it wants its headers, and random
 * input that is the same on every run and machine.
 */
#ifndef INTMGR_TESTING_H
#define INTMGR_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "port.h"

/* SplitMix64 (Steele, Lea, Flood 2014): any seed will do, 0 too. */
static inline u64 random_next(u64 *state)
{
	u64 z = *state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/* 0 ... @n - 1 */
static inline u64 random_below(u64 *state, u64 n)
{
	return random_next(state) % n;
}

/* Any number of bits equally likely: small and huge values alike. */
static inline u64 random_wide(u64 *state)
{
	return random_next(state) >> random_below(state, 64);
}

#endif
