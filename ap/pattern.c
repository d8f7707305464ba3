// SPDX-License-Identifier: GPL-2.0-only
#include "pattern.h"

#include <math.h>
#include <stdio.h>

#include "injector/random.h"

#define BURST_MAX	64	/* a budget of NAPI */

/* From @least to @most, both included, each factor as likely. */
static u64 draw(u64 *state, u64 least, u64 most)
{
	double part = (double)(random_next(state) >> 11) / (1ULL << 53);
	double value = least * pow((double)(most + 1) / least, part);

	return min((u64)value, most);
}

static u64 draw_interval(u64 *state, const struct plan *plan)
{
	return draw(state, plan->from_ns, plan->to_ns);
}

static void draw_ramp(u64 *state, struct plan *plan, char text[PATTERN_TEXT])
{
	plan->ramp_from_ns = draw_interval(state, plan);
	plan->ramp_to_ns = draw_interval(state, plan);
	snprintf(text, PATTERN_TEXT, "ramp:%lluns..%lluns",
		 (unsigned long long)plan->ramp_from_ns,
		 (unsigned long long)plan->ramp_to_ns);
}

void pattern_draw(struct plan *plan, char text[PATTERN_TEXT])
{
	static const u32 kinds[] = {
		SCHEDULE_CBR, SCHEDULE_POISSON, SCHEDULE_BURST, SCHEDULE_RAMP,
	};
	u64 state = plan->seed;

	plan->schedule = kinds[random_next(&state) % ARRAY_SIZE(kinds)];
	plan->interval_ns = draw_interval(&state, plan);
	snprintf(text, PATTERN_TEXT, "%s", schedule_kind_name(plan->schedule));
	if (plan->schedule == SCHEDULE_BURST) {
		plan->burst = draw(&state, 2, BURST_MAX);
		snprintf(text, PATTERN_TEXT, "burst:%u", plan->burst);
	} else if (plan->schedule == SCHEDULE_RAMP) {
		draw_ramp(&state, plan, text);
	}
	plan->schedule_text = text;
}
