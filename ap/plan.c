// SPDX-License-Identifier: GPL-2.0-only
#include "plan.h"

#include <stdlib.h>
#include <unistd.h>

#include <json-c/json.h>

#include "cpus.h"
#include "injector/frame.h"
#include "kmod/uapi/intmgr.h"
#include "option_driver.h"
#include "plan_schedule.h"
#include "result.h"
#include "say.h"
#include "target.h"

#define WARMUP	500	/* shots */

void plan_init(struct plan *plan)
{
	*plan = (struct plan){
		.interval_ns = 38000,
		.schedule_text = schedule_kind_name(SCHEDULE_CBR),
		.count = 5000,
		.seed = 1,
		.size = 1500,
		.floors = true,
		.warmup = PLAN_WARMUP,
		.cpu = 0,
		.target_cpu = PLAN_DEFAULT,
		.attachment = PLAN_DEFAULT,
		.from_ns = 1000,
		.to_ns = 60000,
		.sizes = { 1500, 8000, 16000 },
		.cost = { 100, 2000, 500 },
		.seeds = 100,
	};
}

void plan_free(struct plan *plan)
{
	free(plan->times);
	plan->times = NULL;
}

const char *plan_against_name(u32 against)
{
	static const char *const name[INTMGR_AGAINSTS] = {
		[INTMGR_AGAINST_DRIVER] = "driver",
		[INTMGR_AGAINST_HANDLER] = "handler",
		[INTMGR_AGAINST_MEMORY] = "memory",
		[INTMGR_AGAINST_COPY] = "copy",
	};

	return against < INTMGR_AGAINSTS ? name[against] : "unknown";
}

u32 plan_largest(const struct plan *plan)
{
	u32 i, most = plan->nsizes ? 0 : plan->size;

	for (i = 0; i < plan->nsizes; i++)
		most = max(most, plan->sizes[i]);
	return most;
}

u32 plan_queues(const struct plan *plan)
{
	return plan->queues ? plan->queues : 1;
}

u32 plan_largest_possible(const struct plan *plan)
{
	if (!plan->driver || plan->attachment == PLAN_DEFAULT)
		return FRAME_MAX_SIZE;
	return plan->driver->largest[plan->attachment];
}

void plan_choose_driver(struct plan *plan)
{
	if (!plan->target)
		plan->target = plan->deterministic ? target_find("uml") :
						     target_usual();
	if (plan->function || plan->node)
		return;
	if (!plan->driver)
		plan->driver = driver_find(DRIVER_USUAL);
	if (plan->attachment == PLAN_DEFAULT)
		plan->attachment = plan->target->stock_only ?
					   INTMGR_ATTACH_STOCK :
					   driver_attachment(plan->driver);
}

/* Virtual time knows of no cold memory. */
static u32 choose_warmup(const struct plan *plan)
{
	return plan->target->warmup && !plan->deterministic ?
		       plan->target->warmup : WARMUP;
}

static int check_mtu(const struct plan *plan)
{
	u32 size = plan_largest(plan);

	if (plan->mtu && size > plan->mtu + FRAME_ETH_LEN)
		return say_usage("a frame of %u bytes does not fit --mtu %u: give --mtu at least %u, or leave it out",
				 size, plan->mtu, size - FRAME_ETH_LEN);
	return EXIT_DONE;
}

static int check_attachment(const struct plan *plan)
{
	int code;

	if (!plan->driver || plan->attachment == PLAN_DEFAULT)
		return EXIT_DONE;
	code = option_check_attachment(plan->driver, plan->attachment);
	if (code)
		return code;
	if (plan->target->stock_only && plan->attachment != INTMGR_ATTACH_STOCK)
		return say_usage("--attach %s: in the target %s drivers are as they are: stock",
				 driver_attachment_name(plan->attachment),
				 plan->target->name);
	return EXIT_DONE;
}

static int check_queues(const struct plan *plan)
{
	if (plan->driver && plan->queues > plan->driver->queues)
		return say_usage("--queues %u: %s receives on at most %u",
				 plan->queues, plan->driver->name,
				 plan->driver->queues);
	return EXIT_DONE;
}

static int check_largest(const struct plan *plan)
{
	u32 size = plan_largest(plan), most = plan_largest_possible(plan);

	if (size > most)
		return say_usage("--size %u: the largest frame of %s (%s) has %u bytes",
				 size, plan->driver->name,
				 driver_attachment_name(plan->attachment),
				 most);
	return EXIT_DONE;
}

