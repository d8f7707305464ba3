// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the due times of each kind lie, and what the late policies make of
 * them; test_schedule.c has the policies themselves, by CBR.
 */
#include <stdio.h>

#include "random.h"
#include "schedule.h"
#include "testing.h"

#define NEVER	(~0ULL)
#define US	1000ULL
#define MS	1000000ULL
#define SEC	1000000000ULL
#define HOUR	(3600 * SEC)

static struct schedule start(const struct schedule_spec *spec, u64 at)
{
	struct schedule s;

	assert_int_equal(schedule_init(&s, spec, at), 0);
	return s;
}

static struct schedule_spec poisson(enum schedule_late late, u64 mean, u64 seed)
{
	return (struct schedule_spec){
		.kind = SCHEDULE_POISSON, .late = late, .interval_ns = mean,
		.seed = seed,
	};
}

static struct schedule_spec burst(enum schedule_late late, u64 mean, u32 n)
{
	return (struct schedule_spec){
		.kind = SCHEDULE_BURST, .late = late, .interval_ns = mean,
		.burst = n,
	};
}

static struct schedule_spec ramp(enum schedule_late late, u64 from, u64 to,
				 u64 count)
{
	return (struct schedule_spec){
		.kind = SCHEDULE_RAMP, .late = late, .interval_ns = from,
		.ramp_ns = to, .count = count,
	};
}

static struct schedule_spec trace(enum schedule_late late, const u64 *times,
				  u32 len)
{
	return (struct schedule_spec){
		.kind = SCHEDULE_TRACE, .late = late, .trace = times,
		.trace_len = len, .count = len,
	};
}

/* The shot began in time: how long after it the next one is due. */
static u64 gap(struct schedule *s)
{
	u64 due = schedule_due(s);

	schedule_advance(s, due);
	return schedule_due(s) - due;
}

/* ---- what schedule_init() takes ---- */

static const u64 five[] = { 0, 10, 10, 25, 1000 };
static const u64 backwards[] = { 0, 10, 9, 25, 25 };
static const u64 endless[] = { 0, SCHEDULE_MAX_TRACE_NS + 1 };
static const u64 longest[] = { SCHEDULE_MAX_TRACE_NS };

static void assert_refused(struct schedule_spec spec)
{
	struct schedule s;

	assert_int_equal(schedule_init(&s, &spec, 0), -EINVAL);
}

#define REFUSED(base, field, value) do {				\
		struct schedule_spec spec_ = base;			\
		spec_.field = (value);					\
		assert_refused(spec_);					\
	} while (0)

static void init_checks_each_kind(void **unused)
{
	const struct schedule_spec good[] = {
		poisson(LATE_SKIP, 100, 0), poisson(LATE_SHIFT, 10 * SEC, NEVER),
		burst(LATE_SHIFT, 100, 1), burst(LATE_SKIP, 10 * SEC, 65536),
		ramp(LATE_SHIFT, 100, 10 * SEC, 1000000000),
		ramp(LATE_CATCH_UP, 10 * SEC, 100, 1), ramp(0, US, US, 5),
		trace(LATE_SKIP, five, 5), trace(0, five, 1),
		trace(0, longest, 1),
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		struct schedule s = start(&good[i], 5);

		assert_int_equal(s.skipped, 0);
		assert_false(schedule_over(&s));
	}
	REFUSED(poisson(0, US, 1), interval_ns, 99);
	REFUSED(poisson(0, US, 1), interval_ns, 10 * SEC + 1);
	REFUSED(poisson(0, US, 1), late, LATE_POLICIES);
	REFUSED(burst(0, US, 1), burst, 0);
	REFUSED(burst(0, US, 1), burst, 65537);
	REFUSED(burst(0, US, 1), interval_ns, 0);
	REFUSED(ramp(0, US, US, 5), ramp_ns, 99);
	REFUSED(ramp(0, US, US, 5), ramp_ns, 10 * SEC + 1);
	REFUSED(ramp(0, US, US, 5), interval_ns, 0);
	REFUSED(ramp(0, US, US, 5), count, 0);
	REFUSED(ramp(0, US, US, 5), count, 1000000001);
	REFUSED(trace(0, five, 5), trace_len, 0);
	REFUSED(trace(0, five, 5), trace_len, 4);	/* fewer than the count */
	REFUSED(trace(0, five, 5), trace_len, SCHEDULE_MAX_TRACE + 1);
	REFUSED(trace(0, five, 5), trace, NULL);
	REFUSED(trace(0, five, 5), trace, backwards);
	REFUSED(trace(0, five, 5), count, 0);
	REFUSED(trace(0, five, 5), count, 6);
	REFUSED(trace(0, five, 2), trace, endless);
}

