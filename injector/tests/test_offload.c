// SPDX-License-Identifier: GPL-2.0-only
/*
 * Checksums, VLAN tags and segmentation (82574 data sheet 7.2). Frames are
 * built from their fields and results are taken apart as a receiver would: each
 * checksum is verified over its pseudo header, byte by byte, after RFC 1071.
 */
#include "testing.h"

#include "offload.h"

#define BEFORE	64
#define GUARD	64
#define MSS_MAX	9000

/* scratch memory as nic_wire has it, and what was sent */
static struct {
	u8 guard[GUARD];
	u8 before[BEFORE];
	u8 frame[OFFLOAD_MAX];
	u8 after[GUARD];
} scratch;

static u8 original[OFFLOAD_MAX];

#define PATTERN	0xa5

struct packet {
	bool ipv4, tcp;
	u32 ip, l4, header;	/* where they begin, and where the payload does */
	u32 len;
};

static void put16(u8 *at, u32 value)
{
	at[0] = value >> 8;
	at[1] = value & 0xff;
}

static u32 get16(const u8 *at)
{
	return at[0] << 8 | at[1];
}

static u32 get32(const u8 *at)
{
	return get16(at) << 16 | get16(at + 2);
}

/* One byte after the other, the carry added at once. */
static u32 slow_sum(u32 sum, const u8 *at, u32 len)
{
	u32 i;

	for (i = 0; i < len; i++) {
		sum += i & 1 ? at[i] : at[i] << 8;
		if (sum > 0xffff)
			sum -= 0xffff;
	}
	return sum;
}

/* Addresses, protocol and, unless it is left to the part, length. */
static u32 pseudo(const struct packet *p, const u8 *frame, u32 l4_len)
{
	u8 tail[4] = { 0, p->tcp ? 6 : 17, l4_len >> 8, l4_len & 0xff };
	const u8 *ip = frame + p->ip;
	u32 sum;

	sum = p->ipv4 ? slow_sum(0, ip + 12, 8) : slow_sum(0, ip + 8, 32);
	return slow_sum(sum, tail, 4);
}

static u32 check_offset(const struct packet *p)
{
	return p->l4 + (p->tcp ? 16 : 6);
}

/* A frame as a driver hands it over, e1000_tso() and csum_partial alike. */
static void build(const struct packet *p, bool segment, u64 *seed)
{
	u8 *f = scratch.frame;
	u32 i, l4_len = p->len - p->l4;

	memset(&scratch, PATTERN, sizeof(scratch));
	for (i = 0; i < p->len; i++)
		f[i] = (u8)random_next(seed);
	put16(f + p->ip - 2, p->ipv4 ? 0x0800 : 0x86dd);
	if (p->ipv4) {
		f[p->ip] = 0x40 | ((p->l4 - p->ip) / 4 & 15);
		put16(f + p->ip + 2, segment ? 0 : p->len - p->ip);
		put16(f + p->ip + 10, 0);
	} else {
		f[p->ip] = 0x60;
		put16(f + p->ip + 4, segment ? 0 : p->len - p->ip - 40);
	}
	put16(f + check_offset(p), pseudo(p, f, segment ? 0 : l4_len));
	memcpy(original, f, p->len);
}

static struct offload ask(const struct packet *p, u32 mss, bool vlan)
{
	return (struct offload) {
		.ip = { p->ipv4, p->ip, p->ip + 10, p->l4 - 1 },
		.l4 = { true, p->l4, check_offset(p), 0 },
		.vlan = vlan, .tag = 0x3ffe,
		.segment = mss, .tcp = p->tcp, .ipv4 = p->ipv4,
		.header = p->header, .mss = mss,
	};
}

static struct {
	const struct packet *p;
	u32 mss;
	bool vlan;
	u32 frames, payload;
	u64 bytes;
} seen;

/* Take the tag out, as a receiver would. */
static const u8 *untag(const u8 *frame, u32 *len)
{
	static u8 plain[65536 + 512];

	if (!seen.vlan)
		return frame;
	assert_int_equal(get16(frame + 12), 0x8100);
	assert_int_equal(get16(frame + 14), 0x3ffe);
	memcpy(plain, frame, 12);
	memcpy(plain + 12, frame + 16, *len - 16);
	*len -= 4;
	return plain;
}

