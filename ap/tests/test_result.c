// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <json-c/json.h>

#include "expect.h"
#include "injector/record.h"
#include "judge.h"
#include "report.h"
#include "result.h"
#include "table.h"

static const struct facts facts = {
	.site = { .kernel = "6.1.0", .interface = "eth0", .mtu = 1500,
		  .ring = 4096 },
	.support_kernel = "6.1.0", .model = "82574l",
};

static struct plan usual_plan(void)
{
	struct plan plan;

	plan_init(&plan);
	plan.target_cpu = 1;
	return plan;
}

static struct result usual_result(void)
{
	struct result r = {
		.stats = {
			.sent = 5000, .received = 4990, .gap_outside_2us = 50,
			.gap = { .count = 4999, .p50 = 38003 },
			.send = { .count = 5000, .p50 = 650, .mean = 700 },
		},
		.floors = { .gap_outside_2us = 0.005, .memcpy_ns = 400,
			    .ipi_ns = 200 },
	};

	r.stats.outcome[OUTCOME_DELIVERED] = 4980;
	r.stats.outcome[OUTCOME_SOCKET] = 10;
	r.stats.outcome[OUTCOME_NO_DESCRIPTOR] = 10;
	return r;
}

/* The object that a reader of the printed text gets. */
static struct json_object *printed(const struct plan *plan,
				   const struct result *r)
{
	struct json_object *o = result_json(plan, &facts, r), *back;

	back = json_tokener_parse(json_object_to_json_string(o));
	json_object_put(o);
	assert_non_null(back);
	return back;
}

static double figure(struct json_object *o, const char *name)
{
	double value = -1;

	assert_int_equal(expect_find(o, name, &value), 0);
	return value;
}

static void json_has_all_that_is_promised(void **state)
{
	static const char *const text[] = {
		"target", "driver", "attach", "model", "schedule", "kernel",
		"support_kernel",
	};
	static const char *const number[] = {
		"size", "interval_ns", "count", "seed", "sent", "received",
		"success", "delivered", "interrupts.fired",
		"interrupts.handled", "interrupts.merged", "gap_ns.min",
		"gap_ns.p50", "gap_ns.p99", "gap_ns.max", "gap_ns.outside_2us",
		"latency_ns.p50", "latency_ns.p99", "latency_ns.max",
		"send_ns.min", "send_ns.p50", "send_ns.mean", "send_ns.p99",
		"send_ns.max", "floor.gap_outside_2us", "floor.memcpy_ns",
		"floor.ipi_ns", "settings.ring", "settings.mtu",
		"settings.cpu", "settings.target_cpu", "interrupted",
		"uptime_ns", "support_uptime_ns", "restarts",
	};
	struct plan plan = usual_plan();
	struct result r = usual_result();
	struct json_object *o = printed(&plan, &r), *v;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(text); i++) {
		assert_true(json_object_object_get_ex(o, text[i], &v));
		assert_int_equal(json_object_get_type(v), json_type_string);
	}
	for (i = 0; i < ARRAY_SIZE(number); i++)
		figure(o, number[i]);
	json_object_put(o);
}

static void json_counts_every_shot_once(void **state)
{
	struct plan plan = usual_plan();
	struct result r = usual_result();
	struct json_object *o = printed(&plan, &r), *lost;
	double sum = figure(o, "delivered");
	u32 n = 0;

	json_object_object_get_ex(o, "lost", &lost);
	json_object_object_foreach(lost, name, count) {
		assert_string_not_equal(name, "unknown");
		sum += json_object_get_double(count);
		n++;
	}
	assert_int_equal(n, OUTCOMES - 1);
	assert_true(sum == figure(o, "sent"));
	assert_true(figure(o, "success") == 0.998);
	assert_true(figure(o, "gap_ns.outside_2us") == 0.010002);
	json_object_put(o);
}

