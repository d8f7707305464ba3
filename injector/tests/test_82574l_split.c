// SPDX-License-Identifier: GPL-2.0-only
/*
 * Packet split on the 82574L as e1000e sets it up for an MTU above 1500:
 * descriptors of 32 bytes, a buffer of 128 bytes and up to three pages (82574
 * data sheet 7.1, PSRCTL in 10.2.5). RDH and RDT count 16 bytes.
 */
#include "rig.h"

#define COUNT	8
#define PAGE	4096

struct split_desc {
	__le64 buffer[4];
};

static struct split_desc *desc(struct rig *r, u32 slot)
{
	return (struct split_desc *)r->pool + slot;
}

static u64 header_buffer(u32 slot)
{
	return RIG_BUS + 32768 + 128 * slot;
}

static u64 page(u32 slot, u32 i)
{
	return RIG_BUS + RIG_BUFFERS + PAGE * (3 * slot + i);
}

/* e1000_alloc_rx_buffers_ps() */
static void refill(struct rig *r, u32 slot, u32 pages)
{
	u32 i;

	desc(r, slot)->buffer[0] = cpu_to_le64(header_buffer(slot));
	for (i = 0; i < 3; i++)
		desc(r, slot)->buffer[1 + i] =
			cpu_to_le64(i < pages ? page(slot, i) : ~0ULL);
}

/* e1000_setup_rctl(), e1000_configure_rx() */
static void setup_split(struct rig *r, u32 pages)
{
	u32 psrctl = 1 | PAGE >> 2, i;

	for (i = 0; i < COUNT; i++)
		refill(r, i, pages);
	if (pages >= 2)
		psrctl |= PAGE << 6;
	if (pages >= 3)
		psrctl |= PAGE << 14;
	wr(r, INTEL_PSRCTL, psrctl);
	wr(r, INTEL_RFCTL, INTEL_RFCTL_EXTEN);
	wr(r, INTEL_RDBAL, (u32)RIG_BUS);
	wr(r, INTEL_RDBAH, (u32)(RIG_BUS >> 32));
	wr(r, INTEL_RDLEN, COUNT * 32);
	wr(r, INTEL_RDH, 0);
	wr(r, INTEL_RDT, (COUNT - 1) << 1);
	wr(r, INTEL_RCTL, RIG_RCTL | INTEL_RCTL_LPE | INTEL_RCTL_DTYP_SPLIT);
}

static void make_udp(struct rig *r)
{
	r->frame[12] = 0x08;
	r->frame[13] = 0;
	r->frame[14] = 0x45;
	r->frame[20] = 0;
	r->frame[21] = 0;
	r->frame[23] = 17;
}

static u32 status(struct rig *r, u32 slot)
{
	return (u32)le64_to_cpu(desc(r, slot)->buffer[1]);
}

static u32 length0(struct rig *r, u32 slot)
{
	return le64_to_cpu(desc(r, slot)->buffer[1]) >> 32 & 0xffff;
}

static u32 header_status(struct rig *r, u32 slot)
{
	return le64_to_cpu(desc(r, slot)->buffer[2]) & 0xffff;
}

/* Of buffers 1 to 3. */
static u32 length(struct rig *r, u32 slot, u32 i)
{
	return le64_to_cpu(desc(r, slot)->buffer[2]) >> (16 * i) & 0xffff;
}

static void test_header_is_split_off(void **state)
{
	struct rig *r = *state;
	struct nic_gift g;

	setup_split(r, 3);
	make_udp(r);
	g = rig_give(r, 9000);
	assert_int_equal(g.outcome, OUTCOME_DELIVERED);
	assert_int_equal(g.slot, 0);
	assert_int_equal(rd(r, INTEL_RDH), 2);
	assert_int_equal(status(r, 0), 3);
	assert_int_equal(length0(r, 0), 42);
	assert_int_equal(header_status(r, 0), 0x8000 | 42);
	assert_int_equal(length(r, 0, 1), PAGE);
	assert_int_equal(length(r, 0, 2), PAGE);
	assert_int_equal(length(r, 0, 3), 9000 - 42 - 2 * PAGE);
	assert_memory_equal(rig_at(r, header_buffer(0)), r->frame, 42);
	assert_memory_equal(rig_at(r, page(0, 0)), r->frame + 42, PAGE);
	assert_memory_equal(rig_at(r, page(0, 2)), r->frame + 42 + 2 * PAGE,
			    9000 - 42 - 2 * PAGE);
	assert_pattern(rig_at(r, header_buffer(0)) + 42, 128 - 42);
	/* the next descriptor was not touched */
	assert_int_equal(le64_to_cpu(desc(r, 1)->buffer[0]), header_buffer(1));
}

