// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver that misbehaves, for the tests: register accesses to a virtual NIC
 * behind the back of the driver that is bound to it. Of a function for patched
 * drivers they are calls, of any other they are trapped.
 *
 *	modprobe intmgr_poke bdf=1000:00:00.0	(default: the first for patched drivers)
 *	echo "0x2800 0xdead0000" > /sys/module/intmgr_poke/parameters/write
 *	echo 0x8 > /sys/module/intmgr_poke/parameters/read
 *	cat /sys/module/intmgr_poke/parameters/read
 */
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>

#include "vnic.h"

static char *bdf;
module_param(bdf, charp, 0400);
MODULE_PARM_DESC(bdf, "PCI address of the function (default: the first for patched drivers)");

static struct intmgr_vnic *(*find)(struct pci_dev *pdev);
static struct intmgr_vnic *vnic;	/* NULL: its registers are at @bar */
static struct pci_dev *pdev;
static u8 __iomem *bar;
static u32 last_read;

static int poke_write(const char *text, const struct kernel_param *kp)
{
	u32 reg, value;

	if (!pdev || sscanf(text, "%i %i", &reg, &value) != 2)
		return -EINVAL;
	if (vnic)
		vnic->ops->write(vnic, reg, value);
	else
		writel(value, bar + reg);
	return 0;
}

static int poke_read(const char *text, const struct kernel_param *kp)
{
	u32 reg;

	if (!pdev || kstrtou32(text, 0, &reg))
		return -EINVAL;
	last_read = vnic ? vnic->ops->read(vnic, reg) : readl(bar + reg);
	return 0;
}

static int poke_last(char *text, const struct kernel_param *kp)
{
	return sysfs_emit(text, "0x%x\n", last_read);
}

static const struct kernel_param_ops write_ops = { .set = poke_write };
static const struct kernel_param_ops read_ops = { .set = poke_read, .get = poke_last };

module_param_cb(write, &write_ops, NULL, 0200);
MODULE_PARM_DESC(write, "REGISTER VALUE: write one register");
module_param_cb(read, &read_ops, NULL, 0600);
MODULE_PARM_DESC(read, "REGISTER: read one register; its value is what a read gives");

static bool is_wanted(struct pci_dev *dev)
{
	vnic = find ? find(dev) : NULL;
	return bdf ? !strcmp(bdf, pci_name(dev)) : vnic != NULL;
}

/* What nobody drives, may access memory for us. */
static void take_bar(struct pci_dev *dev)
{
	bar = ioremap(pci_resource_start(dev, 0), pci_resource_len(dev, 0));
	if (!dev->driver)
		pci_set_master(dev);
}

/* A function for patched drivers stays while we have it, any other may go. */
static int __init poke_init(void)
{
	struct pci_dev *dev = NULL;

	find = symbol_get(intmgr_vnic_find);
	for_each_pci_dev(dev)
		if (is_wanted(dev))
			break;
	if (find && !vnic)
		symbol_put(intmgr_vnic_find);
	if (dev && !vnic)
		take_bar(dev);
	pdev = dev;
	if (vnic || bar)
		return 0;
	pci_dev_put(pdev);
	return -ENODEV;
}

static void __exit poke_exit(void)
{
	if (bar)
		iounmap(bar);
	pci_dev_put(pdev);
	if (vnic)
		symbol_put(intmgr_vnic_find);
}

module_init(poke_init);
module_exit(poke_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Pokes at intmgr's virtual NIC");
