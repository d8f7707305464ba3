/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file of due times: one a line, since the start of the run, in ns or with a
 * unit. What follows a # is a comment; lines may be empty.
 */
#ifndef AP_TRACE_H
#define AP_TRACE_H

#include "injector/port.h"

/*
 * Read @path; free(*times). EXIT_DONE, or with nothing to free, after saying
 * what is wrong in which line, EXIT_USAGE, or EXIT_CANNOT if it cannot be read.
 */
int trace_read(const char *path, u64 **times, u32 *count);

#endif
