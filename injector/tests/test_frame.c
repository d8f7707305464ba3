// SPDX-License-Identifier: GPL-2.0-only
#include "frame.h"
#include "testing.h"

/* Where things are, from RFC 791 and RFC 768, not from frame.c. */
#define AT_TYPE		12
#define AT_IP		14
#define AT_TOTAL_LEN	16
#define AT_FRAGMENT	20
#define AT_PROTOCOL	23
#define AT_IP_CHECK	24
#define AT_SADDR	26
#define AT_DADDR	30
#define AT_UDP		34
#define AT_UDP_LEN	38
#define AT_UDP_CHECK	40
#define AT_PAYLOAD	42
#define AT_RUN		42
#define AT_SEQ		50
#define AT_STAMP	58

#define ROOM		(FRAME_MAX_SIZE + 64)
#define GUARD		0xa5
#define RUN		0x1122334455667788ULL

static u8 buf[ROOM];

static struct frame_spec spec_of(u32 size)
{
	return (struct frame_spec){
		.dst = { 2, 0, 0, 0, 0, 1 },
		.src = { 2, 0, 0, 0, 0, 2 },
		.saddr = cpu_to_be32(0x0a000002),
		.daddr = cpu_to_be32(0x0a000001),
		.sport = cpu_to_be16(4000),
		.dport = cpu_to_be16(5000),
		.size = size,
		.run = RUN,
	};
}

static void build(u8 *at, u32 size)
{
	struct frame_spec spec = spec_of(size);

	assert_int_equal(frame_build(at, size, &spec), 0);
}

/* ---- a shadow of the checksums: two bytes at a time, as RFC 1071 puts it ---- */

static u32 be16_at(const u8 *p)
{
	return p[0] << 8 | p[1];
}

static void put_be16(u8 *p, u32 value)
{
	p[0] = value >> 8;
	p[1] = value;
}

static u64 le64_at(const u8 *p)
{
	u64 value = 0;
	int i;

	for (i = 7; i >= 0; i--)
		value = value << 8 | p[i];
	return value;
}

static u32 naive_sum(const u8 *p, size_t len)
{
	u32 sum = 0;
	size_t i;

	for (i = 0; i + 1 < len; i += 2)
		sum += be16_at(p + i);
	if (len & 1)
		sum += p[len - 1] << 8;
	return sum;
}

