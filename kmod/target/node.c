// SPDX-License-Identifier: GPL-2.0-only
/*
 * The node page: what this kernel was told by the support OS that started it,
 * where it is an OS node. What another kernel wrote is checked here once, and
 * then known by copies.
 */
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <asm/processor.h>

#include "target.h"

struct intmgr_node_page *node_page;
struct node_range node_console, node_window, node_bar;

/* Physical memory that is there, and that this kernel does not use as its RAM. */
static bool range_ours(const struct node_range *range)
{
	u64 limit = 1ULL << boot_cpu_data.x86_phys_bits;

	return range->size && PAGE_ALIGNED(range->start) &&
	       PAGE_ALIGNED(range->size) && range->start < limit &&
	       range->size <= limit - range->start &&
	       region_intersects(range->start, range->size,
				 IORESOURCE_SYSTEM_RAM,
				 IORES_DESC_NONE) == REGION_DISJOINT;
}

static bool ranges_apart(const struct node_range *a, const struct node_range *b)
{
	return a->start + a->size <= b->start || b->start + b->size <= a->start;
}

static bool ranges_good(const struct node_range *page)
{
	const struct node_range *range[] = {
		page, &node_console, &node_window, &node_bar,
	};
	int i, j;

	for (i = 0; i < ARRAY_SIZE(range); i++) {
		if (!range_ours(range[i]))
			return false;
		for (j = 0; j < i; j++)
			if (!ranges_apart(range[i], range[j]))
				return false;
	}
	return is_power_of_2(node_console.size);
}

static int page_take(const struct node_range *page)
{
	const struct intmgr_node_page *p = node_page;

	if (p->magic != INTMGR_NODE_MAGIC ||
	    p->revision != INTMGR_NODE_REVISION || p->page != page->start)
		return -EPROTO;
	node_console = (struct node_range){ p->console, p->console_size };
	node_window = (struct node_range){ p->window, p->window_size };
	node_bar = (struct node_range){ p->bar, p->bar_size };
	return ranges_good(page) ? 0 : -EPROTO;
}

int node_create(u64 address)
{
	const struct node_range page = { address, PAGE_SIZE };
	int err;

	BUILD_BUG_ON(sizeof(*node_page) > PAGE_SIZE);

	if (!address)
		return 0;
	if (!range_ours(&page))
		return -EINVAL;
	node_page = memremap(page.start, page.size, MEMREMAP_WB);
	if (!node_page)
		return -ENOMEM;
	err = page_take(&page);
	if (err)
		node_destroy();
	return err;
}

void node_destroy(void)
{
	if (node_page)
		memunmap(node_page);
	node_page = NULL;
}

void node_tell(enum intmgr_node_progress progress)
{
	if (node_page)
		/* What was written before it belongs to it. */
		smp_store_release(&node_page->progress, progress);
}
