// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registers of the 82576 as igb uses them, against the data sheet; the section
 * stands at each test.
 */
#include "82576_rig.h"

#define OTHER	0x01	/* igb_msix(): the vectors */
#define QUEUE0	0x02
#define QUEUE1	0x04

/* 8.2 to 8.12: what a driver finds before it wrote anything */
static void test_reset_values(void **state)
{
	static const struct {
		u32 reg, value;
	} expected[] = {
		{ INTEL_CTRL, 0x00100201 },
		{ INTEL_STATUS, 0x00080083 },
		{ INTEL_EECD, 0x00002300 },
		{ INTEL_CTRL_EXT, 0 },
		{ INTEL_VET, 0x81008100 },
		{ INTEL_EEMNGCTL, 0x00040000 },
		{ INTEL_ICR, 0 },
		{ INTEL_IMS, 0 },
		{ INTEL_RCTL, 0 },
		{ INTEL_RXCSUM, 0x00000300 },
		{ INTEL_RAL(0), 0x105e0002 },
		{ INTEL_RAH(0), 0x80000100 },
		{ I82576_EICR, 0 },
		{ I82576_EIMS, 0 },
		{ I82576_EIAC, 0 },
		{ I82576_EIAM, 0 },
		{ I82576_GPIE, 0 },
		{ I82576_IVAR(0), 0 },
		{ I82576_RXPBS, 0x40 },
		{ I82576_TXPBS, 0x28 },
		{ I82576_RLPML, 0x2600 },
		{ I82576_MRQC, 0 },
		{ I82576_RXDCTL(0), I82576_QUEUE_ENABLE },
		{ I82576_TXDCTL(0), I82576_QUEUE_ENABLE },
		{ I82576_RXDCTL(1), 0 },
	};
	struct igb_rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(expected); i++)
		assert_int_equal(rd(r, expected[i].reg), expected[i].value);
	assert_int_equal(rd(r, INTEL_TCTL) & INTEL_TCTL_EN, 0);
}

/* 8.2.1: RST puts all back, and clears itself; PHY_RST is the PHY's alone. */
static void test_reset(void **state)
{
	struct igb_rig *r = *state;

	igb_up(r, 2, 8);
	igb_give(r, 60);
	wr(r, INTEL_RAL(1), 0x11111111);
	wr(r, INTEL_CTRL, rd(r, INTEL_CTRL) | INTEL_CTRL_RST);
	test_reset_values(state);
	assert_int_equal(rd(r, INTEL_RAL(1)), 0);
	assert_int_equal(rd(r, INTEL_GPRC), 0);
	assert_int_equal(rd(r, I82576_EICS), 0);

	wr(r, INTEL_RAL(1), 0x11111111);
	wr(r, INTEL_CTRL, rd(r, INTEL_CTRL) | INTEL_CTRL_PHY_RST);
	assert_int_equal(rd(r, INTEL_CTRL) & INTEL_CTRL_PHY_RST, 0);
	assert_int_equal(rd(r, INTEL_RAL(1)), 0x11111111);
	assert_no_fault(r);
}

/* 8.2.2: read only */
static void test_status_is_read_only(void **state)
{
	struct igb_rig *r = *state;
	u32 before = rd(r, INTEL_STATUS);

	wr(r, INTEL_STATUS, ~before);
	assert_int_equal(rd(r, INTEL_STATUS), before);
}

