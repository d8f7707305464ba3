// SPDX-License-Identifier: GPL-2.0-only
#include "sink.h"
#include "testing.h"

#define ROOM	70000

static u8 frame[ROOM], reply[ROOM];
static u32 len;

/* "02 69 ..." to bytes at @to; returns how many. */
static u32 put_hex(u8 *to, const char *hex)
{
	u32 count, byte;
	char *end;

	for (count = 0;; count++, hex = end) {
		byte = strtoul(hex, &end, 16);
		if (end == hex)
			return count;
		to[count] = byte;
	}
}

static u32 be16_at(const u8 *p)
{
	return p[0] << 8 | p[1];
}

static void put_be16(u8 *p, u32 value)
{
	p[0] = value >> 8;
	p[1] = value;
}

/* RFC 1071 as it puts it; a right sum is 0. */
static u32 naive_check(const u8 *p, u32 size, u32 sum)
{
	u32 k;

	for (k = 0; k < size; k++)
		sum += k % 2 ? p[k] : p[k] << 8;
	while (sum > 0xffff)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum ^ 0xffff;
}

/* In blocks of just the size that is promised, at every alignment. */
static u32 ask(u32 (*make)(const void *frame, u32 len, void *reply))
{
	static u32 shift;
	u32 room = max(len, SINK_MIN_REPLY), got;
	u8 *in, *out;

	shift = (shift + 1) % 4;
	in = malloc(shift + len);
	out = malloc(shift + room);
	assert_non_null(in);
	assert_non_null(out);
	memcpy(in + shift, frame, len);
	memset(out, 0xa5, shift + room);
	got = make(in + shift, len, out + shift);
	assert_memory_equal(in + shift, frame, len);
	assert_true(got <= room);
	memcpy(reply, out + shift, got);
	free(in);
	free(out);
	return got;
}

static void assert_padded(u32 used)
{
	for (; used < SINK_MIN_REPLY; used++)
		assert_int_equal(reply[used], 0);
}

/* ---- echo ---- */

static void echo_exchanges_the_addresses(void **unused)
{
	u64 seed = 1;
	u32 k;

	for (len = 14; len < ROOM; len += 1 + len / 3) {
		for (k = 0; k < len; k++)
			frame[k] = random_next(&seed);
		frame[0] &= ~1;
		assert_int_equal(ask(sink_echo), max(len, 60));
		assert_memory_equal(reply, frame + 6, 6);
		assert_memory_equal(reply + 6, frame, 6);
		assert_memory_equal(reply + 12, frame + 12, len - 12);
		assert_padded(len);
	}
}

static void echo_has_no_group_as_source(void **unused)
{
	static const u8 fixed[6] = { 0x02, 0x69, 0, 0, 0, 1 };

	len = 64;
	memset(frame, 0x22, len);
	memset(frame, 0xff, 6);
	assert_int_equal(ask(sink_echo), 64);
	assert_memory_equal(reply, frame + 6, 6);
	assert_memory_equal(reply + 6, fixed, 6);
	put_hex(frame, "01 00 5e 00 00 fb");
	assert_int_equal(ask(sink_echo), 64);
	assert_memory_equal(reply + 6, fixed, 6);
}

static void echo_of_less_than_a_header_is_nothing(void **unused)
{
	memset(frame, 0x22, 14);
	for (len = 0; len < 14; len++)
		assert_int_equal(ask(sink_echo), 0);
}

/* ---- ARP: fields by RFC 826 ---- */

#define ARP_REQUEST							\
	"ff ff ff ff ff ff 00 11 22 33 44 55 08 06 "			\
	"00 01 08 00 06 04 00 01 "					\
	"00 11 22 33 44 55 0a 00 00 02 00 00 00 00 00 00 0a 00 00 07"
#define ARP_REPLY							\
	"00 11 22 33 44 55 02 69 0a 00 00 07 08 06 "			\
	"00 01 08 00 06 04 00 02 "					\
	"02 69 0a 00 00 07 0a 00 00 07 00 11 22 33 44 55 0a 00 00 02"