/* What a kind has no use for is 0. */
static void init_refuses_what_is_unused(void **unused)
{
	REFUSED(poisson(0, US, 1), burst, 1);
	REFUSED(poisson(0, US, 1), ramp_ns, US);
	REFUSED(poisson(0, US, 1), trace, five);
	REFUSED(poisson(0, US, 1), trace_len, 1);
	REFUSED(burst(0, US, 1), ramp_ns, US);
	REFUSED(burst(0, US, 1), trace_len, 1);
	REFUSED(ramp(0, US, US, 5), burst, 1);
	REFUSED(ramp(0, US, US, 5), trace, five);
	REFUSED(trace(0, five, 5), interval_ns, US);
	REFUSED(trace(0, five, 5), burst, 1);
	REFUSED(trace(0, five, 5), ramp_ns, US);
}

/* ---- Poisson ---- */

static void poisson_gaps_have_the_mean(void **unused)
{
	static const u64 mean[] = { 100, 38 * US, 10 * SEC };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(mean); i++) {
		const struct schedule_spec spec = poisson(0, mean[i], 1);
		struct schedule s = start(&spec, 0);
		int shot;

		for (shot = 0; shot < 100000; shot++)
			assert_true(gap(&s) > 0);
		assert_in_range(schedule_due(&s) / 100000, mean[i] * 99 / 100,
				mean[i] * 101 / 100);
	}
}

static void the_seed_decides(void **unused)
{
	const struct schedule_spec spec = poisson(0, 38 * US, 42);
	const struct schedule_spec other_spec = poisson(0, 38 * US, 43);
	struct schedule one = start(&spec, 0), same = start(&spec, 77);
	struct schedule other = start(&other_spec, 0);
	int shot, alike = 0;

	for (shot = 0; shot < 1000; shot++) {
		u64 drawn = gap(&one);

		assert_int_equal(gap(&same), drawn);
		alike += gap(&other) == drawn;
	}
	assert_true(alike < 5);
}

/* Catching up and skipping, every due time lies where it lay for who is in time. */
static void poisson_times_stay(void **unused)
{
	const struct schedule_spec spec[] = {
		poisson(LATE_CATCH_UP, US, 4), poisson(LATE_SKIP, US, 4),
	};
	struct schedule grid = start(&spec[0], 0), s = start(&spec[0], 0);
	struct schedule skipping = start(&spec[1], 0);
	u64 seed = 1, passed = 0;
	int shot;

	for (shot = 0; shot < 3000; shot++) {
		schedule_advance(&s, schedule_due(&s) +
				 random_below(&seed, 20 * US));
		gap(&grid);
		assert_int_equal(schedule_due(&s), schedule_due(&grid));
	}
	grid = start(&spec[0], 0);
	for (shot = 0; shot < 3000; shot++) {
		u64 began = schedule_due(&skipping) +
			    random_below(&seed, 20 * US);

		schedule_advance(&skipping, began);
		for (gap(&grid); schedule_due(&grid) < began; passed++)
			gap(&grid);
		assert_int_equal(schedule_due(&skipping), schedule_due(&grid));
		assert_int_equal(skipping.skipped, passed);
	}
	assert_true(passed > 1000);
}