/* 8.10, 8.12: each queue's registers, at both addresses of the first four */
static void test_queue_addresses(void **state)
{
	struct igb_rig *r = *state;
	u32 q;

	for (q = 0; q < I82576_QUEUES; q++) {
		wr(r, I82576_RDBAH(q), 0x1000 + q);
		wr(r, I82576_TDBAH(q), 0x2000 + q);
	}
	for (q = 0; q < I82576_QUEUES; q++) {
		assert_int_equal(rd(r, 0xc004 + 0x40 * q), 0x1000 + q);
		assert_int_equal(rd(r, 0xe004 + 0x40 * q), 0x2000 + q);
	}
	for (q = 0; q < 4; q++) {
		assert_int_equal(rd(r, 0x2804 + 0x100 * q), 0x1000 + q);
		assert_int_equal(rd(r, 0x3804 + 0x100 * q), 0x2000 + q);
		wr(r, 0x2804 + 0x100 * q, 0x3000 + q);
		assert_int_equal(rd(r, 0xc004 + 0x40 * q), 0x3000 + q);
	}
	/* what lies between the blocks is other registers' */
	wr(r, 0x2840, 0x55);
	assert_int_equal(rd(r, 0x2840), 0x55);
	assert_int_equal(rd(r, 0xc000), 0);
	assert_int_equal(rd(r, 0xc040), 0);
}

/* 8.4.2: words by EERD; the sum of the first 64 is 0xbaba */
static void test_eeprom(void **state)
{
	struct igb_rig *r = *state;
	u16 sum = 0;
	u32 i, eerd;

	for (i = 0; i < 64; i++) {
		wr(r, INTEL_EERD, i << 2 | 1);
		eerd = rd(r, INTEL_EERD);
		assert_int_equal(eerd & 2, 2);
		sum += (u16)(eerd >> 16);
	}
	assert_int_equal(sum, 0xbaba);
	wr(r, INTEL_EERD, 1 << 2 | 1);
	assert_int_equal(rd(r, INTEL_EERD) >> 16, 0x105e);
	/* no alternate address, and beyond the programmed words it is erased */
	wr(r, INTEL_EERD, 0x37 << 2 | 1);
	assert_int_equal(rd(r, INTEL_EERD) >> 16, 0);
	wr(r, INTEL_EERD, 0x43 << 2 | 1);
	assert_int_equal(rd(r, INTEL_EERD) >> 16, 0xffff);
}

/* 8.4.1: access is granted at once; what the part says of itself stays. */
static void test_eecd(void **state)
{
	struct igb_rig *r = *state;

	wr(r, INTEL_EECD, INTEL_EECD_REQ);
	assert_int_equal(rd(r, INTEL_EECD) &
			 (INTEL_EECD_GNT | INTEL_EECD_PRES |
			  INTEL_EECD_AUTO_RD | INTEL_EECD_SIZE),
			 0x2380);
	wr(r, INTEL_EECD, 0);
	assert_int_equal(rd(r, INTEL_EECD) & INTEL_EECD_GNT, 0);
}

/* 8.7.1: who reads SMBI as 0 has the semaphore, until he writes 0. */
static void test_semaphore(void **state)
{
	struct igb_rig *r = *state;

	assert_int_equal(rd(r, I82576_SWSM) & 1, 0);
	assert_int_equal(rd(r, I82576_SWSM) & 1, 1);
	wr(r, I82576_SWSM, rd(r, I82576_SWSM) | I82576_SWSM_SWESMBI);
	assert_int_equal(rd(r, I82576_SWSM) & 2, 2);
	wr(r, I82576_SWSM, 0);
	assert_int_equal(rd(r, I82576_SWSM), 0);
}

static void power_phy(struct igb_rig *r, bool on, u32 vectors)
{
	u32 control = on ? 0x1140 : 0x1940;

	assert_int_equal(wr(r, INTEL_MDIC, 0x04200000 | control), vectors);
}

