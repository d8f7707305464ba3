/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What one run gave, and its shape as JSON.
 */
#ifndef AP_RESULT_H
#define AP_RESULT_H

#include "ending.h"
#include "kmod/uapi/intmgr.h"
#include "kmod/uapi/intmgr_target.h"
#include "plan.h"
#include "site.h"
#include "standing.h"

struct json_object;

/* What was run, apart from the plan. */
struct facts {
	struct site_facts site;		/* of the kernel that the driver runs in */
	char support_kernel[65];	/* of the one that plays the NIC */
	u64 support_uptime_ns;
	char model[17], bdf[17];	/* of the NIC */
	const struct driver *driver;	/* NULL: not known, as in a template */
	u32 attachment;			/* enum intmgr_attachment */
	u32 function;			/* its id; 0: a node's */
};

/* Contract 7: what the same loop shows without the driver, in the same run. */
struct floors {
	double gap_outside_2us;		/* share of gaps */
	u64 memcpy_ns, ipi_ns;		/* medians */
};

#define RESULT_DEATHS	16

/* How the target ended in a run. */
struct death {
	u64 sent;			/* shots of the run until then; floors and warm-up: 0 */
	char how[ENDING_TEXT];
};

struct result {
	struct intmgr_stats stats;
	struct floors floors;		/* meaningful if the plan asks for them */
	u64 read_late, duplicates, foreign;	/* the receivers'; sums.h */
	u32 deaths;			/* of the target; the first have an entry in death[] */
	u32 restarts;
	struct death death[RESULT_DEATHS];
	u64 probed, probe_lost;		/* slow shots after the run, and those that were not delivered */
	bool watched;			/* @function is known: the driver is in this kernel */
	bool counted;			/* ... and so is @accesses: nobody sees those to polled memory */
	u64 accesses;			/* of the driver to its registers, during the shots */
	struct intmgr_function function;	/* after them */
	bool uncounted;			/* a dying target wrote over what its reader had counted */
	struct standings standings;
	bool interrupted;
	char disagreement[160];		/* of the sums, "": they agree */
};

/* count / of; 0 where of is 0. */
double result_share(u64 count, u64 of);

/* Register accesses of the driver for each frame received; 0: none was. */
double result_accesses(const struct result *result);

/* How many RX queues there are figures of. */
u32 result_queues(const struct plan *plan, const struct intmgr_stats *s);

/* Frames the driver put into a socket buffer / shots. */
double result_success(const struct intmgr_stats *s);

/* Does the plan ask for floors beside its figures? */
bool result_has_floors(const struct plan *plan);

/* The object that run --json prints; NULL: no memory. json_object_put() it. */
struct json_object *result_json(const struct plan *plan,
				const struct facts *facts,
				const struct result *result);

/* The same for a run that did not happen: all names, no values. */
struct json_object *result_template(const struct plan *plan);

#endif
