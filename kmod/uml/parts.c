// SPDX-License-Identifier: GPL-2.0-only
#include <linux/kernel.h>

#include "target/target.h"

static int functions_create(void)
{
	return 0;
}

const struct part parts[] = {
	{ msi_create, msi_destroy },
	{ iomem_create, iomem_destroy },
	{ stamps_create, stamps_destroy },
	{ cost_create, cost_destroy },
	{ functions_create, functions_remove_all },
	{ chardev_create, chardev_destroy },
};

const int parts_count = ARRAY_SIZE(parts);
