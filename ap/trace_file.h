/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef AP_TRACE_FILE_H
#define AP_TRACE_FILE_H

#include <stdio.h>

/* Where a job has the trace's file, whatever it is called outside. */
#define TRACE_OF_JOB	"/trace"

/* The file of --schedule trace:@path; NULL and errno. */
FILE *trace_file_open(const char *path);

#endif
