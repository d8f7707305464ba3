// SPDX-License-Identifier: GPL-2.0-only
#include "remains.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "json_print.h"
#include "kmod/uml/remains.h"
#include "records.h"
#include "report.h"
#include "say.h"
#include "support/support.h"

/* ---- the file ---- */

static u64 records_of(const struct plan *plan)
{
	return min(plan->count, (u64)RUN_RECORDS);
}

int remains_give(struct remains_file *f, struct uml_machine *m,
		 const struct plan *plan)
{
	void *map;

	f->size = sizeof(struct remains) +
		  records_of(plan) * sizeof(struct intmgr_record);
	f->fd = uml_machine_file("remains", f->size);
	if (f->fd < 0)
		return EXIT_CANNOT;
	map = mmap(NULL, f->size, PROT_READ | PROT_WRITE, MAP_SHARED, f->fd,
		   0);
	if (map == MAP_FAILED)
		return say_cannot("cannot map a file in memory: %m");
	f->map = map;
	f->map->room = records_of(plan);
	uml_process_word(&m->process, "iomem=" REMAINS_NAME ",/proc/self/fd/%d",
			 f->fd);
	return EXIT_DONE;
}

void remains_free(struct remains_file *f)
{
	if (f->map)
		munmap(f->map, f->size);
	if (f->fd >= 0)
		close(f->fd);
	*f = (struct remains_file)REMAINS_NO_FILE;
}

/* The shots of a run come after those of its warm-up, and before the probes. */
const struct remains *remains_find(const struct remains_file *f,
				   const struct plan *plan)
{
	const struct remains *r = f->map;
	bool run = !plan->nsizes && plan->against == INTMGR_AGAINST_DRIVER;

	return run && r->run == (plan->warmup ? 2 : 1) &&
	       r->records <= records_of(plan) ? r : NULL;
}

/* ---- what is in it ---- */

/* Where the last line of @log that is whole ends; *seq gets its shot, 0: none. */
static off_t last_line(FILE *log, u64 *seq)
{
	char *line = NULL;
	size_t room = 0;
	off_t end = 0;
	ssize_t len;

	*seq = 0;
	rewind(log);
	while ((len = getline(&line, &room, log)) > 0 && line[len - 1] == '\n') {
		*seq = strtoull(line, NULL, 10);
		end += len;
	}
	free(line);
	return end;
}

int remains_log(const struct remains *r, int fd)
{
	FILE *log = fdopen(dup(fd), "r+");
	off_t end;
	u64 i, last;
	int err;

	if (!log)
		return -errno;
	end = last_line(log, &last);
	err = fseeko(log, end, SEEK_SET) || ftruncate(fd, end) ? -errno : 0;
	if (!end)
		records_write_header(log);
	for (i = 0; i < r->records; i++)
		if (r->record[i].seq > last)
			records_write(log, &r->record[i]);
	return fclose(log) ? -errno : err;
}

/* Of the machine that it was on, nothing is left. */
static void print_json(const struct plan *plan, const struct result *result)
{
	const struct facts facts = {
		.driver = plan->driver,
		.attachment = plan->attachment,
	};
	struct json_object *o = result_json(plan, &facts, result);

	if (o)
		json_print(o);
}

void remains_report(FILE *out, const struct remains *r, const struct plan *plan,
		    const char *how)
{
	struct result result = {
		.stats = r->stats,
		.deaths = 1,
		.death[0].sent = r->stats.sent,
		.uncounted = true,
	};

	snprintf(result.death[0].how, ENDING_TEXT, "%s", how);
	if (plan->json)
		print_json(plan, &result);
	else if (!plan->quiet)
		report_shots(out, plan, &result);
}
