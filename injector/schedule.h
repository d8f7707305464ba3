/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Schedules: when each shot is due (contract 5). All times are in ns on the
 * caller's clock. The schedule never looks at a clock itself: the caller asks
 * when the next shot is due, and says when it really began.
 */
#ifndef INTMGR_SCHEDULE_H
#define INTMGR_SCHEDULE_H

#include "port.h"

enum schedule_kind {
	SCHEDULE_CBR,		/* one shot each interval */
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

struct schedule_spec {
	enum schedule_kind kind;
	enum schedule_late late;
	u64 interval_ns;
	u64 seed;		/* for the kinds that draw; CBR ignores it */
};

struct schedule {
	struct schedule_spec spec;
	u64 due;		/* of the next shot */
	u64 skipped;		/* due times left out by LATE_SKIP */
	u64 shifted_ns;		/* by how much LATE_SHIFT moved the schedule */
	u64 random;		/* the generator's state */
};

/* The first shot is due at @start. -EINVAL: unknown kind or policy, interval out of range. */
int schedule_init(struct schedule *s, const struct schedule_spec *spec, u64 start);

static inline u64 schedule_due(const struct schedule *s)
{
	return s->due;
}

/*
 * The run was interrupted and goes on: the next shot is due at @due. Nothing is
 * late or skipped for the time in between, under any policy.
 */
static inline void schedule_resume(struct schedule *s, u64 due)
{
	s->due = due;
}

/*
 * The shot that was due began at @began: work out when the next one is due.
 * Delays of up to a sixteenth of the interval, and at most 1 us, are jitter:
 * they never move the schedule. Due times only grow; one beyond the end of
 * u64 stays there.
 */
void schedule_advance(struct schedule *s, u64 began);

const char *schedule_kind_name(enum schedule_kind kind);
const char *schedule_late_name(enum schedule_late late);

#endif
