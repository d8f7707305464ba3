/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The part of a plan that says when shots are due: what goes with what, and
 * what its intervals are.
 */
#ifndef AP_PLAN_SCHEDULE_H
#define AP_PLAN_SCHEDULE_H

#include "plan.h"

/* Does the schedule go with the rest? EXIT_DONE, or EXIT_USAGE after saying why not. */
int plan_check_schedule(const struct plan *plan);

/*
 * Read the trace, and work out count and mean interval where the schedule
 * decides them. EXIT_DONE, or EXIT_USAGE or EXIT_CANNOT after saying what is
 * wrong.
 */
int plan_fit_schedule(struct plan *plan);

/* The mean interval where shots come fastest, for who has to keep up with them. */
u64 plan_busiest_ns(const struct plan *plan);

#endif