static void arp_requests_are_answered(void **unused)
{
	u8 want[42];

	len = put_hex(frame, ARP_REQUEST);
	put_hex(want, ARP_REPLY);
	assert_int_equal(ask(sink_answer), 60);
	assert_memory_equal(reply, want, sizeof(want));
	assert_padded(sizeof(want));

	/* as drivers send them: padded, with whatever */
	memset(frame + len, 0xee, 60 - len);
	len = 60;
	assert_int_equal(ask(sink_answer), 60);
	assert_memory_equal(reply, want, sizeof(want));
	assert_padded(sizeof(want));

	/* asked of one host alone */
	put_hex(frame, "02 69 0a 00 00 07");
	assert_int_equal(ask(sink_answer), 60);
	assert_memory_equal(reply, want, sizeof(want));
}

struct change {
	u32 at;
	const char *hex;
};

/* A frame that asks no more once @c is changed in it. */
static void assert_silent_after(const char *question, const struct change *c)
{
	len = put_hex(frame, question);
	assert_true(ask(sink_answer) > 0);
	put_hex(frame + c->at, c->hex);
	if (ask(sink_answer))
		fail_msg("%s at %u was answered", c->hex, c->at);
}

static void other_arp_is_not_answered(void **unused)
{
	static const struct change c[] = {
		{ 6, "01" },			/* sent by a group */
		{ 12, "08 07" },
		{ 14, "00 06" },		/* IEEE 802 */
		{ 16, "86 dd" },
		{ 18, "08" },
		{ 19, "10" },
		{ 20, "00 02" },		/* a reply */
		{ 20, "00 03" },		/* RARP */
		{ 20, "01 00" },
		{ 22, "ff" },
		{ 28, "00 00 00 00" },		/* a probe */
		{ 28, "e0 00 00 01" },
		{ 28, "0a 00 00 07" },		/* an announcement */
		{ 38, "0a 00 00 02" },
		{ 38, "00 00 00 00" },
		{ 38, "00 00 00 07" },
		{ 38, "7f 00 00 01" },
		{ 38, "e0 00 00 01" },
		{ 38, "ff ff ff ff" },
	};
	size_t k;

	for (k = 0; k < ARRAY_SIZE(c); k++)
		assert_silent_after(ARP_REQUEST, &c[k]);
}

static void every_host_has_a_mac_of_its_own(void **unused)
{
	u32 k;

	len = put_hex(frame, ARP_REQUEST);
	for (k = 0; k < 256; k++) {
		frame[41] = k;
		assert_int_equal(ask(sink_answer), k == 2 ? 0 : 60);
		if (k == 2)
			continue;
		assert_int_equal(reply[11], k);
		assert_memory_equal(reply + 22, reply + 6, 6);
		assert_memory_equal(reply + 28, frame + 38, 4);
	}
}

/* ---- ICMP ---- */

/* Ping with 5 bytes; both checksums are put in by settle(). */
#define PING								\
	"02 69 0a 00 00 07 00 11 22 33 44 55 08 00 "			\
	"45 10 00 21 12 34 40 00 05 01 00 00 0a 00 00 02 0a 00 00 07 "	\
	"08 00 00 00 be ef 00 09 01 02 03 04 05"

#define AT_IP	14

static void settle(u32 ip)
{
	u8 *header = frame + ip;
	u32 size = (header[0] & 0xf) * 4, total = be16_at(header + 2);

	put_be16(header + 10, 0);
	put_be16(header + 10, naive_check(header, size, 0));
	put_be16(header + size + 2, 0);
	put_be16(header + size + 2,
		 naive_check(header + size, total - size, 0));
}

static void put_ping(void)
{
	len = put_hex(frame, PING);
	settle(AT_IP);
}

