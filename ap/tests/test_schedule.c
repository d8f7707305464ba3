// SPDX-License-Identifier: GPL-2.0-only
/*
 * --schedule from the command line to the request that the kernel gets, and to
 * what is said of it.
 */
#include "testing.h"

#include "target.h"

#include <json-c/json.h>
#include <unistd.h>

#include "injector/schedule.h"
#include "kmod/uapi/intmgr.h"
#include "option_schedule.h"
#include "plan_schedule.h"
#include "report.h"
#include "say.h"
#include "shots.h"
#include "table.h"

static char path[] = "/tmp/intmgr-times-XXXXXX";
static char option[64];		/* that names the file */
static char said[512];

static int make_file(void **state)
{
	int fd = mkstemp(path);

	snprintf(option, sizeof(option), "trace:%s", path);
	return fd < 0 || close(fd);
}

static int remove_file(void **state)
{
	return unlink(path);
}

/* @n times, each @gap_ns after the one before, all after a second of silence. */
static void write_times(u32 n, u64 gap_ns)
{
	FILE *f = fopen(path, "w");
	u32 i;

	assert_non_null(f);
	fputs("0\n", f);
	for (i = 1; i < n; i++)
		fprintf(f, "%llu\n", 1000000000ULL + gap_ns * i);
	assert_int_equal(fclose(f), 0);
}

static struct plan usual_plan(void)
{
	struct plan plan;

	plan_init(&plan);
	plan.target = &target_kernel;
	plan.target_cpu = 1;
	return plan;
}

static int choose(struct plan *plan, const char *text)
{
	int code;

	say_into(said, sizeof(said));
	code = option_schedule("schedule", text, plan);
	say_into(NULL, 0);
	return code;
}

static int fit(struct plan *plan)
{
	int code;

	say_into(said, sizeof(said));
	code = plan_check_schedule(plan);
	if (!code)
		code = plan_fit_schedule(plan);
	say_into(NULL, 0);
	return code;
}

static struct plan plan_of(const char *text)
{
	struct plan plan = usual_plan();

	assert_int_equal(choose(&plan, text), 0);
	assert_int_equal(fit(&plan), 0);
	return plan;
}

static void a_kind_and_what_it_needs(void **state)
{
	struct plan plan = usual_plan();

	assert_int_equal(plan.schedule, SCHEDULE_CBR);
	assert_string_equal(plan.schedule_text, "cbr");
	assert_int_equal(choose(&plan, "burst:32"), 0);
	assert_int_equal(plan.schedule, SCHEDULE_BURST);
	assert_int_equal(plan.burst, 32);
	assert_int_equal(choose(&plan, "ramp:60us..1.5us"), 0);
	assert_int_equal(plan.schedule, SCHEDULE_RAMP);
	assert_int_equal(plan.ramp_from_ns, 60000);
	assert_int_equal(plan.ramp_to_ns, 1500);
	assert_int_equal(choose(&plan, "trace:a:b"), 0);
	assert_int_equal(plan.schedule, SCHEDULE_TRACE);
	assert_string_equal(plan.trace, "a:b");
	/* the last one counts, and nothing stays of those before */
	assert_int_equal(choose(&plan, "poisson"), 0);
	assert_int_equal(plan.schedule, SCHEDULE_POISSON);
	assert_string_equal(plan.schedule_text, "poisson");
	assert_int_equal(plan.burst, 0);
	assert_int_equal(plan.ramp_from_ns, 0);
	assert_null(plan.trace);
}

static void what_is_missing_is_said(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "", "there is no '': choose one of cbr, poisson, burst:N, ramp:FROM..TO, trace:FILE" },
		{ "uniform", "there is no 'uniform'" },
		{ "poisso", "there is no 'poisso'" },
		{ "poisson:5", "'poisson:5': nothing follows poisson" },
		{ "cbr:", "nothing follows cbr" },
		{ "burst", "'burst' is not all: write it as burst:8" },
		{ "burst:", "'' is empty" }, { "burst:0", "'0' is zero" },
		{ "burst:65537", "the most is 65536" },
		{ "burst:2k", "after the number" },
		{ "ramp", "write it as ramp:60us..1us" },
		{ "ramp:60us", "is no range" }, { "ramp:..1us", "'' is empty" },
		{ "ramp:60..1us", "'60' has no unit" },
		{ "ramp:60us..99ns", "the least is 100 ns" },
		{ "ramp:60us..11s", "the most is 10 s" },
		{ "trace", "write it as trace:times.txt" },
		{ "trace:", "the file's name is empty" },
	};
	struct plan plan = usual_plan();
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_int_equal(choose(&plan, bad[i].text), EXIT_USAGE);
		assert_non_null(strstr(said, "--schedule: "));
		assert_non_null(strstr(said, bad[i].says));
	}
}

static void refused(struct plan plan, const char *says)
{
	assert_int_equal(fit(&plan), EXIT_USAGE);
	assert_non_null(strstr(said, says));
	plan_free(&plan);
}

#define REFUSED(text, field, value, says) do {				\
		struct plan plan_ = usual_plan();			\
		assert_int_equal(choose(&plan_, text), 0);		\
		plan_.field = (value);					\
		refused(plan_, says);					\
	} while (0)

static void not_everything_goes_together(void **state)
{
	write_times(10, 1000);
	REFUSED("poisson", closed_loop, true, "--closed-loop has no due times");
	REFUSED("burst:8", against, INTMGR_AGAINST_COPY,
		"use it with --against driver");
	REFUSED("ramp:1us..2us", interval_given, true,
		"--schedule ramp:1us..2us has intervals of its own");
	REFUSED(option, interval_given, true, "has intervals of its own");
	REFUSED("ramp:1us..2us", nsizes, 3, "take cbr, poisson or burst:N");
	REFUSED(option, nsizes, 3, "take cbr, poisson or burst:N");
	REFUSED("ramp:1us..2us", count, 1000000001,
		"a ramp has at most 1000000000 shots");
}