static void check_sums(const struct packet *p, const u8 *f, u32 len)
{
	u32 sum;

	if (p->ipv4)
		assert_int_equal(slow_sum(0, f + p->ip, p->l4 - p->ip), 0xffff);
	sum = pseudo(p, f, len - p->l4);
	assert_int_equal(slow_sum(sum, f + p->l4, len - p->l4), 0xffff);
	assert_int_not_equal(get16(f + check_offset(p)), 0);
}

static void check_lengths(const struct packet *p, const u8 *f, u32 len)
{
	if (p->ipv4)
		assert_int_equal(get16(f + p->ip + 2), len - p->ip);
	else
		assert_int_equal(get16(f + p->ip + 4), len - p->ip - 40);
}

static void check_transport(const struct packet *p, const u8 *f, u32 len,
			    bool last)
{
	const u8 *o = original + p->l4, *l4 = f + p->l4;

	if (!p->tcp) {
		assert_int_equal(get16(l4 + 4), len - p->l4);
		return;
	}
	assert_int_equal(get32(l4 + 4), (u32)(get32(o + 4) + seen.payload));
	assert_int_equal(l4[13], last ? o[13] : o[13] & 0xf6);
}

/* All else in the headers is as the driver wrote it. */
static void check_rest(const struct packet *p, const u8 *f)
{
	u32 i;

	for (i = 0; i < p->header; i++) {
		bool ip = p->ipv4 ? i - p->ip < 6 || i - p->ip - 10 < 2 :
				    i - p->ip - 4 < 2;
		bool l4 = p->tcp ? i - p->l4 - 4 < 4 || i == p->l4 + 13 :
				   i - p->l4 - 4 < 2;

		if (ip && i >= p->ip + 2)
			continue;
		if (l4 || i - check_offset(p) < 2)
			continue;
		assert_int_equal(f[i], original[i]);
	}
}

static void check_segment(void *to, const void *frame, u32 len)
{
	const struct packet *p = seen.p;
	u32 left = p->len - p->header - seen.payload;
	const u8 *f;

	assert_ptr_equal(to, &seen);
	seen.bytes += len;
	f = untag(frame, &len);
	assert_int_equal(len, p->header + min(seen.mss, left));
	check_lengths(p, f, len);
	check_transport(p, f, len, left <= seen.mss);
	if (p->ipv4)
		assert_int_equal(get16(f + p->ip + 4),
				 (get16(original + p->ip + 4) + seen.frames) &
				 0xffff);
	check_sums(p, f, len);
	check_rest(p, f);
	assert_memory_equal(f + p->header,
			    original + p->header + seen.payload,
			    len - p->header);
	seen.payload += len - p->header;
	seen.frames++;
}

static void assert_guards(void)
{
	u32 i;

	for (i = 0; i < GUARD; i++) {
		assert_int_equal(scratch.guard[i], PATTERN);
		assert_int_equal(scratch.after[i], PATTERN);
	}
}

static void segment(const struct packet *p, u32 mss, bool vlan, u64 *seed)
{
	struct offload o = ask(p, mss, vlan);
	u64 bytes;
	u32 n;

	build(p, true, seed);
	memset(&seen, 0, sizeof(seen));
	seen.p = p;
	seen.mss = mss;
	seen.vlan = vlan;
	n = offload_do(scratch.frame, p->len, &o, check_segment, &seen, &bytes);
	assert_int_equal(n, (p->len - p->header + mss - 1) / mss);
	assert_int_equal(n, seen.frames);
	assert_int_equal(seen.payload, p->len - p->header);
	assert_int_equal(bytes, seen.bytes);
	assert_guards();
}

static struct packet packet(bool ipv4, bool tcp, u32 ip_len, u32 l4_len,
			    u32 payload)
{
	struct packet p = { .ipv4 = ipv4, .tcp = tcp, .ip = 14 };

	p.l4 = p.ip + ip_len;
	p.header = p.l4 + l4_len;
	p.len = p.header + payload;
	return p;
}

static void test_segments(void **state)
{
	static const struct {
		u32 payload, mss;
	} t[] = {
		{ 1, 1 }, { 7, 1 }, { 100, 1 }, { 100, 100 }, { 101, 100 },
		{ 2896, 1448 }, { 2897, 1448 }, { 1447, 1448 }, { 65482, 1460 },
		{ 65482, 9 }, { 333, 111 }, { 65482, 65482 },
	};
	u64 seed = 1;
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(t); i++)
		for (k = 0; k < 8; k++) {
			struct packet p = packet(k & 1, k & 2, k & 1 ? 20 : 40,
						 k & 2 ? 20 : 8, t[i].payload);

			segment(&p, t[i].mss, k & 4, &seed);
		}
}

