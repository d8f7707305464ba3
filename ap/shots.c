// SPDX-License-Identifier: GPL-2.0-only
#include "shots.h"

#include <arpa/inet.h>
#include <sys/random.h>

#include "injector/frame.h"
#include "progress.h"
#include "say.h"
#include "stop.h"

#define DISCARD_PORT	9	/* RFC 863; only the sender's side */

static const u8 sender_mac[6] = { 0x02, 0, 0, 0, 0, 0x02 };

#define QUICK_NS	100000		/* at most, where an interval is nobody's wish */
#define FLOOR_WARMUP	500	/* shots, at most */

u64 shots_quick_ns(const struct plan *plan)
{
	return max(SCHEDULE_MIN_INTERVAL_NS,
		   min(plan->interval_ns, (u64)QUICK_NS));
}

static void set_schedule(struct intmgr_run *run, const struct plan *plan)
{
	run->schedule = plan->schedule;
	if (plan->schedule == SCHEDULE_BURST) {
		run->burst = plan->burst;
	} else if (plan->schedule == SCHEDULE_RAMP) {
		run->interval_ns = plan->ramp_from_ns;
		run->ramp_ns = plan->ramp_to_ns;
	} else if (plan->schedule == SCHEDULE_TRACE) {
		run->interval_ns = 0;
		run->trace = (uintptr_t)plan->times;
		run->trace_len = plan->ntimes;
	}
}

struct intmgr_run shots_spec(const struct plan *plan, u32 against)
{
	bool closed = plan->closed_loop && against == plan->against;
	struct intmgr_run run = {
		.flags = closed ? INTMGR_RUN_CLOSED_LOOP : 0,
		.against = against,
		.schedule = SCHEDULE_CBR,
		.late = plan->late,
		.support_cpu = plan->cpu,
		.target_cpu = plan->target_cpu,
		.interval_ns = plan->interval_ns,
		.count = plan->count,
		.seed = plan->seed,
		.queues = against == INTMGR_AGAINST_DRIVER ? plan_queues(plan) :
							     1,
		.warmup = against == INTMGR_AGAINST_DRIVER ?
				  0 : min(plan->warmup, FLOOR_WARMUP),
		.progress_ms = !plan->quiet && progress_wanted() ?
			       PROGRESS_PERIOD_MS : 0,
	};

	if (against == INTMGR_AGAINST_DRIVER)
		set_schedule(&run, plan);
	return run;
}

u64 shots_mark(void)
{
	u64 mark = 0;

	while (!mark)
		if (getrandom(&mark, sizeof(mark), 0) != sizeof(mark))
			mark = 0;
	return mark;
}

int shots_frame(const struct rig *rig, const struct plan *plan, u16 port,
		u64 mark, u8 *frame)
{
	struct frame_spec spec = {
		.saddr = htonl(SENDER_ADDRESS),
		.daddr = htonl(RECEIVER_ADDRESS),
		.sport = htons(DISCARD_PORT),
		.dport = htons(port),
		.size = plan->size,
		.run = mark,
	};

	memcpy(spec.dst, rig->facts.site.mac, sizeof(spec.dst));
	memcpy(spec.src, sender_mac, sizeof(spec.src));
	if (frame_build(frame, FRAME_MAX_SIZE, &spec))
		return say_cannot("cannot build a frame of %u bytes",
				  plan->size);
	return EXIT_DONE;
}

int shots_fire(const struct rig *rig, struct intmgr_run *run,
	       struct intmgr_stats *stats)
{
	int err, late;

	if (stop_asked())
		return -EINTR;
	err = device_run(&rig->dev, run);
	late = device_stats(&rig->dev, stats);
	if (err && stats->run != run->run)	/* an older run's */
		*stats = (struct intmgr_stats){ 0 };
	return err ? err : late;
}
