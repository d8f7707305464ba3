// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "intel_regs.h"
#include "rx_filter.h"

static u32 csr[0x6000 / 4];

static const u8 own[6] = { 0x02, 0x80, 0xfe, 0xff, 0x80, 0x01 };
static const u8 other[6] = { 0x02, 0x80, 0xfe, 0xff, 0x80, 0x02 };
static const u8 group[6] = { 0x01, 0x00, 0x5e, 0x12, 0x34, 0x56 };
static const u8 all[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

/* e1000e_rar_set_generic() */
static void set_address(unsigned int i, const u8 a[6], u32 valid)
{
	csr[INTEL_RAL(i) / 4] = a[0] | a[1] << 8 | a[2] << 16 | (u32)a[3] << 24;
	csr[INTEL_RAH(i) / 4] = a[4] | a[5] << 8 | valid;
}

static int setup(void **state)
{
	memset(csr, 0, sizeof(csr));
	set_address(0, own, INTEL_RAH_AV);
	return 0;
}

static bool passes(u32 rctl, const u8 dst[6])
{
	csr[INTEL_RCTL / 4] = rctl;
	return rx_filter(csr, rx_kind(dst), dst);
}

static void test_kinds(void **state)
{
	assert_int_equal(rx_kind(own), RX_UNICAST);
	assert_int_equal(rx_kind(group), RX_MULTICAST);
	assert_int_equal(rx_kind(all), RX_BROADCAST);
}

static void test_rctl(void **state)
{
	static const struct {
		u32 rctl;
		bool own, other, group, all;
	} t[] = {
		{ 0, true, false, false, false },
		{ INTEL_RCTL_BAM, true, false, false, true },
		{ INTEL_RCTL_UPE, true, true, false, false },
		{ INTEL_RCTL_MPE, true, false, true, true },
		{ INTEL_RCTL_UPE | INTEL_RCTL_MPE, true, true, true, true },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		assert_int_equal(passes(t[i].rctl, own), t[i].own);
		assert_int_equal(passes(t[i].rctl, other), t[i].other);
		assert_int_equal(passes(t[i].rctl, group), t[i].group);
		assert_int_equal(passes(t[i].rctl, all), t[i].all);
	}
}

static void test_each_address_register(void **state)
{
	unsigned int i, byte;

	for (i = 0; i < 16; i++) {
		u8 near[6];

		memset(csr, 0, sizeof(csr));
		set_address(i, own, INTEL_RAH_AV);
		assert_true(passes(0, own));
		for (byte = 0; byte < 6; byte++) {
			memcpy(near, own, 6);
			near[byte] ^= 0x40;
			assert_false(passes(0, near));
		}
		set_address(i, own, 0);
		assert_false(passes(0, own));
	}
}

/* A register that was never set is not the address 0. */
static void test_zero_address(void **state)
{
	static const u8 zero[6];

	assert_false(passes(0, zero));
}

/* e1000_hash_mc_addr(), written another way: 12 bits of the last 16. */
static u32 hash(unsigned int type, const u8 a[6])
{
	static const unsigned int low_bit[] = { 36, 35, 34, 32 };
	u64 address = 0;
	int i;

	for (i = 5; i >= 0; i--)
		address = address << 8 | a[i];
	return (address >> low_bit[type]) & 0xfff;
}

static void test_multicast_hash(void **state)
{
	u64 seed = 11, any;
	unsigned int i;

	for (i = 0; i < 4000; i++) {
		u32 type = i & 3, bit;
		u32 rctl = type << INTEL_RCTL_MO_SHIFT;
		u8 a[6];

		any = random_next(&seed);
		memcpy(a, &any, 6);
		a[0] = 0x01;
		bit = hash(type, a);
		assert_false(passes(rctl, a));
		csr[INTEL_MTA / 4 + bit / 32] = 1u << (bit % 32);
		assert_true(passes(rctl, a));
		csr[INTEL_MTA / 4 + bit / 32] = ~(1u << (bit % 32));
		assert_false(passes(rctl, a));
		csr[INTEL_MTA / 4 + bit / 32] = 0;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_kinds, setup),
		cmocka_unit_test_setup(test_rctl, setup),
		cmocka_unit_test_setup(test_each_address_register, setup),
		cmocka_unit_test_setup(test_zero_address, setup),
		cmocka_unit_test_setup(test_multicast_hash, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
