// SPDX-License-Identifier: GPL-2.0-only
/*
 * Address ranges from which pieces are taken. There are few of both, so all is
 * found by looking at each.
 */
#include <linux/kernel.h>
#include <linux/minmax.h>

#include "node/internal.h"

void pool_add(struct pool *pool, u64 base, u64 size)
{
	u64 first = ALIGN(base, pool->align);
	u64 end = ALIGN_DOWN(base + size, pool->align);

	if (end > first && pool->ranges < POOL_RANGES)
		pool->range[pool->ranges++] = (struct piece){
			.base = first,
			.size = end - first,
		};
}

/* The first taken piece that ends beyond @at, NULL: none. */
static const struct piece *pool_next_taken(const struct pool *pool, u64 at)
{
	const struct piece *p, *next = NULL;

	for (p = pool->taken; p < pool->taken + pool->takens; p++)
		if (p->base + p->size > at && (!next || p->base < next->base))
			next = p;
	return next;
}

/*
 * The free piece of @range at or after @at; size 0: none. A caller goes on at
 * its end.
 */
static struct piece pool_gap(const struct pool *pool,
			     const struct piece *range, u64 at)
{
	u64 end = range->base + range->size;
	const struct piece *taken;

	for (at = max(at, range->base); at < end; at = taken->base + taken->size) {
		taken = pool_next_taken(pool, at);
		if (!taken || taken->base > at)
			return (struct piece){
				.base = at,
				.size = taken ? min(taken->base, end) - at : end - at,
			};
	}
	return (struct piece){ .base = end };
}

u64 pool_take(struct pool *pool, u64 size)
{
	struct piece gap;
	unsigned int i;

	size = ALIGN(size, pool->align);
	if (pool->takens == ARRAY_SIZE(pool->taken))
		return 0;
	for (i = 0; i < pool->ranges; i++) {
		gap = pool_gap(pool, &pool->range[i], 0);
		while (gap.size && gap.size < size)
			gap = pool_gap(pool, &pool->range[i], gap.base + gap.size);
		if (!gap.size)
			continue;
		gap.size = size;
		pool->taken[pool->takens++] = gap;
		return gap.base;
	}
	return 0;
}

void pool_give(struct pool *pool, u64 base)
{
	unsigned int i;

	for (i = 0; i < pool->takens; i++)
		if (pool->taken[i].base == base) {
			pool->taken[i] = pool->taken[--pool->takens];
			return;
		}
}

void pool_figures(const struct pool *pool, struct pool_figures *f)
{
	struct piece gap;
	unsigned int i;

	*f = (struct pool_figures){ 0 };
	for (i = 0; i < pool->ranges; i++) {
		f->total += pool->range[i].size;
		gap = pool_gap(pool, &pool->range[i], 0);
		while (gap.size) {
			f->free += gap.size;
			f->largest = max(f->largest, gap.size);
			gap = pool_gap(pool, &pool->range[i], gap.base + gap.size);
		}
	}
}
