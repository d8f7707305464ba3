// SPDX-License-Identifier: GPL-2.0-only
#include "lives.h"

#include <ctype.h>
#include <stdio.h>
#include <time.h>

#include "node.h"
#include "say.h"
#include "stop.h"

#define MOST_RESTARTS	1000
#define STATE_MS	1500	/* until the watch of nodes has seen it, too */

/*
 * What the watch of nodes says. It looks at the heartbeat by itself, so it may
 * see the end of a node that hangs a little later than the run did.
 */
static int read_end(const struct device *dev, struct intmgr_node_query *query)
{
	const struct timespec step = { .tv_nsec = 10000000 };
	unsigned int waited;
	int err;

	for (waited = 0; waited < STATE_MS; waited += 10) {
		err = node_query(dev->node_fd, dev->node, query);
		if (err || query->state != INTMGR_NODE_STATE_UP)
			return err;
		nanosleep(&step, NULL);
	}
	return 0;
}

static void describe(const struct device *dev, char *how, size_t size)
{
	struct intmgr_node_query query;

	if (read_end(dev, &query))
		snprintf(how, size, "unknown");
	else if (query.state == INTMGR_NODE_STATE_UP)
		snprintf(how, size, "silent for a while, and up again");
	else
		snprintf(how, size, "%s%s%.*s", node_state_name(query.state),
			 query.reason[0] ? ": " : "",
			 (int)sizeof(query.reason), query.reason);
	for (; *how; how++)	/* its last words may be any bytes */
		if (!isprint((unsigned char)*how))
			*how = '?';
}

/* The last of the noted deaths has the entry of those for which there is none. */
static struct death *note(const struct device *dev, u64 sent,
			  struct result *result)
{
	struct death *death;

	death = &result->death[min(result->deaths, RESULT_DEATHS - 1U)];
	result->deaths++;
	death->sent = sent;
	describe(dev, death->how, sizeof(death->how));
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