/* 8.2.2, 8.8.8: the link's changes, by cable and by PHY */
static void test_link(void **state)
{
	struct igb_rig *r = *state;

	igb_msix(r, 2);
	assert_int_equal(r->nic.ops->set_link(&r->nic, false), OTHER);
	assert_int_equal(rd(r, INTEL_STATUS) & INTEL_STATUS_LU, 0);
	assert_int_equal(rd(r, INTEL_ICR) & INTEL_ICR_LSC, INTEL_ICR_LSC);
	/* masked until the driver is through */
	assert_int_equal(r->nic.ops->set_link(&r->nic, true), 0);
	assert_int_equal(r->nic.ops->set_link(&r->nic, true), 0);
	assert_int_equal(wr(r, I82576_EIMS, OTHER), OTHER);
	assert_int_equal(rd(r, INTEL_STATUS) & INTEL_STATUS_LU, 2);

	rd(r, INTEL_ICR);
	wr(r, I82576_EIMS, OTHER);
	power_phy(r, false, OTHER);
	assert_int_equal(rd(r, INTEL_STATUS) & INTEL_STATUS_LU, 0);
	rd(r, INTEL_ICR);
	wr(r, I82576_EIMS, OTHER);
	power_phy(r, true, OTHER);
	assert_int_equal(rd(r, INTEL_STATUS) & INTEL_STATUS_LU, 2);
}

/* 8.8: what is set at one address and cleared at another */
static void test_cause_registers(void **state)
{
	struct igb_rig *r = *state;

	igb_msix(r, 2);
	assert_int_equal(rd(r, I82576_EIMS), 7);
	assert_int_equal(rd(r, I82576_EIMC), 7);
	wr(r, I82576_EIMC, 2);
	assert_int_equal(rd(r, I82576_EIMS), 5);
	assert_int_equal(wr(r, I82576_EICS, 6), QUEUE1);
	assert_int_equal(rd(r, I82576_EICS), 2);
	assert_int_equal(rd(r, I82576_EICS), 2);
	wr(r, I82576_EICR, 2);
	assert_int_equal(rd(r, I82576_EICS), 0);
	wr(r, I82576_EICS, 2);
	assert_int_equal(rd(r, I82576_EICR), 2);
	assert_int_equal(rd(r, I82576_EICR), 0);

	wr(r, INTEL_IMC, ~0u);
	assert_int_equal(rd(r, INTEL_IMS), 0);
	wr(r, INTEL_ICS, INTEL_ICR_LSC);
	assert_int_equal(rd(r, INTEL_ICS), INTEL_ICR_LSC);
	wr(r, INTEL_ICR, INTEL_ICR_LSC);
	assert_int_equal(rd(r, INTEL_ICS), 0);
}

/* 8.8.13: queue n's entries in IVAR[n], each with its own vector */
static void test_ivar(void **state)
{
	struct igb_rig *r = *state;

	igb_up(r, 2, 8);
	/* RX and TX of queue 0 apart, as igb has them up to four queues */
	wr(r, I82576_IVAR(0), 0x8681);
	assert_int_equal(r->nic.ops->rx_vector(&r->nic, 0), 1);
	assert_int_equal(r->nic.ops->rx_vector(&r->nic, 1), 2);
	assert_int_equal(r->nic.ops->rx_vector(&r->nic, 2), -1);
	assert_int_equal(r->nic.ops->rx_vector(&r->nic, 99), -1);
	assert_int_equal(igb_give(r, 60).vectors, QUEUE0);
	wr(r, I82576_EIMS, 0x40);
	igb_tx_desc(r, 0, 0)->high = cpu_to_le64(0x2b30003c);
	igb_tx_desc(r, 0, 0)->low = cpu_to_le64(IGB_BUS + IGB_DATA);
	assert_int_equal(wr(r, I82576_TDT(0), 1), 0x40);
}

/* The watchdog's self-made interrupt (igb_watchdog_task()) */
static void test_eics_rings_all_queues(void **state)
{
	struct igb_rig *r = *state;

	igb_msix(r, 8);
	assert_int_equal(wr(r, I82576_EICS, 0x1fe), 0x1fe);
	assert_int_equal(wr(r, I82576_EICS, 0x1fe), 0);
	assert_int_equal(wr(r, I82576_EIMS, 0x1fe), 0x1fe);
}