/* Not split, so filled in order: "In the case of a non-split, ..." in e1000e. */
static void test_other_frames_are_laid_out_in_order(void **state)
{
	struct rig *r = *state;

	setup_split(r, 1);
	assert_int_equal(rig_give(r, 1000).outcome, OUTCOME_DELIVERED);
	assert_int_equal(length0(r, 0), 128);
	assert_int_equal(header_status(r, 0), 0);
	assert_int_equal(length(r, 0, 1), 1000 - 128);
	assert_int_equal(length(r, 0, 2), 0);
	assert_memory_equal(rig_at(r, header_buffer(0)), r->frame, 128);
	assert_memory_equal(rig_at(r, page(0, 0)), r->frame + 128, 1000 - 128);
	assert_int_equal(rig_give(r, 60).slot, 1);
	assert_int_equal(length0(r, 1), 60);
	assert_int_equal(length(r, 1, 1), 0);
}

/* A frame beyond one descriptor's buffers: the next one's first stays empty. */
static void test_several_descriptors(void **state)
{
	struct rig *r = *state;
	struct nic_gift g;

	setup_split(r, 1);
	make_udp(r);
	g = rig_give(r, 5000);
	assert_int_equal(g.outcome, OUTCOME_DELIVERED);
	assert_int_equal(g.slot, 1);
	assert_int_equal(rd(r, INTEL_RDH), 4);
	assert_int_equal(status(r, 0), 1);
	assert_int_equal(status(r, 1), 3);
	assert_int_equal(length0(r, 0), 42);
	assert_int_equal(length(r, 0, 1), PAGE);
	assert_int_equal(length0(r, 1), 0);
	assert_int_equal(length(r, 1, 1), 5000 - 42 - PAGE);
	assert_memory_equal(rig_at(r, page(1, 0)), r->frame + 42 + PAGE,
			    5000 - 42 - PAGE);
	assert_true(r->nic.ops->waiting(&r->nic, 0, 1));
	assert_false(r->nic.ops->waiting(&r->nic, 0, 2));
}

static void test_ring_full(void **state)
{
	struct nic_ring ring;
	struct rig *r = *state;
	u32 i;

	setup_split(r, 2);
	for (i = 0; i < COUNT - 1; i++)
		assert_int_equal(rig_give(r, 2000).slot, i);
	assert_int_equal(rig_give(r, 2000).outcome, OUTCOME_NO_DESCRIPTOR);
	assert_int_equal(rd(r, INTEL_RDH), 2 * (COUNT - 1));
	r->nic.ops->rx_ring(&r->nic, 0, &ring);
	assert_int_equal(ring.count, COUNT);
	assert_int_equal(ring.head, COUNT - 1);
	assert_int_equal(ring.tail, COUNT - 1);
	for (i = 0; i < 3; i++)
		refill(r, i, 2);
	wr(r, INTEL_RDT, 2 << 1);
	assert_int_equal(rig_give(r, 2000).slot, COUNT - 1);
	assert_int_equal(rd(r, INTEL_RDH), 0);
	assert_int_equal(rig_give(r, 2000).slot, 0);
	assert_int_equal(rig_faults(r), 0);
}

/* All or nothing: the second descriptor's page is not there. */
static void test_nothing_is_written_unless_all_fits(void **state)
{
	static u8 before[RIG_POOL];
	struct rig *r = *state;
	struct nic_gift g;

	setup_split(r, 1);
	desc(r, 1)->buffer[1] = cpu_to_le64(0x1000);
	memcpy(before, r->pool, RIG_POOL);
	g = rig_give(r, 5000);
	assert_int_equal(g.outcome, OUTCOME_BAD_DESCRIPTOR);
	assert_int_equal(g.bad_bus, 0x1000);
	assert_int_equal(g.vectors, 0);
	assert_memory_equal(r->pool, before, RIG_POOL);
	assert_int_equal(rd(r, INTEL_RDH), 0);
	assert_fault(r, FAULT_BUFFER, INTEL_RDT, 0x1000);
	assert_int_equal(rig_give(r, 4000).outcome, OUTCOME_DELIVERED);
}

static void test_odd_tail(void **state)
{
	struct rig *r = *state;

	setup_split(r, 1);
	wr(r, INTEL_RDT, 5);
	assert_fault(r, FAULT_TAIL, INTEL_RDT, 5);
	assert_int_equal(rig_give(r, 100).outcome, OUTCOME_BAD_DESCRIPTOR);
}

static void test_peek(void **state)
{
	struct rig *r = *state;

	setup_split(r, 1);
	assert_ptr_equal(r->nic.ops->peek(&r->nic, 0, 2, PAGE),
			 rig_at(r, page(2, 0)));
	assert_null(r->nic.ops->peek(&r->nic, 0, 2, PAGE + 1));
	assert_null(r->nic.ops->peek(&r->nic, 0, COUNT - 1, 60));
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, rig_setup, \
							rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_header_is_split_off),
		TEST(test_other_frames_are_laid_out_in_order),
		TEST(test_several_descriptors),
		TEST(test_ring_full),
		TEST(test_nothing_is_written_unless_all_fits),
		TEST(test_odd_tail),
		TEST(test_peek),
	};

	return cmocka_run_group_tests_name("82574l, packet split", tests, NULL,
					   NULL);
}
