// SPDX-License-Identifier: GPL-2.0-only
#include "rig.h"

#include <stdio.h>

#include "agent.h"
#include "cpus.h"
#include "kernel.h"
#include "node.h"
#include "say.h"
#include "uml.h"

#define LEAST_RING	256U	/* what drivers have by default */
#define UP_MS	10000	/* a node that is just starting is waited for */

static int open_here(struct rig *rig, const struct plan *plan)
{
	int code = device_open(&rig->dev), err;

	if (!code)
		code = setup_open(&rig->setup, plan);
	if (!code)
		code = device_bind(&rig->dev, rig->setup.id);
	if (code)
		return code;
	rig->facts.driver = rig->setup.driver;
	rig->facts.attachment = rig->setup.attachment;
	rig->facts.function = rig->setup.id;
	err = device_attach(&rig->dev);
	return err ? say_cannot("%s", device_error_text(err)) : EXIT_DONE;
}

/* What a node was started with is kept with it. */
static int read_node(struct rig *rig, const struct plan *plan)
{
	struct node_spec spec;
	int code = node_read_spec(rig->dev.node_fd, plan->node, &spec);

	if (code)
		return code;
	rig->facts.driver = driver_find(spec.driver);
	if (!rig->facts.driver)
		rig->facts.driver = driver_find(DRIVER_USUAL);
	rig->facts.attachment = spec.attachment;
	return EXIT_DONE;
}

static int say_other_node(const struct rig *rig, const struct plan *plan)
{
	const struct driver *driver = plan->driver ? plan->driver :
						     rig->facts.driver;
	u32 attachment = plan->attachment == PLAN_DEFAULT ?
				 driver_attachment(driver) :
				 (u32)plan->attachment;

	return say_cannot("node %u was started with %s (%s): intmgr target stop %u, then intmgr target start %u --driver %s --attach %s",
			  plan->node, rig->facts.driver->name,
			  driver_attachment_name(rig->facts.attachment),
			  plan->node, plan->node, driver->name,
			  driver_attachment_name(attachment));
}

static int open_node(struct rig *rig, const struct plan *plan)
{
	int code = agent_open(&rig->dev, plan->node, UP_MS);

	if (!code)
		code = read_node(rig, plan);
	if (code)
		return code;
	if ((plan->driver && plan->driver != rig->facts.driver) ||
	    (plan->attachment != PLAN_DEFAULT &&
	     (u32)plan->attachment != rig->facts.attachment))
		return say_other_node(rig, plan);
	return EXIT_DONE;
}

static int open_uml(struct rig *rig, const struct plan *plan)
{
	const struct uml_spec spec = {
		.driver = plan->driver,
		.attachment = plan->attachment,
		.cpu = plan->target_cpu,
	};

	rig->facts.driver = plan->driver;
	rig->facts.attachment = plan->attachment;
	rig->setup.made = true;
	return uml_open(&rig->dev, &spec);
}

static int open_target(struct rig *rig, const struct plan *plan)
{
	if (plan->uml)
		return open_uml(rig, plan);
	return plan->node ? open_node(rig, plan) : open_here(rig, plan);
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

/*
 * A function that is made for the run is alike on every machine: as many queues
 * as shots are spread over, whatever the number of CPUs, and as many descriptors
 * in all as its driver gives to one queue. The pool would not hold more.
 */
static void shape(const struct rig *rig, const struct plan *plan,
		  struct site_want *want)
{
	u32 queues = plan_queues(plan);

	if (!rig->setup.made)
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
	int code;

	*rig = (struct rig){ .dev.fd = -1, .setup = SETUP_NONE };
	site_init(&rig->site, plan->node || plan->uml ? &site_agent :
							&site_local,
		  &rig->dev, NULL);
	kernel_release(rig->facts.support_kernel);
	code = open_target(rig, plan);
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

/* Its window is the same memory again, and attached still. */
int rig_restart(struct rig *rig, const struct plan *plan)
{
	int code;

	code = node_restart(plan->node);
	if (!code)
		code = agent_wait(&rig->dev, UP_MS);
	return code ? code : prepare(rig, plan);
}
