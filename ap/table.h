/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A sweep's table: tab-separated, one line a point, settings in comments.
 */
#ifndef AP_TABLE_H
#define AP_TABLE_H

#include <stdio.h>

#include "plan.h"
#include "result.h"

void table_write_header(FILE *out, const struct plan *plan,
			const struct facts *facts);
void table_write_point(FILE *out, const struct plan *plan,
		       const struct result *result);

#endif
