// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <json-c/json.h>

#include "injector/faults.h"
#include "status.h"

/* A stock e1000 that is doing well, and an igb that is not. */
static void fill(struct status *s)
{
	static const struct function_entry e1000 = {
		.info = { .id = 1, .model = "82545gm", .bdf = "0001:00:00.0",
			  .queues = 1, .sink = INTMGR_SINK_PEER, .peer = 3,
			  .pool_size = 68 << 20, .accesses = 40,
			  .trapped = 40, .sent = 7, .returned = 2 },
		.sysfs = { .driver = "e1000", .interface = "eth0" },
	};
	static const struct function_entry igb = {
		.info = { .id = 3, .model = "82576", .bdf = "0003:00:00.0",
			  .attachment = INTMGR_ATTACH_STOCK, .dead = 1,
			  .temporary = 1, .faults = 2,
			  .fault = {
				{ FAULT_RING, 0xc048, 0, 1 },
				{ FAULT_ACCESS, 0x1235, 2, 5 },
			  } },
	};

	*s = (struct status){ .support = true, .target = true };
	s->functions.functions = 2;
	s->functions.entry[0] = e1000;
	s->functions.entry[1] = igb;
	s->function[0] = (struct status_function){
		.entry = &s->functions.entry[0],
		.attached = true,
		.query = { .target_up = 1, .target_cpu = 1, .doorbells = 2,
			   .doorbell = { 0, 0x100000031 }, .handled = { 0, 9 },
			   .queues = 1, .queues_max = 1 },
		.linked = true,
		.link = { .name = "eth0", .mtu = 1500, .up = true },
		.ring = { 256, 4096 },
		.channels = { 1, 1 },
	};
	s->function[1].entry = &s->functions.entry[1];
}

static struct json_object *at(struct json_object *o, const char *key)
{
	struct json_object *v = NULL;

	assert_true(json_object_object_get_ex(o, key, &v));
	return v;
}

static const char *text_at(struct json_object *o, const char *key)
{
	return json_object_get_string(at(o, key));
}

static u64 number_at(struct json_object *o, const char *key)
{
	return json_object_get_int64(at(o, key));
}

static void each_function_is_an_object(void **state)
{
	static struct status s;
	struct json_object *o, *list, *f;

	fill(&s);
	o = status_json(&s);
	list = at(o, "functions");
	assert_int_equal(json_object_array_length(list), 2);
	f = json_object_array_get_idx(list, 0);
	assert_int_equal(number_at(f, "id"), 1);
	assert_string_equal(text_at(f, "driver"), "e1000");
	assert_string_equal(text_at(f, "attach"), "stock");
	assert_string_equal(text_at(f, "model"), "82545gm");
	assert_string_equal(text_at(f, "function"), "0001:00:00.0");
	assert_string_equal(text_at(f, "interface"), "eth0");
	assert_string_equal(text_at(f, "sink"), "peer:3");
	assert_int_equal(number_at(f, "accesses"), 40);
	assert_int_equal(number_at(f, "returned"), 2);
	assert_int_equal(number_at(at(f, "link"), "ring_max"), 4096);
	assert_int_equal(json_object_array_length(at(f, "doorbells")), 2);
	f = json_object_array_get_idx(list, 1);
	assert_null(at(f, "driver"));
	assert_null(at(f, "link"));
	assert_true(json_object_get_boolean(at(f, "dead")));
	assert_false(json_object_get_boolean(at(f, "attached")));
	f = json_object_array_get_idx(at(f, "faults"), 0);
	assert_string_equal(text_at(f, "kind"), "ring");
	assert_string_equal(text_at(f, "register"), "RDLEN[1]");
	json_object_put(o);
}

/* What programs read when there could be only one function is still there. */
static void the_first_function_is_on_top(void **state)
{
	static struct status s;
	struct json_object *o, *bell;

	fill(&s);
	o = status_json(&s);
	assert_true(json_object_get_boolean(at(o, "attached")));
	assert_string_equal(text_at(o, "function"), "0001:00:00.0");
	assert_string_equal(text_at(o, "driver"), "e1000");
	assert_string_equal(text_at(at(o, "interface"), "name"), "eth0");
	bell = json_object_array_get_idx(at(o, "doorbells"), 1);
	assert_string_equal(text_at(bell, "name"), "intx");
	assert_int_equal(number_at(bell, "vector"), 0x31);
	assert_int_equal(number_at(bell, "destination"), 1);
	assert_int_equal(number_at(bell, "handled"), 9);
	json_object_put(o);
}

static void no_function_is_no_error(void **state)
{
	static struct status s = { .support = true, .target = true };
	struct json_object *o = status_json(&s);
	char *text = WRITTEN(out, status_write(&s, out));

	assert_int_equal(json_object_array_length(at(o, "functions")), 0);
	assert_null(at(o, "function"));
	assert_null(at(o, "interface"));
	assert_false(json_object_get_boolean(at(o, "attached")));
	json_object_put(o);
	assert_non_null(strstr(text,
		"no function: intmgr function add --driver e1000e\n"));
	free(text);
}

static void people_are_told_of_each_function(void **state)
{
	static struct status s;
	char *text;

	fill(&s);
	text = WRITTEN(out, status_write(&s, out));
	assert_non_null(strstr(text,
		"function   1 0001:00:00.0, model 82545gm, stock\n"));
	assert_non_null(strstr(text, "\nintx         0x31   1 "));
	assert_non_null(strstr(text, "\ncontrol           - - "));
	assert_non_null(strstr(text, "peer:3: 7 frames sent, 2 returned"));
	assert_non_null(strstr(text, "function   3 0003:00:00.0"));
	assert_non_null(strstr(text, "DEAD"));
	assert_non_null(strstr(text,
		"driver faults: ring: RDLEN[1]=0, 1 time (a ring lies outside"));
	assert_non_null(strstr(text,
		"driver faults: access: 0x1235=0x2, 5 times ("));
	free(text);
}

/* The same in one line each. */
static void the_list_has_a_line_each(void **state)
{
	static struct status s;
	struct json_object *o;
	char *text;

	fill(&s);
	text = WRITTEN(out, function_list_write(&s.functions, out));
	assert_non_null(strstr(text, "\n1   e1000 "));
	assert_non_null(strstr(text, " 40/40 "));
	assert_non_null(strstr(text, " 7/2/0 "));
	assert_non_null(strstr(text, "\n3   - "));
	assert_non_null(strstr(text, " dead\n"));
	free(text);
	o = function_list_json(&s.functions);
	assert_int_equal(json_object_array_length(o), 2);
	json_object_put(o);
}

static void virtio_is_called_as_its_driver(void **state)
{
	const struct function_entry virtio = {
		.info = { .model = "virtio_net" },
		.sysfs = { .driver = "virtio-pci" },
	};
	const struct function_entry other = {
		.info = { .model = "virtio_net" },
		.sysfs = { .driver = "vfio-pci" },
	};

	assert_string_equal(function_driver(&virtio), "virtio_net");
	assert_string_equal(function_driver(&other), "vfio-pci");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_function_is_an_object),
		cmocka_unit_test(the_first_function_is_on_top),
		cmocka_unit_test(no_function_is_no_error),
		cmocka_unit_test(people_are_told_of_each_function),
		cmocka_unit_test(the_list_has_a_line_each),
		cmocka_unit_test(virtio_is_called_as_its_driver),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
