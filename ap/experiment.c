// SPDX-License-Identifier: GPL-2.0-only
#include "experiment.h"

#include "drive.h"
#include "floors.h"
#include "injector/record.h"
#include "progress.h"
#include "records.h"
#include "say.h"
#include "shots.h"

#define PROBE_NS	1000000	/* between two probes */

/*
 * A run nobody counts: the first frames meet cold caches, and under emulation
 * code that is still to be translated, for some ten milliseconds. If the target
 * dies in it, that counts.
 */
static int warm_up(struct rig *rig, const struct plan *plan,
		   struct result *result)
{
	struct result warmed = *result;
	struct plan warm = *plan;
	int code;

	if (!plan->warmup)
		return EXIT_DONE;
	warm.count = plan->warmup;
	warm.schedule = SCHEDULE_CBR;
	warm.interval_ns = shots_quick_ns(plan);
	warm.closed_loop = false;
	code = drive(rig, &warm, NULL, &warmed);
	result->deaths = warmed.deaths;
	result->restarts = warmed.restarts;
	memcpy(result->death, warmed.death, sizeof(result->death));
	return code;
}

/* Shots of floors and of the warm-up are none of the run. */
static void forget_shots(struct result *result)
{
	u32 i;

	for (i = 0; i < min(result->deaths, (u32)RESULT_DEATHS); i++)
		result->death[i].sent = 0;
}

/* Does each queue still take frames, now that there is time? */
static int probe(struct rig *rig, const struct plan *plan,
		 struct result *result)
{
	struct result probed = { 0 };
	struct plan slow = *plan;
	int code;

	if (!plan->probe || result->interrupted)
		return EXIT_DONE;
	slow.count = plan->probe;
	slow.schedule = SCHEDULE_CBR;
	slow.interval_ns = PROBE_NS;
	slow.closed_loop = false;
	code = drive(rig, &slow, NULL, &probed);
	result->probed = probed.stats.sent;
	result->probe_lost = probed.stats.sent -
			     probed.stats.outcome[OUTCOME_DELIVERED];
	return code;
}

static int run_driver(struct rig *rig, const struct plan *plan,
		      struct records *log, struct result *result)
{
	int code = EXIT_DONE;

	if (result_has_floors(plan))
		code = floors_measure(rig, plan, result);
	if (!code)
		code = warm_up(rig, plan, result);
	forget_shots(result);
	if (!code)
		code = drive(rig, plan, log, result);
	return code ? code : probe(rig, plan, result);
}

int experiment_run(struct rig *rig, const struct plan *plan,
		   struct records *log, const char *label,
		   struct result *result)
{
	struct progress progress = { 0 };
	int code;

	*result = (struct result){ 0 };
	if (!plan->quiet && progress_wanted())
		progress_start(&progress, label, &rig->dev, plan->count);
	code = plan->against == INTMGR_AGAINST_DRIVER ?
		       run_driver(rig, plan, log, result) :
		       floors_run(rig, plan, result);
	progress_stop(&progress);
	if (rig->dev.ops && rig->dev.ops->standings)
		rig->dev.ops->standings(&rig->dev, &result->standings);
	return code;
}
