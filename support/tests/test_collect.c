// SPDX-License-Identifier: GPL-2.0-only
/*
 * What became of each shot: which handler entry is whose, and the outcomes.
 */
#include "rig.h"

#define COUNT		240U
#define INTERVAL_NS	5000U

static struct run *run_with(struct rig *rig)
{
	const struct intmgr_run spec = rig_spec(COUNT, INTERVAL_NS);
	struct run *r = rig_run(rig, &spec, NULL);

	assert_int_equal(r->result, 0);
	return r;
}

static void all_goes_well(void **state)
{
	struct intmgr_stats s;
	struct rig rig;
	struct run *r;
	u64 seq;

	rig_open(&rig);
	r = run_with(&rig);
	s = rig_stats(r);
	assert_int_equal(s.outcome[OUTCOME_DELIVERED], COUNT);
	assert_int_equal(s.received, COUNT);
	assert_int_equal(s.fired, COUNT);
	assert_int_equal(s.handled, COUNT);
	assert_int_equal(s.merged, 0);
	assert_int_equal(s.gap.count, COUNT - 1);
	for (seq = 1; seq <= COUNT; seq++) {
		const struct shot_record *rec = &run_shot(r, seq)->rec;

		assert_int_equal(rec->seq, seq);
		assert_true(rec->handler >= rec->copied);
		assert_true(rec->poll >= rec->handler);
		assert_true(rec->delivered >= rec->poll);
		assert_true(rec->socket >= rec->delivered);
	}
	run_free(r);
	rig_close(&rig);
}

/* One handler takes four interrupts: one is its own, three are merged. */
static void merged_interrupts_are_no_losses(void **state)
{
	struct intmgr_stats s;
	struct rig rig;
	struct run *r;
	u64 seq, own = 0;

	rig_open(&rig);
	rig.merge = 4;
	r = run_with(&rig);
	s = rig_stats(r);
	assert_int_equal(s.outcome[OUTCOME_DELIVERED], COUNT);
	assert_int_equal(s.fired, COUNT);
	assert_int_equal(s.handled, COUNT / 4);
	assert_int_equal(s.merged, COUNT - COUNT / 4);
	for (seq = 1; seq <= COUNT; seq++)
		own += !!run_shot(r, seq)->rec.handler;
	assert_int_equal(own, COUNT / 4);
	run_free(r);
	rig_close(&rig);
}

/* ---- outcomes ---- */

static enum fate each_fate(u64 seq)
{
	static const enum fate fate[] = {
		FATE_READ, FATE_UNREAD, FATE_DROPPED_BY_SOCKET,
		FATE_DROPPED_BY_STACK, FATE_DROPPED_BY_DRIVER, FATE_READ,
	};

	return fate[seq % ARRAY_SIZE(fate)];
}

static void each_fate_is_an_outcome(void **state)
{
	struct intmgr_stats s;
	struct rig rig;
	struct run *r;

	rig_open(&rig);
	rig.fate = each_fate;
	r = run_with(&rig);
	s = rig_stats(r);
	assert_int_equal(s.outcome[OUTCOME_DELIVERED], COUNT / 3);
	assert_int_equal(s.outcome[OUTCOME_SOCKET], COUNT / 3);
	assert_int_equal(s.outcome[OUTCOME_STACK], COUNT / 6);
	assert_int_equal(s.outcome[OUTCOME_DRIVER], COUNT / 6);
	assert_int_equal(s.outcome[OUTCOME_TARGET_DEAD], 0);
	assert_int_equal(s.received, COUNT - COUNT / 6);
	assert_int_equal(run_shot(r, 3)->rec.reason, 7);
	assert_int_equal(run_shot(r, 1)->rec.reason, 0);
	run_free(r);
	rig_close(&rig);
}

static enum fate left(u64 seq)
{
	return seq > COUNT - 10 ? FATE_LEFT : FATE_READ;
}

static void what_is_left_in_the_ring_was_masked(void **state)
{
	struct intmgr_stats s;
	struct rig rig;
	struct run *r;

	rig_open(&rig);
	rig.fate = left;
	r = run_with(&rig);
	s = rig_stats(r);
	assert_int_equal(s.outcome[OUTCOME_MASKED], 10);
	assert_int_equal(s.outcome[OUTCOME_DELIVERED], COUNT - 10);
	run_free(r);
	rig_close(&rig);
}

