/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A job: the command line that a kernel in virtual time was started for. There
 * the command runs beside the driver, support side and all, so that nothing
 * comes from outside and all of it is the same each time.
 *
 *	/job		its arguments, one string after the other
 *	/trace		the times of its --schedule trace:FILE, if it has that
 *	/dev/ttyS0	its stdout
 *	/dev/ttyS1	its stderr
 *	/dev/ttyS2	for a log, by this name
 *	/dev/ttyS3	its exit code
 */
#ifndef AGENT_JOB_H
#define AGENT_JOB_H

#include <stdbool.h>

#define JOB_WORDS	"/job"

/* Is there one? */
bool job_is_there(void);

/* Do it, say how it ended, and switch this kernel off. */
void job_do(void);

#endif
