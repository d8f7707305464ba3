// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the support side (support/) needs of a program: a thread that paces, and
 * a clock.
 */
#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "cpus.h"
#include "stop.h"
#include "support/support.h"

#define CALIBRATION_NS	20000000ULL
#define WAIT_MS		10

static u64 now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_RAW, &t);
	return t.tv_sec * 1000000000ULL + t.tv_nsec;
}

/* Both clocks at one time: the closest of some pairs. */
static void read_both(u64 *cycles, u64 *ns)
{
	u64 before, after, least = ~0ULL, t;
	int i;

	for (i = 0; i < 20; i++) {
		before = clock_read();
		t = now_ns();
		after = clock_read();
		if (after - before >= least)
			continue;
		least = after - before;
		*cycles = before + least / 2;
		*ns = t;
	}
}

static u32 calibrate(void)
{
	const struct timespec span = { .tv_nsec = CALIBRATION_NS };
	u64 cycles[2], ns[2];

	read_both(&cycles[0], &ns[0]);
	nanosleep(&span, NULL);
	read_both(&cycles[1], &ns[1]);
	return (cycles[1] - cycles[0]) * 1000000 / (ns[1] - ns[0]);
}

/* No file says it, so it is measured, once. */
u32 clock_khz(void)
{
	static u32 khz;

	if (!khz)
		khz = calibrate();
	return khz;
}

static void *pace(void *arg)
{
	struct run *r = arg;

	stop_not_here();
	cpus_pin(r->spec.support_cpu);
	run_shots(r);
	return NULL;
}

void run_in_thread(struct run *r)
{
	struct timespec until;
	pthread_t thread;
	int err;

	err = pthread_create(&thread, NULL, pace, r);
	if (err) {
		r->result = -err;
		return;
	}
	do {
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += WAIT_MS * 1000000;
		if (until.tv_nsec >= 1000000000) {
			until.tv_nsec -= 1000000000;
			until.tv_sec++;
		}
		if (stop_asked())
			run_stop(r);
		err = pthread_timedjoin_np(thread, NULL, &until);
	} while (err == ETIMEDOUT || err == EINTR);
}
