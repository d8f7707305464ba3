// SPDX-License-Identifier: GPL-2.0-only
/*
 * When shots are due. A kind says where the due times lie: one line of a table
 * and one function. The late policies are the same for every kind.
 */
#include "schedule.h"

#include "random.h"

#define JITTER_SHARE	16
#define JITTER_MAX_NS	1000ULL
#define POISSON_DRAWS	64	/* in one step: some microseconds */
#define NEVER		(~0ULL)

struct kind {
	const char *name;
	/*
	 * Move s->due to the next due time: to the same time where the next
	 * shot is due together with this one, else on to the first that is not
	 * before @until. Returns how many steps that took, at least 1.
	 */
	u64 (*step)(struct schedule *s, u64 until);
};

/* A due time past the end of time stays there: it never comes. */
static u64 later(u64 time, u64 ns)
{
	return time + ns < time ? NEVER : time + ns;
}

static u64 ahead(const struct schedule *s, u64 until)
{
	return until > s->due ? until - s->due : 0;
}

/*
 * One period on, and on past all that are missed. By division, not in a loop:
 * the caller may have been stopped for hours. Returns how many periods.
 */
static u64 step_periods(struct schedule *s, u64 until, u64 period)
{
	u64 left = ahead(s, until);
	u64 missed = left ? (left - 1) / period : 0;

	s->due = later(s->due + missed * period, period);
	return missed + 1;
}

static u64 cbr_step(struct schedule *s, u64 until)
{
	return step_periods(s, until, s->spec.interval_ns);
}

static void poisson_draw(struct schedule *s)
{
	u64 gap = random_exponential(&s->random, s->spec.interval_ns);

	s->due = later(s->due, max(gap, 1ULL));
}

/*
 * When more are missed than can be drawn now, the rest is passed over at once:
 * the exponential distribution has no memory, so that what comes after @until
 * does not depend on what was before.
 */
static u64 poisson_step(struct schedule *s, u64 until)
{
	u64 steps = 0;

	do {
		poisson_draw(s);
		steps++;
	} while (s->due < until && steps < POISSON_DRAWS);
	if (s->due < until) {
		steps += 1 + (until - s->due) / s->spec.interval_ns;
		s->due = until;
		poisson_draw(s);
	}
	return steps;
}

static u64 burst_step(struct schedule *s, u64 until)
{
	u32 burst = s->spec.burst;

	s->nth = (s->nth + 1) % burst;
	if (s->nth)
		return 1;
	return (step_periods(s, until, burst * s->spec.interval_ns) - 1) *
	       burst + 1;
}

/*
 * A step of a kind that knows how long after the start each due time lies,
 * @at(spec, n). The first one not before @until is found by halves; it is number
 * @last at the latest.
 */
static u64 step_listed(struct schedule *s, u64 until, u64 last,
		       u64 (*at)(const struct schedule_spec *spec, u64 n))
{
	u64 from = s->nth, here = at(&s->spec, from);
	u64 low = from + 1, next = at(&s->spec, low) - here;
	u64 left = ahead(s, until);

	if (!next || next >= left)
		last = low;
	while (low < last) {
		u64 middle = low + (last - low) / 2;

		if (at(&s->spec, middle) - here < left)
			low = middle + 1;
		else
			last = middle;
	}
	s->nth = low;
	s->due = later(s->due, at(&s->spec, low) - here);
	return low - from;
}

/*
 * Interval k of a ramp of m + 1 is FROM + (TO - FROM) * k / m; this is the sum
 * of the first @n. No product is beyond 64 bits up to SCHEDULE_MAX_RAMP.
 */
static u64 ramp_sum(const struct schedule_spec *spec, u64 n)
{
	u64 from = spec->interval_ns, to = spec->ramp_ns;
	u64 m = max(spec->count, 3ULL) - 2;
	u64 slope = from < to ? to - from : from - to;
	u64 pairs = n ? n * (n - 1) / 2 : 0;	/* 0 + 1 + ... + (n - 1) */
	u64 bend = pairs / m * slope + pairs % m * slope / m;

	return from < to ? n * from + bend : n * from - bend;
}

static u64 ramp_at(const struct schedule_spec *spec, u64 n)
{
	u64 intervals = min(n, spec->count - 1), beyond;

	if (__builtin_mul_overflow(n - intervals, spec->ramp_ns, &beyond))
		return NEVER;
	return later(ramp_sum(spec, intervals), beyond);
}

static u64 ramp_step(struct schedule *s, u64 until)
{
	u64 shortest = min(s->spec.interval_ns, s->spec.ramp_ns);

	return step_listed(s, until, s->nth + 1 + ahead(s, until) / shortest,
			   ramp_at);
}

