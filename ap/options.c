// SPDX-License-Identifier: GPL-2.0-only
#include "options.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "injector/frame.h"
#include "kmod/uapi/intmgr.h"
#include "kmod/uapi/intmgr_node.h"
#include "number.h"
#include "say.h"

#define MAX_WARMUP	10000	/* kmod/uapi/intmgr.h */
#define MAX_RING	65536
#define MIN_MTU		68	/* RFC 791 */
#define MAX_MTU		65535
#define MAX_CPU		65535

struct option_row {
	const char *name;
	const char *value;	/* what --help calls it; NULL: takes none */
	unsigned int verbs;
	/* @name is the option's as typed, for the sentence. EXIT_DONE or EXIT_USAGE. */
	int (*take)(struct plan *plan, const char *name, const char *text);
	const char *help;
};

static int take_in(const char *name, const char *text,
		   const struct number_kind *kind, u64 least, u64 most, u64 *out)
{
	const char *wrong;
	char why[96];

	wrong = number_parse_in(kind, text, least, most, out, why);
	if (wrong)
		return say_usage("--%s: '%s' %s", name, text, wrong);
	return EXIT_DONE;
}

static int take_small(const char *name, const char *text, u32 least, u32 most,
		      u32 *out)
{
	u64 value;
	int code = take_in(name, text, &number_plain, least, most, &value);

	if (!code)
		*out = value;
	return code;
}

static int take_one_of(const char *name, const char *text,
		       const char *const *names, u32 n, u32 *out)
{
	char list[256] = "";
	u32 i;

	for (i = 0; i < n; i++) {
		if (!strcmp(text, names[i])) {
			*out = i;
			return EXIT_DONE;
		}
		snprintf(list + strlen(list), sizeof(list) - strlen(list),
			 "%s%s", i ? ", " : "", names[i]);
	}
	return say_usage("--%s: there is no '%s': choose one of %s", name, text,
			 list);
}

/* A choice of which one value works so far. */
static int take_built(const char *name, const char *text, const char *built)
{
	if (!strcmp(text, built))
		return EXIT_DONE;
	return say_usage("--%s: '%s' is not built yet: what works is %s", name,
			 text, built);
}

static int take_target(struct plan *plan, const char *name, const char *text)
{
	plan->node = 0;
	if (!strcmp(text, "kernel"))
		return EXIT_DONE;
	plan->node = 1;
	if (!strcmp(text, "node"))
		return EXIT_DONE;
	if (strncmp(text, "node:", strlen("node:")))
		return say_usage("--%s: '%s' is not built yet: what works is kernel, node, or node:N",
				 name, text);
	return take_small(name, text + strlen("node:"), 1, INTMGR_NODES,
			  &plan->node);
}

static int take_restart(struct plan *plan, const char *name, const char *text)
{
	plan->restart = true;
	return EXIT_DONE;
}

static int take_driver(struct plan *plan, const char *name, const char *text)
{
	return take_built(name, text, "e1000e");
}

static int take_attach(struct plan *plan, const char *name, const char *text)
{
	return take_built(name, text, "patched");
}

static int take_schedule(struct plan *plan, const char *name, const char *text)
{
	return take_built(name, text, "cbr");
}

static int take_interval(struct plan *plan, const char *name, const char *text)
{
	return take_in(name, text, &number_time, SCHEDULE_MIN_INTERVAL_NS,
		       SCHEDULE_MAX_INTERVAL_NS, &plan->interval_ns);
}

static int take_range(struct plan *plan, const char *name, const char *text)
{
	const char *dots = strstr(text, "..");
	char from[64];
	int code;

	if (!dots || dots - text >= (ptrdiff_t)sizeof(from))
		return say_usage("--%s: '%s' is no range: write it as 1us..60us",
				 name, text);
	memcpy(from, text, dots - text);
	from[dots - text] = '\0';
	code = take_in(name, from, &number_time, SCHEDULE_MIN_INTERVAL_NS,
		       SCHEDULE_MAX_INTERVAL_NS, &plan->from_ns);
	if (!code)
		code = take_in(name, dots + 2, &number_time,
			       SCHEDULE_MIN_INTERVAL_NS,
			       SCHEDULE_MAX_INTERVAL_NS, &plan->to_ns);
	if (!code && plan->from_ns >= plan->to_ns)
		return say_usage("--%s: '%s' does not rise: write the shorter one first",
				 name, text);
	return code;
}

