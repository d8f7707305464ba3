// SPDX-License-Identifier: GPL-2.0-only
#include "drive.h"

#include <stdint.h>

#include "agent.h"
#include "injector/frame.h"
#include "injector/record.h"
#include "lives.h"
#include "plan_schedule.h"
#include "records.h"
#include "say.h"
#include "shots.h"
#include "sums.h"
#include "target.h"

#define CLOSED_LOOP_NS	2000	/* a shot takes at least about this */

struct drive {
	struct rig *rig;
	const struct plan *plan;
	struct result *result;
	struct intmgr_run run;
	u8 frame[FRAME_MAX_SIZE];
	struct receiver_counts counts;	/* of all readers so far */
};

int drive_end(int err, struct result *result)
{
	result->interrupted = err == -EINTR;
	if (!err)
		return EXIT_DONE;
	if (!result->interrupted)
		return say_cannot("%s", device_error_text(err));
	return say_cannot("stopped: %llu shots were sent", result->stats.sent);
}

static int start_reader(struct drive *d, u16 *port)
{
	const struct plan *plan = d->plan;
	const struct receiver_load load = {
		.count = plan->count - d->result->stats.sent,
		.interval_ns = plan->closed_loop ? CLOSED_LOOP_NS :
						   plan_busiest_ns(plan),
		.size = plan->size,
	};
	struct site *site = &d->rig->site;

	return site->ops->receive(site, &load, d->run.run, plan->target_cpu,
				  port);
}

/* A dying kernel may write anything anywhere: garbage is not added up. */
static void add_counts(struct drive *d, const struct receiver_counts *c,
		       u64 sent)
{
	if (!sums_plausible(c, sent)) {
		d->result->uncounted = true;
		return;
	}
	d->counts.read += c->read;
	d->counts.duplicate += c->duplicate;
	d->counts.foreign += c->foreign;
}

/*
 * One life of the target: a reader, the frame that goes to it, and shots until
 * it dies or all are sent. *err is the run's.
 */
static int live(struct drive *d, int *err)
{
	u64 before = d->result->stats.sent;
	struct receiver_counts counts;
	int code, late;
	u16 port;

	code = start_reader(d, &port);
	if (code && d->plan->target->foreign && agent_is_dead(&d->rig->dev)) {
		*err = -ENODEV;		/* already */
		return EXIT_DONE;
	}
	if (code)
		return code;
	code = shots_frame(d->rig, d->plan, port, d->run.run, d->frame);
	if (!code)
		*err = shots_fire(d->rig, &d->run, &d->result->stats);
	late = d->rig->site.ops->finish(&d->rig->site, &counts);
	if (!late)
		add_counts(d, &counts, d->result->stats.sent - before);
	else
		d->result->uncounted = true;
	if (late && *err == -ENODEV)	/* that is how it died */
		late = EXIT_DONE;
	return code ? code : late;
}

static int live_on(struct drive *d)
{
	const __u64 *delivered = &d->result->stats.outcome[OUTCOME_DELIVERED];
	bool first = true;
	u64 before = 0;
	int code, err = 0;

	for (;; first = false) {
		code = live(d, &err);
		if (code || err != -ENODEV)
			return code ? code : drive_end(err, d->result);
		code = lives_next(d->rig, d->plan, d->result->stats.sent,
				  first || *delivered > before, d->result);
		if (code)
			return code;
		before = *delivered;
		if (d->result->stats.run == d->run.run)	/* it had begun */
			d->run.flags |= INTMGR_RUN_CONTINUE;
	}
}

static int check_sums(struct drive *d)
{
	struct result *result = d->result;
	const struct receiver_counts *c = result->uncounted ? NULL : &d->counts;

	if (!result->stats.sent)
		return EXIT_DONE;
	result->read_late = c ? sums_read_late(&result->stats, c) : 0;
	result->duplicates = d->counts.duplicate;
	result->foreign = d->counts.foreign;
	if (!sums_check(&result->stats, c, result->deaths,
			result->disagreement))
		return EXIT_DONE;
	return say_cannot("THE SUMS DISAGREE, trust no figure of this run: %s",
			  result->disagreement);
}

/* What the driver did to its registers meanwhile. */
static int watch(const struct rig *rig, const struct intmgr_function *before,
		 struct result *result)
{
	struct intmgr_function *after = &result->function;

	result->watched = before->id && setup_read(&rig->setup, after);
	if (!result->watched)
		return EXIT_DONE;
	result->counted = after->attachment != INTMGR_ATTACH_POLL;
	result->accesses = after->accesses - before->accesses;
	if (!after->dead)
		return EXIT_DONE;
	return say_cannot("function %u was taken off the bus: %s accessed its registers by an instruction that is not known, see dmesg",
			  after->id, rig->facts.driver->name);
}

int drive(struct rig *rig, const struct plan *plan, struct records *log,
	  struct result *result)
{
	struct drive d = {
		.rig = rig,
		.plan = plan,
		.result = result,
		.run = shots_spec(plan, INTMGR_AGAINST_DRIVER),
	};
	struct intmgr_function before;
	int err, code, sums, dead;

	d.run.run = shots_mark();
	d.run.frame = (uintptr_t)d.frame;
	d.run.frame_len = plan->size;
	if (log) {
		err = records_start(log, &rig->dev);
		if (err)
			return drive_end(err, result);
	}
	if (!setup_read(&rig->setup, &before))
		before.id = 0;
	code = live_on(&d);
	dead = watch(rig, &before, result);
	if (log)
		records_stop(log);
	sums = check_sums(&d);
	if (!code)
		code = dead;
	return code ? code : sums;
}
