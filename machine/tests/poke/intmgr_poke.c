// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver that misbehaves, for the tests: register accesses to the virtual
 * NIC behind the back of the driver that is bound to it.
 *
 *	echo "0x2800 0xdead0000" > /sys/module/intmgr_poke/parameters/write
 *	echo 0x8 > /sys/module/intmgr_poke/parameters/read
 *	cat /sys/module/intmgr_poke/parameters/read
 */
#include <linux/module.h>
#include <linux/pci.h>

#include "vnic.h"

static struct intmgr_vnic *vnic;
static struct pci_dev *pdev;
static u32 last_read;

static int poke_write(const char *text, const struct kernel_param *kp)
{
	u32 reg, value;

	if (!vnic || sscanf(text, "%i %i", &reg, &value) != 2)
		return -EINVAL;
	vnic->ops->write(vnic, reg, value);
	return 0;
}

static int poke_read(const char *text, const struct kernel_param *kp)
{
	u32 reg;

	if (!vnic || kstrtou32(text, 0, &reg))
		return -EINVAL;
	last_read = vnic->ops->read(vnic, reg);
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

static int __init poke_init(void)
{
	typeof(intmgr_vnic_find) *find = symbol_get(intmgr_vnic_find);

	if (!find)
		return -ENODEV;
	for_each_pci_dev(pdev) {
		vnic = find(pdev);
		if (vnic)
			return 0;
	}
	symbol_put(intmgr_vnic_find);
	return -ENODEV;
}

static void __exit poke_exit(void)
{
	pci_dev_put(pdev);
	symbol_put(intmgr_vnic_find);
}

module_init(poke_init);
module_exit(poke_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Pokes at intmgr's virtual NIC");
