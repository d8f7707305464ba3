// SPDX-License-Identifier: GPL-2.0-only
/*
 * The 82574L through its table of operations, driven as e1000e drives it.
 * Section numbers are those of the 82574 GbE Controller Family Datasheet.
 */
#include "rig.h"

#define RX	0x1	/* the vectors that rig_msix() gives out */
#define TX	0x2
#define OTHER	0x4

static void test_reset_values(void **state)
{
	struct rig *r = *state;

	assert_int_equal(rd(r, INTEL_STATUS), 0x00080083);
	assert_int_equal(rd(r, INTEL_EECD) & 0x00018300, 0x300);
	assert_true(rd(r, INTEL_EEMNGCTL) & 0x00040000);
	assert_true(rd(r, INTEL_EEWR) & NVM_RW_DONE);
	assert_int_equal(rd(r, INTEL_RCTL), 0);
	assert_int_equal(rd(r, INTEL_TCTL), 0);
	assert_int_equal(rd(r, INTEL_IMS), 0);
	assert_int_equal(rd(r, INTEL_ICR), 0);
	assert_int_equal(rd(r, INTEL_RDH), 0);
	assert_int_equal(rd(r, INTEL_RAL(0)), 0x105e0002);
	assert_int_equal(rd(r, INTEL_RAH(0)), 0x80000100);
	assert_int_equal(rd(r, INTEL_RAH(1)), 0);
	/* e1000_get_hw_semaphore_82574() finds it free. */
	assert_int_equal(rd(r, 0xf00), 0);
}

/* 10.1: any access is safe; what is not a register reads 0. */
static void test_bad_offsets(void **state)
{
	static const u32 bad[] = {
		1, 2, 3, 0xc1, I82574L_CSR_SIZE, I82574L_CSR_SIZE + 4,
		0x7ffffffc, 0xfffffffc, 0xffffffff,
	};
	struct rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_int_equal(wr(r, bad[i], 0xffffffff), 0);
		assert_int_equal(rd(r, bad[i]), 0);
	}
	assert_int_equal(rd(r, INTEL_IMS), 0);
}

static void test_plain_registers_keep_their_value(void **state)
{
	static const u32 plain[] = {
		0x00f00, 0x05b50, 0x05400, 0x05478, 0x05200, 0x053fc, 0x05600,
		0x02828, 0x03828, 0x03840, 0x0b608, 0x05b00, 0x05b64, 0x05820,
		0x000c4, 0x000e8, 0x000f8, 0x02170, 0x0282c, 0x1fffc,
	};
	struct rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(plain); i++)
		assert_int_equal(wr(r, plain[i], 0x5a5a0000 + i), 0);
	for (i = 0; i < ARRAY_SIZE(plain); i++)
		assert_int_equal(rd(r, plain[i]), 0x5a5a0000 + i);
}

static void test_read_only_registers(void **state)
{
	struct rig *r = *state;

	wr(r, INTEL_STATUS, 0);
	assert_int_equal(rd(r, INTEL_STATUS), 0x00080083);
	wr(r, INTEL_EECD, 0);
	assert_int_equal(rd(r, INTEL_EECD), 0x300);
	wr(r, INTEL_EECD, 0xffffffff);
	assert_int_equal(rd(r, INTEL_EECD) & 0x00098380, 0x380);
	wr(r, INTEL_GPRC, 5);
	assert_int_equal(rd(r, INTEL_GPRC), 0);
	wr(r, INTEL_CTRL_EXT, INTEL_CTRL_EXT_EE_RST | 0x10000000);
	assert_int_equal(rd(r, INTEL_CTRL_EXT), 0x10000000);
}

static u32 read_nvm(struct rig *r, u32 at)
{
	wr(r, INTEL_EERD, at << 2 | NVM_RW_START);
	assert_true(rd(r, INTEL_EERD) & NVM_RW_DONE);
	return rd(r, INTEL_EERD) >> 16;
}

