/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The virtual PCI function in sysfs: who drives it and as which interface.
 */
#ifndef AP_FUNCTION_H
#define AP_FUNCTION_H

#include <net/if.h>

struct function {
	char driver[32];		/* "": no driver is bound */
	char interface[IFNAMSIZ];	/* "": it has none in this namespace */
};

/* Look function @bdf up; what is not there stays empty. */
void function_read(struct function *f, const char *bdf);

/*
 * The same, for a run: it must be bound to @driver and have an interface.
 * Says what is missing; EXIT_DONE or EXIT_CANNOT.
 */
int function_need(struct function *f, const char *bdf, const char *driver);

#endif
