// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the support side (support/) needs of a program: a thread that paces, and
 * a clock.
 */
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "standing.h"
#include "stop.h"
#include "support/support.h"
#include "uml.h"

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

/* How long the thread spins for @r, about; ~0: nobody knows. */
static u64 spin_ns(const struct run *r)
{
	const struct intmgr_run *spec = &r->spec;
	u64 interval = max(spec->interval_ns, spec->ramp_ns);
	u64 shots = spec->count + spec->warmup;

	if (run_closed_loop(r) || !interval || shots > UINT64_MAX / interval)
		return UINT64_MAX;
	return shots * interval;
}

static struct standing standing;

struct standing uml_thread_standing(void)
{
	return standing;
}

/*
 * A page's first write takes longer than a shot, so what the run writes for each is
 * written to before. By this thread: others share the CPU of a target that spins.
 */
static void touch_records(struct run *r)
{
	u64 shots = r->spec.warmup + r->spec.count;

	memset(r->shot, 0, min(shots + 1, (u64)r->records) * sizeof(r->shot[0]));
}

static void *pace(void *arg)
{
	struct run *r = arg;

	stop_not_here();
	standing = standing_take(r->spec.support_cpu,
				 standing_may_spin(spin_ns(r)));
	touch_records(r);
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
