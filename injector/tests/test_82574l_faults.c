// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver that does what no driver should: what the 82574L and the 82545GM
 * note of it, and that a driver that does nothing wrong is never accused. The
 * register tests of `ethtool -t` write patterns into every ring register, and
 * are no mistake.
 */
#include "rig.h"

/* 10.1: 32 bits, aligned, within the file. */
static void test_access(void **state)
{
	static const struct {
		u32 reg;
		unsigned int size;
	} bad[] = {
		{ INTEL_CTRL, 1 }, { INTEL_CTRL, 2 }, { INTEL_CTRL, 8 },
		{ INTEL_IMS + 1, 4 }, { INTEL_IMS + 2, 4 }, { INTEL_IMS + 3, 1 },
		{ GIGABIT_CSR_SIZE, 4 }, { GIGABIT_CSR_SIZE - 4, 8 },
		{ 0xfffffffc, 4 }, { 0xffffffff, 1 }, { INTEL_RDT, 0 },
		{ INTEL_RDT, 3 }, { INTEL_RDT, 64 },
	};
	struct rig *r = *state;
	static struct gigabit before;
	unsigned int i;

	before = r->state.g;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		faults_clear(&r->port.faults);
		assert_int_equal(r->nic.ops->write(&r->nic, bad[i].reg,
						   bad[i].size, ~0ULL), 0);
		assert_int_equal(r->nic.ops->read(&r->nic, bad[i].reg,
						  bad[i].size), 0);
		assert_fault(r, FAULT_ACCESS, bad[i].reg, bad[i].size);
		assert_int_equal(rig_faults(r), 1);
	}
	assert_memory_equal(&r->state.g, &before, sizeof(before));
}

/* DMA before a reset is over: the enable bit is lost, and it is told. */
static void test_early(void **state)
{
	static const u32 looks[] = {
		INTEL_STATUS, INTEL_CTRL, INTEL_CTRL_DUP, INTEL_EECD, INTEL_ICR,
	};
	struct rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(looks); i++) {
		faults_clear(&r->port.faults);
		wr(r, i & 1 ? INTEL_CTRL : INTEL_CTRL_DUP, INTEL_CTRL_RST);
		wr(r, INTEL_RCTL, RIG_RCTL);
		wr(r, INTEL_TCTL, INTEL_TCTL_EN | INTEL_TCTL_PSP);
		assert_fault(r, FAULT_EARLY, INTEL_RCTL, RIG_RCTL);
		assert_fault(r, FAULT_EARLY, INTEL_TCTL,
			     INTEL_TCTL_EN | INTEL_TCTL_PSP);
		assert_int_equal(rd(r, INTEL_RCTL), RIG_RCTL & ~INTEL_RCTL_EN);
		assert_int_equal(rd(r, INTEL_TCTL), INTEL_TCTL_PSP);
		rd(r, looks[i]);
		wr(r, INTEL_RCTL, RIG_RCTL);
		wr(r, INTEL_TCTL, INTEL_TCTL_EN);
		assert_int_equal(rd(r, INTEL_RCTL), RIG_RCTL);
		assert_int_equal(rd(r, INTEL_TCTL), INTEL_TCTL_EN);
		assert_int_equal(rig_faults(r), 2);
	}
}

/* Power on is not a reset that a driver began. */
static void test_not_early(void **state)
{
	struct rig *r = *state;

	wr(r, INTEL_RCTL, RIG_RCTL);
	assert_int_equal(rd(r, INTEL_RCTL), RIG_RCTL);
	assert_int_equal(rig_faults(r), 0);
}

