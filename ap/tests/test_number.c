// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <inttypes.h>

#include "number.h"

struct good {
	const char *text;
	u64 value;
};

struct bad {
	const char *text, *says;
};

static void reads(const struct number_kind *kind, const struct good *good,
		  size_t n)
{
	u64 value;
	size_t i;

	for (i = 0; i < n; i++) {
		assert_null(number_parse(kind, good[i].text, &value));
		assert_int_equal(value, good[i].value);
	}
}

static void refuses(const struct number_kind *kind, const struct bad *bad,
		    size_t n)
{
	const char *said;
	u64 value;
	size_t i;

	for (i = 0; i < n; i++) {
		said = number_parse(kind, bad[i].text, &value);
		assert_non_null(said);
		assert_non_null(strstr(said, bad[i].says));
	}
}

static void times_have_units(void **state)
{
	static const struct good good[] = {
		{ "38us", 38000 }, { "1.5us", 1500 }, { "0.1us", 100 },
		{ "7ns", 7 }, { "2ms", 2000000 }, { "10s", 10000000000 },
		{ "0us", 0 }, { "1.000us", 1000 }, { "007us", 7000 },
		{ "18446744073709551615ns", UINT64_MAX },
	};

	reads(&number_time, good, ARRAY_SIZE(good));
}

static void in_a_trace_ns_go_without_saying(void **state)
{
	static const struct good good[] = {
		{ "38000", 38000 }, { "38us", 38000 }, { "0", 0 }, { "7ns", 7 },
		{ "1.5us", 1500 }, { "2ms", 2000000 }, { "3s", 3000000000 },
	};
	static const struct bad bad[] = {
		{ "", "empty" }, { "1.5", "finer than 1 ns" }, { "38k", "unknown unit" },
		{ "-5", "negative" }, { "now", "not a number" },
	};

	reads(&number_ns, good, ARRAY_SIZE(good));
	refuses(&number_ns, bad, ARRAY_SIZE(bad));
}

static void times_are_shown_exactly(void **state)
{
	static const struct good shown[] = {
		{ "0 ns", 0 }, { "999 ns", 999 }, { "1 us", 1000 },
		{ "38030 ns", 38030 }, { "1500 us", 1500000 },
		{ "2 s", 2000000000 }, { "1000000 s", 1000000000000000 },
		{ "18446744073709551615 ns", UINT64_MAX },
	};
	char text[32];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(shown); i++)
		assert_string_equal(number_show_exact(shown[i].value, text),
				    shown[i].text);
}

static void bad_times_say_why(void **state)
{
	static const struct bad bad[] = {
		{ "", "empty" }, { "38", "no unit" }, { "1.5", "no unit" },
		{ "-1us", "negative" }, { "us", "not a number" },
		{ ".5us", "not a number" }, { " 5us", "not a number" },
		{ "+5us", "not a number" }, { "0x10us", "unknown unit" },
		{ "38usx", "unknown unit" }, { "38 us", "unknown unit" },
		{ "38US", "unknown unit" }, { "1e3us", "unknown unit" },
		{ "1.us", "no digits" }, { "1.5ns", "finer" },
		{ "0.0001us", "finer" }, { "1.2.3us", "unknown unit" },
		{ "18446744073709551616ns", "too large" },
		{ "18446744073710s", "too large" },
		{ "99999999999999999999999us", "too large" },
		{ "0.00000000000000001s", "too many digits" },
	};

	refuses(&number_time, bad, ARRAY_SIZE(bad));
}

static void counts_take_k_and_m(void **state)
{
	static const struct good good[] = {
		{ "5000", 5000 }, { "5k", 5000 }, { "1.5k", 1500 },
		{ "10M", 10000000 }, { "0", 0 },
	};
	static const struct bad bad[] = {
		{ "5K", "only k or M" }, { "5kk", "only k or M" },
		{ "5.5", "whole" }, { "1.0001k", "whole" },
		{ "99999999999999M", "too large" }, { "-5", "negative" },
	};

	reads(&number_count, good, ARRAY_SIZE(good));
	refuses(&number_count, bad, ARRAY_SIZE(bad));
}

static void plain_numbers_take_nothing(void **state)
{
	static const struct good good[] = { { "0", 0 }, { "16384", 16384 } };
	static const struct bad bad[] = {
		{ "1k", "after the number" }, { "1.5", "whole" },
		{ "1500 ", "after the number" },
	};

	reads(&number_plain, good, ARRAY_SIZE(good));
	refuses(&number_plain, bad, ARRAY_SIZE(bad));
}

