// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pacing in virtual time. Nobody waits for a due time: each shot is an event of
 * the virtual clock, which stands still meanwhile, so that the shot is fired at
 * its very nanosecond, whatever the target does then and with interrupts enabled
 * or not. The clock is this process's, so this is the only place where support
 * side and target share a CPU.
 */
#include <linux/completion.h>
#include <linux/time-internal.h>

#include "support/support.h"

#define TAKEN_LOOK_NS	20		/* closed loop: between two looks */

struct pacer {
	struct time_travel_event shot, end;
	struct run *run;
	struct completion done;
	u64 seq, due;
};

static void pacer_end(struct time_travel_event *e)
{
	complete(&container_of(e, struct pacer, end)->done);
}

static void pacer_next(struct pacer *p)
{
	p->seq = run_next(p->run, &p->due);
	if (p->seq)
		time_travel_add_event_at(&p->shot, p->due);
	else
		time_travel_add_event_at(&p->end, clock_peek());
}

/* Closed loop: the last shot is still to be taken, and may be. */
static bool pacer_waits(struct pacer *p)
{
	struct run *r = p->run;
	u64 now = clock_peek();

	if (!run_closed_loop(r) || !r->sent || r->ops->taken(r, r->sent) ||
	    now - r->end > PACE_TAKEN_NS)
		return false;
	p->due = now + TAKEN_LOOK_NS;
	return true;
}

/* Another CPU's work: it does not touch what this one is in the middle of. */
static void pacer_shot(struct time_travel_event *e)
{
	struct pacer *p = container_of(e, struct pacer, shot);
	struct run *r = p->run;

	if (!run_may_go_on(r, clock_peek())) {
		time_travel_add_event_at(&p->end, clock_peek());
		return;
	}
	if (pacer_waits(p)) {
		time_travel_add_event_at(&p->shot, p->due);
		return;
	}
	if (run_closed_loop(r))
		shot_due_now(r, run_shot(r, p->seq));
	run_fire(r, p->seq);
	run_fired(r, p->seq);
	while (collect_some(r))
		;
	pacer_next(p);
}

void pace_shots(struct run *r)
{
	struct pacer p = {
		.shot = { .fn = pacer_shot, .device = true },
		.end = { .fn = pacer_end },
		.run = r,
	};

	init_completion(&p.done);
	pacer_next(&p);
	wait_for_completion(&p.done);
}
