// SPDX-License-Identifier: GPL-2.0-only
#include "experiment.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/random.h>

#include "injector/frame.h"
#include "injector/record.h"
#include "progress.h"
#include "receiver.h"
#include "records.h"
#include "say.h"
#include "stop.h"
#include "sums.h"

#define FLOOR_SHOTS_GAP		5000	/* at most */
#define FLOOR_SHOTS		1000	/* of a copy, of an IPI */
#define FLOOR_INTERVAL_NS	100000	/* at most: floors are to be quick */
#define CLOSED_LOOP_NS		2000	/* a shot takes at least about this */
#define DISCARD_PORT		9	/* RFC 863; only the sender's side */

static const u8 sender_mac[6] = { 0x02, 0, 0, 0, 0, 0x02 };

static u64 random_mark(void)
{
	u64 mark = 0;

	while (!mark)
		if (getrandom(&mark, sizeof(mark), 0) != sizeof(mark))
			mark = 0;
	return mark;
}

static int build_frame(const struct rig *rig, const struct plan *plan,
		       u16 port, u64 mark, u8 frame[FRAME_MAX_SIZE])
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

static struct intmgr_run make_run(const struct plan *plan, u32 against)
{
	bool closed = plan->closed_loop && against == plan->against;

	return (struct intmgr_run){
		.flags = closed ? INTMGR_RUN_CLOSED_LOOP : 0,
		.against = against,
		.schedule = SCHEDULE_CBR,
		.late = plan->late,
		.support_cpu = plan->cpu,
		.target_cpu = plan->target_cpu,
		.interval_ns = plan->interval_ns,
		.count = plan->count,
		.seed = plan->seed,
		.warmup = against == INTMGR_AGAINST_DRIVER ? 0 : plan->warmup,
		.progress_ms = !plan->quiet && progress_wanted() ?
			       PROGRESS_PERIOD_MS : 0,
	};
}

/* Run and fetch the figures; 0, or -errno of the run, the figures then partial. */
static int run_and_count(const struct rig *rig, struct intmgr_run *run,
			 struct intmgr_stats *stats)
{
	int err, late;

	*stats = (struct intmgr_stats){ 0 };
	if (stop_asked())
		return -EINTR;
	err = device_run(&rig->dev, run);
	late = device_stats(&rig->dev, stats);
	if (err && stats->run != run->run)	/* an older run's: this one never was */
		*stats = (struct intmgr_stats){ 0 };
	return err ? err : late;
}

/* ---- floors ---- */

/* A run that delivers no frame; COPY wants one all the same. */
static int floor_run(const struct rig *rig, struct intmgr_run *run,
		     const struct plan *plan, struct intmgr_stats *stats)
{
	u8 frame[FRAME_MAX_SIZE];

	if (run->against == INTMGR_AGAINST_COPY) {
		if (build_frame(rig, plan, DISCARD_PORT, random_mark(), frame))
			return -EINVAL;
		run->frame = (uintptr_t)frame;
		run->frame_len = plan->size;
	}
	return run_and_count(rig, run, stats);
}

static int floor_measure(const struct rig *rig, const struct plan *plan,
			 u32 against, u64 shots, struct intmgr_stats *stats)
{
	struct intmgr_run run = make_run(plan, against);
	int err;

	run.interval_ns = min(run.interval_ns, (u64)FLOOR_INTERVAL_NS);
	run.count = shots;
	run.late = LATE_SHIFT;
	err = floor_run(rig, &run, plan, stats);
	if (err == -EINTR)
		return say_cannot("stopped before the first shot");
	if (err)
		return say_cannot("the floor against %s could not be measured: %s",
				  plan_against_name(against),
				  device_error_text(err));
	if (stats->outcome[OUTCOME_DELIVERED] != stats->sent)
		return say_cannot("the floor against %s could not be measured: %llu of %llu shots had no answer (--no-floor goes without)",
				  plan_against_name(against),
				  stats->sent - stats->outcome[OUTCOME_DELIVERED],
				  stats->sent);
	return EXIT_DONE;
}

static int measure_floors(const struct rig *rig, const struct plan *plan,
			  struct floors *floors)
{
	u64 gaps = min(plan->count, (u64)FLOOR_SHOTS_GAP);
	struct intmgr_stats stats;
	int code;

