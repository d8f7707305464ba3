/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The progress line on a terminal, fed by the kernel's events; or where this
 * program fires the shots, by its own figures.
 */
#ifndef AP_PROGRESS_H
#define AP_PROGRESS_H

#include <pthread.h>

#include "device.h"
#include "events.h"

#define PROGRESS_PERIOD_MS	250

struct progress {
	struct events events;
	const struct device *dev;	/* whose figures to look at; NULL: there are events */
	u64 count;		/* shots of its run */
	pthread_t thread;
	int wake;		/* eventfd: end the thread */
	char label[64];
	bool shown;		/* is the thread there? */
};

/* Can a line be shown: is stderr a terminal? */
bool progress_wanted(void);

/*
 * Show @label and the figures of the runs of @dev from now on, the last of which
 * has @count shots. Failing shows nothing.
 */
void progress_start(struct progress *p, const char *label,
		    const struct device *dev, u64 count);

/* Wipe the line. Safe on a progress that was zeroed. */
void progress_stop(struct progress *p);

#endif
