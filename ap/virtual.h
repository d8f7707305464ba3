/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Virtual time: the whole command, support side and driver, in one User-Mode
 * Linux whose clock moves on only when nothing is left to do at the time. With
 * the same seed and the same binaries it says the same to the last byte.
 */
#ifndef AP_VIRTUAL_H
#define AP_VIRTUAL_H

#include "plan.h"
#include "remains.h"
#include "uml_machine.h"

struct virtual {
	struct uml_machine machine;
	int window;
	struct remains_file remains;
	u64 identity;			/* of the binaries; 0: it has no log */
	int line[UML_LINES];		/* what came out of its serial lines */
};

enum { VIRTUAL_OUT, VIRTUAL_ERR, VIRTUAL_LOG, VIRTUAL_CODE };

/*
 * Start what @plan says, which was checked; its log is written if the plan has
 * one. virtual_free() it in any case.
 */
int virtual_start(struct virtual *v, const struct plan *plan);

/*
 * Wait until it has ended, and have its log whole, whatever it ended by; false: the
 * user wants to stop.
 */
bool virtual_wait(struct virtual *v, const struct plan *plan);

/*
 * It has ended: the exit code of what it did. @how: "" unless its kernel ended
 * or complained before that, and then why.
 */
int virtual_code(struct virtual *v, char how[UML_HOW]);

/* The first line of what it said on stderr. */
void virtual_said(const struct virtual *v, char *line, size_t size);

void virtual_free(struct virtual *v);

/* Do all that, and have its output come out here. The exit code. */
int virtual_run(const struct plan *plan);

#endif
