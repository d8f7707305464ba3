/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is left of a run in virtual time whose kernel panicked: the figures and
 * records that its support side had come to (kmod/uml/remains.h).
 */
#ifndef AP_REMAINS_H
#define AP_REMAINS_H

#include <stdio.h>

#include "plan.h"
#include "uml_machine.h"

struct remains;

struct remains_file {
	int fd;
	size_t size;
	struct remains *map;
};

#define REMAINS_NO_FILE	{ .fd = -1 }

/*
 * Give @m a file for what will be left of the run that @plan says. EXIT_DONE, or
 * EXIT_CANNOT after saying why. remains_free() in any case.
 */
int remains_give(struct remains_file *f, struct uml_machine *m,
		 const struct plan *plan);
void remains_free(struct remains_file *f);

/* What is left of that run; NULL: the kernel did not panic in it. */
const struct remains *remains_find(const struct remains_file *f,
				   const struct plan *plan);

/* Add to the log in @fd, of which some was written before, what it lacks. 0 or -errno. */
int remains_log(const struct remains *r, int fd);

/*
 * What became of the shots, for a person on @out, or as JSON on stdout, as @plan
 * has it; @how the kernel ended.
 */
void remains_report(FILE *out, const struct remains *r, const struct plan *plan,
		    const char *how);

#endif