static void no_floor_is_null(void **state)
{
	struct plan plan = usual_plan();
	struct result r = usual_result();
	struct json_object *o;
	double value;

	plan.floors = false;
	o = printed(&plan, &r);
	assert_int_equal(expect_find(o, "floor", &value), -ENODATA);
	assert_int_equal(expect_find(o, "floor.ipi_ns", &value), -ENOENT);
	json_object_put(o);
}

static void success_needs_shots_at_a_driver(void **state)
{
	struct plan plan = usual_plan();
	struct result none = { 0 }, r = usual_result();
	struct json_object *o = printed(&plan, &none);
	double value;

	assert_int_equal(expect_find(o, "success", &value), -ENODATA);
	json_object_put(o);
	plan.against = INTMGR_AGAINST_HANDLER;
	o = printed(&plan, &r);
	assert_int_equal(expect_find(o, "success", &value), -ENODATA);
	json_object_put(o);
}

static void expect(struct plan *plan, const char *text)
{
	assert_null(expect_parse(text, &plan->expect[plan->expects++]));
}

static void names_are_checked_before_the_run(void **state)
{
	struct plan plan = usual_plan();

	plan.target_cpu = PLAN_DEFAULT;
	plan.mtu = 1000;
	assert_int_equal(plan_check(&plan), 2);	/* 1500 bytes do not fit */
	plan.mtu = 0;
	expect(&plan, "success>=0.9");
	expect(&plan, "floor.ipi_ns<1000");
	assert_int_not_equal(plan_check(&plan), 2);
	plan.floors = false;
	assert_int_equal(plan_check(&plan), 2);
	plan.floors = true;
	expect(&plan, "sucess>=0.9");
	assert_int_equal(plan_check(&plan), 2);
}

static void expectations_are_judged(void **state)
{
	struct plan plan = usual_plan();
	struct result r = usual_result();
	struct json_object *o = printed(&plan, &r);

	expect(&plan, "success>=0.998");
	expect(&plan, "lost.socket==10");
	assert_int_equal(judge_result(&plan, o), 0);
	expect(&plan, "gap_ns.p50<38000");
	assert_int_equal(judge_result(&plan, o), 1);
	json_object_put(o);
}

static void the_summary_names_each_loss(void **state)
{
	struct plan plan = usual_plan();
	struct result r = usual_result();
	char *text = WRITTEN(out, report_write(out, &plan, &facts, &r));

	assert_non_null(strstr(text, outcome_text(OUTCOME_SOCKET)));
	assert_non_null(strstr(text, outcome_text(OUTCOME_NO_DESCRIPTOR)));
	assert_null(strstr(text, outcome_text(OUTCOME_STACK)));
	assert_non_null(strstr(text, "copy 400 ns + IPI 200 ns"));
	assert_non_null(strstr(text, "(floor 0.5 %)"));
	assert_null(strstr(text, "DISAGREE"));
	free(text);
}

static void the_summary_is_loud_about_sums(void **state)
{
	struct plan plan = usual_plan();
	struct result r = usual_result();
	char *text;

	strcpy(r.disagreement, "this and that");
	text = WRITTEN(out, report_write(out, &plan, &facts, &r));
	assert_non_null(strstr(text, "THE SUMS DISAGREE: this and that"));
	free(text);
}

/* Two lives on node 2, the first of which ended in a panic. */
static struct result result_of_two_lives(struct plan *plan)
{
	struct result r = usual_result();

	plan->node = 2;
	plan->target_cpu = 0;
	r.deaths = 1;
	r.restarts = 1;
	r.death[0] = (struct death){ .sent = 1234, .how = "panic: \"Oops\"" };
	return r;
}

