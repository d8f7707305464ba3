// SPDX-License-Identifier: GPL-2.0-only
/*
 * The only target of a job: the kernel that it runs in, which has one CPU and
 * whose time is virtual.
 */
#include "../target.h"

#include <string.h>

#include "../plan.h"
#include "../rig.h"
#include "../say.h"

static int virtual_check(struct plan *plan)
{
	plan->cpu = 0;
	plan->target_cpu = 0;
	return EXIT_DONE;
}

static int virtual_open(struct rig *rig, const struct plan *plan)
{
	return target_kernel.open(rig, plan);
}

static const struct target target_virtual = {
	.name = "uml",
	.stock_only = true,
	.virtual_time = true,
	.any_module = true,
	.check = virtual_check,
	.open = virtual_open,
};

const struct target *target_find(const char *name)
{
	return strcmp(name, target_virtual.name) ? NULL : &target_virtual;
}

const struct target *target_usual(void)
{
	return &target_virtual;
}

const char *target_list(char text[64])
{
	return strcpy(text, target_virtual.name);
}
