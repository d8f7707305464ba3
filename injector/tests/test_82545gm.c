// SPDX-License-Identifier: GPL-2.0-only
/*
 * The 82545GM through its table of operations, driven as e1000 drives it.
 * Section numbers are those of the "PCI/PCI-X Family of Gigabit Ethernet
 * Controllers Software Developer's Manual".
 */
#include "fetch_ahead.h"
#include "rig.h"

#define LINE		0x1
#define ENABLED		(INTEL_ICR_RXT0 | INTEL_ICR_TXDW | INTEL_ICR_LSC | 0x18)
#define SIZE_4096	0x02030000
#define DRIVER_RCTL	(INTEL_RCTL_EN | INTEL_RCTL_BAM)

/* e1000_configure_rx(): RDLEN first; legacy descriptors, no SECRC. */
static void setup_rx(struct rig *r, u32 count, u32 rctl)
{
	u32 i;

	for (i = 0; i < count; i++)
		rig_refill(r, i);
	wr(r, INTEL_RCTL, rctl & ~INTEL_RCTL_EN);
	wr(r, INTEL_RDLEN, count * 16);
	wr(r, INTEL_RDBAH, (u32)(RIG_BUS >> 32));
	wr(r, INTEL_RDBAL, (u32)RIG_BUS);
	wr(r, INTEL_RDT, 0);
	wr(r, INTEL_RDH, 0);
	wr(r, INTEL_RXCSUM, INTEL_RXCSUM_TUOFL);
	wr(r, INTEL_RCTL, rctl);
	wr(r, INTEL_RDT, count - 1);
}

static u32 byte(struct rig *r, u32 slot, u32 at)
{
	return r->pool[16 * slot + at];
}

static u32 length(struct rig *r, u32 slot)
{
	return byte(r, slot, 8) | byte(r, slot, 9) << 8;
}

/* 13.4: after power on, and after CTRL.RST */
static void test_reset_values(void **state)
{
	static const struct {
		u32 reg, value;
	} t[] = {
		{ INTEL_CTRL, 0x00000241 },	/* 13.4.1 */
		{ INTEL_CTRL_DUP, 0x00000241 },
		{ INTEL_STATUS, 0x0000b083 },	/* 13.4.2 */
		{ INTEL_EECD, 0x00000110 },	/* 13.4.3 */
		{ INTEL_CTRL_EXT, 0 },		/* 13.4.6 */
		{ INTEL_ICR, 0 },		/* 13.4.17 */
		{ INTEL_IMS, 0 },		/* 13.4.20 */
		{ INTEL_RCTL, 0 },		/* 13.4.22 */
		{ INTEL_RDLEN, 0 }, { INTEL_RDH, 0 }, { INTEL_RDT, 0 },
		{ INTEL_TCTL, 0 },		/* 13.4.33 */
		{ INTEL_TDLEN, 0 }, { INTEL_TDH, 0 }, { INTEL_TDT, 0 },
		{ INTEL_PBA, 0x00100030 },	/* 13.4.16: 48 KiB for RX */
		{ INTEL_RAL(0), 0x105e0002 },	/* 13.5: from the EEPROM */
		{ INTEL_RAH(0), 0x80000100 },
		{ INTEL_RAH(1), 0 },
		{ 0x05820, 0 },			/* MANC: e1000_power_down_phy() */
	};
	struct rig *r = *state;
	unsigned int i, twice;

	for (twice = 0; twice < 2; twice++) {
		for (i = 0; i < ARRAY_SIZE(t); i++)
			if (rd(r, t[i].reg) != t[i].value)
				fail_msg("%x reads %x", t[i].reg,
					 rd(r, t[i].reg));
		wr(r, INTEL_IMS, 0xffff);
		wr(r, INTEL_ICS, 0xffff);
		wr(r, INTEL_PBA, 0x20);
		wr(r, INTEL_RAL(0), 1);
		wr(r, INTEL_RCTL, 0x123);
		wr(r, INTEL_CTRL_DUP, INTEL_CTRL_RST | 1);
	}
}

