/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Making a function, with its driver bound to it.
 */
#ifndef AP_FUNCTION_MAKE_H
#define AP_FUNCTION_MAKE_H

#include "driver.h"
#include "function.h"

struct function_spec {
	const struct driver *driver;
	u32 attachment;
	u32 sink, peer;
	u32 pool_mb;		/* 0: the default */
	bool temporary;		/* it goes with the file */
	bool no_load;		/* leave the driver's module alone */
};

struct function_made {
	u32 id;			/* 0: none */
	char bdf[16];
	struct function sysfs;	/* as far as its driver is bound */
	bool loaded;		/* the driver's module was not there before */
};

/*
 * Make it by @fd, of target_open(). EXIT_DONE; or EXIT_CANNOT after saying why,
 * and all is as before.
 */
int function_make(int fd, const struct function_spec *spec,
		  struct function_made *made);

/* Take it away again, and the module if it came with it. */
void function_unmake(int fd, const struct function_spec *spec,
		     const struct function_made *made);

#endif
