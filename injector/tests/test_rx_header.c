// SPDX-License-Identifier: GPL-2.0-only
/* Where packet split finds the end of a frame's headers (82574 data sheet 7.1). */
#include "testing.h"

#include "rx_header.h"

static u8 frame[2048];

static void put16(u32 at, u32 value)
{
	frame[at] = value >> 8;
	frame[at + 1] = value & 0xff;
}

static void make_ipv4(u32 ihl, u8 protocol, u32 fragment)
{
	memset(frame, 0, sizeof(frame));
	put16(12, 0x0800);
	frame[14] = 0x40 | ihl;
	frame[23] = protocol;
	put16(20, fragment);
	frame[14 + 4 * ihl + 12] = 0x50;	/* TCP: five words */
}

static void make_ipv6(u8 next)
{
	memset(frame, 0, sizeof(frame));
	put16(12, 0x86dd);
	frame[14] = 0x60;
	frame[20] = next;
	frame[54 + 12] = 0x80;	/* TCP: eight words */
}

static void test_ipv4(void **state)
{
	make_ipv4(5, 17, 0x4000);	/* don't fragment */
	assert_int_equal(rx_header_length(frame, 1514), 42);
	assert_int_equal(rx_header_length(frame, 43), 43 - 1);
	assert_int_equal(rx_header_length(frame, 42), 0);	/* no payload */
	assert_int_equal(rx_header_protocol(frame, 60), 17);
	make_ipv4(15, 6, 0);
	assert_int_equal(rx_header_length(frame, 1514), 14 + 60 + 20);
	frame[14 + 60 + 12] = 0xf0;
	assert_int_equal(rx_header_length(frame, 1514), 14 + 60 + 60);
	frame[14 + 60 + 12] = 0x10;	/* shorter than a header is */
	assert_int_equal(rx_header_length(frame, 1514), 14 + 60 + 20);
}

static void test_ipv6(void **state)
{
	make_ipv6(17);
	assert_int_equal(rx_header_length(frame, 1514), 62);
	make_ipv6(6);
	assert_int_equal(rx_header_length(frame, 1514), 14 + 40 + 32);
	assert_int_equal(rx_header_protocol(frame, 1514), 6);
	make_ipv6(0);	/* hop by hop options */
	assert_int_equal(rx_header_length(frame, 1514), 0);
}

static void test_not_split(void **state)
{
	make_ipv4(5, 17, 0x2000);	/* more fragments */
	assert_int_equal(rx_header_length(frame, 1514), 0);
	make_ipv4(5, 17, 0x0001);	/* a later fragment */
	assert_int_equal(rx_header_length(frame, 1514), 0);
	make_ipv4(4, 17, 0);
	assert_int_equal(rx_header_length(frame, 1514), 0);
	make_ipv4(5, 1, 0);
	assert_int_equal(rx_header_length(frame, 1514), 0);
	make_ipv4(5, 17, 0);
	put16(12, 0x0806);
	assert_int_equal(rx_header_length(frame, 1514), 0);
	assert_int_equal(rx_header_protocol(frame, 1514), 0);
}

/* Frames in allocations of their own length: the sanitizer sees a read beyond. */
static void test_reads_stay_inside(void **state)
{
	u32 len, k;
	u8 *copy;

	for (len = 14; len < 160; len++)
		for (k = 0; k < 4; k++) {
			if (k & 1)
				make_ipv4(5 + len % 11, k & 2 ? 6 : 17, 0);
			else
				make_ipv6(k & 2 ? 6 : 17);
			copy = malloc(len);
			assert_non_null(copy);
			memcpy(copy, frame, len);
			assert_true(rx_header_length(copy, len) < len);
			rx_header_protocol(copy, len);
			free(copy);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ipv4),
		cmocka_unit_test(test_ipv6),
		cmocka_unit_test(test_not_split),
		cmocka_unit_test(test_reads_stay_inside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
