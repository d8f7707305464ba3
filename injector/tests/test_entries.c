// SPDX-License-Identifier: GPL-2.0-only
#include "entries.h"
#include "testing.h"

static void each_rule(void **unused)
{
	static const struct {
		u64 used, rung, entry;
		enum entry_match match;
	} c[] = {
		/* nothing in the log */
		{ 0, 100, 0, ENTRY_NONE },
		{ 50, 51, 0, ENTRY_NONE },
		{ 50, 50, 0, ENTRY_MERGED },
		{ 50, 49, 0, ENTRY_MERGED },
		/* an entry in the log */
		{ 0, 100, 99, ENTRY_OLDER },
		{ 0, 100, 100, ENTRY_OWN },
		{ 0, 100, 101, ENTRY_OWN },
		{ 50, 51, 51, ENTRY_OWN },
		{ 50, 60, 55, ENTRY_OLDER },
		/* the newest used entry answers, whatever the log holds */
		{ 50, 50, 60, ENTRY_MERGED },
		{ 50, 40, 60, ENTRY_MERGED },
		{ 50, 50, 45, ENTRY_MERGED },
		/* the ends of time */
		{ 0, 1, 1, ENTRY_OWN },
		{ 0, ~0ULL, ~0ULL, ENTRY_OWN },
		{ ~0ULL, ~0ULL, 0, ENTRY_MERGED },
		{ 0, ~0ULL, ~0ULL - 1, ENTRY_OLDER },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(c); i++) {
		struct entry_pairing p = { .entry = c[i].used };
		bool own = c[i].match == ENTRY_OWN;

		assert_int_equal(entry_match(&p, c[i].rung, c[i].entry),
				 c[i].match);
		assert_int_equal(p.entry, own ? c[i].entry : c[i].used);
	}
}

#define RINGS	2000
#define LOG	(2 * RINGS)

/* A life of one vector: times only grow, in both lists. */
struct life {
	u64 rung[RINGS], entry[LOG];
	size_t rings, entries;
};

/*
 * What the local APIC does: a ring sets the request bit, the handler enters
 * some time later and clears it. Now and then a handler enters for a reason of
 * its own, and a ring of the last few is never answered.
 */
static void live(struct life *l, u64 *seed)
{
	u64 spread = 1 + random_below(seed, 1000);
	u64 now = 1, taken = 0;

	memset(l, 0, sizeof(*l));
	while (l->rings < RINGS) {
		now += random_below(seed, spread);
		if (taken && now >= taken) {
			l->entry[l->entries++] = taken;
			now = taken + 1;
			taken = 0;
		} else if (!taken && !random_below(seed, 8) &&
			   l->entries < LOG - RINGS) {
			l->entry[l->entries++] = now++;
		}
		l->rung[l->rings++] = now;
		if (!taken)
			taken = now + random_below(seed, 500);
	}
}

/* The shadow: each ring is answered by the first entry not before it. */
static size_t answer(const struct life *l, size_t ring)
{
	size_t i;

	for (i = 0; i < l->entries; i++)
		if (l->entry[i] >= l->rung[ring])
			break;
	return i;
}

static enum entry_match expected(const struct life *l, size_t ring)
{
	size_t mine = answer(l, ring);

	if (mine == l->entries)
		return ENTRY_NONE;
	if (ring && answer(l, ring - 1) == mine)
		return ENTRY_MERGED;
	return ENTRY_OWN;
}

/* Walk the log as its reader does, with no more than @seen entries written. */
static enum entry_match pair(struct entry_pairing *p, const struct life *l,
			     size_t ring, size_t *tail, size_t seen)
{
	enum entry_match m;
	u64 entry;

	do {
		entry = *tail < seen ? l->entry[*tail] : 0;
		m = entry_match(p, l->rung[ring], entry);
		if (m == ENTRY_OLDER || m == ENTRY_OWN)
			(*tail)++;
	} while (m == ENTRY_OLDER);
	return m;
}

static void random_lives_match_the_shadow(void **unused)
{
	static struct life l;
	u64 seed = 1;
	int round;

	for (round = 0; round < 10; round++) {
		struct entry_pairing p = { 0 };
		size_t ring, tail = 0, seen = 0;

		live(&l, &seed);
		for (ring = 0; ring < l.rings; ring++) {
			enum entry_match m;

			/* the log's writer is ahead by a random stretch */
			m = pair(&p, &l, ring, &tail, seen);
			while (m == ENTRY_NONE && seen < l.entries) {
				seen++;
				seen += random_below(&seed, 7);
				seen = min(seen, l.entries);
				m = pair(&p, &l, ring, &tail, seen);
			}
			assert_int_equal(m, expected(&l, ring));
		}
		assert_true(tail <= l.entries);
	}
}

static void silence_answers_nobody(void **unused)
{
	struct entry_pairing p = { 0 };
	u64 rung;

	for (rung = 1; rung < 1000; rung++)
		assert_int_equal(entry_match(&p, rung, 0), ENTRY_NONE);
	assert_int_equal(p.entry, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule),
		cmocka_unit_test(random_lives_match_the_shadow),
		cmocka_unit_test(silence_answers_nobody),
	};

	return cmocka_run_group_tests_name("entries", tests, NULL, NULL);
}