static int take_count(struct plan *plan, const char *name, const char *text)
{
	return take_in(name, text, &number_count, 1, INTMGR_MAX_COUNT,
		       &plan->count);
}

static int take_size(struct plan *plan, const char *name, const char *text)
{
	return take_small(name, text, FRAME_MIN_SIZE, FRAME_MAX_SIZE,
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
		if (take_small(name, one, FRAME_MIN_SIZE, FRAME_MAX_SIZE,
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
	return take_small(name, text, 2, PLAN_POINTS, &plan->points);
}

static int take_step(struct plan *plan, const char *name, const char *text)
{
	if (plan->points)
		return say_usage("--points and --step: give one of them");
	return take_in(name, text, &number_time, 1, SCHEDULE_MAX_INTERVAL_NS,
		       &plan->step_ns);
}

static int take_ring(struct plan *plan, const char *name, const char *text)
{
	return take_small(name, text, 1, MAX_RING, &plan->ring);
}

static int take_mtu(struct plan *plan, const char *name, const char *text)
{
	return take_small(name, text, MIN_MTU, MAX_MTU, &plan->mtu);
}

static int take_seed(struct plan *plan, const char *name, const char *text)
{
	return take_in(name, text, &number_plain, 0, UINT64_MAX, &plan->seed);
}

static int take_late(struct plan *plan, const char *name, const char *text)
{
	const char *names[LATE_POLICIES];
	u32 i;

	for (i = 0; i < LATE_POLICIES; i++)
		names[i] = schedule_late_name(i);
	return take_one_of(name, text, names, LATE_POLICIES, &plan->late);
}

static int take_against(struct plan *plan, const char *name, const char *text)
{
	const char *names[INTMGR_AGAINSTS];
	u32 i;

	for (i = 0; i < INTMGR_AGAINSTS; i++)
		names[i] = plan_against_name(i);
	return take_one_of(name, text, names, INTMGR_AGAINSTS, &plan->against);
}

static int take_cpu_number(const char *name, const char *text, int *cpu)
{
	u32 value;
	int code = take_small(name, text, 0, MAX_CPU, &value);

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

static int take_warmup(struct plan *plan, const char *name, const char *text)
{
	return take_small(name, text, 0, MAX_WARMUP, &plan->warmup);
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

static int take_path(const char *name, const char *text, const char **path)
{
	if (!*text)
		return say_usage("--%s: the file's name is empty", name);
	*path = text;
	return EXIT_DONE;
}

static int take_log(struct plan *plan, const char *name, const char *text)
{
	return take_path(name, text, &plan->log);
}

static int take_out(struct plan *plan, const char *name, const char *text)
{
	return take_path(name, text, &plan->out);
}

static int take_plot(struct plan *plan, const char *name, const char *text)
{
	return take_path(name, text, &plan->plot);
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
	{ "interval", "T", VERB_RUN, take_interval,
	  "time between two shots, 100ns to 10s (38us)" },
	{ "interval", "A..B", VERB_SWEEP, take_range,
	  "shortest and longest interval (1us..60us)" },
	{ "points", "N", VERB_SWEEP, take_points,
	  "intervals in the range, each longer by the same factor (24)" },
	{ "step", "T", VERB_SWEEP, take_step,
	  "go through the range in steps of T instead" },
	{ "count", "N", VERB_RUN | VERB_SWEEP, take_count,
	  "shots, k and M may follow; in a sweep for each point (5000)" },
	{ "size", "BYTES", VERB_RUN, take_size,
	  "the whole Ethernet frame without FCS, 66 to 16384 (1500)" },
	{ "size", "BYTES,...", VERB_SWEEP, take_sizes,
	  "one curve for each size of frame (1500,8000,16000)" },
	{ "ring", "N", VERB_RUN | VERB_SWEEP, take_ring,
	  "depth of the RX ring in descriptors (as it is)" },
	{ "mtu", "N", VERB_RUN | VERB_SWEEP, take_mtu,
	  "MTU of the interface (raised to fit the frame)" },
	{ "target", "NAME", VERB_RUN | VERB_SWEEP, take_target,
	  "what runs the driver: kernel, or node[:N] (kernel)" },
	{ "restart", NULL, VERB_RUN | VERB_SWEEP, take_restart,
	  "when the node dies, start it again and go on" },
	{ "driver", "NAME", VERB_RUN | VERB_SWEEP, take_driver,
	  "the driver under test: e1000e (e1000e)" },
	{ "attach", "NAME", VERB_RUN | VERB_SWEEP, take_attach,
	  "how the driver is attached: patched (patched)" },
	{ "schedule", "NAME", VERB_RUN | VERB_SWEEP, take_schedule,
	  "when shots are due: cbr, one each interval (cbr)" },
	{ "seed", "N", VERB_RUN | VERB_SWEEP, take_seed,
	  "for schedules that draw (1)" },
	{ "late", "POLICY", VERB_RUN | VERB_SWEEP, take_late,
	  "after a late shot: shift, catch-up or skip what is due (shift)" },
	{ "cpu", "N", VERB_RUN | VERB_SWEEP, take_cpu,
	  "the CPU that paces and plays the NIC (0)" },
	{ "target-cpu", "N", VERB_RUN | VERB_SWEEP, take_target_cpu,
	  "the CPU that takes the interrupts (highest other; of a node 0)" },
	{ "against", "WHAT", VERB_RUN, take_against,
	  "driver, or a floor: handler, memory, copy (driver)" },
	{ "closed-loop", NULL, VERB_RUN, take_closed_loop,
	  "fire when the last shot was taken; the interval is unused" },
	{ "warmup", "N", VERB_RUN | VERB_SWEEP, take_warmup,
	  "uncounted shots before the run and each floor, at most 10000 (500)" },
	{ "no-floor", NULL, VERB_RUN | VERB_SWEEP, take_no_floor,
	  "do not measure the floors" },
	{ "expect", "EXPR", VERB_RUN | VERB_SWEEP, take_expect,
	  "exit 1 unless it holds, as 'success>=0.999'; repeatable" },
	{ "log", "FILE", VERB_RUN, take_log,
	  "one line a shot, tab-separated; - is stdout" },
	{ "out", "FILE", VERB_SWEEP, take_out,
	  "the table's file (stdout)" },
	{ "plot", "FILE", VERB_SWEEP, take_plot,
	  "draw the curves as PNG with gnuplot" },
	{ "json", NULL, VERB_RUN | VERB_STATUS, take_json,
	  "print one JSON object" },
	{ "quiet", NULL, VERB_RUN | VERB_SWEEP, take_quiet,
	  "no progress line, no summary" },
	{ "help", NULL, VERB_RUN | VERB_SWEEP | VERB_STATUS, NULL,
	  "show this" },
};

static void show_help(const struct usage *usage)
{
	char head[40];
	size_t i;

	printf("Usage: %s\n\n%s\n\nOptions, with what they are by default:\n",
	       usage->synopsis, usage->about);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!(rows[i].verbs & usage->verb))
			continue;
		snprintf(head, sizeof(head), "--%s %s", rows[i].name,
			 rows[i].value ? rows[i].value : "");
		printf("  %-21s %s\n", head, rows[i].help);
	}
}

/* Fill @out, of ARRAY_SIZE(rows) + 1, with the verb's; val is 1 + the row's index. */
static void make_longopts(unsigned int verb, struct option *out)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].verbs & verb)
			*out++ = (struct option){
				.name = rows[i].name,
				.has_arg = rows[i].value ? required_argument :
							   no_argument,
				.val = 1 + i,
			};
	*out = (struct option){ 0 };
}

