// SPDX-License-Identifier: GPL-2.0-only
/*
 * A run's life: check what was asked for, tell the target, have the shots fired
 * by a thread that paces, wait for it.
 */
#include "support/support.h"

#define RUN_FLOOR_MARK	(~0ULL)		/* window.run of a run that has no frames */
#define RUN_LEAD_NS	200000		/* from the thread's start to the first shot */
#define RUN_MAX_WARMUP	10000

bool run_has_frame(const struct intmgr_run *spec)
{
	return spec->against == INTMGR_AGAINST_DRIVER ||
	       spec->against == INTMGR_AGAINST_COPY;
}

/*
 * Floors are fired one each interval, and a closed loop has no due times. How
 * much is to be copied is checked here, the rest by the schedule.
 */
static int run_check_schedule(const struct intmgr_run *spec)
{
	if (spec->schedule != SCHEDULE_CBR &&
	    (spec->against != INTMGR_AGAINST_DRIVER ||
	     spec->flags & INTMGR_RUN_CLOSED_LOOP))
		return -EINVAL;
	return spec->trace_len > SCHEDULE_MAX_TRACE ||
	       (spec->trace && !spec->trace_len) ? -EINVAL : 0;
}

int run_check(const struct intmgr_run *spec)
{
	bool driver = spec->against == INTMGR_AGAINST_DRIVER;

	if (spec->flags & ~INTMGR_RUN_FLAGS)
		return -EOPNOTSUPP;
	if (spec->against >= INTMGR_AGAINSTS || !spec->count ||
	    spec->count > INTMGR_MAX_COUNT || spec->warmup > RUN_MAX_WARMUP ||
	    (driver && (spec->warmup || !spec->run)) || (!driver && spec->run))
		return -EINVAL;
	if (!spec->queues || spec->queues > (driver ? NIC_MAX_QUEUES : 1))
		return -EINVAL;
	if (run_has_frame(spec) ? spec->frame_len < FRAME_MIN_SIZE ||
				  spec->frame_len > FRAME_MAX_SIZE :
				  spec->frame || spec->frame_len)
		return -EINVAL;
	return run_check_schedule(spec);
}

/* The run's frame is @frame from now on, which may be refused all the same. */
static int run_take_frame(struct run *r, void *frame)
{
	const struct frame_mark *mark = frame + FRAME_HEADERS_LEN;

	os_free(r->frame);
	r->frame = frame;
	if (!frame)
		return 0;
	if (!frame_is_ours(frame, r->spec.frame_len) ||
	    (r->spec.run && le64_to_cpu(mark->run) != r->spec.run))
		return -EBADMSG;
	return 0;
}

static int run_set_schedule(struct run *r)
{
	const struct schedule_spec schedule = {
		.kind = r->spec.schedule,
		.late = r->spec.late,
		.interval_ns = r->spec.interval_ns,
		.seed = r->spec.seed,
		.count = r->spec.count,
		.ramp_ns = r->spec.ramp_ns,
		.trace = r->trace,
		.trace_len = r->spec.trace_len,
		.burst = r->spec.burst,
	};

	return schedule_init(&r->schedule, &schedule, 0);
}

static int run_set_up(struct run *r, void *frame)
{
	unsigned int i;
	int err;

	err = run_take_frame(r, frame) ?: run_set_schedule(r);
	if (err)
		return err;
	clock_init(&r->clock);
	r->late_after = clock_from_ns(&r->clock, RUN_EXACT_NS);
	r->ops = shot_ops[r->spec.against];
	r->fetched = r->spec.warmup;
	for (i = 0; i < RUN_HISTOGRAMS; i++)
		histogram_reset(&r->histogram[i]);
	return 0;
}

/* Tell the target that a run is to come; nothing stays of a run that is refused. */
static int run_announce(struct run *r)
{
	struct intmgr_window *w = r->v->w;
	int err;

	err = order_give(r->v, INTMGR_ORDER_CPU, r->spec.target_cpu);
	if (err)
		return err;
	port_store(&w->run, r->spec.run ?: RUN_FLOOR_MARK);
	err = r->ops->prepare(r);
	if (err)
		port_store(&w->run, 0);
	return err;
}

/* As many as the shots of @spec, if there is room: then none gives way to another. */
static u32 run_records(const struct intmgr_run *spec)
{
	u64 wanted = spec->count + spec->warmup + 2;
	u32 records = 1;

	while (records < RUN_RECORDS && records < wanted)
		records *= 2;
	return records;
}

