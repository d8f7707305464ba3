// SPDX-License-Identifier: GPL-2.0-only
/*
 * Several threads on one NIC, as CPUs are: no frame of any queue may stay behind
 * because its interrupt was lost between raising, auto-masking and unmasking;
 * after the receiver or a queue is off no buffer may change; what queues count
 * together is not lost; and the semaphore has one holder.
 */
#include <pthread.h>
#include <sched.h>
#include <time.h>

#include "82576_rig.h"

#define QUEUES		3
#define COUNT		64
#define FRAMES		20000	/* for each queue */
#define SECONDS		60	/* until a lost interrupt counts as lost */

static struct {
	struct igb_rig *rig;
	u32 rung[EICR_VECTORS];	/* the doorbells: a vector was due */
	u32 ended;
	time_t start;
} race;

static bool expired(void)
{
	return time(NULL) - race.start > SECONDS;
}

static void ring(u32 vectors)
{
	u32 i;

	for (i = 0; i < EICR_VECTORS; i++)
		if (vectors >> i & 1)
			port_store_release(&race.rung[i], 1);
}

/* Take the doorbell's one bit, as a CPU takes an interrupt request. */
static bool answer(u32 vector)
{
	return __atomic_exchange_n(&race.rung[vector], 0, __ATOMIC_SEQ_CST);
}

/* One giver for each queue: they take turns in nic_give(). */
static void *device(void *arg)
{
	u8 data[60] = { 0x02, 0x00, 0x5e, 0x10, 0x00, 0x01 };
	u32 queue = (u32)(uintptr_t)arg, given = 0;
	struct nic_frame frame = { .data = data, .len = sizeof(data) };
	struct nic *nic = &race.rig->nic;
	struct nic_gift g;

	data[12] = 0x08;
	data[14] = 0x45;
	while (nic->ops->steer(nic, data, sizeof(data)) != queue)
		data[29]++;
	while (given < FRAMES && !expired()) {
		nic_give(nic, &frame, &g);
		if (g.outcome == OUTCOME_DELIVERED) {
			assert_int_equal(g.queue, queue);
			ring(g.vectors);
			given++;
		} else {
			assert_int_equal(g.outcome, OUTCOME_NO_DESCRIPTOR);
			sched_yield();
		}
	}
	return NULL;
}

/* igb_clean_rx_irq(): all that are done, each slot made ready again */
static u32 clean(u32 queue, u32 *next)
{
	struct igb_rig *r = race.rig;
	u32 n = 0;

	while (igb_length(&(struct igb_desc) {
		.high = port_load_acquire(&igb_rx_desc(r, queue,
						       *next)->high),
	})) {
		port_store(&igb_rx_desc(r, queue, *next)->high, 0);
		port_store(&igb_rx_desc(r, queue, *next)->low,
			   cpu_to_le64(igb_buffer(queue, *next)));
		wr(r, I82576_RDT(queue), *next);
		*next = (*next + 1) % COUNT;
		n++;
	}
	return n;
}

static void *driver(void *arg)
{
	u32 queue = (u32)(uintptr_t)arg, received = 0, next = 0;

	while (received < FRAMES && !expired()) {
		if (!answer(1 + queue)) {
			sched_yield();
			continue;
		}
		received += clean(queue, &next);
		ring(wr(race.rig, I82576_EIMS, 2u << queue));
	}
	return (void *)(uintptr_t)received;
}

static void test_no_interrupt_is_lost(void **state)
{
	pthread_t devices[QUEUES], drivers[QUEUES];
	uintptr_t i;
	void *received;

	race.rig = *state;
	race.start = time(NULL);
	igb_up(race.rig, QUEUES, COUNT);
	for (i = 0; i < QUEUES; i++) {
		assert_int_equal(pthread_create(&drivers[i], NULL, driver,
						(void *)i), 0);
		assert_int_equal(pthread_create(&devices[i], NULL, device,
						(void *)i), 0);
	}
	for (i = 0; i < QUEUES; i++) {
		assert_int_equal(pthread_join(devices[i], NULL), 0);
		assert_int_equal(pthread_join(drivers[i], &received), 0);
		assert_int_equal((uintptr_t)received, FRAMES);
	}
	assert_int_equal(rd(race.rig, INTEL_GPRC), QUEUES * FRAMES);
}

static void *blind_device(void *unused)
{
	while (!port_load_acquire(&race.ended))
		igb_give(race.rig, 3000);
	return NULL;
}

static void assert_buffers(struct igb_rig *r, u8 pattern)
{
	const u8 *at = igb_at(r, igb_buffer(0, 0));
	u32 i;

	for (i = 0; i < 8 * 2048; i++)
		assert_int_equal(at[i], pattern);
}

