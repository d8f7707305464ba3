// SPDX-License-Identifier: GPL-2.0-only
#include "schedule.h"
#include "testing.h"

#define NEVER	(~0ULL)
#define US	1000ULL
#define SEC	1000000000ULL

static struct schedule make(enum schedule_late late, u64 interval, u64 start)
{
	const struct schedule_spec spec = {
		.kind = SCHEDULE_CBR,
		.late = late,
		.interval_ns = interval,
	};
	struct schedule s;

	assert_int_equal(schedule_init(&s, &spec, start), 0);
	return s;
}

#define SPEC(kind_, late_, ns) \
	{ .kind = (kind_), .late = (late_), .interval_ns = (ns), .seed = 7 }

static void init_checks_its_spec(void **unused)
{
	static const struct {
		struct schedule_spec spec;
		int result;
	} c[] = {
		{ SPEC(SCHEDULE_CBR, LATE_SHIFT, 100), 0 },
		{ SPEC(SCHEDULE_CBR, LATE_CATCH_UP, 38 * US), 0 },
		{ SPEC(SCHEDULE_CBR, LATE_SKIP, 10 * SEC), 0 },
		{ SPEC(SCHEDULE_CBR, LATE_SHIFT, 0), -EINVAL },
		{ SPEC(SCHEDULE_CBR, LATE_SHIFT, 99), -EINVAL },
		{ SPEC(SCHEDULE_CBR, LATE_SHIFT, 10 * SEC + 1), -EINVAL },
		{ SPEC(SCHEDULE_CBR, LATE_SHIFT, NEVER), -EINVAL },
		{ SPEC(SCHEDULE_CBR, LATE_SHIFT, -38LL * US), -EINVAL },
		{ SPEC(SCHEDULE_KINDS, LATE_SHIFT, US), -EINVAL },
		{ SPEC(-1, LATE_SHIFT, US), -EINVAL },
		{ SPEC(SCHEDULE_CBR, LATE_POLICIES, US), -EINVAL },
		{ SPEC(SCHEDULE_CBR, -1, US), -EINVAL },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(c); i++) {
		struct schedule s, before;

		memset(&s, 0xa5, sizeof(s));
		memcpy(&before, &s, sizeof(s));
		assert_int_equal(schedule_init(&s, &c[i].spec, 5), c[i].result);
		if (c[i].result) {
			assert_memory_equal(&s, &before, sizeof(s));
			continue;
		}
		assert_int_equal(schedule_due(&s), 5);
		assert_int_equal(s.skipped, 0);
		assert_int_equal(s.shifted_ns, 0);
		assert_int_equal(s.spec.interval_ns, c[i].spec.interval_ns);
	}
}

/* One shot due at 1 s, one step. */
static void one_late_shot(void **unused)
{
	static const struct {
		u64 interval;
		s64 delay;
		enum schedule_late late;
		u64 next;		/* after 1 s */
		u64 skipped, shifted;
	} c[] = {
		/* on time, and early: the grid */
		{ 38 * US, 0, LATE_SHIFT, 38 * US, 0, 0 },
		{ 38 * US, 0, LATE_CATCH_UP, 38 * US, 0, 0 },
		{ 38 * US, 0, LATE_SKIP, 38 * US, 0, 0 },
		{ 38 * US, -5, LATE_SHIFT, 38 * US, 0, 0 },
		{ 38 * US, -5, LATE_CATCH_UP, 38 * US, 0, 0 },
		{ 38 * US, -5, LATE_SKIP, 38 * US, 0, 0 },
		{ 38 * US, -(s64)SEC, LATE_SHIFT, 38 * US, 0, 0 },
		{ 38 * US, -(s64)SEC, LATE_SKIP, 38 * US, 0, 0 },
		/* jitter: up to 1 us, or a sixteenth of the interval */
		{ 38 * US, 1000, LATE_SHIFT, 38 * US, 0, 0 },
		{ 38 * US, 1001, LATE_SHIFT, 39001, 0, 1001 },
		{ 16 * US, 1000, LATE_SHIFT, 16 * US, 0, 0 },
		{ 16 * US, 1001, LATE_SHIFT, 17001, 0, 1001 },
		{ 1600, 100, LATE_SHIFT, 1600, 0, 0 },
		{ 1600, 101, LATE_SHIFT, 1701, 0, 101 },
		{ 100, 6, LATE_SHIFT, 100, 0, 0 },
		{ 100, 7, LATE_SHIFT, 107, 0, 7 },
		{ 10 * SEC, 1000, LATE_SHIFT, 10 * SEC, 0, 0 },
		{ 10 * SEC, 1001, LATE_SHIFT, 10 * SEC + 1001, 0, 1001 },
		/* a stall of ten intervals */
		{ US, 10 * US, LATE_SHIFT, 11 * US, 0, 10 * US },
		{ US, 10 * US, LATE_CATCH_UP, US, 0, 0 },
		{ US, 10 * US, LATE_SKIP, 10 * US, 9, 0 },
		/* skip: a due time that is just now is not missed */
		{ US, 1, LATE_SKIP, US, 0, 0 },
		{ US, US - 1, LATE_SKIP, US, 0, 0 },
		{ US, US, LATE_SKIP, US, 0, 0 },
		{ US, US + 1, LATE_SKIP, 2 * US, 1, 0 },
		/* a machine that slept for an hour */
		{ 100, 3600 * SEC, LATE_SKIP, 3600 * SEC, 36 * SEC - 1, 0 },
		{ 100, 3600 * SEC, LATE_SHIFT, 3600 * SEC + 100, 0, 3600 * SEC },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(c); i++) {
		struct schedule s = make(c[i].late, c[i].interval, SEC);

		schedule_advance(&s, SEC + c[i].delay);
		assert_int_equal(schedule_due(&s), SEC + c[i].next);
		assert_int_equal(s.skipped, c[i].skipped);
		assert_int_equal(s.shifted_ns, c[i].shifted);
	}
}

