/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The clock of all stamps, which both sides read: the TSC. An IPI's path does
 * not disturb it, and it is the same for all kernels and programs of a machine.
 * In a User-Mode Linux whose time is virtual it is that time, in ns.
 *
 *	clock_read()	in order with the memory accesses around it
 *	clock_peek()	as fast as can be, for loops
 *	clock_khz()
 *	clock_pass()	in a loop that waits: time goes by, where it would not by itself
 */
#ifndef INTMGR_CYCLES_H
#define INTMGR_CYCLES_H

#include <linux/types.h>

#if defined(__KERNEL__) && defined(CONFIG_UML)

#include "uml/cycles.h"

#elif defined(__KERNEL__)

#include <asm/tsc.h>

static inline u64 clock_read(void)
{
	return rdtsc_ordered();
}

static inline u64 clock_peek(void)
{
	return rdtsc();
}

static inline u32 clock_khz(void)
{
	return tsc_khz;
}

static inline void clock_pass(void)
{
}

#else /* a program */

#include <x86intrin.h>

static inline __u64 clock_read(void)
{
	_mm_lfence();
	return __rdtsc();
}

static inline __u64 clock_peek(void)
{
	return __rdtsc();
}

__u32 clock_khz(void);

#endif
#endif
