// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "mailbox.h"

static struct mailbox box;
static struct mailbox_channel *const channel = &box.channel[MAILBOX_SITE];

static int empty(void **state)
{
	memset(&box, 0, sizeof(box));
	return 0;
}

static void a_request_is_taken_and_answered_once(void **state)
{
	struct mailbox_request request = { .kind = MAILBOX_FINISH }, taken;
	struct mailbox_reply reply = { .counts.read = 7 }, got;
	u64 seq, number;

	mailbox_open(&box);
	assert_true(mailbox_is_ready(&box));
	assert_false(mailbox_take(channel, &taken, &number));
	seq = mailbox_post(channel, &request);
	assert_false(mailbox_collect(channel, seq, MAILBOX_FINISH, &got));
	assert_true(mailbox_take(channel, &taken, &number));
	assert_int_equal(taken.kind, MAILBOX_FINISH);
	assert_int_equal(number, seq);
	assert_false(mailbox_given_up(channel, seq));
	mailbox_answer(channel, number, &reply);
	assert_false(mailbox_take(channel, &taken, &number));
	assert_true(mailbox_collect(channel, seq, MAILBOX_FINISH, &got));
	assert_int_equal(got.counts.read, 7);
}

static void what_was_asked_of_the_last_agent_is_forgotten(void **state)
{
	struct mailbox_request request = { .kind = MAILBOX_FINISH }, taken;
	u64 seq;

	mailbox_post(channel, &request);
	assert_false(mailbox_is_ready(&box));
	mailbox_open(&box);
	assert_false(mailbox_take(channel, &taken, &seq));
}

static void nobody_waits_for_an_old_request(void **state)
{
	struct mailbox_request request = { .kind = MAILBOX_EXECUTE };
	struct mailbox_reply reply = { 0 }, got;
	u64 first, second, seq;

	mailbox_open(&box);
	first = mailbox_post(channel, &request);
	channel->give_up = first;
	assert_true(mailbox_given_up(channel, first));
	second = mailbox_post(channel, &request);
	assert_true(mailbox_given_up(channel, first));
	assert_false(mailbox_given_up(channel, second));
	mailbox_answer(channel, first, &reply);
	assert_false(mailbox_collect(channel, second, MAILBOX_EXECUTE, &got));
	assert_true(mailbox_take(channel, &request, &seq));
	assert_int_equal(seq, second);
}

/* The agent's kernel may write whatever it likes. */
static void a_reply_of_garbage_is_made_harmless(void **state)
{
	static const u32 kinds[] = { MAILBOX_PREPARE, MAILBOX_EXECUTE,
				     MAILBOX_FINISH };
	struct mailbox_reply got;
	size_t i, k;
	u64 seq;

	for (k = 0; k < ARRAY_SIZE(kinds); k++) {
		seq = 0x8181818181818181;
		memset(channel, 0x81, sizeof(*channel));
		assert_true(mailbox_collect(channel, seq, kinds[k], &got));
		assert_int_equal(got.code, 3);
		for (i = 0; i < sizeof(got.said) - 1; i++)
			assert_int_equal(got.said[i], '?');
		assert_int_equal(got.said[i], 0);
		if (kinds[k] == MAILBOX_EXECUTE)
			assert_int_equal(got.execute.len, MAILBOX_OUTPUT);
		if (kinds[k] != MAILBOX_PREPARE)
			continue;
		assert_true(strlen(got.facts.kernel) < sizeof(got.facts.kernel));
		assert_true(strlen(got.facts.cpu_model) <
			    sizeof(got.facts.cpu_model));
		assert_true(strlen(got.facts.interface) <
			    sizeof(got.facts.interface));
	}
}

static void no_escape_reaches_the_terminal(void **state)
{
	struct mailbox_reply reply = { .said = "one\033[2J\ntwo" }, got;

	mailbox_answer(channel, 1, &reply);
	assert_true(mailbox_collect(channel, 1, MAILBOX_LOAD, &got));
	assert_string_equal(got.said, "one?[2J\ntwo");
}

static void arguments_come_out_as_they_went_in(void **state)
{
	char *const in[] = { "busybox", "", "a b", "--", NULL };
	struct mailbox_request request;
	char *out[8];
	int i;

	memset(&request, 0x81, sizeof(request));
	assert_int_equal(mailbox_pack(&request, in), 0);
	assert_int_equal(mailbox_unpack(&request, out, ARRAY_SIZE(out)), 0);
	for (i = 0; in[i]; i++)
		assert_string_equal(out[i], in[i]);
	assert_null(out[i]);
}

static void too_many_arguments_are_refused(void **state)
{
	char *const in[] = { "a", "b", "c", NULL };
	struct mailbox_request request;
	char long_one[MAILBOX_ARGS + 1];
	char *const one[] = { long_one, NULL };
	char *const two[] = { long_one, "", NULL };
	char *out[3];

	assert_int_equal(mailbox_pack(&request, in), 0);
	assert_int_equal(mailbox_unpack(&request, out, 3), -EINVAL);
	request.execute.count = 0;
	assert_int_equal(mailbox_unpack(&request, out, 3), -EINVAL);
	memset(long_one, 'x', sizeof(long_one));
	long_one[MAILBOX_ARGS] = '\0';
	assert_int_equal(mailbox_pack(&request, one), -E2BIG);
	long_one[MAILBOX_ARGS - 1] = '\0';
	assert_int_equal(mailbox_pack(&request, one), 0);
	assert_int_equal(mailbox_pack(&request, two), -E2BIG);
}

static void a_count_without_arguments_is_refused(void **state)
{
	struct mailbox_request request;
	char *out[MAILBOX_ARGS + 8];

	memset(&request, 'x', sizeof(request));
	request.execute.count = 2;
	assert_int_equal(mailbox_unpack(&request, out, ARRAY_SIZE(out)),
			 -EINVAL);
	memset(request.execute.args, 0, MAILBOX_ARGS);
	request.execute.count = MAILBOX_ARGS + 1;
	assert_int_equal(mailbox_unpack(&request, out, ARRAY_SIZE(out)),
			 -EINVAL);
	request.execute.count = MAILBOX_ARGS;
	assert_int_equal(mailbox_unpack(&request, out, ARRAY_SIZE(out)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_request_is_taken_and_answered_once,
				       empty),
		cmocka_unit_test_setup(what_was_asked_of_the_last_agent_is_forgotten,
				       empty),
		cmocka_unit_test_setup(nobody_waits_for_an_old_request, empty),
		cmocka_unit_test_setup(a_reply_of_garbage_is_made_harmless,
				       empty),
		cmocka_unit_test_setup(no_escape_reaches_the_terminal, empty),
		cmocka_unit_test(arguments_come_out_as_they_went_in),
		cmocka_unit_test(too_many_arguments_are_refused),
		cmocka_unit_test(a_count_without_arguments_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
