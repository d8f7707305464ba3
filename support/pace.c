// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pacing: the wait for a due time. Far from it the thread sleeps, nearer it
 * does the run's chores, and only the last microseconds are spent looking at
 * the clock with interrupts off. Among these, if there is time, it fetches what
 * the shot will touch: else the send operation would wait for the other CPU's
 * caches.
 *
 * There is no cpu_relax() in the last loop: a PAUSE makes an emulated CPU
 * leave its translated code, and a real one wait for up to 140 cycles.
 */
#include "support/support.h"

#define PACE_GUARD_NS	10000		/* interrupts are off at most this long */
#define PACE_CHORE_NS	4000		/* a chore and a reschedule fit in, or a prefetch */
#define PACE_SLEEP_NS	2000000		/* nearer than this a sleep could end late */
#define PACE_NAP_US	20000		/* the longest sleep before looking at stop */
#define PACE_CHORES	3		/* a shot's: its entry, its pair, its outcome */

/* Something useful for a while, given @left ns until the next shot. */
static void pace_pass_time(struct run *r, s64 left)
{
	view_poll(r->v);
	if (collect_some(r))
		;
	else if (left > PACE_SLEEP_NS && !r->v->polled)
		os_sleep_us(min(left / 2000, (s64)PACE_NAP_US / 2),
			    min(left / 1500, (s64)PACE_NAP_US));
	os_resched();
}

static s64 pace_left_ns(const struct run *r, u64 due, u64 now)
{
	s64 left = due - now;

	return left < 0 ? 0 : clock_to_ns(&r->clock, left);
}

static void pace_spin(u64 until)
{
	while ((s64)(until - clock_peek()) > 0)
		;
}

/* The last of the wait for @due, with interrupts off. */
static void pace_take_aim(struct run *r, u64 seq, u64 due)
{
	u64 ahead = due - clock_from_ns(&r->clock, PACE_CHORE_NS);

	if (r->ops->fetch_ahead && (s64)(ahead - clock_peek()) > 0) {
		pace_spin(ahead);
		r->ops->fetch_ahead(r, run_shot(r, seq));
	}
	pace_spin(due);
}

/*
 * Wait until the clock reads @due, doing the run's chores meanwhile. Returns
 * with interrupts off, or false with interrupts on if the run is to stop.
 */
static bool pace_until(struct run *r, u64 seq, u64 due)
{
	u64 guard = due - clock_from_ns(&r->clock, PACE_GUARD_NS);
	u64 now;
	s64 left;

	os_resched();
	for (;;) {
		now = clock_peek();
		if (!run_may_go_on(r, now))
			return false;
		left = pace_left_ns(r, due, now);
		if (left <= PACE_GUARD_NS + PACE_CHORE_NS)
			break;
		pace_pass_time(r, left);
	}
	while ((s64)(guard - clock_peek()) > 0)
		view_poll(r->v);
	os_irq_off();
	pace_take_aim(r, seq, due);
	return true;
}

/*
 * Wait, at most 100 ms, until the last shot was taken, and meanwhile do what
 * earlier ones left to do.
 */
static void pace_until_taken(struct run *r)
{
	u64 give_up = clock_read() + clock_from_ns(&r->clock, PACE_TAKEN_NS);
	u64 seq = r->sent;
	unsigned int i;

	for (i = 0; i < PACE_CHORES && collect_some(r); i++)
		;
	while (!r->ops->taken(r, seq)) {
		if ((s64)(give_up - clock_peek()) < 0 || run_stopping(r))
			return;
		view_poll(r->v);
		os_resched();
	}
}

void pace_shots(struct run *r)
{
	u64 seq, due;

	while ((seq = run_next(r, &due)) && pace_until(r, seq, due)) {
		run_fire(r, seq);
		os_irq_on();
		run_fired(r, seq);
		if (run_closed_loop(r))
			pace_until_taken(r);
	}
}
