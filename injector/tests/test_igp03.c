// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PHY of the 82576 against its data sheet, 3.5 and 8.2.4, and IEEE 802.3
 * clause 22.
 */
#include "testing.h"

#include "igp03.h"

#define READY	0x10000000
#define ERROR	0x40000000

static struct igp03 phy;

static int setup(void **state)
{
	igp03_reset(&phy);
	return 0;
}

static u16 get(u32 reg, bool link)
{
	u32 answer = igp03_access(&phy, 0x08000000 | 1 << 21 | reg << 16, link);

	assert_int_equal(answer & (READY | ERROR), READY);
	return (u16)answer;
}

static void put(u32 reg, u16 value)
{
	u32 answer = igp03_access(&phy, 0x04000000 | 1 << 21 | reg << 16 |
					value, true);

	assert_int_equal(answer & (READY | ERROR), READY);
}

/* As igb reads what lies behind the first sixteen: the page is the address. */
static u16 get_paged(u16 address, bool link)
{
	put(31, address);
	return get(address & 0x1f, link);
}

static void test_identity(void **state)
{
	assert_int_equal(get(2, true), 0x02a8);
	assert_int_equal(get(3, true) & 0xfff0, 0x0390);
}

static void test_link(void **state)
{
	assert_int_equal(get(1, true) & 0x0024, 0x0024);
	assert_int_equal(get(1, false) & 0x0024, 0);
	assert_int_equal(get(5, false), 0);
	assert_int_equal(get(10, true) & 0x3800, 0x3800);
	assert_int_equal(get(10, false), 0);
	/* the partner pauses nobody */
	assert_int_equal(get(5, true) & 0x0c00, 0);
	assert_int_equal(get_paged(0x11, true) & 0xc000, 0xc000);
	assert_int_equal(get_paged(0x13, true), 0);
}

static void test_reset_and_restart_clear_themselves(void **state)
{
	put(0, 0x9340);
	assert_int_equal(get(0, true), 0x1140);
}

static void test_power_down(void **state)
{
	assert_true(igp03_powered(&phy));
	put(0, 0x1940);
	assert_false(igp03_powered(&phy));
	assert_int_equal(get(0, false), 0x1940);
	igp03_reset(&phy);
	assert_true(igp03_powered(&phy));
}

/* The driver refuses a gain of 0 and one beyond its table of lengths. */
static void test_cable_length(void **state)
{
	static const u16 gain[] = { 0x11b1, 0x12b1, 0x14b1, 0x18b1 };
	unsigned int i;
	u32 index;

	for (i = 0; i < ARRAY_SIZE(gain); i++) {
		index = get_paged(gain[i], true) >> 9;
		assert_in_range(index, 1, 100);
	}
	assert_int_equal(get_paged(0x00b4, true), 0);
}

static void test_pages(void **state)
{
	put(31, 0x0012);
	put(18, 0x1234);
	assert_int_equal(get_paged(0x12, true), 0x1234);
	put(31, 0x2012);
	put(18, 0xffff);
	assert_int_equal(get(18, true), 0);
	assert_int_equal(get_paged(0x12, true), 0x1234);
	/* the first sixteen are on all pages */
	put(31, 0x2010);
	assert_int_equal(get(2, true), 0x02a8);
}

static void test_other_addresses(void **state)
{
	u32 i;

	for (i = 0; i < 32; i++)
		if (i != 1)
			assert_int_equal(igp03_access(&phy, 0x08000000 |
						      i << 21, true) &
					 (READY | ERROR), READY | ERROR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_identity, setup),
		cmocka_unit_test_setup(test_link, setup),
		cmocka_unit_test_setup(test_reset_and_restart_clear_themselves,
				       setup),
		cmocka_unit_test_setup(test_power_down, setup),
		cmocka_unit_test_setup(test_cable_length, setup),
		cmocka_unit_test_setup(test_pages, setup),
		cmocka_unit_test_setup(test_other_addresses, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
