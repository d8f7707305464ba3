/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Statistics registers that reading clears, without locks: a count that only
 * ever grows and has one writing side, and the value it had at the last read,
 * which only the driver's side writes (82574 data sheet 10.2.7).
 */
#ifndef INTMGR_COUNTERS_H
#define INTMGR_COUNTERS_H

#include "intel_regs.h"
#include "port.h"

#define COUNTERS	((INTEL_STATS_END - INTEL_STATS) / 4)

struct counters {
	u64 count[COUNTERS];	/* W: device for RX registers, driver for TX */
	u64 base[COUNTERS];	/* W: driver, by compare and swap */
};

static inline bool counters_has(u32 reg)
{
	return reg >= INTEL_STATS && reg < INTEL_STATS_END;
}

/*
 * Add to register @reg, the low half where there are two. Hot path; each
 * register has one adding thread.
 */
static inline void counters_add(struct counters *c, u32 reg, u64 n)
{
	u64 *p = &c->count[(reg - INTEL_STATS) / 4];

	port_store(p, port_load(p) + n);
}

/* The same, where several threads add. */
void counters_add_shared(struct counters *c, u32 reg, u64 n);

/* Which of the six size classes, 64 ... 1024 and more, is @len bytes with FCS? */
unsigned int counters_size_class(u32 len);

/* Count @n frames of @len bytes with FCS in their size class above @reg64. */
void counters_add_sizes(struct counters *c, u32 reg64, u32 len, u32 n);

static inline void counters_add_size(struct counters *c, u32 reg64, u32 len)
{
	counters_add_sizes(c, reg64, len, 1);
}

/*
 * What *count has grown by since *base, which moves on, or the largest value. Of
 * two CPUs that take at once one gets it all and the other 0.
 */
u32 counters_take(u64 *base, const u64 *count);

/*
 * A driver's read: what was added since the last one; 32-bit registers stay
 * at their largest value, and any CPU may read them. Of a 64-bit register the
 * low half must be read first: that latches both, and reading the high half
 * clears both; two CPUs that read one pair at once disturb each other, as they
 * would with the part.
 */
u32 counters_read(struct counters *c, u32 reg);

/* All registers read 0 from here on. Driver's side. */
void counters_clear(struct counters *c);

#endif
