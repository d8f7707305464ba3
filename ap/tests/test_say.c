// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "say.h"

static void sentences_go_where_they_are_wanted(void **state)
{
	char text[64] = "old";

	say_into(text, sizeof(text));
	assert_string_equal(text, "");
	assert_int_equal(say_cannot("no %s", "room"), EXIT_CANNOT);
	say_note("and a remark");
	say_into(NULL, 0);
	assert_string_equal(text, "no room\nand a remark");
}

/* Nothing is written behind the end, however small the room. */
static void there_is_only_so_much_room(void **state)
{
	char text[32];
	size_t size, i;

	for (size = 0; size < 12; size++) {
		memset(text, 'x', sizeof(text));
		say_into(text, size);
		if (size)
			for (i = 0; i < 4; i++)
				say_note("%s", "four");
		say_into(NULL, 0);
		for (i = size; i < sizeof(text); i++)
			assert_int_equal(text[i], 'x');
		if (size)
			assert_true(strlen(text) < size);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_go_where_they_are_wanted),
		cmocka_unit_test(there_is_only_so_much_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
