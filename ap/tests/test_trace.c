// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <unistd.h>

#include "injector/schedule.h"
#include "say.h"
#include "trace.h"

static char path[] = "/tmp/intmgr-trace-XXXXXX";
static char said[512];

static int make_file(void **state)
{
	int fd = mkstemp(path);

	return fd < 0 || close(fd);
}

static int remove_file(void **state)
{
	return unlink(path);
}

static void fill(const void *data, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static int read_file(const char *name, u64 **times, u32 *count)
{
	int code;

	say_into(said, sizeof(said));
	code = trace_read(name, times, count);
	say_into(NULL, 0);
	return code;
}

static void reads(const char *text, const u64 *wanted, u32 n)
{
	u64 *times;
	u32 count;

	fill(text, strlen(text));
	assert_int_equal(read_file(path, &times, &count), 0);
	assert_string_equal(said, "");
	assert_int_equal(count, n);
	assert_memory_equal(times, wanted, n * sizeof(*wanted));
	free(times);
}

/* One sentence: the file, the line where there is one, and what is wrong. */
static void refuses_data(const void *data, size_t len, const char *says)
{
	char sentence[256];
	u64 *times = NULL;
	u32 count = 77;

	fill(data, len);
	snprintf(sentence, sizeof(sentence), "%s%s", path, says);
	assert_int_equal(read_file(path, &times, &count), EXIT_USAGE);
	assert_string_equal(said, sentence);
	assert_null(times);
	assert_int_equal(count, 77);
}

static void refuses(const char *text, const char *says)
{
	refuses_data(text, strlen(text), says);
}

static void times_are_one_a_line(void **state)
{
	static const u64 some[] = { 0, 38000, 38000, 1500000, 2000000000 };

	reads("0\n38000\n38us\n1.5ms\n2s\n", some, 5);
	reads("0\n38000\n38us\n1.5ms\n2s", some, 5);	/* no end of line */
	reads("# due\n\n0 # first\n  38000\t\n38us\r\n#1\n \t\n1.5ms#\n\n2s\n\n",
	      some, 5);
	reads("38us", some + 1, 1);
}

static void what_is_wrong_is_said_with_its_line(void **state)
{
	refuses("40us\n\n# back\n30us\n", ":4: goes backwards: 30 us after 40 us");
	refuses("1000001\n1000000", ":2: goes backwards: 1 ms after 1000001 ns");
	refuses("0\nsoon\n", ":2: 'soon' is not a number");
	refuses("-5us\n", ":1: '-5us' is negative");
	refuses("1.5\n", ":1: '1.5' is finer than 1 ns");
	refuses("10us 20us\n", ":1: '10us 20us' ends in an unknown unit: use ns, us, ms or s");
	refuses("1,2\n", ":1: '1,2' ends in an unknown unit: use ns, us, ms or s");
	refuses("1700000000s\n", ":1: '1700000000s' is too large: the most is 1000000 s");
	refuses("99999999999999999999\n", ":1: '99999999999999999999' is too large");
}

static void nothing_is_no_trace(void **state)
{
	refuses("", ": there is no time in it");
	refuses("\n\n# 5us\n", ": there is no time in it");
}

static void garbage_is_not_shown(void **state)
{
	char line[1000];
	u64 *times;
	u32 count;

	refuses_data("5us\n\0\0\0", 7, ":2: this is no text");
	refuses("\177ELF", ":1: this is no text");
	refuses("1us\n5\033[31mus\n", ":2: this is no text");
	refuses("\357\273\2775us", ":1: this is no text");
	memset(line, '1', sizeof(line));
	refuses_data(line, sizeof(line), ":1: this is too long for a time");
	/* a comment may say what it likes */
	memset(line, 0xe3, sizeof(line));
	line[0] = '#';
	line[998] = '\n';
	line[999] = '7';
	line[400] = 0;
	fill(line, sizeof(line));
	assert_int_equal(read_file(path, &times, &count), 0);
	assert_int_equal(count, 1);
	assert_int_equal(times[0], 7);
	free(times);
}

/* One that never ends is given up at once, too. */
static void what_cannot_be_read_is_no_usage(void **state)
{
	u64 *times;
	u32 count;

	assert_int_equal(read_file("/nonexistent", &times, &count), EXIT_CANNOT);
	assert_string_equal(said, "cannot read /nonexistent: No such file or directory");
	assert_int_equal(read_file("/", &times, &count), EXIT_CANNOT);
	assert_string_equal(said, "cannot read /: Is a directory");
	assert_int_equal(read_file("/dev/zero", &times, &count), EXIT_USAGE);
	assert_string_equal(said, "/dev/zero:1: this is no text");
}

static void as_many_as_there_is_room_for(void **state)
{
	FILE *f = fopen(path, "w");
	u64 *times;
	u32 count, i;

	assert_non_null(f);
	for (i = 0; i < SCHEDULE_MAX_TRACE; i++)
		fputs("5\n", f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(read_file(path, &times, &count), 0);
	assert_int_equal(count, SCHEDULE_MAX_TRACE);
	free(times);
	f = fopen(path, "a");
	assert_non_null(f);
	fputs("5\n", f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(read_file(path, &times, &count), EXIT_USAGE);
	assert_non_null(strstr(said, "has more than 16777216 times"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_one_a_line),
		cmocka_unit_test(what_is_wrong_is_said_with_its_line),
		cmocka_unit_test(nothing_is_no_trace),
		cmocka_unit_test(garbage_is_not_shown),
		cmocka_unit_test(what_cannot_be_read_is_no_usage),
		cmocka_unit_test(as_many_as_there_is_room_for),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
