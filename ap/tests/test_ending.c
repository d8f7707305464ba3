// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "ending.h"

static const char *text_of(u32 state, const char *reason)
{
	static char text[ENDING_TEXT];
	struct intmgr_node_query query = { .state = state };

	memcpy(query.reason, reason,
	       min(strlen(reason) + 1, sizeof(query.reason)));
	ending_text(&query, text);
	return text;
}

static void state_and_reason_are_said_once(void **state)
{
	assert_string_equal(text_of(INTMGR_NODE_STATE_HUNG, "no heartbeat"),
			    "hung: no heartbeat");
	assert_string_equal(text_of(INTMGR_NODE_STATE_PANIC, "panic: Oops"),
			    "panic: Oops");
	assert_string_equal(text_of(INTMGR_NODE_STATE_STOPPED, ""), "stopped");
	assert_null(strstr(text_of(INTMGR_NODE_STATE_UP, "panic: old"), "old"));
}

static void last_words_may_be_any_bytes(void **state)
{
	char words[1000];
	const char *c;

	memset(words, 0x81, sizeof(words));
	words[sizeof(words) - 1] = '\0';
	for (c = text_of(INTMGR_NODE_STATE_PANIC, words); *c; c++)
		assert_in_range(*c, ' ', '~');
	assert_null(strchr(text_of(99, "\033[2J"), '\033'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(state_and_reason_are_said_once),
		cmocka_unit_test(last_words_may_be_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
