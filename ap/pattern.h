/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A pattern of shots drawn from a seed.
 */
#ifndef AP_PATTERN_H
#define AP_PATTERN_H

#include "plan.h"

#define PATTERN_TEXT	64	/* bytes */

/*
 * Draw schedule and interval of @plan from its seed, within its range of
 * intervals (from_ns, to_ns): each kind of schedule that needs no file is as
 * likely, and as likely is each factor between two intervals. @text holds what
 * --schedule would be, and must live as long as the plan.
 */
void pattern_draw(struct plan *plan, char text[PATTERN_TEXT]);

#endif