static void poisson_shifts(void **unused)
{
	const struct schedule_spec spec = poisson(LATE_SHIFT, 38 * US, 4);
	struct schedule grid = start(&spec, 0), s = start(&spec, 0);

	schedule_advance(&s, 1000);	/* jitter */
	assert_int_equal(schedule_due(&s), gap(&grid));
	schedule_advance(&s, schedule_due(&s) + 5 * MS);
	assert_int_equal(s.shifted_ns, 5 * MS);
	gap(&grid);
	assert_int_equal(schedule_due(&s), schedule_due(&grid) + 5 * MS);
}

/* Hours at the shortest interval: 36 billion are missed in one step. */
static void poisson_passes_over_hours(void **unused)
{
	u64 seed, after = 0;

	for (seed = 0; seed < 10000; seed++) {
		const struct schedule_spec spec = poisson(LATE_SKIP, 100, seed);
		struct schedule s = start(&spec, 0);

		schedule_advance(&s, HOUR);
		assert_in_range(schedule_due(&s), HOUR, HOUR + 4500);
		assert_in_range(s.skipped, HOUR / 100 - 400, HOUR / 100 + 400);
		after += schedule_due(&s) - HOUR;
	}
	/* without a memory, the next one is as far away as ever */
	assert_in_range(after / 10000, 95, 105);
}

/* ---- bursts ---- */

static void bursts_are_due_together(void **unused)
{
	const struct schedule_spec spec = burst(0, 38 * US, 8);
	struct schedule s = start(&spec, 5);
	int shot;

	for (shot = 1; shot < 100; shot++)
		assert_int_equal(gap(&s), shot % 8 ? 0 : 8 * 38 * US);
}

static void a_burst_of_one_is_cbr(void **unused)
{
	const struct schedule_spec spec = burst(0, 38 * US, 1);
	struct schedule s = start(&spec, 5);
	int shot;

	for (shot = 1; shot < 100; shot++)
		assert_int_equal(gap(&s), 38 * US);
}

/*
 * A shot takes 5 us, so all but the first of a burst begin late. That moves
 * nothing, and none is left out.
 */
static void bursts_take_their_time(void **unused)
{
	u32 late;
	int shot;

	for (late = 0; late < LATE_POLICIES; late++) {
		const struct schedule_spec spec = burst(late, 38 * US, 8);
		struct schedule s = start(&spec, 0);

		for (shot = 0; shot < 8000; shot++) {
			assert_int_equal(schedule_due(&s),
					 shot / 8 * 8 * 38 * US);
			schedule_advance(&s, schedule_due(&s) + shot % 8 * 5 * US);
		}
		assert_int_equal(s.skipped, 0);
		assert_int_equal(s.shifted_ns, 0);
	}
}

/* Of 4 shots, one each 10 us; one of the first burst begins at @began. */
static struct schedule burst_of_four(enum schedule_late late, int which,
				     u64 began)
{
	const struct schedule_spec spec = burst(late, 10 * US, 4);
	struct schedule s = start(&spec, 0);
	int shot;

	for (shot = 0; shot < which; shot++)
		gap(&s);
	schedule_advance(&s, began);
	return s;
}

static void a_late_burst(void **unused)
{
	struct schedule s = burst_of_four(LATE_SHIFT, 0, 7 * US);

	/* the burst begins then, and the next one 40 us later */
	assert_int_equal(schedule_due(&s), 7 * US);
	assert_int_equal(s.shifted_ns, 7 * US);
	gap(&s);
	gap(&s);
	assert_int_equal(gap(&s), 40 * US);

	/* stalled in its midst: the rest follows, the next is in time if it can */
	s = burst_of_four(LATE_SHIFT, 1, 90 * US);
	assert_int_equal(schedule_due(&s), 0);
	schedule_advance(&s, 91 * US);
	schedule_advance(&s, 92 * US);
	assert_int_equal(schedule_due(&s), 40 * US);
	schedule_advance(&s, 93 * US);
	assert_int_equal(s.shifted_ns, 53 * US);
	assert_int_equal(schedule_due(&s), 93 * US);

	s = burst_of_four(LATE_CATCH_UP, 3, 90 * US);
	assert_int_equal(schedule_due(&s), 40 * US);
	assert_int_equal(s.skipped, 0);

	/* bursts are left out whole */
	s = burst_of_four(LATE_SKIP, 2, 90 * US);
	assert_int_equal(schedule_due(&s), 0);
	schedule_advance(&s, 91 * US);
	assert_int_equal(schedule_due(&s), 120 * US);
	assert_int_equal(s.skipped, 8);
	assert_int_equal(gap(&s), 0);
	s = burst_of_four(LATE_SKIP, 3, 40 * US);
	assert_int_equal(schedule_due(&s), 40 * US);
	s = burst_of_four(LATE_SKIP, 3, HOUR);
	assert_int_equal(schedule_due(&s), HOUR);
	assert_int_equal(s.skipped, (HOUR / (40 * US) - 1) * 4);
}

