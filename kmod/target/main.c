// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr_target.ko: the target side. PCI functions without hardware, whose
 * registers are NIC models and whose interrupts are doorbells in windows. They
 * are made and taken away through /dev/intmgr_target.
 */
#include <linux/kernel.h>
#include <linux/module.h>

#include "target.h"

static unsigned long long node;
module_param(node, ullong, 0444);
MODULE_PARM_DESC(node, "physical address of the node page, in an OS node (default 0: none)");

static int node_part_create(void)
{
	return node_create(node);
}

static int functions_create(void)
{
	return 0;
}

/* In the order in which they are made. */
static const struct part {
	int (*create)(void);
	void (*destroy)(void);
} parts[] = {
	{ node_part_create, node_destroy },
	{ console_create, console_destroy },
	{ msi_create, msi_destroy },
	{ trap_create, trap_destroy },
	{ stamps_create, stamps_destroy },
	{ park_create, park_destroy },
	{ functions_create, functions_remove_all },
	{ chardev_create, chardev_destroy },
};

static void destroy(int count)
{
	while (count--)
		parts[count].destroy();
}

static int __init target_init(void)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(parts); i++) {
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
	destroy(ARRAY_SIZE(parts));
}

module_init(target_init);
module_exit(target_exit);

MODULE_DESCRIPTION("intmgr: the target side of timed interrupt injection");
MODULE_LICENSE("GPL");