/* Read-only, self-clearing, granted at once. */
static void test_access_rules(void **state)
{
	struct rig *r = *state;

	wr(r, INTEL_STATUS, 0);
	assert_int_equal(rd(r, INTEL_STATUS), 0xb083);
	wr(r, INTEL_CTRL, 0x241 | INTEL_CTRL_PHY_RST);
	assert_int_equal(rd(r, INTEL_CTRL), 0x241);
	/* bit 2 of CTRL is not the 82574's master disable */
	setup_rx(r, 8, DRIVER_RCTL);
	wr(r, INTEL_CTRL, 0x245);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_DELIVERED);
	wr(r, INTEL_GPRC, 7);
	assert_int_equal(rd(r, INTEL_GPRC), 1);
	assert_int_equal(rd(r, INTEL_GPRC), 0);
	wr(r, INTEL_EECD, 0xffffffff);
	assert_int_equal(rd(r, INTEL_EECD) & ~INTEL_EECD_DO, 0x1f7);
	wr(r, INTEL_EECD, 0x110);
	assert_int_equal(rd(r, INTEL_EECD) & INTEL_EECD_GNT, 0);
	wr(r, INTEL_CTRL_EXT, INTEL_CTRL_EXT_EE_RST);
	assert_int_equal(rd(r, INTEL_CTRL_EXT), 0);
}

/* One cause bit against the line: raise, unmask, read, write, mask, 13.4.17. */
static void test_line(void **state)
{
	struct rig *r = *state;

	assert_int_equal(wr(r, INTEL_ICS, INTEL_ICR_RXT0), 0);
	assert_int_equal(wr(r, INTEL_IMS, INTEL_ICR_TXDW), 0);
	assert_int_equal(wr(r, INTEL_IMS, INTEL_ICR_RXT0), LINE);
	assert_int_equal(wr(r, INTEL_IMS, INTEL_ICR_RXT0), 0);
	assert_int_equal(wr(r, INTEL_ICS, INTEL_ICR_RXT0), 0);
	assert_int_equal(wr(r, INTEL_ICS, INTEL_ICR_TXDW), 0);	/* asserted */
	assert_int_equal(rd(r, INTEL_IMS), INTEL_ICR_TXDW | INTEL_ICR_RXT0);
	assert_int_equal(rd(r, INTEL_ICR), INTEL_ICR_TXDW | INTEL_ICR_RXT0);
	assert_int_equal(rd(r, INTEL_ICR), 0);
	assert_int_equal(wr(r, INTEL_ICS, INTEL_ICR_TXDW), LINE);
	wr(r, INTEL_ICR, INTEL_ICR_TXDW);	/* 1 clears */
	assert_int_equal(wr(r, INTEL_ICS, INTEL_ICR_RXT0), LINE);
	wr(r, INTEL_IMC, INTEL_ICR_RXT0);
	assert_int_equal(rd(r, INTEL_IMS), INTEL_ICR_TXDW);
	assert_int_equal(wr(r, INTEL_ICS, INTEL_ICR_TXDW), LINE);
	/* reading clears the masked ones too */
	assert_int_equal(rd(r, INTEL_ICR), INTEL_ICR_TXDW | INTEL_ICR_RXT0);
	assert_int_equal(wr(r, INTEL_IMS, INTEL_ICR_RXT0), 0);
}

/* e1000_intr(), e1000_clean(): ICR read, all masked, unmasked when done. */
static void test_receive_as_the_driver_does(void **state)
{
	struct rig *r = *state;

	setup_rx(r, 8, DRIVER_RCTL);
	assert_int_equal(wr(r, INTEL_IMS, ENABLED), 0);
	assert_int_equal(rig_give(r, 100).vectors, LINE);
	assert_int_equal(rig_give(r, 100).vectors, 0);
	assert_int_equal(rd(r, INTEL_ICR), INTEL_ICR_RXT0);
	wr(r, INTEL_IMC, 0xffffffff);
	assert_int_equal(rig_give(r, 100).vectors, 0);
	assert_int_equal(wr(r, INTEL_IMS, ENABLED), LINE);
	assert_int_equal(rd(r, INTEL_ICR), INTEL_ICR_RXT0);
	assert_int_equal(rig_give(r, 100).vectors, LINE);
}

/* 3.2.3: length with FCS, status, no errors; the address stays. */
static void test_write_back(void **state)
{
	struct rig *r = *state;
	struct nic_frame f = { r->frame, 1000, true };
	struct nic_gift g;

	setup_rx(r, 8, DRIVER_RCTL);
	nic_give(&r->nic, &f, &g);
	assert_int_equal(g.outcome, OUTCOME_DELIVERED);
	assert_int_equal(length(r, 0), 1004);
	assert_int_equal(byte(r, 0, 12), 0x23);	/* DD, EOP, TCPCS for UDP too */
	assert_int_equal(byte(r, 0, 13), 0);
	assert_int_equal(byte(r, 0, 14) | byte(r, 0, 15), 0);
	assert_int_equal(le64_to_cpu(rig_desc(r, 0)->buffer), rig_buffer(0));
	assert_memory_equal(rig_at(r, rig_buffer(0)), r->frame, 1000);
	assert_true(r->nic.ops->waiting(&r->nic, 0, 0));
	r->pool[12] = 0;
	assert_false(r->nic.ops->waiting(&r->nic, 0, 0));
	assert_int_equal(rd(r, INTEL_GORCL), 1004);
}