/* NVM words outlive a reset, and RAR 0 is loaded from them, 10.2.2. */
static void test_nvm(void **state)
{
	struct rig *r = *state;
	u16 sum = 0;
	u32 i;

	for (i = 0; i < 64; i++)
		sum += read_nvm(r, i);
	assert_int_equal(sum, 0xbaba);

	wr(r, INTEL_EEWR, 0x2222 << 16 | 1 << 2 | NVM_RW_START);
	assert_int_equal(rd(r, INTEL_RAL(0)), 0x105e0002);
	wr(r, INTEL_CTRL, INTEL_CTRL_RST);
	assert_int_equal(rd(r, INTEL_RAL(0)), 0x22220002);
	assert_int_equal(read_nvm(r, 1), 0x2222);
}

static u32 phy_read(struct rig *r, u32 reg)
{
	wr(r, INTEL_MDIC, 0x08000000 | 1 << 21 | reg << 16);
	assert_true(rd(r, INTEL_MDIC) & 0x10000000);
	return rd(r, INTEL_MDIC) & 0xffff;
}

static u32 phy_write(struct rig *r, u32 reg, u16 value)
{
	return wr(r, INTEL_MDIC, 0x04000000 | 1 << 21 | reg << 16 | value);
}

static void test_phy_power_takes_the_link(void **state)
{
	struct rig *r = *state;

	rig_rx(r, 8);
	rig_msix(r);
	assert_int_equal(phy_write(r, 0, 0x1940), OTHER);
	assert_int_equal(rd(r, INTEL_STATUS) & INTEL_STATUS_LU, 0);
	assert_int_equal(phy_read(r, 1) & 0x24, 0);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_RX_OFF);
	assert_true(rd(r, INTEL_ICR) & INTEL_ICR_LSC);

	wr(r, INTEL_IMS, INTEL_ICR_OTHER | INTEL_ICR_LSC);
	assert_int_equal(phy_write(r, 0, 0x1140), OTHER);
	assert_true(rd(r, INTEL_STATUS) & INTEL_STATUS_LU);
	assert_int_equal(phy_read(r, 1) & 0x24, 0x24);
	/* CTRL.PHY_RST clears itself, and powers up too. */
	phy_write(r, 0, 0x1940);
	wr(r, INTEL_CTRL, rd(r, INTEL_CTRL) | INTEL_CTRL_PHY_RST);
	assert_int_equal(rd(r, INTEL_CTRL) & INTEL_CTRL_PHY_RST, 0);
	assert_true(rd(r, INTEL_STATUS) & INTEL_STATUS_LU);
}

/* e1000_msix_other() and the watchdog: LSC seen, cleared, seen again. */
static void test_link(void **state)
{
	struct rig *r = *state;
	u32 icr;

	rig_rx(r, 8);
	rig_msix(r);
	assert_int_equal(r->nic.ops->set_link(&r->nic, true), 0);
	assert_int_equal(r->nic.ops->set_link(&r->nic, false), OTHER);
	assert_int_equal(rd(r, INTEL_STATUS) & INTEL_STATUS_LU, 0);
	assert_int_equal(r->nic.ops->set_link(&r->nic, false), 0);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_RX_OFF);
	assert_int_equal(rig_give(r, 60).vectors, 0);

	icr = rd(r, INTEL_ICR);
	assert_true(icr & INTEL_ICR_LSC);
	assert_true(icr & INTEL_ICR_INT_ASSERTED);
	assert_int_equal(rd(r, INTEL_ICR), 0);
	/* A change before the handler unmasks is not lost. */
	assert_int_equal(r->nic.ops->set_link(&r->nic, true), 0);
	assert_int_equal(wr(r, INTEL_IMS, INTEL_ICR_OTHER | INTEL_ICR_LSC),
			 OTHER);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_DELIVERED);
}

/* e1000e_trigger_lsc() */
static void test_software_causes(void **state)
{
	struct rig *r = *state;

	rig_msix(r);
	assert_int_equal(wr(r, INTEL_ICS, INTEL_ICR_LSC | INTEL_ICR_OTHER),
			 OTHER);
	assert_int_equal(wr(r, INTEL_ICS, INTEL_ICR_RXQ0), RX);
	assert_int_equal(wr(r, INTEL_ICS, INTEL_ICR_RXQ0), 0);
	assert_int_equal(wr(r, INTEL_IMS, INTEL_ICR_RXQ0), RX);
	assert_int_equal(wr(r, INTEL_IMC, 0xffffffff), 0);
	assert_int_equal(wr(r, INTEL_ICS, INTEL_ICR_TXQ0), 0);
	assert_int_equal(wr(r, INTEL_ICR, INTEL_ICR_TXQ0), 0);
	assert_int_equal(wr(r, INTEL_IMS, INTEL_ICR_TXQ0), 0);
}

