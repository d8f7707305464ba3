/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The value of --schedule: a kind and what it needs to know.
 */
#ifndef AP_OPTION_SCHEDULE_H
#define AP_OPTION_SCHEDULE_H

#include "plan.h"

/* EXIT_DONE, or EXIT_USAGE after saying what is wrong. */
int option_schedule(const char *name, const char *text, struct plan *plan);

#endif