static void deaths_are_told_to_programs(void **state)
{
	struct plan plan = usual_plan();
	struct result r = result_of_two_lives(&plan);
	struct json_object *o = printed(&plan, &r), *deaths, *first, *how;

	assert_string_equal(json_object_get_string(json_object_object_get(o, "target")),
			    "node");
	assert_true(figure(o, "settings.node") == 2);
	assert_true(figure(o, "restarts") == 1);
	json_object_object_get_ex(o, "deaths", &deaths);
	assert_int_equal(json_object_array_length(deaths), 1);
	first = json_object_array_get_idx(deaths, 0);
	assert_true(figure(first, "sent") == 1234);
	json_object_object_get_ex(first, "how", &how);
	assert_string_equal(json_object_get_string(how), "panic: \"Oops\"");
	json_object_put(o);
}

static void deaths_beyond_the_list_are_counted(void **state)
{
	struct plan plan = usual_plan();
	struct result r = result_of_two_lives(&plan);
	struct json_object *o, *deaths;

	r.deaths = r.restarts = RESULT_DEATHS + 5;
	o = printed(&plan, &r);
	json_object_object_get_ex(o, "deaths", &deaths);
	assert_int_equal(json_object_array_length(deaths), RESULT_DEATHS);
	assert_true(figure(o, "restarts") == RESULT_DEATHS + 5);
	json_object_put(o);
}

static void the_summary_names_both_kernels_and_deaths(void **state)
{
	struct facts two = facts;
	struct plan plan = usual_plan();
	struct result r = result_of_two_lives(&plan);
	char *text;

	strcpy(two.support_kernel, "6.12.0");
	two.site.uptime_ns = 4000000000;
	two.support_uptime_ns = 90000000000;
	text = WRITTEN(out, report_write(out, &plan, &two, &r));
	assert_non_null(strstr(text, "CPU 0 to CPU 0 of node 2"));
	assert_non_null(strstr(text, "support OS Linux 6.12.0, up 90 s"));
	assert_non_null(strstr(text, "node 2 Linux 6.1.0, up 4 s"));
	assert_non_null(strstr(text, "died after 1234 shots: panic: \"Oops\""));
	assert_non_null(strstr(text, "deaths: 1, restarts: 1"));
	free(text);
	plan.node = 0;
	r.deaths = r.restarts = 0;
	text = WRITTEN(out, report_write(out, &plan, &two, &r));
	assert_null(strstr(text, "node"));
	free(text);
}

static u32 count_of(const char *text, char c)
{
	u32 n = 0;

	for (; *text && *text != '\n'; text++)
		n += *text == c;
	return n;
}

static void table_lines_fit_their_header(void **state)
{
	struct plan plan = usual_plan();
	struct result r = usual_result();
	char *head, *full, *bare, *names;

	head = WRITTEN(out, table_write_header(out, &plan, &facts));
	full = WRITTEN(out, table_write_point(out, &plan, &r));
	plan.floors = false;
	bare = WRITTEN(out, table_write_point(out, &plan, &r));
	names = strstr(head, "\nsize\t");
	assert_non_null(names);
	assert_int_equal(count_of(names + 1, '\t'), count_of(full, '\t'));
	assert_int_equal(count_of(bare, '\t'), count_of(full, '\t'));
	assert_int_equal(head[0], '#');
	assert_memory_equal(full, "1500\t38000\t5000\t4990\t4980\t0.998\t10\t", 35);
	free(head);
	free(full);
	free(bare);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_has_all_that_is_promised),
		cmocka_unit_test(json_counts_every_shot_once),
		cmocka_unit_test(no_floor_is_null),
		cmocka_unit_test(success_needs_shots_at_a_driver),
		cmocka_unit_test(names_are_checked_before_the_run),
		cmocka_unit_test(expectations_are_judged),
		cmocka_unit_test(the_summary_names_each_loss),
		cmocka_unit_test(the_summary_is_loud_about_sums),
		cmocka_unit_test(deaths_are_told_to_programs),
		cmocka_unit_test(deaths_beyond_the_list_are_counted),
		cmocka_unit_test(the_summary_names_both_kernels_and_deaths),
		cmocka_unit_test(table_lines_fit_their_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