/* The ring of a doorbell, and all that must prevent it. */
static void test_give_rings_only_when_it_should(void **state)
{
	static const struct {
		const char *why;
		u32 reg, value;
		enum outcome outcome;
		u32 vectors;
	} t[] = {
		{ "all is well", 0xf00, 0, OUTCOME_DELIVERED, RX },
		{ "masked", INTEL_IMC, INTEL_ICR_RXQ0, OUTCOME_DELIVERED, 0 },
		{ "all masked", INTEL_IMC, 0xffffffff, OUTCOME_DELIVERED, 0 },
		{ "others masked", INTEL_IMC, ~INTEL_ICR_RXQ0,
		  OUTCOME_DELIVERED, RX },
		{ "no valid bit", INTEL_IVAR, 0x800a0900,
		  OUTCOME_DELIVERED, 0 },
		{ "no such vector", INTEL_IVAR, 0x800a090d,
		  OUTCOME_DELIVERED, 0 },
		{ "another vector", INTEL_IVAR, 0x800a090c,
		  OUTCOME_DELIVERED, 0x10 },
		{ "cause already pending", INTEL_ICS, INTEL_ICR_RXQ0,
		  OUTCOME_DELIVERED, 0 },
		{ "receiver off", INTEL_RCTL, RIG_RCTL & ~INTEL_RCTL_EN,
		  OUTCOME_RX_OFF, 0 },
		{ "master disabled", INTEL_CTRL, INTEL_CTRL_GIO_MASTER_DISABLE,
		  OUTCOME_RX_OFF, 0 },
		{ "reset", INTEL_CTRL, INTEL_CTRL_RST, OUTCOME_RX_OFF, 0 },
		{ "not its address", INTEL_RAL(0), 0x12345602,
		  OUTCOME_FILTERED, 0 },
		{ "no address", INTEL_RAH(0), 0x00000100, OUTCOME_FILTERED, 0 },
		{ "no descriptor", INTEL_RDT, 0, OUTCOME_NO_DESCRIPTOR, 0 },
		{ "no ring", INTEL_RDLEN, 0, OUTCOME_BAD_DESCRIPTOR, 0 },
		{ "tail outside", INTEL_RDT, 8, OUTCOME_BAD_DESCRIPTOR, 0 },
		{ "head outside", INTEL_RDH, 8, OUTCOME_BAD_DESCRIPTOR, 0 },
		{ "ring outside", INTEL_RDBAH, 0, OUTCOME_BAD_DESCRIPTOR, 0 },
		{ "length is not whole", INTEL_RDLEN, 120,
		  OUTCOME_BAD_DESCRIPTOR, 0 },
		{ "packet split without sizes", INTEL_RCTL, RIG_RCTL | INTEL_RCTL_DTYP_SPLIT,
		  OUTCOME_BAD_DESCRIPTOR, 0 },
		{ "reserved buffer size", INTEL_RCTL,
		  RIG_RCTL | INTEL_RCTL_BSEX, OUTCOME_BAD_DESCRIPTOR, 0 },
	};
	struct rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		struct nic_gift g;

		r->nic.ops->power_on(&r->nic, rig_mac);
		rig_rx(r, 8);
		rig_msix(r);
		if (t[i].reg == INTEL_ICS)	/* pending, not yet unmasked */
			wr(r, INTEL_ICS, t[i].value);
		wr(r, t[i].reg, t[i].value);
		g = rig_give(r, 100);
		if (g.outcome != t[i].outcome || g.vectors != t[i].vectors)
			fail_msg("%s: outcome %d, vectors %x", t[i].why,
				 g.outcome, g.vectors);
	}
}