static void assert_pong(u32 ip, u32 got)
{
	const u8 *q = frame + ip, *r = reply + ip;
	u32 size = (q[0] & 0xf) * 4, total = be16_at(q + 2);

	assert_int_equal(got, max(ip + total, 60));
	assert_memory_equal(reply, frame + 6, 6);
	assert_memory_equal(reply + 6, frame, 6);
	assert_memory_equal(reply + 12, frame + 12, ip - 12);
	assert_memory_equal(r, q, 8);
	assert_int_equal(r[8], 64);
	assert_int_equal(r[9], 1);
	assert_memory_equal(r + 12, q + 16, 4);
	assert_memory_equal(r + 16, q + 12, 4);
	assert_memory_equal(r + 20, q + 20, size - 20);
	assert_int_equal(naive_check(r, size, 0), 0);
	assert_int_equal(r[size], 0);
	assert_int_equal(r[size + 1], q[size + 1]);
	assert_memory_equal(r + size + 4, q + size + 4, total - size - 4);
	assert_int_equal(naive_check(r + size, total - size, 0), 0);
	assert_padded(ip + total);
}

static void pings_are_answered(void **unused)
{
	put_ping();
	assert_pong(AT_IP, ask(sink_answer));
	/* padding does not come back */
	memset(frame + len, 0xee, 100);
	len += 100;
	assert_pong(AT_IP, ask(sink_answer));
	/* by way of a router */
	put_ping();
	put_hex(frame, "52 54 00 12 34 56");
	put_hex(frame + AT_IP + 16, "08 08 08 08");
	settle(AT_IP);
	assert_pong(AT_IP, ask(sink_answer));
}

static void pings_of_every_size_are_answered(void **unused)
{
	u64 seed = 2;
	u32 total, k;

	for (total = 28; total <= 65535; total += 1 + total / 7) {
		put_ping();
		put_be16(frame + AT_IP + 2, total);
		len = AT_IP + total;
		for (k = AT_IP + 24; k < len; k++)
			frame[k] = random_next(&seed);
		settle(AT_IP);
		assert_pong(AT_IP, ask(sink_answer));
	}
}

/* Checksums that become or were 0 or 0xffff, among all others. */
static void every_checksum_comes_out_right(void **unused)
{
	u32 k;

	for (k = 0; k < 0x10000; k++) {
		put_ping();
		put_be16(frame + AT_IP + 24, k);
		settle(AT_IP);
		assert_pong(AT_IP, ask(sink_answer));
	}
}

static void tags_come_back(void **unused)
{
	static const char *const tags[] = {
		"81 00 00 05", "81 00 e0 05 81 00 00 06",
		"88 a8 00 07 81 00 00 08",
	};
	u8 kept[64], want[42];
	u32 k, size;

	for (k = 0; k < ARRAY_SIZE(tags); k++) {
		put_ping();
		memcpy(kept, frame + 12, len - 12);
		size = put_hex(frame + 12, tags[k]);
		memcpy(frame + 12 + size, kept, len - 12);
		len += size;
		assert_pong(AT_IP + size, ask(sink_answer));

		len = put_hex(frame, ARP_REQUEST);
		memcpy(kept, frame + 12, len - 12);
		put_hex(frame + 12, tags[k]);
		memcpy(frame + 12 + size, kept, len - 12);
		len += size;
		put_hex(want, ARP_REPLY);
		assert_int_equal(ask(sink_answer), 60);
		assert_memory_equal(reply, want, 12);
		assert_memory_equal(reply + 12, frame + 12, size);
		assert_memory_equal(reply + 12 + size, want + 12, 30);
	}

	/* three are none of ours */
	memmove(frame + 16, frame + 12, len - 12);
	len += 4;
	assert_int_equal(ask(sink_answer), 0);
}

static void put_options(const char *hex)
{
	u8 options[40], message[13];
	u32 size = put_hex(options, hex);

	put_ping();
	memcpy(message, frame + 34, sizeof(message));
	memcpy(frame + 34, options, size);
	memcpy(frame + 34 + size, message, sizeof(message));
	frame[AT_IP] = 0x45 + size / 4;
	put_be16(frame + AT_IP + 2, 33 + size);
	len += size;
	settle(AT_IP);
}

