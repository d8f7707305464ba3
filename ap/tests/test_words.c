// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "words.h"

static void both_ways(const char *const *word, int n, const char *line)
{
	static struct words w, again;
	char *shown;
	int i;

	words_init(&w);
	for (i = 0; i < n; i++)
		words_add(&w, "%s", word[i]);
	assert_false(w.full);
	shown = WRITTEN(out, words_show(&w, out));
	assert_string_equal(shown, line);
	assert_true(words_read(&again, shown));
	free(shown);
	assert_int_equal(again.count, n);
	assert_null(again.word[n]);
	for (i = 0; i < n; i++)
		assert_string_equal(again.word[i], word[i]);
	assert_int_equal(again.len, w.len);
	assert_memory_equal(again.text, w.text, w.len);
}

static void words_come_back_from_a_line(void **state)
{
	const char *plain[] = { "run", "--seed", "7", "a=b,c:d..e/f" };
	const char *odd[] = { "", "a b", "it's", "$(x)", "\\", "*", "'" };

	both_ways(plain, ARRAY_SIZE(plain), "run --seed 7 a=b,c:d..e/f");
	both_ways(odd, ARRAY_SIZE(odd),
		  "'' 'a b' 'it'\\''s' '$(x)' '\\' '*' ''\\'''");
}

static void a_line_that_is_none_is_refused(void **state)
{
	static const char *const lines[] = { "", "   ", "a 'b", "'" };
	static struct words w;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lines); i++)
		assert_false(words_read(&w, lines[i]));
}

static void what_has_no_room_is_noticed(void **state)
{
	static struct words w;
	static char line[2 * WORDS_BYTES];
	int i;

	words_init(&w);
	for (i = 0; i < WORDS_MAX; i++)
		words_add(&w, "x");
	assert_false(w.full);
	words_add(&w, "x");
	assert_true(w.full);
	assert_int_equal(w.count, WORDS_MAX);

	memset(line, 'y', sizeof(line) - 1);
	words_init(&w);
	words_add(&w, "%s", line);
	assert_true(w.full);
	assert_int_equal(w.len, WORDS_BYTES);
	assert_false(words_read(&w, line));
	for (i = 1; i < (int)sizeof(line); i += 2)
		line[i - 1] = ' ';
	assert_false(words_read(&w, line));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_come_back_from_a_line),
		cmocka_unit_test(a_line_that_is_none_is_refused),
		cmocka_unit_test(what_has_no_room_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
