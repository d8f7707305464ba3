// SPDX-License-Identifier: GPL-2.0-only
/*
 * Register accesses in User-Mode Linux, which has no IO memory: readl() and
 * writel() of what ioremap() gave are calls of whoever has the addresses
 * (lib/logic_iomem.c). A BAR of ours is a part of one region that is ours for
 * good: regions cannot be taken back, so neither can this module.
 */
#include <linux/ioport.h>
#include <linux/logic_iomem.h>
#include <linux/module.h>
#include <linux/sizes.h>

#include "target/target.h"

struct resource iomem_bars = {
	.name = "intmgr",
	.start = SZ_4G,
	.end = SZ_4G + SZ_1G - 1,
	.flags = IORESOURCE_MEM,
};

/* BAR 0 alone has registers; what else a part has, its driver does not read. */
static unsigned long bar_read(void *f, unsigned int offset, int size)
{
	cost_access();
	return registers_read(f, offset, size);
}

static void bar_write(void *f, unsigned int offset, int size,
		      unsigned long value)
{
	cost_access();
	registers_write(f, offset, size, value);
}

static const struct logic_iomem_ops bar_ops = {
	.read = bar_read,
	.write = bar_write,
};

static unsigned long table_read(void *f, unsigned int offset, int size)
{
	return 0;
}

static void table_write(void *f, unsigned int offset, int size,
			unsigned long value)
{
}

/* The MSI-X table, say: what the core writes there goes to our irq domain. */
static const struct logic_iomem_ops table_ops = {
	.read = table_read,
	.write = table_write,
};

static long region_map(unsigned long offset, size_t size,
		       const struct logic_iomem_ops **ops, void **priv)
{
	u64 at = iomem_bars.start + offset;
	struct function *f;

	for_each_function(f) {
		u32 bar0 = f->nic.ops->identity.bar[0].size;

		if (at < f->memory.start || at > f->memory.end)
			continue;
		*priv = f;
		if (at - f->bar < bar0) {
			*ops = &bar_ops;
			return at - f->bar;
		}
		*ops = &table_ops;
		return 0;
	}
	return -ENOENT;
}

static const struct logic_iomem_region_ops region_ops = {
	.map = region_map,
};

int iomem_create(void)
{
	int err = logic_iomem_add_region(&iomem_bars, &region_ops);

	if (!err)
		__module_get(THIS_MODULE);
	return err;
}

void iomem_destroy(void)
{
}
