// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr_node.ko: OS nodes. Each is a kernel of its own, the distribution's,
 * on cores that are offline here and on memory that was never this kernel's,
 * started as a second processor is started, with no hypervisor.
 */
#include <linux/module.h>

#include "node/internal.h"

static int __init node_init(void)
{
	int err;

	err = memory_init();
	if (err)
		return err;
	err = cores_init();
	if (err)
		goto exit_memory;
	watch_init();
	err = life_init();
	if (err)
		goto exit_watch;
	err = chardev_register();
	if (err)
		goto exit_life;
	return 0;
exit_life:
	life_exit();
exit_watch:
	watch_exit();
	cores_exit();
exit_memory:
	memory_exit();
	return err;
}

static void __exit node_exit(void)
{
	chardev_unregister();
	life_exit();
	watch_exit();
	cores_exit();
	memory_exit();
}

module_init(node_init);
module_exit(node_exit);

MODULE_DESCRIPTION("intmgr: second kernels on cores and memory of their own");
MODULE_LICENSE("GPL");
