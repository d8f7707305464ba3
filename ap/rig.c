// SPDX-License-Identifier: GPL-2.0-only
#include "rig.h"

#include <stdio.h>

#include "cpus.h"
#include "kernel.h"
#include "say.h"
#include "target.h"

#define LEAST_RING	256U	/* what drivers have by default */

static int read_function(struct rig *rig)
{
	struct intmgr_query query;
	int err = device_query(&rig->dev, &query);

	if (err)
		return say_cannot("%s", device_error_text(err));
	snprintf(rig->facts.model, sizeof(rig->facts.model), "%.16s",
		 query.model);
	snprintf(rig->facts.bdf, sizeof(rig->facts.bdf), "%.16s", query.bdf);
	return EXIT_DONE;
}

/*
 * A function that is made for the run is alike on every machine: as many queues
 * as shots are spread over, whatever the number of CPUs, and as many descriptors
 * in all as its driver gives to one queue. The pool would not hold more.
 */
static void shape(const struct rig *rig, const struct plan *plan,
		  struct site_want *want)
{
	u32 queues = plan_queues(plan);

	if (!rig->own_function)
		return;
	want->queues = queues;
	want->ring_wish = max(rig->facts.driver->ring / queues, LEAST_RING);
}

static int prepare(struct rig *rig, const struct plan *plan)
{
	struct site_want want = {
		.largest = plan_largest(plan),
		.mtu = plan->mtu,
		.ring = plan->ring,
		.queues = plan->queues,
	};
	int code = read_function(rig);

	if (code)
		return code;
	shape(rig, plan, &want);
	snprintf(want.driver, sizeof(want.driver), "%s",
		 rig->facts.driver->name);
	snprintf(want.bdf, sizeof(want.bdf), "%.15s", rig->facts.bdf);
	code = rig->site.ops->prepare(&rig->site, &want, &rig->facts.site);
	rig->facts.support_uptime_ns = kernel_uptime_ns();
	return code;
}

int rig_open(struct rig *rig, const struct plan *plan)
{
	u64 began;
	int code;

	*rig = (struct rig){ .dev.fd = -1, .setup = SETUP_NONE };
	site_init(&rig->site,
		  plan->target->foreign ? &site_agent : &site_local,
		  &rig->dev, NULL);
	kernel_release(rig->facts.support_kernel);
	began = kernel_uptime_ns();
	code = plan->target->open(rig, plan);
	rig->facts.open_ns = kernel_uptime_ns() - began;
	if (!code)
		code = prepare(rig, plan);
	if (code) {
		rig_close(rig);
		return code;
	}
	cpus_stay_off(plan->cpu);
	return EXIT_DONE;
}

void rig_close(struct rig *rig)
{
	rig->site.ops->release(&rig->site);
	device_close(&rig->dev);
	setup_close(&rig->setup);
}

int rig_restart(struct rig *rig, const struct plan *plan)
{
	int code = plan->target->restart(rig, plan);

	return code ? code : prepare(rig, plan);
}