static void options_come_back(void **unused)
{
	static const char *const good[] = {
		"01 01 01 01",
		"00 83 83 83",			/* the end is the end */
		"07 07 04 00 00 00 00 00",	/* record route */
		"44 0c 05 00 01 02 03 04 00 00 00 00",
		"94 04 00 00",			/* router alert */
		"07 13 04 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01",
	};
	static const char *const bad[] = {
		"83 07 04 0a 00 00 09 00",	/* loose, strict source route */
		"01 89 07 04 0a 00 00 09",
		"94 00 00 00",
		"94 01 00 00",
		"94 05 00 00",
		"01 01 01 94",
		"94 04 00 00 07 ff 04 00",
	};
	size_t k;

	for (k = 0; k < ARRAY_SIZE(good); k++) {
		put_options(good[k]);
		assert_pong(AT_IP, ask(sink_answer));
	}
	for (k = 0; k < ARRAY_SIZE(bad); k++) {
		put_options(bad[k]);
		assert_int_equal(ask(sink_answer), 0);
	}
}

/* With right checksums: it is the field itself that is minded. */
static void other_ipv4_is_not_answered(void **unused)
{
	static const struct change c[] = {
		{ 0, "ff ff ff ff ff ff" },	/* a broadcast */
		{ 0, "01 00 5e 00 00 01" },
		{ 6, "01" },
		{ 12, "86 dd" },
		{ 14, "65" },
		{ 14, "44" },
		{ 14, "40" },
		{ 16, "00 22" },		/* longer than the frame */
		{ 16, "00 1b" },		/* shorter than the message */
		{ 16, "00 14" },
		{ 20, "20 00" },		/* fragments */
		{ 20, "60 00" },
		{ 20, "00 01" },
		{ 20, "1f ff" },
		{ 23, "11" },
		{ 23, "06" },
		{ 26, "00 00 00 00" },
		{ 26, "7f 00 00 01" },
		{ 26, "e0 00 00 01" },
		{ 26, "ff ff ff ff" },
		{ 26, "0a 00 00 07" },
		{ 30, "00 00 00 00" },
		{ 30, "7f 00 00 01" },
		{ 30, "e0 00 00 fb" },
		{ 30, "ff ff ff ff" },
		{ 34, "00" },			/* a reply */
		{ 34, "03" },
		{ 34, "0d" },
	};
	size_t k;
	u32 size;

	for (k = 0; k < ARRAY_SIZE(c); k++) {
		put_ping();
		put_hex(frame + c[k].at, c[k].hex);
		size = (frame[AT_IP] & 0xf) * 4;
		if (size + 4 <= 33 && be16_at(frame + AT_IP + 2) >= size)
			settle(AT_IP);
		if (ask(sink_answer))
			fail_msg("%s at %u was answered", c[k].hex, c[k].at);
	}
}

static void every_flipped_bit_is_found(void **unused)
{
	u32 bit;

	put_ping();
	for (bit = 12 * 8; bit < len * 8; bit++) {
		frame[bit / 8] ^= 1 << bit % 8;
		if (ask(sink_answer))
			fail_msg("bit %u of byte %u", bit % 8, bit / 8);
		frame[bit / 8] ^= 1 << bit % 8;
	}
	assert_pong(AT_IP, ask(sink_answer));
}

static void cut_frames_are_not_answered(void **unused)
{
	u32 whole;

	put_ping();
	for (whole = len, len = 0; len < whole; len++)
		assert_int_equal(ask(sink_answer), 0);
	whole = put_hex(frame, ARP_REQUEST);
	for (len = 0; len < whole; len++)
		assert_int_equal(ask(sink_answer), 0);
}

/* ---- IPv6 ---- */

