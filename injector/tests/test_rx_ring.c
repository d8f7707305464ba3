// SPDX-License-Identifier: GPL-2.0-only
/*
 * The RX descriptor ring by itself: how a frame is spread over buffers, and
 * what is written back in the three formats (82574 data sheet 7.1).
 */
#include "testing.h"

#include "rx_ring.h"

#define BUS	0x80000000ULL
#define RING	256	/* where in memory the ring lies */

static u8 memory[65536] __aligned(4096);

static struct nic one_region(void)
{
	return (struct nic) {
		.region = { { BUS, sizeof(memory), memory, NULL } },
		.regions = 1,
	};
}

/* Eight descriptors, or four that are split; head at the last, six free. */
static struct rx_ring make_ring(enum rx_format format, u32 room)
{
	return (struct rx_ring) {
		.ring = { .reg = 0x2800, .base = BUS + RING, .bytes = 128,
			  .head = 7, .tail = 5 },
		.room = { room },
		.format = format,
	};
}

static struct rx_ring open_ring(struct nic *nic, enum rx_format format, u32 room)
{
	struct rx_ring r = make_ring(format, room);

	memset(memory, 0xa5, sizeof(memory));
	assert_int_equal(rx_ring_open(&r, nic), OUTCOME_DELIVERED);
	return r;
}

static struct rx_ring open_split(struct nic *nic)
{
	struct rx_ring r = {
		.ring = { .reg = 0x2800, .base = BUS + RING, .bytes = 128,
			  .head = 6, .tail = 4 },
		.room = { 128, 1024, 1024, 0 },
		.format = RX_SPLIT,
	};

	memset(memory, 0xa5, sizeof(memory));
	assert_int_equal(rx_ring_open(&r, nic), OUTCOME_DELIVERED);
	return r;
}

static void set_buffer(u32 word, u64 bus)
{
	__le64 le = cpu_to_le64(bus);

	memcpy(memory + RING + 8 * word, &le, 8);
}

static void test_open_counts_descriptors(void **state)
{
	struct nic nic = one_region();
	struct rx_ring r = open_ring(&nic, RX_EXTENDED, 2048);

	assert_int_equal(r.count, 8);
	assert_int_equal(r.head, 7);
	assert_int_equal(rx_ring_free(&r), 6);
	assert_int_equal(rx_ring_units(&r, 3), 3);
	r = open_split(&nic);
	assert_int_equal(r.count, 4);
	assert_int_equal(r.head, 3);
	assert_int_equal(r.tail, 2);
	assert_int_equal(rx_ring_free(&r), 3);
	assert_int_equal(rx_ring_units(&r, 3), 6);
}

/* e1000e writes i << 1: an odd tail is in the middle of a descriptor. */
static void test_split_ring_refuses_half_descriptors(void **state)
{
	struct nic nic = one_region();
	struct rx_ring r = make_ring(RX_SPLIT, 128);

	r.ring.head = 0;
	assert_int_equal(rx_ring_open(&r, &nic), OUTCOME_BAD_DESCRIPTOR);
	assert_int_equal(r.ring.fault, FAULT_TAIL);
	assert_int_equal(r.ring.fault_value, 5);
	r.ring.head = 7;
	r.ring.tail = 4;
	assert_int_equal(rx_ring_open(&r, &nic), OUTCOME_BAD_DESCRIPTOR);
	assert_int_equal(r.ring.fault, FAULT_RING);
	assert_null(r.ring.at);
}