/* There are no other formats: RFCTL and DTYP mean nothing here. */
static void test_always_legacy(void **state)
{
	struct rig *r = *state;

	wr(r, INTEL_RFCTL, INTEL_RFCTL_EXTEN);
	setup_rx(r, 8, DRIVER_RCTL | INTEL_RCTL_DTYP_SPLIT);
	assert_int_equal(rig_give(r, 100).outcome, OUTCOME_DELIVERED);
	assert_int_equal(length(r, 0), 104);
}

/* e1000_alloc_jumbo_rx_buffers(), MTU 16110: pages, EOP in the last. */
static void test_largest_frame(void **state)
{
	struct rig *r = *state;
	u32 i;

	setup_rx(r, 8, DRIVER_RCTL | INTEL_RCTL_LPE | SIZE_4096);
	for (i = 0; i < 8; i++)
		rig_desc(r, i)->buffer =
			cpu_to_le64(RIG_BUS + RIG_BUFFERS + 4096 * i);
	assert_int_equal(rig_give(r, 16124).slot, 3);
	for (i = 0; i < 3; i++) {
		assert_int_equal(length(r, i), 4096);
		assert_int_equal(byte(r, i, 12) & 3, 1);
	}
	assert_int_equal(length(r, 3), 16128 - 3 * 4096);
	assert_int_equal(byte(r, 3, 12) & 3, 3);
	assert_memory_equal(r->pool + RIG_BUFFERS, r->frame, 16124);
	assert_int_equal(rd(r, INTEL_RDH), 4);
	wr(r, INTEL_RCTL, DRIVER_RCTL | SIZE_4096);
	assert_int_equal(rig_give(r, 1519).outcome, OUTCOME_FILTERED);
}

static void test_transmit(void **state)
{
	struct rig *r = *state;
	struct rig_desc *d = rig_desc(r, 0) + 2048;

	rig_plug_wire(r);
	memset(d, 0, 128);
	d[0].buffer = cpu_to_le64(RIG_BUS + RIG_BUFFERS);
	d[0].status = cpu_to_le32(0x0b000000 | 100);
	memcpy(r->pool + RIG_BUFFERS, r->frame, 100);
	wr(r, INTEL_TDLEN, 128);
	wr(r, INTEL_TDBAH, (u32)(RIG_BUS >> 32));
	wr(r, INTEL_TDBAL, (u32)(RIG_BUS + 32768));
	wr(r, INTEL_TCTL, INTEL_TCTL_EN | INTEL_TCTL_PSP);
	wr(r, INTEL_IMS, ENABLED);
	assert_int_equal(wr(r, INTEL_TDT, 1), LINE);
	assert_int_equal(r->out.len, 100);
	assert_memory_equal(r->out.frame, r->frame, 100);
	assert_int_equal(rd(r, INTEL_ICR), INTEL_ICR_TXDW | INTEL_ICR_TXQE);
	assert_int_equal(rd(r, INTEL_TDH), 1);
	assert_int_equal(le16_to_cpu(d[0].length) & 1, 1);
}

static u32 phy(struct rig *r, u32 reg)
{
	wr(r, INTEL_MDIC, 0x08000000 | 1 << 21 | reg << 16);
	assert_int_equal(rd(r, INTEL_MDIC) >> 28, 1);
	return rd(r, INTEL_MDIC) & 0xffff;
}

/* e1000_detect_gig_phy() wants M88E1011_I_PHY_ID; 13.4.7. */
static void test_phy(void **state)
{
	struct rig *r = *state;

	assert_int_equal(phy(r, 2), 0x0141);
	assert_int_equal(phy(r, 3) & 0xfff0, 0x0c20);
	assert_int_equal(phy(r, 1) & 0x24, 0x24);
	assert_int_equal(phy(r, 17) & 0xac00, 0xac00);
	/* no pages: register 22 is one like others */
	wr(r, INTEL_MDIC, 0x04000000 | 1 << 21 | 22 << 16 | 5);
	assert_int_equal(phy(r, 17) & 0xac00, 0xac00);
}

static void test_link(void **state)
{
	struct rig *r = *state;

	wr(r, INTEL_IMS, ENABLED);
	assert_int_equal(r->nic.ops->set_link(&r->nic, false), LINE);
	assert_int_equal(rd(r, INTEL_STATUS) & INTEL_STATUS_LU, 0);
	assert_int_equal(rd(r, INTEL_ICR), INTEL_ICR_LSC);
	assert_int_equal(r->nic.ops->set_link(&r->nic, true), LINE);
	assert_int_equal(rd(r, INTEL_STATUS), 0xb083);
}

