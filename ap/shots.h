/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One request to the kernel for a series of shots, as the plan has it.
 */
#ifndef AP_SHOTS_H
#define AP_SHOTS_H

#include "plan.h"
#include "rig.h"

/*
 * The interval of shots that are not the plan's own, one each: its mean, but
 * within what is quick and what can be run.
 */
u64 shots_quick_ns(const struct plan *plan);

/* What @plan asks for, fired against @against (enum intmgr_against). */
struct intmgr_run shots_spec(const struct plan *plan, u32 against);

/* The mark of a run of its own. */
u64 shots_mark(void);

/* The plan's frame, to @port in host order. EXIT_DONE or EXIT_CANNOT. */
int shots_frame(const struct rig *rig, const struct plan *plan, u16 port,
		u64 mark, u8 *frame);

/*
 * Run, and fetch the figures. 0, or -errno of the run; the figures are then
 * partial, all 0 if it never was, and as they were if the user wants to stop.
 */
int shots_fire(const struct rig *rig, struct intmgr_run *run,
	       struct intmgr_stats *stats);

#endif
