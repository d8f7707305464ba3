// SPDX-License-Identifier: GPL-2.0-only
/*
 * The TX descriptor ring by itself (82574 data sheet 7.2, 8254x manual 3.3):
 * which descriptors make a frame, what they ask for, which of them get DD.
 */
#include "testing.h"

#include "tx_ring.h"

#define BUS	0x40000000ULL
#define COUNT	16

#define EOP	0x01000000
#define IFCS	0x02000000
#define IC	0x04000000
#define RS	0x08000000
#define DEXT	0x20000000
#define VLE	0x40000000
#define DATA	(DEXT | 0x00100000)
#define TSE	0x04000000
#define DD	1

struct desc {
	__le64 buffer;
	__le32 command, status;
};

static struct {
	struct desc ring[COUNT];
	u8 data[4096];
} memory __aligned(4096);

#define DATA_BUS	(BUS + sizeof(memory.ring))

static struct nic_port port;
static struct tx_context context;
static u8 out[8192];

static struct nic one_region(void)
{
	return (struct nic) {
		.port = &port,
		.region = { { BUS, sizeof(memory), &memory, NULL } },
		.regions = 1,
	};
}

static struct tx_ring open_ring(u32 head, u32 tail)
{
	struct tx_ring r = {
		.ring = { .reg = 0x3800, .base = BUS, .bytes = COUNT * 16,
			  .head = head, .tail = tail },
	};
	struct nic nic = one_region();

	assert_int_equal(tx_ring_open(&r, &nic), head != tail);
	return r;
}

static int setup(void **state)
{
	unsigned int i;

	memset(&memory, 0, sizeof(memory));
	memset(&port, 0, sizeof(port));
	memset(&context, 0, sizeof(context));
	memset(out, 0xa5, sizeof(out));
	for (i = 0; i < sizeof(memory.data); i++)
		memory.data[i] = (u8)(i * 3 + i / 256);
	return 0;
}

static void put(u32 slot, u32 command, u32 options, u32 from)
{
	memory.ring[slot % COUNT] = (struct desc) {
		.buffer = cpu_to_le64(DATA_BUS + from),
		.command = cpu_to_le32(command),
		.status = cpu_to_le32(options),
	};
}

static u32 status(u32 slot)
{
	return le32_to_cpu(memory.ring[slot % COUNT].status);
}

static bool take(struct tx_ring *r, struct tx_frame *f, u8 *to, u32 room)
{
	struct nic nic = one_region();

	if (!tx_ring_read(r, &nic, &context, f, to, room))
		return false;
	tx_ring_complete(r, f);
	return true;
}

static void assert_fault(enum fault_kind kind, u64 value)
{
	struct fault_report f;

	assert_true(faults_get(&port.faults, 0, &f));
	assert_int_equal(f.kind, kind);
	assert_int_equal(f.reg, 0x3818);
	assert_int_equal(f.value, value);
	assert_false(faults_get(&port.faults, 1, &f));
}

static void test_open_refuses_and_tells(void **state)
{
	struct tx_ring r = {
		.ring = { .reg = 0x3800, .base = BUS, .bytes = COUNT * 16,
			  .tail = COUNT },
	};
	struct nic nic = one_region();

	assert_false(tx_ring_open(&r, &nic));
	assert_fault(FAULT_TAIL, COUNT);
}

static void test_legacy_frame(void **state)
{
	struct tx_ring r = open_ring(0, 2);
	struct tx_frame f;

	put(0, 100 | EOP | IFCS | RS, 0, 5);
	put(1, 0x42 << 16 | 200 | EOP | IC, 0x2200, 1000);
	assert_true(take(&r, &f, out, sizeof(out)));
	assert_int_equal(f.len, 100);
	assert_true(f.report);
	assert_false(tx_frame_has_fcs(&f));
	assert_memory_equal(out, memory.data + 5, 100);
	assert_int_equal(out[100], 0xa5);
	assert_int_equal(status(0), DD);
	assert_int_equal(r.head, 1);

	assert_true(take(&r, &f, out, sizeof(out)));
	assert_int_equal(f.len, 200);
	assert_false(f.report);
	assert_true(tx_frame_has_fcs(&f));
	assert_int_equal(status(1), 0x2200);
	assert_false(take(&r, &f, out, sizeof(out)));
	assert_int_equal(r.head, 2);
}

