// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "function_options.h"

static const struct usage add = { .verb = FUNCTION_ADD, .name = "add",
				  .synopsis = "add" };
static const struct usage drop = { .verb = FUNCTION_REMOVE, .name = "remove",
				   .synopsis = "remove" };
static const struct usage list = { .verb = FUNCTION_LIST, .name = "list",
				   .synopsis = "list" };
static const struct usage sink = { .verb = FUNCTION_SINK, .name = "sink",
				   .synopsis = "sink" };

/* Read @words, split at blanks, as the arguments of @usage's subcommand. */
static int read_words(const struct usage *usage, const char *words,
		      struct function_options *o)
{
	static char text[256];
	char *argv[32] = { (char *)usage->name };
	int argc = 1;

	snprintf(text, sizeof(text), "%s", words);
	for (char *w = strtok(text, " "); w; w = strtok(NULL, " "))
		argv[argc++] = w;
	return function_options_read(usage, argc, argv, o);
}

static void a_driver_is_enough(void **state)
{
	struct function_options o;

	assert_int_equal(read_words(&add, "--driver e1000e", &o), 0);
	assert_string_equal(o.spec.driver->model, "82574l");
	assert_int_equal(o.spec.attachment, INTMGR_ATTACH_PATCHED);
	assert_int_equal(o.spec.sink, INTMGR_SINK_DROP);
	assert_int_equal(o.spec.pool_mb, 0);
	assert_false(o.spec.temporary || o.spec.no_load);
	assert_int_equal(read_words(&add, "--driver igb", &o), 0);
	assert_int_equal(o.spec.attachment, INTMGR_ATTACH_STOCK);
}

static void every_option_lands_in_the_spec(void **state)
{
	struct function_options o;

	assert_int_equal(read_words(&add,
		"--sink peer:3 --pool 128 --attach poll --no-load --driver e1000e",
		&o), 0);
	assert_int_equal(o.spec.sink, INTMGR_SINK_PEER);
	assert_int_equal(o.spec.peer, 3);
	assert_int_equal(o.spec.pool_mb, 128);
	assert_int_equal(o.spec.attachment, INTMGR_ATTACH_POLL);
	assert_true(o.spec.no_load);
	assert_int_equal(read_words(&list, "--json", &o), 0);
	assert_true(o.json);
}

static void words_are_ids_and_sinks(void **state)
{
	struct function_options o;

	assert_int_equal(read_words(&drop, "8", &o), 0);
	assert_int_equal(o.id, 8);
	assert_int_equal(read_words(&drop, "all", &o), 0);
	assert_int_equal(o.id, 0);
	assert_int_equal(read_words(&sink, "2 answer", &o), 0);
	assert_int_equal(o.id, 2);
	assert_int_equal(o.spec.sink, INTMGR_SINK_ANSWER);
	assert_int_equal(read_words(&sink, "2 peer:1", &o), 0);
	assert_int_equal(o.spec.peer, 1);
	assert_int_equal(read_words(&sink, "1 drop", &o), 0);
	assert_int_equal(o.spec.peer, 0);
}

static void what_is_wrong_is_refused(void **state)
{
	static const struct {
		const struct usage *usage;
		const char *words;
	} bad[] = {
		{ &add, "" }, { &add, "--driver" }, { &add, "--driver x" },
		{ &add, "--driver e1000 --attach patched" },
		{ &add, "--driver e1000 --attach x" },
		{ &add, "--driver e1000 --sink x" },
		{ &add, "--driver e1000 --sink peer:9" },
		{ &add, "--driver e1000 --pool 0" },
		{ &add, "--driver e1000 --pool 4097" },
		{ &add, "--driver e1000 --pool -1" },
		{ &add, "--driver e1000 1" }, { &add, "--json" },
		{ &drop, "" }, { &drop, "0" }, { &drop, "9" }, { &drop, "x" },
		{ &drop, "1 2" }, { &drop, "--driver igb" },
		{ &list, "1" }, { &list, "--sink drop" },
		{ &sink, "" }, { &sink, "1" }, { &sink, "drop" },
		{ &sink, "1 x" }, { &sink, "all drop" }, { &sink, "0 drop" },
		{ &sink, "3 peer:3" }, { &sink, "1 drop drop" },
	};
	struct function_options o;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(read_words(bad[i].usage, bad[i].words, &o), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_driver_is_enough),
		cmocka_unit_test(every_option_lands_in_the_spec),
		cmocka_unit_test(words_are_ids_and_sinks),
		cmocka_unit_test(what_is_wrong_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