static u32 pin(struct rig *r, u32 pins)
{
	wr(r, INTEL_EECD, pins);
	return rd(r, INTEL_EECD);
}

/* e1000_do_read_eeprom(), pin by pin */
static u32 eeprom(struct rig *r, u32 at)
{
	u32 command = 6 << 6 | at, eecd, data = 0;
	int i;

	eecd = pin(r, INTEL_EECD_REQ);
	assert_true(eecd & INTEL_EECD_GNT);
	eecd = pin(r, INTEL_EECD_REQ | INTEL_EECD_CS);
	for (i = 8; i >= 0; i--) {
		eecd &= ~INTEL_EECD_DI;
		eecd |= command >> i & 1 ? INTEL_EECD_DI : 0;
		pin(r, eecd);
		pin(r, eecd | INTEL_EECD_SK);
		pin(r, eecd);
	}
	eecd &= ~INTEL_EECD_DI;
	for (i = 0; i < 16; i++) {
		data = data << 1 | (pin(r, eecd | INTEL_EECD_SK) &
				    INTEL_EECD_DO ? 1 : 0);
		pin(r, eecd);
	}
	pin(r, 0);
	return data;
}

/* e1000_validate_eeprom_checksum(), e1000_read_mac_addr(); EERD reads the same. */
static void test_eeprom(void **state)
{
	struct rig *r = *state;
	u16 sum = 0;
	u32 i;

	for (i = 0; i < 64; i++) {
		u32 word = eeprom(r, i);

		sum += word;
		wr(r, INTEL_EERD, i << 8 | NVM_RW_START);
		assert_int_equal(rd(r, INTEL_EERD), word << 16 | i << 8 | 0x10);
	}
	assert_int_equal(sum, 0xbaba);
	assert_int_equal(eeprom(r, 0), 0x0002);
	assert_int_equal(eeprom(r, 2), 0x0100);
}

static void test_identity(void **state)
{
	const struct nic_ops *ops = nic_model("82545gm");
	struct rig *r = *state;

	assert_int_equal(ops->identity.vendor, 0x8086);
	assert_int_equal(ops->identity.device, 0x1026);
	assert_int_equal(ops->identity.vectors, 0);
	assert_int_equal(ops->rx_vector(&r->nic, 0), 0);
	assert_int_equal(ops->rx_vector(&r->nic, 1), -1);
	assert_null(ops->poll);
}

/* Random writes anywhere, random frames: no access may leave the memory. */
static void test_random_registers(void **state)
{
	static const u32 lively[] = {
		INTEL_CTRL, INTEL_CTRL_DUP, INTEL_EECD, INTEL_MDIC, INTEL_EERD,
		INTEL_ICS, INTEL_IMS, INTEL_IMC, INTEL_ICR, INTEL_RCTL,
		INTEL_RDBAL, INTEL_RDLEN, INTEL_RDH, INTEL_RDT, INTEL_TDBAL,
		INTEL_TDLEN, INTEL_TDH, INTEL_TDT, INTEL_TCTL, INTEL_CTRL_EXT,
	};
	struct rig *r = *state;
	unsigned int i;
	u64 seed = 19;

	rig_plug_wire(r);
	for (i = 0; i < 30000; i++) {
		u32 reg = i & 1 ? lively[random_below(&seed, 20)] :
				  (u32)random_wide(&seed);

		if (i % 100 == 0)
			setup_rx(r, 8, DRIVER_RCTL);
		if (reg / 8 == 0 && i % 16)
			continue;	/* a reset clears 128 KiB */
		assert_false(wr(r, reg, (u32)random_wide(&seed)) & ~LINE);
		rd(r, (u32)random_wide(&seed));
		rig_give(r, random_below(&seed, RIG_FRAME));
		r->nic.ops->peek(&r->nic, 0, (u32)random_wide(&seed), 60);
		r->nic.ops->waiting(&r->nic, 0, (u32)random_wide(&seed));
		check_fetch_ahead(&r->nic, 0, (u32)random_wide(&seed));
	}
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, \
							rig_setup_82545gm, \
							rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_reset_values),
		TEST(test_access_rules),
		TEST(test_line),
		TEST(test_receive_as_the_driver_does),
		TEST(test_write_back),
		TEST(test_always_legacy),
		TEST(test_largest_frame),
		TEST(test_transmit),
		TEST(test_phy),
		TEST(test_link),
		TEST(test_eeprom),
		TEST(test_identity),
		TEST(test_random_registers),
	};

	return cmocka_run_group_tests_name("82545gm", tests, NULL, NULL);
}