/* A context's bit 24 says TCP, not end of packet. */
static void test_context_and_data_across_the_wrap(void **state)
{
	struct tx_ring r = open_ring(14, 1);
	struct tx_frame f;

	put(14, DEXT | TSE | EOP | RS | 0x1234, 0, 0);
	put(15, DATA | TSE | 0x0ff, 0, 0);
	put(16, DATA | TSE | EOP | RS | 1000, 0, 0xff);
	assert_true(take(&r, &f, out, sizeof(out)));
	assert_int_equal(f.len, 0x0ff + 1000);
	assert_true(tx_frame_is_segmented(&f));
	assert_memory_equal(out, memory.data, 0xff + 1000);
	assert_int_equal(status(14), DD);
	assert_int_equal(status(15), 0);
	assert_int_equal(status(16), DD);
	assert_int_equal(r.head, 1);
}

/* e1000_tso(): what the context holds, and until when. */
static void test_context_lasts(void **state)
{
	struct tx_ring r = open_ring(0, 3);
	struct tx_frame f;
	struct offload o;

	memory.ring[0] = (struct desc) {
		.buffer = cpu_to_le64(0x0000322200211814ULL | 14),
		.command = cpu_to_le32(DEXT | TSE | EOP | IFCS | 2000),
		.status = cpu_to_le32(1448 << 16 | 66 << 8),
	};
	put(1, DATA | TSE | IFCS | EOP | 10, 0x300, 0);
	put(2, DATA | IFCS | EOP | 10, 0x200, 0);
	assert_true(take(&r, &f, out, sizeof(out)));
	o = tx_frame_offload(&f, &context, false);
	assert_true(o.segment && o.tcp && o.ipv4);
	assert_int_equal(o.header, 66);
	assert_int_equal(o.mss, 1448);
	assert_true(o.ip.wanted && o.l4.wanted);
	assert_int_equal(o.ip.start, 0x14 | 14);
	assert_int_equal(o.ip.offset, 0x18);
	assert_int_equal(o.ip.end, 0x21);
	assert_int_equal(o.l4.start, 0x22);
	assert_int_equal(o.l4.offset, 0x32);
	assert_int_equal(o.l4.end, 0);

	assert_true(take(&r, &f, out, sizeof(out)));
	o = tx_frame_offload(&f, &context, false);
	assert_false(o.segment);
	assert_false(o.ip.wanted);
	assert_true(o.l4.wanted);
	assert_int_equal(o.l4.start, 0x22);
}

static void test_legacy_checksum(void **state)
{
	struct tx_ring r = open_ring(0, 1);
	struct tx_frame f;
	struct offload o;

	context.l4 = 0x01020304;
	put(0, 0x32 << 16 | EOP | IFCS | IC | 100, 0x2200, 0);
	assert_true(take(&r, &f, out, sizeof(out)));
	o = tx_frame_offload(&f, &context, true);
	assert_true(o.l4.wanted && !o.ip.wanted && !o.segment && !o.vlan);
	assert_int_equal(o.l4.start, 0x22);
	assert_int_equal(o.l4.offset, 0x32);
	assert_int_equal(o.l4.end, 0);
}

/* 3.3.7.1: first descriptor of a segmented frame, last one of another. */
static void test_which_descriptor_has_the_tag(void **state)
{
	struct tx_ring r = open_ring(0, 4);
	struct tx_frame f;
	struct offload o;

	put(0, DATA | TSE | VLE | 10, 0x11110000, 0);
	put(1, DATA | TSE | EOP | 10, 0x22220000, 0);
	put(2, IFCS | 10, 0x33330000, 0);
	put(3, EOP | IFCS | VLE | 10, 0x44440000, 0);
	assert_true(take(&r, &f, out, sizeof(out)));
	o = tx_frame_offload(&f, &context, true);
	assert_true(o.vlan);
	assert_int_equal(o.tag, 0x1111);
	assert_true(take(&r, &f, out, sizeof(out)));
	o = tx_frame_offload(&f, &context, true);
	assert_true(o.vlan);
	assert_int_equal(o.tag, 0x4444);
	assert_false(tx_frame_offload(&f, &context, false).vlan);
}