static int say_bad_option(const struct usage *usage, char **argv, int c)
{
	const char *word = argv[optind - 1];

	if (c == ':')
		return say_usage("%s needs a value", word);
	if (optopt > 0 && optopt <= (int)ARRAY_SIZE(rows))
		return say_usage("--%s takes no value", rows[optopt - 1].name);
	if (word[0] == '-' && word[1] != '-')
		return say_usage("unknown option '-%c': see intmgr %s --help",
				 optopt, usage->name);
	return say_usage("unknown option '%s': see intmgr %s --help", word,
			 usage->name);
}

int options_read(const struct usage *usage, int argc, char **argv,
		 struct plan *plan)
{
	struct option longopts[ARRAY_SIZE(rows) + 1];
	const struct option_row *row;
	int c;

	make_longopts(usage->verb, longopts);
	opterr = 0;
	optind = 0;
	while ((c = getopt_long(argc, argv, ":", longopts, NULL)) != -1) {
		if (c == '?' || c == ':')
			return say_bad_option(usage, argv, c);
		row = &rows[c - 1];
		if (!row->take) {
			show_help(usage);
			return OPTIONS_HELP;
		}
		if (row->take(plan, row->name, optarg))
			return EXIT_USAGE;
	}
	if (optind < argc)
		return say_usage("'%s' is out of place: see intmgr %s --help",
				 argv[optind], usage->name);
	return EXIT_DONE;
}
