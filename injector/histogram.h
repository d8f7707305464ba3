/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A distribution of any number of values in bounded memory: log-linear
 * buckets, 1024 to each power of two, so that a quantile is off by at most
 * 0.1 % of its value (exact below 1024). Values are u64; those of 2^40 and
 * more (18 minutes in ns) share the last bucket, count, sum and max stay
 * exact (sum up to 2^64 - 1, where it stays).
 */
#ifndef INTMGR_HISTOGRAM_H
#define INTMGR_HISTOGRAM_H

#include "port.h"

#define HISTOGRAM_SUB_BITS	10
#define HISTOGRAM_MAX_BITS	40
#define HISTOGRAM_BUCKETS \
	((HISTOGRAM_MAX_BITS - HISTOGRAM_SUB_BITS + 1) << HISTOGRAM_SUB_BITS)

struct histogram {
	u64 count, sum, min, max;
	u32 bucket[HISTOGRAM_BUCKETS];	/* saturating */
};

void histogram_reset(struct histogram *h);
void histogram_add(struct histogram *h, u64 value);

/*
 * The smallest value that at least @ppm millionths of all values do not
 * exceed, to the bucket's upper edge, never above max; 0 when empty.
 */
u64 histogram_quantile(const struct histogram *h, u32 ppm);
u64 histogram_mean(const struct histogram *h);

#endif
