/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * --log: one line a shot, fetched from the kernel while the run goes on.
 */
#ifndef AP_RECORDS_H
#define AP_RECORDS_H

#include <pthread.h>
#include <stdio.h>

#include "device.h"
#include "injector/port.h"

struct records {
	const struct device *dev;
	FILE *file;
	struct intmgr_record *buffer;
	pthread_t thread;
	bool stop;		/* atomic */
	int error;		/* of the file or the kernel; stable after records_stop() */
	u64 written;
};

/* Create @path ("-": stdout) and write the header line. 0 or -errno. */
int records_open(struct records *r, const char *path);

/* Throw away what earlier runs left, then fetch in a thread. 0 or -errno. */
int records_start(struct records *r, const struct device *dev);

/* Fetch the rest and end the thread. */
void records_stop(struct records *r);

/* Flush and close. 0, or the first error of the whole log. */
int records_close(struct records *r);

/* The log's header and one shot's line, as in intmgr(1). */
void records_write_header(FILE *file);
void records_write(FILE *file, const struct intmgr_record *record);

#endif
