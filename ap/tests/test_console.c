// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <string.h>
#include <unistd.h>

#include "console.h"

/* A file to read that holds text[len]. */
static int holding(const char *text, size_t len)
{
	FILE *f = tmpfile();
	int fd;

	assert_int_equal(fwrite(text, 1, len, f), len);
	fflush(f);
	fd = dup(fileno(f));
	fclose(f);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static void ends_as(const char *text, unsigned int lines, const char *want)
{
	int fd = holding(text, strlen(text));
	char *got = WRITTEN(out, console_end(out, fd, lines));

	assert_string_equal(got, want);
	free(got);
	close(fd);
}

static void the_last_lines_are_shown(void **state)
{
	ends_as("a\nb\nc\n", 2, "  | b\n  | c\n");
	ends_as("a\nb\nc\n", 3, "  | a\n  | b\n  | c\n");
	ends_as("a\nb\nc\n", 9, "  | a\n  | b\n  | c\n");
	ends_as("a\nb\ncut", 2, "  | b\n  | cut\n");
	ends_as("a\n\n\n", 2, "  |\n  |\n");
	ends_as("one", 1, "  | one\n");
	ends_as("\n", 1, "  |\n");
	ends_as("", 5, "");
}

/* Longer than what is kept of it; and a line that is. */
static void much_text_ends_the_same(void **state)
{
	static char text[200000];
	char *got, *line;
	size_t i;
	int fd;

	for (i = 0; i < sizeof(text); i++)
		text[i] = i % 10 == 9 ? '\n' : '0' + i / 10 % 10;
	fd = holding(text, sizeof(text));
	got = WRITTEN(out, console_end(out, fd, 2));
	assert_string_equal(got, "  | 888888888\n  | 999999999\n");
	free(got);
	close(fd);

	memset(text, 'x', sizeof(text));
	fd = holding(text, sizeof(text));
	got = WRITTEN(out, console_end(out, fd, 2));
	line = got + strspn(got, " |");
	assert_int_equal(strspn(line, "x"), strlen(line) - 1);
	assert_true(strlen(line) > 10000);
	free(got);
	close(fd);
}

static void all_bytes_pass(void **state)
{
	char text[512];
	char *got;
	size_t i;
	int fd;

	for (i = 0; i < sizeof(text); i++)
		text[i] = i;
	fd = holding(text, sizeof(text));
	got = WRITTEN(out, {
		assert_int_equal(console_copy(out, fd), 0);
		assert_int_equal(ftell(out), sizeof(text));
	});
	assert_memory_equal(got, text, sizeof(text));
	free(got);
	close(fd);
}

static void what_cannot_be_read_is_said(void **state)
{
	assert_true(console_copy(stdout, -1) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_lines_are_shown),
		cmocka_unit_test(much_text_ends_the_same),
		cmocka_unit_test(all_bytes_pass),
		cmocka_unit_test(what_cannot_be_read_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
