// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "injector/port.h"
#include "kmod/uapi/intmgr.h"
#include "target.h"

static const struct target *const targets[] = {
	&target_kernel, &target_node, &target_uml,
};

const struct target *target_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(targets); i++)
		if (!strcmp(targets[i]->name, name))
			return targets[i];
	return NULL;
}

/* Who has not loaded modules into this kernel wants nothing of it. */
const struct target *target_usual(void)
{
	return access(INTMGR_DEVICE, F_OK) ? &target_uml : &target_kernel;
}

const char *target_list(char text[64])
{
	size_t i, used = 0;

	for (i = 0; i < ARRAY_SIZE(targets); i++)
		used += snprintf(text + used, 64 - used, "%s%s", i ? ", " : "",
				 targets[i]->name);
	return text;
}
