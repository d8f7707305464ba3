// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two threads on one NIC, as two CPUs are: no frame may stay behind because
 * its interrupt was lost between raising, auto-masking and unmasking, and
 * after the receiver is off no buffer may change.
 */
#include <pthread.h>
#include <sched.h>
#include <time.h>

#include "rig.h"

#define COUNT		64
#define FRAMES		20000
#define SECONDS		30	/* until a lost interrupt counts as lost */

static struct {
	struct rig *rig;
	u32 rung;		/* the doorbell: vector 0 was due */
	u32 given;		/* W: device */
	u32 ended;
} race;

static bool expired(time_t start)
{
	return time(NULL) - start > SECONDS;
}

static void ring(u32 vectors)
{
	if (vectors & 1)
		port_store_release(&race.rung, 1);
}

/* Take the doorbell's one bit, as a CPU takes an interrupt request. */
static bool answer(void)
{
	return __atomic_exchange_n(&race.rung, 0, __ATOMIC_SEQ_CST);
}

static void *device(void *unused)
{
	while (race.given < FRAMES) {
		struct nic_gift g = rig_give(race.rig, 60);

		if (g.outcome == OUTCOME_DELIVERED) {
			ring(g.vectors);
			port_store_release(&race.given, race.given + 1);
		} else {
			assert_int_equal(g.outcome, OUTCOME_NO_DESCRIPTOR);
			sched_yield();
		}
	}
	port_store_release(&race.ended, 1);
	return NULL;
}

/* e1000_clean_rx_irq(): all that are done, each slot made ready again */
static u32 clean(u32 *next)
{
	struct rig *r = race.rig;
	u32 n = 0;

	while (port_load_acquire(&rig_desc(r, *next)->status) &
	       cpu_to_le32(RX_STATUS_DD)) {
		port_store(&rig_desc(r, *next)->status, 0);
		port_store(&rig_desc(r, *next)->buffer,
			   cpu_to_le64(rig_buffer(*next)));
		wr(r, INTEL_RDT, *next);
		*next = (*next + 1) % COUNT;
		n++;
	}
	return n;
}

static void test_no_interrupt_is_lost(void **state)
{
	time_t start = time(NULL);
	u32 received = 0, next = 0;
	pthread_t thread;

	race.rig = *state;
	rig_rx(race.rig, COUNT);
	rig_msix(race.rig);
	assert_int_equal(pthread_create(&thread, NULL, device, NULL), 0);
	while (received < FRAMES && !expired(start)) {
		if (!answer()) {
			sched_yield();
			continue;
		}
		received += clean(&next);
		ring(wr(race.rig, INTEL_IMS, INTEL_ICR_RXQ0));
	}
	assert_int_equal(received, FRAMES);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(rd(race.rig, INTEL_GPRC), FRAMES);
}

static void *blind_device(void *unused)
{
	while (!port_load_acquire(&race.ended))
		rig_give(race.rig, 1500);
	return NULL;
}

static void assert_buffers(struct rig *r, u8 pattern)
{
	u32 i, j;

	for (i = 0; i < 8; i++)
		for (j = 0; j < 2048; j++)
			assert_int_equal(rig_at(r, rig_buffer(i))[j], pattern);
}

/* The driver frees its buffers as soon as the receiver is off. */
static void test_off_means_off(void **state)
{
	struct rig *r = *state;
	unsigned int i, rounds = 0;
	pthread_t thread;
	u64 unquiet;

	race.rig = r;
	race.ended = 0;
	assert_int_equal(pthread_create(&thread, NULL, blind_device, NULL), 0);
	for (i = 0; i < 200; i++) {
		rig_rx(r, 8);
		sched_yield();
		unquiet = r->port.unquiet;
		wr(r, i & 1 ? INTEL_RCTL : INTEL_CTRL,
		   i & 1 ? 0 : INTEL_CTRL_RST);
		/* The device's thread lost its CPU: the wait has its bound. */
		if (r->port.unquiet != unquiet)
			continue;
		memset(rig_at(r, rig_buffer(0)), 0x77, 8 * 2048);
		sched_yield();
		assert_buffers(r, 0x77);
		rounds++;
	}
	port_store_release(&race.ended, 1);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_true(rounds > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_no_interrupt_is_lost,
						rig_setup, rig_teardown),
		cmocka_unit_test_setup_teardown(test_off_means_off,
						rig_setup, rig_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
