// SPDX-License-Identifier: GPL-2.0-only
/*
 * The target "uml": the driver runs in a User-Mode Linux process, which is
 * started for the run.
 */
#include <string.h>
#include <unistd.h>

#include "plan.h"
#include "rig.h"
#include "say.h"
#include "target.h"
#include "uml.h"
#include "virtual.h"

static int uml_check(struct plan *plan)
{
	if (plan->function)
		return say_usage("--function: a User-Mode Linux has one function of its own: leave it out with --target uml");
	if (plan->module && access(plan->module, R_OK))
		return say_cannot("--module: cannot read %s: %m", plan->module);
	/* In virtual time both are one process. */
	return plan->deterministic ? EXIT_DONE : plan_check_cpus_here(plan);
}

static int uml_target_open(struct rig *rig, const struct plan *plan)
{
	const struct uml_spec spec = {
		.driver = plan->driver,
		.attachment = plan->attachment,
		.module = plan->module,
		.cpu = plan->target_cpu,
	};

	rig->facts.driver = plan->driver;
	rig->facts.attachment = plan->attachment;
	rig->own_function = true;
	return uml_open(&rig->dev, &spec);
}

static void uml_describe(const struct device *dev, char how[ENDING_TEXT])
{
	if (!uml_machine_ended(uml_machine(dev->uml), how))
		strcpy(how, "it hangs");
}

static void uml_report_end(const struct device *dev, FILE *out)
{
	uml_machine_show_console(uml_machine(dev->uml), out);
}

const struct target target_uml = {
	.name = "uml",
	.foreign = true,
	.stock_only = true,
	.virtual_time = true,
	.any_module = true,
	.warmup = 5000,		/* each buffer once: its process touches it then first */
	.check = uml_check,
	.open = uml_target_open,
	.describe = uml_describe,
	.report_end = uml_report_end,
	.elsewhere = virtual_run,
};