static void test_one_buffer(void **state)
{
	static const struct {
		u64 bus;
		u32 room, len;
		bool good;
	} t[] = {
		{ BUS, 2048, 2048, true },
		{ BUS + 65536 - 2048, 2048, 2048, true },
		{ BUS + 65536 - 2047, 2048, 2048, false },
		{ BUS + 65536 - 2047, 2048, 2047, true },
		{ BUS + 3, 256, 256, true },
		{ BUS - 1, 256, 256, false },
		{ BUS + 65535, 256, 1, true },
		{ BUS + 65535, 256, 2, false },
		{ BUS, 0, 60, false },		/* a reserved size */
		{ 0, 256, 60, false },
		{ ~0ULL, 256, 60, false },	/* e1000e's mark for an unused address */
		{ ~0ULL - 255, 256, 256, false },
	};
	struct nic nic = one_region();
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		struct rx_ring r = open_ring(&nic, i & 1, t[i].room);
		u8 *expected = memory + (t[i].bus - BUS);
		struct rx_spread s;
		enum outcome o;
		u64 bus = 0;

		set_buffer(2 * 7, t[i].bus);
		o = rx_ring_spread(&r, &nic, 0, t[i].len, &s, &bus);
		assert_int_equal(o, t[i].good ? OUTCOME_DELIVERED :
						OUTCOME_BAD_DESCRIPTOR);
		if (t[i].room)
			assert_int_equal(bus, t[i].bus);
		if (t[i].good) {
			assert_int_equal(s.slots, 1);
			assert_ptr_equal(s.at[0], expected);
			assert_int_equal(s.len[0], t[i].len);
		}
		assert_ptr_equal(rx_ring_buffer(&r, &nic, 7, t[i].len),
				 t[i].good ? expected : NULL);
	}
}

/* Six free descriptors of 256 bytes hold 1536. */
static void test_several_descriptors(void **state)
{
	struct nic nic = one_region();
	struct rx_ring r = open_ring(&nic, RX_LEGACY, 256);
	struct rx_spread s;
	u32 i;
	u64 bus;

	for (i = 0; i < 8; i++)
		set_buffer(2 * i, BUS + 4096 + 1000 * i);
	assert_int_equal(rx_ring_spread(&r, &nic, 0, 600, &s, &bus),
			 OUTCOME_DELIVERED);
	assert_int_equal(s.slots, 3);
	assert_ptr_equal(s.at[0], memory + 4096 + 7000);
	assert_ptr_equal(s.at[2], memory + 4096 + 1000);
	assert_int_equal(s.len[1], 256);
	assert_int_equal(s.len[2], 88);
	assert_int_equal(rx_ring_spread(&r, &nic, 0, 1536, &s, &bus),
			 OUTCOME_DELIVERED);
	assert_int_equal(rx_ring_spread(&r, &nic, 0, 1537, &s, &bus),
			 OUTCOME_NO_DESCRIPTOR);
	set_buffer(2 * 1, BUS + 65536 - 87);
	assert_int_equal(rx_ring_spread(&r, &nic, 0, 600, &s, &bus),
			 OUTCOME_BAD_DESCRIPTOR);
	assert_int_equal(bus, BUS + 65536 - 87);
	assert_int_equal(rx_ring_spread(&r, &nic, 0, 512, &s, &bus),
			 OUTCOME_DELIVERED);
}

/* e1000_alloc_rx_buffers_ps(): header buffer, pages, ~0 where there is none. */
static void set_split_buffers(void)
{
	u32 i;

	for (i = 0; i < 4; i++) {
		set_buffer(4 * i, BUS + 4096 + 8192 * i);
		set_buffer(4 * i + 1, BUS + 4096 + 8192 * i + 2048);
		set_buffer(4 * i + 2, BUS + 4096 + 8192 * i + 4096);
		set_buffer(4 * i + 3, ~0ULL);
	}
}

static void check_split(u32 header, u32 total, const u16 *len, u32 slots)
{
	struct nic nic = one_region();
	struct rx_ring r = open_split(&nic);
	struct rx_spread s;
	u64 bus;

	set_split_buffers();
	assert_int_equal(rx_ring_spread(&r, &nic, header, total, &s, &bus),
			 OUTCOME_DELIVERED);
	assert_int_equal(s.slots, slots);
	assert_memory_equal(s.len, len, slots * 4 * sizeof(*len));
	assert_null(s.at[3]);
	assert_ptr_equal(s.at[0], memory + 4096 + 3 * 8192);
	if (s.len[1])
		assert_ptr_equal(s.at[1], memory + 4096 + 3 * 8192 + 2048);
	if (slots > 1) {
		assert_null(s.at[4]);
		assert_ptr_equal(s.at[5], memory + 4096 + 2048);
	}
}