static u64 trace_at(const struct schedule_spec *spec, u64 n)
{
	return n < spec->trace_len ? spec->trace[n] : NEVER;
}

static u64 trace_step(struct schedule *s, u64 until)
{
	return step_listed(s, until, s->spec.trace_len, trace_at);
}

static const struct kind kinds[SCHEDULE_KINDS] = {
	[SCHEDULE_CBR] = { "cbr", cbr_step },
	[SCHEDULE_POISSON] = { "poisson", poisson_step },
	[SCHEDULE_BURST] = { "burst", burst_step },
	[SCHEDULE_RAMP] = { "ramp", ramp_step },
	[SCHEDULE_TRACE] = { "trace", trace_step },
};

static const char *const policies[LATE_POLICIES] = {
	[LATE_SHIFT] = "shift",
	[LATE_CATCH_UP] = "catch-up",
	[LATE_SKIP] = "skip",
};

/* Is @value in its range, or 0 where nothing uses it? */
static bool fits(bool used, u64 value, u64 least, u64 most)
{
	return used ? value >= least && value <= most : !value;
}

static bool interval_fits(bool used, u64 ns)
{
	return fits(used, ns, SCHEDULE_MIN_INTERVAL_NS,
		    SCHEDULE_MAX_INTERVAL_NS);
}

static bool trace_fits(const struct schedule_spec *spec)
{
	u32 i, len = spec->trace_len;

	if (!fits(true, len, 1, SCHEDULE_MAX_TRACE) || !spec->trace ||
	    !fits(true, spec->count, 1, len) ||
	    spec->trace[len - 1] > SCHEDULE_MAX_TRACE_NS)
		return false;
	for (i = 1; i < len; i++)
		if (spec->trace[i] < spec->trace[i - 1])
			return false;
	return true;
}

static bool spec_fits(const struct schedule_spec *spec)
{
	enum schedule_kind kind = spec->kind;

	if ((u32)kind >= SCHEDULE_KINDS || (u32)spec->late >= LATE_POLICIES)
		return false;
	if (kind == SCHEDULE_TRACE ? !trace_fits(spec) :
				     spec->trace || spec->trace_len)
		return false;
	if (kind == SCHEDULE_RAMP &&
	    !fits(true, spec->count, 1, SCHEDULE_MAX_RAMP))
		return false;
	return interval_fits(kind != SCHEDULE_TRACE, spec->interval_ns) &&
	       interval_fits(kind == SCHEDULE_RAMP, spec->ramp_ns) &&
	       fits(kind == SCHEDULE_BURST, spec->burst, 1, SCHEDULE_MAX_BURST);
}

static u64 jitter_of(const struct schedule_spec *spec)
{
	u64 interval = spec->interval_ns;

	if (spec->kind == SCHEDULE_TRACE)
		return JITTER_MAX_NS;
	if (spec->kind == SCHEDULE_RAMP)
		interval = min(interval, spec->ramp_ns);
	return min(interval / JITTER_SHARE, JITTER_MAX_NS);
}

int schedule_init(struct schedule *s, const struct schedule_spec *spec,
		  u64 start)
{
	if (!spec_fits(spec))
		return -EINVAL;
	*s = (struct schedule){
		.spec = *spec,
		.due = start,
		.jitter_ns = jitter_of(spec),
		.random = spec->seed,
	};
	if (spec->kind == SCHEDULE_TRACE)
		s->due = later(start, spec->trace[0]);
	return 0;
}

/*
 * The grid is kept through jitter, so that it does not add up, and given up
 * after a stall, so that no burst follows.
 */
static void shift_to(struct schedule *s, u64 began)
{
	u64 delay = ahead(s, began);

	if (s->together || delay <= s->jitter_ns)
		return;
	s->due = began;
	s->shifted_ns += delay;
}

void schedule_advance(struct schedule *s, u64 began)
{
	u64 until = 0, due;

	if (s->spec.late == LATE_SHIFT)
		shift_to(s, began);
	else if (s->spec.late == LATE_SKIP)
		until = began;
	due = s->due;
	s->skipped += kinds[s->spec.kind].step(s, until) - 1;
	s->together = s->due == due;
}

const char *schedule_kind_name(enum schedule_kind kind)
{
	return (u32)kind < SCHEDULE_KINDS ? kinds[kind].name : "unknown";
}

const char *schedule_late_name(enum schedule_late late)
{
	return (u32)late < LATE_POLICIES ? policies[late] : "unknown";
}
