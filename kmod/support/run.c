// SPDX-License-Identifier: GPL-2.0-only
/*
 * A run's life: check what was asked for, tell the target, start the pacing
 * thread, wait for it.
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/topology.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "support/support.h"

#define RUN_FLOOR_MARK	(~0ULL)		/* window.run of a run that has no frames */
#define RUN_LEAD_NS	200000		/* from the thread's start to the first shot */
#define RUN_MAX_WARMUP	10000

static bool run_has_frame(const struct intmgr_run *spec)
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

static int run_check_numbers(const struct intmgr_run *spec)
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

/*
 * Whether the target has its CPU, the target says; another kernel counts its
 * CPUs from 0 too.
 */
static int run_check_cpus(const struct view *v, const struct intmgr_run *spec)
{
	if (spec->support_cpu >= nr_cpu_ids || !cpu_online(spec->support_cpu))
		return -EHOSTDOWN;
	if (!view_foreign(v) && spec->support_cpu == spec->target_cpu)
		return -EDEADLK;
	return 0;
}

static int run_take_frame(struct run *r, u64 from)
{
	const struct frame_mark *mark;

	if (!run_has_frame(&r->spec))
		return 0;
	kvfree(r->frame);
	r->frame = vmemdup_user(u64_to_user_ptr(from), r->spec.frame_len);
	if (IS_ERR(r->frame)) {
		int err = PTR_ERR(r->frame);

		r->frame = NULL;
		return err;
	}
	if (!frame_is_ours(r->frame, r->spec.frame_len))
		return -EBADMSG;
	mark = r->frame + FRAME_HEADERS_LEN;
	if (r->spec.run && le64_to_cpu(mark->run) != r->spec.run)
		return -EBADMSG;
	return 0;
}

static int run_take_trace(struct run *r)
{
	u64 *trace;

	if (!r->spec.trace_len)
		return 0;
	trace = vmemdup_user(u64_to_user_ptr(r->spec.trace),
			     r->spec.trace_len * sizeof(*trace));
	if (IS_ERR(trace))
		return PTR_ERR(trace);
	r->trace = trace;
	return 0;
}

static int run_set_schedule(struct run *r)
{
	struct schedule_spec schedule = {
		.kind = r->spec.schedule,
		.late = r->spec.late,
		.interval_ns = r->spec.interval_ns,
		.seed = r->spec.seed,
		.count = r->spec.count,
		.ramp_ns = r->spec.ramp_ns,
		.trace_len = r->spec.trace_len,
		.burst = r->spec.burst,
	};
	int err;

	err = run_take_trace(r);
	schedule.trace = r->trace;
	return err ?: schedule_init(&r->schedule, &schedule, 0);
}

static int run_set_up(struct run *r)
{
	unsigned int i;
	int err;

	err = run_set_schedule(r);
	if (err)
		return err;
	clock_init(&r->clock);
	r->late_after = clock_from_ns(&r->clock, RUN_EXACT_NS);
	r->ops = shot_ops[r->spec.against];
	r->fetched = r->spec.warmup;
	init_completion(&r->done);
	for (i = 0; i < RUN_HISTOGRAMS; i++)
		histogram_reset(&r->histogram[i]);
	return run_take_frame(r, r->spec.frame);
}

/* Tell the target that a run is to come; nothing stays of a run that is refused. */
static int run_announce(struct run *r)
{
	struct intmgr_window *w = r->v->w;
	int err;

	err = order_give(r->v, INTMGR_ORDER_CPU, r->spec.target_cpu);
	if (err)
		return err;
	WRITE_ONCE(w->run, r->spec.run ?: RUN_FLOOR_MARK);
	err = r->ops->prepare(r);
	if (err)
		WRITE_ONCE(w->run, 0);
	return err;
}

struct run *run_create(struct view *v, const struct intmgr_run *spec)
{
	struct run *r;
	int err;

	err = run_check_numbers(spec) ?: run_check_cpus(v, spec);
	if (err)
		return ERR_PTR(err);
	r = vzalloc(sizeof(*r));
	if (!r)
		return ERR_PTR(-ENOMEM);
	r->spec = *spec;
	r->v = v;
	err = run_set_up(r) ?: run_announce(r);
	if (err) {
		run_free(r);
		return ERR_PTR(err);
	}
	return r;
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
	WRITE_ONCE(r->stop, false);
	reinit_completion(&r->done);
	memset(r->cursor, 0, sizeof(r->cursor));
	r->last_entry = 0;	/* no gap lies over a death */
	r->own_entry = 0;
	r->last_delivery = 0;
	r->life = 0;
	r->dead = false;
	r->look_alive = 0;
}