static void test_delivery(void **state)
{
	struct rig *r = *state;
	struct rig_desc *d = rig_desc(r, 0);
	u8 *buffer = rig_at(r, rig_buffer(0));
	struct nic_gift g;

	rig_rx(r, 8);
	rig_msix(r);
	g = rig_give(r, 1514);
	assert_int_equal(g.outcome, OUTCOME_DELIVERED);
	assert_int_equal(g.vectors, RX);
	assert_int_equal(g.slot, 0);
	assert_memory_equal(buffer, r->frame, 1514);
	assert_pattern(buffer + 1514, 2048 - 1514);
	assert_int_equal(le16_to_cpu(d->length), 1514);
	assert_int_equal(le32_to_cpu(d->status), 0x03);
	assert_int_equal(d->vlan, 0);
	assert_int_equal(rd(r, INTEL_RDH), 1);
	assert_int_equal(rd(r, INTEL_ICR) & INTEL_ICR_RXT0, INTEL_ICR_RXT0);
}

static void test_checksum_offload(void **state)
{
	static const struct {
		u32 rxcsum;
		bool checked;
		u32 status;
	} t[] = {
		{ 0x300, true, 0x53 }, { 0x200, true, 0x13 },
		{ 0x100, true, 0x43 }, { 0, true, 0x03 }, { 0x300, false, 3 },
	};
	struct rig *r = *state;
	unsigned int i;

	rig_rx(r, 8);
	for (i = 0; i < ARRAY_SIZE(t); i++) {
		struct nic_frame f = { r->frame, 100, t[i].checked };
		struct nic_gift g;

		wr(r, INTEL_RXCSUM, t[i].rxcsum);
		nic_give(&r->nic, &f, &g);
		assert_int_equal(le32_to_cpu(rig_desc(r, i)->status),
				 t[i].status);
	}
}

/* Without SECRC the length includes four bytes of FCS, 10.2.5. */
static void test_fcs(void **state)
{
	u32 keep = (RIG_RCTL & ~INTEL_RCTL_SECRC) | INTEL_RCTL_LPE;
	struct rig *r = *state;

	rig_rx(r, 8);
	wr(r, INTEL_RCTL, keep);
	assert_int_equal(rig_give(r, 100).outcome, OUTCOME_DELIVERED);
	assert_int_equal(le16_to_cpu(rig_desc(r, 0)->length), 104);
	assert_pattern(rig_at(r, rig_buffer(0)) + 104, 2048 - 104);
	assert_int_equal(rig_give(r, 2044).slot, 1);
	assert_int_equal(rig_give(r, 2045).slot, 3);	/* one byte over */
	assert_int_equal(le16_to_cpu(rig_desc(r, 3)->length), 1);
	wr(r, INTEL_RCTL, keep | INTEL_RCTL_SECRC);
	assert_int_equal(rig_give(r, 2048).slot, 4);
	assert_int_equal(rig_give(r, 2049).slot, 6);
}

static void test_length_limits(void **state)
{
	struct rig *r = *state;

	rig_rx(r, 8);
	assert_int_equal(rig_give(r, 0).outcome, OUTCOME_FILTERED);
	assert_int_equal(rig_give(r, 13).outcome, OUTCOME_FILTERED);
	assert_int_equal(rig_give(r, 59).outcome, OUTCOME_FILTERED);
	assert_int_equal(rig_give(r, 1519).outcome, OUTCOME_FILTERED);
	assert_int_equal(rd(r, INTEL_ROC), 1);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_DELIVERED);
	assert_int_equal(rig_give(r, 1518).outcome, OUTCOME_DELIVERED);
	assert_int_equal(rig_give(r, 0xffffffff).outcome, OUTCOME_FILTERED);
	wr(r, INTEL_RCTL, RIG_RCTL | INTEL_RCTL_LPE);
	assert_int_equal(rig_give(r, 16384).outcome, OUTCOME_NO_DESCRIPTOR);
	assert_int_equal(rig_give(r, 16385).outcome, OUTCOME_FILTERED);
	assert_int_equal(rig_give(r, 0xffffffff).outcome, OUTCOME_FILTERED);
}

