// SPDX-License-Identifier: GPL-2.0-only
/*
 * The RX descriptor ring by itself: what it accepts as a ring and a buffer,
 * and what it writes back in both formats (82574 data sheet 7.1).
 */
#include "testing.h"

#include "rx_ring.h"

#define BUS	0x80000000ULL

static u8 memory[4096] __aligned(4096);

static struct nic one_region(void)
{
	return (struct nic) {
		.region = { { BUS, sizeof(memory), memory } },
		.regions = 1,
	};
}

static void test_open(void **state)
{
	static const struct {
		const char *why;
		struct rx_ring ring;
		enum outcome outcome;
	} t[] = {
		{ "one descriptor free",
		  { .base = BUS, .bytes = 128, .head = 0, .tail = 1 },
		  OUTCOME_DELIVERED },
		{ "free across the wrap",
		  { .base = BUS, .bytes = 128, .head = 7, .tail = 0 },
		  OUTCOME_DELIVERED },
		{ "all of the memory",
		  { .base = BUS, .bytes = 4096, .head = 255, .tail = 254 },
		  OUTCOME_DELIVERED },
		{ "empty",
		  { .base = BUS, .bytes = 128, .head = 3, .tail = 3 },
		  OUTCOME_NO_DESCRIPTOR },
		{ "not set up",
		  { .base = 0, .bytes = 0 }, OUTCOME_NO_DESCRIPTOR },
		{ "not a multiple of 128",
		  { .base = BUS, .bytes = 144, .tail = 1 },
		  OUTCOME_BAD_DESCRIPTOR },
		{ "less than a unit",
		  { .base = BUS, .bytes = 16 }, OUTCOME_BAD_DESCRIPTOR },
		{ "head beyond the ring",
		  { .base = BUS, .bytes = 128, .head = 8, .tail = 1 },
		  OUTCOME_BAD_DESCRIPTOR },
		{ "tail beyond the ring",
		  { .base = BUS, .bytes = 128, .head = 1, .tail = 8 },
		  OUTCOME_BAD_DESCRIPTOR },
		{ "tail is the count in 32-byte descriptors",
		  { .base = BUS, .bytes = 128, .head = 0, .tail = 0xffffffff },
		  OUTCOME_BAD_DESCRIPTOR },
		{ "begins below the memory",
		  { .base = BUS - 16, .bytes = 128, .tail = 1 },
		  OUTCOME_BAD_DESCRIPTOR },
		{ "ends above the memory",
		  { .base = BUS + 4096 - 112, .bytes = 128, .tail = 1 },
		  OUTCOME_BAD_DESCRIPTOR },
		{ "at 0",
		  { .base = 0, .bytes = 128, .tail = 1 },
		  OUTCOME_BAD_DESCRIPTOR },
		{ "larger than all memory",
		  { .base = BUS, .bytes = 0xffffff80, .tail = 1 },
		  OUTCOME_BAD_DESCRIPTOR },
	};
	struct nic nic = one_region();
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		struct rx_ring r = t[i].ring;

		if (rx_ring_open(&r, &nic) != t[i].outcome)
			fail_msg("wrong outcome: %s", t[i].why);
	}
}

static struct rx_ring open_ring(struct nic *nic, u32 room, bool extended)
{
	struct rx_ring r = {
		.base = BUS + 256, .bytes = 128, .head = 7, .tail = 6,
		.room = room, .extended = extended,
	};

	memset(memory, 0xa5, sizeof(memory));
	assert_int_equal(rx_ring_open(&r, nic), OUTCOME_DELIVERED);
	return r;
}

static void set_buffer(u32 slot, u64 bus)
{
	__le64 le = cpu_to_le64(bus);

	memcpy(memory + 256 + 16 * slot, &le, 8);
}

static void test_buffer(void **state)
{
	static const struct {
		u64 bus;
		u32 room;
		bool good;
	} t[] = {
		{ BUS, 2048, true },
		{ BUS + 2048, 2048, true },
		{ BUS + 2049, 2048, false },
		{ BUS + 3, 256, true },
		{ BUS - 1, 256, false },
		{ BUS + 4095, 256, false },
		{ BUS, 16384, false },
		{ BUS, 0, false },	/* a reserved size */
		{ 0, 256, false },
		{ ~0ULL, 256, false },	/* e1000e's mark for an unused address */
		{ ~0ULL - 255, 256, false },
	};
	struct nic nic = one_region();
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		struct rx_ring r = open_ring(&nic, t[i].room, i & 1);
		u64 bus = 0;
		void *at;

		set_buffer(7, t[i].bus);
		at = rx_ring_buffer(&r, &nic, 7, &bus);
		assert_int_equal(bus, t[i].bus);
		assert_ptr_equal(at, t[i].good ? memory + (t[i].bus - BUS) :
						 NULL);
	}
}

/* Only the sixteen bytes of the descriptor may change, and to exactly these. */
static void check_fill(bool extended, const u8 expected[16])
{
	struct nic nic = one_region();
	struct rx_ring r = open_ring(&nic, 2048, extended);
	u8 shadow[sizeof(memory)];

	memcpy(shadow, memory, sizeof(memory));
	set_buffer(7, 0x0807060504030201ULL);
	memcpy(shadow + 256 + 16 * 7, expected, 16);
	rx_ring_fill(&r, 7, 0x1234, RX_STATUS_DD | RX_STATUS_EOP |
		     RX_STATUS_UDPCS | RX_STATUS_IPCS);
	assert_memory_equal(memory, shadow, sizeof(memory));
	assert_true(rx_ring_filled(&r, 7));
}

static void test_fill_extended(void **state)
{
	/* MRQ 0, RSS 0, status and errors, length, VLAN */
	static const u8 expected[16] = {
		0, 0, 0, 0, 0, 0, 0, 0, 0x53, 0, 0, 0, 0x34, 0x12, 0, 0
	};

	check_fill(true, expected);
}

static void test_fill_legacy(void **state)
{
	/* the address stays; length, checksum, status, errors, special */
	static const u8 expected[16] = {
		1, 2, 3, 4, 5, 6, 7, 8, 0x34, 0x12, 0, 0, 0x53, 0, 0, 0
	};

	check_fill(false, expected);
}

static void test_filled_until_the_driver_clears_dd(void **state)
{
	struct nic nic = one_region();
	int extended;

	for (extended = 0; extended < 2; extended++) {
		struct rx_ring r = open_ring(&nic, 2048, extended);
		u8 *status = memory + 256 + 16 * 2 + (extended ? 8 : 12);

		rx_ring_fill(&r, 2, 60, RX_STATUS_DD | RX_STATUS_EOP);
		assert_true(rx_ring_filled(&r, 2));
		*status = 0;
		assert_false(rx_ring_filled(&r, 2));
		set_buffer(2, BUS);
		assert_false(rx_ring_filled(&r, 2));
	}
}

static void test_ahead_wraps(void **state)
{
	struct rx_ring r = { .count = 8 };
	u32 slot, ahead;

	for (slot = 0; slot < 8; slot++)
		for (ahead = 0; ahead < 8; ahead++)
			assert_int_equal(rx_ring_ahead(&r, slot, ahead),
					 (slot + ahead) % 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_buffer),
		cmocka_unit_test(test_fill_extended),
		cmocka_unit_test(test_fill_legacy),
		cmocka_unit_test(test_filled_until_the_driver_clears_dd),
		cmocka_unit_test(test_ahead_wraps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
