/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A run's summary for a person.
 */
#ifndef AP_REPORT_H
#define AP_REPORT_H

#include <stdio.h>

#include "plan.h"
#include "result.h"

void report_write(FILE *out, const struct plan *plan, const struct facts *facts,
		  const struct result *result);

/* Only how many shots there were, and what became of them. */
void report_shots(FILE *out, const struct plan *plan,
		  const struct result *result);

#endif
