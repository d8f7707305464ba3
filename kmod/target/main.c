// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr_target.ko: the target side. A PCI function without hardware, whose
 * registers are a NIC model and whose interrupts are doorbells in the window.
 */
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/sizes.h>

#include "target.h"

#define MODEL		"82574l"
#define POOL_MB_MAX	4096

/* 4096 buffers of 16 KiB, and the rings. */
static unsigned int pool_mb = 68;
module_param(pool_mb, uint, 0444);
MODULE_PARM_DESC(pool_mb, "memory for rings and buffers, MiB (default 68)");

/*
 * A driver that is loaded already binds as soon as it may, and takes
 * intmgr_vnic_find() with symbol_get(), which fails until this module is live.
 */
static int main_live(struct notifier_block *nb, unsigned long state, void *mod)
{
	if (mod == THIS_MODULE && state == MODULE_STATE_LIVE)
		bus_enable();
	return NOTIFY_DONE;
}

static struct notifier_block main_notifier = { .notifier_call = main_live };

static int __init target_init(void)
{
	const struct nic_ops *model = nic_model(MODEL);
	int err;

	if (!model)
		return -ENODEV;
	if (!pool_mb || pool_mb > POOL_MB_MAX)
		return -EINVAL;
	err = window_create(model, (size_t)pool_mb * SZ_1M);
	if (err)
		return err;
	err = vnic_create(model);
	if (err)
		goto destroy_window;
	err = msi_create();
	if (err)
		goto destroy_vnic;
	err = worker_create();
	if (err)
		goto destroy_msi;
	err = stamps_create();
	if (err)
		goto destroy_worker;
	err = bus_create(&model->identity);
	if (err)
		goto destroy_stamps;
	err = window_publish();
	if (err)
		goto destroy_bus;
	err = register_module_notifier(&main_notifier);
	if (err)
		goto retire_window;
	return 0;

retire_window:
	window_retire();
destroy_bus:
	bus_destroy();
destroy_stamps:
	stamps_destroy();
destroy_worker:
	worker_destroy();
destroy_msi:
	msi_destroy();
destroy_vnic:
	vnic_destroy();
destroy_window:
	window_destroy();
	return err;
}

static void __exit target_exit(void)
{
	unregister_module_notifier(&main_notifier);
	window_retire();
	bus_destroy();
	stamps_destroy();
	worker_destroy();
	msi_destroy();
	vnic_destroy();
	window_destroy();
}

module_init(target_init);
module_exit(target_exit);

MODULE_DESCRIPTION("intmgr: the target side of timed interrupt injection");
MODULE_LICENSE("GPL");
