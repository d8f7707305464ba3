/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The clock of a User-Mode Linux process (kmod/cycles.h): the host's TSC, or
 * virtual time.
 */
#ifndef INTMGR_UML_CYCLES_H
#define INTMGR_UML_CYCLES_H

#include <linux/time-internal.h>
#include <linux/types.h>

/* A parameter of the module: of the host's TSC, which says so to nobody. */
extern unsigned int uml_tsc_khz;

static inline bool clock_is_virtual(void)
{
	return time_travel_mode != TT_MODE_OFF;
}

static inline u64 clock_peek(void)
{
	return clock_is_virtual() ? time_travel_now() : __builtin_ia32_rdtsc();
}

static inline u64 clock_read(void)
{
	asm volatile("lfence" ::: "memory");
	return clock_peek();
}

static inline void clock_pass(void)
{
	if (clock_is_virtual())
		time_travel_ndelay(20);
}

static inline u32 clock_khz(void)
{
	return clock_is_virtual() ? 1000000 : uml_tsc_khz;
}

#endif