#define HOST_2	"20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 02 "
#define HOST_7	"20 01 0d b8 00 00 00 00 00 00 00 00 0a 00 00 07 "
#define GROUP_7	"ff 02 00 00 00 00 00 00 00 00 00 01 ff 00 00 07 "

#define SOLICITATION							\
	"33 33 ff 00 00 07 00 11 22 33 44 55 86 dd "			\
	"60 00 00 00 00 20 3a ff " HOST_2 GROUP_7			\
	"87 00 00 00 00 00 00 00 " HOST_7 "01 01 00 11 22 33 44 55"
#define ADVERTISEMENT							\
	"00 11 22 33 44 55 02 69 0a 00 00 07 86 dd "			\
	"60 00 00 00 00 20 3a ff " HOST_7 HOST_2			\
	"88 00 00 00 60 00 00 00 " HOST_7 "02 01 02 69 0a 00 00 07"
#define PING6								\
	"02 69 0a 00 00 07 00 11 22 33 44 55 86 dd "			\
	"60 12 34 56 00 0d 3a 05 " HOST_2 HOST_7			\
	"80 00 00 00 be ef 00 09 01 02 03 04 05"
#define PONG6								\
	"00 11 22 33 44 55 02 69 0a 00 00 07 86 dd "			\
	"60 12 34 56 00 0d 3a 40 " HOST_7 HOST_2			\
	"81 00 00 00 be ef 00 09 01 02 03 04 05"

#define AT_ICMP6	54

static u32 naive_check6(const u8 *f)
{
	u32 payload = be16_at(f + 18);

	return naive_check(f + AT_ICMP6, payload, payload + 58 +
			   (naive_check(f + 22, 32, 0) ^ 0xffff));
}

static void settle6(u8 *f)
{
	put_be16(f + AT_ICMP6 + 2, 0);
	put_be16(f + AT_ICMP6 + 2, naive_check6(f));
}

static void assert_answer6(const char *question, const char *answer)
{
	u8 want[128];
	u32 size = put_hex(want, answer);

	len = put_hex(frame, question);
	settle6(frame);
	settle6(want);
	assert_int_equal(ask(sink_answer), size);
	assert_memory_equal(reply, want, size);
	assert_int_equal(naive_check6(reply), 0);
}

static void ipv6_is_answered(void **unused)
{
	assert_answer6(SOLICITATION, ADVERTISEMENT);
	assert_answer6(PING6, PONG6);
}

/* Is a neighbour still there? Its MAC is known (RFC 4861, 7.3). */
static void without_option_the_answer_has_none(void **unused)
{
	len = put_hex(frame, SOLICITATION) - 8;
	put_hex(frame, "02 69 0a 00 00 07");
	put_hex(frame + 38, HOST_7);
	put_be16(frame + 18, 24);
	settle6(frame);
	assert_int_equal(ask(sink_answer), len);
	assert_memory_equal(reply + 6, frame, 6);
	assert_int_equal(be16_at(reply + 18), 24);
	assert_int_equal(reply[AT_ICMP6], 136);
	assert_int_equal(naive_check6(reply), 0);
}

static void assert_silent6(const char *question, const struct change *c)
{
	len = put_hex(frame, question);
	put_hex(frame + c->at, c->hex);
	if (be16_at(frame + 18) <= len - AT_ICMP6)
		settle6(frame);
	if (ask(sink_answer))
		fail_msg("%s at %u was answered", c->hex, c->at);
}

