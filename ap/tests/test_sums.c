// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "injector/record.h"
#include "sums.h"

/* 10 sent: 7 delivered, 1 lost in the socket, 2 without a descriptor. */
static struct intmgr_stats sound(void)
{
	struct intmgr_stats s = { .sent = 10, .received = 8 };

	s.outcome[OUTCOME_DELIVERED] = 7;
	s.outcome[OUTCOME_SOCKET] = 1;
	s.outcome[OUTCOME_NO_DESCRIPTOR] = 2;
	return s;
}

static void disagrees(const struct intmgr_stats *s,
		      const struct receiver_counts *c, const char *says)
{
	char why[160];

	assert_non_null(sums_check(s, c, 0, why));
	assert_non_null(strstr(why, says));
}

static void sound_sums_agree(void **state)
{
	const struct receiver_counts c = { .read = 7, .foreign = 3 };
	struct intmgr_stats s = sound();
	char why[160];

	assert_null(sums_check(&s, &c, 0, why));
	assert_int_equal(sums_read_late(&s, &c), 0);
}

static void shots_without_an_outcome(void **state)
{
	const struct receiver_counts c = { .read = 7 };
	struct intmgr_stats s = sound();

	s.pending = 1;
	disagrees(&s, &c, "no outcome");
	s = sound();
	s.sent++;
	disagrees(&s, &c, "11 shots were sent, but the outcomes are of 10");
	s = sound();
	s.outcome[OUTCOME_TARGET_DEAD]++;
	disagrees(&s, &c, "outcomes are of 11");
}

static void received_lies_between(void **state)
{
	const struct receiver_counts c = { .read = 7 };
	struct intmgr_stats s = sound();

	s.received = 6;
	disagrees(&s, &c, "received 6");
	s.received = 11;
	disagrees(&s, &c, "received 11");
}

static void the_reader_has_its_own_count(void **state)
{
	struct receiver_counts c = { .read = 6 };
	struct intmgr_stats s = sound();

	disagrees(&s, &c, "6 frames were read");
	c.read = 9;
	disagrees(&s, &c, "9 frames were read");
	c = (struct receiver_counts){ .read = 7, .duplicate = 1 };
	disagrees(&s, &c, "came twice");
}

/* A frame that was given up in the socket may be read all the same. */
static void late_reads_are_losses_of_the_socket(void **state)
{
	const struct receiver_counts c = { .read = 8 };
	struct intmgr_stats s = sound();
	char why[160];

	assert_null(sums_check(&s, &c, 0, why));
	assert_int_equal(sums_read_late(&s, &c), 1);
}

/* A kernel that seemed to hang went on reading; its shots were given up. */
static void the_dead_may_have_read(void **state)
{
	struct receiver_counts c = { .read = 9 };
	struct intmgr_stats s = sound();
	char why[160];

	s.outcome[OUTCOME_NO_DESCRIPTOR] = 0;
	s.outcome[OUTCOME_TARGET_DEAD] = 2;
	assert_non_null(sums_check(&s, &c, 0, why));
	assert_null(sums_check(&s, &c, 1, why));
	assert_int_equal(sums_read_late(&s, &c), 2);
	c.read = 11;
	assert_non_null(sums_check(&s, &c, 1, why));
	c.read = 6;	/* counted before stamped, whoever died */
	assert_non_null(sums_check(&s, &c, 1, why));
}

static void lost_counts_leave_the_other_sums(void **state)
{
	struct intmgr_stats s = sound();
	char why[160];

	assert_null(sums_check(&s, NULL, 1, why));
	s.sent++;
	assert_non_null(sums_check(&s, NULL, 1, why));
}

static void garbage_is_no_count(void **state)
{
	struct receiver_counts c = { .read = 10, .foreign = UINT64_MAX };

	assert_true(sums_plausible(&c, 10));
	assert_false(sums_plausible(&c, 9));
	c = (struct receiver_counts){ .duplicate = 0x6b6b6b6b6b6b6b6b };
	assert_false(sums_plausible(&c, 10));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound_sums_agree),
		cmocka_unit_test(shots_without_an_outcome),
		cmocka_unit_test(received_lies_between),
		cmocka_unit_test(the_reader_has_its_own_count),
		cmocka_unit_test(late_reads_are_losses_of_the_socket),
		cmocka_unit_test(the_dead_may_have_read),
		cmocka_unit_test(lost_counts_leave_the_other_sums),
		cmocka_unit_test(garbage_is_no_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