static void test_split(void **state)
{
	static const u16 header[] = { 42, 58, 0, 0 };
	static const u16 linear[] = { 128, 272, 0, 0 };
	static const u16 small[] = { 60, 0, 0, 0 };
	static const u16 full[] = { 128, 1024, 1024, 0 };
	static const u16 two[] = { 128, 1024, 1024, 0, 0, 1, 0, 0 };
	static const u16 two_split[] = { 54, 1024, 1024, 0, 0, 1024, 4, 0 };

	check_split(42, 100, header, 1);
	check_split(0, 400, linear, 1);
	check_split(0, 60, small, 1);
	check_split(0, 2176, full, 1);
	check_split(0, 2177, two, 2);
	check_split(54, 3130, two_split, 2);
}

static void test_split_needs_room(void **state)
{
	struct nic nic = one_region();
	struct rx_ring r = open_split(&nic);
	struct rx_spread s;
	u64 bus;

	set_split_buffers();
	r.room[1] = 0;
	r.room[2] = 0;
	assert_int_equal(rx_ring_spread(&r, &nic, 0, 128, &s, &bus),
			 OUTCOME_DELIVERED);
	assert_int_equal(rx_ring_spread(&r, &nic, 0, 129, &s, &bus),
			 OUTCOME_BAD_DESCRIPTOR);
	/* as many pieces as there can be, and no more */
	memset(r.room, 0, sizeof(r.room));
	r.room[0] = 1;
	r.count = 128;
	r.tail = 100;
	r.head = 0;
	r.ring.at = memory;
	assert_int_equal(rx_ring_spread(&r, &nic, 0, 2, &s, &bus),
			 OUTCOME_BAD_DESCRIPTOR);
}

static void test_pieces_have_an_end(void **state)
{
	struct nic nic = one_region();
	struct rx_ring r = {
		.ring = { .base = BUS, .bytes = 4096, .tail = 200 },
		.room = { 1 },
	};
	struct rx_spread s;
	u64 bus;
	u32 i;

	assert_int_equal(rx_ring_open(&r, &nic), OUTCOME_DELIVERED);
	for (i = 0; i < 256; i++) {
		__le64 le = cpu_to_le64(BUS + 8192);

		memcpy(memory + 16 * i, &le, 8);
	}
	assert_int_equal(rx_ring_spread(&r, &nic, 0, RX_PIECES, &s, &bus),
			 OUTCOME_DELIVERED);
	assert_int_equal(rx_ring_spread(&r, &nic, 0, RX_PIECES + 1, &s, &bus),
			 OUTCOME_BAD_DESCRIPTOR);
}

/* Only the descriptors' own bytes may change, and to exactly these. */
static void check_fill(enum rx_format format, const u8 *expected, u32 size)
{
	static u8 shadow[sizeof(memory)];
	struct rx_report report = {
		.status = RX_STATUS_UDPCS | RX_STATUS_IPCS | RX_STATUS_VP,
		.vlan = 0x2064,
		.header = format == RX_SPLIT ? 42 : 0,
	};
	struct rx_spread s = { .slots = 2 };
	struct nic nic = one_region();
	struct rx_ring r;

	if (format == RX_SPLIT) {
		r = open_split(&nic);
		memcpy(s.len, ((u16[]) { 42, 1024, 1024, 0, 0, 0x0234, 7, 0 }),
		       16);
	} else {
		r = open_ring(&nic, format, 2048);
		memcpy(s.len, ((u16[]) { 2048, 0x0234 }), 4);
	}
	set_buffer(2 * (128 / 16 - size / 16), 0x0807060504030201ULL);
	set_buffer(0, 0x0807060504030201ULL);
	memcpy(shadow, memory, sizeof(memory));
	memcpy(shadow + RING + 128 - size, expected, size);
	memcpy(shadow + RING, expected + size, size);
	rx_ring_fill(&r, &s, &report);
	assert_memory_equal(memory, shadow, sizeof(memory));
	assert_true(rx_ring_filled(&r, r.head));
	assert_true(rx_ring_filled(&r, 0));
}

