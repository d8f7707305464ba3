// SPDX-License-Identifier: GPL-2.0-only
#include "options.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "injector/frame.h"
#include "kmod/uapi/intmgr.h"
#include "kmod/uapi/intmgr_node.h"
#include "kmod/uapi/intmgr_target.h"
#include "option_driver.h"
#include "option_schedule.h"
#include "option_value.h"
#include "say.h"
#include "target.h"

#define MAX_WARMUP	10000	/* kmod/uapi/intmgr.h */
#define MAX_PROBE	10000
#define MAX_SEEDS	1000000000
#define MAX_JOBS	1024
#define MAX_RING	65536
#define MIN_MTU		68	/* RFC 791 */
#define MAX_MTU		65535
#define MAX_CPU		65535
#define MAX_COST_NS	1000000000ULL

struct option_row {
	struct option_head head;
	/* @name is the option's as typed, for the sentence. EXIT_DONE or EXIT_USAGE. */
	int (*take)(struct plan *plan, const char *name, const char *text);
};

static int take_target(struct plan *plan, const char *name, const char *text)
{
	static const char numbered[] = "node:";
	char list[64];

	plan->target = target_find(text);
	plan->node = !strcmp(text, "node");
	if (plan->target)
		return EXIT_DONE;
	plan->target = target_find("node");
	if (!plan->target || strncmp(text, numbered, strlen(numbered)))
		return say_usage("--%s: '%s' is none: choose one of %s, or node:N",
				 name, text, target_list(list));
	return option_small(name, text + strlen(numbered), 1, INTMGR_NODES,
			    &plan->node);
}

static int take_restart(struct plan *plan, const char *name, const char *text)
{
	plan->restart = true;
	return EXIT_DONE;
}

static int take_deterministic(struct plan *plan, const char *name,
			      const char *text)
{
	plan->deterministic = true;
	return EXIT_DONE;
}

static int take_one_cost(struct plan *plan, const char *name, char *text)
{
	const struct {
		const char *what;
		u32 *ns;
	} costs[] = {
		{ "access=", &plan->cost.access_ns },
		{ "frame=", &plan->cost.frame_ns },
		{ "interrupt=", &plan->cost.interrupt_ns },
	};
	size_t i, len;
	u64 ns;

	for (i = 0; i < ARRAY_SIZE(costs); i++) {
		len = strlen(costs[i].what);
		if (strncmp(text, costs[i].what, len))
			continue;
		if (option_number(name, text + len, &number_time, 1,
				  MAX_COST_NS, &ns))
			return EXIT_USAGE;
		*costs[i].ns = ns;
		return EXIT_DONE;
	}
	return say_usage("--%s: '%s' is none: write access=T, frame=T or interrupt=T",
			 name, text);
}

static int take_cost(struct plan *plan, const char *name, const char *text)
{
	char copy[128], *left = copy, *one;
	int code = EXIT_DONE;

	snprintf(copy, sizeof(copy), "%s", text);
	while (!code && (one = strsep(&left, ",")))
		code = take_one_cost(plan, name, one);
	return code;
}

static int take_driver(struct plan *plan, const char *name, const char *text)
{
	return option_driver(name, text, &plan->driver);
}

static int take_attach(struct plan *plan, const char *name, const char *text)
{
	u32 attachment;
	int code = option_attachment(name, text, &attachment);

	if (!code)
		plan->attachment = attachment;
	return code;
}

static int take_module(struct plan *plan, const char *name, const char *text)
{
	return option_path(name, text, &plan->module);
}

static int take_function(struct plan *plan, const char *name, const char *text)
{
	return option_small(name, text, 1, INTMGR_FUNCTIONS, &plan->function);
}

static int take_queues(struct plan *plan, const char *name, const char *text)
{
	return option_small(name, text, 1, INTMGR_QUEUES, &plan->queues);
}

static int take_schedule(struct plan *plan, const char *name, const char *text)
{
	return option_schedule(name, text, plan);
}

static int take_interval(struct plan *plan, const char *name, const char *text)
{
	plan->interval_given = true;
	return option_interval(name, text, &plan->interval_ns);
}

static int take_range(struct plan *plan, const char *name, const char *text)
{
	int code = option_range(name, text, &plan->from_ns, &plan->to_ns);

	if (!code && plan->from_ns >= plan->to_ns)
		return say_usage("--%s: '%s' does not rise: write the shorter one first",
				 name, text);
	return code;
}

