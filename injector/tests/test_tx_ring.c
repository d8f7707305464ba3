// SPDX-License-Identifier: GPL-2.0-only
/*
 * The TX descriptor ring by itself (82574 data sheet 7.2): which descriptors
 * make a frame, which of them get DD.
 */
#include "testing.h"

#include "tx_ring.h"

#define BUS	0x40000000ULL
#define COUNT	16

#define EOP	0x01000000
#define RS	0x08000000
#define DEXT	0x20000000
#define DATA	(DEXT | 0x00100000)
#define TSE	0x04000000
#define DD	1

struct desc {
	__le64 buffer;
	__le32 command, status;
};

static struct desc ring[COUNT + 1] __aligned(4096);

static struct nic one_region(void)
{
	return (struct nic) {
		.region = { { BUS, COUNT * 16, ring } },
		.regions = 1,
	};
}

static struct tx_ring open_ring(u32 head, u32 tail)
{
	struct tx_ring r = { .base = BUS, .bytes = COUNT * 16, .head = head,
			     .tail = tail };
	struct nic nic = one_region();

	assert_true(tx_ring_open(&r, &nic));
	return r;
}

static void put(u32 slot, u32 command)
{
	ring[slot % COUNT] = (struct desc) {
		.buffer = cpu_to_le64(0x1122334455667788ULL),
		.command = cpu_to_le32(command),
	};
}

static u32 status(u32 slot)
{
	return le32_to_cpu(ring[slot % COUNT].status);
}

static void test_open_refuses(void **state)
{
	static const struct tx_ring bad[] = {
		{ .base = BUS, .bytes = 0 },
		{ .base = BUS, .bytes = 64 },
		{ .base = BUS, .bytes = 144 },
		{ .base = BUS + 16, .bytes = COUNT * 16 },
		{ .base = BUS, .bytes = COUNT * 16 + 128 },
		{ .base = BUS, .bytes = COUNT * 16, .head = COUNT },
		{ .base = BUS, .bytes = COUNT * 16, .tail = COUNT },
		{ .base = ~0ULL - 15, .bytes = COUNT * 16 },
	};
	struct nic nic = one_region();
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		struct tx_ring r = bad[i];

		assert_false(tx_ring_open(&r, &nic));
	}
}

static void test_legacy_frame(void **state)
{
	struct tx_ring r = open_ring(0, 2);
	struct tx_frame f;

	put(0, 100 | EOP | RS);
	put(1, 0x42 << 16 | 200 | EOP);
	assert_true(tx_ring_take(&r, &f));
	assert_int_equal(f.len, 100);
	assert_true(f.report);
	assert_int_equal(status(0), DD);
	assert_int_equal(r.head, 1);

	assert_true(tx_ring_take(&r, &f));
	assert_int_equal(f.len, 200);
	assert_false(f.report);
	assert_int_equal(status(1), 0);
	assert_false(tx_ring_take(&r, &f));
	assert_int_equal(r.head, 2);
}

/* A context's bit 24 says TCP, not end of packet. */
static void test_context_and_data_across_the_wrap(void **state)
{
	struct tx_ring r = open_ring(14, 1);
	struct tx_frame f;

	put(14, DEXT | TSE | EOP | RS | 0x1234);
	put(15, DATA | TSE | 0x0ffff);
	put(16, DATA | TSE | EOP | RS | 1000);
	assert_true(tx_ring_take(&r, &f));
	assert_int_equal(f.len, 0xffff + 1000);
	assert_true(f.segmented);
	assert_int_equal(status(14), DD);
	assert_int_equal(status(15), 0);
	assert_int_equal(status(16), DD);
	assert_int_equal(r.head, 1);
}

static void test_unfinished_frame_waits(void **state)
{
	struct desc before[COUNT];
	struct tx_ring r = open_ring(3, 6);
	struct tx_frame f;

	put(3, DEXT | EOP | RS);
	put(4, DATA | RS | 100);
	put(5, DATA | RS | 100);
	put(6, DATA | EOP | RS | 100);
	memcpy(before, ring, sizeof(before));
	assert_false(tx_ring_take(&r, &f));
	assert_int_equal(r.head, 3);
	assert_memory_equal(ring, before, sizeof(before));
}

/* Any contents: the walk ends, and touches nothing but status words. */
static void test_random_rings(void **state)
{
	u64 seed = 5;
	unsigned int i, j;

	for (i = 0; i < 20000; i++) {
		struct desc before[COUNT];
		struct tx_frame f;
		struct tx_ring r;
		u32 tail = random_below(&seed, COUNT);

		for (j = 0; j < COUNT; j++)
			put(j, (u32)random_next(&seed));
		memcpy(before, ring, sizeof(before));
		r = open_ring(random_below(&seed, COUNT), tail);
		for (j = 0; tx_ring_take(&r, &f); j++)
			assert_true(j < COUNT);
		assert_int_equal(r.tail, tail);
		for (j = 0; j < COUNT; j++) {
			before[j].status = ring[j].status;
			assert_false(status(j) & ~DD);
		}
		assert_memory_equal(ring, before, sizeof(before));
	}
	assert_int_equal(ring[COUNT].buffer | ring[COUNT].status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open_refuses),
		cmocka_unit_test(test_legacy_frame),
		cmocka_unit_test(test_context_and_data_across_the_wrap),
		cmocka_unit_test(test_unfinished_frame_waits),
		cmocka_unit_test(test_random_rings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
