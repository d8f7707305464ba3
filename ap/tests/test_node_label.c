// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <errno.h>

#include "driver.h"
#include "node_label.h"

static struct node_spec full(void)
{
	struct node_spec spec = {
		.id = 3,
		.cores = 3,
		.core = { 7, 1, 255 },
		.memory = 256 << 20,
		.pool = 68 << 20,
		.wait_ns = 1500000000,
		.kernel = "/boot/vmlinux-6.1 with a space",
		.driver = "e1000e",
		.attachment = INTMGR_ATTACH_PATCHED,
		.append = "quiet foo=\"a b\" core 9",
		.file = { "/bin/busybox", "/etc/a b" },
		.files = 2,
	};

	return spec;
}

static void assert_same(const struct node_spec *a, const struct node_spec *b)
{
	assert_memory_equal(a, b, sizeof(*a));
}

static void what_is_written_reads_back(void **state)
{
	struct node_spec spec = full(), back;
	char label[INTMGR_NODE_LABEL];
	int len;

	len = node_label_write(&spec, label);
	assert_true(len > 0);
	assert_int_equal(node_label_read(label, len, &back), 0);
	assert_same(&spec, &back);
}

static void what_is_empty_is_left_out(void **state)
{
	struct node_spec spec = { .id = 1, .cores = 1, .core = { 1 },
				  .memory = 2 << 20, .pool = 1 << 20 }, back;
	char label[INTMGR_NODE_LABEL];
	int len = node_label_write(&spec, label);
	static const char want[] =
		"intmgr node 3\nid 1\ncore 1\nmemory 2097152\npool 1048576\nwait 0\nattach stock\n";

	assert_int_equal(len, sizeof(want) - 1);
	assert_memory_equal(label, want, len);
	assert_int_equal(node_label_read(label, len, &back), 0);
	assert_same(&spec, &back);
}

static void too_much_is_refused(void **state)
{
	struct node_spec spec = full();
	char label[INTMGR_NODE_LABEL];

	for (spec.files = 0; spec.files < NODE_FILES; spec.files++) {
		memset(spec.file[spec.files], 'x', 255);
		spec.file[spec.files][255] = '\0';
	}
	assert_int_equal(node_label_write(&spec, label), -E2BIG);
	spec.files = 10;
	assert_true(node_label_write(&spec, label) > 0);
}

#define HEAD	"intmgr node 3\nid 1\ncore 1\nmemory 2097152\npool 1048576\n"

static int reads(const char *text)
{
	struct node_spec spec;

	return node_label_read(text, strlen(text), &spec);
}

static void hostile_labels_are_refused(void **state)
{
	static const char *const labels[] = {
		"", "\n", "intmgr node 3", "intmgr node 2\n", "intmgr node 1\nid 1\n",
		HEAD "attach\n", HEAD "attach trapped\n",
		" " HEAD, HEAD "id 9\n", HEAD "id 0\n", HEAD "id -1\n",
		HEAD "id 4294967297\n", HEAD "core x\n", HEAD "core\n",
		HEAD "core 18446744073709551616\n", HEAD "\n", HEAD "color red\n",
		HEAD "driver\x20\n", HEAD "driver e1000e",
		HEAD "driver 12345678901234567890123456789012\n",
		HEAD "memory 1k\n", HEAD "pool\t1\n", HEAD "pool 1\r\n",
	};
	struct node_spec spec;
	size_t i;

	assert_int_equal(reads(HEAD), 0);
	assert_int_equal(reads(HEAD "driver igb\n"), 0);
	for (i = 0; i < ARRAY_SIZE(labels); i++)
		assert_int_equal(reads(labels[i]), -EINVAL);
	assert_int_equal(node_label_read(HEAD "driver a\0b\n",
					 sizeof(HEAD "driver a\0b\n") - 1,
					 &spec), -EINVAL);
}

static void too_many_of_a_kind_are_refused(void **state)
{
	char text[INTMGR_NODE_LABEL * 2] = HEAD;
	u32 i;

	for (i = 1; i < INTMGR_NODE_CORES; i++)
		strcat(text, "core 5\n");
	assert_int_equal(reads(text), 0);
	strcat(text, "core 5\n");
	assert_int_equal(reads(text), -EINVAL);

	strcpy(text, HEAD);
	for (i = 0; i < NODE_FILES; i++)
		strcat(text, "add /f\n");
	assert_int_equal(reads(text), 0);
	strcat(text, "add /f\n");
	assert_int_equal(reads(text), -EINVAL);

	strcpy(text, HEAD);
	while (strlen(text) <= INTMGR_NODE_LABEL)
		strcat(text, "memory 2097152\n");
	assert_int_equal(reads(text), -EINVAL);
}

/* A label with any byte changed or cut off anywhere is read or refused. */
static void damaged_labels_do_no_harm(void **state)
{
	struct node_spec spec = full(), back;
	char label[INTMGR_NODE_LABEL], *cut;
	int len = node_label_write(&spec, label), i, n;

	srandom(1);
	for (i = 0; i < 20000; i++) {
		n = random() % (len + 1);
		cut = malloc(n);
		memcpy(cut, label, n);
		if (n && i % 2)
			cut[random() % n] = random();
		node_label_read(cut, n, &back);
		assert_true(back.cores <= INTMGR_NODE_CORES);
		assert_true(back.files <= NODE_FILES);
		free(cut);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_reads_back),
		cmocka_unit_test(what_is_empty_is_left_out),
		cmocka_unit_test(too_much_is_refused),
		cmocka_unit_test(hostile_labels_are_refused),
		cmocka_unit_test(too_many_of_a_kind_are_refused),
		cmocka_unit_test(damaged_labels_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
