// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <json-c/json.h>

#include "expect.h"

static void reads_name_op_and_bound(void **state)
{
	static const struct {
		const char *text, *name;
		enum expect_op op;
		double bound;
	} good[] = {
		{ "success>=0.999", "success", EXPECT_GE, 0.999 },
		{ " lost.socket == 0 ", "lost.socket", EXPECT_EQ, 0 },
		{ "gap_ns.p50<=38200", "gap_ns.p50", EXPECT_LE, 38200 },
		{ "sent!=5", "sent", EXPECT_NE, 5 },
		{ "interrupts.merged < 1e3", "interrupts.merged", EXPECT_LT, 1000 },
		{ "a>-1.5", "a", EXPECT_GT, -1.5 },
	};
	struct expectation e;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		assert_null(expect_parse(good[i].text, &e));
		assert_string_equal(e.name, good[i].name);
		assert_int_equal(e.op, good[i].op);
		assert_true(e.bound == good[i].bound);
		assert_ptr_equal(e.text, good[i].text);
	}
}

static void says_what_is_wrong(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "", "no name" }, { ">=1", "no name" }, { "success", "no comparison" },
		{ "success=1", "no comparison" }, { "success is 1", "no comparison" },
		{ "success>=", "no number" }, { "success>=x", "no number" },
		{ "success>=1x", "no number" }, { "success>=nan", "no number" },
		{ "success>=inf", "no number" }, { "success>=1e999", "too large" },
		{ "success=>1", "no comparison" }, { "a>=1 b", "no number" },
		{ "a_name_that_is_longer_than_any_figure_of_any_run_has_or_ever_will_have>1",
		  "no figure" },
	};
	struct expectation e;
	const char *said;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		said = expect_parse(bad[i].text, &e);
		assert_non_null(said);
		assert_non_null(strstr(said, bad[i].says));
	}
}

static void finds_figures_by_path(void **state)
{
	struct json_object *o = json_tokener_parse(
		"{\"a\": 1, \"b\": {\"c\": 2.5, \"t\": true}, \"n\": null, \"s\": \"x\"}");
	double value;

	assert_int_equal(expect_find(o, "a", &value), 0);
	assert_true(value == 1);
	assert_int_equal(expect_find(o, "b.c", &value), 0);
	assert_true(value == 2.5);
	assert_int_equal(expect_find(o, "b.t", &value), 0);
	assert_true(value == 1);
	assert_int_equal(expect_find(o, "n", &value), -ENODATA);
	assert_int_equal(expect_find(o, "s", &value), -ENOENT);
	assert_int_equal(expect_find(o, "b", &value), -ENOENT);
	assert_int_equal(expect_find(o, "a.b", &value), -ENOENT);
	assert_int_equal(expect_find(o, "n.b", &value), -ENOENT);
	assert_int_equal(expect_find(o, "x", &value), -ENOENT);
	assert_int_equal(expect_find(o, "b.", &value), -ENOENT);
	assert_int_equal(expect_find(o, "", &value), -ENOENT);
	json_object_put(o);
}

static bool holds(const char *text, double value)
{
	struct expectation e;

	assert_null(expect_parse(text, &e));
	return expect_holds(&e, value);
}

static void compares_as_written(void **state)
{
	assert_true(holds("a>=1", 1));
	assert_false(holds("a>=1", 0.999));
	assert_true(holds("a<=1", 1));
	assert_false(holds("a<=1", 1.001));
	assert_true(holds("a==1", 1));
	assert_false(holds("a==1", 2));
	assert_true(holds("a!=1", 2));
	assert_false(holds("a!=1", 1));
	assert_true(holds("a>1", 2));
	assert_false(holds("a>1", 1));
	assert_true(holds("a<1", 0));
	assert_false(holds("a<1", 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_name_op_and_bound),
		cmocka_unit_test(says_what_is_wrong),
		cmocka_unit_test(finds_figures_by_path),
		cmocka_unit_test(compares_as_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
