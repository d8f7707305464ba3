// SPDX-License-Identifier: GPL-2.0-only
#include "records.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "cpus.h"
#include "injector/record.h"
#include "stop.h"

#define CAPACITY	4096

/*
 * Fetching disturbs the target's CPU, so it is done seldom; the kernel keeps
 * 69632 records, of 50 ms even at 1 us.
 */
#define PERIOD_NS	50000000

void records_write_header(FILE *file)
{
	fputs("seq\tdue_ns\tstart_ns\tcopied_ns\trung_ns\thandler_ns\tpoll_ns\tdelivered_ns\tsocket_ns\toutcome\treason\tqueue\n",
	      file);
}

static void write_time(FILE *file, s64 ns)
{
	if (ns == INTMGR_NEVER)
		fputs("\t-", file);
	else
		fprintf(file, "\t%" PRId64, ns);
}

void records_write(FILE *file, const struct intmgr_record *r)
{
	const s64 time[] = {
		r->due_ns, r->start_ns, r->copied_ns, r->rung_ns,
		r->handler_ns, r->poll_ns, r->delivered_ns, r->socket_ns,
	};
	size_t i;

	fprintf(file, "%llu", r->seq);
	for (i = 0; i < ARRAY_SIZE(time); i++)
		write_time(file, time[i]);
	fprintf(file, "\t%s\t%u\t%u\n",
		r->outcome < OUTCOMES ? outcome_name(r->outcome) : "unknown",
		r->reason, r->queue);
}

int records_open(struct records *r, const char *path)
{
	*r = (struct records){ 0 };
	r->buffer = calloc(CAPACITY, sizeof(*r->buffer));
	if (!r->buffer)
		return -ENOMEM;
	r->file = strcmp(path, "-") ? fopen(path, "we") : stdout;
	if (!r->file) {
		free(r->buffer);
		return -errno;
	}
	records_write_header(r->file);
	return 0;
}

/* What is there now; how many, or -errno. */
static int fetch(struct records *r)
{
	u32 i, count;
	int err;

	err = device_records(r->dev, r->buffer, CAPACITY, &count);
	if (err)
		return err == -ENODATA ? 0 : err;	/* no run has begun yet */
	for (i = 0; i < count; i++)
		records_write(r->file, &r->buffer[i]);
	r->written += count;
	return count;
}

static void *fetch_all(void *arg)
{
	const struct timespec period = { .tv_nsec = PERIOD_NS };
	struct records *r = arg;
	bool last = false;
	int n;

	stop_not_here();
	cpus_give_way();
	for (;;) {
		while ((n = fetch(r)) > 0)
			;
		if (n < 0)
			r->error = n;
		if (last || n < 0)
			return NULL;
		last = port_load_acquire(&r->stop);
		if (!last)
			nanosleep(&period, NULL);
	}
}

int records_start(struct records *r, const struct device *dev)
{
	u32 count;

	r->dev = dev;
	r->stop = false;
	do {
		if (device_records(dev, r->buffer, CAPACITY, &count))
			break;
	} while (count);
	return -pthread_create(&r->thread, NULL, fetch_all, r);
}

void records_stop(struct records *r)
{
	port_store_release(&r->stop, true);
	pthread_join(r->thread, NULL);
	fflush(r->file);	/* what comes next may end this kernel */
}

int records_close(struct records *r)
{
	bool bad = ferror(r->file);

	bad |= r->file == stdout ? fflush(r->file) : fclose(r->file);
	free(r->buffer);
	if (!r->error && bad)
		r->error = -EIO;
	return r->error;
}
