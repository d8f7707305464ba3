// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <string.h>
#include <unistd.h>

#include "driver.h"
#include "node_options.h"

static const struct usage start = { .verb = TARGET_START, .name = "start" };
static const struct usage list = { .verb = TARGET_LIST, .name = "list" };
static const struct usage console = { .verb = TARGET_CONSOLE,
					   .name = "console" };
static const struct usage execute = { .verb = TARGET_EXEC, .name = "exec" };

static char text[1024];

/* Read @words, split at blanks, as the arguments of @usage's subcommand. */
static int read_words(const struct usage *usage, const char *words,
		      struct node_options *o)
{
	static char *argv[64];
	int argc = 1;

	argv[0] = (char *)usage->name;
	snprintf(text, sizeof(text), "%s", words);
	for (char *w = strtok(text, " "); w; w = strtok(NULL, " "))
		argv[argc++] = w;
	argv[argc] = NULL;
	return node_options_read(usage, argc, argv, o);
}

static void nothing_is_node_1(void **state)
{
	struct node_options o;

	assert_int_equal(read_words(&start, "", &o), 0);
	assert_int_equal(o.spec.id, 1);
	assert_int_equal(o.spec.cores, 0);
	assert_int_equal(o.spec.memory, 256 << 20);
	assert_int_equal(o.spec.pool, 68 << 20);
	assert_int_equal(o.spec.wait_ns, 30000000000);
	assert_string_equal(o.spec.driver, "e1000e");
	assert_int_equal(o.spec.attachment, INTMGR_ATTACH_PATCHED);
	assert_string_equal(o.spec.kernel, "");
	assert_int_equal(o.spec.files, 0);
}

static void every_option_lands_in_the_spec(void **state)
{
	struct node_options o;

	assert_int_equal(read_words(&start,
		"--cores 3,1,2 2 --memory 1G --pool 1.5M --wait 5s --kernel /boot/k --driver igb --append quiet --add /a --add /b",
		&o), 0);
	assert_int_equal(o.spec.id, 2);
	assert_int_equal(o.spec.cores, 3);
	assert_int_equal(o.spec.core[0], 3);
	assert_int_equal(o.spec.core[2], 2);
	assert_int_equal(o.spec.memory, 1 << 30);
	assert_int_equal(o.spec.pool, 1536 << 10);
	assert_int_equal(o.spec.wait_ns, 5000000000);
	assert_string_equal(o.spec.kernel, "/boot/k");
	assert_string_equal(o.spec.driver, "igb");
	assert_int_equal(o.spec.attachment, INTMGR_ATTACH_STOCK);
	assert_string_equal(o.spec.append, "quiet");
	assert_int_equal(o.spec.files, 2);
	assert_string_equal(o.spec.file[1], "/b");
	assert_int_equal(read_words(&start, "--driver none", &o), 0);
	assert_string_equal(o.spec.driver, "");
	assert_int_equal(o.spec.attachment, INTMGR_ATTACH_PATCHED);
	assert_int_equal(read_words(&start, "--attach poll", &o), 0);
	assert_int_equal(o.spec.attachment, INTMGR_ATTACH_POLL);
	assert_int_equal(read_words(&list, "--json", &o), 0);
	assert_true(o.json && !o.follow);
	assert_int_equal(read_words(&console, "3 --follow", &o), 0);
	assert_true(o.follow && !o.json);
	assert_int_equal(o.spec.id, 3);
}

static void files_have_their_whole_name(void **state)
{
	char folder[200], want[256];
	struct node_options o;

	assert_non_null(getcwd(folder, sizeof(folder)));
	snprintf(want, sizeof(want), "%s/b", folder);
	assert_int_equal(read_words(&start, "--add b --add ./a/../b --add //x/./y/ --add /../../z --kernel a//b/..//../b",
				    &o), 0);
	assert_string_equal(o.spec.file[0], want);
	assert_string_equal(o.spec.file[1], want);
	assert_string_equal(o.spec.file[2], "/x/y");
	assert_string_equal(o.spec.file[3], "/z");
	assert_string_equal(o.spec.kernel, want);
}

static void a_program_keeps_its_arguments(void **state)
{
	struct node_options o;

	assert_int_equal(read_words(&execute, "2 --timeout 1.5s -- /bin/ls -l --json -- 4",
				    &o), 0);
	assert_int_equal(o.spec.id, 2);
	assert_int_equal(o.timeout_ns, 1500000000);
	assert_string_equal(o.program[0], "/bin/ls");
	assert_string_equal(o.program[2], "--json");
	assert_string_equal(o.program[3], "--");
	assert_string_equal(o.program[4], "4");
	assert_null(o.program[5]);
	assert_int_equal(read_words(&execute, "-- 2", &o), 0);
	assert_int_equal(o.spec.id, 1);
	assert_string_equal(o.program[0], "2");
}

static void what_is_wrong_is_refused(void **state)
{
	static const char *const words[] = {
		"0", "9", "-1", "x", "1 2", "--cores", "--cores 1,", "--cores ,1",
		"--cores 1,1", "--cores 1-3", "--cores -1", "--cores 65536",
		"--cores 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17",
		"--memory 0", "--memory 1M", "--memory 3M", "--memory 2000000",
		"--memory 5G", "--memory 256m", "--memory 256MB", "--pool 0",
		"--pool 1K", "--driver ../x", "--driver .", "--driver a/b",
		"--driver 12345678901234567890123456789012", "--json",
		"--follow", "--timeout 1s", "--attach x", "--wait 0s", "--wait 5",
		"--driver igb --attach poll", "-k", "--kernel",
	};
	char many[1024] = "", name[400];
	struct node_options o;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		assert_int_equal(read_words(&start, words[i], &o), 2);
	for (i = 0; i < NODE_FILES; i++)
		strcat(many, "--add /a ");
	assert_int_equal(read_words(&start, many, &o), 0);
	strcat(many, "--add /a ");
	assert_int_equal(read_words(&start, many, &o), 2);
	snprintf(name, 300, "--add /%0280d", 0);
	assert_int_equal(read_words(&start, name, &o), 2);
	assert_int_equal(read_words(&execute, "", &o), 2);
	assert_int_equal(read_words(&execute, "/bin/ls", &o), 2);
	assert_int_equal(read_words(&execute, "1 --", &o), 2);
	assert_int_equal(read_words(&execute, "--timeout 0s -- x", &o), 2);
	assert_int_equal(read_words(&list, "1", &o), 2);
}

/* What comes in with a newline would be a line of its own in the label. */
static void newlines_are_refused(void **state)
{
	char *argv[] = { "start", "--append", "a\nid 2", NULL };
	struct node_options o;

	assert_int_equal(node_options_read(&start, 3, argv, &o), 2);
	argv[1] = "--add";
	assert_int_equal(node_options_read(&start, 3, argv, &o), 2);
	argv[2] = "";
	assert_int_equal(node_options_read(&start, 3, argv, &o), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_node_1),
		cmocka_unit_test(every_option_lands_in_the_spec),
		cmocka_unit_test(files_have_their_whole_name),
		cmocka_unit_test(a_program_keeps_its_arguments),
		cmocka_unit_test(what_is_wrong_is_refused),
		cmocka_unit_test(newlines_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
