// SPDX-License-Identifier: GPL-2.0-only
/*
 * Records: each shot's once and in order, or counted as lost.
 */
#include "rig.h"

#define FAST_NS		SCHEDULE_MIN_INTERVAL_NS

/* All there is room for: it was measured out for them. */
static void each_comes_once(void **state)
{
	const struct intmgr_run spec = rig_spec(510, 2000);
	struct intmgr_record record;
	struct rig rig;
	struct run *r;
	u64 seq;

	rig_open(&rig);
	r = rig_run(&rig, &spec, NULL);
	for (seq = 1; seq <= 510; seq++) {
		assert_true(records_next(r, &record));
		assert_int_equal(record.seq, seq);
		assert_int_equal(record.outcome, OUTCOME_DELIVERED);
		assert_true(record.start_ns >= record.due_ns);
		assert_true(record.socket_ns >= record.handler_ns);
		if (seq == 100)
			records_put_back(r);
		if (seq == 100)
			assert_true(records_next(r, &record));
		assert_int_equal(record.seq, seq);
	}
	assert_false(records_next(r, &record));
	assert_int_equal(rig_stats(r).records_lost, 0);
	run_free(r);
	rig_close(&rig);
}

/* A closed loop has no due times; its shots lie behind one another all the same. */
static void a_closed_loop_counts_from_its_beginning(void **state)
{
	struct intmgr_run spec = rig_spec(50, 2000);
	struct intmgr_record record;
	struct rig rig;
	struct run *r;
	u64 last = 0;

	rig_open(&rig);
	spec.flags = INTMGR_RUN_CLOSED_LOOP;
	r = rig_run(&rig, &spec, NULL);
	while (records_next(r, &record)) {
		assert_in_range(record.due_ns, last, record.start_ns);
		last = record.start_ns;
	}
	assert_in_range(last, 1, 10ULL * 1000000000);
	run_free(r);
	rig_close(&rig);
}

static void what_did_not_happen_is_never(void **state)
{
	const struct intmgr_run spec = rig_spec(3, 2000);
	struct intmgr_record record;
	struct rig rig;
	struct run *r;

	rig_open(&rig);
	rig.masked = true;
	r = rig_run(&rig, &spec, NULL);
	assert_true(records_next(r, &record));
	assert_true(record.rung_ns == INTMGR_NEVER);
	assert_true(record.handler_ns == INTMGR_NEVER);
	assert_true(record.socket_ns == INTMGR_NEVER);
	assert_int_equal(record.outcome, OUTCOME_MASKED);
	run_free(r);
	rig_close(&rig);
}

/* More shots than there is room for, and nobody fetched meanwhile. */
static void the_oldest_are_lost_and_counted(void **state)
{
	struct intmgr_run spec = rig_spec(RUN_RECORDS + 5000, FAST_NS);
	u64 fetched = 0, last = 0;
	struct intmgr_record record;
	struct intmgr_stats s;
	struct rig rig;
	struct run *r;

	rig_open(&rig);
	spec.late = LATE_CATCH_UP;
	r = rig_run(&rig, &spec, NULL);
	while (records_next(r, &record)) {
		assert_true(record.seq > last);
		last = record.seq;
		fetched++;
	}
	s = rig_stats(r);
	assert_int_equal(last, spec.count);
	assert_true(s.records_lost >= 5000);
	assert_int_equal(fetched + s.records_lost, spec.count);
	run_free(r);
	rig_close(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_comes_once),
		cmocka_unit_test(a_closed_loop_counts_from_its_beginning),
		cmocka_unit_test(what_did_not_happen_is_never),
		cmocka_unit_test(the_oldest_are_lost_and_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
