// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory for nodes: what the firmware gave as RAM and this kernel was told, by
 * memmap=SIZE$ADDRESS on its command line, to leave alone. Such memory stands
 * as "Reserved" in the resource tree; that the firmware reserved it instead is
 * seen in the firmware's own map. That one is read where everybody may read it:
 * the kernel's function that knows it, e820__mapped_raw_any(), is only KVM's by
 * 7.2.
 */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/bootparam.h>
#include <asm/e820/types.h>

#include "node/internal.h"

#define MEMORY_LOW_END	SZ_1M		/* a core starts below it */
#define MEMORY_FIRST	SZ_16M		/* no x86-64 kernel is loaded lower */
#define MEMORY_END	(512ULL << 30)	/* what the first page tables (boot.c) can map */

static struct pool high = { .align = MEMORY_ALIGN };
static struct pool low = { .align = PAGE_SIZE };
static u64 trampoline;
static void *trampoline_va;

static int firmware_read(struct boot_params *p)
{
	struct file *file;
	loff_t at = 0;
	ssize_t got;

	file = filp_open("/sys/kernel/boot_params/data", O_RDONLY, 0);
	if (IS_ERR(file))
		return PTR_ERR(file);
	got = kernel_read(file, p, sizeof(*p), &at);
	filp_close(file, NULL);
	return got == sizeof(*p) ? 0 : -EIO;
}

/* Does any RAM, or anything else, of the firmware's map lie in there? */
static bool firmware_has(const struct boot_params *p, bool ram, u64 start,
			 u64 end)
{
	int i, n = min_t(int, p->e820_entries, ARRAY_SIZE(p->e820_table));
	const struct boot_e820_entry *e;

	for (i = 0; i < n; i++) {
		e = &p->e820_table[i];
		if ((e->type == E820_TYPE_RAM) == ram &&
		    e->addr < end && e->addr + e->size > start)
			return true;
	}
	return false;
}

/* RAM by the firmware's map, all of it, and nothing of it this kernel's? */
static bool memory_is_free(const struct boot_params *p, u64 base, u64 size)
{
	return firmware_has(p, true, base, base + size) &&
	       !firmware_has(p, false, base, base + size) &&
	       region_intersects(base, size, IORESOURCE_SYSTEM_RAM,
				 IORES_DESC_NONE) == REGION_DISJOINT;
}

/* Add to @pool what is free from @start to @end, blocks in a row as one range. */
static void memory_add(struct pool *pool, const struct boot_params *p,
		       u64 start, u64 end)
{
	u64 at, first = 0;

	start = ALIGN(start, pool->align);
	end = ALIGN_DOWN(end, pool->align);
	for (at = start; at < end; at += pool->align) {
		if (memory_is_free(p, at, pool->align)) {
			if (!first)
				first = at;
		} else if (first) {
			pool_add(pool, first, at - first);
			first = 0;
		}
	}
	if (first)
		pool_add(pool, first, at - first);
}

static int memory_found(struct resource *res, void *p)
{
	u64 start = res->start, end = res->end + 1;

	memory_add(&low, p, max_t(u64, start, PAGE_SIZE),
		   min_t(u64, end, MEMORY_LOW_END));
	memory_add(&high, p, max_t(u64, start, MEMORY_FIRST),
		   min_t(u64, end, MEMORY_END));
	return 0;
}

static int memory_search(void)
{
	struct boot_params *p = kmalloc(sizeof(*p), GFP_KERNEL);
	int err;

	if (!p)
		return -ENOMEM;
	err = firmware_read(p);
	if (!err)
		walk_iomem_res_desc(IORES_DESC_RESERVED, IORESOURCE_MEM, 0,
				    U64_MAX, p, memory_found);
	kfree(p);
	return err;
}

int memory_init(void)
{
	int err = memory_search();

	if (err)
		return err;
	trampoline = pool_take(&low, PAGE_SIZE);
	if (!trampoline)
		return 0;	/* START says so */
	trampoline_va = memremap(trampoline, PAGE_SIZE, MEMREMAP_WB);
	return trampoline_va ? 0 : -ENOMEM;
}

void memory_exit(void)
{
	if (trampoline_va)
		memunmap(trampoline_va);
}

u64 memory_trampoline(void **va)
{
	*va = trampoline_va;
	return trampoline;
}

int memory_layout(struct node_memory *m, u64 base, u64 size, u64 window_size)
{
	const u64 ours = 2 * PAGE_SIZE + PAGE_SIZE + MEMORY_CONSOLE +
			 BOOT_TABLES + INTMGR_NODE_BAR_SIZE;

	*m = (struct node_memory){ .base = base, .size = size };
	if (window_size >= size || size - window_size <= ours)
		return -EFBIG;
	m->window_size = window_size;
	m->bar = base + size - INTMGR_NODE_BAR_SIZE;
	m->last_guard = m->bar - PAGE_SIZE;
	m->window = m->last_guard - window_size;
	m->tables = m->window - BOOT_TABLES;
	m->console = m->tables - MEMORY_CONSOLE;
	m->page = m->console - PAGE_SIZE;
	m->guard = m->page - PAGE_SIZE;
	return 0;
}

/* Take addresses: 0 or why there are none. */
static int memory_find(struct node_memory *m, u64 size, u64 window_size)
{
	u64 low_base, base;
	int err;

	if (!high.ranges)
		return -ENXIO;
	if (!trampoline)
		return -EADDRNOTAVAIL;
	low_base = pool_take(&low, MEMORY_LOW);
	if (!low_base)
		return -EADDRNOTAVAIL;
	base = pool_take(&high, size);
	err = base ? memory_layout(m, base, size, window_size) : -ENOSPC;
	if (!err) {
		m->low = low_base;
		return 0;
	}
	pool_give(&high, base);
	pool_give(&low, low_base);
	return err;
}

int memory_take(struct node_memory *m, u64 size, u64 window_size)
{
	int err;

	err = memory_find(m, size, window_size);
	if (err)
		goto none;
	/* Not the BARs' space: the node maps it uncached. */
	m->va = memremap(m->base, m->bar - m->base, MEMREMAP_WB);
	m->low_va = memremap(m->low, MEMORY_LOW, MEMREMAP_WB);
	if (m->va && m->low_va)
		return 0;
	memory_give(m);
	err = -ENOMEM;
none:
	*m = (struct node_memory){ 0 };
	return err;
}

void memory_give(struct node_memory *m)
{
	if (m->va)
		memunmap(m->va);
	if (m->low_va)
		memunmap(m->low_va);
	pool_give(&high, m->base);
	pool_give(&low, m->low);
	*m = (struct node_memory){ 0 };
}

void memory_query(struct intmgr_node_query *q)
{
	struct pool_figures f;

	pool_figures(&high, &f);
	q->reserved_total = f.total;
	q->reserved_free = f.free;
	q->reserved_largest = f.largest;
	pool_figures(&low, &f);
	q->low_total = f.total;
	q->low_free = f.free;
}