/* ---- ramps ---- */

static void a_ramp_is_a_straight_line(void **unused)
{
	static const struct {
		u64 from, to, count;
	} c[] = {
		{ 60 * US, US, 5000 }, { US, 60 * US, 5000 }, { 100, 101, 1000 },
		{ 101, 100, 1000 }, { 38 * US, 38 * US, 10 }, { 160, 107, 3 },
		{ 12345, 99999, 17 }, { 10 * SEC, 100, 100 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(c); i++) {
		u64 from = c[i].from, to = c[i].to, k;
		u64 gaps = c[i].count - 1, sum = 0;
		const struct schedule_spec spec = ramp(0, from, to, c[i].count);
		struct schedule s = start(&spec, 0);

		for (k = 0; k < gaps; k++) {
			double ideal = from + ((double)to - from) * k / (gaps - 1);
			u64 g = gap(&s);

			assert_true(g >= min(from, to) && g <= max(from, to));
			assert_true(g > ideal - 1 && g < ideal + 1);
			if (k == 0)
				assert_int_equal(g, from);
			if (k == gaps - 1)
				assert_int_equal(g, to);
			sum += g;
		}
		/* rounding does not add up */
		assert_in_range(sum, gaps * (from + to) / 2,
				gaps * (from + to) / 2 + 1);
		/* who goes on beyond the end goes on like that */
		for (k = 0; k < 10; k++)
			assert_int_equal(gap(&s), to);
	}
}

static void the_shortest_ramps(void **unused)
{
	struct schedule_spec spec = ramp(0, 500, 200, 1);
	struct schedule s = start(&spec, 7);

	assert_int_equal(schedule_due(&s), 7);
	assert_int_equal(gap(&s), 200);
	spec.count = 2;
	s = start(&spec, 7);
	assert_int_equal(gap(&s), 500);
	assert_int_equal(gap(&s), 200);
	spec.count = 3;
	s = start(&spec, 7);
	assert_int_equal(gap(&s), 500);
	assert_int_equal(gap(&s), 200);
	assert_int_equal(gap(&s), 200);
}

/* No product leaves 64 bits: the two halves meet in the middle. */
static void the_longest_ramps(void **unused)
{
	const u64 count = SCHEDULE_MAX_RAMP, gaps = count - 1;
	const struct schedule_spec down = ramp(LATE_SKIP, 10 * SEC, 100, count);
	const struct schedule_spec up = ramp(LATE_SKIP, 100, 10 * SEC, count);
	const u64 total = gaps / 2 * (10 * SEC + 100) + (10 * SEC + 100) / 2;
	struct schedule s = start(&down, 0);

	schedule_advance(&s, total - 1);
	assert_int_equal(s.nth, gaps);
	assert_int_equal(s.skipped, gaps - 1);
	assert_int_equal(schedule_due(&s), total);
	s = start(&up, 0);
	schedule_advance(&s, total - 1);
	assert_int_equal(schedule_due(&s), total);
	assert_int_equal(gap(&s), 10 * SEC);
	schedule_advance(&s, NEVER);
	assert_int_equal(schedule_due(&s), NEVER);
}

/* ---- traces ---- */

static void a_trace_is_followed(void **unused)
{
	const struct schedule_spec spec = trace(0, five, 5);
	struct schedule s = start(&spec, 100);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(five); i++) {
		assert_false(schedule_over(&s));
		assert_int_equal(schedule_due(&s), 100 + five[i]);
		gap(&s);
	}
	assert_true(schedule_over(&s));
	gap(&s);
	assert_true(schedule_over(&s));
}

