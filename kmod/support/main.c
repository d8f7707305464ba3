// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr.ko: the support side. It plays the NIC: paced to the microsecond it
 * writes frames and descriptors into the window and sends the interrupts.
 */
#include <linux/module.h>

#include "support/module.h"

static int __init intmgr_init(void)
{
	int err;

	if (!clock_khz())
		return -ENODEV;		/* the pacing clock */
	err = events_register();
	if (err)
		return err;
	err = chardev_register();
	if (err)
		goto unregister_events;
	return 0;
unregister_events:
	events_unregister();
	return err;
}

static void __exit intmgr_exit(void)
{
	chardev_unregister();
	events_unregister();
}

module_init(intmgr_init);
module_exit(intmgr_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Plays a network card for a driver under test: paced frames and interrupts");