static void test_bad_rx_rings(void **state)
{
	static const struct {
		u32 reg, value;
		enum fault_kind kind;
		u32 at;
		u64 told;
	} bad[] = {
		{ INTEL_RDBAH, 0, FAULT_RING, INTEL_RDBAL, (u32)RIG_BUS },
		{ INTEL_RDLEN, 0, FAULT_RING, INTEL_RDLEN, 0 },
		{ INTEL_RDBAL, (u32)RIG_BUS + RIG_POOL - 64, FAULT_RING,
		  INTEL_RDLEN, 128 },
		{ INTEL_RDH, 8, FAULT_RING, INTEL_RDH, 8 },
		{ INTEL_RDT, 8, FAULT_TAIL, INTEL_RDT, 8 },
		{ INTEL_RDT, 0xffff, FAULT_TAIL, INTEL_RDT, 0xffff },
	};
	struct rig *r = *state;
	unsigned int i, by_giving;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		for (by_giving = 0; by_giving < 2; by_giving++) {
			wr(r, INTEL_RCTL, 0);
			rig_rx(r, 8);
			faults_clear(&r->port.faults);
			wr(r, bad[i].reg, bad[i].value);
			if (by_giving)
				assert_int_equal(rig_give(r, 100).outcome,
						 OUTCOME_BAD_DESCRIPTOR);
			else if (bad[i].reg != INTEL_RDT)
				wr(r, INTEL_RDT, 6);
			assert_fault(r, bad[i].kind, bad[i].at, bad[i].told);
			assert_int_equal(rig_faults(r), 1);
		}
}

/* A ring that is not in use may hold anything. */
static void test_unused_rings_are_no_fault(void **state)
{
	struct rig *r = *state;

	wr(r, INTEL_RDBAL, 0xdead0000);
	wr(r, INTEL_RDLEN, 0x1000);
	wr(r, INTEL_RDT, 0xffff);	/* the receiver is off */
	wr(r, INTEL_TDT, 0xffff);
	wr(r, INTEL_RDH, 0xffff);
	wr(r, INTEL_RCTL, RIG_RCTL);	/* and now it is empty */
	assert_int_equal(rig_give(r, 100).outcome, OUTCOME_NO_DESCRIPTOR);
	assert_int_equal(rig_faults(r), 0);
}

static void test_bad_buffers(void **state)
{
	struct rig *r = *state;
	unsigned int i;

	rig_rx(r, 8);
	rig_desc(r, 0)->buffer = cpu_to_le64(0xffffffff81000000ULL);
	for (i = 0; i < 5; i++)
		assert_int_equal(rig_give(r, 100).outcome,
				 OUTCOME_BAD_DESCRIPTOR);
	assert_fault(r, FAULT_BUFFER, INTEL_RDT, 0xffffffff81000000ULL);
	assert_int_equal(rig_faults(r), 1);
}

/*
 * What the driver has mapped: e1000e maps 1522 bytes of each buffer while RCTL
 * says 2048, and unmaps them when it is done.
 */
static void test_mapped_extents(void **state)
{
	u64 *extent = calloc(RIG_POOL / NIC_GRANULE, sizeof(*extent));
	u64 at = rig_buffer(0) - RIG_BUS;
	struct rig *r = *state;

	assert_non_null(extent);
	rig_rx(r, 8);
	r->nic.region[0].extent = extent;
	extent[0] = 4096;	/* the ring */
	extent[1] = 4096;
	extent[at / NIC_GRANULE] = at + 1522;
	wr(r, INTEL_RCTL, RIG_RCTL | INTEL_RCTL_LPE);
	assert_int_equal(rig_give(r, 1523).outcome, OUTCOME_BAD_DESCRIPTOR);
	assert_int_equal(rig_give(r, 1522).outcome, OUTCOME_DELIVERED);
	assert_fault(r, FAULT_BUFFER, INTEL_RDT, rig_buffer(0));
	wr(r, INTEL_RDH, 0);
	extent[at / NIC_GRANULE] |= NIC_EXTENT_READONLY;
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_BAD_DESCRIPTOR);
	extent[at / NIC_GRANULE] = 0;
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_BAD_DESCRIPTOR);
	extent[0] = 0;
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_BAD_DESCRIPTOR);
	assert_fault(r, FAULT_RING, INTEL_RDBAL, RIG_BUS);
	free(extent);
}

/* reg_pattern_test() of e1000 and e1000e */
static void check_patterns(struct rig *r, u32 reg, u32 mask, u32 write)
{
	static const u32 test[] = {
		0x5a5a5a5a, 0xa5a5a5a5, 0x00000000, 0xffffffff
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(test); i++) {
		wr(r, reg, test[i] & write);
		if (rd(r, reg) != (test[i] & write & mask))
			fail_msg("register %x reads %x for %x", reg, rd(r, reg),
				 test[i] & write);
	}
}

/* reg_set_and_check() */
static void set_and_check(struct rig *r, u32 reg, u32 mask, u32 write)
{
	wr(r, reg, write & mask);
	assert_int_equal(rd(r, reg) & mask, write & mask);
}

