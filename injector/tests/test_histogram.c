// SPDX-License-Identifier: GPL-2.0-only
#include "histogram.h"
#include "testing.h"

#define FULL	0xffffffffU
#define LIMIT	(1ULL << HISTOGRAM_MAX_BITS)

static struct histogram h;

static const u32 shares[] = {
	0, 1, 10, 1000, 250000, 500000, 900000, 990000, 999000, 999999, 1000000,
};

static int fresh(void **unused)
{
	memset(&h, 0xa5, sizeof(h));
	histogram_reset(&h);
	return 0;
}

static void empty(void **unused)
{
	size_t i;

	assert_int_equal(h.count, 0);
	assert_int_equal(h.sum, 0);
	assert_int_equal(h.min, 0);
	assert_int_equal(h.max, 0);
	assert_int_equal(histogram_mean(&h), 0);
	for (i = 0; i < ARRAY_SIZE(shares); i++)
		assert_int_equal(histogram_quantile(&h, shares[i]), 0);
}

static void one_value_is_every_quantile(void **unused)
{
	static const u64 value[] = {
		0, 1, 1023, 1024, 2047, 2048, 38000, 1234567, LIMIT - 1, LIMIT,
		LIMIT + 1, ~0ULL,
	};
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(value); i++) {
		histogram_reset(&h);
		histogram_add(&h, value[i]);
		assert_int_equal(h.count, 1);
		assert_int_equal(h.sum, value[i]);
		assert_int_equal(h.min, value[i]);
		assert_int_equal(h.max, value[i]);
		assert_int_equal(histogram_mean(&h), value[i]);
		for (k = 0; k < ARRAY_SIZE(shares); k++)
			assert_int_equal(histogram_quantile(&h, shares[k]),
					 value[i]);
	}
}

/* The bucket of @value, seen through the median of it and a larger value. */
static u64 upper_edge(u64 value)
{
	histogram_reset(&h);
	histogram_add(&h, value);
	histogram_add(&h, ~0ULL);
	return histogram_quantile(&h, 500000);
}

static void edges_around_each_power_of_two(void **unused)
{
	int bits;
	s64 off;

	for (bits = 0; bits < HISTOGRAM_MAX_BITS; bits++) {
		for (off = -3; off <= 3; off++) {
			u64 value = (1ULL << bits) + off, edge;

			if (value >= LIMIT)	/* below 0 */
				continue;
			edge = upper_edge(value);
			assert_true(edge >= value);
			assert_true(edge - value <= value / 1024);
			/* the edge is in the bucket, its successor is not */
			assert_int_equal(upper_edge(edge), edge);
			if (edge + 1 < LIMIT)
				assert_true(upper_edge(edge + 1) > edge);
		}
	}
}

static void values_out_of_range_share_the_last_bucket(void **unused)
{
	histogram_add(&h, 5);
	histogram_add(&h, LIMIT);
	histogram_add(&h, LIMIT * 3);
	assert_int_equal(h.bucket[HISTOGRAM_BUCKETS - 1], 2);
	assert_int_equal(h.count, 3);
	assert_int_equal(h.sum, LIMIT * 4 + 5);
	assert_int_equal(h.max, LIMIT * 3);
	assert_int_equal(histogram_quantile(&h, 300000), 5);
	assert_int_equal(histogram_quantile(&h, 500000), LIMIT * 3);
}

static void a_quantile_rounds_its_rank_up(void **unused)
{
	static const struct {
		u32 ppm;
		u64 value;
	} c[] = {
		{ 0, 1 }, { 1, 1 }, { 250000, 1 }, { 250001, 2 },
		{ 500000, 2 }, { 500001, 3 }, { 750000, 3 }, { 750001, 4 },
		{ 1000000, 4 }, { 1000001, 4 }, { 0xffffffff, 4 },
	};
	size_t i;

	for (i = 4; i; i--)
		histogram_add(&h, i);
	for (i = 0; i < ARRAY_SIZE(c); i++)
		assert_int_equal(histogram_quantile(&h, c[i].ppm), c[i].value);
}