static void a_trace_may_begin_later(void **unused)
{
	const u64 times[] = { 500, 500, 700 };
	const struct schedule_spec spec = trace(0, times, 3);
	struct schedule s = start(&spec, 100);

	assert_int_equal(schedule_due(&s), 600);
	assert_int_equal(gap(&s), 0);
	assert_int_equal(gap(&s), 200);
	s = start(&spec, NEVER - 100);
	assert_int_equal(schedule_due(&s), NEVER);
}

static void a_trace_ends_by_skipping(void **unused)
{
	const struct schedule_spec spec = trace(LATE_SKIP, five, 5);
	struct schedule s = start(&spec, 0);

	schedule_advance(&s, HOUR);
	assert_true(schedule_over(&s));
	assert_int_equal(s.skipped, 4);
	s = start(&spec, 0);
	schedule_advance(&s, 11);
	assert_int_equal(schedule_due(&s), 25);
	assert_int_equal(s.skipped, 2);
	/* one that is due just now is not missed */
	s = start(&spec, 0);
	schedule_advance(&s, 25);
	assert_int_equal(schedule_due(&s), 25);
	/* of two due together both are fired */
	s = start(&spec, 0);
	schedule_advance(&s, 3);
	assert_int_equal(schedule_due(&s), 10);
	schedule_advance(&s, 24);
	assert_int_equal(schedule_due(&s), 10);
	schedule_advance(&s, 24);
	assert_int_equal(schedule_due(&s), 25);
	assert_int_equal(s.skipped, 0);
}

static void a_trace_shifts(void **unused)
{
	const u64 times[] = { 0, 10 * US, 10 * US, 30 * US, 40 * US };
	const struct schedule_spec spec = trace(LATE_SHIFT, times, 5);
	struct schedule s = start(&spec, 0);

	schedule_advance(&s, 1000);	/* jitter */
	assert_int_equal(schedule_due(&s), 10 * US);
	schedule_advance(&s, 15 * US);
	assert_int_equal(schedule_due(&s), 15 * US);
	schedule_advance(&s, 20 * US);	/* together with the one before */
	assert_int_equal(schedule_due(&s), 35 * US);
	assert_int_equal(s.shifted_ns, 5 * US);
	assert_int_equal(gap(&s), 10 * US);
}

/* ---- all kinds against one shadow, which goes one due time at a time ---- */

struct shadow {
	u64 due[2000];		/* as they lie in the spec */
	u64 n, offset;
	u64 skipped;
	bool together;
};

static void shadow_advance(struct shadow *m, enum schedule_late late, u64 began,
			   u64 jitter)
{
	u64 due = m->due[m->n] + m->offset;

	if (late == LATE_SHIFT && !m->together && began > due + jitter)
		m->offset += began - due;
	m->n++;
	m->together = m->due[m->n] == m->due[m->n - 1];
	while (late == LATE_SKIP && !m->together &&
	       m->due[m->n] + m->offset < began && m->due[m->n] != NEVER) {
		m->n++;
		m->skipped++;
	}
}

static void random_trace(u64 *seed, u64 *times, size_t n)
{
	u64 time = random_below(seed, 10 * US);
	size_t i;

	for (i = 0; i < n; i++) {
		times[i] = time;
		if (random_below(seed, 3))
			time += random_wide(seed) % (100 * US);
	}
}

static struct schedule_spec random_spec(u64 *seed, enum schedule_late late,
					u64 *times)
{
	u64 a = 100 + random_wide(seed) % MS, b = 100 + random_wide(seed) % MS;

	switch (random_below(seed, 4)) {
	case 0:
		return burst(late, a, 1 + random_below(seed, 40));
	case 1:
		return ramp(late, a, b, 1 + random_below(seed, 400));
	case 2:
		return poisson(late, a, random_next(seed));
	default:
		random_trace(seed, times, 300);
		return trace(late, times, 300);
	}
}

