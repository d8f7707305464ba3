/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Does a result hold what --expect asks of it?
 */
#ifndef AP_JUDGE_H
#define AP_JUDGE_H

#include "plan.h"

struct json_object;

/* EXIT_DONE, or EXIT_EXPECTATION after saying each that failed. */
int judge_result(const struct plan *plan, struct json_object *result);

#endif
