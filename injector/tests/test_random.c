// SPDX-License-Identifier: GPL-2.0-only
#include <math.h>
#include <stdio.h>

#include "random.h"
#include "testing.h"

#define DRAWS	100000
#define MEAN	1000000000ULL		/* so that the grid of 1 ns is not seen */

static u64 drawn[DRAWS];

static void draw(u64 seed, u64 mean)
{
	size_t i;

	for (i = 0; i < DRAWS; i++)
		drawn[i] = random_exponential(&seed, mean);
}

static double mean_of_drawn(void)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < DRAWS; i++)
		sum += drawn[i];
	return sum / DRAWS;
}

/* Of 1e5 draws the mean has a standard deviation of 0.32 %. */
static void the_mean_is_the_mean(void **unused)
{
	static const u64 mean[] = { 100, 38000, MEAN, RANDOM_MAX_MEAN };
	double all = 0;
	size_t i;
	u64 seed;

	for (i = 0; i < ARRAY_SIZE(mean); i++) {
		draw(1, mean[i]);
		assert_true(fabs(mean_of_drawn() / mean[i] - 1) < 0.01);
	}
	for (seed = 0; seed < 20; seed++) {
		draw(seed, MEAN);
		assert_true(fabs(mean_of_drawn() / MEAN - 1) < 0.013);
		all += mean_of_drawn() / MEAN / 20;
	}
	assert_true(fabs(all - 1) < 0.002);
}

/* How many of a sample lie below a quantile has a standard deviation of 158 at most. */
static void the_quantiles_are_the_exponentials(void **unused)
{
	static const double share[] = {
		0.0001, 0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7,
		0.8, 0.9, 0.95, 0.99, 0.999, 0.9999,
	};
	size_t i, k;
	u64 seed;

	for (seed = 1; seed <= 5; seed++) {
		draw(seed, MEAN);
		for (i = 0; i < ARRAY_SIZE(share); i++) {
			double quantile = -log1p(-share[i]) * MEAN;
			double variance = DRAWS * share[i] * (1 - share[i]);
			double below = 0;

			for (k = 0; k < DRAWS; k++)
				below += drawn[k] <= quantile;
			assert_true(fabs(below - DRAWS * share[i]) <
				    4 * sqrt(variance) + 1);
		}
	}
}

/* What was drawn says nothing of what comes: the variance, and that of pairs. */
static void draws_are_independent(void **unused)
{
	double variance = 0, together = 0;
	size_t i;

	draw(9, MEAN);
	for (i = 1; i < DRAWS; i++) {
		double a = drawn[i - 1] / (double)MEAN - 1;
		double b = drawn[i] / (double)MEAN - 1;

		variance += a * a / DRAWS;
		together += a * b / DRAWS;
	}
	assert_true(fabs(variance - 1) < 0.04);
	assert_true(fabs(together) < 0.015);
}

/* The same uniform number through the C library's logarithm. */
static void draws_are_logarithms(void **unused)
{
	u64 a = 5, b = 5, mean = RANDOM_MAX_MEAN;
	int i;

	for (i = 0; i < DRAWS; i++) {
		double got = random_exponential(&a, mean);
		double wanted = -log(ldexp(random_next(&b), -64)) * mean;

		/* some units of the fixed point, 1 / 2^24 of the mean */
		assert_true(fabs(got - wanted) <= 3.0 * mean / (1 << 24));
	}
}

/* The generator's first numbers from seed 0, as published; and what is drawn from them. */
static void the_same_on_every_machine(void **unused)
{
	u64 state = 0;

	assert_true(random_next(&state) == 0xe220a8397b1dcdafULL);
	assert_true(random_next(&state) == 0x6e789e6aa1b965f4ULL);
	assert_true(random_next(&state) == 0x06c45d188009454fULL);
	state = 0;
	assert_int_equal(random_exponential(&state, 1000000), 124078);
}

/* A state whose next number is 0, and one whose next is the largest. */
static void the_ends_of_the_range(void **unused)
{
	u64 zero = -0x9e3779b97f4a7c15ULL, mean = RANDOM_MAX_MEAN, drawn_zero;
	u64 copy = zero;

	assert_int_equal(random_next(&copy), 0);
	drawn_zero = random_exponential(&zero, mean);
	assert_true(drawn_zero > 44 * mean && drawn_zero < 45 * mean);
	assert_int_equal(zero, copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_mean_is_the_mean),
		cmocka_unit_test(the_quantiles_are_the_exponentials),
		cmocka_unit_test(draws_are_independent),
		cmocka_unit_test(draws_are_logarithms),
		cmocka_unit_test(the_same_on_every_machine),
		cmocka_unit_test(the_ends_of_the_range),
	};

	return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
