// SPDX-License-Identifier: GPL-2.0-only
/*
 * When shots are due. A kind says where the due times lie: one line of a table
 * and one function. The late policies are the same for every kind.
 */
#include "schedule.h"

#define JITTER_SHARE	16
#define JITTER_MAX_NS	1000ULL

struct kind {
	const char *name;
	/*
	 * Move s->due to the next due time, and on to the first that is not
	 * before @until. Returns how many steps that took, at least 1.
	 */
	u64 (*step)(struct schedule *s, u64 until);
};

/* A due time past the end of time stays there: it never comes. */
static u64 later(u64 time, u64 ns)
{
	return time + ns < time ? ~0ULL : time + ns;
}

/* By division, not in a loop: the caller may have been stopped for hours. */
static u64 cbr_step(struct schedule *s, u64 until)
{
	u64 missed = 0;

	if (until > s->due)
		missed = (until - s->due - 1) / s->spec.interval_ns;
	s->due = later(s->due + missed * s->spec.interval_ns,
		       s->spec.interval_ns);
	return missed + 1;
}

static const struct kind kinds[SCHEDULE_KINDS] = {
	[SCHEDULE_CBR] = { "cbr", cbr_step },
};

static const char *const policies[LATE_POLICIES] = {
	[LATE_SHIFT] = "shift",
	[LATE_CATCH_UP] = "catch-up",
	[LATE_SKIP] = "skip",
};

int schedule_init(struct schedule *s, const struct schedule_spec *spec,
		  u64 start)
{
	if ((u32)spec->kind >= SCHEDULE_KINDS ||
	    (u32)spec->late >= LATE_POLICIES ||
	    spec->interval_ns < SCHEDULE_MIN_INTERVAL_NS ||
	    spec->interval_ns > SCHEDULE_MAX_INTERVAL_NS)
		return -EINVAL;
	*s = (struct schedule){
		.spec = *spec,
		.due = start,
		.random = spec->seed,
	};
	return 0;
}

/*
 * The grid is kept through jitter, so that it does not add up, and given up
 * after a stall, so that no burst follows.
 */
static void shift_to(struct schedule *s, u64 began)
{
	u64 jitter = min(s->spec.interval_ns / JITTER_SHARE, JITTER_MAX_NS);
	u64 delay = began > s->due ? began - s->due : 0;

	if (delay <= jitter)
		return;
	s->due = began;
	s->shifted_ns += delay;
}

void schedule_advance(struct schedule *s, u64 began)
{
	u64 until = 0;

	if (s->spec.late == LATE_SHIFT)
		shift_to(s, began);
	else if (s->spec.late == LATE_SKIP)
		until = began;
	s->skipped += kinds[s->spec.kind].step(s, until) - 1;
}

const char *schedule_kind_name(enum schedule_kind kind)
{
	return (u32)kind < SCHEDULE_KINDS ? kinds[kind].name : "unknown";
}

const char *schedule_late_name(enum schedule_late late)
{
	return (u32)late < LATE_POLICIES ? policies[late] : "unknown";
}
