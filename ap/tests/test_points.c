// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "points.h"

static u64 point[PLAN_POINTS];

static struct plan range(u64 from_ns, u64 to_ns)
{
	struct plan plan;

	plan_init(&plan);
	plan.from_ns = from_ns;
	plan.to_ns = to_ns;
	return plan;
}

static void assert_rising(const struct plan *plan, int n)
{
	int i;

	assert_int_equal(point[0], plan->from_ns);
	assert_int_equal(point[n - 1], plan->to_ns);
	for (i = 1; i < n; i++)
		assert_true(point[i] > point[i - 1]);
}

static void geometric_points_rise(void **state)
{
	struct plan plan = range(1000, 60000);

	assert_int_equal(points_list(&plan, point), 24);
	assert_rising(&plan, 24);
	assert_int_equal(point[1], 1190);	/* 1000 * 60^(1/23), 3 digits */
}

static void narrow_ranges_have_fewer(void **state)
{
	struct plan plan = range(100, 110);
	int n = points_list(&plan, point);

	assert_in_range(n, 2, 11);
	assert_rising(&plan, n);
	plan = range(38000, 38001);
	n = points_list(&plan, point);
	assert_int_equal(n, 2);
	assert_rising(&plan, n);
}

static void any_range_rises(void **state)
{
	struct plan plan;
	int i;

	srandom(1);
	for (i = 0; i < 2000; i++) {
		plan = range(100 + random() % 1000000, 0);
		plan.to_ns = plan.from_ns + 1 + random() % 10000000;
		plan.points = 2 + random() % (PLAN_POINTS - 1);
		assert_rising(&plan, points_list(&plan, point));
	}
}

static void steps_end_at_the_end(void **state)
{
	struct plan plan = range(1000, 5500);

	plan.step_ns = 1000;
	assert_int_equal(points_list(&plan, point), 6);
	assert_rising(&plan, 6);
	assert_int_equal(point[4], 5000);
	plan.step_ns = 100000;
	assert_int_equal(points_list(&plan, point), 2);
	plan.step_ns = 1;
	assert_int_equal(points_list(&plan, point), -E2BIG);
}

static void lossless_is_to_the_end_of_the_range(void **state)
{
	struct lossless l = { 0 };

	lossless_take(&l, 1000, true);
	assert_int_equal(l.interval_ns, 0);
	lossless_take(&l, 2000, false);
	lossless_take(&l, 3000, true);
	lossless_take(&l, 4000, false);
	lossless_take(&l, 5000, false);
	assert_int_equal(l.interval_ns, 4000);
	lossless_take(&l, 6000, true);
	assert_int_equal(l.interval_ns, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(geometric_points_rise),
		cmocka_unit_test(narrow_ranges_have_fewer),
		cmocka_unit_test(any_range_rises),
		cmocka_unit_test(steps_end_at_the_end),
		cmocka_unit_test(lossless_is_to_the_end_of_the_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
