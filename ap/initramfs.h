/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The first file system of a node, or of a User-Mode Linux, made in memory.
 *
 *	/init			the agent
 *	/dev /proc /sys		to mount on; /dev/console
 *	/lib/modules/...	the modules, at their paths here
 *	/drivers/NAME		a list to load NAME by: one line a module, its
 *				path and its parameters, in the order to load
 *	...			the files of --add, at their paths here
 */
#ifndef AP_INITRAMFS_H
#define AP_INITRAMFS_H

#include "cpio.h"
#include "node.h"

/* A file that is no file of this system. */
struct initramfs_text {
	const char *path;
	const void *data;
	size_t len;
};

/*
 * Make the archive for @spec and the kernel whose modules are in @folder, such
 * as /lib/modules/RELEASE; cpio_free() it in any case. With @job, else NULL, it
 * has that file, and the support side's module. EXIT_DONE, or EXIT_CANNOT after
 * saying what is missing.
 */
int initramfs_build(struct cpio *archive, const struct node_spec *spec,
		    const char *folder, const struct initramfs_text *job);

#endif
