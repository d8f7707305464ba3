// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <json-c/json.h>

#include "expect.h"
#include "injector/faults.h"
#include "injector/record.h"
#include "judge.h"
#include "report.h"
#include "result.h"
#include "target.h"
#include "table.h"

static const struct facts facts = {
	.site = { .kernel = "6.1.0", .interface = "eth0", .mtu = 1500,
		  .ring = 4096, .uptime_ns = 1000000 },
	.support_uptime_ns = 2000000,
	.support_kernel = "6.1.0", .model = "82574l", .function = 1,
	.attachment = INTMGR_ATTACH_PATCHED,
};

static struct plan usual_plan(void)
{
	struct plan plan;

	plan_init(&plan);
	plan.target = &target_kernel;
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

static struct facts facts_of(const char *driver, u32 attachment)
{
	struct facts f = facts;

	f.driver = driver_find(driver);
	f.attachment = attachment;
	return f;
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
	struct facts e1000e = facts_of("e1000e", INTMGR_ATTACH_PATCHED);
	struct json_object *o = result_json(&plan, &e1000e, &r), *v;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(text); i++) {
		assert_true(json_object_object_get_ex(o, text[i], &v));
		assert_int_equal(json_object_get_type(v), json_type_string);
	}
	for (i = 0; i < ARRAY_SIZE(number); i++)
		figure(o, number[i]);
	json_object_put(o);
}

/* A kernel that panicked tells no more what its ring was. */
static void what_is_not_known_is_null(void **state)
{
	static const char *const name[] = {
		"settings.ring", "settings.mtu", "settings.queues",
		"settings.function_id", "uptime_ns", "open_ns",
	};
	struct plan plan = usual_plan();
	struct json_object *o = result_template(&plan);
	double value;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(name); i++) {
		int err = expect_find(o, name[i], &value);

		assert_true(err && err != -ENOENT);
	}
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

static struct json_object *at(struct json_object *o, const char *key)
{
	struct json_object *v = NULL;

	assert_true(json_object_object_get_ex(o, key, &v));
	return v;
}

static void the_driver_is_named(void **state)
{
	struct facts igb = facts_of("igb", INTMGR_ATTACH_STOCK);
	struct plan plan = usual_plan();
	struct result r = usual_result();
	struct json_object *o = result_json(&plan, &igb, &r);
	char *text;

	assert_string_equal(json_object_get_string(at(o, "driver")), "igb");
	assert_string_equal(json_object_get_string(at(o, "attach")), "stock");
	json_object_put(o);
	text = WRITTEN(out, report_write(out, &plan, &igb, &r));
	assert_non_null(strstr(text, "against igb (stock) on eth0"));
	free(text);
	text = WRITTEN(out, table_write_header(out, &plan, &igb));
	assert_non_null(strstr(text, "driver: igb, attach: stock"));
	assert_non_null(strstr(text, "queues: 1"));
	free(text);
}

static void each_queue_is_told(void **state)
{
	struct plan plan = usual_plan();
	struct result r = usual_result();
	struct json_object *o, *list;
	char *text;

	plan.queues = 2;
	r.stats.queue_sent[0] = 3000;
	r.stats.queue_sent[1] = 2000;
	r.stats.queue_received[1] = 1990;
	o = printed(&plan, &r);
	list = at(o, "queues");
	assert_int_equal(json_object_array_length(list), 2);
	assert_true(figure(json_object_array_get_idx(list, 0), "sent") == 3000);
	assert_true(figure(json_object_array_get_idx(list, 1), "received") == 1990);
	json_object_put(o);
	text = WRITTEN(out, report_write(out, &plan, &facts, &r));
	assert_non_null(strstr(text, "queue 0"));
	assert_non_null(strstr(text, "2000  sent, 1990 received"));
	free(text);
}

/* ... also one that nobody asked for; of one queue people are told nothing. */
static void queues_are_as_many_as_were_used(void **state)
{
	struct plan plan = usual_plan();
	struct result r = usual_result();
	char *text;

	assert_int_equal(result_queues(&plan, &r.stats), 1);
	text = WRITTEN(out, report_write(out, &plan, &facts, &r));
	assert_null(strstr(text, "queue 0"));
	free(text);
	r.stats.queue_received[5] = 1;
	assert_int_equal(result_queues(&plan, &r.stats), 6);
	plan.queues = 8;
	assert_int_equal(result_queues(&plan, &r.stats), 8);
}