/* BSIZE and BSEX, 10.2.5: what of the buffer is written must be declared. */
static void test_buffer_sizes(void **state)
{
	static const struct {
		u32 rctl, size;
	} t[] = {
		{ 0x00000000, 2048 }, { 0x00010000, 1024 }, { 0x00020000, 512 },
		{ 0x00030000, 256 }, { 0x02010000, 16384 },
		{ 0x02020000, 8192 }, { 0x02030000, 4096 },
	};
	struct rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		u64 last = RIG_BUS + RIG_POOL - t[i].size;
		struct nic_gift g;

		rig_rx(r, 8);
		wr(r, INTEL_RCTL, RIG_RCTL | INTEL_RCTL_LPE | t[i].rctl);
		rig_desc(r, 0)->buffer = cpu_to_le64(last);
		rig_desc(r, 1)->buffer = cpu_to_le64(last + 1);
		assert_int_equal(rig_give(r, t[i].size).outcome,
				 OUTCOME_DELIVERED);
		assert_int_equal(rd(r, INTEL_RDH), 1);
		g = rig_give(r, t[i].size);
		assert_int_equal(g.outcome, OUTCOME_BAD_DESCRIPTOR);
		assert_int_equal(g.bad_bus, last + 1);
		assert_int_equal(rd(r, INTEL_RDH), 1);
		assert_fault(r, FAULT_BUFFER, INTEL_RDT, last + 1);
		faults_clear(&r->port.faults);
	}
}

static void test_legacy_descriptors(void **state)
{
	struct rig *r = *state;
	struct nic_gift g;
	u8 *d = r->pool;

	rig_rx(r, 8);
	wr(r, INTEL_RFCTL, 0);
	g = rig_give(r, 0x123);
	assert_int_equal(g.outcome, OUTCOME_DELIVERED);
	assert_int_equal(d[8] | d[9] << 8, 0x123);
	assert_int_equal(d[12], 0x03);
	assert_true(r->nic.ops->waiting(&r->nic, 0, 0));
	d[12] = 0;
	assert_false(r->nic.ops->waiting(&r->nic, 0, 0));
}

/* Ten times around, the driver one behind. */
static void test_ring_wrap(void **state)
{
	struct rig *r = *state;
	unsigned int i;

	rig_rx(r, 8);
	for (i = 0; i < 80; i++) {
		u32 slot = i % 8;
		struct nic_gift g = rig_give(r, 60 + i);

		assert_int_equal(g.outcome, OUTCOME_DELIVERED);
		assert_int_equal(g.slot, slot);
		assert_int_equal(le16_to_cpu(rig_desc(r, slot)->length),
				 60 + i);
		rig_refill(r, slot);
		wr(r, INTEL_RDT, slot);
	}
}

static void test_ring_full(void **state)
{
	struct rig *r = *state;
	unsigned int i;

	rig_rx(r, 8);
	for (i = 0; i < 7; i++)
		assert_int_equal(rig_give(r, 60).outcome, OUTCOME_DELIVERED);
	for (i = 0; i < 5; i++)
		assert_int_equal(rig_give(r, 60).outcome,
				 OUTCOME_NO_DESCRIPTOR);
	assert_int_equal(rd(r, INTEL_RDH), 7);
	assert_int_equal(rd(r, INTEL_MPC), 5);
	assert_int_equal(rd(r, INTEL_RNBC), 5);
	assert_int_equal(rd(r, INTEL_GPRC), 7);
	assert_int_equal(rd(r, INTEL_TPR), 12);
}