static void other_ipv6_is_not_answered(void **unused)
{
	static const struct change solicitation[] = {
		{ 6, "33" },
		{ 14, "45" },
		{ 18, "00 18" },	/* no option, to a group */
		{ 18, "00 1f" },
		{ 18, "00 17" },
		{ 18, "00 21" },
		{ 18, "00 04" },
		{ 20, "00" },		/* hop by hop options */
		{ 21, "fe" },		/* from elsewhere */
		/* is this address taken? */
		{ 22, "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00" },
		{ 22, GROUP_7 },
		{ 22, HOST_7 },
		{ 54, "88" },
		{ 54, "85" },
		{ 55, "01" },
		{ 62, GROUP_7 },
		{ 62, "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01" },
		{ 78, "02" },
		{ 79, "00" },
		{ 79, "02" },
	};
	static const struct change ping[] = {
		{ 0, "33 33 00 00 00 01" },
		{ 18, "00 0e" },
		{ 20, "06" },
		{ 38, GROUP_7 },
		{ 38, HOST_2 },
		{ 38, "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01" },
		{ 54, "81" },
		{ 54, "01" },
	};
	size_t k;

	for (k = 0; k < ARRAY_SIZE(solicitation); k++)
		assert_silent6(SOLICITATION, &solicitation[k]);
	for (k = 0; k < ARRAY_SIZE(ping); k++)
		assert_silent6(PING6, &ping[k]);
}

static void wrong_ipv6_checksums_are_not_answered(void **unused)
{
	u32 bit, whole;

	whole = len = put_hex(frame, PING6);
	settle6(frame);
	for (bit = 22 * 8; bit < len * 8; bit++) {
		frame[bit / 8] ^= 1 << bit % 8;
		assert_int_equal(ask(sink_answer), 0);
		frame[bit / 8] ^= 1 << bit % 8;
	}
	for (len = 0; len < whole; len++)
		assert_int_equal(ask(sink_answer), 0);
	assert_int_equal(len, whole);
	assert_true(ask(sink_answer) > 0);
}

/* ---- garbage ---- */

static void spoil(u64 *seed)
{
	u32 count = random_below(seed, 4);

	while (count--)
		frame[random_below(seed, 100)] = random_next(seed);
	if (!random_below(seed, 2))
		len = random_below(seed, 200);
}

/* An answer to a frame spoiled at random has a host for each address, still. */
static void random_frames_are_safe(void **unused)
{
	static const char *const questions[] = {
		ARP_REQUEST, PING, SOLICITATION, PING6,
	};
	u32 round, k, answers = 0;
	u64 seed = 3;

	for (round = 0; round < 300000; round++) {
		for (k = 0; k < 200; k++)
			frame[k] = random_next(&seed);
		len = random_below(&seed, 200);
		k = random_below(&seed, ARRAY_SIZE(questions) + 1);
		if (k < ARRAY_SIZE(questions))
			len = put_hex(frame, questions[k]);
		if (k == 1)
			settle(AT_IP);
		else if (k == 2 || k == 3)
			settle6(frame);
		spoil(&seed);
		ask(sink_echo);
		if (!ask(sink_answer))
			continue;
		answers++;
		assert_int_equal(reply[6] & 1, 0);
		assert_int_equal(reply[0] & 1, 0);
	}
	assert_true(answers > 30000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(echo_exchanges_the_addresses),
		cmocka_unit_test(echo_has_no_group_as_source),
		cmocka_unit_test(echo_of_less_than_a_header_is_nothing),
		cmocka_unit_test(arp_requests_are_answered),
		cmocka_unit_test(other_arp_is_not_answered),
		cmocka_unit_test(every_host_has_a_mac_of_its_own),
		cmocka_unit_test(pings_are_answered),
		cmocka_unit_test(pings_of_every_size_are_answered),
		cmocka_unit_test(every_checksum_comes_out_right),
		cmocka_unit_test(tags_come_back),
		cmocka_unit_test(options_come_back),
		cmocka_unit_test(other_ipv4_is_not_answered),
		cmocka_unit_test(every_flipped_bit_is_found),
		cmocka_unit_test(cut_frames_are_not_answered),
		cmocka_unit_test(ipv6_is_answered),
		cmocka_unit_test(without_option_the_answer_has_none),
		cmocka_unit_test(other_ipv6_is_not_answered),
		cmocka_unit_test(wrong_ipv6_checksums_are_not_answered),
		cmocka_unit_test(random_frames_are_safe),
	};

	return cmocka_run_group_tests_name("sink", tests, NULL, NULL);
}
