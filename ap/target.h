/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Targets: the kinds of kernel that the driver under test can run in. Each is a
 * file, target_NAME.c, and a line of the table in targets.c.
 */
#ifndef AP_TARGET_H
#define AP_TARGET_H

#include <stdbool.h>
#include <stdio.h>

#include "ending.h"
#include "injector/port.h"

struct device;
struct plan;
struct rig;

struct target {
	const char *name;	/* as --target has it */
	/* the command that starts it again, but for the number; or NULL */
	const char *again;
	bool foreign;		/* its kernel is another one: an agent works there */
	bool stock_only;	/* drivers there are unmodified ones, and trapped */
	bool virtual_time;	/* it can have that (--deterministic) */
	u32 warmup;		/* shots until its memory is warm; 0: the usual number */
	bool any_module;	/* a driver can be any file (--module) */

	/* Can it do what the plan wants, and which CPUs does that take? */
	int (*check)(struct plan *plan);

	/* Open the device and, in the rig's facts, say what is there. */
	int (*open)(struct rig *rig, const struct plan *plan);

	/*
	 * Of foreign ones: how the kernel ended, in one line; all there is to
	 * know of that, for a person; start it again if it is not up; start it
	 * again for the rig, which stays open. The last two may be NULL.
	 */
	void (*describe)(const struct device *dev, char how[ENDING_TEXT]);
	void (*report_end)(const struct device *dev, FILE *out);
	int (*begin)(const struct plan *plan);
	int (*restart)(struct rig *rig, const struct plan *plan);

	/* NULL, or does all of a plan in virtual time; the exit code. */
	int (*elsewhere)(const struct plan *plan);
};

extern const struct target target_kernel, target_node, target_uml;

/* NULL: there is none of this name here. */
const struct target *target_find(const char *name);

/* The one that a command is for that names none. */
const struct target *target_usual(void);

/* "kernel, node, uml" */
const char *target_list(char text[64]);

#endif
