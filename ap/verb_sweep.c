// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr sweep: one run for each size and interval, as the paper's Figure 8.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include <json-c/json.h>

#include "experiment.h"
#include "judge.h"
#include "lives.h"
#include "number.h"
#include "options.h"
#include "plan.h"
#include "plot.h"
#include "points.h"
#include "rig.h"
#include "say.h"
#include "stop.h"
#include "table.h"
#include "target.h"
#include "verbs.h"

#define USUAL_SIZES	3	/* of plan_init() */

static const struct usage usage = {
	.verb = VERB_SWEEP,
	.name = "sweep",
	.synopsis = "intmgr sweep [OPTION]...",
	.about = "Run at each interval of a range for each size of frame, and write a table of\n"
		 "success rates, losses and times. The MTU is set once, for the largest size.",
};

/* Where the points go: the table, and a copy for gnuplot if stdout has it. */
struct sweep {
	struct rig rig;
	FILE *out, *copy;
	char table[64];		/* the copy's path */
	u64 interval[PLAN_POINTS];
	int intervals;
	int expected;		/* EXIT_DONE, or EXIT_EXPECTATION */
};

static int judge_point(const struct plan *plan, const struct facts *facts,
		       const struct result *result)
{
	struct json_object *o;
	int code;

	if (!plan->expects)
		return EXIT_DONE;
	o = result_json(plan, facts, result);
	code = judge_result(plan, o);
	json_object_put(o);
	if (code)
		say_note("... at %u bytes, interval %llu ns", plan->size,
			 (unsigned long long)plan->interval_ns);
	return code;
}

static int sweep_point(struct sweep *s, const struct plan *plan,
		       struct lossless *lossless)
{
	struct result result;
	char label[64], interval[32];
	int code;

	snprintf(label, sizeof(label), "%u bytes, %s", plan->size,
		 number_show_time(plan->interval_ns, interval));
	code = experiment_run(&s->rig, plan, NULL, label, &result);
	if (code)
		return code;
	table_write_point(s->out, plan, &result);
	if (s->copy)
		table_write_point(s->copy, plan, &result);
	lossless_take(lossless, plan->interval_ns,
		      result.stats.received != result.stats.sent);
	if (judge_point(plan, &s->rig.facts, &result))
		s->expected = EXIT_EXPECTATION;
	return EXIT_DONE;
}

static void show_lossless(const struct plan *plan, const struct lossless *l)
{
	char interval[32];

	if (plan->quiet)
		return;
	if (l->interval_ns)
		fprintf(stderr, "%u bytes: first lossless interval %s\n",
			plan->size,
			number_show_time(l->interval_ns, interval));
	else
		fprintf(stderr, "%u bytes: no lossless interval in the range\n",
			plan->size);
}

static int sweep_size(struct sweep *s, struct plan *plan)
{
	struct lossless lossless = { 0 };
	int i, code;

	for (i = 0; i < s->intervals; i++) {
		plan->interval_ns = s->interval[i];
		code = sweep_point(s, plan, &lossless);
		if (code)
			return code;
	}
	show_lossless(plan, &lossless);
	return EXIT_DONE;
}

static int sweep_all(struct sweep *s, struct plan *plan)
{
	int code = EXIT_DONE;
	u32 i;

	table_write_header(s->out, plan, &s->rig.facts);
	if (s->copy)
		table_write_header(s->copy, plan, &s->rig.facts);
	for (i = 0; i < plan->nsizes && !code; i++) {
		plan->size = plan->sizes[i];
		code = sweep_size(s, plan);
	}
	if (ferror(s->out) && !code)
		code = say_cannot("the table is not whole: cannot write it");
	return code;
}

static int open_table(struct sweep *s, const struct plan *plan)
{
	int fd;

	s->out = plan->out ? fopen(plan->out, "we") : stdout;
	if (!s->out)
		return say_cannot("cannot write %s: %m", plan->out);
	if (!plan->plot || plan->out)
		return EXIT_DONE;
	fd = memfd_create("table", 0);	/* gnuplot inherits it */
	s->copy = fd < 0 ? NULL : fdopen(fd, "w");
	if (!s->copy)
		return say_cannot("no memory for the plot's data");
	snprintf(s->table, sizeof(s->table), "/proc/self/fd/%d", fd);
	return EXIT_DONE;
}

static int close_table(struct sweep *s)
{
	int bad = 0;

	if (s->copy)
		bad |= fclose(s->copy);
	if (s->out && s->out != stdout)
		bad |= fclose(s->out);
	return bad ? say_cannot("the table is not whole: cannot write it") :
		     EXIT_DONE;
}

static int sweep_on(struct sweep *s, struct plan *plan)
{
	int code, closed;

	code = open_table(s, plan);
	if (!code)
		code = sweep_all(s, plan);
	if (!code && plan->plot)
		code = plot_draw(plan->out ? plan->out : s->table, plan->plot);
	closed = close_table(s);
	if (!code)
		code = closed;
	return code ? code : s->expected;
}

/* Of the usual sizes, which rise, those that the driver can take. */
static void choose_sizes(struct plan *plan)
{
	u32 most = plan_largest_possible(plan);

	plan->nsizes = USUAL_SIZES;
	while (plan->nsizes > 1 && plan->sizes[plan->nsizes - 1] > most)
		plan->nsizes--;
}

static int sweep_check(struct sweep *s, struct plan *plan)
{
	plan_choose_driver(plan);
	if (!plan->nsizes)
		choose_sizes(plan);
	s->intervals = points_list(plan, s->interval);
	if (s->intervals < 0)
		return say_usage("--step: the range has more than %d steps: take a longer one",
				 PLAN_POINTS);
	return plan_check(plan);
}

int verb_sweep(int argc, char **argv)
{
	static struct sweep sweep;
	struct plan plan;
	int code;

	plan_init(&plan);
	code = options_read(&usage, argc, argv, &plan);
	if (code)
		return code == OPTIONS_HELP ? EXIT_DONE : code;
	code = sweep_check(&sweep, &plan);
	if (code)
		return code;
	if (plan.deterministic && plan.target->elsewhere)
		return plan.target->elsewhere(&plan);
	stop_catch();
	code = lives_open(&sweep.rig, &plan);
	if (code)
		return code;
	code = sweep_on(&sweep, &plan);
	rig_close(&sweep.rig);
	return code;
}
