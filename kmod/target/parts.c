// SPDX-License-Identifier: GPL-2.0-only
#include <linux/kernel.h>
#include <linux/moduleparam.h>

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

const struct part parts[] = {
	{ node_part_create, node_destroy },
	{ console_create, console_destroy },
	{ msi_create, msi_destroy },
	{ trap_create, trap_destroy },
	{ stamps_create, stamps_destroy },
	{ park_create, park_destroy },
	{ functions_create, functions_remove_all },
	{ chardev_create, chardev_destroy },
};

const int parts_count = ARRAY_SIZE(parts);
