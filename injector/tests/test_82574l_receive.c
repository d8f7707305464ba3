// SPDX-License-Identifier: GPL-2.0-only
/*
 * The receive path of the 82574L beyond one frame in one descriptor: frames over
 * several descriptors, VLAN tags and their filter, checksums (82574 data sheet
 * 7.1, 7.5, 10.2.5).
 */
#include "rig.h"

static u16 length(struct rig *r, u32 slot)
{
	return le16_to_cpu(rig_desc(r, slot)->length);
}

static u32 status(struct rig *r, u32 slot)
{
	return le32_to_cpu(rig_desc(r, slot)->status);
}

/* e1000_clean_jumbo_rx_irq(): EOP only in the last, pages in order. */
static void test_frame_over_several_descriptors(void **state)
{
	struct rig *r = *state;
	struct nic_gift g;
	u32 i;

	rig_rx(r, 8);
	rig_msix(r);
	wr(r, INTEL_RCTL, RIG_RCTL | INTEL_RCTL_LPE);
	g = rig_give(r, 9000);
	assert_int_equal(g.outcome, OUTCOME_DELIVERED);
	assert_int_equal(g.slot, 4);
	assert_int_equal(g.vectors, 1);
	assert_int_equal(rd(r, INTEL_RDH), 5);
	for (i = 0; i < 4; i++) {
		assert_int_equal(status(r, i), 1);
		assert_int_equal(length(r, i), 2048);
		assert_memory_equal(rig_at(r, rig_buffer(i)),
				    r->frame + 2048 * i, 2048);
	}
	assert_int_equal(status(r, 4), 3);
	assert_int_equal(length(r, 4), 9000 - 4 * 2048);
	assert_memory_equal(rig_at(r, rig_buffer(4)), r->frame + 8192, 808);
	assert_int_equal(rd(r, INTEL_GPRC), 1);
	assert_int_equal(rd(r, INTEL_GORCL), 9004);
}

/* The ring has room for a part of it only: nothing is written. */
static void test_all_or_nothing(void **state)
{
	static u8 before[RIG_POOL];
	struct rig *r = *state;
	struct nic_gift g;

	rig_rx(r, 8);
	rig_msix(r);
	wr(r, INTEL_RCTL, RIG_RCTL | INTEL_RCTL_LPE);
	memcpy(before, r->pool, RIG_POOL);
	g = rig_give(r, 7 * 2048 + 1);
	assert_int_equal(g.outcome, OUTCOME_NO_DESCRIPTOR);
	assert_int_equal(g.vectors, 0);
	assert_memory_equal(r->pool, before, RIG_POOL);
	assert_int_equal(rd(r, INTEL_MPC), 1);
	rig_desc(r, 6)->buffer = cpu_to_le64(0x5000);
	memcpy(before, r->pool, RIG_POOL);
	g = rig_give(r, 7 * 2048);
	assert_int_equal(g.outcome, OUTCOME_BAD_DESCRIPTOR);
	assert_int_equal(g.bad_bus, 0x5000);
	assert_memory_equal(r->pool, before, RIG_POOL);
	assert_int_equal(rd(r, INTEL_RDH), 0);
	rig_refill(r, 6);
	assert_int_equal(rig_give(r, 7 * 2048).outcome, OUTCOME_DELIVERED);
	assert_int_equal(rd(r, INTEL_RDH), 7);
}

static void test_across_the_wrap(void **state)
{
	struct rig *r = *state;
	u32 i;

	rig_rx(r, 8);
	wr(r, INTEL_RCTL, RIG_RCTL | INTEL_RCTL_LPE);
	assert_int_equal(rig_give(r, 6 * 2048).slot, 5);
	for (i = 0; i < 5; i++)
		rig_refill(r, i);
	wr(r, INTEL_RDT, 4);
	assert_int_equal(rig_give(r, 5 * 2048).slot, 2);
	assert_int_equal(status(r, 7), 1);
	assert_int_equal(status(r, 0), 1);
	assert_int_equal(status(r, 2), 3);
	assert_memory_equal(rig_at(r, rig_buffer(0)), r->frame + 4096, 2048);
	assert_int_equal(rd(r, INTEL_RDH), 3);
}

/* The FCS counts into the length, wherever it comes to lie. */
static void test_fcs_alone_in_a_descriptor(void **state)
{
	struct rig *r = *state;

	rig_rx(r, 8);
	wr(r, INTEL_RCTL, (RIG_RCTL & ~INTEL_RCTL_SECRC) | INTEL_RCTL_LPE);
	assert_int_equal(rig_give(r, 2046).slot, 1);
	assert_int_equal(length(r, 0), 2048);
	assert_int_equal(length(r, 1), 2);
	assert_int_equal(rig_at(r, rig_buffer(0))[2047], 0);
	assert_int_equal(rig_at(r, rig_buffer(1))[1], 0);
	assert_int_equal(rig_at(r, rig_buffer(1))[2], RIG_PATTERN);
}

static void tag_frame(struct rig *r, u16 tci)
{
	r->frame[12] = 0x81;
	r->frame[13] = 0x00;
	r->frame[14] = tci >> 8;
	r->frame[15] = tci & 0xff;
}

