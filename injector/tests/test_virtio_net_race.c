// SPDX-License-Identifier: GPL-2.0-only
/*
 * Several threads on one device, as several CPUs are: no frame may stay behind
 * because its interrupt was lost between used index and used_event; after a
 * reset no buffer may change; and two CPUs at one doorbell send each frame once.
 */
#include <pthread.h>
#include <sched.h>
#include <time.h>

#include "virtio_rig.h"

#define COUNT		64
#define FRAMES		30000
#define SECONDS		30	/* until a lost interrupt counts as lost */

static struct {
	struct rig *rig;
	u32 rung;		/* the RX vector was due */
	u32 given;		/* W: device */
	u32 ended;
} race;

static bool expired(time_t start)
{
	return time(NULL) - start > SECONDS;
}

static void *device(void *unused)
{
	while (race.given < FRAMES) {
		struct nic_gift g = rig_give(race.rig, 60);

		if (g.outcome == OUTCOME_DELIVERED) {
			if (g.vectors)
				port_store_release(&race.rung, 1);
			port_store_release(&race.given, race.given + 1);
		} else {
			assert_int_equal(g.outcome, OUTCOME_NO_DESCRIPTOR);
			sched_yield();
		}
	}
	return NULL;
}

/* virtnet_poll(): all that are used, each buffer offered again */
static u32 clean(struct rig *r)
{
	struct rig_queue *q = rig_rx(r);
	u32 n = 0;
	int head;

	while ((head = rig_take(r, q, NULL)) >= 0) {
		rig_offer(r, q, head);
		n++;
	}
	return n;
}

/* virtqueue_enable_cb_prepare(), virtqueue_poll(); true: more has come. */
static bool enable(struct rig *r)
{
	struct rig_queue *q = rig_rx(r);

	rig_set_event(r, q, q->taken);
	port_mb();
	return rig_used_idx(r, q) != q->taken;
}

static bool answer(void)
{
	return __atomic_exchange_n(&race.rung, 0, __ATOMIC_SEQ_CST);
}

static void test_no_interrupt_is_lost(void **state)
{
	time_t start = time(NULL);
	u32 received = 0, interrupts = 0;
	pthread_t thread;

	race.rig = *state;
	race.rung = 0;
	race.given = 0;
	rig_probe(race.rig, RIG_FEATURES, COUNT);
	rig_fill(race.rig, 0, COUNT, 1536);
	assert_int_equal(pthread_create(&thread, NULL, device, NULL), 0);
	while (received < FRAMES && !expired(start)) {
		if (!answer()) {
			sched_yield();
			continue;
		}
		interrupts++;
		rig_set_event(race.rig, rig_rx(race.rig), 0);
		do
			received += clean(race.rig);
		while (enable(race.rig));
	}
	assert_int_equal(received, FRAMES);
	assert_true(interrupts > 0 && interrupts <= FRAMES + 1);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_no_fault(race.rig);
}

static void *blind_device(void *unused)
{
	while (!port_load_acquire(&race.ended))
		rig_give(race.rig, 5000);
	return NULL;
}

/* By turns a reset of the device and of the queue, 2.6.1.1 */
static void stop(struct rig *r, bool whole)
{
	if (whole) {
		rig_reset(r);
		return;
	}
	wr(r, VIRTIO_QUEUE_SELECT, 2, VIRTIO_NET_RX);
	wr(r, VIRTIO_QUEUE_RESET, 2, 1);
}

/* The driver frees rings and buffers as soon as the reset is over. */
static void test_off_means_off(void **state)
{
	struct rig *r = *state;
	unsigned int i, j, rounds = 0;
	pthread_t thread;
	u64 unquiet;

	race.rig = r;
	race.ended = 0;
	assert_int_equal(pthread_create(&thread, NULL, blind_device, NULL), 0);
	for (i = 0; i < 200; i++) {
		rig_probe(r, RIG_FEATURES, COUNT);
		rig_fill(r, 0, COUNT, 1536);
		sched_yield();
		unquiet = r->port.unquiet;
		stop(r, i & 1);
		/* The device's thread lost its CPU: the wait has its bound. */
		if (r->port.unquiet != unquiet)
			continue;
		memset(r->pool, 0x77, RIG_RING);
		memset(rig_at(r, rig_buffer(0)), 0x77, COUNT * 4096);
		sched_yield();
		for (j = 0; j < RIG_RING; j++)
			assert_int_equal(r->pool[j], 0x77);
		for (j = 0; j < COUNT * 4096; j++)
			assert_int_equal(rig_at(r, rig_buffer(0))[j], 0x77);
		rounds++;
	}
	port_store_release(&race.ended, 1);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_true(rounds > 0);
}

static void *kicker(void *unused)
{
	while (!port_load_acquire(&race.ended))
		wr(race.rig, rig_doorbell(VIRTIO_NET_TX), 2, 1);
	return NULL;
}

/* Frames are numbered; each leaves once, whole, in order. */
static void see_number(struct nic *nic, const void *frame, u32 len)
{
	struct rig *r = (struct rig *)nic;
	u32 number;

	memcpy(&number, (const u8 *)frame + 14, 4);
	assert_int_equal(number, r->seen_count);
	assert_int_equal(len, 100);
	r->seen_count++;
}

static void test_two_doorbells(void **state)
{
	struct rig *r = *state;
	struct rig_queue *q;
	pthread_t thread;
	u32 i, freed = 0;

	race.rig = r;
	race.ended = 0;
	rig_probe(r, RIG_FEATURES, COUNT);
	r->wire.send = see_number;
	q = &r->queue[VIRTIO_NET_TX];
	assert_int_equal(pthread_create(&thread, NULL, kicker, NULL), 0);
	for (i = 0; i < FRAMES; i++) {
		u64 b = rig_buffer(i % COUNT);

		while (i - freed == COUNT) {
			while (rig_take(r, q, NULL) >= 0)
				freed++;
			rig_kick(r, q);
		}
		memset(rig_at(r, b), 0, 112);
		memcpy(rig_at(r, b) + 26, &i, 4);
		rig_put(r, q, i % COUNT, b, 112, 0, 0);
		rig_offer(r, q, i % COUNT);
		rig_kick(r, q);
	}
	port_store_release(&race.ended, 1);
	assert_int_equal(pthread_join(thread, NULL), 0);
	rig_kick(r, q);
	assert_int_equal(r->seen_count, FRAMES);
	assert_no_fault(r);
}

#define RIGGED(test)	cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RIGGED(test_no_interrupt_is_lost),
		RIGGED(test_off_means_off),
		RIGGED(test_two_doorbells),
	};

	return cmocka_run_group_tests_name("virtio_net, race", tests, NULL,
					   NULL);
}
