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

#include "random.h"

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
