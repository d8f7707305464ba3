// SPDX-License-Identifier: GPL-2.0-only
#include "points.h"

#include <math.h>

#define USUAL_POINTS	24

/* Three significant digits are what a person reads off a curve. */
static u64 round_ns(double ns)
{
	double unit = pow(10, floor(log10(ns)) - 2);

	return unit > 1 ? llround(ns / unit) * llround(unit) : llround(ns);
}

static int list_geometric(const struct plan *plan, u64 *out)
{
	u32 i, n = 0, points = plan->points ? plan->points : USUAL_POINTS;
	double ratio = (double)plan->to_ns / plan->from_ns;
	u64 ns;

	out[n++] = plan->from_ns;
	for (i = 1; i < points - 1; i++) {
		ns = round_ns(plan->from_ns * pow(ratio, i / (points - 1.0)));
		if (ns > out[n - 1] && ns < plan->to_ns)
			out[n++] = ns;
	}
	out[n++] = plan->to_ns;
	return n;
}

static int list_steps(const struct plan *plan, u64 *out)
{
	u64 ns;
	int n = 0;

	for (ns = plan->from_ns; ns < plan->to_ns; ns += plan->step_ns) {
		if (n == PLAN_POINTS - 1)
			return -E2BIG;
		out[n++] = ns;
	}
	out[n++] = plan->to_ns;
	return n;
}

int points_list(const struct plan *plan, u64 out[PLAN_POINTS])
{
	return plan->step_ns ? list_steps(plan, out) :
			       list_geometric(plan, out);
}

void lossless_take(struct lossless *l, u64 interval_ns, bool lost)
{
	if (lost)
		l->interval_ns = 0;
	else if (!l->interval_ns)
		l->interval_ns = interval_ns;
}
