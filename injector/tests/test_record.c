// SPDX-License-Identifier: GPL-2.0-only
#include "record.h"
#include "testing.h"

static void judge(void **unused)
{
	static const struct {
		struct shot_trace t;
		struct shot_context c;
		enum outcome outcome;
	} c[] = {
		{ { .socket = 9, .delivered = 5 }, { 0 }, OUTCOME_DELIVERED },
		/* the stamps of two CPUs: the last one alone is enough */
		{ { .socket = 9 }, { 0 }, OUTCOME_DELIVERED },
		{ { .socket = 9 }, { true, true, true }, OUTCOME_DELIVERED },
		{ { .socket = 9, .dropped = true }, { 0 }, OUTCOME_DELIVERED },

		{ { .delivered = 5, .dropped = true }, { 0 }, OUTCOME_STACK },
		{ { .dropped = true, .reason = 3 }, { 0 }, OUTCOME_STACK },
		{ { .delivered = 5, .dropped = true, .dropped_by_socket = true },
		  { 0 }, OUTCOME_SOCKET },
		{ { .dropped = true, .dropped_by_socket = true },
		  { true, true, true }, OUTCOME_SOCKET },

		{ { .delivered = 5 }, { 0 }, OUTCOME_SOCKET },
		{ { .delivered = 5 }, { .silent = true }, OUTCOME_SOCKET },
		/* nobody was left to read it */
		{ { .delivered = 5 }, { .dead = true }, OUTCOME_TARGET_DEAD },

		{ { 0 }, { .silent = true }, OUTCOME_TARGET_DEAD },
		{ { 0 }, { .silent = true, .in_ring = true }, OUTCOME_TARGET_DEAD },
		{ { 0 }, { .dead = true, .silent = true }, OUTCOME_TARGET_DEAD },
		{ { 0 }, { .in_ring = true }, OUTCOME_MASKED },
		{ { 0 }, { .dead = true, .in_ring = true }, OUTCOME_TARGET_DEAD },
		{ { 0 }, { 0 }, OUTCOME_DRIVER },
		/* it died later: the driver had dropped this one */
		{ { 0 }, { .dead = true }, OUTCOME_DRIVER },

		/* what is not said to be dropped was not, whatever else is set */
		{ { .reason = 3, .dropped_by_socket = true }, { 0 },
		  OUTCOME_DRIVER },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(c); i++)
		assert_int_equal(shot_judge(&c[i].t, &c[i].c), c[i].outcome);
}

/* What was seen at once stands, but for shots at a target that was dead by then. */
static void judge_refused(void **unused)
{
	int i, o;

	for (i = 0; i < 8; i++) {
		struct shot_context c = { i & 1, i & 2, i & 4 };

		for (o = 0; o < OUTCOMES; o++)
			assert_int_equal(shot_judge_refused(o, &c),
					 (i & 3) == 3 ? OUTCOME_TARGET_DEAD : o);
	}
}

static void every_outcome_has_its_own_words(void **unused)
{
	int i, k;

	for (i = 0; i < OUTCOMES; i++) {
		assert_true(strlen(outcome_name(i)) > 0);
		assert_true(strlen(outcome_text(i)) > 0);
		for (k = 0; k < i; k++) {
			assert_string_not_equal(outcome_name(i),
						outcome_name(k));
			assert_string_not_equal(outcome_text(i),
						outcome_text(k));
		}
	}
}

/* Programs read them in the JSON output. */
static void names_stay(void **unused)
{
	static const char *const name[] = {
		"delivered", "no_descriptor", "rx_off", "filtered",
		"bad_descriptor", "masked", "driver", "stack", "socket",
		"target_dead",
	};
	size_t i;

	assert_int_equal(ARRAY_SIZE(name), OUTCOMES);
	for (i = 0; i < ARRAY_SIZE(name); i++)
		assert_string_equal(outcome_name(i), name[i]);
}

static void no_outcome_has_no_words_but_safe_ones(void **unused)
{
	static const int bad[] = { OUTCOMES, OUTCOMES + 1, -1, 0x7fffffff };
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_non_null(outcome_text(bad[i]));
		for (k = 0; k < OUTCOMES; k++)
			assert_string_not_equal(outcome_name(bad[i]),
						outcome_name(k));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judge),
		cmocka_unit_test(judge_refused),
		cmocka_unit_test(every_outcome_has_its_own_words),
		cmocka_unit_test(names_stay),
		cmocka_unit_test(no_outcome_has_no_words_but_safe_ones),
	};

	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
