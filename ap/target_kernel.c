// SPDX-License-Identifier: GPL-2.0-only
/*
 * The target "kernel": the driver runs in this kernel, on another core.
 */
#include "plan.h"
#include "rig.h"
#include "say.h"
#include "target.h"

static int kernel_check(struct plan *plan)
{
	return plan_check_cpus_here(plan);
}

static int kernel_open(struct rig *rig, const struct plan *plan)
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
	rig->own_function = rig->setup.made;
	err = device_attach(&rig->dev);
	return err ? say_cannot("%s", device_error_text(err)) : EXIT_DONE;
}

const struct target target_kernel = {
	.name = "kernel",
	.check = kernel_check,
	.open = kernel_open,
};
