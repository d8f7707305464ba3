// SPDX-License-Identifier: GPL-2.0-only
/*
 * A target that dies, refuses, is silent, or writes anything anywhere.
 */
#include <pthread.h>

#include "rig.h"

#define COUNT		400U
#define INTERVAL_NS	5000U

/* ---- its end ---- */

static void say_goodbye(struct rig *rig, u64 seq)
{
	if (seq == 50)
		port_store(&rig->w->state, INTMGR_TARGET_GONE);
}

static void fall_silent(struct rig *rig, u64 seq)
{
	if (seq < 50)
		return;
	rig->hung = true;
	rig->deaf = true;
	rig->w->alive = clock_read() - 2 * INTMGR_DEAD_MS * (u64)clock_khz();
}

static void move_away(struct rig *rig, u64 seq)
{
	if (seq == 50)
		port_store(&rig->w->cpu, 1);
}

static struct intmgr_stats at_death;

/* In the midst of its 50th shot, which does not count any more. */
static void panic(struct rig *rig, u64 seq)
{
	if (seq != 50)
		return;
	collect_dead(rig->run);
	summary_fill(rig->run, &at_death);
	port_store(&rig->w->state, INTMGR_TARGET_GONE);
}

static struct intmgr_stats ends(void (*at)(struct rig *rig, u64 seq), int err)
{
	struct intmgr_run spec = rig_spec(COUNT, INTERVAL_NS);
	struct intmgr_stats s;
	struct rig rig;
	struct run *r;

	rig_open(&rig);
	rig.at = at;
	/* longer than it takes to look at the heartbeat again */
	spec.count = 100000;
	r = rig_run(&rig, &spec, NULL);
	assert_int_equal(r->result, err);
	s = rig_stats(r);
	run_free(r);
	rig_close(&rig);
	return s;
}

static void a_goodbye_ends_the_run_at_once(void **state)
{
	struct intmgr_stats s = ends(say_goodbye, -ENODEV);

	assert_int_equal(s.sent, 50);
	assert_int_equal(s.outcome[OUTCOME_DELIVERED], 50);
}

static void a_hang_is_seen(void **state)
{
	struct intmgr_stats s = ends(fall_silent, -ENODEV);

	assert_true(s.sent >= 50 && s.sent < 100000);
	assert_int_equal(s.outcome[OUTCOME_DELIVERED], 49);
	assert_int_equal(s.outcome[OUTCOME_TARGET_DEAD], s.sent - 49);
}

static void a_panic_leaves_no_shot_unjudged(void **state)
{
	ends(panic, -ENODEV);
	assert_int_equal(at_death.sent, 49);
	assert_int_equal(at_death.pending, 0);
	assert_true(at_death.outcome[OUTCOME_DELIVERED] > 0);
	assert_int_equal(at_death.outcome[OUTCOME_DELIVERED] +
				 at_death.outcome[OUTCOME_TARGET_DEAD],
			 49);
}

static void interrupts_may_not_move(void **state)
{
	assert_int_equal(ends(move_away, -EHOSTDOWN).sent, 50);
}

/* ---- orders ---- */

static int refuse_cpu(struct rig *rig, u32 order)
{
	return order == INTMGR_ORDER_CPU ? -EHOSTDOWN : -EINVAL;
}

static int say_anything(struct rig *rig, u32 order)
{
	return 12345;
}

static void orders_are_obeyed_or_refused(void **state)
{
	struct rig rig;

	rig_open(&rig);
	assert_int_equal(order_give(&rig.view, INTMGR_ORDER_LINK, 1), 0);
	assert_int_equal(rig.w->order_arg, 1);
	rig.obey = refuse_cpu;
	assert_int_equal(order_give(&rig.view, INTMGR_ORDER_CPU, 7), -EHOSTDOWN);
	assert_int_equal(order_give(&rig.view, INTMGR_ORDER_LINK, 1), -EIO);
	rig.obey = say_anything;
	assert_int_equal(order_give(&rig.view, INTMGR_ORDER_LINK, 1), -EIO);
	rig.w->doorbell[INTMGR_DOORBELL_CONTROL] = 0;
	assert_int_equal(order_give(&rig.view, INTMGR_ORDER_LINK, 1), -ENXIO);
	assert_int_equal(rig.w->handled[INTMGR_DOORBELL_CONTROL], 4);
	rig_close(&rig);
}

