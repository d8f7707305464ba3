// SPDX-License-Identifier: GPL-2.0-only
#include "lives.h"

#include <stdio.h>
#include <unistd.h>

#include "ending.h"
#include "node.h"
#include "say.h"
#include "stop.h"

#define MOST_RESTARTS	1000

static void describe(const struct device *dev, char how[ENDING_TEXT])
{
	struct intmgr_node_query query;

	if (ending_query(dev->node_fd, dev->node, &query))
		strcpy(how, "unknown");
	else
		ending_text(&query, how);
}

/* The last of the noted deaths has the entry of those for which there is none. */
static struct death *note(const struct device *dev, u64 sent,
			  struct result *result)
{
	struct death *death;

	death = &result->death[min(result->deaths, RESULT_DEATHS - 1U)];
	result->deaths++;
	death->sent = sent;
	describe(dev, death->how);
	return death;
}

static int give_up(const struct plan *plan, const char *why,
		   const struct death *death)
{
	int code = say_cannot("node %u died %safter %llu shots (%s): intmgr target restart %u starts it again",
			      plan->node, why, (unsigned long long)death->sent,
			      death->how, plan->node);

	if (!plan->quiet)
		node_report_end(stderr, plan->node);
	return code;
}

/* Start the node again if it was up and has ended by itself. */
static int begin(const struct plan *plan)
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

/* The second time, because it may die between being looked at and being asked. */
int lives_open(struct rig *rig, const struct plan *plan)
{
	int code;

	if (!plan->restart)
		return rig_open(rig, plan);
	code = begin(plan);
	if (code)
		return code;
	code = rig_open(rig, plan);
	if (code != EXIT_CANNOT || stop_asked())
		return code;
	code = begin(plan);
	return code ? code : rig_open(rig, plan);
}

int lives_next(struct rig *rig, const struct plan *plan, u64 sent, bool progress,
	       struct result *result)
{
	const struct death *death;
	int code;

	if (!plan->node)
		return say_cannot("%s", device_error_text(-ENODEV));
	death = note(&rig->dev, sent, result);
	if (!plan->restart || stop_asked())
		return give_up(plan, "", death);
	if (result->restarts && !progress)
		return give_up(plan, "again, with no frame delivered in between, ",
			       death);
	if (result->restarts == MOST_RESTARTS)
		return give_up(plan, "too often, at last ", death);
	if (!plan->quiet)
		say_note("node %u died after %llu shots (%s): starting it again",
			 plan->node, (unsigned long long)sent, death->how);
	code = rig_restart(rig, plan);
	if (!code)
		result->restarts++;
	return code;
}