int run_continue(struct run *r, const struct intmgr_run *spec)
{
	int err;

	err = run_check_numbers(spec);
	if (err)
		return err;
	if (!r || r->result != -ENODEV || !run_is(r, spec))
		return -EBADFD;
	err = run_check_cpus(r->v, spec) ?: view_check_again(r->v) ?:
	      run_take_frame(r, spec->frame) ?: run_announce(r);
	if (!err)
		run_forget_target(r);
	return err;
}

void run_free(struct run *r)
{
	if (!r)
		return;
	kvfree(r->frame);
	kvfree(r->trace);
	vfree(r);
}

/* ---- the pacing thread ---- */

static bool run_closed_loop(const struct run *r)
{
	return r->spec.flags & INTMGR_RUN_CLOSED_LOOP;
}

static bool run_one_shot(struct run *r, u64 seq)
{
	struct shot *s = run_shot(r, seq);

	collect_make_room(r);
	shot_make_ready(r, seq);
	if (run_closed_loop(r))
		shot_due_now(r, s);
	if (seq == r->spec.warmup + 1)
		r->begin = s->rec.due;
	if (!pace_until(r, s->rec.due))
		return false;
	r->ops->fire(r, s);
	local_irq_enable();
	r->end = clock_read();
	/* the shot is whole before another thread may count it */
	smp_store_release(&r->sent, seq);
	if (run_closed_loop(r))
		pace_until_taken(r);
	else
		schedule_advance(&r->schedule,
				 clock_to_ns(&r->clock,
					     s->rec.start - r->clock.zero));
	return true;
}

/*
 * The next shot is due soon. Records count from the first one's due time, and
 * the time for which the run was broken off counts nowhere else.
 */
static void run_set_clock(struct run *r)
{
	u64 due = clock_read() + clock_from_ns(&r->clock, RUN_LEAD_NS);

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

static int run_thread(void *data)
{
	struct run *r = data;
	u64 shots = r->spec.warmup + r->spec.count, seq;

	run_set_clock(r);
	for (seq = r->sent + 1; seq <= shots && !schedule_over(&r->schedule) &&
	     run_one_shot(r, seq); seq++)
		;
	collect_all(r);
	complete(&r->done);
	return 0;
}

/* ---- the thread that waits ---- */

static void run_wait(struct run *r)
{
	long period = r->spec.progress_ms ?
		      msecs_to_jiffies(r->spec.progress_ms) :
		      MAX_SCHEDULE_TIMEOUT;
	long left;

	do {
		left = wait_for_completion_interruptible_timeout(&r->done, period);
		if (!left)
			events_progress(r);
	} while (!left);
	if (left < 0) {
		run_stop(r);
		wait_for_completion(&r->done);
	}
}

/*
 * Before everything else, for everything else has other CPUs. Where the rest of
 * the support OS has none, because OS nodes have them, it gets a quarter of the
 * one: who looks after a node has to get through.
 */
static int run_nice(void)
{
	return num_online_cpus() > 1 ? MIN_NICE : -5;
}

static int run_threaded(struct run *r)
{
	struct task_struct *task;

	task = kthread_create_on_node(run_thread, r,
				      cpu_to_node(r->spec.support_cpu),
				      "intmgr/%u", r->spec.support_cpu);
	if (IS_ERR(task))
		return PTR_ERR(task);
	kthread_bind(task, r->spec.support_cpu);
	set_user_nice(task, run_nice());
	get_task_struct(task);
	events_started(r);
	wake_up_process(task);
	run_wait(r);
	kthread_stop(task);
	put_task_struct(task);
	return r->result;
}

/* What is in the log is of before. */
static void run_set_cursors(struct run *r)
{
	int i;

	r->log_tail = READ_ONCE(r->v->w->entry_head);
	for (i = 0; i < INTMGR_DOORBELLS; i++)
		r->cursor[i].tail = r->log_tail;
}

int run_execute(struct run *r)
{
	struct intmgr_window *w = r->v->w;
	int err;

	/* A run that goes on adds to what it has; a new target counts from 0. */
	run_set_cursors(r);
	r->handled_base = READ_ONCE(w->handled[INTMGR_DOORBELL_CONTROL]) - r->sent;
	r->reraised_base = READ_ONCE(w->reraised) - r->reraised;
	r->over = false;
	err = run_threaded(r);
	if (r->ops->finish)
		r->ops->finish(r);
	r->reraised = READ_ONCE(w->reraised) - r->reraised_base;
	r->over = true;
	WRITE_ONCE(w->run, 0);
	events_finished(r, err);
	return err;
}