/* Where its due times lie is seen by going through them in time. */
static void shadow_of(struct shadow *m, const struct schedule_spec *spec)
{
	struct schedule s = start(spec, 0);

	*m = (struct shadow){ .n = 0 };
	for (m->n = 0; m->n < ARRAY_SIZE(m->due); m->n++) {
		m->due[m->n] = schedule_over(&s) ? NEVER : schedule_due(&s);
		gap(&s);
	}
	m->n = 0;
}

static u64 random_began(u64 *seed, u64 due)
{
	switch (random_below(seed, 6)) {
	case 0:
		return due + random_wide(seed) % MS;
	case 1:
		return due - random_below(seed, due + 1);
	default:
		return due + random_below(seed, 3 * US);
	}
}

static void random_delays_match_the_shadow(void **unused)
{
	static struct shadow m;
	static u64 times[300];
	u64 seed = 12;
	int round, shot;

	for (round = 0; round < 600; round++) {
		struct schedule_spec spec =
			random_spec(&seed, round % LATE_POLICIES, times);
		struct schedule s = start(&spec, 0);

		shadow_of(&m, &spec);
		for (shot = 0; shot < 300 && !schedule_over(&s); shot++) {
			u64 began = random_began(&seed, schedule_due(&s));
			u64 skipped = s.skipped;

			schedule_advance(&s, began);
			if (m.n + s.skipped - skipped + 1 >= ARRAY_SIZE(m.due) ||
			    (spec.kind == SCHEDULE_POISSON &&
			     s.skipped - skipped > 50))
				break;
			shadow_advance(&m, spec.late, began, s.jitter_ns);
			assert_int_equal(schedule_over(&s), m.due[m.n] == NEVER);
			if (!schedule_over(&s))
				assert_int_equal(schedule_due(&s),
						 m.due[m.n] + m.offset);
			assert_int_equal(s.skipped, m.skipped);
		}
	}
}

static void runs_go_on(void **unused)
{
	static u64 times[300];
	u64 seed = 31, late;
	int round;

	random_trace(&seed, times, 300);
	for (round = 0; round < 100; round++) {
		struct schedule_spec spec = random_spec(&seed, 0, times);
		struct schedule grid, s;
		int shot;

		for (late = 0; late < LATE_POLICIES; late++) {
			spec.late = late;
			grid = start(&spec, 0);
			s = start(&spec, 0);
			for (shot = random_below(&seed, 200); shot; shot--) {
				gap(&grid);
				gap(&s);
			}
			schedule_resume(&s, HOUR);
			assert_int_equal(schedule_due(&s), HOUR);
			assert_int_equal(gap(&s), gap(&grid));
			assert_int_equal(s.skipped, 0);
			assert_int_equal(s.shifted_ns, 0);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(init_checks_each_kind),
		cmocka_unit_test(init_refuses_what_is_unused),
		cmocka_unit_test(poisson_gaps_have_the_mean),
		cmocka_unit_test(the_seed_decides),
		cmocka_unit_test(poisson_times_stay),
		cmocka_unit_test(poisson_shifts),
		cmocka_unit_test(poisson_passes_over_hours),
		cmocka_unit_test(bursts_are_due_together),
		cmocka_unit_test(a_burst_of_one_is_cbr),
		cmocka_unit_test(bursts_take_their_time),
		cmocka_unit_test(a_late_burst),
		cmocka_unit_test(a_ramp_is_a_straight_line),
		cmocka_unit_test(the_shortest_ramps),
		cmocka_unit_test(the_longest_ramps),
		cmocka_unit_test(a_trace_is_followed),
		cmocka_unit_test(a_trace_may_begin_later),
		cmocka_unit_test(a_trace_ends_by_skipping),
		cmocka_unit_test(a_trace_shifts),
		cmocka_unit_test(random_delays_match_the_shadow),
		cmocka_unit_test(runs_go_on),
	};

	return cmocka_run_group_tests_name("schedule, kinds", tests, NULL, NULL);
}
