/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which files a module of an installed kernel is loaded from.
 */
#ifndef AP_MODULES_H
#define AP_MODULES_H

/*
 * Take a module: its file and its options ("": none) from modprobe.d. Whatever
 * it returns but 0 ends the walk.
 */
typedef int (*modules_take)(void *arg, const char *path, const char *options);

/* Of two modules of one name, which one. */
enum modules_which {
	MODULES_PREFERRED,	/* the one that modprobe takes */
	MODULES_STOCK,		/* the distribution's: below kernel/ */
	MODULES_ADDED,		/* the one that modprobe takes, and it is not the distribution's */
};

/*
 * Give @take the files of module @name and of all that it needs, in the order
 * to load them, as modprobe would; what is built into the kernel is left out.
 * @folder: /lib/modules/RELEASE. 0, what @take returned, -ENOENT: there is no
 * such module, or -errno.
 */
int modules_walk(const char *folder, const char *name, enum modules_which which,
		 modules_take take, void *arg);

#endif
