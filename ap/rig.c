// SPDX-License-Identifier: GPL-2.0-only
#include "rig.h"

#include <stdio.h>

#include "cpus.h"
#include "kernel.h"
#include "say.h"

static int attach(struct rig *rig)
{
	struct intmgr_query query;
	int err, code;

	code = device_open(&rig->dev);
	if (code)
		return code;
	err = device_attach(&rig->dev);
	if (!err)
		err = device_query(&rig->dev, &query);
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

	snprintf(want.bdf, sizeof(want.bdf), "%.15s", rig->facts.bdf);
	return rig->site.ops->prepare(&rig->site, &want, &rig->facts.site);
}

int rig_open(struct rig *rig, const struct plan *plan)
{
	int code;

	*rig = (struct rig){ .dev.fd = -1 };
	site_init(&rig->site, &site_local, &rig->dev, NULL);
	kernel_release(rig->facts.support_kernel);
	code = attach(rig);
	if (!code)
		code = prepare(rig, plan);
	if (code) {
		rig_close(rig);
		return code;
	}
	rig->facts.support_uptime_ns = kernel_uptime_ns();
	cpus_stay_off(plan->cpu);
	return EXIT_DONE;
}

void rig_close(struct rig *rig)
{
	rig->site.ops->release(&rig->site);
	device_close(&rig->dev);
}
