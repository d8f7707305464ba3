// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr_target.ko: the target side. PCI functions without hardware, whose
 * registers are NIC models and whose interrupts are doorbells in windows. They
 * are made and taken away through /dev/intmgr_target.
 */
#include <linux/kernel.h>
#include <linux/module.h>

#include "target.h"

static void destroy(int count)
{
	while (count--)
		parts[count].destroy();
}

static int __init target_init(void)
{
	int i, err;

	for (i = 0; i < parts_count; i++) {
		err = parts[i].create();
		if (err) {
			destroy(i);
			return err;
		}
	}
	return 0;
}

static void __exit target_exit(void)
{
	destroy(parts_count);
}

module_init(target_init);
module_exit(target_exit);

MODULE_DESCRIPTION("intmgr: the target side of timed interrupt injection");
MODULE_LICENSE("GPL");
