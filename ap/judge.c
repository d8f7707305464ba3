// SPDX-License-Identifier: GPL-2.0-only
#include "judge.h"

#include "say.h"

static int judge_one(const struct expectation *e, struct json_object *result)
{
	double value;

	if (expect_find(result, e->name, &value)) {
		say_note("expectation failed: %s, but %s has no value in this run",
			 e->text, e->name);
		return EXIT_EXPECTATION;
	}
	if (expect_holds(e, value))
		return EXIT_DONE;
	say_note("expectation failed: %s, but it is %.9g", e->text, value);
	return EXIT_EXPECTATION;
}

int judge_result(const struct plan *plan, struct json_object *result)
{
	int code = EXIT_DONE;
	u32 i;

	for (i = 0; i < plan->expects; i++)
		if (judge_one(&plan->expect[i], result))
			code = EXIT_EXPECTATION;
	return code;
}
