/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Probes of the kernel's tracepoints, which are looked up by name, since not all
 * are exported. A probe of the wrong type would be called all the same: have
 * check_trace_callback_type_NAME() look at each.
 */
#ifndef INTMGR_PROBES_H
#define INTMGR_PROBES_H

struct tracepoint;

struct probe {
	const char *name;
	void *function;
	struct tracepoint *tp;	/* filled in */
};

/* All or none. 0 or -errno; -ENOENT: there is no such tracepoint. */
int probes_register(struct probe *probes, int count);
/* After it no probe runs. */
void probes_unregister(struct probe *probes, int count);

#endif
