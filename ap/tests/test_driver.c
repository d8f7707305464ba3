// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "driver.h"
#include "injector/frame.h"
#include "kmod/uapi/intmgr.h"
#include "option_driver.h"
#include "register_name.h"
#include "sink.h"

static const char *const names[] = { "e1000e", "e1000", "virtio_net", "igb" };

/* What a run or a CREATE takes from a row must fit it. */
static void rows_are_whole(void **state)
{
	const struct intmgr_create create;
	const struct driver *d;
	size_t i;
	u32 a;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		d = driver_find(names[i]);
		assert_non_null(d);
		assert_string_equal(d->name, names[i]);
		assert_true(strlen(d->model) < sizeof(create.model));
		assert_ptr_equal(driver_of_model(d->model), d);
		assert_true(driver_takes(d, driver_attachment(d)));
		assert_true(driver_takes(d, INTMGR_ATTACH_STOCK));
		assert_in_range(d->queues, 1, INTMGR_QUEUES);
		assert_in_range(d->ring, 256, 65536);
		for (a = 0; a < INTMGR_ATTACHMENTS; a++)
			assert_true(!d->largest[a] ||
				    (d->largest[a] >= 1514 &&
				     d->largest[a] <= FRAME_MAX_SIZE));
	}
}

static void what_is_not_there_is_not_found(void **state)
{
	assert_null(driver_find(""));
	assert_null(driver_find("e1000E"));
	assert_null(driver_find("e100"));
	assert_null(driver_of_model("82574"));
	assert_null(driver_of_model(""));
}

static void attachments_are_each_drivers_own(void **state)
{
	const struct driver *e1000e = driver_find("e1000e");
	const struct driver *igb = driver_find("igb");
	char text[64];

	assert_true(driver_takes(e1000e, INTMGR_ATTACH_POLL));
	assert_false(driver_takes(igb, INTMGR_ATTACH_PATCHED));
	assert_false(driver_takes(igb, INTMGR_ATTACH_POLL));
	assert_false(driver_takes(igb, INTMGR_ATTACHMENTS));
	assert_false(driver_takes(igb, UINT32_MAX));
	assert_int_equal(driver_attachment(e1000e), INTMGR_ATTACH_PATCHED);
	assert_int_equal(driver_attachment(igb), INTMGR_ATTACH_STOCK);
	assert_string_equal(driver_attachment_list(e1000e, text),
			    "stock, patched, poll");
	assert_string_equal(driver_attachment_list(igb, text), "stock");
	assert_string_equal(driver_attachment_name(INTMGR_ATTACHMENTS),
			    "unknown");
}

static void options_take_what_the_table_has(void **state)
{
	const struct driver *d;
	char list[128];
	u32 a;

	assert_string_equal(driver_list(list),
			    "e1000e, e1000, virtio_net, igb");
	assert_int_equal(option_driver("driver", "virtio_net", &d), 0);
	assert_string_equal(d->pci, "virtio-pci");
	assert_int_equal(option_driver("driver", "virtio-net", &d), 2);
	assert_int_equal(option_attachment("attach", "poll", &a), 0);
	assert_int_equal(a, INTMGR_ATTACH_POLL);
	assert_int_equal(option_attachment("attach", "Poll", &a), 2);
	assert_int_equal(option_check_attachment(driver_find("e1000"),
						 INTMGR_ATTACH_POLL), 2);
}

static void sinks_read_as_they_are_written(void **state)
{
	static const char *const good[] = {
		"drop", "count", "echo", "answer", "peer:1", "peer:8",
	};
	static const char *const bad[] = {
		"", "Drop", "drop ", "peer", "peer:", "peer:0", "peer:9",
		"peer:x", "peer:1x", "peer:-1", "peers:1",
		"peer:18446744073709551617",
	};
	u32 sink, peer;
	char text[16];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		assert_null(sink_parse(good[i], &sink, &peer));
		assert_string_equal(sink_text(sink, peer, text), good[i]);
		assert_int_equal(!peer, i < 4);
	}
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_non_null(sink_parse(bad[i], &sink, &peer));
	assert_string_equal(sink_text(INTMGR_SINKS, 0, text), "unknown");
	assert_string_equal(sink_text(UINT32_MAX, 0, text), "unknown");
}

static void registers_have_their_data_sheets_names(void **state)
{
	static const struct {
		const char *model;
		u32 offset;
		const char *name;
	} cases[] = {
		{ "82574l", 0x2818, "RDT" }, { "82574l", 0x2918, "RDT[1]" },
		{ "82545gm", 0x3818, "TDT" }, { "82576", 0xc018, "RDT" },
		{ "82576", 0xc0d8, "RDT[3]" }, { "82576", 0xc3d8, "RDT[15]" },
		{ "82576", 0xc418, "0xc418" }, { "82574l", 0x2c18, "0x2c18" },
		{ "82574l", 0x100, "RCTL" }, { "82574l", 0x101, "0x101" },
		{ "82574l", 0xfffffffc, "0xfffffffc" },
		{ "virtio_net", 0x2818, "0x2818" }, { "", 0x2818, "0x2818" },
	};
	char text[32];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(register_name(cases[i].model,
						  cases[i].offset, text),
				    cases[i].name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_whole),
		cmocka_unit_test(what_is_not_there_is_not_found),
		cmocka_unit_test(attachments_are_each_drivers_own),
		cmocka_unit_test(options_take_what_the_table_has),
		cmocka_unit_test(sinks_read_as_they_are_written),
		cmocka_unit_test(registers_have_their_data_sheets_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
