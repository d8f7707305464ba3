// SPDX-License-Identifier: GPL-2.0-only
/*
 * When shots are fired: never early, and late ones as the policy has it. Nothing
 * is said here of how late: that is the machine's.
 */
#include "rig.h"

#define COUNT		200U
#define INTERVAL_NS	10000U
#define STALL_NS	3000000U

static const u64 trace[COUNT] = { 0, 0, 500, 700000, 700000, 900000 };

/* The first shots of @r have the due times of @s, and none began before. */
static void compare(struct run *r, struct schedule *s)
{
	u64 seq;

	for (seq = 1; seq <= r->sent; seq++) {
		const struct shot *shot = run_shot(r, seq);

		assert_int_equal(shot->due_ns, schedule_due(s));
		assert_true(shot->rec.start >= shot->rec.due);
		assert_true(shot->rec.copied >= shot->rec.start);
		schedule_advance(s, schedule_due(s));
	}
}

static void keeps(struct intmgr_run spec, const u64 *times)
{
	const struct schedule_spec same = {
		.kind = spec.schedule, .late = spec.late,
		.interval_ns = spec.interval_ns, .seed = spec.seed,
		.count = spec.count, .ramp_ns = spec.ramp_ns,
		.trace = times, .trace_len = spec.trace_len, .burst = spec.burst,
	};
	struct schedule s;
	struct rig rig;
	struct run *r;

	spec.late = LATE_CATCH_UP;
	rig_open(&rig);
	assert_int_equal(schedule_init(&s, &same, 0), 0);
	r = rig_run(&rig, &spec, times);
	assert_int_equal(r->result, 0);
	assert_int_equal(rig_stats(r).received, spec.count);
	compare(r, &s);
	run_free(r);
	rig_close(&rig);
}

static void each_schedule_is_kept(void **state)
{
	struct intmgr_run spec = rig_spec(COUNT, INTERVAL_NS);

	keeps(spec, NULL);
	spec.schedule = SCHEDULE_POISSON;
	keeps(spec, NULL);
	spec.schedule = SCHEDULE_BURST;
	spec.burst = 8;
	keeps(spec, NULL);
	spec.burst = 0;
	spec.schedule = SCHEDULE_RAMP;
	spec.ramp_ns = INTERVAL_NS / 4;
	keeps(spec, NULL);
	spec.ramp_ns = 0;
	spec.schedule = SCHEDULE_TRACE;
	spec.interval_ns = 0;
	spec.count = 6;
	spec.trace_len = 6;
	spec.trace = (uintptr_t)trace;
	keeps(spec, trace);
}

/* ---- late ones ---- */

static void stall(struct rig *rig, u64 seq)
{
	if (seq == 10)
		rig_spin_ns(STALL_NS);
}

static struct run *stalled(struct rig *rig, u32 late)
{
	struct intmgr_run spec = rig_spec(COUNT, INTERVAL_NS);
	struct run *r;

	rig_open(rig);
	rig->at = stall;
	spec.late = late;
	r = rig_run(rig, &spec, NULL);
	assert_int_equal(r->result, 0);
	assert_int_equal(rig_stats(r).sent, COUNT);
	return r;
}

static void shift_moves_what_follows(void **state)
{
	struct rig rig;
	struct run *r = stalled(&rig, LATE_SHIFT);
	struct intmgr_stats s = rig_stats(r);

	assert_int_equal(s.skipped, 0);
	assert_true(s.late >= 1);
	assert_true(run_shot(r, COUNT)->due_ns >=
		    (COUNT - 1) * INTERVAL_NS + STALL_NS - 2 * INTERVAL_NS);
	run_free(r);
	rig_close(&rig);
}

