/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A target that dies under its shots: how is noted, and --restart starts it
 * again.
 */
#ifndef AP_LIVES_H
#define AP_LIVES_H

#include "plan.h"
#include "result.h"
#include "rig.h"

/*
 * A run of @sent shots so far ended with -ENODEV; did anything come of it since
 * the last restart? Note it in @result, and make the target and the rig ready to
 * go on, if the plan wants that. EXIT_DONE, or EXIT_CANNOT after saying how the
 * target ended and why it stays like that.
 */
int lives_next(struct rig *rig, const struct plan *plan, u64 sent, bool progress,
	       struct result *result);

/*
 * rig_open(), before which a node that has ended is started again, if the plan
 * wants that.
 */
int lives_open(struct rig *rig, const struct plan *plan);

#endif
