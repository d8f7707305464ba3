// SPDX-License-Identifier: GPL-2.0-only
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

#include "frame_ring.h"
#include "random.h"
#include "testing.h"

#define BYTES	(1 << 14)
#define LONGEST	3000

struct pair {
	u64 memory[BYTES / 8] __aligned(64);
	struct frame_ring_end put, take;
};

static void open_ends(struct pair *p, void *memory, u64 bytes)
{
	memset(memory, 0, bytes);
	frame_ring_open(&p->put, memory, bytes);
	frame_ring_open(&p->take, memory, bytes);
}

static void open_pair(struct pair *p)
{
	open_ends(p, p->memory, BYTES);
}

/* Frame @n: a length and bytes that only it has. */
static u32 fill(u8 *frame, u32 n)
{
	u64 seed = n;
	u32 i, len = random_below(&seed, LONGEST + 1);

	for (i = 0; i < len; i++)
		frame[i] = n * 31 + i;
	return len;
}

static void assert_frame(const u8 *frame, u32 len, u32 n)
{
	u8 right[LONGEST];

	assert_int_equal(len, fill(right, n));
	assert_memory_equal(frame, right, len);
}

static void nothing_where_nothing_was_put(void **unused)
{
	struct pair p;
	u32 len;

	open_pair(&p);
	assert_null(frame_ring_peek(&p.take, &len));
	assert_null(frame_ring_peek(&p.take, &len));
	assert_int_equal(p.take.ring->tail, 0);
}

static void no_ring_in_too_little_memory(void **unused)
{
	struct frame_ring_end end;
	u64 memory[FRAME_RING_LEAST / 8];

	frame_ring_open(&end, memory, FRAME_RING_LEAST - 1);
	assert_null(end.ring);
	frame_ring_open(&end, memory, 0);
	assert_null(end.ring);
}

static void frames_come_whole_and_in_order(void **unused)
{
	u32 put = 0, taken = 0, len;
	const void *frame;
	u8 buffer[LONGEST];
	u64 seed = 1;
	struct pair p;

	open_pair(&p);
	while (taken < 20000) {
		if (random_below(&seed, 2)) {
			len = fill(buffer, put);
			put += frame_ring_put(&p.put, buffer, len);
			continue;
		}
		frame = frame_ring_peek(&p.take, &len);
		assert_int_equal(!frame, put == taken);
		if (!frame)
			continue;
		assert_frame(frame, len, taken++);
		frame_ring_drop(&p.take, len);
	}
}

static void full_takes_no_more(void **unused)
{
	u8 frame[1500] = { 0 };
	u32 len, put = 0;
	struct pair p;

	open_pair(&p);
	while (frame_ring_put(&p.put, frame, sizeof(frame)))
		put++;
	assert_in_range(put, 9, BYTES / sizeof(frame));
	assert_false(frame_ring_put(&p.put, frame, sizeof(frame)));
	assert_non_null(frame_ring_peek(&p.take, &len));
	assert_false(frame_ring_put(&p.put, frame, sizeof(frame)));
	frame_ring_drop(&p.take, len);
	assert_true(frame_ring_put(&p.put, frame, sizeof(frame)));
	assert_false(frame_ring_put(&p.put, frame, BYTES));
	assert_false(frame_ring_put(&p.put, frame, FRAME_RING_SKIP));
}

static u64 large[4 * FRAME_RING_WARM / 8] __aligned(64);

static bool put_next(struct pair *p, u32 *put)
{
	u8 buffer[LONGEST];
	u32 len = fill(buffer, *put);
	bool done = frame_ring_put(&p->put, buffer, len);

	*put += done;
	return done;
}

/* Take all but @behind of @put frames; returns the furthest byte of them, 0: none. */
static u64 take_but(struct pair *p, u32 *taken, u32 put, u32 behind)
{
	u64 furthest = 0, end;
	const u8 *frame;
	u32 len;

	while (put - *taken > behind) {
		frame = frame_ring_peek(&p->take, &len);
		assert_non_null(frame);
		assert_frame(frame, len, (*taken)++);
		end = frame + len - p->take.ring->data;
		furthest = max(furthest, end);
		frame_ring_drop(&p->take, len);
	}
	return furthest;
}