/* e1000_reg_test(), the same in both drivers but for STATUS */
static void test_ethtool_register_test(void **state)
{
	static const struct {
		u32 reg, mask, write;
	} first[] = {
		{ 0x00028, 0xffffffff, 0xffffffff },	/* FCAL */
		{ INTEL_FCAH, 0x0000ffff, 0xffffffff },
		{ INTEL_FCT, 0x0000ffff, 0xffffffff },
		{ INTEL_VET, 0x0000ffff, 0xffffffff },
		{ INTEL_RDTR, 0x0000ffff, 0xffffffff },
		{ INTEL_RDBAH, 0xffffffff, 0xffffffff },
		{ INTEL_RDLEN, 0x000fff80, 0x000fffff },
		{ INTEL_RDH, 0x0000ffff, 0x0000ffff },
		{ INTEL_RDT, 0x0000ffff, 0x0000ffff },
		{ 0x02168, 0x0000fff8, 0x0000fff8 },	/* FCRTH */
		{ 0x00170, 0x0000ffff, 0x0000ffff },	/* FCTTV */
		{ 0x00410, 0x3fffffff, 0x3fffffff },	/* TIPG */
		{ INTEL_TDBAH, 0xffffffff, 0xffffffff },
		{ INTEL_TDLEN, 0x000fff80, 0x000fffff },
	}, second[] = {
		{ INTEL_RDBAL, 0xfffffff0, 0xffffffff },
		{ 0x00178, 0xc000ffff, 0x0000ffff },	/* TXCW */
		{ INTEL_TDBAL, 0xfffffff0, 0xffffffff },
		{ 0x03820, 0x0000ffff, 0x0000ffff },	/* TIDV */
	};
	struct rig *r = *state;
	u32 status = rd(r, INTEL_STATUS);
	unsigned int i;

	wr(r, INTEL_STATUS, 0xfffff833);
	assert_int_equal(rd(r, INTEL_STATUS), status);
	for (i = 0; i < ARRAY_SIZE(first); i++)
		check_patterns(r, first[i].reg, first[i].mask, first[i].write);
	set_and_check(r, INTEL_RCTL, 0xffffffff, 0x00000000);
	set_and_check(r, INTEL_RCTL, 0x06dfb3fe, 0x003ffffb);
	set_and_check(r, INTEL_TCTL, 0xffffffff, 0x00000000);
	set_and_check(r, INTEL_RCTL, 0x06dfb3fe, 0xffffffff);
	/* the receiver is on: frames that come now find no descriptor */
	assert_int_equal(rig_give(r, 100).outcome, OUTCOME_NO_DESCRIPTOR);
	for (i = 0; i < ARRAY_SIZE(second); i++)
		check_patterns(r, second[i].reg, second[i].mask,
			       second[i].write);
	for (i = 0; i < 16; i++)
		check_patterns(r, INTEL_RAH(i), 0x8003ffff, 0xffffffff);
	for (i = 0; i < 128; i++)
		check_patterns(r, INTEL_MTA + 4 * i, 0xffffffff, 0xffffffff);
	assert_int_equal(rig_faults(r), 0);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, rig_setup, \
							rig_teardown)
#define TEST_GM(name)	cmocka_unit_test_setup_teardown(name, \
							rig_setup_82545gm, \
							rig_teardown)

int main(void)
{
	const struct CMUnitTest i82574l[] = {
		TEST(test_access),
		TEST(test_early),
		TEST(test_not_early),
		TEST(test_bad_rx_rings),
		TEST(test_unused_rings_are_no_fault),
		TEST(test_bad_buffers),
		TEST(test_mapped_extents),
		TEST(test_ethtool_register_test),
	};
	const struct CMUnitTest i82545gm[] = {
		TEST_GM(test_access),
		TEST_GM(test_early),
		TEST_GM(test_not_early),
		TEST_GM(test_bad_rx_rings),
		TEST_GM(test_unused_rings_are_no_fault),
		TEST_GM(test_bad_buffers),
		TEST_GM(test_ethtool_register_test),
	};
	int failed;

	failed = cmocka_run_group_tests_name("82574l, faults", i82574l, NULL,
					     NULL);
	return failed + cmocka_run_group_tests_name("82545gm, faults", i82545gm,
						    NULL, NULL);
}
