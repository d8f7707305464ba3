// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "injector/frame.h"
#include "receiver.h"

#define RUN	0x1234567890abcdefULL

static struct intmgr_slot slot[INTMGR_SLOTS];
static u64 last[INTMGR_SLOTS];
static struct receiver_counts counts;

static struct receiver fresh(void)
{
	memset(slot, 0, sizeof(slot));
	memset(last, 0, sizeof(last));
	counts = (struct receiver_counts){ 0 };
	return (struct receiver){ .run = RUN, .slot = slot, .last = last,
				  .counts = &counts };
}

static void take(struct receiver *r, u64 run, u64 seq, u64 now)
{
	const struct frame_mark mark = {
		.run = cpu_to_le64(run), .seq = cpu_to_le64(seq),
	};

	receiver_take(r, &mark, sizeof(mark), now);
}

static void stamps_the_slot_of_its_shot(void **state)
{
	struct receiver r = fresh();

	slot[7].seq = 7;
	take(&r, RUN, 7, 1000);
	assert_int_equal(slot[7].socket, 1000);
	assert_int_equal(counts.read, 1);
	assert_int_equal(counts.foreign + counts.duplicate, 0);
}

static void others_frames_stamp_nothing(void **state)
{
	struct receiver r = fresh();
	u8 junk = 1;

	slot[7].seq = 7;
	take(&r, RUN + 1, 7, 1000);
	take(&r, RUN, 0, 1000);
	receiver_take(&r, &junk, 1, 1000);
	receiver_take(&r, &junk, 0, 1000);
	assert_int_equal(slot[7].socket, 0);
	assert_int_equal(slot[0].socket, 0);
	assert_int_equal(counts.foreign, 4);
	assert_int_equal(counts.read, 0);
}

static void a_later_shot_keeps_its_slot(void **state)
{
	struct receiver r = fresh();

	slot[7].seq = 7 + INTMGR_SLOTS;
	take(&r, RUN, 7, 1000);
	assert_int_equal(slot[7].socket, 0);
	assert_int_equal(counts.read, 1);
	take(&r, RUN, 7 + INTMGR_SLOTS, 2000);
	assert_int_equal(slot[7].socket, 2000);
	assert_int_equal(counts.read, 2);
}

static void a_frame_counts_once(void **state)
{
	struct receiver r = fresh();

	slot[7].seq = 7;
	take(&r, RUN, 7, 1000);
	take(&r, RUN, 7, 2000);
	assert_int_equal(slot[7].socket, 1000);
	assert_int_equal(counts.read, 1);
	assert_int_equal(counts.duplicate, 1);
}

#define ROOM	(64ULL << 20)

static void wakes_as_often_as_it_must(void **state)
{
	struct receiver_load load = { .count = 5000, .interval_ns = 38000,
				      .size = 1500 };

	assert_int_equal(receiver_period(&load, ROOM), 20000000);
	load.interval_ns = 1000;
	assert_int_equal(receiver_period(&load, ROOM), 8192000);
	load.size = 16384;
	load.interval_ns = 4000;
	assert_in_range(receiver_period(&load, ROOM), 7000000, 9000000);
	load.interval_ns = 100;
	assert_int_equal(receiver_period(&load, ROOM), 2000000);
	load.interval_ns = 10000000000;
	assert_int_equal(receiver_period(&load, ROOM), 20000000);
}

/* A kernel of little memory does not let all frames of a run wait. */
static void wakes_more_often_where_room_is_scarce(void **state)
{
	struct receiver_load load = { .count = 5000, .interval_ns = 38000,
				      .size = 1500 };

	assert_true(receiver_may_wait(&load, ROOM));
	assert_false(receiver_may_wait(&load, 4ULL << 20));
	load.size = 16384;
	assert_false(receiver_may_wait(&load, ROOM));
	assert_in_range(receiver_period(&load, 4ULL << 20), 4000000, 5000000);
	assert_int_equal(receiver_period(&load, 0), 2000000);
	assert_in_range(receiver_room(), 1, ROOM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stamps_the_slot_of_its_shot),
		cmocka_unit_test(others_frames_stamp_nothing),
		cmocka_unit_test(a_later_shot_keeps_its_slot),
		cmocka_unit_test(a_frame_counts_once),
		cmocka_unit_test(wakes_as_often_as_it_must),
		cmocka_unit_test(wakes_more_often_where_room_is_scarce),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