static void who_keeps_up_finds_frames_in_the_same_memory(void **unused)
{
	u32 put = 0, taken = 0, behind, n;
	u64 furthest;
	struct pair p;

	open_ends(&p, large, sizeof(large));
	for (behind = 0; behind < 8; behind++)
		for (n = 0; n < 1000; n++) {
			assert_true(put_next(&p, &put));
			furthest = take_but(&p, &taken, put, behind);
			assert_in_range(furthest, 0, FRAME_RING_WARM + LONGEST);
		}
	assert_true(p.put.at > 8 * p.put.size);
}

static void who_falls_behind_has_all_of_the_memory(void **unused)
{
	u32 put = 0, taken = 0, round;
	struct pair p;

	open_ends(&p, large, sizeof(large));
	for (round = 0; round < 50; round++) {
		assert_true(put_next(&p, &put));
		take_but(&p, &taken, put, 0);
		while (put_next(&p, &put))
			;
		assert_in_range(p.put.at - p.take.at,
				p.put.size - 2 * (LONGEST + 8), p.put.size);
		assert_true(take_but(&p, &taken, put, round) >
			    3 * FRAME_RING_WARM);
	}
}

/* Whatever the other side writes, what is taken lies inside, and it ends. */
static void garbage_is_emptied(void **unused)
{
	u32 i, len, round, taken;
	const u8 *frame;
	u64 seed = 7;
	struct pair p;

	open_pair(&p);
	for (round = 0; round < 2000; round++) {
		for (i = 0; i < p.take.size; i += 4)
			*(u32 *)(p.take.ring->data + i) =
				random_below(&seed, 3) ?
					random_below(&seed, 2000) : ~0U;
		p.take.ring->head = random_below(&seed, 2) ?
			random_next(&seed) :
			p.take.at + random_below(&seed, BYTES);
		for (taken = 0; (frame = frame_ring_peek(&p.take, &len));
		     taken++) {
			assert_true(frame >= p.take.ring->data);
			assert_true(frame + len <=
				    p.take.ring->data + p.take.size);
			frame_ring_drop(&p.take, len);
		}
		assert_in_range(taken, 0, BYTES / 8);
		assert_int_equal(p.take.at, p.take.ring->head);
	}
}

#define RACED	100000

static void *put_all(void *arg)
{
	struct pair *p = arg;
	u8 frame[LONGEST];
	u32 n, len;

	for (n = 0; n < RACED; n++) {
		len = fill(frame, n);
		while (!frame_ring_put(&p->put, frame, len))
			sched_yield();
	}
	return NULL;
}

static void race(struct pair *p)
{
	const void *frame;
	pthread_t thread;
	u32 n = 0, len;

	assert_int_equal(pthread_create(&thread, NULL, put_all, p), 0);
	while (n < RACED) {
		frame = frame_ring_peek(&p->take, &len);
		if (!frame) {
			sched_yield();
			continue;
		}
		assert_frame(frame, len, n++);
		frame_ring_drop(&p->take, len);
	}
	pthread_join(thread, NULL);
	assert_null(frame_ring_peek(&p->take, &len));
}

static void two_threads_lose_nothing(void **unused)
{
	struct pair p;

	open_pair(&p);
	race(&p);
	open_ends(&p, large, sizeof(large));
	race(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_where_nothing_was_put),
		cmocka_unit_test(no_ring_in_too_little_memory),
		cmocka_unit_test(frames_come_whole_and_in_order),
		cmocka_unit_test(full_takes_no_more),
		cmocka_unit_test(who_keeps_up_finds_frames_in_the_same_memory),
		cmocka_unit_test(who_falls_behind_has_all_of_the_memory),
		cmocka_unit_test(garbage_is_emptied),
		cmocka_unit_test(two_threads_lose_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