static void test_unfinished_frame_waits(void **state)
{
	struct tx_ring r = open_ring(3, 6);
	struct desc before[COUNT];
	struct tx_frame f;

	put(3, DEXT | EOP | RS, 0, 0);
	put(4, DATA | RS | 100, 0, 0);
	put(5, DATA | RS | 100, 0, 0);
	put(6, DATA | EOP | RS | 100, 0, 0);
	memcpy(before, memory.ring, sizeof(before));
	assert_false(take(&r, &f, out, sizeof(out)));
	assert_int_equal(r.head, 3);
	assert_memory_equal(memory.ring, before, sizeof(before));
}

static void test_unmapped_memory_is_not_followed(void **state)
{
	u64 beyond = BUS + sizeof(memory);
	struct tx_ring r = open_ring(0, 3);
	struct tx_frame f;

	put(0, DATA | 100, 0, 0);
	put(1, DATA | EOP | RS | 100, 0, (u32)(beyond - DATA_BUS) - 99);
	put(2, EOP | IFCS | RS | 60, 0, 0);
	assert_true(take(&r, &f, out, sizeof(out)));
	assert_true(f.broken);
	assert_fault(FAULT_BUFFER, beyond - 99);
	assert_int_equal(status(1), DD);
	/* the ring goes on */
	assert_true(take(&r, &f, out, sizeof(out)));
	assert_false(f.broken);
	assert_int_equal(r.head, 3);
}

static void test_too_long_for_its_place(void **state)
{
	struct tx_ring r = open_ring(0, 2);
	struct tx_frame f;

	put(0, 60, 0, 0);
	put(1, EOP | 41, 0, 0);
	assert_true(take(&r, &f, out, 100));
	assert_true(f.broken);
	assert_fault(FAULT_DESCRIPTOR, 41);
	assert_int_equal(out[60], 0xa5);
}

static void test_reserved_type(void **state)
{
	u32 command = DEXT | 0x00300000 | EOP | RS | 60;
	struct tx_ring r = open_ring(0, 1);
	struct tx_frame f;

	put(0, command, 0, 0);
	assert_true(take(&r, &f, NULL, 0));
	assert_true(f.broken);
	assert_fault(FAULT_DESCRIPTOR, command);
	assert_int_equal(status(0), DD);
}

/* Any contents: the walk ends, and touches nothing but status words. */
static void test_random_rings(void **state)
{
	u64 seed = 5;
	unsigned int i, j;

	for (i = 0; i < 20000; i++) {
		struct desc before[COUNT];
		struct tx_frame f;
		struct tx_ring r;
		u32 tail = random_below(&seed, COUNT);

		for (j = 0; j < COUNT; j++)
			put(j, (u32)random_next(&seed), 0,
			    random_below(&seed, 6000));
		memcpy(before, memory.ring, sizeof(before));
		r = open_ring(random_below(&seed, COUNT), tail);
		if (!r.ring.at || r.head == r.tail)
			continue;
		for (j = 0; take(&r, &f, i & 1 ? out : NULL, 4096); j++)
			assert_true(j < COUNT);
		assert_int_equal(r.tail, tail);
		for (j = 0; j < COUNT; j++) {
			before[j].status = memory.ring[j].status;
			assert_false(status(j) & ~DD);
		}
		assert_memory_equal(memory.ring, before, sizeof(before));
		assert_int_equal(out[4096], 0xa5);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_open_refuses_and_tells, setup),
		cmocka_unit_test_setup(test_legacy_frame, setup),
		cmocka_unit_test_setup(test_context_and_data_across_the_wrap,
				       setup),
		cmocka_unit_test_setup(test_context_lasts, setup),
		cmocka_unit_test_setup(test_legacy_checksum, setup),
		cmocka_unit_test_setup(test_which_descriptor_has_the_tag, setup),
		cmocka_unit_test_setup(test_unfinished_frame_waits, setup),
		cmocka_unit_test_setup(test_unmapped_memory_is_not_followed,
				       setup),
		cmocka_unit_test_setup(test_too_long_for_its_place, setup),
		cmocka_unit_test_setup(test_reserved_type, setup),
		cmocka_unit_test_setup(test_random_rings, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
