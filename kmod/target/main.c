// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr_target.ko: the target side. A PCI function without hardware, whose
 * registers are a NIC model and whose interrupts are doorbells in the window.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/sizes.h>

#include "target.h"

#define MODEL		"82574l"
#define POOL_MB_MAX	4096

/* 4096 buffers of 16 KiB, and the rings. */
static unsigned int pool_mb = 68;
module_param(pool_mb, uint, 0444);
MODULE_PARM_DESC(pool_mb, "memory for rings and buffers, MiB (default 68); in a node, what its window has");

static unsigned long long node;
module_param(node, ullong, 0444);
MODULE_PARM_DESC(node, "physical address of the node page, in an OS node (default 0: none)");

/*
 * A driver that is loaded already binds as soon as it may, and takes
 * intmgr_vnic_find() with symbol_get(), which fails until this module is live.
 */
static int live_notify(struct notifier_block *nb, unsigned long state, void *mod)
{
	if (mod == THIS_MODULE && state == MODULE_STATE_LIVE)
		bus_enable();
	return NOTIFY_DONE;
}

static struct notifier_block live_notifier = { .notifier_call = live_notify };

static const struct nic_ops *model;

static int node_part_create(void)
{
	return node_create(node);
}

static int window_part_create(void)
{
	return window_create(model, (u64)pool_mb * SZ_1M);
}

static int vnic_part_create(void)
{
	return vnic_create(model);
}

static int bus_part_create(void)
{
	return bus_create(&model->identity);
}

static int live_create(void)
{
	return register_module_notifier(&live_notifier);
}

static void live_destroy(void)
{
	unregister_module_notifier(&live_notifier);
}

/* In the order in which they are made. */
static const struct part {
	int (*create)(void);
	void (*destroy)(void);
} parts[] = {
	{ node_part_create, node_destroy },
	{ console_create, console_destroy },
	{ window_part_create, window_destroy },
	{ vnic_part_create, vnic_destroy },
	{ msi_create, msi_destroy },
	{ alive_create, alive_destroy },
	{ worker_create, worker_destroy },
	{ stamps_create, stamps_destroy },
	{ bus_part_create, bus_destroy },
	{ park_create, park_destroy },
	{ window_publish, window_retire },
	{ live_create, live_destroy },
};

static void destroy(int count)
{
	while (count--)
		parts[count].destroy();
}

static int __init target_init(void)
{
	int i, err;

	model = nic_model(MODEL);
	if (!model)
		return -ENODEV;
	if (!pool_mb || pool_mb > POOL_MB_MAX)
		return -EINVAL;
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
