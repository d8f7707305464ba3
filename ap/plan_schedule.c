// SPDX-License-Identifier: GPL-2.0-only
#include "plan_schedule.h"

#include "kmod/uapi/intmgr.h"
#include "say.h"
#include "trace.h"

#define BUSY_SHOTS	1024	/* that come fast one after the other */

static int check_intervals(const struct plan *plan)
{
	if (plan->schedule != SCHEDULE_RAMP && plan->schedule != SCHEDULE_TRACE)
		return EXIT_DONE;
	if (plan->nsizes)
		return say_usage("--schedule %s: the intervals are the sweep's: take cbr, poisson or burst:N",
				 plan->schedule_text);
	if (plan->interval_given)
		return say_usage("--interval: --schedule %s has intervals of its own: leave one of them out",
				 plan->schedule_text);
	if (plan->schedule == SCHEDULE_RAMP && plan->count > SCHEDULE_MAX_RAMP)
		return say_usage("--count: a ramp has at most %llu shots",
				 SCHEDULE_MAX_RAMP);
	return EXIT_DONE;
}

int plan_check_schedule(const struct plan *plan)
{
	if (plan->schedule == SCHEDULE_CBR)
		return EXIT_DONE;
	if (plan->closed_loop)
		return say_usage("--closed-loop has no due times: leave out --schedule %s",
				 plan->schedule_text);
	if (plan->against != INTMGR_AGAINST_DRIVER)
		return say_usage("--schedule %s: floors are fired one each interval: use it with --against driver",
				 plan->schedule_text);
	return check_intervals(plan);
}

static int fit_trace(struct plan *plan)
{
	int code = trace_read(plan->trace, &plan->times, &plan->ntimes);

	if (code)
		return code;
	if (!plan->count_given)
		plan->count = plan->ntimes;
	if (plan->count > plan->ntimes)
		return say_usage("--count: %s has %u times, which is the most",
				 plan->trace, plan->ntimes);
	plan->interval_ns = plan->count == 1 ? 0 :
			    (plan->times[plan->count - 1] - plan->times[0]) /
			    (plan->count - 1);
	return EXIT_DONE;
}

int plan_fit_schedule(struct plan *plan)
{
	if (plan->schedule == SCHEDULE_TRACE)
		return fit_trace(plan);
	if (plan->schedule == SCHEDULE_RAMP)
		plan->interval_ns = (plan->ramp_from_ns + plan->ramp_to_ns) / 2;
	return EXIT_DONE;
}

static u64 busiest_of_trace(const struct plan *plan)
{
	u64 shortest = plan->interval_ns * BUSY_SHOTS, i;

	for (i = BUSY_SHOTS; i < plan->count; i++)
		shortest = min(shortest,
			       plan->times[i] - plan->times[i - BUSY_SHOTS]);
	return shortest / BUSY_SHOTS;
}

u64 plan_busiest_ns(const struct plan *plan)
{
	if (plan->schedule == SCHEDULE_TRACE)
		return busiest_of_trace(plan);
	if (plan->schedule == SCHEDULE_RAMP)
		return min(plan->ramp_from_ns, plan->ramp_to_ns);
	return plan->interval_ns;
}