/* CTRL.VME, 7.5: the tag leaves the frame for the descriptor. */
static void test_vlan_tag_is_taken_out(void **state)
{
	struct rig *r = *state;
	u8 *buffer = rig_at(r, rig_buffer(0));

	rig_rx(r, 8);
	wr(r, INTEL_CTRL, rd(r, INTEL_CTRL) | INTEL_CTRL_VME);
	tag_frame(r, 0x6123);
	assert_int_equal(rig_give(r, 100).outcome, OUTCOME_DELIVERED);
	assert_int_equal(status(r, 0), 0x0b);
	assert_int_equal(length(r, 0), 96);
	assert_int_equal(le16_to_cpu(rig_desc(r, 0)->vlan), 0x6123);
	assert_memory_equal(buffer, r->frame, 12);
	assert_memory_equal(buffer + 12, r->frame + 16, 84);
	assert_pattern(buffer + 96, 100);
	assert_int_equal(rd(r, INTEL_GORCL), 104);

	/* without VME, and without a tag, nothing is taken out */
	wr(r, INTEL_CTRL, rd(r, INTEL_CTRL) & ~INTEL_CTRL_VME);
	rig_give(r, 100);
	assert_int_equal(status(r, 1), 0x03);
	assert_int_equal(length(r, 1), 100);
	wr(r, INTEL_CTRL, rd(r, INTEL_CTRL) | INTEL_CTRL_VME);
	r->frame[13] = 1;
	rig_give(r, 100);
	assert_int_equal(status(r, 2), 0x03);
	assert_int_equal(length(r, 2), 100);
}

/* RCTL.VFE: one bit in VFTA for each VLAN, 10.2.5 */
static void test_vlan_filter(void **state)
{
	struct rig *r = *state;

	rig_rx(r, 8);
	tag_frame(r, 0xe123);
	wr(r, INTEL_RCTL, RIG_RCTL | INTEL_RCTL_VFE);
	assert_int_equal(rig_give(r, 100).outcome, OUTCOME_FILTERED);
	wr(r, INTEL_VFTA + 4 * (0x123 >> 5), 1u << (0x123 & 31));
	assert_int_equal(rig_give(r, 100).outcome, OUTCOME_DELIVERED);
	tag_frame(r, 0xe124);
	assert_int_equal(rig_give(r, 100).outcome, OUTCOME_FILTERED);
	r->frame[12] = 0x08;	/* untagged */
	assert_int_equal(rig_give(r, 100).outcome, OUTCOME_DELIVERED);
}

/* A TCP checksum that is right is told as such, 7.1. */
static void test_tcp_checksum(void **state)
{
	struct rig *r = *state;
	struct nic_frame f = { r->frame, 100, true };
	struct nic_gift g;

	rig_rx(r, 8);
	r->frame[12] = 0x08;
	r->frame[13] = 0x00;
	r->frame[14] = 0x45;
	r->frame[20] = 0;
	r->frame[21] = 0;
	r->frame[23] = 6;
	nic_give(&r->nic, &f, &g);
	assert_int_equal(status(r, 0), 0x63);
}

/* Nobody but the bus may have switched the function off. */
static void test_bus(void **state)
{
	struct rig *r = *state;

	rig_rx(r, 8);
	r->port.master = 0;
	assert_int_equal(rig_give(r, 100).outcome, OUTCOME_RX_OFF);
	r->port.master = 1;
	r->port.dead = 1;
	assert_int_equal(rig_give(r, 100).outcome, OUTCOME_RX_OFF);
	r->port.dead = 0;
	assert_int_equal(rig_give(r, 100).outcome, OUTCOME_DELIVERED);
}

/* RCTL.LPE, 10.2.5 */
static void test_longest(void **state)
{
	struct rig *r = *state;
	u32 longest;

	rig_rx(r, 8);
	longest = r->nic.ops->longest(&r->nic);
	assert_int_equal(longest, 1518);
	assert_int_equal(rig_give(r, longest).outcome, OUTCOME_DELIVERED);
	assert_int_equal(rig_give(r, longest + 1).outcome, OUTCOME_FILTERED);
	wr(r, INTEL_RCTL, RIG_RCTL | INTEL_RCTL_LPE);
	assert_int_equal(r->nic.ops->longest(&r->nic), 16384);
}

static void test_one_queue(void **state)
{
	const struct nic_ops *ops = nic_model("82574l");
	struct nic_ring ring = { .count = 99 };
	struct rig *r = *state;

	rig_rx(r, 8);
	assert_int_equal(ops->rx_vector(&r->nic, 0), -1);	/* IVAR is 0 */
	rig_msix(r);
	assert_int_equal(ops->rx_vector(&r->nic, 0), 0);
	wr(r, INTEL_IVAR, 0x0000000c);
	assert_int_equal(ops->rx_vector(&r->nic, 0), 4);
	wr(r, INTEL_IVAR, 0x0000000d);
	assert_int_equal(ops->rx_vector(&r->nic, 0), -1);
	assert_int_equal(ops->rx_vector(&r->nic, 1), -1);
	assert_int_equal(ops->steer(&r->nic, r->frame, 100), 0);
	assert_int_equal(ops->rx_queues(&r->nic), 1);
	assert_null(ops->peek(&r->nic, 1, 0, 60));
	assert_false(ops->waiting(&r->nic, 1, 0));
	ops->rx_ring(&r->nic, 1, &ring);
	assert_int_equal(ring.count, 0);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, rig_setup, \
							rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_frame_over_several_descriptors),
		TEST(test_all_or_nothing),
		TEST(test_across_the_wrap),
		TEST(test_fcs_alone_in_a_descriptor),
		TEST(test_vlan_tag_is_taken_out),
		TEST(test_vlan_filter),
		TEST(test_tcp_checksum),
		TEST(test_bus),
		TEST(test_longest),
		TEST(test_one_queue),
	};

	return cmocka_run_group_tests_name("82574l, receive", tests, NULL, NULL);
}
