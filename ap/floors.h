/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contract 7: what the same loop shows without the driver, in the same run.
 */
#ifndef AP_FLOORS_H
#define AP_FLOORS_H

#include "plan.h"
#include "result.h"
#include "rig.h"

/* Measure the three floors into @result. EXIT_DONE or EXIT_CANNOT. */
int floors_measure(struct rig *rig, const struct plan *plan,
		   struct result *result);

/* One run against a floor, which the plan asks for itself. The same. */
int floors_run(struct rig *rig, const struct plan *plan, struct result *result);

#endif