/* 10.2.7 */
static void test_counters(void **state)
{
	struct rig *r = *state;

	rig_rx(r, 8);
	rig_give(r, 60);
	rig_give(r, 1514);
	memset(r->frame, 0xff, 6);
	rig_give(r, 100);
	wr(r, INTEL_MTA, 0xffffffff);
	memcpy(r->frame, "\1\0\0\0\0\0", 6);
	rig_give(r, 100);
	assert_int_equal(rd(r, INTEL_GPRC), 4);
	assert_int_equal(rd(r, INTEL_BPRC), 1);
	assert_int_equal(rd(r, INTEL_MPRC), 1);
	assert_int_equal(rd(r, INTEL_GORCL), 64 + 1518 + 104 + 104);
	assert_int_equal(rd(r, INTEL_GORCH), 0);
	assert_int_equal(rd(r, INTEL_PRC64), 1);
	assert_int_equal(rd(r, INTEL_GPRC), 0);
	assert_int_equal(rd(r, INTEL_GORCL), 0);
	rig_give(r, 60);
	assert_int_equal(rd(r, INTEL_GPRC), 1);
	rig_give(r, 60);
	wr(r, INTEL_CTRL, INTEL_CTRL_RST);
	assert_int_equal(rd(r, INTEL_GPRC), 0);
	assert_int_equal(rd(r, INTEL_MPRC), 0);
}

/* e1000e_disable_pcie_master(), e1000_reset_hw_82571() with a frame pending */
static void test_reset_while_pending(void **state)
{
	struct rig *r = *state;

	rig_rx(r, 8);
	rig_msix(r);
	assert_int_equal(rig_give(r, 60).vectors, RX);
	assert_int_equal(rig_give(r, 60).vectors, 0);
	wr(r, INTEL_CTRL, rd(r, INTEL_CTRL) | INTEL_CTRL_GIO_MASTER_DISABLE);
	assert_int_equal(rd(r, INTEL_STATUS) & INTEL_STATUS_GIO_MASTER_ENABLE,
			 0);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_RX_OFF);
	assert_int_equal(wr(r, INTEL_CTRL, INTEL_CTRL_RST), 0);

	assert_int_equal(rd(r, INTEL_CTRL) & (INTEL_CTRL_RST |
					      INTEL_CTRL_GIO_MASTER_DISABLE),
			 0);
	assert_int_equal(rd(r, INTEL_RCTL) | rd(r, INTEL_IMS) |
			 rd(r, INTEL_RDLEN) | rd(r, INTEL_RDH), 0);
	assert_int_equal(wr(r, INTEL_IMS, 0xffffffff), 0);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_RX_OFF);
	assert_false(r->nic.ops->waiting(&r->nic, 0, 0));
	test_delivery(state);
}

/* The other side died inside give(): the driver's reset ends nonetheless. */
static void test_reset_with_a_dead_device(void **state)
{
	struct rig *r = *state;

	rig_rx(r, 8);
	r->port.gives = 1;
	wr(r, INTEL_RCTL, 0);
	wr(r, INTEL_CTRL, INTEL_CTRL_GIO_MASTER_DISABLE);
	assert_true(rd(r, INTEL_STATUS) & INTEL_STATUS_GIO_MASTER_ENABLE);
	wr(r, INTEL_CTRL, INTEL_CTRL_RST);
	assert_int_equal(rd(r, INTEL_RDLEN), 0);
	assert_int_equal(r->port.unquiet, 2);
	/* A new device's first give() leaves no trace of it. */
	rig_give(r, 60);
	wr(r, INTEL_CTRL, INTEL_CTRL_GIO_MASTER_DISABLE);
	assert_false(rd(r, INTEL_STATUS) & INTEL_STATUS_GIO_MASTER_ENABLE);
}

static void *peek(struct rig *r, u32 ahead, u32 len)
{
	return r->nic.ops->peek(&r->nic, 0, ahead, len);
}

static void test_peek(void **state)
{
	struct rig *r = *state;

	assert_null(peek(r, 0, 60));
	rig_rx(r, 8);
	assert_ptr_equal(peek(r, 0, 60), rig_at(r, rig_buffer(0)));
	assert_ptr_equal(peek(r, 6, 2048), rig_at(r, rig_buffer(6)));
	assert_null(peek(r, 7, 60));
	assert_null(peek(r, 0xffffffff, 60));
	assert_null(peek(r, 0, 2049));
	rig_give(r, 60);
	rig_give(r, 60);
	rig_refill(r, 0);
	wr(r, INTEL_RDT, 1);
	assert_ptr_equal(peek(r, 5, 60), rig_at(r, rig_buffer(7)));
	assert_ptr_equal(peek(r, 6, 60), rig_at(r, rig_buffer(0)));
	assert_null(peek(r, 7, 60));
	rig_desc(r, 2)->buffer = cpu_to_le64(0x1000);
	assert_null(peek(r, 0, 60));
	r->nic.ops->set_link(&r->nic, false);
	assert_null(peek(r, 5, 60));
}

