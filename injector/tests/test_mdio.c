// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PHYs as e1000e, e1000 and igb read them through MDIC: identity, link and
 * its fall, power down, page select (82574 data sheet 8, 10.2.2; 8254x manual
 * 13.4.7; 82576 data sheet 3.5, 8.2.4; IEEE 802.3 clause 22).
 */
#include "testing.h"

#include "mdio.h"

#define READY	0x10000000
#define ERROR	0x40000000

static struct mdio_phy phy;

static int setup(void **state)
{
	phy.model = MDIO_BM;
	mdio_reset(&phy);
	return 0;
}

static int setup_m88(void **state)
{
	phy.model = MDIO_M88E1011;
	mdio_reset(&phy);
	return 0;
}

static int setup_igp03(void **state)
{
	phy.model = MDIO_IGP03;
	mdio_reset(&phy);
	return 0;
}

/* e1000e_read_phy_reg_mdic(): the answer carries the register's number. */
static u16 get(u32 reg, bool link)
{
	u32 command = 0x08000000 | 1 << 21 | reg << 16;
	u32 mdic = mdio_access(&phy, command, link);

	assert_int_equal(mdic & 0xffff0000, command | READY);
	return (u16)mdic;
}

static void put(u32 reg, u16 value)
{
	u32 mdic = mdio_access(&phy, 0x04000000 | 1 << 21 | reg << 16 | value,
			       true);

	assert_int_equal(mdic & (READY | ERROR), READY);
}

static void test_identity(void **state)
{
	assert_int_equal(get(2, true), 0x0141);
	assert_int_equal(get(3, true), 0x0cb1);
	put(2, 0xffff);
	put(3, 0xffff);
	assert_int_equal(get(2, true), 0x0141);
	assert_int_equal(get(3, true), 0x0cb1);
}

static void test_link(void **state)
{
	assert_int_equal(get(1, true) & 0x0024, 0x0024);
	assert_int_equal(get(1, false) & 0x0024, 0);
	assert_int_equal(get(17, true) & 0xe400, 0xa400);
	assert_int_equal(get(17, false), 0);
	assert_true(get(10, true) & 0x0800);
	assert_int_equal(get(10, false), 0);
	/* no pause: e1000e turns flow control off */
	assert_int_equal(get(5, true) & 0x0c00, 0);
	assert_int_equal(get(5, false), 0);
	/* e1000_check_phy_82574(): not hung */
	assert_int_equal(get(21, true), 0);
}

static void test_power_down(void **state)
{
	assert_true(mdio_powered(&phy));
	put(0, get(0, true) | 0x0800);
	assert_false(mdio_powered(&phy));
	put(0, get(0, false) & ~0x0800);
	assert_true(mdio_powered(&phy));
}

/* e1000e_phy_sw_reset() and restarting negotiation end at once. */
static void test_self_clearing_bits(void **state)
{
	put(4, 0x01e1);
	put(16, 0x0860);
	put(0, 0x9340);
	assert_int_equal(get(0, true), 0x1140);
	assert_int_equal(get(4, true), 0x01e1);
	assert_int_equal(get(16, true), 0x0860);
}

static void test_hardware_reset(void **state)
{
	put(0, 0x0800);
	put(22, 3);
	put(16, 0xffff);
	mdio_reset(&phy);
	assert_int_equal(get(0, true), 0x1140);
	assert_int_equal(get(22, true), 0);
	assert_int_equal(get(16, true), 0);
	assert_true(mdio_powered(&phy));
}

/* On another page registers 16 up are not those of page 0, 0 to 15 are. */
static void test_pages(void **state)
{
	static const u16 pages[] = { 1, 2, 769, 800, 0xffff };
	unsigned int i;

	put(16, 0x1234);
	for (i = 0; i < ARRAY_SIZE(pages); i++) {
		put(22, pages[i]);
		assert_int_equal(get(22, true), pages[i]);
		assert_int_equal(get(2, true), 0x0141);
		put(16, 0xffff);
		assert_int_equal(get(16, true), 0);
		assert_int_equal(get(17, true), 0);
		assert_int_equal(get(31, true), 0);
	}
	put(22, 0);
	assert_int_equal(get(16, true), 0x1234);
}