static u32 naive_fold(u32 sum)
{
	while (sum > 0xffff)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static u32 naive_udp_sum(const u8 *frame, size_t len)
{
	return naive_fold(naive_sum(frame + AT_SADDR, 8) + 17 +
			  be16_at(frame + AT_UDP_LEN) +
			  naive_sum(frame + AT_UDP, len - AT_UDP));
}

static bool naive_verify(const u8 *frame, size_t len)
{
	return naive_fold(naive_sum(frame + AT_IP, 20)) == 0xffff &&
	       naive_udp_sum(frame, len) == 0xffff;
}

static u32 naive_udp_check(const u8 *frame, size_t len)
{
	u8 copy[ROOM];
	u32 check;

	memcpy(copy, frame, len);
	put_be16(copy + AT_UDP_CHECK, 0);
	check = naive_udp_sum(copy, len) ^ 0xffff;
	return check ? check : 0xffff;
}

/* Give a built frame another length, with checksums of our own. */
static void resize(u8 *frame, u32 size)
{
	put_be16(frame + AT_TOTAL_LEN, size - AT_IP);
	put_be16(frame + AT_UDP_LEN, size - AT_UDP);
	put_be16(frame + AT_IP_CHECK, 0);
	put_be16(frame + AT_IP_CHECK,
		 naive_fold(naive_sum(frame + AT_IP, 20)) ^ 0xffff);
	put_be16(frame + AT_UDP_CHECK, naive_udp_check(frame, size));
}

/* ---- building ---- */

static void headers_are_where_they_belong(void **unused)
{
	static const u8 head[AT_PAYLOAD] = {
		2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x08, 0x00,
		0x45, 0, 0x05, 0xdc, 0, 0, 0x40, 0, 64, 17, 0x21, 0x0f,
		10, 0, 0, 2, 10, 0, 0, 1,
		0x0f, 0xa0, 0x13, 0x88, 0x05, 0xc8,
	};

	build(buf, 1514);
	assert_memory_equal(buf, head, AT_UDP_CHECK);
	assert_int_equal(le64_at(buf + AT_RUN), RUN);
	assert_int_equal(le64_at(buf + AT_SEQ), 0);
	assert_int_equal(le64_at(buf + AT_STAMP), 0);
}

static void build_one(u8 *at, u32 size)
{
	size_t before = at - buf, i;

	memset(buf, GUARD, sizeof(buf));
	build(at, size);
	assert_true(naive_verify(at, size));
	assert_int_equal(be16_at(at + AT_UDP_CHECK), naive_udp_check(at, size));
	assert_true(frame_verify(at, size));
	assert_true(frame_is_ours(at, size));
	assert_int_equal(frame_seq(at, size, RUN), 0);
	for (i = 0; i < before; i++)
		assert_int_equal(buf[i], GUARD);
	for (i = before + size; i < sizeof(buf); i++)
		if (buf[i] != GUARD)
			fail_msg("size %u: byte %zu was written", size, i);
}

static void every_size_is_built_right(void **unused)
{
	u32 size;

	for (size = FRAME_MIN_SIZE; size <= 300; size++)
		build_one(buf + size % 8, size);
	for (size = 1500; size <= FRAME_MAX_SIZE; size += 677)
		build_one(buf + size % 8, size);
	build_one(buf, FRAME_MAX_SIZE - 1);
	build_one(buf + 1, FRAME_MAX_SIZE);
}

static void random_specs_are_built_right(void **unused)
{
	u64 seed = 4;
	int i;

	for (i = 0; i < 2000; i++) {
		u32 size = FRAME_MIN_SIZE + random_below(&seed, 2000);
		struct frame_spec spec;
		size_t k;

		for (k = 0; k < sizeof(spec); k++)
			((u8 *)&spec)[k] = random_next(&seed);
		spec.size = size;
		assert_int_equal(frame_build(buf, ROOM, &spec), 0);
		assert_true(naive_verify(buf, size));
		assert_memory_equal(buf, spec.dst, 6);
		assert_memory_equal(buf + 6, spec.src, 6);
		assert_memory_equal(buf + AT_SADDR, &spec.saddr, 4);
		assert_memory_equal(buf + AT_DADDR, &spec.daddr, 4);
		assert_memory_equal(buf + AT_UDP, &spec.sport, 2);
		assert_memory_equal(buf + AT_UDP + 2, &spec.dport, 2);
		assert_int_equal(le64_at(buf + AT_RUN), spec.run);
	}
}

static void bad_sizes_write_nothing(void **unused)
{
	static const struct {
		u32 size;
		size_t room;
	} c[] = {
		{ 0, ROOM },
		{ 1, ROOM },
		{ FRAME_HEADERS_LEN, ROOM },
		{ FRAME_MIN_SIZE - 1, ROOM },
		{ FRAME_MAX_SIZE + 1, ROOM },
		{ 0x7fffffff, ROOM },
		{ 0xffffffff, ROOM },
		{ 0xffffffff, SIZE_MAX },
		{ FRAME_MIN_SIZE, FRAME_MIN_SIZE - 1 },
		{ FRAME_MIN_SIZE, 0 },
		{ 1514, 1513 },
		{ FRAME_MAX_SIZE, FRAME_MAX_SIZE - 1 },
	};
	size_t i, k;

	memset(buf, GUARD, sizeof(buf));
	for (i = 0; i < ARRAY_SIZE(c); i++) {
		struct frame_spec spec = spec_of(c[i].size);

		assert_int_equal(frame_build(buf, c[i].room, &spec), -EINVAL);
		assert_int_equal(frame_build(NULL, 0, &spec), -EINVAL);
	}
	for (k = 0; k < sizeof(buf); k++)
		assert_int_equal(buf[k], GUARD);
}

/* ---- marking ---- */

static void a_mark_changes_mark_and_checksum_only(void **unused)
{
	static u8 before[ROOM];
	u64 seed = 5;
	u32 size = 1513;
	size_t k;
	int i;

	build(buf, size);
	memcpy(before, buf, sizeof(before));
	for (i = 0; i < 100; i++) {
		u64 seq = random_wide(&seed), stamp = random_wide(&seed);

		frame_mark_shot(buf, seq, stamp);
		assert_int_equal(le64_at(buf + AT_SEQ), seq);
		assert_int_equal(le64_at(buf + AT_STAMP), stamp);
		for (k = 0; k < size; k++)
			if (k < AT_UDP_CHECK || k >= AT_STAMP + 8 ||
			    (k >= AT_PAYLOAD && k < AT_SEQ))
				assert_int_equal(buf[k], before[k]);
	}
}

static void random_marks_keep_the_checksum_right(void **unused)
{
	static const u64 edge[] = { 0, 1, 0xffff, 0x10000, ~0ULL, ~0ULL - 1 };
	u64 seed = 6;
	u32 size = FRAME_MIN_SIZE + 3;
	int i;

	build(buf + 1, size);
	for (i = 0; i < 100000; i++) {
		u64 seq = random_wide(&seed), stamp = random_wide(&seed);

		if (i % 16 == 0)
			seq = edge[random_below(&seed, ARRAY_SIZE(edge))];
		if (i % 16 == 1)
			stamp = edge[random_below(&seed, ARRAY_SIZE(edge))];
		frame_mark_shot(buf + 1, seq, stamp);
		if (!naive_verify(buf + 1, size))
			fail_msg("seq %#llx stamp %#llx",
				 (unsigned long long)seq,
				 (unsigned long long)stamp);
		assert_int_equal(frame_seq(buf + 1, size, RUN), seq);
	}
	assert_true(frame_verify(buf + 1, size));
}

/* Every checksum comes up, and the one that would be 0 is sent as 0xffff. */
static void no_checksum_is_ever_zero(void **unused)
{
	static bool seen[0x10000];
	u32 size = FRAME_MIN_SIZE, check;
	int distinct = 0;
	u64 seq;

	memset(seen, 0, sizeof(seen));
	build(buf, size);
	for (seq = 1; seq <= 0x20000; seq++) {
		frame_mark_shot(buf, seq, 0);
		check = be16_at(buf + AT_UDP_CHECK);
		assert_int_not_equal(check, 0);
		assert_true(naive_verify(buf, size));
		distinct += !seen[check];
		seen[check] = true;
	}
	assert_int_equal(distinct, 0xffff);
}

/* 10^7 updates one upon another, checked now and then. */
static void a_long_run_does_not_drift(void **unused)
{
	u32 size = 1514;
	u64 seq;

	build(buf, size);
	for (seq = 1; seq <= 10000000; seq++)
		frame_mark_shot(buf, seq, seq * 38000);
	assert_true(naive_verify(buf, size));
	assert_int_equal(be16_at(buf + AT_UDP_CHECK),
			 naive_udp_check(buf, size));
}

static void a_new_source_changes_itself_and_both_checksums_only(void **unused)
{
	static const u32 edge[] = { 0, 1, 0xffff, 0x10000, 0xffff0000, ~0U };
	static u8 before[ROOM];
	u64 seed = 7;
	u32 size = FRAME_MIN_SIZE + 1;
	size_t k;
	int i;

	build(buf + 1, size);
	memcpy(before, buf, sizeof(before));
	for (i = 0; i < 100000; i++) {
		__be32 source = cpu_to_be32(random_next(&seed));

		if (i % 16 == 0)
			source = cpu_to_be32(edge[random_below(&seed,
						  ARRAY_SIZE(edge))]);
		frame_set_source(buf + 1, source);
		assert_memory_equal(buf + 1 + AT_SADDR, &source, 4);
		assert_true(frame_source(buf + 1) == source);
		assert_true(naive_verify(buf + 1, size));
		assert_int_not_equal(be16_at(buf + 1 + AT_UDP_CHECK), 0);
	}
	memcpy(buf + 1 + AT_IP_CHECK, before + 1 + AT_IP_CHECK, 6);
	memcpy(buf + 1 + AT_UDP_CHECK, before + 1 + AT_UDP_CHECK, 2);
	for (k = 0; k < sizeof(buf); k++)
		assert_int_equal(buf[k], before[k]);
}

/* ---- recognising ---- */

static void only_its_own_run_has_a_number(void **unused)
{
	struct frame_spec spec = spec_of(200);

	build(buf, 200);
	frame_mark_shot(buf, 77, 1);
	assert_int_equal(frame_seq(buf, 200, RUN), 77);
	assert_int_equal(frame_seq(buf, 200, RUN + 1), 0);
	assert_int_equal(frame_seq(buf, 200, 0), 0);
	assert_int_equal(frame_payload_seq(buf + AT_PAYLOAD, 158, RUN), 77);
	assert_int_equal(frame_payload_seq(buf + AT_PAYLOAD, 158, ~RUN), 0);
	assert_int_equal(frame_payload_seq(buf + AT_PAYLOAD, 158, 0), 0);

	spec.run = 0;
	assert_int_equal(frame_build(buf, ROOM, &spec), 0);
	frame_mark_shot(buf, 77, 1);
	assert_int_equal(frame_seq(buf, 200, 0), 0);
}

/* The sanitizer sees a read beyond the end of a block of just that size. */
static void short_frames_are_not_read_beyond_their_end(void **unused)
{
	size_t len;

	build(buf, 200);
	frame_mark_shot(buf, 77, 1);
	for (len = 0; len < 200; len++) {
		u8 *copy = malloc(len ? len : 1);
		u64 want = len >= FRAME_MIN_SIZE ? 77 : 0;

		assert_non_null(copy);
		memcpy(copy, buf, len);
		assert_int_equal(frame_seq(copy, len, RUN), want);
		assert_false(frame_verify(copy, len));
		assert_false(frame_is_ours(copy, len));
		free(copy);
	}
	for (len = 0; len < 24; len++)
		assert_int_equal(frame_payload_seq(buf + AT_PAYLOAD, len, RUN),
				 0);
	assert_int_equal(frame_payload_seq(buf + AT_PAYLOAD, 24, RUN), 77);
}

static void other_traffic_has_no_number(void **unused)
{
	static const struct {
		size_t at;
		u8 value;
		u64 seq;
	} c[] = {
		{ 0, 0xff, 77 },		/* broadcast */
		{ AT_TYPE, 0x86, 0 },		/* 0x8600 */
		{ AT_TYPE + 1, 0x06, 0 },	/* ARP */
		{ AT_IP, 0x65, 0 },		/* IPv6 */
		{ AT_IP, 0x46, 0 },		/* with options */
		{ AT_IP, 0x44, 0 },
		{ AT_PROTOCOL, 6, 0 },		/* TCP */
		{ AT_PROTOCOL, 0, 0 },
		{ AT_FRAGMENT, 0x20, 0 },	/* more fragments */
		{ AT_FRAGMENT, 0x60, 0 },
		{ AT_FRAGMENT + 1, 1, 0 },	/* a later fragment */
		{ AT_FRAGMENT, 0x1f, 0 },
		{ AT_FRAGMENT, 0x00, 77 },	/* may be fragmented, was not */
		{ AT_RUN, 0, 0 },
		{ AT_RUN + 7, 0, 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(c); i++) {
		build(buf, 200);
		frame_mark_shot(buf, 77, 1);
		buf[c[i].at] = c[i].value;
		assert_int_equal(frame_seq(buf, 200, RUN), c[i].seq);
	}
}

static void random_bytes_are_nobodys(void **unused)
{
	u64 seed = 7;
	int i, k;

	for (i = 0; i < 20000; i++) {
		size_t len = random_below(&seed, 128);

		for (k = 0; k < 128; k++)
			buf[k] = random_next(&seed);
		assert_false(frame_verify(buf, len));
		assert_false(frame_is_ours(buf, len));
		assert_int_equal(frame_seq(buf, len, RUN), 0);
	}
}

/* ---- verifying ---- */

static void every_flipped_bit_is_found(void **unused)
{
	u32 size = 131, bit;

	build(buf, size);
	frame_mark_shot(buf, 77, 1);
	for (bit = 0; bit < size * 8; bit++) {
		bool mac = bit < AT_TYPE * 8;

		buf[bit / 8] ^= 1 << bit % 8;
		assert_int_equal(frame_verify(buf, size), mac);
		assert_int_equal(frame_is_ours(buf, size), mac);
		buf[bit / 8] ^= 1 << bit % 8;
	}
	assert_true(frame_verify(buf, size));
}

static void lengths_must_agree(void **unused)
{
	build(buf, 200);
	assert_true(frame_verify(buf, 200));
	assert_false(frame_verify(buf, 199));
	assert_false(frame_verify(buf, 201));
	assert_false(frame_verify(buf, SIZE_MAX));

	/* right checksums, but UDP shorter than the packet, and longer */
	resize(buf, 200);
	put_be16(buf + AT_UDP_LEN, 160);
	put_be16(buf + AT_UDP_CHECK, naive_udp_check(buf, 200));
	assert_false(frame_verify(buf, 200));
	put_be16(buf + AT_UDP_LEN, 167);
	put_be16(buf + AT_UDP_CHECK, naive_udp_check(buf, 200));
	assert_false(frame_verify(buf, 200));
	resize(buf, 200);
	assert_true(frame_verify(buf, 200));
}

static void a_frame_without_a_udp_checksum_is_not_verified(void **unused)
{
	build(buf, 200);
	put_be16(buf + AT_UDP_CHECK, 0);
	assert_false(frame_verify(buf, 200));
	assert_false(frame_is_ours(buf, 200));
}

/* The one frame where "none" and the right sum look the same. */
static void no_checksum_is_not_a_right_zero(void **unused)
{
	u64 seq = 0;

	build(buf, 200);
	do {
		frame_mark_shot(buf, ++seq, 0);
	} while (be16_at(buf + AT_UDP_CHECK) != 0xffff);
	assert_true(frame_verify(buf, 200));
	put_be16(buf + AT_UDP_CHECK, 0);
	assert_true(naive_verify(buf, 200));
	assert_false(frame_verify(buf, 200));
}

static void ours_has_room_for_the_mark_and_fits_a_buffer(void **unused)
{
	static const struct {
		u32 size;
		bool ours;
	} c[] = {
		{ FRAME_HEADERS_LEN, false },
		{ FRAME_MIN_SIZE - 1, false },
		{ FRAME_MIN_SIZE, true },
		{ FRAME_MAX_SIZE, true },
		{ FRAME_MAX_SIZE + 1, false },
	};
	size_t i;

	memset(buf, 0, sizeof(buf));
	build(buf, FRAME_MAX_SIZE);
	for (i = 0; i < ARRAY_SIZE(c); i++) {
		resize(buf, c[i].size);
		assert_true(frame_verify(buf, c[i].size));
		assert_int_equal(frame_is_ours(buf, c[i].size), c[i].ours);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_are_where_they_belong),
		cmocka_unit_test(every_size_is_built_right),
		cmocka_unit_test(random_specs_are_built_right),
		cmocka_unit_test(bad_sizes_write_nothing),
		cmocka_unit_test(a_mark_changes_mark_and_checksum_only),
		cmocka_unit_test(random_marks_keep_the_checksum_right),
		cmocka_unit_test(no_checksum_is_ever_zero),
		cmocka_unit_test(a_long_run_does_not_drift),
		cmocka_unit_test(a_new_source_changes_itself_and_both_checksums_only),
		cmocka_unit_test(only_its_own_run_has_a_number),
		cmocka_unit_test(short_frames_are_not_read_beyond_their_end),
		cmocka_unit_test(other_traffic_has_no_number),
		cmocka_unit_test(random_bytes_are_nobodys),
		cmocka_unit_test(every_flipped_bit_is_found),
		cmocka_unit_test(lengths_must_agree),
		cmocka_unit_test(a_frame_without_a_udp_checksum_is_not_verified),
		cmocka_unit_test(no_checksum_is_not_a_right_zero),
		cmocka_unit_test(ours_has_room_for_the_mark_and_fits_a_buffer),
	};

	return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
