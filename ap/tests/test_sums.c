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

	assert_non_null(sums_check(s, c, why));
	assert_non_null(strstr(why, says));
}

static void sound_sums_agree(void **state)
{
	const struct receiver_counts c = { .read = 7, .foreign = 3 };
	struct intmgr_stats s = sound();
	char why[160];

	assert_null(sums_check(&s, &c, why));
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

	assert_null(sums_check(&s, &c, why));
	assert_int_equal(sums_read_late(&s, &c), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound_sums_agree),
		cmocka_unit_test(shots_without_an_outcome),
		cmocka_unit_test(received_lies_between),
		cmocka_unit_test(the_reader_has_its_own_count),
		cmocka_unit_test(late_reads_are_losses_of_the_socket),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
