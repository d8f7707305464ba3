/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Shots at the driver, with a reader at their end.
 */
#ifndef AP_DRIVE_H
#define AP_DRIVE_H

#include "plan.h"
#include "result.h"
#include "rig.h"

struct records;

/*
 * All the plan's shots, in as many lives of the target as that takes and the
 * plan allows, and whether their sums agree. @log may be NULL. EXIT_DONE, or
 * EXIT_CANNOT after saying why; *result is worth showing if its stats.sent is
 * not 0.
 */
int drive(struct rig *rig, const struct plan *plan, struct records *log,
	  struct result *result);

/* What the exit code of a run that ended with @err is; says so. */
int drive_end(int err, struct result *result);

#endif