/* e1000_set_phy_type(): M88E1011_I_PHY_ID, whatever its revision */
static void test_m88(void **state)
{
	assert_int_equal(get(2, true), 0x0141);
	assert_int_equal(get(3, true) & 0xfff0, 0x0c20);
	put(22, 1);
	put(16, 0x0868);
	assert_int_equal(get(16, true), 0x0868);
	assert_int_equal(get(17, true) & 0xe400, 0xa400);
	assert_int_equal(get(22, true), 1);
	mdio_reset(&phy);
	assert_int_equal(get(22, true), 0);
	assert_int_equal(get(3, true) & 0xfff0, 0x0c20);
}

/* ---- IGP03 ---- */

/* As igb reads what lies behind the first sixteen: the page is the address. */
static u16 get_paged(u16 address, bool link)
{
	put(31, address);
	return get(address & 0x1f, link);
}

static void test_igp03(void **state)
{
	assert_int_equal(get(2, true), 0x02a8);
	assert_int_equal(get(3, true) & 0xfff0, 0x0390);
	assert_int_equal(get(1, true) & 0x0024, 0x0024);
	assert_int_equal(get(1, false) & 0x0024, 0);
	assert_int_equal(get_paged(0x11, true) & 0xc000, 0xc000);
	assert_int_equal(get_paged(0x11, false), 0);
	assert_int_equal(get_paged(0x13, true), 0);
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

/* The low five bits of what selects the page are no part of it. */
static void test_igp03_pages(void **state)
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

/* The model stands in memory that both sides share. */
static void test_unknown_model(void **state)
{
	phy.model = 0xffffffff;
	assert_int_equal(get(3, true), 0x0cb1);
}

/* ---- any of them ---- */

static void test_other_phys_do_not_answer(void **state)
{
	struct mdio_phy before = phy;
	u32 address;

	for (address = 0; address < 32; address++) {
		u32 mdic;

		if (address == 1)
			continue;
		mdic = mdio_access(&phy, 0x04000000 | address << 21 | 0x0800,
				   true);
		assert_int_equal(mdic & (READY | ERROR), READY | ERROR);
	}
	assert_memory_equal(&phy, &before, sizeof(phy));
}

static void test_any_command_is_safe(void **state)
{
	u64 seed = 3;
	unsigned int i;

	for (i = 0; i < 100000; i++)
		assert_true(mdio_access(&phy, (u32)random_next(&seed), i & 1) &
			    READY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_identity, setup),
		cmocka_unit_test_setup(test_link, setup),
		cmocka_unit_test_setup(test_power_down, setup),
		cmocka_unit_test_setup(test_self_clearing_bits, setup),
		cmocka_unit_test_setup(test_hardware_reset, setup),
		cmocka_unit_test_setup(test_pages, setup),
		cmocka_unit_test_setup(test_m88, setup_m88),
		cmocka_unit_test_setup(test_power_down, setup_m88),
		cmocka_unit_test_setup(test_self_clearing_bits, setup_m88),
		cmocka_unit_test_setup(test_igp03, setup_igp03),
		cmocka_unit_test_setup(test_power_down, setup_igp03),
		cmocka_unit_test_setup(test_self_clearing_bits, setup_igp03),
		cmocka_unit_test_setup(test_cable_length, setup_igp03),
		cmocka_unit_test_setup(test_igp03_pages, setup_igp03),
		cmocka_unit_test_setup(test_unknown_model, setup),
		cmocka_unit_test_setup(test_other_phys_do_not_answer, setup),
		cmocka_unit_test_setup(test_any_command_is_safe, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
