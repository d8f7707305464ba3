// SPDX-License-Identifier: GPL-2.0-only
#include "probes.h"

#include <linux/errno.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

static void find(struct tracepoint *tp, void *arg)
{
	struct probe *probe = arg;

	if (!strcmp(tp->name, probe->name))
		probe->tp = tp;
}

int probes_register(struct probe *probes, int count)
{
	int i, err;

	for (i = 0; i < count; i++) {
		for_each_kernel_tracepoint(find, &probes[i]);
		err = -ENOENT;
		if (probes[i].tp)
			err = tracepoint_probe_register(probes[i].tp,
							probes[i].function,
							NULL);
		if (err) {
			probes_unregister(probes, i);
			return err;
		}
	}
	return 0;
}

void probes_unregister(struct probe *probes, int count)
{
	while (count--)
		tracepoint_probe_unregister(probes[count].tp,
					    probes[count].function, NULL);
	tracepoint_synchronize_unregister();
}