static enum outcome refuse(u64 seq)
{
	static const enum outcome why[] = {
		OUTCOME_DELIVERED, OUTCOME_NO_DESCRIPTOR, OUTCOME_RX_OFF,
		OUTCOME_FILTERED, OUTCOME_BAD_DESCRIPTOR, OUTCOME_DELIVERED,
	};

	return why[seq % ARRAY_SIZE(why)];
}

static void what_the_card_refuses_rings_nothing(void **state)
{
	struct intmgr_stats s;
	struct rig rig;
	struct run *r;

	rig_open(&rig);
	rig.refuse = refuse;
	r = run_with(&rig);
	s = rig_stats(r);
	assert_int_equal(s.outcome[OUTCOME_DELIVERED], COUNT / 3);
	assert_int_equal(s.outcome[OUTCOME_NO_DESCRIPTOR], COUNT / 6);
	assert_int_equal(s.outcome[OUTCOME_RX_OFF], COUNT / 6);
	assert_int_equal(s.outcome[OUTCOME_FILTERED], COUNT / 6);
	assert_int_equal(s.outcome[OUTCOME_BAD_DESCRIPTOR], COUNT / 6);
	assert_int_equal(s.fired, COUNT / 3);
	assert_int_equal(s.handled, COUNT / 3);
	run_free(r);
	rig_close(&rig);
}

/* Nothing is rung and nobody enters: what is in the ring stays there. */
static void masked_causes_ring_nothing(void **state)
{
	struct intmgr_stats s;
	struct rig rig;
	struct run *r;

	rig_open(&rig);
	rig.masked = true;
	r = run_with(&rig);
	s = rig_stats(r);
	assert_int_equal(s.outcome[OUTCOME_MASKED], COUNT);
	assert_int_equal(s.fired, 0);
	assert_int_equal(s.handled, 0);
	assert_int_equal(s.merged, 0);
	assert_int_equal(s.received, 0);
	run_free(r);
	rig_close(&rig);
}

/* Its heart beats, but it takes no interrupt. */
static void go_deaf(struct rig *rig, u64 seq)
{
	rig->deaf = seq > COUNT / 2;
}

static void rings_that_nobody_answers(void **state)
{
	struct intmgr_stats s;
	struct rig rig;
	struct run *r;

	rig_open(&rig);
	rig.at = go_deaf;
	r = run_with(&rig);
	s = rig_stats(r);
	assert_int_equal(s.outcome[OUTCOME_DELIVERED], COUNT / 2);
	assert_int_equal(s.outcome[OUTCOME_TARGET_DEAD], COUNT / 2);
	assert_int_equal(s.handled, COUNT / 2);
	run_free(r);
	rig_close(&rig);
}

/* The floor of a copy rings nothing, and needs no target. */
static void a_copy_is_a_copy(void **state)
{
	struct intmgr_run spec = rig_spec(COUNT, INTERVAL_NS);
	struct intmgr_stats s;
	struct rig rig;
	struct run *r;

	rig_open(&rig);
	spec.against = INTMGR_AGAINST_COPY;
	spec.run = 0;
	spec.warmup = 20;
	r = rig_run(&rig, &spec, NULL);
	s = rig_stats(r);
	assert_int_equal(s.sent, COUNT);
	assert_int_equal(s.outcome[OUTCOME_DELIVERED], COUNT);
	assert_int_equal(s.fired, 0);
	assert_int_equal(s.handled, 0);
	assert_int_equal(rig.shots, 0);
	assert_memory_equal(rig.buffer, r->frame, spec.frame_len);
	run_free(r);
	rig_close(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_goes_well),
		cmocka_unit_test(merged_interrupts_are_no_losses),
		cmocka_unit_test(each_fate_is_an_outcome),
		cmocka_unit_test(what_is_left_in_the_ring_was_masked),
		cmocka_unit_test(what_the_card_refuses_rings_nothing),
		cmocka_unit_test(masked_causes_ring_nothing),
		cmocka_unit_test(rings_that_nobody_answers),
		cmocka_unit_test(a_copy_is_a_copy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