static int check_online(const cpu_set_t *online, const char *option, int cpu)
{
	if (cpu < CPU_SETSIZE && CPU_ISSET(cpu, online))
		return EXIT_DONE;
	return say_usage("%s %d: there is no such CPU online: /sys/devices/system/cpu/online lists them",
			 option, cpu);
}

static int read_online(cpu_set_t *online)
{
	if (!cpus_online(online))
		return EXIT_DONE;
	return say_cannot("cannot read /sys/devices/system/cpu/online: is /sys mounted?");
}

int plan_check_cpu(const struct plan *plan)
{
	cpu_set_t online;
	int code = read_online(&online);

	return code ? code : check_online(&online, "--cpu", plan->cpu);
}

int plan_check_cpus_here(struct plan *plan)
{
	cpu_set_t online;
	int code = read_online(&online);

	if (!code)
		code = check_online(&online, "--cpu", plan->cpu);
	if (code)
		return code;
	if (plan->target_cpu == PLAN_DEFAULT)
		plan->target_cpu = cpus_highest_but(&online, plan->cpu);
	if (plan->target_cpu < 0)
		return say_cannot("only one CPU is online: pacing and the driver need one each; in virtual time one does (--deterministic)");
	if (check_online(&online, "--target-cpu", plan->target_cpu))
		return EXIT_USAGE;
	if (plan->cpu == plan->target_cpu)
		return say_usage("--cpu and --target-cpu are both %d: give them different CPUs",
				 plan->cpu);
	return EXIT_DONE;
}

static int check_restart(const struct plan *plan)
{
	if (plan->restart && !plan->target->restart)
		return say_usage("--restart starts a node again that died: use it with --target node");
	return EXIT_DONE;
}

static int check_time(const struct plan *plan)
{
	if (plan->deterministic && !plan->target->virtual_time)
		return say_usage("--deterministic: the target %s has no virtual time: take --target uml",
				 plan->target->name);
	if (plan->console && !plan->deterministic)
		return say_usage("--console is of a kernel that was started for the run: use it with --deterministic");
	return EXIT_DONE;
}

static int check_module(const struct plan *plan)
{
	if (plan->module && !plan->target->any_module)
		return say_usage("--module: in the target %s the driver is the one that is installed: take --target uml",
				 plan->target->name);
	return EXIT_DONE;
}

static int check_output(const struct plan *plan)
{
	if (plan->log && !strcmp(plan->log, "-") && plan->json)
		return say_usage("--log - and --json both want stdout: give --log a file");
	return EXIT_DONE;
}

static int check_against(const struct plan *plan)
{
	if (plan->closed_loop && plan->against != INTMGR_AGAINST_DRIVER &&
	    plan->against != INTMGR_AGAINST_HANDLER)
		return say_usage("--closed-loop waits for a handler: use it with --against driver or handler");
	if (plan->log && plan->against != INTMGR_AGAINST_DRIVER)
		return say_usage("--log writes what became of frames: use it with --against driver");
	return EXIT_DONE;
}

/* An empty result has the names of all figures. */
static int check_expects(const struct plan *plan)
{
	struct json_object *names;
	int code = EXIT_DONE;
	double value;
	u32 i;

	names = result_template(plan);
	for (i = 0; i < plan->expects && !code; i++)
		if (expect_find(names, plan->expect[i].name, &value) == -ENOENT)
			code = say_usage("--expect '%s': '%s' is no figure of this run: names are the paths of run --json, such as success, lost.socket or gap_ns.p50",
					 plan->expect[i].text,
					 plan->expect[i].name);
	json_object_put(names);
	return code;
}

int plan_check(struct plan *plan)
{
	int (*const check[])(const struct plan *plan) = {
		check_mtu, check_output, check_time, check_module, check_against, check_restart,
		check_attachment, check_queues, check_largest,
		check_expects, plan_check_schedule,
	};
	size_t i;
	int code;

	plan_choose_driver(plan);
	if (plan->warmup == PLAN_WARMUP)
		plan->warmup = choose_warmup(plan);
	for (i = 0; i < ARRAY_SIZE(check); i++) {
		code = check[i](plan);
		if (code)
			return code;
	}
	code = plan_fit_schedule(plan);
	return code ? code : plan->target->check(plan);
}
