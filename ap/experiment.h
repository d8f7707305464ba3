/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One run on a rig: its floors, then its shots with a reader at their end,
 * then its figures and whether they agree.
 */
#ifndef AP_EXPERIMENT_H
#define AP_EXPERIMENT_H

#include "plan.h"
#include "result.h"
#include "rig.h"

struct records;

/*
 * Run what @plan says. @log may be NULL. @label goes before the progress line.
 * EXIT_DONE: *result is whole. EXIT_CANNOT: what went wrong was said, and
 * *result is worth showing if its stats.sent is not 0.
 */
int experiment_run(struct rig *rig, const struct plan *plan,
		   struct records *log, const char *label,
		   struct result *result);

#endif
