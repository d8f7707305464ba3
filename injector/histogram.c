// SPDX-License-Identifier: GPL-2.0-only
/*
 * Log-linear buckets. A value's top HISTOGRAM_SUB_BITS + 1 bits choose its
 * bucket; @shift is the number of bits below them, so a bucket of that shift
 * is 1 << shift values wide.
 */
#include "histogram.h"

#define SUB_BUCKETS	BIT(HISTOGRAM_SUB_BITS)
#define BUCKET_FULL	((u32)~0U)
#define LAST_BUCKET	(HISTOGRAM_BUCKETS - 1)
#define PPM		1000000U

static u32 bucket_of(u64 value)
{
	u32 shift;

	if (value >> HISTOGRAM_MAX_BITS)
		return LAST_BUCKET;
	if (value < SUB_BUCKETS)
		return value;
	shift = 63 - __builtin_clzll(value) - HISTOGRAM_SUB_BITS;
	return (shift << HISTOGRAM_SUB_BITS) + (value >> shift);
}

/* The largest value that belongs to bucket @i, but for the last one. */
static u64 bucket_edge(u32 i)
{
	u32 shift;

	if (i < SUB_BUCKETS)
		return i;
	shift = (i >> HISTOGRAM_SUB_BITS) - 1;
	return ((u64)(i - (shift << HISTOGRAM_SUB_BITS) + 1) << shift) - 1;
}

void histogram_reset(struct histogram *h)
{
	memset(h, 0, sizeof(*h));
}

void histogram_add(struct histogram *h, u64 value)
{
	u32 *bucket = &h->bucket[bucket_of(value)];

	if (*bucket != BUCKET_FULL)
		++*bucket;
	if (!h->count || value < h->min)
		h->min = value;
	if (value > h->max)
		h->max = value;
	h->sum = h->sum + value < value ? ~0ULL : h->sum + value;
	h->count++;
}

/* Not h->count: full buckets hold less, and a racing writer is never done. */
static u64 in_buckets(const struct histogram *h)
{
	u64 total = 0;
	u32 i;

	for (i = 0; i < HISTOGRAM_BUCKETS; i++)
		total += h->bucket[i];
	return total;
}

/* @ppm millionths of @total, rounded up, without overflow. */
static u64 share(u64 total, u32 ppm)
{
	return total / PPM * ppm + (total % PPM * ppm + PPM - 1) / PPM;
}

u64 histogram_quantile(const struct histogram *h, u32 ppm)
{
	u64 rank = share(in_buckets(h), ppm);
	u64 seen = 0;
	u32 i;

	for (i = 0; i < LAST_BUCKET; i++) {
		seen += h->bucket[i];
		if (seen && seen >= rank)
			return min(bucket_edge(i), h->max);
	}
	return h->max;
}

u64 histogram_mean(const struct histogram *h)
{
	return h->count ? h->sum / h->count : 0;
}
