// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <sys/mman.h>
#include <unistd.h>

#include "injector/record.h"
#include "kmod/uml/remains.h"
#include "records.h"
#include "remains.h"

#define RECORDS	9U

static struct remains *some(void)
{
	struct remains *r = calloc(1, sizeof(*r) + RECORDS * sizeof(r->record[0]));
	u32 i;

	assert_non_null(r);
	r->room = RECORDS;
	r->records = RECORDS;
	r->run = 2;
	r->stats.sent = RECORDS;
	r->stats.outcome[OUTCOME_TARGET_DEAD] = RECORDS;
	for (i = 0; i < RECORDS; i++) {
		r->record[i].seq = i + 1;
		r->record[i].due_ns = i * 1000;
		r->record[i].outcome = OUTCOME_TARGET_DEAD;
	}
	return r;
}

static void write_lines(FILE *out, const struct remains *r, u32 lines)
{
	u32 i;

	records_write_header(out);
	for (i = 0; i < lines; i++)
		records_write(out, &r->record[i]);
}

/* What the log is made from @before, the first @len bytes of what was written. */
static char *completed(const struct remains *r, const char *before, size_t len)
{
	int fd = memfd_create("log", 0);
	char *text = calloc(1, 4096);

	assert_true(fd >= 0);
	assert_non_null(text);
	assert_int_equal(write(fd, before, len), len);
	assert_int_equal(remains_log(r, fd), 0);
	assert_true(pread(fd, text, 4095, 0) > 0);
	close(fd);
	return text;
}

/* Wherever in it the kernel's end cut it off. */
static void a_log_is_whole_again(void **state)
{
	struct remains *r = some();
	char *whole = WRITTEN(out, write_lines(out, r, RECORDS)), *log;
	size_t len;

	for (len = 0; len <= strlen(whole); len++) {
		log = completed(r, whole, len);
		assert_string_equal(log, whole);
		free(log);
	}
	free(whole);
	free(r);
}

/* A long run's first records were written when they were still there. */
static void earlier_lines_stay(void **state)
{
	struct remains *r = some();
	char *whole = WRITTEN(out, write_lines(out, r, RECORDS));
	char *early = WRITTEN(out, write_lines(out, r, 6)), *log;

	memmove(&r->record[0], &r->record[4], 5 * sizeof(r->record[0]));
	r->records = 5;
	log = completed(r, early, strlen(early));
	assert_string_equal(log, whole);
	free(log);
	free(early);
	free(whole);
	free(r);
}

static void it_is_of_the_run_and_no_other(void **state)
{
	struct remains *r = some();
	struct remains_file f = { .fd = -1, .map = r };
	struct plan plan = {
		.count = RECORDS,
		.warmup = 500,
		.against = INTMGR_AGAINST_DRIVER,
	};

	assert_ptr_equal(remains_find(&f, &plan), r);
	plan.warmup = 0;
	assert_null(remains_find(&f, &plan));
	r->run = 1;
	assert_ptr_equal(remains_find(&f, &plan), r);
	plan.count = RECORDS - 1;
	assert_null(remains_find(&f, &plan));
	plan.count = RECORDS;
	plan.nsizes = 1;		/* a sweep has many */
	assert_null(remains_find(&f, &plan));
	plan.nsizes = 0;
	r->run = 0;			/* no panic */
	assert_null(remains_find(&f, &plan));
	free(r);
}

static void what_became_of_the_shots_is_said(void **state)
{
	struct remains *r = some();
	struct plan plan = { .against = INTMGR_AGAINST_DRIVER };
	char *text = WRITTEN(out, remains_report(out, r, &plan, "panic: why"));

	assert_non_null(strstr(text, "sent                 9 "));
	assert_non_null(strstr(text, "target_dead        9 "));
	assert_non_null(strstr(text, "died after 9 shots: panic: why\n"));
	free(text);
	plan.quiet = true;
	text = WRITTEN(out, remains_report(out, r, &plan, "panic: why"));
	assert_string_equal(text, "");
	free(text);
	free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_log_is_whole_again),
		cmocka_unit_test(earlier_lines_stay),
		cmocka_unit_test(it_is_of_the_run_and_no_other),
		cmocka_unit_test(what_became_of_the_shots_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
