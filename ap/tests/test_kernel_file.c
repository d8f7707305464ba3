// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <string.h>
#include <unistd.h>

#include "driver.h"
#include "kernel_file.h"
#include "node_cmdline.h"
#include "say.h"

/* A bzImage's front: the version's text lies 0x200 behind what 0x20e says. */
static void make_bzimage(char image[0x400], const char *version)
{
	memset(image, 0, 0x400);
	memcpy(image + 0x202, "HdrS", 4);
	image[0x20e] = 0x50;
	image[0x20f] = 0x01;
	snprintf(image + 0x350, 0x400 - 0x350, "%s", version);
}

static void a_bzimage_names_its_release(void **state)
{
	char image[0x400], release[65];
	size_t len;

	make_bzimage(image, "6.1.0-56-amd64 (debian-kernel@x) #1 SMP");
	assert_true(kernel_file_release(image, sizeof(image), release));
	assert_string_equal(release, "6.1.0-56-amd64");
	/* cut short anywhere before the release ends: no release, no harm */
	for (len = 0; len < 0x350 + 14; len++) {
		char *cut = malloc(len);

		memcpy(cut, image, len);
		assert_false(kernel_file_release(cut, len, release));
		free(cut);
	}
	image[0x20f] = 0xff;
	assert_false(kernel_file_release(image, sizeof(image), release));
}

static void an_elf_file_names_its_release(void **state)
{
	static const char elf[] = "\177ELF...Linux version %s (%s)\0"
				  "Linux version \0Linux version 6.12.1+deb13-amd64 (x) #1";
	char release[65];

	assert_true(kernel_file_release(elf, sizeof(elf), release));
	assert_string_equal(release, "6.12.1+deb13-amd64");
	/* the same without the magic is a text */
	assert_false(kernel_file_release(elf + 1, sizeof(elf) - 1, release));
	/* nothing behind the words */
	assert_false(kernel_file_release(elf, sizeof(elf) - 8, release));
}

/* The release becomes part of a path. */
static void hostile_releases_are_none(void **state)
{
	static const char *const bad[] = {
		"../../etc x", "/abs x", "6/../../x y", "x6.1 y", " 6.1 x",
		"6.1\n x", "6.1", "",
		"6123456789012345678901234567890123456789012345678901234567890123456789 x",
	};
	char image[0x400], release[65];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		make_bzimage(image, bad[i]);
		assert_false(kernel_file_release(image, sizeof(image), release));
	}
}

static void unreadable_files_are_said(void **state)
{
	static const char *const paths[] = { "/nonexistent", "/tmp", "/dev/null" };
	struct kernel_file kernel;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(paths); i++) {
		assert_int_equal(kernel_file_read(&kernel, paths[i]), EXIT_CANNOT);
		kernel_file_free(&kernel);
	}
}

/* One that names no release is for the module to judge. */
static void anything_readable_is_read(void **state)
{
	struct kernel_file kernel;
	FILE *f = fopen("test_kernel.tmp", "w");

	fputs("no kernel", f);
	fclose(f);
	assert_int_equal(kernel_file_read(&kernel, "test_kernel.tmp"), 0);
	unlink("test_kernel.tmp");
	assert_int_equal(kernel.len, 9);
	assert_memory_equal(kernel.data, "no kernel", 9);
	assert_true(kernel.release[0]);
	kernel_file_free(&kernel);
}

/* ---- the command line ---- */

static void timing_is_taken_over(void **state)
{
	char line[INTMGR_NODE_CMDLINE];

	assert_int_equal(node_cmdline("BOOT_IMAGE=/v idle=poll quiet preempt=full\tmitigations=off xidle=1 memmap=1M$2M",
				      "what=it,is", "foo bar=1", line), 0);
	assert_string_equal(line, "loglevel=7 idle=poll preempt=full mitigations=off what=it,is foo bar=1");
	assert_int_equal(node_cmdline("quiet\n", "", "", line), 0);
	assert_string_equal(line, "loglevel=7");
}

static void the_agent_is_told_what_to_make(void **state)
{
	struct node_spec spec = { .driver = "igb",
				  .attachment = INTMGR_ATTACH_STOCK };
	char word[64];

	node_function_word(&spec, word);
	assert_string_equal(word, "intmgr_function=82576,stock,drop");
	strcpy(spec.driver, "my_driver");
	spec.attachment = INTMGR_ATTACH_PATCHED;
	spec.sink = INTMGR_SINK_WINDOW;
	node_function_word(&spec, word);
	assert_string_equal(word, "intmgr_function=82574l,patched,window");
}

static void a_long_command_line_is_refused(void **state)
{
	char line[INTMGR_NODE_CMDLINE], append[INTMGR_NODE_CMDLINE];
	size_t fits = sizeof(line) - strlen("loglevel=7 ") - 1;

	memset(append, 'x', sizeof(append));
	append[fits] = '\0';
	assert_int_equal(node_cmdline("", "", append, line), 0);
	assert_int_equal(strlen(line), sizeof(line) - 1);
	append[fits] = 'x';
	append[fits + 1] = '\0';
	assert_true(node_cmdline("", "", append, line) < 0);
}

static void words_are_whole(void **state)
{
	const char *line = "a no_ipi_broadcast=1 b=no_ipi_broadcast=1\n";

	assert_true(node_cmdline_has(line, "no_ipi_broadcast=1"));
	assert_true(node_cmdline_has(line, "a"));
	assert_false(node_cmdline_has(line, "no_ipi_broadcast"));
	assert_false(node_cmdline_has(line, "b"));
	assert_false(node_cmdline_has("", "a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bzimage_names_its_release),
		cmocka_unit_test(an_elf_file_names_its_release),
		cmocka_unit_test(hostile_releases_are_none),
		cmocka_unit_test(unreadable_files_are_said),
		cmocka_unit_test(anything_readable_is_read),
		cmocka_unit_test(timing_is_taken_over),
		cmocka_unit_test(the_agent_is_told_what_to_make),
		cmocka_unit_test(a_long_command_line_is_refused),
		cmocka_unit_test(words_are_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
