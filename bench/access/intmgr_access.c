// SPDX-License-Identifier: GPL-2.0-only
/*
 * What one register access costs a driver, beside the same access to memory:
 *
 *	modprobe intmgr_access function=1000:00:00.0 register=0x10
 *	cat /sys/module/intmgr_access/parameters/ns
 *	read write read_memory write_memory
 *
 * Medians of blocks, in 1/1000 ns. BAR 0 is mapped as drivers do it, so what is
 * measured is the trap where the function is attached "stock", and memory where
 * it is attached "poll". The register must be plain storage.
 */
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <asm/tsc.h>

#define BLOCKS	101
#define BLOCK	1000	/* accesses */

static char *function;
module_param(function, charp, 0444);
MODULE_PARM_DESC(function, "PCI address of the function");

static unsigned int reg;
module_param_named(register, reg, uint, 0444);
MODULE_PARM_DESC(register, "byte offset in BAR 0 of a register that is plain storage");

static u64 picoseconds[4];

static int ns_show(char *text, const struct kernel_param *kp)
{
	return sysfs_emit(text, "%llu.%03llu %llu.%03llu %llu.%03llu %llu.%03llu\n",
			  picoseconds[0] / 1000, picoseconds[0] % 1000,
			  picoseconds[1] / 1000, picoseconds[1] % 1000,
			  picoseconds[2] / 1000, picoseconds[2] % 1000,
			  picoseconds[3] / 1000, picoseconds[3] % 1000);
}

static const struct kernel_param_ops ns_ops = { .get = ns_show };
module_param_cb(ns, &ns_ops, NULL, 0444);
MODULE_PARM_DESC(ns, "ns of a read and a write of the register, and of memory");

static void read_block(void __iomem *at)
{
	int i;

	for (i = 0; i < BLOCK; i++)
		readl(at);
}

static void write_block(void __iomem *at)
{
	int i;

	for (i = 0; i < BLOCK; i++)
		writel(i, at);
}

static int compare(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

/* Picoseconds of one access, the median of BLOCKS blocks. */
static u64 measure(void (*block)(void __iomem *at), void __iomem *at)
{
	static u64 cycles[BLOCKS];
	u64 begin;
	int i;

	for (i = 0; i < BLOCKS; i++) {
		begin = rdtsc_ordered();
		block(at);
		cycles[i] = rdtsc_ordered() - begin;
		cond_resched();
	}
	sort(cycles, BLOCKS, sizeof(cycles[0]), compare, NULL);
	return div_u64(cycles[BLOCKS / 2] * 1000000, tsc_khz) * 1000 / BLOCK;
}

static struct pci_dev *find(void)
{
	unsigned int domain, bus, slot, fn;

	if (!function || sscanf(function, "%x:%x:%x.%x", &domain, &bus, &slot,
				&fn) != 4)
		return NULL;
	return pci_get_domain_bus_and_slot(domain, bus, PCI_DEVFN(slot, fn));
}

static int __init access_init(void)
{
	struct pci_dev *pdev = find();
	void __iomem *bar = NULL;
	void *memory = (void *)get_zeroed_page(GFP_KERNEL);
	int err = -ENODEV;

	if (!pdev || !memory)
		goto out;
	err = -ENOMEM;
	bar = pci_ioremap_bar(pdev, 0);
	if (!bar)
		goto out;
	picoseconds[0] = measure(read_block, bar + reg);
	picoseconds[1] = measure(write_block, bar + reg);
	picoseconds[2] = measure(read_block, (void __iomem *)memory);
	picoseconds[3] = measure(write_block, (void __iomem *)memory);
	err = 0;
	iounmap(bar);
out:
	free_page((unsigned long)memory);
	pci_dev_put(pdev);
	return err;
}

static void __exit access_exit(void)
{
}

module_init(access_init);
module_exit(access_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Times register accesses to intmgr's virtual functions");
