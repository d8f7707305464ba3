// SPDX-License-Identifier: GPL-2.0-only
#include "counters.h"

#define TRIES	1000	/* as many adders at once are a kernel gone mad */

void counters_add_shared(struct counters *c, u32 reg, u64 n)
{
	u64 *p = &c->count[(reg - INTEL_STATS) / 4];
	unsigned int i;
	u64 old;

	for (i = 0; n && i < TRIES; i++) {
		old = port_load(p);
		if (port_cas64(p, old, old + n))
			return;
	}
}

unsigned int counters_size_class(u32 len)
{
	static const u32 upto[] = { 64, 127, 255, 511, 1023 };
	unsigned int i = 0;

	while (i < ARRAY_SIZE(upto) && len > upto[i])
		i++;
	return i;
}

void counters_add_sizes(struct counters *c, u32 reg64, u32 len, u32 n)
{
	counters_add(c, reg64 + 4 * counters_size_class(len), n);
}

static bool is_low_half(u32 reg)
{
	return reg == INTEL_GORCL || reg == INTEL_GOTCL ||
	       reg == INTEL_TORL || reg == INTEL_TOTL;
}

/*
 * The high half's own base holds the latched count, so that what is added
 * between the two reads is kept for the next pair.
 */
static u32 read_low(struct counters *c, unsigned int i)
{
	c->base[i + 1] = port_load(&c->count[i]);
	return (u32)(c->base[i + 1] - c->base[i]);
}

static u32 read_high(struct counters *c, unsigned int i)
{
	u64 since = c->base[i] - c->base[i - 1];

	c->base[i - 1] = c->base[i];
	return (u32)(since >> 32);
}

u32 counters_take(u64 *base, const u64 *count)
{
	u64 from = port_load(base), now = port_load(count), since = now - from;

	if (!port_cas64(base, from, now))
		return 0;
	return since > 0xffffffff ? 0xffffffff : (u32)since;
}

u32 counters_read(struct counters *c, u32 reg)
{
	unsigned int i = (reg - INTEL_STATS) / 4;

	if (is_low_half(reg))
		return read_low(c, i);
	if (is_low_half(reg - 4))
		return read_high(c, i);
	return counters_take(&c->base[i], &c->count[i]);
}

void counters_clear(struct counters *c)
{
	u32 reg;

	for (reg = INTEL_STATS; reg < INTEL_STATS_END; reg += 4)
		counters_read(c, reg);
}
