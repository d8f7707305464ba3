// SPDX-License-Identifier: GPL-2.0-only
/*
 * The Toeplitz hash against Microsoft's published vectors ("Verifying the RSS
 * Hash Calculation"), and what of a frame is hashed (82576 data sheet 7.1.1.7).
 */
#include "testing.h"

#include "rss.h"

static const u8 key[40] = {
	0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67,
	0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0, 0xd0, 0xca, 0x2b, 0xcb,
	0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30,
	0xf2, 0x0c, 0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa,
};

#define ALL	0x01ff0000
#define TPID	0x8100
#define TCP	6
#define UDP	17
#define ICMP	1

static u32 rssrk[10];

static int setup(void **state)
{
	u32 i, word;

	for (i = 0; i < 10; i++) {
		memcpy(&word, key + 4 * i, 4);
		rssrk[i] = le32_to_cpu(word);
	}
	return 0;
}

static const struct {
	u8 dst[4];
	u16 dport;
	u8 src[4];
	u16 sport;
	u32 addresses, ports;
} ipv4[] = {
	{ { 161, 142, 100, 80 }, 1766, { 66, 9, 149, 187 }, 2794,
	  0x323e8fc2, 0x51ccc178 },
	{ { 65, 69, 140, 83 }, 4739, { 199, 92, 111, 2 }, 14230,
	  0xd718262a, 0xc626b0ea },
	{ { 12, 22, 207, 184 }, 38024, { 24, 19, 198, 95 }, 12898,
	  0xd2d0a5de, 0x5c2b394a },
	{ { 209, 142, 163, 6 }, 2217, { 38, 27, 205, 30 }, 48228,
	  0x82989176, 0xafc7327f },
	{ { 202, 188, 127, 2 }, 1303, { 153, 39, 163, 191 }, 44251,
	  0x5d1809c5, 0x10e828a2 },
};

static const struct {
	u16 dst[8];
	u16 dport;
	u16 src[8];
	u16 sport;
	u32 addresses, ports;
} ipv6[] = {
	{ { 0x3ffe, 0x2501, 0x0200, 0x0003, 0, 0, 0, 1 }, 1766,
	  { 0x3ffe, 0x2501, 0x0200, 0x1fff, 0, 0, 0, 7 }, 2794,
	  0x2cc18cd5, 0x40207d3d },
	{ { 0xff02, 0, 0, 0, 0, 0, 0, 1 }, 4739,
	  { 0x3ffe, 0x0501, 0x0008, 0, 0x0260, 0x97ff, 0xfe40, 0xefab }, 14230,
	  0x0f0c461c, 0xdde51bbf },
	{ { 0xfe80, 0, 0, 0, 0x0200, 0xf8ff, 0xfe21, 0x67cf }, 38024,
	  { 0x3ffe, 0x1900, 0x4545, 0x0003, 0x0200, 0xf8ff, 0xfe21, 0x67cf },
	  44251, 0x4b61e985, 0x02d1feef },
};

static void put16(u8 *at, u16 value)
{
	at[0] = (u8)(value >> 8);
	at[1] = (u8)value;
}

static u8 frame[128];

/* Build the packet behind a header of @eth bytes, whose last two are a type. */
static u32 build_ipv4(unsigned int i, u8 protocol, u32 eth)
{
	u8 *ip = frame + eth;

	memset(frame, 0, sizeof(frame));
	put16(ip - 2, 0x0800);
	ip[0] = 0x45;
	ip[9] = protocol;
	memcpy(ip + 12, ipv4[i].src, 4);
	memcpy(ip + 16, ipv4[i].dst, 4);
	put16(ip + 20, ipv4[i].sport);
	put16(ip + 22, ipv4[i].dport);
	return eth + 46;
}

