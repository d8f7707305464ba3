/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Schedules: when each shot is due (contract 5). All times are in ns on the
 * caller's clock. The schedule never looks at a clock itself: the caller asks
 * when the next shot is due, and says when it really began.
 *
 * Shots may be due together, at one time: those of a burst are, and those of a
 * trace whose times are the same. They follow each other as fast as they can be
 * fired, so that all but the first are late by nature: that first one alone can
 * move the schedule, and when it was fired none of the others is left out.
 */
#ifndef INTMGR_SCHEDULE_H
#define INTMGR_SCHEDULE_H

#include "port.h"

enum schedule_kind {
	SCHEDULE_CBR,		/* one shot each interval */
	SCHEDULE_POISSON,	/* gaps drawn from the exponential distribution; the interval is its mean */
	SCHEDULE_BURST,		/* so many due together, then a pause; the interval is the mean */
	SCHEDULE_RAMP,		/* intervals from a first one to a last one in a straight line */
	SCHEDULE_TRACE,		/* a list of times */
	SCHEDULE_KINDS
};

/* What becomes of the due times after a shot that began late. */
enum schedule_late {
	LATE_SHIFT,		/* all later due times move by the delay */
	LATE_CATCH_UP,		/* they stay: the missed ones follow at once */
	LATE_SKIP,		/* they stay: the missed ones are left out */
	LATE_POLICIES
};

#define SCHEDULE_MIN_INTERVAL_NS	100ULL
#define SCHEDULE_MAX_INTERVAL_NS	10000000000ULL	/* 10 s */
#define SCHEDULE_MAX_BURST		65536U
#define SCHEDULE_MAX_RAMP		1000000000ULL	/* shots */
#define SCHEDULE_MAX_TRACE		(1U << 24)	/* times */
#define SCHEDULE_MAX_TRACE_NS		1000000000000000ULL	/* the last of them: 11 days */

/* What a kind has no use for is 0, but for count and seed. */
struct schedule_spec {
	enum schedule_kind kind;
	enum schedule_late late;
	u64 interval_ns;	/* of a ramp the first; of a trace 0 */
	u64 seed;		/* for the kinds that draw */
	u64 count;		/* shots: a ramp's last interval is before the last one */
	u64 ramp_ns;		/* the ramp's last interval */
	const u64 *trace;	/* since the start, in order; the caller's */
	u32 trace_len;		/* times, at least @count */
	u32 burst;		/* shots of one */
};

struct schedule {
	struct schedule_spec spec;
	u64 due;		/* of the next shot */
	u64 nth;		/* ... which is due time 0, 1 ... of the ramp, trace or burst */
	bool together;		/* it is due together with the one before */
	u64 jitter_ns;		/* a delay of no more is none */
	u64 skipped;		/* due times left out by LATE_SKIP */
	u64 shifted_ns;		/* by how much LATE_SHIFT moved the schedule */
	u64 random;		/* the generator's state */
};

/*
 * The first shot is due at @start, that of a trace so much later as it says.
 * -EINVAL: unknown kind or policy, a value out of range, a trace that goes
 * backwards.
 */
int schedule_init(struct schedule *s, const struct schedule_spec *spec, u64 start);

static inline u64 schedule_due(const struct schedule *s)
{
	return s->due;
}

/* Is there no shot to come? Only a trace ends. */
static inline bool schedule_over(const struct schedule *s)
{
	return s->spec.kind == SCHEDULE_TRACE && s->nth >= s->spec.trace_len;
}

/*
 * The run was interrupted and goes on: the next shot is due at @due. Nothing is
 * late or skipped for the time in between, under any policy.
 */
static inline void schedule_resume(struct schedule *s, u64 due)
{
	s->due = due;
	s->together = false;
}

/*
 * The shot that was due began at @began: work out when the next one is due.
 * Delays of up to a sixteenth of the interval (of a ramp the shorter end; a
 * trace has none), and at most 1 us, are jitter: they never move the schedule.
 * Due times only grow; one beyond the end of u64 stays there. However long the
 * delay, this takes some microseconds at most.
 *
 * Left out, a ramp's due times count as gone through; shots beyond its end go
 * on at the last interval. A Poisson schedule counts as many missed ones as are
 * to be expected, once they are more than can be drawn now.
 */
void schedule_advance(struct schedule *s, u64 began);

const char *schedule_kind_name(enum schedule_kind kind);
const char *schedule_late_name(enum schedule_late late);

#endif
