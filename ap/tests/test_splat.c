// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "splat.h"

static char path[] = "/tmp/test_splat.XXXXXX";

/* What is found in a console that says @text, "" if nothing. */
static const char *found(const char *text)
{
	static char line[64];
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return splat_find(path, line, sizeof(line)) ? line : "";
}

static void the_first_splat_is_told(void **state)
{
	assert_string_equal(found("[ 1.0] one\r\n[ 2.0] BUG: two\r\n[ 3.0] WARNING: three\n"),
			    "[ 2.0] BUG: two");
	assert_string_equal(found("Kernel panic - not syncing: no end"),
			    "Kernel panic - not syncing: no end");
	assert_string_equal(found("refcount_t: underflow\n"),
			    "refcount_t: underflow");
}

static void what_every_boot_says_is_none(void **state)
{
	assert_string_equal(found(""), "");
	assert_string_equal(found("Checking for bugs\nreboot: System halted\n"),
			    "");
	assert_string_equal(found("kmemleak: Kernel memory leak detector initialized\n"),
			    "");
	assert_string_equal(found("DEBUG: not a splat\n"), "");
}

static void no_console_has_none(void **state)
{
	char line[64];

	assert_false(splat_find("/nowhere/at/all", line, sizeof(line)));
}

static int make_file(void **state)
{
	int fd = mkstemp(path);

	return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_splat_is_told),
		cmocka_unit_test(what_every_boot_says_is_none),
		cmocka_unit_test(no_console_has_none),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