static void sizes_are_binary(void **state)
{
	static const struct good good[] = {
		{ "256M", 256 << 20 }, { "1.5G", 1536ULL << 20 },
		{ "4096", 4096 }, { "0.5K", 512 }, { "0", 0 }, { "64K", 65536 },
	};
	static const struct bad bad[] = {
		{ "256m", "unknown unit" }, { "1MiB", "unknown unit" },
		{ "1T", "unknown unit" }, { "0.3K", "whole number of bytes" },
		{ "1.5", "whole number of bytes" }, { "-1M", "negative" },
		{ "99999999999G", "too large" }, { "", "empty" },
	};
	char text[96];
	u64 value;

	reads(&number_size, good, ARRAY_SIZE(good));
	refuses(&number_size, bad, ARRAY_SIZE(bad));
	assert_string_equal(number_show_size(0, text), "0 bytes");
	assert_string_equal(number_show_size(1023, text), "1023 bytes");
	assert_string_equal(number_show_size(68 << 20, text), "68 MiB");
	assert_string_equal(number_show_size(1536 << 10, text), "1536 KiB");
	assert_string_equal(number_show_size(3ULL << 40, text), "3072 GiB");
	assert_string_equal(number_parse_in(&number_size, "5G", 1, 4ULL << 30,
					    &value, text),
			    "is too large: the most is 4 GiB");
}

static void ranges_name_their_limit(void **state)
{
	char why[96];
	u64 value;

	assert_null(number_parse_in(&number_time, "100ns", 100, 1000, &value,
				    why));
	assert_null(number_parse_in(&number_time, "1us", 100, 1000, &value,
				    why));
	assert_string_equal(number_parse_in(&number_time, "99ns", 100, 1000,
					    &value, why),
			    "is too small: the least is 100 ns");
	assert_string_equal(number_parse_in(&number_time, "0us", 100, 1000,
					    &value, why),
			    "is zero: the least is 100 ns");
	assert_string_equal(number_parse_in(&number_time, "2us", 100, 1000,
					    &value, why),
			    "is too large: the most is 1 us");
	assert_string_equal(number_parse_in(&number_plain, "7", 8, 9, &value,
					    why),
			    "is too small: the least is 8");
}

/* Whatever number of ns is written with whatever unit reads as itself. */
static void any_time_reads_back(void **state)
{
	static const struct {
		const char *name;
		u64 scale;
		int places;
	} unit[] = { { "ns", 1, 0 }, { "us", 1000, 3 }, { "ms", 1000000, 6 },
		     { "s", 1000000000, 9 } };
	char text[64];
	u64 ns, value;
	int i, u;

	srandom(1);
	for (i = 0; i < 10000; i++) {
		ns = ((u64)random() << 31 | random()) >> random() % 60;
		u = random() % ARRAY_SIZE(unit);
		if (unit[u].places)
			snprintf(text, sizeof(text), "%" PRIu64 ".%0*" PRIu64 "%s",
				 ns / unit[u].scale, unit[u].places,
				 ns % unit[u].scale, unit[u].name);
		else
			snprintf(text, sizeof(text), "%" PRIu64 "ns", ns);
		assert_null(number_parse(&number_time, text, &value));
		assert_int_equal(value, ns);
	}
}

static void times_are_shown_with_their_unit(void **state)
{
	char text[32];

	assert_string_equal(number_show_time(0, text), "0 ns");
	assert_string_equal(number_show_time(999, text), "999 ns");
	assert_string_equal(number_show_time(38031, text), "38.03 us");
	assert_string_equal(number_show_time(190000000, text), "190 ms");
	assert_string_equal(number_show_time(10000000000, text), "10 s");
	number_show_time(UINT64_MAX, text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_have_units),
		cmocka_unit_test(in_a_trace_ns_go_without_saying),
		cmocka_unit_test(times_are_shown_exactly),
		cmocka_unit_test(bad_times_say_why),
		cmocka_unit_test(counts_take_k_and_m),
		cmocka_unit_test(plain_numbers_take_nothing),
		cmocka_unit_test(sizes_are_binary),
		cmocka_unit_test(ranges_name_their_limit),
		cmocka_unit_test(any_time_reads_back),
		cmocka_unit_test(times_are_shown_with_their_unit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
