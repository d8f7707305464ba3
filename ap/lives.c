// SPDX-License-Identifier: GPL-2.0-only
#include "lives.h"

#include <stdio.h>
#include <unistd.h>

#include "say.h"
#include "stop.h"
#include "target.h"

#define MOST_RESTARTS	1000

/* The last of the noted deaths has the entry of those for which there is none. */
static struct death *note(const struct rig *rig, const struct plan *plan,
			  u64 sent, struct result *result)
{
	struct death *death;

	death = &result->death[min(result->deaths, RESULT_DEATHS - 1U)];
	result->deaths++;
	death->sent = sent;
	plan->target->describe(&rig->dev, death->how);
	return death;
}

static int give_up(const struct rig *rig, const struct plan *plan,
		   const char *why, const struct death *death)
{
	char again[64] = "";
	int code;

	if (plan->target->again)
		snprintf(again, sizeof(again), ": %s %u starts it again",
			 plan->target->again, plan->node);
	code = say_cannot("%s died %safter %llu shots (%s)%s", rig->dev.name,
			  why, (unsigned long long)death->sent, death->how,
			  again);
	if (!plan->quiet)
		plan->target->report_end(&rig->dev, stderr);
	return code;
}

/* The second time, because it may die between being looked at and being asked. */
int lives_open(struct rig *rig, const struct plan *plan)
{
	int code;

	if (!plan->restart)
		return rig_open(rig, plan);
	code = plan->target->begin(plan);
	if (code)
		return code;
	code = rig_open(rig, plan);
	if (code != EXIT_CANNOT || stop_asked())
		return code;
	code = plan->target->begin(plan);
	return code ? code : rig_open(rig, plan);
}

int lives_next(struct rig *rig, const struct plan *plan, u64 sent, bool progress,
	       struct result *result)
{
	const struct death *death;
	int code;

	if (!plan->target->foreign)
		return say_cannot("%s", device_error_text(-ENODEV));
	death = note(rig, plan, sent, result);
	if (!plan->restart || stop_asked())
		return give_up(rig, plan, "", death);
	if (result->restarts && !progress)
		return give_up(rig, plan, "again, with no frame delivered in between, ",
			       death);
	if (result->restarts == MOST_RESTARTS)
		return give_up(rig, plan, "too often, at last ", death);
	if (!plan->quiet)
		say_note("%s died after %llu shots (%s): starting it again",
			 rig->dev.name, (unsigned long long)sent, death->how);
	code = rig_restart(rig, plan);
	if (!code)
		result->restarts++;
	return code;
}