int run_create(struct run **out, struct view *v, const struct intmgr_run *spec,
	       void *frame, u64 *trace)
{
	u32 records = run_records(spec);
	struct run *r = os_alloc(sizeof(*r) + records * sizeof(r->shot[0]));
	int err;

	if (!r) {
		os_free(frame);
		os_free(trace);
		return -ENOMEM;
	}
	r->spec = *spec;
	r->v = v;
	r->trace = trace;
	r->records = records;
	err = run_set_up(r, frame) ?: run_announce(r);
	if (err)
		run_free(r);
	else
		*out = r;
	return err;
}

/* Is @spec that of @r, but for the frame, which lies elsewhere now? */
static bool run_is(const struct run *r, const struct intmgr_run *spec)
{
	struct intmgr_run own = r->spec;

	own.size = spec->size;
	own.flags |= INTMGR_RUN_CONTINUE;
	own.frame = spec->frame;
	return !memcmp(&own, spec, sizeof(own));
}

/* All shots are judged: what follows a new target's stamps starts anew. */
static void run_forget_target(struct run *r)
{
	r->result = 0;
	port_store(&r->stop, false);
	memset(r->cursor, 0, sizeof(r->cursor));
	r->last_entry = 0;	/* no gap lies over a death */
	r->own_entry = 0;
	r->last_delivery = 0;
	r->life = 0;
	r->dead = false;
	r->look_alive = 0;
}

int run_continue(struct run *r, const struct intmgr_run *spec, void *frame)
{
	int err = -EBADFD;

	if (r && r->result == -ENODEV && run_is(r, spec))
		err = view_check_again(r->v);
	if (err) {
		os_free(frame);
		return err;
	}
	err = run_take_frame(r, frame) ?: run_announce(r);
	if (!err)
		run_forget_target(r);
	return err;
}

void run_free(struct run *r)
{
	if (!r)
		return;
	os_free(r->frame);
	os_free(r->trace);
	os_free(r);
}

/* ---- the pacing thread ---- */

u64 run_next(struct run *r, u64 *due)
{
	u64 seq = r->sent + 1;
	struct shot *s = run_shot(r, seq);

	if (seq > r->spec.warmup + r->spec.count || schedule_over(&r->schedule))
		return 0;
	collect_make_room(r);
	shot_make_ready(r, seq);
	if (run_closed_loop(r))
		shot_due_now(r, s);
	if (seq == r->spec.warmup + 1)
		r->begin = s->rec.due;
	*due = s->rec.due;
	return seq;
}

void run_fire(struct run *r, u64 seq)
{
	r->ops->fire(r, run_shot(r, seq));
}

void run_fired(struct run *r, u64 seq)
{
	u64 began = run_shot(r, seq)->rec.start - r->clock.zero;

	r->end = clock_read();
	/* the shot is whole before another thread may count it */
	port_store_release(&r->sent, seq);
	if (!run_closed_loop(r))
		schedule_advance(&r->schedule, clock_to_ns(&r->clock, began));
}

/*
 * The next shot is due soon, in a closed loop now. Records count from the first
 * one's due time, and the time for which the run was broken off counts nowhere
 * else.
 */
static void run_set_clock(struct run *r)
{
	u64 lead = run_closed_loop(r) ? 0 : RUN_LEAD_NS;
	u64 due = clock_read() + clock_from_ns(&r->clock, lead);

	if (r->clock.zero)
		schedule_resume(&r->schedule,
				clock_to_ns(&r->clock, due - r->clock.zero));
	else
		r->clock.zero = due;
	if (r->begin) {
		r->begin += due - r->end;
		r->end = due;
	}
}

void run_shots(struct run *r)
{
	run_set_clock(r);
	pace_shots(r);
	collect_all(r);
}

/* ---- the thread that waits ---- */

/* What is in the log is of before. */
static void run_set_cursors(struct run *r)
{
	int i;

	r->log_tail = port_load(&r->v->w->entry_head);
	for (i = 0; i < INTMGR_DOORBELLS; i++)
		r->cursor[i].tail = r->log_tail;
}

int run_execute(struct run *r)
{
	struct intmgr_window *w = r->v->w;

	/* A run that goes on adds to what it has; a new target counts from 0. */
	run_set_cursors(r);
	r->handled_base = port_load(&w->handled[INTMGR_DOORBELL_CONTROL]) - r->sent;
	r->reraised_base = port_load(&w->reraised) - r->reraised;
	r->over = false;
	run_in_thread(r);
	if (r->ops->finish)
		r->ops->finish(r);
	r->reraised = port_load(&w->reraised) - r->reraised_base;
	r->over = true;
	port_store(&w->run, 0);
	return r->result;
}
