// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <sys/stat.h>
#include <unistd.h>

#include "injector/record.h"
#include "plot.h"
#include "target.h"
#include "table.h"

static char folder[] = "/tmp/intmgr-plot-XXXXXX";
static char table[64], picture[64];

/* Two curves of three points each. */
static void write_table(void)
{
	const struct facts facts = { .site.kernel = "6.1.0" };
	struct result r = { .stats = { .sent = 10 } };
	FILE *out = fopen(table, "w");
	struct plan plan;
	int i;

	assert_non_null(out);
	plan_init(&plan);
	plan.target = &target_kernel;
	table_write_header(out, &plan, &facts);
	for (i = 0; i < 6; i++) {
		plan.size = i < 3 ? 1500 : 8000;
		plan.interval_ns = 1000 << i % 3;
		r.stats.received = 5 + i % 3;
		r.stats.send.p50 = plan.size;
		table_write_point(out, &plan, &r);
	}
	fclose(out);
}

static int make_folder(void **state)
{
	if (!mkdtemp(folder))
		return -1;
	snprintf(table, sizeof(table), "%s/t'able.tsv", folder);
	snprintf(picture, sizeof(picture), "%s/it's.png", folder);
	write_table();
	return 0;
}

static int remove_folder(void **state)
{
	unlink(table);
	unlink(picture);
	return rmdir(folder);
}

static void a_table_becomes_a_picture(void **state)
{
	static const char png[4] = "\x89PNG";
	char head[4] = "";
	FILE *f;

	if (system("command -v gnuplot >/dev/null"))
		skip();
	assert_int_equal(plot_draw(table, picture), 0);
	f = fopen(picture, "r");
	assert_non_null(f);
	assert_int_equal(fread(head, 1, sizeof(head), f), sizeof(head));
	assert_memory_equal(head, png, sizeof(png));
	fclose(f);
}

static void a_missing_table_is_a_failure(void **state)
{
	if (system("command -v gnuplot >/dev/null"))
		skip();
	assert_int_equal(plot_draw("/nonexistent/table", picture), 3);
}

static void no_gnuplot_is_a_failure(void **state)
{
	setenv("PATH", "/nonexistent", 1);
	assert_int_equal(plot_draw(table, picture), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_becomes_a_picture),
		cmocka_unit_test(a_missing_table_is_a_failure),
		cmocka_unit_test(no_gnuplot_is_a_failure),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
