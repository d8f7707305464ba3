/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The pacing clock. A run's times are cycles of kmod/cycles.h; ns are for
 * people and schedules.
 */
#ifndef INTMGR_CLOCK_H
#define INTMGR_CLOCK_H

#include "injector/port.h"
#include "kmod/cycles.h"

#ifdef __KERNEL__
#include <linux/math64.h>
#else
static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return dividend / divisor;
}

static inline u64 mul_u64_u32_shr(u64 a, u32 mul, unsigned int shift)
{
	return (__uint128_t)a * mul >> shift;
}
#endif

struct clock {
	u64 zero;		/* cycles at the run's first due time */
	u32 ns_mult, ns_shift;	/* ns = cycles * mult >> shift */
	u32 tsc_mult, tsc_shift;
};

/* @to units a @from unit, as a factor of 32 bits at the largest shift that fits. */
static inline void clock_factor(u32 from, u32 to, u32 *mult, u32 *shift)
{
	u64 factor = 0;

	for (*shift = 32; *shift; (*shift)--) {
		factor = div_u64((u64)to << *shift, from);
		if (factor <= (u32)~0U)
			break;
	}
	*mult = factor;
}

static inline void clock_init(struct clock *c)
{
	c->zero = 0;
	clock_factor(clock_khz(), 1000000, &c->ns_mult, &c->ns_shift);
	clock_factor(1000000, clock_khz(), &c->tsc_mult, &c->tsc_shift);
}

static inline u64 clock_to_ns(const struct clock *c, u64 cycles)
{
	return mul_u64_u32_shr(cycles, c->ns_mult, c->ns_shift);
}

static inline u64 clock_from_ns(const struct clock *c, u64 ns)
{
	return mul_u64_u32_shr(ns, c->tsc_mult, c->tsc_shift);
}

#endif
