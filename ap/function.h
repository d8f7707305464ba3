/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A virtual PCI function in sysfs: who drives it and as which interface.
 */
#ifndef AP_FUNCTION_H
#define AP_FUNCTION_H

#include <net/if.h>
#include <stdbool.h>

struct function {
	char driver[32];		/* as the PCI bus calls it; "": none is bound */
	char interface[IFNAMSIZ];	/* "": it has none in this namespace */
};

/* Look function @bdf up; what is not there stays empty. */
void function_read(struct function *f, const char *bdf);

/* The same in another folder than /sys/bus/pci/devices. */
void function_read_in(struct function *f, const char *devices, const char *bdf);

/*
 * The same, for a run: it must be bound to @driver (--driver's name) and have an
 * interface.
 * Says what is missing; EXIT_DONE or EXIT_CANNOT.
 */
int function_need(struct function *f, const char *bdf, const char *driver);

/* Wait for that, at most @timeout_ms. */
int function_wait(struct function *f, const char *bdf, const char *driver,
		  unsigned int timeout_ms);

/* Is function @bdf there? */
bool function_is_there(const char *bdf);

#endif
