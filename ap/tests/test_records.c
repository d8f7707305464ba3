// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "injector/record.h"
#include "records.h"

static void a_line_has_every_time(void **state)
{
	const struct intmgr_record r = {
		.seq = 3, .due_ns = 76000, .start_ns = 76010,
		.copied_ns = 76400, .rung_ns = 76600, .handler_ns = 77000,
		.poll_ns = 78000, .delivered_ns = 79000, .socket_ns = 2000000,
		.outcome = OUTCOME_DELIVERED,
	};
	char *text = WRITTEN(out, records_write(out, &r));

	assert_string_equal(text,
			    "3\t76000\t76010\t76400\t76600\t77000\t78000\t79000\t2000000\tdelivered\t0\t0\n");
	free(text);
}

static void what_never_happened_is_a_dash(void **state)
{
	const struct intmgr_record r = {
		.seq = 1, .due_ns = 0, .start_ns = -5,
		.copied_ns = 400, .rung_ns = INTMGR_NEVER,
		.handler_ns = INTMGR_NEVER, .poll_ns = INTMGR_NEVER,
		.delivered_ns = INTMGR_NEVER, .socket_ns = INTMGR_NEVER,
		.outcome = OUTCOME_NO_DESCRIPTOR, .reason = 2, .queue = 7,
	};
	char *text = WRITTEN(out, records_write(out, &r));

	assert_string_equal(text,
			    "1\t0\t-5\t400\t-\t-\t-\t-\t-\tno_descriptor\t2\t7\n");
	free(text);
}

static void an_unknown_outcome_is_said(void **state)
{
	const struct intmgr_record r = { .seq = 1, .outcome = OUTCOMES };
	char *text = WRITTEN(out, records_write(out, &r));

	assert_non_null(strstr(text, "\tunknown\t"));
	free(text);
}

static u32 tabs(const char *text)
{
	u32 n = 0;

	for (; *text; text++)
		n += *text == '\t';
	return n;
}

static void the_header_fits_the_lines(void **state)
{
	const struct intmgr_record r = { 0 };
	char *head = WRITTEN(out, records_write_header(out));
	char *line = WRITTEN(out, records_write(out, &r));

	assert_int_equal(tabs(head), tabs(line));
	free(head);
	free(line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_has_every_time),
		cmocka_unit_test(what_never_happened_is_a_dash),
		cmocka_unit_test(an_unknown_outcome_is_said),
		cmocka_unit_test(the_header_fits_the_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
