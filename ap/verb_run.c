// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr run: one run and its figures.
 */
#include <stdio.h>
#include <string.h>

#include <json-c/json.h>

#include "experiment.h"
#include "json_print.h"
#include "judge.h"
#include "lives.h"
#include "options.h"
#include "plan.h"
#include "records.h"
#include "report.h"
#include "rig.h"
#include "say.h"
#include "stop.h"
#include "target.h"
#include "verbs.h"

static const struct usage usage = {
	.verb = VERB_RUN,
	.name = "run",
	.synopsis = "intmgr [run] [OPTION]...",
	.about = "Play the NIC: give the driver frames and interrupts at an exact interval, and\n"
		 "say what became of each. Other verbs: sweep, explore, replay,\n"
		 "status, function, target.",
};

static int say_hangs(const struct result *result)
{
	say_note("a queue hangs: %llu of %llu probes after the run did not arrive",
		 (unsigned long long)result->probe_lost,
		 (unsigned long long)result->probed);
	return EXIT_EXPECTATION;
}

/* Show @result; the exit code of the expectations. */
static int show(const struct plan *plan, const struct facts *facts,
		const struct result *result)
{
	bool log_on_stdout = plan->log && !strcmp(plan->log, "-");
	struct json_object *o = result_json(plan, facts, result);
	int code;

	if (!o)
		return say_cannot("no memory");
	if (plan->json)
		json_print(json_object_get(o));
	else if (!plan->quiet)
		report_write(log_on_stdout ? stderr : stdout, plan, facts,
			     result);
	code = judge_result(plan, o);
	if (result->probe_lost && !code)
		code = say_hangs(result);
	json_object_put(o);
	return code;
}

static int run_on(struct rig *rig, const struct plan *plan,
		  struct records *log)
{
	struct result result;
	int code, expected;

	code = experiment_run(rig, plan, log, "shots", &result);
	if (code && !result.stats.sent)
		return code;
	expected = show(plan, &rig->facts, &result);
	return code ? code : expected;
}

static int run_logged(struct rig *rig, const struct plan *plan)
{
	struct records log;
	int err, code;

	if (!plan->log)
		return run_on(rig, plan, NULL);
	err = records_open(&log, plan->log);
	if (err)
		return say_cannot("cannot write %s: %s", plan->log,
				  strerror(-err));
	code = run_on(rig, plan, &log);
	err = records_close(&log);
	if (err && !code)
		code = say_cannot("the log %s is not whole: %s", plan->log,
				  strerror(-err));
	return code;
}

static int run_plan(struct plan *plan)
{
	struct rig rig;
	int code;

	code = plan_check(plan);
	if (code)
		return code;
	if (plan->deterministic && plan->target->elsewhere)
		return plan->target->elsewhere(plan);
	stop_catch();
	code = lives_open(&rig, plan);
	if (code)
		return code;
	code = run_logged(&rig, plan);
	rig_close(&rig);
	return code;
}

int verb_run(int argc, char **argv)
{
	struct plan plan;
	int code;

	plan_init(&plan);
	code = options_read(&usage, argc, argv, &plan);
	if (code)
		return code == OPTIONS_HELP ? EXIT_DONE : code;
	code = run_plan(&plan);
	plan_free(&plan);
	return code;
}