static void the_end_of_time_is_no_wrap(void **unused)
{
	static const struct {
		u64 start, began;
		enum schedule_late late;
		u64 next;
	} c[] = {
		{ NEVER - 100, NEVER - 100, LATE_SHIFT, NEVER },
		{ NEVER - 99, NEVER - 99, LATE_SHIFT, NEVER },
		{ NEVER, NEVER, LATE_SHIFT, NEVER },
		{ 5, NEVER, LATE_SHIFT, NEVER },
		{ NEVER - 99, NEVER - 99, LATE_CATCH_UP, NEVER },
		{ NEVER, NEVER, LATE_CATCH_UP, NEVER },
		{ NEVER, 0, LATE_CATCH_UP, NEVER },
		{ NEVER - 99, NEVER, LATE_SKIP, NEVER },
		{ NEVER, NEVER, LATE_SKIP, NEVER },
		{ NEVER - 250, NEVER, LATE_SKIP, NEVER },
		{ 0, NEVER, LATE_SKIP, NEVER },
		{ 0, NEVER - 15, LATE_SKIP, NEVER - 15 },	/* on the grid */
		{ 0, NEVER - 14, LATE_SKIP, NEVER },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(c); i++) {
		struct schedule s = make(c[i].late, 100, c[i].start);

		schedule_advance(&s, c[i].began);
		assert_int_equal(schedule_due(&s), c[i].next);
	}
}

/* The shadow: the policies in words of one step of the grid at a time. */
struct shadow {
	u64 due, interval, skipped, shifted;
};

static void shadow_advance(struct shadow *m, enum schedule_late late, u64 began)
{
	bool jitter = began <= m->due ||
		      (16 * (began - m->due) <= m->interval &&
		       began - m->due <= 1000);

	if (late == LATE_SHIFT && !jitter) {
		m->shifted += began - m->due;
		m->due = began;
	}
	m->due += m->interval;
	while (late == LATE_SKIP && m->due < began) {
		m->due += m->interval;
		m->skipped++;
	}
}

/* Mostly on time, often a little late, now and then early or stalled. */
static u64 random_began(u64 *seed, u64 due, u64 interval)
{
	switch (random_below(seed, 8)) {
	case 0:
		return due - random_below(seed, due);
	case 1:
		return due + random_below(seed, 50 * interval);
	case 2:
		return due + random_below(seed, 4) * interval;
	case 3:
		return due + interval / 16 + random_below(seed, 3) - 1;
	default:
		return due + random_below(seed, interval / 8 + 1);
	}
}

static void random_delays_match_the_shadow(void **unused)
{
	u64 seed = 3;
	int round, shot;

	for (round = 0; round < 300; round++) {
		u64 interval = 100 + random_wide(&seed) % (10 * SEC - 99);
		u64 start = 1 + random_below(&seed, SEC);
		enum schedule_late late = round % LATE_POLICIES;
		struct schedule s = make(late, interval, start);
		struct shadow m = { .due = start, .interval = interval };

		for (shot = 0; shot < 300; shot++) {
			u64 began = random_began(&seed, m.due, interval);

			schedule_advance(&s, began);
			shadow_advance(&m, late, began);
			assert_int_equal(schedule_due(&s), m.due);
			assert_int_equal(s.skipped, m.skipped);
			assert_int_equal(s.shifted_ns, m.shifted);
		}
	}
}

/* Jitter must not add up: a million shots, each 1 us late, end on the grid. */
static void jitter_never_drifts(void **unused)
{
	struct schedule s = make(LATE_SHIFT, 38 * US, 0);
	int i;

	for (i = 0; i < 1000000; i++)
		schedule_advance(&s, schedule_due(&s) + 1000);
	assert_int_equal(schedule_due(&s), 38 * US * 1000000);
	assert_int_equal(s.shifted_ns, 0);
	assert_int_equal(s.skipped, 0);
}

static void names(void **unused)
{
	assert_string_equal(schedule_kind_name(SCHEDULE_CBR), "cbr");
	assert_string_equal(schedule_kind_name(SCHEDULE_POISSON), "poisson");
	assert_string_equal(schedule_kind_name(SCHEDULE_BURST), "burst");
	assert_string_equal(schedule_kind_name(SCHEDULE_RAMP), "ramp");
	assert_string_equal(schedule_kind_name(SCHEDULE_TRACE), "trace");
	assert_string_equal(schedule_late_name(LATE_SHIFT), "shift");
	assert_string_equal(schedule_late_name(LATE_CATCH_UP), "catch-up");
	assert_string_equal(schedule_late_name(LATE_SKIP), "skip");
	assert_string_equal(schedule_kind_name(SCHEDULE_KINDS), "unknown");
	assert_string_equal(schedule_late_name(LATE_POLICIES), "unknown");
	assert_string_equal(schedule_kind_name(-1), "unknown");
	assert_string_equal(schedule_late_name(-1), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(init_checks_its_spec),
		cmocka_unit_test(one_late_shot),
		cmocka_unit_test(the_end_of_time_is_no_wrap),
		cmocka_unit_test(random_delays_match_the_shadow),
		cmocka_unit_test(jitter_never_drifts),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests_name("schedule", tests, NULL, NULL);
}