static u32 build_ipv6(unsigned int i, u8 protocol)
{
	u8 *ip = frame + 14;
	unsigned int j;

	memset(frame, 0, sizeof(frame));
	put16(frame + 12, 0x86dd);
	ip[0] = 0x60;
	ip[6] = protocol;
	for (j = 0; j < 8; j++) {
		put16(ip + 8 + 2 * j, ipv6[i].src[j]);
		put16(ip + 24 + 2 * j, ipv6[i].dst[j]);
	}
	put16(ip + 40, ipv6[i].sport);
	put16(ip + 42, ipv6[i].dport);
	return 14 + 60;
}

static struct rss hash(u32 fields, u32 len)
{
	return rss_hash(rssrk, fields, TPID, frame, len);
}

static void test_microsoft_ipv4(void **state)
{
	unsigned int i;
	struct rss r;
	u32 len;

	for (i = 0; i < ARRAY_SIZE(ipv4); i++) {
		len = build_ipv4(i, TCP, 14);
		r = hash(RSS_IPV4, len);
		assert_int_equal(r.type, RSS_TYPE_IPV4);
		assert_int_equal(r.hash, ipv4[i].addresses);
		r = hash(RSS_IPV4 | RSS_TCP_IPV4, len);
		assert_int_equal(r.type, RSS_TYPE_TCP_IPV4);
		assert_int_equal(r.hash, ipv4[i].ports);
		assert_int_equal(r.packet, RSS_PACKET_IPV4 | RSS_PACKET_TCP);
		assert_false(r.tagged);
	}
}

static void test_microsoft_ipv6(void **state)
{
	unsigned int i;
	struct rss r;
	u32 len;

	for (i = 0; i < ARRAY_SIZE(ipv6); i++) {
		len = build_ipv6(i, TCP);
		r = hash(RSS_IPV6, len);
		assert_int_equal(r.type, RSS_TYPE_IPV6);
		assert_int_equal(r.hash, ipv6[i].addresses);
		r = hash(RSS_IPV6 | RSS_TCP_IPV6, len);
		assert_int_equal(r.type, RSS_TYPE_TCP_IPV6);
		assert_int_equal(r.hash, ipv6[i].ports);
	}
}

/* 8.11: what each bit of MRQC makes of each packet. */
static void test_fields(void **state)
{
	static const struct {
		u32 fields;
		bool six;
		u8 protocol;
		enum rss_type type;
		bool ports;
	} table[] = {
		{ 0, false, TCP, RSS_TYPE_NONE, false },
		{ RSS_IPV6 | RSS_TCP_IPV6, false, TCP, RSS_TYPE_NONE, false },
		{ RSS_TCP_IPV4, false, UDP, RSS_TYPE_NONE, false },
		{ RSS_UDP_IPV4, false, TCP, RSS_TYPE_NONE, false },
		{ RSS_UDP_IPV4, false, UDP, RSS_TYPE_UDP_IPV4, true },
		{ RSS_IPV4 | RSS_TCP_IPV4, false, UDP, RSS_TYPE_IPV4, false },
		{ ALL, false, ICMP, RSS_TYPE_IPV4, false },
		{ ALL, false, UDP, RSS_TYPE_UDP_IPV4, true },
		{ RSS_IPV4 | RSS_TCP_IPV4, true, TCP, RSS_TYPE_NONE, false },
		{ RSS_UDP_IPV6, true, UDP, RSS_TYPE_UDP_IPV6, true },
		{ RSS_UDP_IPV6_EX, true, UDP, RSS_TYPE_UDP_IPV6_EX, true },
		{ RSS_TCP_IPV6_EX, true, TCP, RSS_TYPE_TCP_IPV6_EX, true },
		{ RSS_IPV6_EX, true, TCP, RSS_TYPE_IPV6_EX, false },
		{ RSS_IPV6 | RSS_TCP_IPV6, true, UDP, RSS_TYPE_IPV6, false },
		{ ALL, true, TCP, RSS_TYPE_TCP_IPV6, true },
		{ ALL, true, ICMP, RSS_TYPE_IPV6, false },
	};
	u32 i, len, expected;
	struct rss r;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		len = table[i].six ? build_ipv6(1, table[i].protocol) :
				     build_ipv4(1, table[i].protocol, 14);
		r = hash(table[i].fields, len);
		assert_int_equal(r.type, table[i].type);
		if (table[i].six)
			expected = table[i].ports ? ipv6[1].ports :
						    ipv6[1].addresses;
		else
			expected = table[i].ports ? ipv4[1].ports :
						    ipv4[1].addresses;
		if (r.type == RSS_TYPE_NONE)
			expected = 0;
		assert_int_equal(r.hash, expected);
	}
}