/* Options and extension headers: 54 to 256 bytes. */
static void test_header_lengths(void **state)
{
	u64 seed = 2;
	u32 header;

	for (header = 54; header <= 256; header += 2) {
		struct packet p = packet(header < 134, true, 20, 20, 777);

		if (header < 134)
			p.l4 = p.ip + 20 + min((header - 54) / 4 * 4, 40u);
		else
			p.l4 = p.ip + header - 14 - 20;
		p.header = header;
		p.len = header + 777;
		segment(&p, 100, header & 4, &seed);
	}
}

static void test_random_segments(void **state)
{
	u64 seed = 3;
	u32 i;

	for (i = 0; i < 500; i++) {
		bool ipv4 = random_below(&seed, 2), tcp = random_below(&seed, 2);
		u32 ip = ipv4 ? 20 + 4 * random_below(&seed, 11) : 40;
		u32 l4 = tcp ? 20 + 4 * random_below(&seed, 11) : 8;
		struct packet p = packet(ipv4, tcp, ip, l4,
					 1 + random_below(&seed, 20000));

		segment(&p, 1 + random_below(&seed, MSS_MAX),
			random_below(&seed, 2), &seed);
	}
}

static void check_whole(void *to, const void *frame, u32 len)
{
	const u8 *f;

	seen.bytes += len;
	seen.frames++;
	f = untag(frame, &len);
	assert_int_equal(len, seen.p->len);
	check_sums(seen.p, f, len);
	check_lengths(seen.p, f, len);
	assert_memory_equal(f + seen.p->header, original + seen.p->header,
			    len - seen.p->header);
}

/* Every length and alignment of the end, both protocols, both families. */
static void test_whole_frames(void **state)
{
	u64 seed = 4, bytes;
	u32 payload, k;

	for (payload = 0; payload < 300; payload++)
		for (k = 0; k < 8; k++) {
			struct packet p = packet(k & 1, k & 2, k & 1 ? 24 : 40,
						 k & 2 ? 20 : 8, payload);
			struct offload o = ask(&p, 0, k & 4);

			build(&p, false, &seed);
			memset(&seen, 0, sizeof(seen));
			seen.p = &p;
			seen.vlan = k & 4;
			assert_int_equal(offload_do(scratch.frame, p.len, &o,
						    check_whole, &seen, &bytes),
					 1);
			assert_int_equal(bytes, p.len + (k & 4 ? 4 : 0));
			assert_int_equal(seen.frames, 1);
			assert_guards();
		}
}

static void keep(void *to, const void *frame, u32 len)
{
	memcpy(to, frame, len);
}

static void test_nothing_asked_for(void **state)
{
	struct packet p = packet(true, true, 20, 20, 100);
	struct offload o = { 0 };
	u64 seed = 5, bytes;
	u8 out[256];

	build(&p, false, &seed);
	assert_int_equal(offload_do(scratch.frame, p.len, &o, keep, out,
				    &bytes), 1);
	assert_memory_equal(out, original, p.len);
	assert_int_equal(bytes, p.len);
}

/* A sum that comes out as 0 is sent as 0xffff (RFC 768). */
static void test_no_zero_checksum(void **state)
{
	struct offload o = { .l4 = { true, 20, 26, 0 } };
	u8 out[64];
	u64 bytes;

	memset(&scratch, 0, sizeof(scratch));
	put16(scratch.frame + 20, 0xffff);
	assert_int_equal(offload_do(scratch.frame, 64, &o, keep, out, &bytes),
			 1);
	assert_int_equal(get16(out + 26), 0xffff);
}

/* The end of a sum is its last byte; what lies behind is not in it. */
static void test_end(void **state)
{
	struct offload o = { .l4 = { true, 20, 40, 31 } };
	u64 seed = 6, bytes;
	u8 out[64];
	u32 i, sum;

	for (i = 0; i < 64; i++)
		scratch.frame[i] = (u8)random_next(&seed);
	sum = slow_sum(0, scratch.frame + 20, 12);
	assert_int_equal(offload_do(scratch.frame, 64, &o, keep, out, &bytes),
			 1);
	assert_int_equal(get16(out + 40), ~sum & 0xffff);
}

