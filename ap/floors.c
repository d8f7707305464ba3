// SPDX-License-Identifier: GPL-2.0-only
#include "floors.h"

#include <stdint.h>

#include "drive.h"
#include "injector/frame.h"
#include "injector/record.h"
#include "lives.h"
#include "say.h"
#include "shots.h"
#include "target.h"

#define FLOOR_SHOTS_GAP	5000	/* at most */
#define FLOOR_SHOTS	1000	/* of a copy, of an IPI */
#define NOBODYS_PORT	9	/* the frame is delivered to none */

/* A run that delivers no frame; COPY wants one all the same. */
static int fire(const struct rig *rig, struct intmgr_run *run,
		const struct plan *plan, struct intmgr_stats *stats)
{
	u8 frame[FRAME_MAX_SIZE];

	if (run->against == INTMGR_AGAINST_COPY) {
		if (shots_frame(rig, plan, NOBODYS_PORT, shots_mark(), frame))
			return -EINVAL;
		run->frame = (uintptr_t)frame;
		run->frame_len = plan->size;
	}
	return shots_fire(rig, run, stats);
}

/*
 * A floor that the target dies in is begun anew, once. EXIT_DONE and the run's
 * *err, or EXIT_CANNOT after saying how the target ended.
 */
static int fire_alive(struct rig *rig, const struct plan *plan,
		      const struct intmgr_run *spec, struct result *result,
		      struct intmgr_stats *stats, int *err)
{
	bool first = true;
	int code;

	for (;; first = false) {
		struct intmgr_run run = *spec;

		*err = fire(rig, &run, plan, stats);
		if (*err != -ENODEV || !plan->target->foreign)
			return EXIT_DONE;
		code = lives_next(rig, plan, stats->sent, first, result);
		if (code)
			return code;
	}
}

int floors_run(struct rig *rig, const struct plan *plan, struct result *result)
{
	const struct intmgr_run run = shots_spec(plan, plan->against);
	int err, code;

	code = fire_alive(rig, plan, &run, result, &result->stats, &err);
	return code ? code : drive_end(err, result);
}

static int judge(u32 against, int err, const struct intmgr_stats *stats)
{
	if (err == -EINTR)
		return say_cannot("stopped before the first shot");
	if (err)
		return say_cannot("the floor against %s could not be measured: %s",
				  plan_against_name(against),
				  device_error_text(err));
	if (stats->outcome[OUTCOME_DELIVERED] != stats->sent)
		return say_cannot("the floor against %s could not be measured: %llu of %llu shots had no answer (--no-floor goes without)",
				  plan_against_name(against),
				  stats->sent - stats->outcome[OUTCOME_DELIVERED],
				  stats->sent);
	return EXIT_DONE;
}

static int measure(struct rig *rig, const struct plan *plan, u32 against,
		   u64 shots, struct intmgr_stats *stats, struct result *result)
{
	struct intmgr_run run = shots_spec(plan, against);
	int err, code;

	run.interval_ns = shots_quick_ns(plan);
	run.count = shots;
	run.late = LATE_SHIFT;
	code = fire_alive(rig, plan, &run, result, stats, &err);
	return code ? code : judge(against, err, stats);
}

int floors_measure(struct rig *rig, const struct plan *plan,
		   struct result *result)
{
	u64 gaps = min(plan->count, (u64)FLOOR_SHOTS_GAP);
	struct floors *floors = &result->floors;
	struct intmgr_stats stats = { 0 };
	int code;

	code = measure(rig, plan, INTMGR_AGAINST_MEMORY, gaps, &stats, result);
	if (code)
		return code;
	floors->gap_outside_2us = result_share(stats.gap_outside_2us,
					       stats.gap.count);
	code = measure(rig, plan, INTMGR_AGAINST_COPY, FLOOR_SHOTS, &stats,
		       result);
	if (code)
		return code;
	floors->memcpy_ns = stats.send.p50;
	code = measure(rig, plan, INTMGR_AGAINST_HANDLER, FLOOR_SHOTS, &stats,
		       result);
	floors->ipi_ns = stats.send.p50;
	return code;
}