static void a_full_bucket_stays_full(void **unused)
{
	h.bucket[7] = FULL - 1;
	histogram_add(&h, 7);
	assert_int_equal(h.bucket[7], FULL);
	histogram_add(&h, 7);
	assert_int_equal(h.bucket[7], FULL);
	assert_int_equal(h.bucket[6], 0);
	assert_int_equal(h.bucket[8], 0);
	assert_int_equal(h.count, 2);
	assert_int_equal(h.sum, 14);
}

/* 20 * 10^9 shots of 7 cycles and one stall: the stall is no median. */
static void a_full_bucket_still_tells_the_median(void **unused)
{
	histogram_add(&h, 7);
	histogram_add(&h, 1000000);
	h.bucket[7] = FULL;
	h.count = 20000000001ULL;
	assert_int_equal(histogram_quantile(&h, 500000), 7);
	assert_int_equal(histogram_quantile(&h, 999999), 7);
	assert_int_equal(histogram_quantile(&h, 1000000), 1000000);
}

static void all_buckets_full(void **unused)
{
	size_t i;

	memset(h.bucket, 0xff, sizeof(h.bucket));
	h.max = LIMIT;
	assert_int_equal(histogram_quantile(&h, 1000000), LIMIT);
	for (i = 1; i < ARRAY_SIZE(shares); i++)
		assert_true(histogram_quantile(&h, shares[i - 1]) <=
			    histogram_quantile(&h, shares[i]));
}

static void the_sum_does_not_wrap(void **unused)
{
	histogram_add(&h, ~0ULL - 1);
	histogram_add(&h, 1);
	assert_int_equal(h.sum, ~0ULL);
	histogram_add(&h, 1);
	assert_int_equal(h.sum, ~0ULL);
	assert_int_equal(h.count, 3);
}

#define VALUES	20000

static int by_value(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return (x > y) - (x < y);
}

/* The shadow: a sorted array, and the definition of a quantile. */
static u64 exact(const u64 *sorted, u64 n, u64 ppm)
{
	u64 rank = (n * ppm + 999999) / 1000000;

	return sorted[rank ? rank - 1 : 0];
}

static void compare(u64 *value, u64 n)
{
	u64 sum = 0;
	size_t i;

	histogram_reset(&h);
	for (i = 0; i < n; i++) {
		histogram_add(&h, value[i]);
		sum += value[i];
	}
	qsort(value, n, sizeof(*value), by_value);
	assert_int_equal(h.count, n);
	assert_int_equal(h.sum, sum);
	assert_int_equal(h.min, value[0]);
	assert_int_equal(h.max, value[n - 1]);
	assert_int_equal(histogram_mean(&h), sum / n);
	for (i = 0; i < ARRAY_SIZE(shares); i++) {
		u64 want = exact(value, n, shares[i]);
		u64 got = histogram_quantile(&h, shares[i]);

		assert_true(got >= want);
		assert_true(got - want <= want / 1000);
		assert_true(got <= h.max);
		if (want < 1024)
			assert_int_equal(got, want);
	}
}

static void random_values_match_the_shadow(void **unused)
{
	static u64 value[VALUES];
	u64 seed = 2;
	int round;

	for (round = 0; round < 20; round++) {
		u64 n = 1 + random_below(&seed, VALUES);
		u64 bits = 1 + random_below(&seed, HISTOGRAM_MAX_BITS);
		u64 i;

		for (i = 0; i < n; i++)
			value[i] = random_wide(&seed) & ((1ULL << bits) - 1);
		compare(value, n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(empty, fresh),
		cmocka_unit_test_setup(one_value_is_every_quantile, fresh),
		cmocka_unit_test_setup(edges_around_each_power_of_two, fresh),
		cmocka_unit_test_setup(values_out_of_range_share_the_last_bucket,
				       fresh),
		cmocka_unit_test_setup(a_quantile_rounds_its_rank_up, fresh),
		cmocka_unit_test_setup(a_full_bucket_stays_full, fresh),
		cmocka_unit_test_setup(a_full_bucket_still_tells_the_median,
				       fresh),
		cmocka_unit_test_setup(all_buckets_full, fresh),
		cmocka_unit_test_setup(the_sum_does_not_wrap, fresh),
		cmocka_unit_test_setup(random_values_match_the_shadow, fresh),
	};

	return cmocka_run_group_tests_name("histogram", tests, NULL, NULL);
}
