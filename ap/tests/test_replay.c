// SPDX-License-Identifier: GPL-2.0-only
/*
 * A log in virtual time: the command line at its head, and where another log
 * differs from it.
 */
#include "testing.h"

#include "driver.h"
#include "log_head.h"
#include "options.h"
#include "pattern.h"
#include "replay.h"
#include "say.h"
#include "target.h"

static const struct usage run = { .verb = VERB_RUN, .name = "run" };

static FILE *open_text(const char *text)
{
	FILE *f = fmemopen((void *)text, strlen(text), "r");

	assert_non_null(f);
	return f;
}

/* ---- the difference ---- */

/* Compare; in which line is the first difference (0: in none), after 2 lines? */
static unsigned long differ(const char *kept, const char *now, bool cut)
{
	FILE *a = open_text(kept), *b = open_text(now);
	struct replay d;
	unsigned long line = replay_differs(&d, 2, a, b) ? d.line : 0;

	assert_int_equal(d.cut, cut);
	replay_free(&d);
	fclose(a);
	fclose(b);
	return line;
}

static void the_first_difference_is_found(void **state)
{
	assert_int_equal(differ("a\nb\n", "a\nb\n", false), 0);
	assert_int_equal(differ("a\nb\n", "a\nc\n", false), 4);
	assert_int_equal(differ("x\nb\n", "a\nc\n", false), 3);
	assert_int_equal(differ("a\n", "a\nb\n", false), 4);
	assert_int_equal(differ("a\nb\nc\n", "a\nb\n", false), 5);
	assert_int_equal(differ("a\nb", "a\nbb\n", true), 4);
	assert_int_equal(differ("a\nb", "a\nb\n", true), 4);
}

/* ---- the head ---- */

/* Give @text to log_head_read(); what it says is looked for @says. */
static int read_head(const char *text, struct words *words, u64 *identity,
		     const char *says)
{
	FILE *log = open_text(text);
	char said[256];
	int code;

	say_into(said, sizeof(said));
	code = log_head_read(log, "LOG", words, identity);
	say_into(NULL, 0);
	fclose(log);
	assert_non_null(strstr(said, says));
	return code;
}

static void altered_heads_are_told_by_line(void **state)
{
	static struct words words;
	u64 identity;

	assert_int_equal(read_head("seq\tdue_ns\n", &words, &identity,
				   "LOG:1: "), EXIT_USAGE);
	assert_int_equal(read_head("# intmgr sweep\n# binaries 12\n", &words,
				   &identity, "LOG:1: "), EXIT_USAGE);
	assert_int_equal(read_head("# intmgr run 'x\n# binaries 12\n", &words,
				   &identity, "LOG:1: "), EXIT_USAGE);
	assert_int_equal(read_head("# intmgr run", &words, &identity,
				   "LOG:1: "), EXIT_USAGE);
	assert_int_equal(read_head("# intmgr run --seed 3\nseq\n", &words,
				   &identity, "LOG:2: "), EXIT_USAGE);
	assert_int_equal(read_head("# intmgr run --seed 3\n# binaries 12 x\n",
				   &words, &identity, "LOG:2: "), EXIT_USAGE);
	assert_int_equal(read_head("# intmgr run --seed 3\n# binaries 12\n",
				   &words, &identity, ""), 0);
	assert_int_equal(identity, 0x12);
	assert_int_equal(words.count, 3);
}

