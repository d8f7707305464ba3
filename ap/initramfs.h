/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The first file system of a node, or of a User-Mode Linux, made in memory.
 *
 *	/init			the agent
 *	/dev /proc /sys		to mount on; /dev/console
 *	/lib/modules/...	the modules, at their paths here
 *	/drivers/NAME		a list to load NAME by: one line a module, its
 *				path and its parameters, in the order to load
 *	/job /trace		see agent/job.h
 *	...			the files of --add, at their paths here
 */
#ifndef AP_INITRAMFS_H
#define AP_INITRAMFS_H

#include "cpio.h"
#include "node.h"
#include "words.h"

/* What only a User-Mode Linux has; each may be NULL. */
struct initramfs_more {
	const char *module;	/* the driver's, in place of the one in the folder */
	const struct words *job;	/* to do there; so with the support side's module, too */
	const char *trace;	/* the file that the job reads its times from */
	u64 *identity;		/* gets that of all of it but the job and its trace */
};

/*
 * Make the archive for @spec and the kernel whose modules are in @folder, such
 * as /lib/modules/RELEASE; cpio_free() it in any case. EXIT_DONE, or EXIT_CANNOT
 * after saying what is missing.
 */
int initramfs_build(struct cpio *archive, const struct node_spec *spec,
		    const char *folder, const struct initramfs_more *more);

#endif