/* Each takes its frame, sees its error and leaves no trace in the window. */
static void refused(struct rig *rig, void *frame, int err)
{
	const struct intmgr_run spec = rig_spec(COUNT, INTERVAL_NS);
	struct run *r = NULL;

	rig_beat(rig);
	assert_int_equal(run_create(&r, &rig->view, &spec, frame, NULL), err);
	assert_null(r);
	assert_int_equal(rig->w->run, 0);
	assert_int_equal(rig->shots, 0);
}

static void a_run_that_is_refused_leaves_nothing(void **state)
{
	const struct intmgr_run spec = rig_spec(COUNT, INTERVAL_NS);
	struct rig rig;

	rig_open(&rig);
	refused(&rig, calloc(1, spec.frame_len), -EBADMSG);
	rig.longest = spec.frame_len - 1;
	refused(&rig, rig_frame(&spec), -EMSGSIZE);
	rig.w->doorbell[INTMGR_DOORBELL_MSIX(0)] = 0;
	refused(&rig, rig_frame(&spec), -ENXIO);
	rig.obey = refuse_cpu;
	refused(&rig, rig_frame(&spec), -EHOSTDOWN);
	rig.w->state = INTMGR_TARGET_GONE;
	refused(&rig, rig_frame(&spec), -ENODEV);
	rig_close(&rig);
}

static void *beat(void *arg)
{
	struct rig *rig = arg;

	while (port_load(&rig->w->state) == INTMGR_TARGET_UP) {
		port_store(&rig->w->alive, clock_read());
		os_sleep_us(50000, 50000);
	}
	return NULL;
}

static void silence_is_waited_for(void **state)
{
	pthread_t heart;
	struct rig rig;

	rig_open(&rig);
	rig.ignores_orders = true;
	assert_int_equal(pthread_create(&heart, NULL, beat, &rig), 0);
	assert_int_equal(order_give(&rig.view, INTMGR_ORDER_LINK, 1), -ETIMEDOUT);
	port_store(&rig.w->state, INTMGR_TARGET_GONE);
	assert_int_equal(order_give(&rig.view, INTMGR_ORDER_LINK, 1), -ENODEV);
	pthread_join(heart, NULL);
	rig_close(&rig);
}

/* ---- garbage ---- */

/* All that a target may write at any time, but for its state and its CPU. */
static void write_garbage(struct rig *rig)
{
	static u64 seed = 1;
	struct intmgr_window *w = rig->w;
	struct intmgr_slot *slot =
		&rig->view.slot[random_below(&seed, COUNT + 1)];
	struct intmgr_entry *e =
		(void *)&rig->view.entry[random_below(&seed, INTMGR_ENTRIES)];

	slot->poll = random_wide(&seed);
	slot->delivered = random_wide(&seed);
	slot->socket = random_below(&seed, 4) ? 0 : random_wide(&seed);
	slot->reason = random_wide(&seed);
	slot->dropped = random_below(&seed, 4) ? 0 : random_wide(&seed);
	e->tsc = random_wide(&seed);
	e->doorbell = random_wide(&seed);
	w->entry_head = random_below(&seed, 2) ? random_wide(&seed) :
						 w->entry_head + 1;
	w->handled[random_below(&seed, INTMGR_DOORBELLS)] = random_wide(&seed);
	w->reraised = random_wide(&seed);
	w->pong = random_wide(&seed);
	w->order_done = random_wide(&seed);
	w->order_result = random_wide(&seed);
	w->doorbell[1 + random_below(&seed, INTMGR_DOORBELLS - 1)] =
		random_wide(&seed);
	w->looks = random_wide(&seed);
	w->now = random_wide(&seed);
}

static void say_goodbye_at_last(struct rig *rig, u64 seq)
{
	if (seq == COUNT)
		port_store(&rig->w->state, INTMGR_TARGET_GONE);
}