static void never(void *to, const void *frame, u32 len)
{
	fail_msg("sent %u bytes", len);
}

static void test_what_does_not_fit_is_refused(void **state)
{
	static const struct offload bad[] = {
		{ .l4 = { true, 100, 50, 0 } },		/* begins behind the end */
		{ .l4 = { true, 0, 99, 0 } },		/* half a place */
		{ .l4 = { true, 0, 65535, 0 } },
		{ .ip = { true, 65535, 0, 0 } },
		{ .ip = { true, 14, 24, 100 } },	/* ends behind the end */
		{ .ip = { true, 30, 24, 20 } },		/* ends before it begins */
		{ .segment = true, .tcp = true, .ipv4 = true, .header = 54,
		  .ip = { true, 14, 24, 33 }, .l4 = { true, 34, 50, 0 } },
		{ .segment = true, .mss = 10, .tcp = true, .ipv4 = true,
		  .header = 100, .ip = { true, 14, 24, 33 },
		  .l4 = { true, 34, 50, 0 } },		/* no payload */
		{ .segment = true, .mss = 10, .tcp = true, .ipv4 = true,
		  .header = 53, .ip = { true, 14, 24, 33 },
		  .l4 = { true, 34, 50, 0 } },		/* half a TCP header */
		{ .segment = true, .mss = 10, .tcp = true, .header = 60,
		  .ip = { true, 30, 24, 33 }, .l4 = { true, 34, 50, 0 } },
		{ .segment = true, .mss = 10, .ipv4 = true, .header = 42,
		  .ip = { true, 14, 24, 33 }, .l4 = { true, 34, 41, 0 } },
		{ .segment = true, .mss = 10, .ipv4 = true, .header = 42,
		  .ip = { true, 14, 41, 33 }, .l4 = { true, 34, 40, 0 } },
		{ .segment = true, .mss = 10, .header = 0 },
	};
	u64 bytes;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(offload_do(scratch.frame, 100, &bad[i], never,
					    NULL, &bytes), 0);
	assert_int_equal(offload_do(scratch.frame, OFFLOAD_MAX, &bad[6], never,
				    NULL, &bytes), 0);
}

static u32 sent;

static void count(void *to, const void *frame, u32 len)
{
	const u8 *at = frame;

	assert_true(at >= scratch.before && at + len <= scratch.after);
	sent++;
}

/* Whatever is asked of whatever frame: nothing but scratch memory changes. */
static void test_random_requests(void **state)
{
	u64 seed = 7, bytes;
	u32 i, n, done = 0;

	for (i = 0; i < 20000; i++) {
		u32 len = random_below(&seed, i & 1 ? 300 : 3000);
		u32 range = i & 2 ? 70 : 400;
		struct offload o = {
			.ip = { random_below(&seed, 2),
				random_below(&seed, range),
				random_below(&seed, range),
				random_below(&seed, 2) ?
				random_below(&seed, range) : 0 },
			.l4 = { random_below(&seed, 2),
				random_below(&seed, range),
				random_below(&seed, range),
				random_below(&seed, 2) ?
				random_below(&seed, range) : 0 },
			.vlan = random_below(&seed, 2),
			.segment = random_below(&seed, 2),
			.tcp = random_below(&seed, 2),
			.ipv4 = random_below(&seed, 2),
			.header = random_below(&seed, 300),
			.mss = random_below(&seed, 200),
		};

		memset(scratch.guard, PATTERN, GUARD);
		memset(scratch.after, PATTERN, GUARD);
		sent = 0;
		n = offload_do(scratch.frame, len, &o, count, NULL, &bytes);
		assert_int_equal(n, sent);
		assert_guards();
		done += n > 1;
	}
	assert_true(done > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_segments),
		cmocka_unit_test(test_header_lengths),
		cmocka_unit_test(test_random_segments),
		cmocka_unit_test(test_whole_frames),
		cmocka_unit_test(test_nothing_asked_for),
		cmocka_unit_test(test_no_zero_checksum),
		cmocka_unit_test(test_end),
		cmocka_unit_test(test_what_does_not_fit_is_refused),
		cmocka_unit_test(test_random_requests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