static int take_count(struct plan *plan, const char *name, const char *text)
{
	plan->count_given = true;
	return option_number(name, text, &number_count, 1, INTMGR_MAX_COUNT,
		       &plan->count);
}

static int take_size(struct plan *plan, const char *name, const char *text)
{
	return option_small(name, text, FRAME_MIN_SIZE, FRAME_MAX_SIZE,
			  &plan->size);
}

static int take_sizes(struct plan *plan, const char *name, const char *text)
{
	char one[16];
	size_t len;

	plan->nsizes = 0;
	for (;; text += len + 1) {
		len = strcspn(text, ",");
		if (plan->nsizes == PLAN_SIZES)
			return say_usage("--%s: more than %d sizes", name,
					 PLAN_SIZES);
		snprintf(one, sizeof(one), "%.*s", (int)len, text);
		if (option_small(name, one, FRAME_MIN_SIZE, FRAME_MAX_SIZE,
			       &plan->sizes[plan->nsizes++]))
			return EXIT_USAGE;
		if (!text[len])
			return EXIT_DONE;
	}
}

static int take_points(struct plan *plan, const char *name, const char *text)
{
	if (plan->step_ns)
		return say_usage("--points and --step: give one of them");
	return option_small(name, text, 2, PLAN_POINTS, &plan->points);
}

static int take_step(struct plan *plan, const char *name, const char *text)
{
	if (plan->points)
		return say_usage("--points and --step: give one of them");
	return option_number(name, text, &number_time, 1, SCHEDULE_MAX_INTERVAL_NS,
		       &plan->step_ns);
}

static int take_ring(struct plan *plan, const char *name, const char *text)
{
	return option_small(name, text, 1, MAX_RING, &plan->ring);
}

static int take_mtu(struct plan *plan, const char *name, const char *text)
{
	return option_small(name, text, MIN_MTU, MAX_MTU, &plan->mtu);
}

static int take_seed(struct plan *plan, const char *name, const char *text)
{
	return option_number(name, text, &number_plain, 0, UINT64_MAX, &plan->seed);
}

static int take_seeds(struct plan *plan, const char *name, const char *text)
{
	return option_small(name, text, 1, MAX_SEEDS, &plan->seeds);
}

static int take_jobs(struct plan *plan, const char *name, const char *text)
{
	return option_small(name, text, 1, MAX_JOBS, &plan->jobs);
}

static int take_late(struct plan *plan, const char *name, const char *text)
{
	const char *names[LATE_POLICIES];
	u32 i;

	for (i = 0; i < LATE_POLICIES; i++)
		names[i] = schedule_late_name(i);
	return option_one_of(name, text, names, LATE_POLICIES, &plan->late);
}

static int take_against(struct plan *plan, const char *name, const char *text)
{
	const char *names[INTMGR_AGAINSTS];
	u32 i;

	for (i = 0; i < INTMGR_AGAINSTS; i++)
		names[i] = plan_against_name(i);
	return option_one_of(name, text, names, INTMGR_AGAINSTS, &plan->against);
}

static int take_cpu_number(const char *name, const char *text, int *cpu)
{
	u32 value;
	int code = option_small(name, text, 0, MAX_CPU, &value);

	if (!code)
		*cpu = value;
	return code;
}

static int take_cpu(struct plan *plan, const char *name, const char *text)
{
	return take_cpu_number(name, text, &plan->cpu);
}

static int take_target_cpu(struct plan *plan, const char *name,
			   const char *text)
{
	return take_cpu_number(name, text, &plan->target_cpu);
}

static int take_probe(struct plan *plan, const char *name, const char *text)
{
	return option_small(name, text, 0, MAX_PROBE, &plan->probe);
}

static int take_warmup(struct plan *plan, const char *name, const char *text)
{
	return option_small(name, text, 0, MAX_WARMUP, &plan->warmup);
}

static int take_closed_loop(struct plan *plan, const char *name,
			    const char *text)
{
	plan->closed_loop = true;
	return EXIT_DONE;
}

static int take_no_floor(struct plan *plan, const char *name, const char *text)
{
	plan->floors = false;
	return EXIT_DONE;
}

static int take_json(struct plan *plan, const char *name, const char *text)
{
	plan->json = true;
	return EXIT_DONE;
}

