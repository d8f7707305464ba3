// SPDX-License-Identifier: GPL-2.0-only
/*
 * The target "node": the driver runs in a second kernel on this machine.
 */
#include <unistd.h>

#include "agent.h"
#include "node.h"
#include "plan.h"
#include "rig.h"
#include "say.h"
#include "target.h"

#define UP_MS	10000	/* one that is just starting is waited for */

/* A node counts its own CPUs, from 0 on; which ones there are, it knows. */
static int node_check(struct plan *plan)
{
	if (plan->function)
		return say_usage("--function: a node has one function of its own: leave it out with --target node");
	if (plan->target_cpu == PLAN_DEFAULT)
		plan->target_cpu = 0;
	return plan_check_cpu(plan);
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

static int node_target_open(struct rig *rig, const struct plan *plan)
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

static void node_describe(const struct device *dev, char how[ENDING_TEXT])
{
	struct intmgr_node_query query;

	if (ending_query(dev->node_fd, dev->node, &query))
		strcpy(how, "unknown");
	else
		ending_text(&query, how);
}

static void node_show_end(const struct device *dev, FILE *out)
{
	node_report_end(out, dev->node);
}

/* Start it again if it was up and has ended by itself. */
static int node_begin(const struct plan *plan)
{
	struct intmgr_node_query query;
	char how[ENDING_TEXT];
	int fd, code, err;

	code = node_open(plan->node, &fd);
	if (code)
		return code;
	err = node_query(fd, plan->node, &query);
	close(fd);
	if (err || query.state <= INTMGR_NODE_STATE_UP)
		return EXIT_DONE;
	ending_text(&query, how);
	if (!plan->quiet)
		say_note("node %u is not up (%s): starting it again",
			 plan->node, how);
	return node_restart(plan->node);
}

/* Its window is the same memory again, and attached still. */
static int node_target_restart(struct rig *rig, const struct plan *plan)
{
	int code = node_restart(plan->node);

	return code ? code : agent_wait(&rig->dev, UP_MS);
}

const struct target target_node = {
	.name = "node",
	.again = "intmgr target restart",
	.foreign = true,
	.check = node_check,
	.open = node_target_open,
	.describe = node_describe,
	.report_end = node_show_end,
	.begin = node_begin,
	.restart = node_target_restart,
};