/* A plan of @typed, from the head of its own log. */
static void comes_back(struct plan *plan, struct plan *again)
{
	static struct words words;
	u64 identity;
	char *head = WRITTEN(log, log_head_write(log, plan, ~0ULL));

	assert_int_equal(read_head(head, &words, &identity, ""), 0);
	free(head);
	assert_int_equal(identity, ~0ULL);
	plan_init(again);
	assert_int_equal(options_read(&run, words.count, words.word, again), 0);
	assert_int_equal(plan_check(again), 0);
	assert_true(again->deterministic);
	assert_ptr_equal(again->driver, plan->driver);
	assert_int_equal(again->seed, plan->seed);
	assert_int_equal(again->interval_ns, plan->interval_ns);
	assert_int_equal(again->schedule, plan->schedule);
	assert_int_equal(again->burst, plan->burst);
	assert_int_equal(again->ramp_from_ns, plan->ramp_from_ns);
	assert_int_equal(again->ramp_to_ns, plan->ramp_to_ns);
	assert_int_equal(again->late, plan->late);
	assert_int_equal(again->closed_loop, plan->closed_loop);
	assert_int_equal(again->count, plan->count);
	assert_int_equal(again->size, plan->size);
	assert_int_equal(again->ring, plan->ring);
	assert_int_equal(again->mtu, plan->mtu);
	assert_int_equal(again->queues, plan->queues);
	assert_int_equal(again->warmup, plan->warmup);
	assert_int_equal(again->floors, plan->floors);
	assert_int_equal(again->probe, plan->probe);
	assert_memory_equal(&again->cost, &plan->cost, sizeof(plan->cost));
}

static void a_plan_comes_back_from_its_log(void **state)
{
	static char *lines[][32] = {
		{ "run" },
		{ "run", "--driver", "igb", "--seed", "18446744073709551615",
		  "--interval", "1501ns", "--count", "77", "--size", "9000",
		  "--ring", "512", "--mtu", "9000", "--queues", "4",
		  "--late", "skip", "--warmup", "0", "--probe", "3",
		  "--no-floor", "--cost", "access=1ns,frame=2ns,interrupt=3us" },
		{ "run", "--schedule", "burst:9", "--interval", "10us" },
		{ "run", "--schedule", "ramp:9us..300ns" },
		{ "run", "--closed-loop" },
	};
	struct plan plan, again;
	int argc;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		for (argc = 0; lines[i][argc]; argc++)
			;
		plan_init(&plan);
		assert_int_equal(options_read(&run, argc, lines[i], &plan), 0);
		plan.deterministic = true;
		assert_int_equal(plan_check(&plan), 0);
		comes_back(&plan, &again);
	}
}

/* ---- patterns ---- */

static void patterns_are_the_seeds_and_within_the_range(void **state)
{
	char text[PATTERN_TEXT], text_again[PATTERN_TEXT];
	u32 kinds = 0, different = 0;
	u64 last = 0, seed;
	struct plan plan, again;

	for (seed = 0; seed < 500; seed++) {
		plan_init(&plan);
		plan.seed = seed;
		plan.deterministic = true;
		plan.from_ns = 300;
		plan.to_ns = 1000 + seed;
		again = plan;
		pattern_draw(&plan, text);
		pattern_draw(&again, text_again);
		assert_string_equal(text, text_again);
		assert_int_equal(plan.interval_ns, again.interval_ns);
		assert_in_range(plan.interval_ns, 300, 1000 + seed);
		kinds |= BIT(plan.schedule);
		if (plan.schedule == SCHEDULE_RAMP) {
			assert_in_range(plan.ramp_from_ns, 300, 1000 + seed);
			assert_in_range(plan.ramp_to_ns, 300, 1000 + seed);
		}
		if (plan.schedule == SCHEDULE_BURST)
			assert_in_range(plan.burst, 2, 64);
		different += plan.interval_ns != last;
		last = plan.interval_ns;
		assert_int_equal(plan_check(&plan), 0);
		comes_back(&plan, &again);
	}
	assert_int_equal(kinds, BIT(SCHEDULE_CBR) | BIT(SCHEDULE_POISSON) |
				BIT(SCHEDULE_BURST) | BIT(SCHEDULE_RAMP));
	assert_true(different > 400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_difference_is_found),
		cmocka_unit_test(altered_heads_are_told_by_line),
		cmocka_unit_test(a_plan_comes_back_from_its_log),
		cmocka_unit_test(patterns_are_the_seeds_and_within_the_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
