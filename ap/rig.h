/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The machine made ready for runs: a function with its driver, the device
 * attached to it, the interface set up where the driver runs, this command out of the pacing CPU's way.
 */
#ifndef AP_RIG_H
#define AP_RIG_H

#include "device.h"
#include "plan.h"
#include "result.h"
#include "setup.h"
#include "site.h"

struct rig {
	struct device dev;
	struct setup setup;		/* of a run in this kernel */
	bool own_function;		/* its function is there for this rig alone */
	struct site site;
	struct facts facts;
};

/*
 * Make ready what @plan needs. Says what is missing; EXIT_DONE, EXIT_USAGE
 * where the plan asks for more than the driver has, or EXIT_CANNOT.
 */
int rig_open(struct rig *rig, const struct plan *plan);
void rig_close(struct rig *rig);

/*
 * The node died: start it again as it was, and make it ready. EXIT_DONE, or
 * another code after saying why not.
 */
int rig_restart(struct rig *rig, const struct plan *plan);

#endif