	code = floor_measure(rig, plan, INTMGR_AGAINST_MEMORY, gaps, &stats);
	if (code)
		return code;
	floors->gap_outside_2us = result_share(stats.gap_outside_2us,
					       stats.gap.count);
	code = floor_measure(rig, plan, INTMGR_AGAINST_COPY, FLOOR_SHOTS,
			     &stats);
	if (code)
		return code;
	floors->memcpy_ns = stats.send.p50;
	code = floor_measure(rig, plan, INTMGR_AGAINST_HANDLER, FLOOR_SHOTS,
			     &stats);
	floors->ipi_ns = stats.send.p50;
	return code;
}

/* ---- the run itself ---- */

static int finish(int err, struct result *result)
{
	result->interrupted = err == -EINTR;
	if (!err)
		return EXIT_DONE;
	if (!result->interrupted)
		return say_cannot("%s", device_error_text(err));
	return say_cannot("stopped: %llu shots were sent", result->stats.sent);
}

static int run_floor(struct rig *rig, const struct plan *plan,
		     struct result *result)
{
	struct intmgr_run run = make_run(plan, plan->against);

	return finish(floor_run(rig, &run, plan, &result->stats), result);
}

static int check_sums(const struct receiver_counts *c, struct result *result)
{
	if (!result->stats.sent)
		return EXIT_DONE;
	result->read_late = sums_read_late(&result->stats, c);
	result->duplicates = c->duplicate;
	result->foreign = c->foreign;
	if (!sums_check(&result->stats, c, result->disagreement))
		return EXIT_DONE;
	return say_cannot("THE SUMS DISAGREE, trust no figure of this run: %s",
			  result->disagreement);
}

/* The run with its frame made and its reader at work. */
static int fire(struct rig *rig, struct records *log, struct intmgr_run *run,
		struct intmgr_stats *stats)
{
	int err;

	if (log) {
		err = records_start(log, &rig->dev);
		if (err)
			return err;
	}
	err = run_and_count(rig, run, stats);
	if (log)
		records_stop(log);
	return err;
}

static int run_driver(struct rig *rig, const struct plan *plan,
		      struct records *log, struct result *result)
{
	struct intmgr_run run = make_run(plan, INTMGR_AGAINST_DRIVER);
	struct site *site = &rig->site;
	u8 frame[FRAME_MAX_SIZE];
	struct receiver_counts counts;
	const struct receiver_load load = {
		.count = plan->count,
		.interval_ns = plan->closed_loop ? CLOSED_LOOP_NS :
						   plan->interval_ns,
		.size = plan->size,
	};
	int code, late;
	u16 port;

	run.run = random_mark();
	run.frame = (uintptr_t)frame;
	run.frame_len = plan->size;
	code = site->ops->receive(site, &load, run.run, plan->target_cpu,
				  &port);
	if (code)
		return code;
	code = build_frame(rig, plan, port, run.run, frame);
	if (!code)
		code = finish(fire(rig, log, &run, &result->stats), result);
	late = site->ops->finish(site, &counts);
	if (!late)
		late = check_sums(&counts, result);
	return code ? code : late;
}

/*
 * A run nobody counts: the first frames meet cold caches, and under emulation
 * code that is still to be translated, for some ten milliseconds.
 */
static int warm_up(struct rig *rig, const struct plan *plan)
{
	struct plan warm = *plan;
	struct result ignored = { 0 };

	if (!plan->warmup)
		return EXIT_DONE;
	warm.count = plan->warmup;
	warm.interval_ns = min(plan->interval_ns, (u64)FLOOR_INTERVAL_NS);
	warm.closed_loop = false;
	return run_driver(rig, &warm, NULL, &ignored);
}

int experiment_run(struct rig *rig, const struct plan *plan,
		   struct records *log, const char *label,
		   struct result *result)
{
	struct progress progress = { 0 };
	int code = EXIT_DONE;

	*result = (struct result){ 0 };
	if (!plan->quiet && progress_wanted())
		progress_start(&progress, label);
	if (result_has_floors(plan))
		code = measure_floors(rig, plan, &result->floors);
	if (!code && plan->against != INTMGR_AGAINST_DRIVER)
		code = run_floor(rig, plan, result);
	else if (!code)
		code = warm_up(rig, plan) ?: run_driver(rig, plan, log, result);
	progress_stop(&progress);
	return code;
}