static void watch(struct result *r)
{
	r->watched = true;
	r->counted = true;
	r->accesses = 9980;
	r->function = (struct intmgr_function){
		.model = "82574l",
		.faults = 1,
		.fault = { { .kind = FAULT_TAIL, .reg = 0x2818,
			     .value = 0x5000, .count = 3 } },
	};
}

static void accesses_and_faults_are_told(void **state)
{
	struct plan plan = usual_plan();
	struct result r = usual_result();
	struct json_object *o, *fault;
	char *text;

	watch(&r);
	o = printed(&plan, &r);
	assert_true(figure(o, "accesses_per_frame") == 2);
	assert_true(figure(o, "accesses") == 9980);
	assert_true(figure(o, "dead") == 0);
	fault = json_object_array_get_idx(at(o, "faults"), 0);
	assert_string_equal(json_object_get_string(at(fault, "kind")), "tail");
	assert_string_equal(json_object_get_string(at(fault, "register")), "RDT");
	assert_true(figure(fault, "value") == 0x5000);
	assert_true(figure(fault, "count") == 3);
	json_object_put(o);
	text = WRITTEN(out, report_write(out, &plan, &facts, &r));
	assert_non_null(strstr(text, "9980  of the driver, 2 for each frame"));
	assert_non_null(strstr(text,
		"driver faults: tail: RDT=0x5000, 3 times (a tail lies beyond its ring)\n"));
	assert_null(strstr(text, "BUS"));
	free(text);
}

static void a_dead_function_is_told(void **state)
{
	struct plan plan = usual_plan();
	struct result r = usual_result();
	struct json_object *o;
	char *text;

	watch(&r);
	r.function.faults = 0;
	r.function.dead = 1;
	r.stats.received = 0;
	o = printed(&plan, &r);
	assert_true(figure(o, "dead") == 1);
	assert_int_equal(json_object_array_length(at(o, "faults")), 0);
	assert_null(at(o, "accesses_per_frame"));
	json_object_put(o);
	text = WRITTEN(out, report_write(out, &plan, &facts, &r));
	assert_non_null(strstr(text, "TAKEN OFF THE BUS"));
	assert_null(strstr(text, "driver faults"));
	free(text);
}

static void nobody_counts_accesses_to_memory(void **state)
{
	struct plan plan = usual_plan();
	struct result r = usual_result();
	struct json_object *o;
	char *text;

	watch(&r);
	r.counted = false;
	o = printed(&plan, &r);
	assert_null(at(o, "accesses"));
	assert_null(at(o, "accesses_per_frame"));
	assert_true(figure(o, "dead") == 0);
	json_object_put(o);
	text = WRITTEN(out, report_write(out, &plan, &facts, &r));
	assert_null(strstr(text, "accesses"));
	assert_non_null(strstr(text, "driver faults"));
	free(text);
}

/* The kernel of a node is not asked: the names are there, the figures not. */
static void nothing_is_made_up_for_a_node(void **state)
{
	struct plan plan = usual_plan();
	struct result r = usual_result();
	struct json_object *o = printed(&plan, &r);
	double value;

	assert_int_equal(expect_find(o, "accesses_per_frame", &value), -ENODATA);
	assert_int_equal(expect_find(o, "dead", &value), -ENODATA);
	assert_null(at(o, "faults"));
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

	plan->target = &target_node;
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
	plan.target = &target_kernel;
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
		cmocka_unit_test(what_is_not_known_is_null),
		cmocka_unit_test(json_counts_every_shot_once),
		cmocka_unit_test(no_floor_is_null),
		cmocka_unit_test(success_needs_shots_at_a_driver),
		cmocka_unit_test(the_driver_is_named),
		cmocka_unit_test(each_queue_is_told),
		cmocka_unit_test(queues_are_as_many_as_were_used),
		cmocka_unit_test(accesses_and_faults_are_told),
		cmocka_unit_test(a_dead_function_is_told),
		cmocka_unit_test(nobody_counts_accesses_to_memory),
		cmocka_unit_test(nothing_is_made_up_for_a_node),
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