static int take_quiet(struct plan *plan, const char *name, const char *text)
{
	plan->quiet = true;
	return EXIT_DONE;
}

static int take_log(struct plan *plan, const char *name, const char *text)
{
	return option_path(name, text, &plan->log);
}

static int take_console(struct plan *plan, const char *name, const char *text)
{
	return option_path(name, text, &plan->console);
}

static int take_out(struct plan *plan, const char *name, const char *text)
{
	return option_path(name, text, &plan->out);
}

static int take_plot(struct plan *plan, const char *name, const char *text)
{
	return option_path(name, text, &plan->plot);
}

static int take_expect(struct plan *plan, const char *name, const char *text)
{
	const char *wrong;

	if (plan->expects == PLAN_EXPECTS)
		return say_usage("--%s: more than %d of them", name,
				 PLAN_EXPECTS);
	wrong = expect_parse(text, &plan->expect[plan->expects]);
	if (wrong)
		return say_usage("--%s: '%s' %s", name, text, wrong);
	plan->expects++;
	return EXIT_DONE;
}

static const struct option_row rows[] = {
	{ { "interval", "T", VERB_RUN,
	    "time between two shots, or its mean, 100ns to 10s (38us)" },
	  take_interval },
	{ { "interval", "A..B", VERB_SWEEP,
	    "shortest and longest interval (1us..60us)" },
	  take_range },
	{ { "interval", "A..B", VERB_EXPLORE,
	    "within this each run has its own (1us..60us)" },
	  take_range },
	{ { "seeds", "N", VERB_EXPLORE,
	    "runs, of which each has the next seed (100)" },
	  take_seeds },
	{ { "seed", "N", VERB_EXPLORE,
	    "the first one's (1)" },
	  take_seed },
	{ { "jobs", "N", VERB_EXPLORE,
	    "runs at a time (one for each CPU)" },
	  take_jobs },
	{ { "points", "N", VERB_SWEEP,
	    "intervals in the range, each longer by the same factor (24)" },
	  take_points },
	{ { "step", "T", VERB_SWEEP,
	    "go through the range in steps of T instead" },
	  take_step },
	{ { "count", "N", VERB_RUN,
	    "shots, k and M may follow (5000; of a trace all)" },
	  take_count },
	{ { "count", "N", VERB_SWEEP,
	    "shots for each point, k and M may follow (5000)" },
	  take_count },
	{ { "count", "N", VERB_EXPLORE,
	    "shots of each run, k and M may follow (2000)" },
	  take_count },
	{ { "size", "BYTES", VERB_RUN | VERB_EXPLORE,
	    "the whole Ethernet frame without FCS, 66 to 16384 (1500)" },
	  take_size },
	{ { "size", "BYTES,...", VERB_SWEEP,
	    "one curve for each size of frame (1500,8000,16000)" },
	  take_sizes },
	{ { "ring", "N", VERB_RUN | VERB_SWEEP,
	    "depth of the RX ring (as it is; of a new function 4096 or 1024)" },
	  take_ring },
	{ { "ring", "N", VERB_EXPLORE,
	    "depth of the RX ring (256)" },
	  take_ring },
	{ { "mtu", "N", VERB_RUN | VERB_SWEEP | VERB_EXPLORE,
	    "MTU of the interface (raised to fit the frame)" },
	  take_mtu },
	{ { "target", "NAME", VERB_RUN | VERB_SWEEP,
	    "what runs the driver: kernel, node[:N], or uml (without modules uml)" },
	  take_target },
	{ { "deterministic", NULL, VERB_RUN | VERB_SWEEP,
	    "in virtual time, the same each time (target uml)" },
	  take_deterministic },
	{ { "cost", "WHAT=T,...", VERB_RUN | VERB_SWEEP | VERB_EXPLORE,
	    "there, what takes time (access=100ns,frame=2us,interrupt=500ns)" },
	  take_cost },
	{ { "restart", NULL, VERB_RUN | VERB_SWEEP,
	    "when the node dies, start it again and go on" },
	  take_restart },
	{ { "driver", "NAME", VERB_RUN | VERB_SWEEP | VERB_EXPLORE,
	    "the driver under test: e1000e, e1000, virtio_net, igb (e1000e)" },
	  take_driver },
	{ { "module", "FILE", VERB_RUN | VERB_SWEEP | VERB_EXPLORE,
	    "file of its module, in place of the one that is there (target uml)" },
	  take_module },
	{ { "attach", "NAME", VERB_RUN | VERB_SWEEP,
	    "stock, or of e1000e patched or poll (e1000e patched, else stock)" },
	  take_attach },
	{ { "function", "N", VERB_RUN | VERB_SWEEP,
	    "use function N (the first that fits, or one made for this)" },
	  take_function },
	{ { "queues", "N", VERB_RUN | VERB_SWEEP | VERB_EXPLORE,
	    "RX queues to spread the shots over, 1 to 8 (1)" },
	  take_queues },
	{ { "schedule", "WHEN", VERB_RUN,
	    "cbr, poisson, burst:N, ramp:FROM..TO, or trace:FILE of times (cbr)" },
	  take_schedule },
	{ { "schedule", "WHEN", VERB_SWEEP,
	    "when shots are due: cbr, poisson or burst:N (cbr)" },
	  take_schedule },
	{ { "seed", "N", VERB_RUN | VERB_SWEEP,
	    "of --schedule poisson, and of all else in virtual time (1)" },
	  take_seed },
	{ { "late", "POLICY", VERB_RUN | VERB_SWEEP,
	    "after a late shot: shift, catch-up or skip what is due (shift)" },
	  take_late },
	{ { "cpu", "N", VERB_RUN | VERB_SWEEP,
	    "the CPU that paces and plays the NIC (0)" },
	  take_cpu },
	{ { "target-cpu", "N", VERB_RUN | VERB_SWEEP,
	    "the CPU that takes the interrupts (highest other; of a node 0)" },
	  take_target_cpu },
	{ { "against", "WHAT", VERB_RUN,
	    "driver, or a floor: handler, memory, copy (driver)" },
	  take_against },
	{ { "closed-loop", NULL, VERB_RUN,
	    "fire when the last shot was taken; the interval is unused" },
	  take_closed_loop },
	{ { "warmup", "N", VERB_RUN | VERB_SWEEP,
	    "uncounted shots before the run, at most 10000 (500, of a uml 5000)" },
	  take_warmup },
	{ { "probe", "N", VERB_RUN,
	    "shots 1 ms apart after the run, at most 10000, which all must arrive (0)" },
	  take_probe },
	{ { "probe", "N", VERB_EXPLORE,
	    "shots 1 ms apart after each run, which all must arrive (10)" },
	  take_probe },
	{ { "no-floor", NULL, VERB_RUN | VERB_SWEEP,
	    "do not measure the floors" },
	  take_no_floor },
	{ { "expect", "EXPR", VERB_RUN | VERB_SWEEP | VERB_EXPLORE,
	    "exit 1 unless it holds, as 'success>=0.999'; repeatable" },
	  take_expect },
	{ { "log", "FILE", VERB_RUN,
	    "one line a shot, tab-separated; - is stdout" },
	  take_log },
	{ { "console", "FILE", VERB_RUN | VERB_SWEEP,
	    "in virtual time, what the target's kernel said" },
	  take_console },
	{ { "out", "FILE", VERB_SWEEP,
	    "the table's file (stdout)" },
	  take_out },
	{ { "plot", "FILE", VERB_SWEEP,
	    "draw the curves as PNG with gnuplot" },
	  take_plot },
	{ { "json", NULL, VERB_RUN | VERB_STATUS | VERB_EXPLORE,
	    "print one JSON object" },
	  take_json },
	{ { "quiet", NULL, VERB_RUN | VERB_SWEEP | VERB_EXPLORE,
	    "no progress line, no summary" },
	  take_quiet },
	{ { "help", NULL, ~0U,
	    "show this" },
	  NULL },
};

static int take(void *into, size_t row, const char *text)
{
	return rows[row].take(into, rows[row].head.name, text);
}

static const struct option_table table = {
	.rows = rows,
	.count = ARRAY_SIZE(rows),
	.stride = sizeof(rows[0]),
	.column = 21,
	.take = take,
};

int options_read_rest(const struct usage *usage, int argc, char **argv,
		      struct plan *plan, int *rest)
{
	return option_table_read(&table, usage, argc, argv, plan, rest);
}

int options_read(const struct usage *usage, int argc, char **argv,
		 struct plan *plan)
{
	int rest, code;

	code = options_read_rest(usage, argc, argv, plan, &rest);
	if (code)
		return code;
	if (rest < argc)
		return option_say_place(usage, argv[rest]);
	return EXIT_DONE;
}