static void sweeps_vary_the_mean(void **state)
{
	static const char *const good[] = { "cbr", "poisson", "burst:8" };
	struct plan plan = usual_plan();
	size_t i;

	plan.nsizes = 3;
	plan.interval_given = true;
	for (i = 0; i < ARRAY_SIZE(good); i++) {
		assert_int_equal(choose(&plan, good[i]), 0);
		assert_int_equal(fit(&plan), 0);
	}
}

static void a_trace_has_as_many_shots_as_times(void **state)
{
	struct plan plan;

	write_times(10, 1000);
	plan = plan_of(option);
	assert_int_equal(plan.count, 10);
	assert_int_equal(plan.ntimes, 10);
	plan_free(&plan);

	plan = usual_plan();
	plan.count = 3;
	plan.count_given = true;
	assert_int_equal(choose(&plan, option), 0);
	assert_int_equal(fit(&plan), 0);
	assert_int_equal(plan.count, 3);
	assert_int_equal(plan.interval_ns, (1000000000 + 2000) / 2);
	plan_free(&plan);

	plan = usual_plan();
	plan.count = 11;
	plan.count_given = true;
	assert_int_equal(choose(&plan, option), 0);
	refused(plan, "has 10 times, which is the most");
}

static void the_mean_is_worked_out(void **state)
{
	struct plan plan = plan_of("ramp:60us..1us");

	assert_int_equal(plan.interval_ns, 30500);
	assert_int_equal(plan_busiest_ns(&plan), 1000);
	plan = plan_of("burst:8");
	assert_int_equal(plan.interval_ns, 38000);
	assert_int_equal(plan_busiest_ns(&plan), 38000);
	write_times(1, 0);
	plan = plan_of(option);
	assert_int_equal(plan.interval_ns, 0);
	assert_int_equal(plan_busiest_ns(&plan), 0);
	assert_int_equal(shots_quick_ns(&plan), 100);
	plan_free(&plan);
	/* a second of silence says nothing of how fast they come later */
	write_times(5001, 2000);
	plan = plan_of(option);
	assert_int_equal(plan.interval_ns, 202000);
	assert_int_equal(plan_busiest_ns(&plan), 2000);
	assert_int_equal(shots_quick_ns(&plan), 100000);
	plan_free(&plan);
}

static struct schedule_spec as_the_engine_takes_it(const struct intmgr_run *run)
{
	return (struct schedule_spec){
		.kind = run->schedule, .interval_ns = run->interval_ns,
		.count = run->count, .ramp_ns = run->ramp_ns,
		.trace = (const u64 *)(uintptr_t)run->trace,
		.trace_len = run->trace_len, .burst = run->burst,
	};
}

static void the_kernel_is_asked_for_what_it_takes(void **state)
{
	const char *const text[] = {
		"cbr", "poisson", "burst:8", "ramp:60us..1us", option,
	};
	size_t i;
	u32 against;

	write_times(5000, 1000);
	for (i = 0; i < ARRAY_SIZE(text); i++) {
		struct plan plan = plan_of(text[i]);
		struct intmgr_run run;
		struct schedule_spec spec;
		struct schedule s;

		run = shots_spec(&plan, INTMGR_AGAINST_DRIVER);
		spec = as_the_engine_takes_it(&run);
		assert_int_equal(run.schedule, plan.schedule);
		assert_int_equal(schedule_init(&s, &spec, 0), 0);
		/* floors are fired one each interval */
		for (against = 1; against < INTMGR_AGAINSTS; against++) {
			run = shots_spec(&plan, against);
			spec = as_the_engine_takes_it(&run);
			assert_int_equal(run.schedule, SCHEDULE_CBR);
			assert_int_equal(schedule_init(&s, &spec, 0), 0);
		}
		plan_free(&plan);
	}
}

static void it_is_told(void **state)
{
	static const struct facts facts = { .model = "82574l" };
	static const struct {
		const char *text, *title;
	} c[] = {
		{ "cbr", ", one each 38 us," },
		{ "poisson", ", Poisson, in the mean one each 38 us," },
		{ "burst:8", ", bursts of 8, in the mean one each 38 us," },
		{ "ramp:60us..1us", ", a ramp from one each 60 us to one each 1 us," },
		{ option, ", in the mean one each 202 us," },
	};
	struct result r = { 0 };
	char *text;
	size_t i;

	write_times(5001, 2000);
	for (i = 0; i < ARRAY_SIZE(c); i++) {
		struct plan plan = plan_of(c[i].text);
		struct json_object *o = result_json(&plan, &facts, &r);

		assert_string_equal(c[i].text, json_object_get_string(
			json_object_object_get(o, "schedule")));
		json_object_put(o);
		text = WRITTEN(out, report_write(out, &plan, &facts, &r));
		assert_non_null(strstr(text, c[i].title));
		free(text);
		text = WRITTEN(out, table_write_header(out, &plan, &facts));
		assert_non_null(strstr(text, "schedule: "));
		assert_non_null(strstr(text, c[i].text));
		free(text);
		plan_free(&plan);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kind_and_what_it_needs),
		cmocka_unit_test(what_is_missing_is_said),
		cmocka_unit_test(not_everything_goes_together),
		cmocka_unit_test(sweeps_vary_the_mean),
		cmocka_unit_test(a_trace_has_as_many_shots_as_times),
		cmocka_unit_test(the_mean_is_worked_out),
		cmocka_unit_test(the_kernel_is_asked_for_what_it_takes),
		cmocka_unit_test(it_is_told),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
