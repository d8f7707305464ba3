// SPDX-License-Identifier: GPL-2.0-only
#include "rig.h"

#include <stdio.h>

#include "agent.h"
#include "cpus.h"
#include "kernel.h"
#include "node.h"
#include "say.h"

#define UP_MS	10000	/* a node that is just starting is waited for */

static int attach_here(struct device *dev)
{
	int code = device_open(dev), err;

	if (code)
		return code;
	err = device_attach(dev);
	return err ? say_cannot("%s", device_error_text(err)) : EXIT_DONE;
}

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

static int prepare(struct rig *rig, const struct plan *plan)
{
	struct site_want want = {
		.driver = "e1000e",
		.largest = plan_largest(plan),
		.mtu = plan->mtu,
		.ring = plan->ring,
	};
	int code = read_function(rig);

	if (code)
		return code;
	snprintf(want.bdf, sizeof(want.bdf), "%.15s", rig->facts.bdf);
	code = rig->site.ops->prepare(&rig->site, &want, &rig->facts.site);
	rig->facts.support_uptime_ns = kernel_uptime_ns();
	return code;
}

int rig_open(struct rig *rig, const struct plan *plan)
{
	int code;

	*rig = (struct rig){ .dev.fd = -1 };
	site_init(&rig->site, plan->node ? &site_agent : &site_local,
		  &rig->dev, NULL);
	kernel_release(rig->facts.support_kernel);
	code = plan->node ? agent_open(&rig->dev, plan->node, UP_MS) :
			    attach_here(&rig->dev);
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
}

/* Its window is the same memory again, and attached still. */
int rig_restart(struct rig *rig, const struct plan *plan)
{
	int code;

	code = node_restart(plan->node);
	if (!code)
		code = agent_wait(&rig->dev, UP_MS);
	return code ? code : prepare(rig, plan);
}
