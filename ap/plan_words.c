// SPDX-License-Identifier: GPL-2.0-only
#include "plan_words.h"

static void add_number(struct words *w, const char *option, u64 value, u64 usual)
{
	if (value == usual)
		return;
	words_add(w, "--%s", option);
	words_add(w, "%llu", (unsigned long long)value);
}

static void add_flag(struct words *w, const char *option, bool given)
{
	if (given)
		words_add(w, "--%s", option);
}

static void add_time(struct words *w, const char *option, u64 ns)
{
	words_add(w, "--%s", option);
	if (ns % 1000)
		words_add(w, "%lluns", (unsigned long long)ns);
	else
		words_add(w, "%lluus", (unsigned long long)ns / 1000);
}

static void add_text(struct words *w, const char *option, const char *text)
{
	words_add(w, "--%s", option);
	words_add(w, "%s", text);
}

static void add_driver(struct words *w, const struct plan *plan)
{
	add_text(w, "driver", plan->driver->name);
	if (plan->module)
		add_text(w, "module", plan->module);
}

static void add_sizes(struct words *w, const struct plan *plan)
{
	char list[16 * PLAN_SIZES] = "";
	size_t len = 0;
	u32 i;

	for (i = 0; i < plan->nsizes; i++)
		len += snprintf(list + len, sizeof(list) - len, "%s%u",
				i ? "," : "", plan->sizes[i]);
	add_text(w, "size", list);
}

static void add_range(struct words *w, const struct plan *plan)
{
	words_add(w, "--interval");
	words_add(w, "%lluns..%lluns", (unsigned long long)plan->from_ns,
		  (unsigned long long)plan->to_ns);
	add_number(w, "points", plan->points, 0);
	if (plan->step_ns)
		add_time(w, "step", plan->step_ns);
}

/* Ramps and traces have intervals of their own. */
static void add_schedule(struct words *w, const struct plan *plan)
{
	if (plan->nsizes)
		add_range(w, plan);
	else if (plan->schedule != SCHEDULE_RAMP && plan->schedule != SCHEDULE_TRACE)
		add_time(w, "interval", plan->interval_ns);
	if (plan->schedule != SCHEDULE_CBR)
		add_text(w, "schedule", plan->schedule_text);
	if (plan->late != LATE_SHIFT)
		add_text(w, "late", schedule_late_name(plan->late));
	add_flag(w, "closed-loop", plan->closed_loop);
	words_add(w, "--count");
	words_add(w, "%llu", (unsigned long long)plan->count);
}

static void add_cost(struct words *w, const struct plan *plan,
		     const struct plan *usual)
{
	if (!memcmp(&plan->cost, &usual->cost, sizeof(plan->cost)))
		return;
	words_add(w, "--cost");
	words_add(w, "access=%uns,frame=%uns,interrupt=%uns",
		  plan->cost.access_ns, plan->cost.frame_ns,
		  plan->cost.interrupt_ns);
}

void plan_words(const struct plan *plan, struct words *w)
{
	struct plan usual;

	plan_init(&usual);
	words_add(w, plan->nsizes ? "sweep" : "run");
	add_flag(w, "deterministic", true);
	add_driver(w, plan);
	words_add(w, "--seed");
	words_add(w, "%llu", (unsigned long long)plan->seed);
	add_schedule(w, plan);
	if (plan->nsizes)
		add_sizes(w, plan);
	else
		add_number(w, "size", plan->size, usual.size);
	add_number(w, "ring", plan->ring, usual.ring);
	add_number(w, "mtu", plan->mtu, usual.mtu);
	add_number(w, "queues", plan->queues, usual.queues);
	add_number(w, "warmup", plan->warmup, usual.warmup);
	if (plan->against != usual.against)
		add_text(w, "against", plan_against_name(plan->against));
	add_cost(w, plan, &usual);
	add_number(w, "probe", plan->probe, usual.probe);
	add_flag(w, "no-floor", !plan->floors);
}

void plan_words_expect(const struct plan *plan, struct words *w)
{
	u32 i;

	for (i = 0; i < plan->expects; i++)
		add_text(w, "expect", plan->expect[i].text);
}
