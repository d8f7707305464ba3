/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The module of a driver under test: the distribution's, or the patched one.
 */
#ifndef AP_DRIVER_MODULE_H
#define AP_DRIVER_MODULE_H

#include "driver.h"
#include "modules.h"

/* What is loaded, as /sys/module shows it. */
struct module_state {
	bool there;		/* loaded, or built into the kernel */
	bool added;		/* it is not the distribution's: "O" in its taint */
	bool used;		/* somebody holds it, or a device is bound to it */
};

void module_read(struct module_state *state, const char *name);

/* The same in another folder than /sys/module. */
void module_read_in(struct module_state *state, const char *modules,
		    const char *name);

/*
 * Is the module that drives a function attached as @attachment loaded, if any
 * is? Says what to do; EXIT_DONE or EXIT_CANNOT.
 */
int driver_module_check(const struct driver *driver, u32 attachment);

/*
 * Load it, in place of another one that nobody uses; *loaded: it was not there
 * before. EXIT_DONE, or EXIT_CANNOT after saying why not.
 */
int driver_module_load(const struct driver *driver, u32 attachment,
		       bool *loaded);

/* Unload it unless somebody uses it. */
void driver_module_unload(const struct driver *driver);

/* Which file of it an attachment needs. */
enum modules_which driver_module_which(u32 attachment);

#endif
