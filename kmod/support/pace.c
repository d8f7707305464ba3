// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pacing: the wait for a due time. Far from it the thread sleeps, nearer it
 * does the run's chores, and only the last microseconds are spent looking at
 * the clock with interrupts off.
 *
 * There is no cpu_relax() in the last loop: a PAUSE makes an emulated CPU
 * leave its translated code, and a real one wait for up to 140 cycles.
 */
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/sched.h>

#include "support/support.h"

#define PACE_GUARD_NS	10000		/* interrupts are off at most this long */
#define PACE_CHORE_NS	4000		/* a chore and a reschedule fit in */
#define PACE_SLEEP_NS	2000000		/* nearer than this a sleep could end late */
#define PACE_NAP_US	20000		/* the longest sleep before looking at stop */
#define PACE_TAKEN_NS	100000000
#define PACE_ALIVE_NS	10000000	/* between two looks at the heartbeat */

/* Not at each shot: the line it is in has to come from the other CPU. */
static bool pace_target_hangs(struct run *r, u64 now)
{
	if ((s64)(now - r->look_alive) < 0)
		return false;
	r->look_alive = now + clock_from_ns(&r->clock, PACE_ALIVE_NS);
	return !view_target_alive(r->v);
}

static bool pace_may_go_on(struct run *r, u64 now)
{
	if (raw_smp_processor_id() != r->spec.support_cpu)
		r->result = -EHOSTDOWN;		/* it was set offline */
	else if (!view_target_up(r->v))
		r->result = -ENODEV;
	else if (READ_ONCE(r->v->w->cpu) != r->spec.target_cpu)
		r->result = -EHOSTDOWN;		/* the target set it offline */
	else if (pace_target_hangs(r, now))
		r->result = -ENODEV;
	else if (run_stopping(r))
		r->result = -EINTR;
	return !r->result;
}

/* Something useful for a while, given @left ns until the next shot. */
static void pace_pass_time(struct run *r, s64 left)
{
	view_poll(r->v);
	if (collect_some(r))
		;
	else if (left > PACE_SLEEP_NS && !r->v->polled)
		usleep_range(min_t(s64, left / 2000, PACE_NAP_US / 2),
			     min_t(s64, left / 1500, PACE_NAP_US));
	cond_resched();
}

static s64 pace_left_ns(const struct run *r, u64 due, u64 now)
{
	s64 left = due - now;

	return left < 0 ? 0 : clock_to_ns(&r->clock, left);
}

bool pace_until(struct run *r, u64 due)
{
	u64 guard = due - clock_from_ns(&r->clock, PACE_GUARD_NS);
	u64 now;
	s64 left;

	cond_resched();
	for (;;) {
		now = rdtsc();
		if (!pace_may_go_on(r, now))
			return false;
		left = pace_left_ns(r, due, now);
		if (left <= PACE_GUARD_NS + PACE_CHORE_NS)
			break;
		pace_pass_time(r, left);
	}
	while ((s64)(guard - rdtsc()) > 0)
		view_poll(r->v);
	local_irq_disable();
	while ((s64)(due - rdtsc()) > 0)
		;
	return true;
}

bool pace_until_taken(struct run *r)
{
	u64 give_up = clock_read() + clock_from_ns(&r->clock, PACE_TAKEN_NS);
	u64 seq = r->sent;

	while (!r->ops->taken(r, seq)) {
		if ((s64)(give_up - rdtsc()) < 0 || run_stopping(r))
			return false;
		view_poll(r->v);
		cond_resched();
	}
	return true;
}
