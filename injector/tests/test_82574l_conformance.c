// SPDX-License-Identifier: GPL-2.0-only
/*
 * The 82574L's registers against the "82574 GbE Controller Family Datasheet":
 * what they hold after a reset, and what writing and reading do to them. Each
 * line names the section that it was written from.
 */
#include "rig.h"

struct value {
	const char *section;
	u32 reg, mask, value;
};

/* What a driver may rely on; bits of other fields are not looked at. */
static const struct value after_reset[] = {
	{ "10.2.2.1 CTRL.FD, SLU", INTEL_CTRL, 0x00000041, 0x00000041 },
	{ "10.2.2.1 CTRL.SPEED", INTEL_CTRL, 0x00000300, 0x00000200 },
	{ "10.2.2.1 CTRL.RST, PHY_RST, VME", INTEL_CTRL, 0xc4000000, 0 },
	{ "10.2.2.1 CTRL is at 4, too", INTEL_CTRL_DUP, 0x00000341, 0x00000241 },
	{ "10.2.2.2 STATUS", INTEL_STATUS, 0xffffffff, 0x00080083 },
	{ "10.2.2 EECD.EE_PRES, AUTO_RD", INTEL_EECD, 0x00000300, 0x00000300 },
	{ "10.2.2 EECD.EE_GNT, REQ", INTEL_EECD, 0x000000c0, 0 },
	{ "10.2.2 CTRL_EXT.EIAME, IAME", INTEL_CTRL_EXT, 0x09000000, 0 },
	{ "10.2.2 MDIC", INTEL_MDIC, 0xffffffff, 0 },
	{ "10.2.2 VET", INTEL_VET, 0xffffffff, 0x00008100 },
	{ "10.2.2 LEDCTL", INTEL_LEDCTL, 0xffffffff, 0x07061302 },
	{ "10.2.2 EXTCNF_CTRL: MDIO is nobody's", 0x00f00, 0x00000020, 0 },
	{ "10.2.2 PBA", INTEL_PBA, 0xffffffff, 0x00140014 },
	{ "10.2.4.1 ICR", INTEL_ICR, 0xffffffff, 0 },
	{ "10.2.4 ITR", INTEL_ITR, 0xffffffff, 0 },
	{ "10.2.4 IMS", INTEL_IMS, 0xffffffff, 0 },
	{ "10.2.4 EIAC", INTEL_EIAC, 0xffffffff, 0 },
	{ "10.2.4 IAM", INTEL_IAM, 0xffffffff, 0 },
	{ "10.2.4 IVAR", INTEL_IVAR, 0xffffffff, 0 },
	{ "10.2.5 RCTL", INTEL_RCTL, 0xffffffff, 0 },
	{ "10.2.5 RDLEN", INTEL_RDLEN, 0xffffffff, 0 },
	{ "10.2.5 RDH", INTEL_RDH, 0xffffffff, 0 },
	{ "10.2.5 RDT", INTEL_RDT, 0xffffffff, 0 },
	{ "10.2.5 RXCSUM.IPOFLD, TUOFLD", INTEL_RXCSUM, 0x300, 0x300 },
	{ "10.2.5 RFCTL", INTEL_RFCTL, 0xffffffff, 0 },
	{ "10.2.5 RAL 0, from the NVM", INTEL_RAL(0), 0xffffffff, 0x105e0002 },
	{ "10.2.5 RAH 0, valid", INTEL_RAH(0), 0xffffffff, 0x80000100 },
	{ "10.2.5 RAH 1, not valid", INTEL_RAH(1), 0x80000000, 0 },
	{ "10.2.6 TCTL.EN", INTEL_TCTL, 0x00000002, 0 },
	{ "10.2.6 TDLEN", INTEL_TDLEN, 0xffffffff, 0 },
	{ "10.2.6 TDH", INTEL_TDH, 0xffffffff, 0 },
	{ "10.2.6 TDT", INTEL_TDT, 0xffffffff, 0 },
	{ "10.2.2 EEMNGCTL.CFG_DONE", INTEL_EEMNGCTL, 0x00040000, 0x00040000 },
};

static void check_reset_values(struct rig *r)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(after_reset); i++) {
		const struct value *v = &after_reset[i];
		u32 value = rd(r, v->reg);

		if ((value & v->mask) != v->value)
			fail_msg("%s: %08x", v->section, value);
	}
}

/* 10.2.2.1: RST brings back what power on did, whatever was written. */
static void test_reset_values(void **state)
{
	struct rig *r = *state;
	u32 reg;

	check_reset_values(r);
	for (reg = 0; reg < 0x6000; reg += 4)
		if (reg != INTEL_CTRL && reg != INTEL_CTRL_DUP)
			wr(r, reg, 0xffffffff);
	wr(r, INTEL_CTRL, 0xffffffff);
	check_reset_values(r);
	wr(r, INTEL_CTRL_DUP, INTEL_CTRL_RST);
	check_reset_values(r);
}

/* Writing changes nothing. */
static void test_read_only(void **state)
{
	static const struct {
		const char *section;
		u32 reg, mask;
	} t[] = {
		{ "10.2.2.2 STATUS", INTEL_STATUS, 0xffffffff },
		{ "10.2.2 EECD.EE_PRES, AUTO_RD, SIZE", INTEL_EECD, 0x00007b00 },
		{ "10.2.7 statistics", INTEL_GPRC, 0xffffffff },
		{ "10.2.7 statistics", INTEL_TOTH, 0xffffffff },
		{ "10.2.5 RDLEN 6:0, 31:20", INTEL_RDLEN, 0xfff0007f },
		{ "10.2.5 RDBAL 3:0", INTEL_RDBAL, 0x0000000f },
		{ "10.2.6 TDLEN 6:0, 31:20", INTEL_TDLEN, 0xfff0007f },
		{ "10.2.6 TDBAL 3:0", INTEL_TDBAL, 0x0000000f },
		{ "10.2.2 VET 31:16", INTEL_VET, 0xffff0000 },
	};
	struct rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		u32 before = rd(r, t[i].reg);

		wr(r, t[i].reg, ~before);
		if ((rd(r, t[i].reg) ^ before) & t[i].mask)
			fail_msg("%s", t[i].section);
	}
}

