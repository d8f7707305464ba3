/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The intervals of a sweep, and what its points say about losses.
 */
#ifndef AP_POINTS_H
#define AP_POINTS_H

#include "plan.h"

/*
 * Fill @out with the plan's intervals, ascending, all different, the range's
 * ends included. Returns how many, or -E2BIG: more than PLAN_POINTS.
 */
int points_list(const struct plan *plan, u64 out[PLAN_POINTS]);

/* The shortest interval from which on nothing was lost. */
struct lossless {
	u64 interval_ns;	/* 0: none */
};

/* Take the points in ascending order. */
void lossless_take(struct lossless *l, u64 interval_ns, bool lost);

#endif