/* Whoever goes on like that is waited for, but not for ever: the first one is. */
static void garbage_in_a_run_is_judged(void **state)
{
	struct intmgr_run spec = rig_spec(COUNT, INTERVAL_NS);
	struct intmgr_record record;
	struct rig rig;
	struct run *r;
	u64 records = 0;
	int i;

	for (i = 0; i < 5; i++) {
		rig_open(&rig);
		rig.turn = write_garbage;
		rig.at = i ? say_goodbye_at_last : NULL;
		r = rig_run(&rig, &spec, NULL);
		assert_true(r->result == 0 || r->result == -ENODEV);
		assert_int_equal(rig_stats(r).sent, r->sent);
		while (records_next(r, &record))
			assert_true(record.outcome < OUTCOMES);
		records += r->fetched;
		run_free(r);
		rig_close(&rig);
	}
	assert_true(records > 0);
}

/* ---- the header ---- */

/* A window as the target lays it out, of a model that there is. */
static void lay_out(struct rig *rig)
{
	const struct nic_ops *model = nic_models[0];
	u64 at = rig->w->slots.offset;

	strcpy(rig->w->model, model->name);
	rig->w->magic = INTMGR_WINDOW_MAGIC;
	rig->w->revision = INTMGR_WINDOW_REVISION;
	rig->w->header_size = sizeof(*rig->w);
	rig->w->size = rig->view.size;
	/* The slots' memory will do for what is not written here. */
	rig->w->nic = (struct intmgr_area){ at, model->state_size };
	rig->w->port = (struct intmgr_area){ at, sizeof(struct nic_port) };
	rig->w->pool = (struct intmgr_area){ at, 1 << 20 };
	rig->w->extent = (struct intmgr_area){ at, (1 << 20) / NIC_GRANULE * 8 };
}

static bool lies_in(const struct view *v, const void *from, u64 size)
{
	u64 at = (const u8 *)from - (const u8 *)v->w;

	return at <= v->size && size <= v->size - at;
}

static void check_view(const struct view *v)
{
	const struct nic_region *pool = &v->nic.region[0];

	assert_true(lies_in(v, v->slot, INTMGR_SLOTS * sizeof(*v->slot)));
	assert_true(lies_in(v, v->entry, INTMGR_ENTRIES * sizeof(*v->entry)));
	assert_true(lies_in(v, v->nic.state, v->nic.ops->state_size));
	assert_true(lies_in(v, v->nic.port, sizeof(*v->nic.port)));
	assert_true(lies_in(v, pool->va, pool->size));
	assert_true(lies_in(v, pool->extent, pool->size / NIC_GRANULE * 8));
}

static void a_header_is_believed_only_if_it_can_be(void **state)
{
	struct intmgr_window whole;
	u64 seed = 3, taken = 0;
	struct view v;
	struct rig rig;
	int i;

	rig_open(&rig);
	lay_out(&rig);
	whole = *rig.w;
	v = (struct view){ .w = rig.w, .size = rig.view.size };
	assert_int_equal(view_read(&v), 0);
	assert_int_equal(view_check_again(&v), 0);
	for (i = 0; i < 50000; i++) {
		u64 *words = (u64 *)rig.w;

		*rig.w = whole;
		words[random_below(&seed, offsetof(struct intmgr_window, state) / 8)] =
			random_wide(&seed);
		v = (struct view){ .w = rig.w, .size = rig.view.size };
		if (view_read(&v))
			continue;
		check_view(&v);
		taken++;
	}
	assert_true(taken > 0 && taken < 50000);
	rig_close(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_goodbye_ends_the_run_at_once),
		cmocka_unit_test(a_hang_is_seen),
		cmocka_unit_test(a_panic_leaves_no_shot_unjudged),
		cmocka_unit_test(interrupts_may_not_move),
		cmocka_unit_test(orders_are_obeyed_or_refused),
		cmocka_unit_test(a_run_that_is_refused_leaves_nothing),
		cmocka_unit_test(silence_is_waited_for),
		cmocka_unit_test(garbage_in_a_run_is_judged),
		cmocka_unit_test(a_header_is_believed_only_if_it_can_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
