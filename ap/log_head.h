/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The first lines of a log in virtual time, from which the run can be repeated:
 * its command line, and what binaries it was of.
 */
#ifndef AP_LOG_HEAD_H
#define AP_LOG_HEAD_H

#include "plan.h"
#include "words.h"

#define LOG_HEAD_LINES	2

/* @identity: of identity.h. */
void log_head_write(FILE *log, const struct plan *plan, u64 identity);

/*
 * Read these lines of the log @path. argv[0] among @words is the verb.
 * EXIT_DONE, or EXIT_USAGE after saying which line is none.
 */
int log_head_read(FILE *log, const char *path, struct words *words,
		  u64 *identity);

#endif
