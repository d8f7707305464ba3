// SPDX-License-Identifier: GPL-2.0-only
#include <pthread.h>

#include "testing.h"

#include "counters.h"

static struct counters c;

static int setup(void **state)
{
	memset(&c, 0, sizeof(c));
	return 0;
}

static void test_range(void **state)
{
	assert_false(counters_has(INTEL_STATS - 4));
	assert_true(counters_has(INTEL_STATS));
	assert_true(counters_has(0x4124));
	assert_false(counters_has(0x4128));
}

static void test_reading_clears(void **state)
{
	counters_add(&c, INTEL_GPRC, 3);
	counters_add(&c, INTEL_GPRC, 4);
	assert_int_equal(counters_read(&c, INTEL_BPRC), 0);
	assert_int_equal(counters_read(&c, INTEL_GPRC), 7);
	assert_int_equal(counters_read(&c, INTEL_GPRC), 0);
	counters_add(&c, INTEL_GPRC, 1);
	assert_int_equal(counters_read(&c, INTEL_GPRC), 1);
}

/* 10.2.7: counters stick at their maximum. */
static void test_saturates(void **state)
{
	counters_add(&c, INTEL_MPC, 0xffffffff);
	counters_add(&c, INTEL_MPC, 0xffffffff);
	assert_int_equal(counters_read(&c, INTEL_MPC), 0xffffffff);
	assert_int_equal(counters_read(&c, INTEL_MPC), 0);
}

static void test_64_bits(void **state)
{
	static const u32 low[] = {
		INTEL_GORCL, INTEL_GOTCL, INTEL_TORL, INTEL_TOTL
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(low); i++) {
		counters_add(&c, low[i], 0x1234567890ULL);
		assert_int_equal(counters_read(&c, low[i]), 0x34567890);
		assert_int_equal(counters_read(&c, low[i] + 4), 0x12);
		assert_int_equal(counters_read(&c, low[i]), 0);
		assert_int_equal(counters_read(&c, low[i] + 4), 0);
	}
}

/* What comes between the two reads is neither lost nor counted twice. */
static void test_64_bits_with_traffic(void **state)
{
	u64 sum = 0, added = 0, seed = 1;
	unsigned int i;

	for (i = 0; i < 10000; i++) {
		u64 n = random_below(&seed, 1ULL << 34);

		counters_add(&c, INTEL_GORCL, n);
		sum += counters_read(&c, INTEL_GORCL);
		counters_add(&c, INTEL_GORCL, i);
		sum += (u64)counters_read(&c, INTEL_GORCH) << 32;
		added += n + i;
	}
	sum += counters_read(&c, INTEL_GORCL);
	sum += (u64)counters_read(&c, INTEL_GORCH) << 32;
	assert_int_equal(sum, added);
}

static void test_size_classes(void **state)
{
	static const struct {
		u32 len, reg;
	} t[] = {
		{ 64, 0x405c }, { 65, 0x4060 }, { 127, 0x4060 },
		{ 128, 0x4064 }, { 255, 0x4064 }, { 256, 0x4068 },
		{ 511, 0x4068 }, { 512, 0x406c }, { 1023, 0x406c },
		{ 1024, 0x4070 }, { 1522, 0x4070 }, { 16388, 0x4070 },
	};
	unsigned int i;
	u32 reg;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		counters_add_size(&c, INTEL_PRC64, t[i].len);
		for (reg = INTEL_STATS; reg < INTEL_STATS_END; reg += 4)
			assert_int_equal(counters_read(&c, reg),
					 reg == t[i].reg);
	}
}

static void test_clear(void **state)
{
	u32 reg;

	for (reg = INTEL_STATS; reg < INTEL_STATS_END; reg += 4)
		counters_add(&c, reg, 0x500000005ULL);
	counters_clear(&c);
	for (reg = INTEL_STATS; reg < INTEL_STATS_END; reg += 4)
		assert_int_equal(counters_read(&c, reg), 0);
}

/* ---- several CPUs ---- */

#define ADDED	200000

static void *adder(void *unused)
{
	u32 i;

	for (i = 0; i < ADDED; i++)
		counters_add(&c, INTEL_GPRC, 1);
	return unused;
}

static void *reader(void *unused)
{
	uintptr_t sum = 0;

	while (port_load(&c.base[(INTEL_GPRC - INTEL_STATS) / 4]) < ADDED)
		sum += counters_read(&c, INTEL_GPRC);
	return (void *)sum;
}

/* What one reads, no other reads again. */
static void test_two_readers(void **state)
{
	pthread_t add, read[2];
	uintptr_t sum = 0;
	void *part;
	int i;

	for (i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&read[i], NULL, reader, NULL),
				 0);
	assert_int_equal(pthread_create(&add, NULL, adder, NULL), 0);
	assert_int_equal(pthread_join(add, NULL), 0);
	for (i = 0; i < 2; i++) {
		assert_int_equal(pthread_join(read[i], &part), 0);
		sum += (uintptr_t)part;
	}
	assert_int_equal(sum, ADDED);
}

static void *shared_adder(void *unused)
{
	u32 i;

	for (i = 0; i < ADDED; i++)
		counters_add_shared(&c, INTEL_GPTC, 1);
	return unused;
}

static void test_two_adders(void **state)
{
	pthread_t add[2];
	int i;

	for (i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&add[i], NULL, shared_adder,
						NULL), 0);
	for (i = 0; i < 2; i++)
		assert_int_equal(pthread_join(add[i], NULL), 0);
	assert_int_equal(counters_read(&c, INTEL_GPTC), 2 * ADDED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_range, setup),
		cmocka_unit_test_setup(test_reading_clears, setup),
		cmocka_unit_test_setup(test_saturates, setup),
		cmocka_unit_test_setup(test_64_bits, setup),
		cmocka_unit_test_setup(test_64_bits_with_traffic, setup),
		cmocka_unit_test_setup(test_size_classes, setup),
		cmocka_unit_test_setup(test_clear, setup),
		cmocka_unit_test_setup(test_two_readers, setup),
		cmocka_unit_test_setup(test_two_adders, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
