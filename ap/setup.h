/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The function of a run in this kernel: one that is there, or one that is made
 * for the run and goes with it.
 */
#ifndef AP_SETUP_H
#define AP_SETUP_H

#include "driver.h"
#include "function_make.h"
#include "plan.h"

struct setup {
	int fd;			/* of INTMGR_TARGET_DEVICE; -1: not open */
	u32 id;			/* of the function; 0: none */
	const struct driver *driver;
	u32 attachment;
	bool made;		/* for the run */
	struct function_spec spec;	/* of it */
	struct function_made own;
};

#define SETUP_NONE ((struct setup){ .fd = -1 })

/*
 * Find the function that @plan wants, or make one. Says why there is none;
 * EXIT_DONE, EXIT_USAGE or EXIT_CANNOT.
 */
int setup_open(struct setup *setup, const struct plan *plan);

/* Once its window is not mapped any more. */
void setup_close(struct setup *setup);

/* Its figures now; false: it is gone, or none of this kernel. */
bool setup_read(const struct setup *setup, struct intmgr_function *function);

#endif