static void test_fill_extended(void **state)
{
	/* MRQ 0, RSS 0, status and errors, length, VLAN */
	static const u8 expected[32] = {
		0, 0, 0, 0, 0, 0, 0, 0, 0x01, 0, 0, 0, 0x00, 0x08, 0, 0,
		0, 0, 0, 0, 0, 0, 0, 0, 0x5b, 0, 0, 0, 0x34, 0x02, 0x64, 0x20,
	};

	check_fill(RX_EXTENDED, expected, 16);
}

static void test_fill_legacy(void **state)
{
	/* the address stays; length, checksum, status, errors, special */
	static const u8 expected[32] = {
		1, 2, 3, 4, 5, 6, 7, 8, 0x00, 0x08, 0, 0, 0x01, 0, 0, 0,
		1, 2, 3, 4, 5, 6, 7, 8, 0x34, 0x02, 0, 0, 0x5b, 0, 0x64, 0x20,
	};

	check_fill(RX_LEGACY, expected, 16);
}

static void test_fill_split(void **state)
{
	/* as extended, length 0; header status, lengths 1 to 3 */
	static const u8 expected[64] = {
		0, 0, 0, 0, 0, 0, 0, 0, 0x01, 0, 0, 0, 42, 0, 0, 0,
		42, 0x80, 0, 4, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		0, 0, 0, 0, 0, 0, 0, 0, 0x5b, 0, 0, 0, 0, 0, 0x64, 0x20,
		42, 0x80, 0x34, 0x02, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	};

	check_fill(RX_SPLIT, expected, 32);
}

static void test_filled_until_the_driver_clears_dd(void **state)
{
	struct rx_spread s = { .slots = 1, .len = { 60 } };
	static const u32 at[] = { 12, 8, 8 };
	struct rx_report report = { 0 };
	struct nic nic = one_region();
	enum rx_format f;

	for (f = RX_LEGACY; f <= RX_SPLIT; f++) {
		struct rx_ring r = f == RX_SPLIT ? open_split(&nic) :
						   open_ring(&nic, f, 2048);
		u32 size = f == RX_SPLIT ? 32 : 16;
		u8 *status = memory + RING + size * r.head + at[f];

		rx_ring_fill(&r, &s, &report);
		assert_true(rx_ring_filled(&r, r.head));
		*status = 0;
		assert_false(rx_ring_filled(&r, r.head));
	}
}

static void test_ahead_wraps(void **state)
{
	struct rx_ring r = { .count = 8 };
	u32 slot, ahead;

	for (slot = 0; slot < 8; slot++)
		for (ahead = 0; ahead < 8; ahead++)
			assert_int_equal(rx_ring_ahead(&r, slot, ahead),
					 (slot + ahead) % 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open_counts_descriptors),
		cmocka_unit_test(test_split_ring_refuses_half_descriptors),
		cmocka_unit_test(test_one_buffer),
		cmocka_unit_test(test_several_descriptors),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_split_needs_room),
		cmocka_unit_test(test_pieces_have_an_end),
		cmocka_unit_test(test_fill_extended),
		cmocka_unit_test(test_fill_legacy),
		cmocka_unit_test(test_fill_split),
		cmocka_unit_test(test_filled_until_the_driver_clears_dd),
		cmocka_unit_test(test_ahead_wraps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