static void test_waiting_and_rx_ring(void **state)
{
	struct nic_ring ring;
	struct rig *r = *state;

	assert_false(r->nic.ops->waiting(&r->nic, 0, 0));
	rig_rx(r, 8);
	assert_false(r->nic.ops->waiting(&r->nic, 0, 0));
	rig_give(r, 60);
	assert_true(r->nic.ops->waiting(&r->nic, 0, 0));
	assert_false(r->nic.ops->waiting(&r->nic, 0, 1));
	assert_false(r->nic.ops->waiting(&r->nic, 0, 8));
	assert_false(r->nic.ops->waiting(&r->nic, 0, 0xffffffff));
	/* e1000_clean_rx_irq() clears the low byte of status. */
	rig_desc(r, 0)->status = 0;
	assert_false(r->nic.ops->waiting(&r->nic, 0, 0));

	r->nic.ops->rx_ring(&r->nic, 0, &ring);
	assert_int_equal(ring.base, RIG_BUS);
	assert_int_equal(ring.count, 8);
	assert_int_equal(ring.head, 1);
	assert_int_equal(ring.tail, 7);
	wr(r, INTEL_RDBAH, 0);
	assert_false(r->nic.ops->waiting(&r->nic, 0, 0));
}

/* Transmit: ring of 8 at 32 KiB in the pool */

#define TX_RING		32768
#define TX_FRAME	0x0b000000	/* EOP, IFCS, RS */

static struct rig_desc *tx_desc(struct rig *r, u32 slot)
{
	return (struct rig_desc *)(r->pool + TX_RING) + slot;
}

/* Word 2 is the command, word 3 the status: the reverse of receiving. */
static u32 tx_status(struct rig *r, u32 slot)
{
	return tx_desc(r, slot)->length | (u32)tx_desc(r, slot)->vlan << 16;
}

static void rig_tx(struct rig *r)
{
	u32 i;

	memset(tx_desc(r, 0), 0, 128);
	for (i = 0; i < 8; i++)
		tx_desc(r, i)->status = cpu_to_le32(TX_FRAME | (100 + i));
	wr(r, INTEL_TDBAL, (u32)(RIG_BUS + TX_RING));
	wr(r, INTEL_TDBAH, (u32)(RIG_BUS >> 32));
	wr(r, INTEL_TDLEN, 128);
	wr(r, INTEL_TDH, 0);
	wr(r, INTEL_TDT, 0);
	wr(r, INTEL_TCTL, INTEL_TCTL_EN);
}

static void test_transmit(void **state)
{
	struct rig *r = *state;

	rig_tx(r);
	rig_msix(r);
	assert_int_equal(wr(r, INTEL_TDT, 0), 0);
	assert_int_equal(wr(r, INTEL_TDT, 3), TX);
	assert_int_equal(rd(r, INTEL_TDH), 3);
	assert_int_equal(tx_status(r, 0), 1);
	assert_int_equal(tx_status(r, 2), 1);
	assert_int_equal(tx_status(r, 3), 0);
	assert_int_equal(rd(r, INTEL_GPTC), 3);
	assert_int_equal(rd(r, INTEL_TPT), 3);
	assert_int_equal(rd(r, INTEL_GOTCL), 104 + 105 + 106);
	assert_int_equal(rd(r, INTEL_GPTC), 0);
	/* The handler has not unmasked: pending, then at once. */
	assert_int_equal(wr(r, INTEL_TDT, 1), 0);
	assert_int_equal(rd(r, INTEL_TDH), 1);
	assert_int_equal(wr(r, INTEL_IMS, INTEL_ICR_TXQ0), TX);
}

