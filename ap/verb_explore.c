// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr explore: look for a pattern of interrupts that a driver cannot stand.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <json-c/json.h>

#include "cpus.h"
#include "explore.h"
#include "json_print.h"
#include "options.h"
#include "plan.h"
#include "say.h"
#include "stop.h"
#include "verbs.h"

#define COUNT	2000
#define RING	256
#define PROBES	10

static const struct usage usage = {
	.verb = VERB_EXPLORE,
	.name = "explore",
	.synopsis = "intmgr explore [OPTION]...",
	.about = "Run in virtual time with many seeds and patterns of shots, on all CPUs at a time,\n"
		 "until one goes wrong: the kernel complains or hangs, the driver loses a frame that\n"
		 "it was given, does what no driver should, or leaves a queue hanging, the sums\n"
		 "disagree, or an --expect does not hold. The one with the lowest seed is printed as\n"
		 "the command that does it again; exit code 1 then.",
};

/* What each run has to keep to; frames that found no room are no fault. */
static const char *const expected[] = {
	"lost.driver==0", "lost.masked==0", "lost.bad_descriptor==0",
	"fault_kinds==0",
};

static int add_expected(struct plan *plan)
{
	size_t i;

	if (plan->expects + ARRAY_SIZE(expected) > PLAN_EXPECTS)
		return say_usage("--expect: explore takes at most %zu of them",
				 PLAN_EXPECTS - ARRAY_SIZE(expected));
	for (i = 0; i < ARRAY_SIZE(expected); i++)
		expect_parse(expected[i], &plan->expect[plan->expects++]);
	return EXIT_DONE;
}

static void choose_jobs(struct plan *plan)
{
	if (!plan->jobs)
		plan->jobs = max(cpus_allowed(), 1);
	plan->jobs = min(plan->jobs, plan->seeds);
}

static void show_command(const struct exploration *e)
{
	const char *home = getenv("INTMGR_UML");

	if (home)
		printf("INTMGR_UML=%s ", home);
	printf("%s ", program_invocation_name);
	words_show(&e->command, stdout);
	putchar('\n');
}

static void show(const struct plan *plan, const struct exploration *e)
{
	double s = e->elapsed_ns / 1e9;

	if (!plan->quiet)
		say_note("%u of %u runs in %.1f s, %u at a time: %s", e->tried,
			 plan->seeds, s, plan->jobs,
			 e->found ? "one went wrong" : "none went wrong");
	if (!e->found)
		return;
	if (!plan->quiet)
		say_note("seed %llu%s: %s", (unsigned long long)e->seed,
			 e->broken_off ? ", though lower ones had not ended" : "",
			 e->what);
	show_command(e);
}

static void add(struct json_object *o, const char *key, struct json_object *d)
{
	json_object_object_add(o, key, d);
}

static struct json_object *json_command(const struct words *w)
{
	struct json_object *list = json_object_new_array();
	int i;

	for (i = 0; i < w->count; i++)
		json_object_array_add(list, json_object_new_string(w->word[i]));
	return list;
}

static void show_json(const struct plan *plan, const struct exploration *e)
{
	struct json_object *o = json_object_new_object(), *d = NULL;

	add(o, "seeds", json_object_new_uint64(plan->seeds));
	add(o, "jobs", json_object_new_uint64(plan->jobs));
	add(o, "tried", json_object_new_uint64(e->tried));
	add(o, "elapsed_ns", json_object_new_uint64(e->elapsed_ns));
	if (e->found) {
		d = json_object_new_object();
		add(d, "seed", json_object_new_uint64(e->seed));
		add(d, "what", json_object_new_string(e->what));
		add(d, "command", json_command(&e->command));
	}
	add(o, "wrong", d);
	json_print(o);
}

static int explore_plan(struct plan *plan)
{
	static struct exploration e;
	int code = add_expected(plan);

	if (code)
		return code;
	choose_jobs(plan);
	stop_catch();
	code = explore(plan, &e);
	if (code && code != EXIT_EXPECTATION)
		return code;
	if (plan->json)
		show_json(plan, &e);
	else
		show(plan, &e);
	return code || !stop_asked() ? code : say_cannot("stopped");
}

int verb_explore(int argc, char **argv)
{
	struct plan plan;
	int code;

	plan_init(&plan);
	plan.deterministic = true;
	plan.floors = false;
	plan.warmup = 0;
	plan.count = COUNT;
	plan.ring = RING;
	plan.probe = PROBES;
	code = options_read(&usage, argc, argv, &plan);
	if (code)
		return code == OPTIONS_HELP ? EXIT_DONE : code;
	return explore_plan(&plan);
}