static void test_fragments_have_no_ports(void **state)
{
	static const u16 fragment[] = { 0x2000, 0x2001, 0x0001, 0x1fff };
	struct rss r;
	u32 i, len;

	for (i = 0; i < ARRAY_SIZE(fragment); i++) {
		len = build_ipv4(0, TCP, 14);
		put16(frame + 14 + 6, fragment[i]);
		r = hash(ALL, len);
		assert_int_equal(r.type, RSS_TYPE_IPV4);
		assert_int_equal(r.hash, ipv4[0].addresses);
	}
	/* "don't fragment" is no fragment */
	len = build_ipv4(0, TCP, 14);
	put16(frame + 14 + 6, 0x4000);
	assert_int_equal(hash(ALL, len).hash, ipv4[0].ports);
}

static void test_options_move_the_ports(void **state)
{
	u32 len = build_ipv4(0, TCP, 14);
	struct rss r;

	memmove(frame + 14 + 28, frame + 14 + 20, 4);
	memset(frame + 14 + 20, 1, 8);
	frame[14] = 0x47;
	r = hash(ALL, len);
	assert_int_equal(r.hash, ipv4[0].ports);
	assert_int_equal(r.packet, RSS_PACKET_IPV4 | RSS_PACKET_IPV4_OPTIONS |
				   RSS_PACKET_TCP);
}

static void test_vlan(void **state)
{
	u32 len = build_ipv4(0, TCP, 18);
	struct rss r;

	put16(frame + 12, TPID);
	put16(frame + 14, 0xe123);
	r = hash(ALL, len);
	assert_int_equal(r.hash, ipv4[0].ports);
	assert_true(r.tagged);
	assert_int_equal(r.tag, 0xe123);

	/* another type is no tag, whatever follows */
	put16(frame + 12, 0x88a8);
	r = hash(ALL, len);
	assert_false(r.tagged);
	assert_int_equal(r.type, RSS_TYPE_NONE);
}

static void test_redirection(void **state)
{
	u32 reta[32], i;

	for (i = 0; i < 32; i++)
		reta[i] = (4 * i) | (4 * i + 1) << 8 | (4 * i + 2) << 16 |
			  (4 * i + 3) << 24;
	for (i = 0; i < 256; i++)
		assert_int_equal(rss_redirect(reta, 0xabcdef00 | i), i & 0x7f);
}

/* Any bytes, cut at any place: the sanitizer watches. */
static void test_garbage(void **state)
{
	u64 seed = 7;
	u32 i, len;

	for (i = 0; i < 200000; i++) {
		u8 *at;
		u32 j;

		len = (u32)random_below(&seed, 90);
		at = malloc(len ? len : 1);
		assert_non_null(at);
		for (j = 0; j < len; j++)
			at[j] = (u8)random_next(&seed);
		if (len >= 16 && random_below(&seed, 4)) {
			static const u16 type[] = { 0x0800, 0x86dd, TPID };

			put16(at + 12, type[random_below(&seed, 3)]);
			at[14] = random_below(&seed, 2) ? 0x45 : 0x60;
		}
		rss_hash(rssrk, ALL, TPID, at, len);
		free(at);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_microsoft_ipv4),
		cmocka_unit_test(test_microsoft_ipv6),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_fragments_have_no_ports),
		cmocka_unit_test(test_options_move_the_ports),
		cmocka_unit_test(test_vlan),
		cmocka_unit_test(test_redirection),
		cmocka_unit_test(test_garbage),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