static void test_transmit_waits_until_enabled(void **state)
{
	struct rig *r = *state;

	rig_tx(r);
	rig_msix(r);
	wr(r, INTEL_TCTL, 0);
	assert_int_equal(wr(r, INTEL_TDT, 2), 0);
	assert_int_equal(rd(r, INTEL_TDH), 0);
	assert_int_equal(wr(r, INTEL_TCTL, INTEL_TCTL_EN), TX);
	assert_int_equal(rd(r, INTEL_TDH), 2);
	wr(r, INTEL_CTRL, INTEL_CTRL_GIO_MASTER_DISABLE);
	assert_int_equal(wr(r, INTEL_TDT, 3), 0);
	assert_int_equal(rd(r, INTEL_TDH), 2);
}

static void test_bad_tx_ring_is_left_alone(void **state)
{
	static const struct {
		u32 reg, value;
	} bad[] = {
		{ INTEL_TDBAH, 0 }, { INTEL_TDLEN, 120 }, { INTEL_TDH, 8 },
		{ INTEL_TDT, 8 }, { INTEL_TDLEN, RIG_POOL },
	};
	struct rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		rig_tx(r);
		rig_msix(r);
		wr(r, bad[i].reg, bad[i].value);
		if (bad[i].reg != INTEL_TDT)
			assert_int_equal(wr(r, INTEL_TDT, 1), 0);
		assert_int_equal(tx_status(r, 0), 0);
	}
}

static void test_identity(void **state)
{
	const struct nic_identity *id = &nic_model("82574l")->identity;

	assert_int_equal(id->vendor, 0x8086);
	assert_int_equal(id->device, 0x10d3);
	assert_int_equal(id->bar[0].size, 0x20000);
	assert_int_equal(id->vectors, 5);
	assert_int_equal(id->msix_bar, 3);
}

/* Random writes anywhere, random frames: no access may leave the memory. */
static void test_random_registers(void **state)
{
	static const u32 lively[] = {
		INTEL_CTRL, INTEL_CTRL_EXT, INTEL_MDIC, INTEL_EERD, INTEL_EEWR,
		INTEL_ICS, INTEL_IMS, INTEL_IMC, INTEL_ICR, INTEL_RCTL,
		INTEL_RDBAL, INTEL_RDLEN, INTEL_RDH, INTEL_RDT, INTEL_TDBAL,
		INTEL_TDLEN, INTEL_TDH, INTEL_TDT, INTEL_TCTL, INTEL_IVAR,
	};
	struct rig *r = *state;
	unsigned int i;
	u64 seed = 17;

	for (i = 0; i < 30000; i++) {
		u32 reg = i & 1 ? lively[random_below(&seed, 20)] :
				  (u32)random_wide(&seed);

		if (i % 100 == 0) {
			rig_tx(r);
			rig_rx(r, 8);
		}
		if (reg == INTEL_CTRL && i % 16)
			continue;	/* a reset clears 128 KiB */
		assert_false(wr(r, reg, (u32)random_wide(&seed)) & ~0x1f);
		rd(r, (u32)random_wide(&seed));
		rig_give(r, random_below(&seed, RIG_FRAME));
		r->nic.ops->peek(&r->nic, 0, (u32)random_wide(&seed), 60);
		r->nic.ops->waiting(&r->nic, 0, (u32)random_wide(&seed));
	}
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, rig_setup, \
							rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_reset_values),
		TEST(test_bad_offsets),
		TEST(test_plain_registers_keep_their_value),
		TEST(test_read_only_registers),
		TEST(test_nvm),
		TEST(test_phy_power_takes_the_link),
		TEST(test_link),
		TEST(test_software_causes),
		TEST(test_give_rings_only_when_it_should),
		TEST(test_delivery),
		TEST(test_checksum_offload),
		TEST(test_fcs),
		TEST(test_length_limits),
		TEST(test_buffer_sizes),
		TEST(test_legacy_descriptors),
		TEST(test_ring_wrap),
		TEST(test_ring_full),
		TEST(test_counters),
		TEST(test_reset_while_pending),
		TEST(test_reset_with_a_dead_device),
		TEST(test_peek),
		TEST(test_waiting_and_rx_ring),
		TEST(test_transmit),
		TEST(test_transmit_waits_until_enabled),
		TEST(test_bad_tx_ring_is_left_alone),
		TEST(test_identity),
		TEST(test_random_registers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