/* A bit that is written 1 and reads 0. */
static void test_self_clearing(void **state)
{
	static const struct {
		const char *section;
		u32 reg, bit;
	} t[] = {
		{ "10.2.2.1 CTRL.RST", INTEL_CTRL, INTEL_CTRL_RST },
		{ "10.2.2.1 CTRL.PHY_RST", INTEL_CTRL, INTEL_CTRL_PHY_RST },
		{ "10.2.2 EECD.FLUPD", INTEL_EECD, INTEL_EECD_FLUPD },
		{ "10.2.2 CTRL_EXT.EE_RST", INTEL_CTRL_EXT,
		  INTEL_CTRL_EXT_EE_RST },
		{ "10.2.2 EERD.START", INTEL_EERD, NVM_RW_START },
		{ "10.2.4 ICS", INTEL_ICS, INTEL_ICR_RXT0 },
		{ "10.2.4 IMC", INTEL_IMC, INTEL_ICR_RXT0 },
	};
	struct rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		wr(r, t[i].reg, rd(r, t[i].reg) | t[i].bit);
		if (rd(r, t[i].reg) & t[i].bit)
			fail_msg("%s", t[i].section);
	}
}

/* 10.2.7: reading clears; the low half of a pair latches the high one. */
static void test_read_clears_statistics(void **state)
{
	static const u32 counted[] = {
		INTEL_TPR, INTEL_GPRC, INTEL_GORCL, INTEL_TORL,
	};
	struct rig *r = *state;
	unsigned int i;

	rig_rx(r, 8);
	rig_give(r, 100);
	for (i = 0; i < ARRAY_SIZE(counted); i++) {
		assert_int_not_equal(rd(r, counted[i]), 0);
		rd(r, counted[i] + 4);
		assert_int_equal(rd(r, counted[i]), 0);
	}
}

/*
 * 10.2.4.1: reading ICR clears it if no cause is unmasked, or if one is
 * asserted; else it changes nothing. Writing 1 clears always.
 */
static void test_icr(void **state)
{
	struct rig *r = *state;

	wr(r, INTEL_ICS, INTEL_ICR_RXT0);
	assert_int_equal(rd(r, INTEL_ICR), INTEL_ICR_RXT0);	/* all masked */
	assert_int_equal(rd(r, INTEL_ICR), 0);
	wr(r, INTEL_IMS, INTEL_ICR_TXDW);
	wr(r, INTEL_ICS, INTEL_ICR_RXT0);
	assert_int_equal(rd(r, INTEL_ICR), INTEL_ICR_RXT0);	/* not asserted */
	assert_int_equal(rd(r, INTEL_ICR), INTEL_ICR_RXT0);
	wr(r, INTEL_ICS, INTEL_ICR_TXDW);
	assert_int_equal(rd(r, INTEL_ICR), INTEL_ICR_INT_ASSERTED |
					   INTEL_ICR_RXT0 | INTEL_ICR_TXDW);
	assert_int_equal(rd(r, INTEL_ICR), 0);
	wr(r, INTEL_ICS, INTEL_ICR_RXT0 | INTEL_ICR_LSC);
	wr(r, INTEL_ICR, INTEL_ICR_RXT0);
	assert_int_equal(rd(r, INTEL_ICR), INTEL_ICR_LSC | INTEL_ICR_OTHER);
}

/* 10.2.4, 10.2.4: IMS sets bits, IMC clears them, each leaves the others. */
static void test_mask_registers(void **state)
{
	struct rig *r = *state;

	wr(r, INTEL_IMS, 0x00000005);
	wr(r, INTEL_IMS, 0x00100000);
	assert_int_equal(rd(r, INTEL_IMS), 0x00100005);
	wr(r, INTEL_IMS, 0);
	wr(r, INTEL_IMC, 0);
	assert_int_equal(rd(r, INTEL_IMS), 0x00100005);
	wr(r, INTEL_IMC, 0x00100001);
	assert_int_equal(rd(r, INTEL_IMS), 0x00000004);
}

/* 10.2.2.2: STATUS follows the link, CTRL and who still gives. */
static void test_status_follows(void **state)
{
	struct rig *r = *state;

	r->nic.ops->set_link(&r->nic, false);
	assert_int_equal(rd(r, INTEL_STATUS), 0x00080081);
	r->nic.ops->set_link(&r->nic, true);
	wr(r, INTEL_CTRL, INTEL_CTRL_GIO_MASTER_DISABLE);
	assert_int_equal(rd(r, INTEL_STATUS), 0x00000083);
	wr(r, INTEL_CTRL, 0);
	assert_int_equal(rd(r, INTEL_STATUS), 0x00080083);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, rig_setup, \
							rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_reset_values),
		TEST(test_read_only),
		TEST(test_self_clearing),
		TEST(test_read_clears_statistics),
		TEST(test_icr),
		TEST(test_mask_registers),
		TEST(test_status_follows),
	};

	return cmocka_run_group_tests_name("82574l, conformance", tests, NULL,
					   NULL);
}
