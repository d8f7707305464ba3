// SPDX-License-Identifier: GPL-2.0-only
#include "option_schedule.h"

#include <stdio.h>

#include "option_value.h"
#include "say.h"

/* What stands behind a kind's name and a colon. */
struct form {
	const char *rest, *example;	/* NULL: nothing does */
	int (*take)(const char *name, const char *text, struct plan *plan);
};

static int take_burst(const char *name, const char *text, struct plan *plan)
{
	return option_small(name, text, 1, SCHEDULE_MAX_BURST, &plan->burst);
}

static int take_ramp(const char *name, const char *text, struct plan *plan)
{
	return option_range(name, text, &plan->ramp_from_ns, &plan->ramp_to_ns);
}

static int take_trace(const char *name, const char *text, struct plan *plan)
{
	return option_path(name, text, &plan->trace);
}

static const struct form forms[SCHEDULE_KINDS] = {
	[SCHEDULE_BURST] = { ":N", "burst:8", take_burst },
	[SCHEDULE_RAMP] = { ":FROM..TO", "ramp:60us..1us", take_ramp },
	[SCHEDULE_TRACE] = { ":FILE", "trace:times.txt", take_trace },
};

static int find_kind(const char *name, const char *text, size_t len, u32 *kind)
{
	char list[128] = "";
	u32 i;

	for (i = 0; i < SCHEDULE_KINDS; i++) {
		const char *known = schedule_kind_name(i);

		if (strlen(known) == len && !memcmp(known, text, len)) {
			*kind = i;
			return EXIT_DONE;
		}
		snprintf(list + strlen(list), sizeof(list) - strlen(list),
			 "%s%s%s", i ? ", " : "", known,
			 forms[i].rest ? forms[i].rest : "");
	}
	return say_usage("--%s: there is no '%.*s': choose one of %s", name,
			 (int)len, text, list);
}

int option_schedule(const char *name, const char *text, struct plan *plan)
{
	size_t len = strcspn(text, ":");
	const struct form *form;
	int code;

	code = find_kind(name, text, len, &plan->schedule);
	if (code)
		return code;
	form = &forms[plan->schedule];
	if (!form->take && text[len])
		return say_usage("--%s: '%s': nothing follows %.*s", name, text,
				 (int)len, text);
	if (form->take && !text[len])
		return say_usage("--%s: '%s' is not all: write it as %s", name,
				 text, form->example);
	plan->schedule_text = text;
	plan->burst = 0;
	plan->ramp_from_ns = 0;
	plan->ramp_to_ns = 0;
	plan->trace = NULL;
	return form->take ? form->take(name, text + len + 1, plan) : EXIT_DONE;
}