/* The driver frees its buffers as soon as the receiver or the queue is off. */
static void test_off_means_off(void **state)
{
	static const struct {
		u32 reg, value;
	} off[] = {
		{ INTEL_RCTL, 0 },
		{ INTEL_CTRL, INTEL_CTRL_RST },
		{ I82576_RXDCTL(0), 0 },
	};
	struct igb_rig *r = *state;
	unsigned int i, rounds = 0;
	pthread_t thread;
	u64 unquiet;

	race.rig = r;
	race.ended = 0;
	assert_int_equal(pthread_create(&thread, NULL, blind_device, NULL), 0);
	for (i = 0; i < 300; i++) {
		rd(r, INTEL_STATUS);
		igb_up(r, 1, 8);
		sched_yield();
		unquiet = r->port.unquiet;
		wr(r, off[i % 3].reg, off[i % 3].value);
		/* The device's thread lost its CPU: the wait has its bound. */
		if (r->port.unquiet != unquiet)
			continue;
		memset(igb_at(r, igb_buffer(0, 0)), 0x77, 8 * 2048);
		sched_yield();
		assert_buffers(r, 0x77);
		rounds++;
	}
	port_store_release(&race.ended, 1);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_true(rounds > 0);
}

#define SENT	100000	/* for each queue */

static pthread_barrier_t start;

/* A CPU that sends on its queue */
static void *sender(void *arg)
{
	u32 queue = (u32)(uintptr_t)arg, i, tail = 0;
	struct igb_rig *r = race.rig;

	pthread_barrier_wait(&start);
	for (i = 0; i < SENT; i++) {
		*igb_tx_desc(r, queue, tail) = (struct igb_desc) {
			cpu_to_le64(IGB_BUS + IGB_DATA),
			cpu_to_le64(0x2b300000 | 60),
		};
		tail = (tail + 1) % COUNT;
		wr(r, I82576_TDT(queue), tail);
		assert_int_equal(rd(r, I82576_TDH(queue)), tail);
	}
	return NULL;
}

/* igb_config_collision_dist(), which the watchdog calls whatever is sent */
static void *collision_distance(void *unused)
{
	u32 i;

	pthread_barrier_wait(&start);
	for (i = 0; i < SENT; i++)
		wr(race.rig, INTEL_TCTL, rd(race.rig, INTEL_TCTL));
	return NULL;
}

/* Each frame leaves once, and is counted once. */
static void test_counters_of_all_queues(void **state)
{
	pthread_t threads[QUEUES], other;
	uintptr_t i;

	race.rig = *state;
	igb_up(race.rig, QUEUES, COUNT);
	pthread_barrier_init(&start, NULL, QUEUES + 1);
	for (i = 0; i < QUEUES; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, sender,
						(void *)i), 0);
	assert_int_equal(pthread_create(&other, NULL, collision_distance,
					NULL), 0);
	for (i = 0; i < QUEUES; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	assert_int_equal(pthread_join(other, NULL), 0);
	assert_int_equal(rd(race.rig, INTEL_GPTC), QUEUES * SENT);
	assert_int_equal(rd(race.rig, INTEL_GOTCL), QUEUES * SENT * 64);
}

#define HELD	20000	/* times, by each */

static u32 holders;

/* igb_get_hw_semaphore(), first half: wait until the bit reads 0 */
static void *holder(void *unused)
{
	struct igb_rig *r = race.rig;
	u32 i;

	for (i = 0; i < HELD && !expired(); i++) {
		while ((rd(r, I82576_SWSM) & I82576_SWSM_SMBI) && !expired())
			sched_yield();
		assert_int_equal(__atomic_add_fetch(&holders, 1,
						    __ATOMIC_SEQ_CST), 1);
		__atomic_sub_fetch(&holders, 1, __ATOMIC_SEQ_CST);
		wr(r, I82576_SWSM, 0);
	}
	return NULL;
}

/* Whatever reads at once, one has the semaphore. */
static void test_semaphore(void **state)
{
	pthread_t threads[2];
	int i;

	race.rig = *state;
	race.start = time(NULL);
	wr(race.rig, I82576_SWSM, 0);
	for (i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, holder,
						NULL), 0);
	for (i = 0; i < 2; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	assert_false(expired());
}

#define TEST(t)	cmocka_unit_test_setup_teardown(t, igb_setup, igb_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_no_interrupt_is_lost),
		TEST(test_off_means_off),
		TEST(test_counters_of_all_queues),
		TEST(test_semaphore),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