/* 8.2.1, 8.2.2: GIO_MASTER_DISABLE is acknowledged when memory is quiet. */
static void test_master_disable(void **state)
{
	struct igb_rig *r = *state;

	igb_up(r, 1, 8);
	wr(r, INTEL_CTRL, rd(r, INTEL_CTRL) | INTEL_CTRL_GIO_MASTER_DISABLE);
	assert_int_equal(rd(r, INTEL_STATUS) & INTEL_STATUS_GIO_MASTER_ENABLE,
			 0);
	assert_int_equal(igb_give(r, 60).outcome, OUTCOME_RX_OFF);
	/* a giver that is inside when it is set holds it back */
	wr(r, INTEL_CTRL, 0);
	r->port.gives |= 1;
	wr(r, INTEL_CTRL, INTEL_CTRL_GIO_MASTER_DISABLE);
	assert_int_not_equal(rd(r, INTEL_STATUS) &
			     INTEL_STATUS_GIO_MASTER_ENABLE, 0);
	r->port.gives++;
	assert_int_equal(rd(r, INTEL_STATUS) & INTEL_STATUS_GIO_MASTER_ENABLE,
			 0);
}

/* 8.18: cleared by reading, and not to be written */
static void test_statistics(void **state)
{
	struct igb_rig *r = *state;
	u32 i;

	igb_up(r, 1, 16);
	for (i = 0; i < 3; i++)
		igb_give(r, 200);
	wr(r, INTEL_GPRC, 77);
	assert_int_equal(rd(r, INTEL_GPRC), 3);
	assert_int_equal(rd(r, INTEL_GPRC), 0);
	assert_int_equal(rd(r, INTEL_GORCL), 3 * 204);
	assert_int_equal(rd(r, INTEL_GORCH), 0);
	assert_int_equal(rd(r, INTEL_GORCL), 0);
	assert_int_equal(rd(r, INTEL_PRC64 + 8), 3);	/* 128 to 255 */
	assert_int_equal(rd(r, INTEL_TPR), 3);
	for (i = I82576_MORE_STATS; i < I82576_MORE_STATS_END; i += 4) {
		wr(r, i, 1);
		assert_int_equal(rd(r, i), 0);
	}
}

/* Everything else is storage: igb's own register test (igb_reg_test()). */
static void test_storage(void **state)
{
	static const struct {
		u32 reg, mask;
	} storage[] = {
		{ 0x0028, 0xffffffff },		/* FCAL */
		{ INTEL_VET, 0xffffffff },
		{ I82576_RDBAL(3), 0xffffff80 },
		{ I82576_RDLEN(11), 0x000ffff0 },
		{ I82576_RDT(5), 0x0000ffff },
		{ 0x2168, 0x0000fff0 },		/* FCRTH */
		{ 0x0410, 0x3fffffff },		/* TIPG */
		{ I82576_TDBAL(2), 0xffffff80 },
		{ I82576_TDLEN(12), 0x000ffff0 },
		{ INTEL_RAL(15), 0xffffffff },
		{ I82576_RAH2(7), 0x83ffffff },
		{ INTEL_MTA + 4 * 127, 0xffffffff },
		{ INTEL_VFTA + 4 * 127, 0xffffffff },
		{ I82576_EITR(9), 0xffffffff },
		{ 0xb600, 0xffffffff },		/* SYSTIML */
	};
	static const u32 pattern[] = {
		0x5a5a5a5a, 0xa5a5a5a5, 0, 0xffffffff
	};
	struct igb_rig *r = *state;
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(storage); i++)
		for (j = 0; j < ARRAY_SIZE(pattern); j++) {
			wr(r, storage[i].reg, pattern[j]);
			assert_int_equal(rd(r, storage[i].reg) &
					 storage[i].mask,
					 pattern[j] & storage[i].mask);
		}
	assert_no_fault(r);
}