static void catch_up_leaves_none_out(void **state)
{
	struct rig rig;
	struct run *r = stalled(&rig, LATE_CATCH_UP);
	struct intmgr_stats s = rig_stats(r);

	assert_int_equal(s.skipped, 0);
	assert_true(s.late >= COUNT - 11);	/* the stall is longer than the run */
	assert_int_equal(run_shot(r, COUNT)->due_ns, (COUNT - 1) * INTERVAL_NS);
	run_free(r);
	rig_close(&rig);
}

static void skip_leaves_out_what_was_missed(void **state)
{
	struct rig rig;
	struct run *r = stalled(&rig, LATE_SKIP);
	struct intmgr_stats s = rig_stats(r);
	u64 seq;

	assert_true(s.skipped >= STALL_NS / INTERVAL_NS - 2);
	for (seq = 2; seq <= COUNT; seq++) {
		assert_int_equal(run_shot(r, seq)->due_ns % INTERVAL_NS, 0);
		assert_true(run_shot(r, seq)->due_ns >
			    run_shot(r, seq - 1)->due_ns);
	}
	assert_true(run_shot(r, COUNT)->due_ns >=
		    (COUNT - 3) * INTERVAL_NS + STALL_NS);
	run_free(r);
	rig_close(&rig);
}

/* ---- ahead of a shot ---- */

/* How many times @spec's shots were looked for before they were due. */
static u64 fetched_ahead(const struct intmgr_run *spec)
{
	struct rig rig;
	struct run *r;

	rig_open(&rig);
	r = rig_run(&rig, spec, NULL);
	assert_int_equal(r->result, 0);
	assert_int_equal(rig.shots, COUNT);
	run_free(r);
	rig_close(&rig);
	return rig.fetched_ahead;
}

static void what_is_far_off_is_fetched_ahead_once(void **state)
{
	struct intmgr_run spec = rig_spec(COUNT, 100 * INTERVAL_NS);

	assert_in_range(fetched_ahead(&spec), 1, COUNT);
	spec.flags = INTMGR_RUN_CLOSED_LOOP;	/* no time is left, ever */
	assert_int_equal(fetched_ahead(&spec), 0);
	spec = rig_spec(COUNT, 500);
	assert_in_range(fetched_ahead(&spec), 0, 1);	/* the run's lead */
}

/* ---- without a schedule, and the end ---- */

static void a_closed_loop_waits_for_each(void **state)
{
	struct intmgr_run spec = rig_spec(COUNT, INTERVAL_NS);
	struct rig rig;
	struct run *r;
	u64 seq;

	rig_open(&rig);
	spec.flags = INTMGR_RUN_CLOSED_LOOP;
	r = rig_run(&rig, &spec, NULL);
	assert_int_equal(rig_stats(r).received, COUNT);
	for (seq = 2; seq <= COUNT; seq++)
		assert_true(run_shot(r, seq)->rec.start >=
			    run_shot(r, seq - 1)->rec.delivered);
	run_free(r);
	rig_close(&rig);
}

static void stop(struct rig *rig, u64 seq)
{
	if (seq == 50)
		run_stop(rig->run);
}

static void a_stop_is_before_the_next_shot(void **state)
{
	struct intmgr_run spec = rig_spec(COUNT, INTERVAL_NS);
	struct rig rig;
	struct run *r;

	rig_open(&rig);
	rig.at = stop;
	r = rig_run(&rig, &spec, NULL);
	assert_int_equal(r->result, -EINTR);
	assert_int_equal(rig_stats(r).sent, 50);
	assert_int_equal(rig.shots, 50);
	run_free(r);
	rig_close(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_schedule_is_kept),
		cmocka_unit_test(shift_moves_what_follows),
		cmocka_unit_test(catch_up_leaves_none_out),
		cmocka_unit_test(skip_leaves_out_what_was_missed),
		cmocka_unit_test(what_is_far_off_is_fetched_ahead_once),
		cmocka_unit_test(a_closed_loop_waits_for_each),
		cmocka_unit_test(a_stop_is_before_the_next_shot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