static void test_odd_accesses(void **state)
{
	struct igb_rig *r = *state;
	const struct nic_ops *ops = r->nic.ops;

	wr(r, INTEL_FCAH, 0x11223344);
	assert_int_equal(ops->read(&r->nic, INTEL_FCAH, 2), 0);
	assert_int_equal(ops->read(&r->nic, INTEL_FCAH, 8), 0);
	assert_int_equal(ops->read(&r->nic, INTEL_FCAH + 2, 4), 0);
	assert_int_equal(ops->read(&r->nic, I82576_CSR_SIZE, 4), 0);
	assert_int_equal(ops->read(&r->nic, 0xfffffffc, 4), 0);
	assert_int_equal(ops->write(&r->nic, INTEL_FCAH, 1, 0x99), 0);
	assert_int_equal(ops->write(&r->nic, I82576_CSR_SIZE + 4, 4, 1), 0);
	assert_int_equal(rd(r, INTEL_FCAH), 0x11223344);
	assert_true(igb_has_fault(r, FAULT_ACCESS, INTEL_FCAH, 2));
	assert_true(igb_has_fault(r, FAULT_ACCESS, INTEL_FCAH + 2, 4));
	assert_true(igb_has_fault(r, FAULT_ACCESS, I82576_CSR_SIZE, 4));
}

/* 4.2.1.6: the reset is over when the driver has seen it be over. */
static void test_dma_before_the_reset_is_over(void **state)
{
	static const struct {
		u32 reg, enable;
	} early[] = {
		{ INTEL_RCTL, INTEL_RCTL_EN },
		{ INTEL_TCTL, INTEL_TCTL_EN },
		{ I82576_RXDCTL(2), I82576_QUEUE_ENABLE },
		{ I82576_TXDCTL(5), I82576_QUEUE_ENABLE },
	};
	struct igb_rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(early); i++) {
		faults_clear(&r->port.faults);
		wr(r, INTEL_CTRL, INTEL_CTRL_RST);
		wr(r, early[i].reg, 0);
		assert_no_fault(r);
		wr(r, early[i].reg, early[i].enable | 0x10000);
		assert_true(igb_has_fault(r, FAULT_EARLY, early[i].reg,
					  early[i].enable | 0x10000));
		assert_int_equal(rd(r, early[i].reg), 0x10000);

		faults_clear(&r->port.faults);
		wr(r, INTEL_CTRL, INTEL_CTRL_RST);
		rd(r, INTEL_EECD);
		wr(r, early[i].reg, early[i].enable);
		assert_int_equal(rd(r, early[i].reg), early[i].enable);
		assert_no_fault(r);
	}
}

static void test_identity(void **state)
{
	const struct nic_identity *id = &nic_model("82576")->identity;

	assert_int_equal(id->vendor, 0x8086);
	assert_int_equal(id->device, 0x10c9);
	assert_int_equal(id->bar[0].size, 0x20000);
	assert_int_equal(id->bar[3].size, 0x4000);
	assert_int_equal(id->vectors, 10);
	assert_in_range(id->vectors, 1, NIC_MAX_VECTORS);
	assert_in_range(nic_model("82576")->queues, 1, NIC_MAX_QUEUES);
}

#define TEST(t)	cmocka_unit_test_setup_teardown(t, igb_setup, igb_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_reset_values),
		TEST(test_reset),
		TEST(test_status_is_read_only),
		TEST(test_queue_addresses),
		TEST(test_eeprom),
		TEST(test_eecd),
		TEST(test_semaphore),
		TEST(test_link),
		TEST(test_cause_registers),
		TEST(test_ivar),
		TEST(test_eics_rings_all_queues),
		TEST(test_master_disable),
		TEST(test_statistics),
		TEST(test_storage),
		TEST(test_odd_accesses),
		TEST(test_dma_before_the_reset_is_over),
		TEST(test_identity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
