// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is read of functions and modules in /sys, from a tree that is made here.
 */
#include "testing.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver_module.h"
#include "function.h"

static char top[64];

static int make_top(void **state)
{
	strcpy(top, "/tmp/intmgr-sysfs-XXXXXX");
	return mkdtemp(top) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int flag,
		      struct FTW *ftw)
{
	return remove(path);
}

static int remove_top(void **state)
{
	return nftw(top, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* The folder @path below the top, with all that it stands in. */
static void folder(const char *path)
{
	char whole[256], *slash;

	snprintf(whole, sizeof(whole), "%s/%s/", top, path);
	for (slash = whole + strlen(top) + 1; (slash = strchr(slash, '/'));
	     slash++) {
		*slash = '\0';
		mkdir(whole, 0755);
		*slash = '/';
	}
}

static void file(const char *path, const char *text)
{
	char whole[256];
	FILE *f;

	snprintf(whole, sizeof(whole), "%s/%s", top, path);
	f = fopen(whole, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void points(const char *path, const char *where)
{
	char whole[256];

	snprintf(whole, sizeof(whole), "%s/%s", top, path);
	assert_int_equal(symlink(where, whole), 0);
}

/* ---- functions ---- */

static void a_bound_function_has_driver_and_interface(void **state)
{
	struct function f;

	folder("0001:00:00.0/net/eth5");
	points("0001:00:00.0/driver", "../../bus/pci/drivers/e1000e");
	function_read_in(&f, top, "0001:00:00.0");
	assert_string_equal(f.driver, "e1000e");
	assert_string_equal(f.interface, "eth5");
}

static void virtio_has_its_interface_one_deeper(void **state)
{
	struct function f;

	folder("0002:00:00.0/virtio7/net/enp0s7");
	points("0002:00:00.0/driver", "../../bus/pci/drivers/virtio-pci");
	function_read_in(&f, top, "0002:00:00.0");
	assert_string_equal(f.driver, "virtio-pci");
	assert_string_equal(f.interface, "enp0s7");
}

static void what_is_missing_stays_empty(void **state)
{
	struct function f;

	folder("0003:00:00.0/virtio1");
	function_read_in(&f, top, "0003:00:00.0");
	assert_string_equal(f.driver, "");
	assert_string_equal(f.interface, "");
	function_read_in(&f, top, "0004:00:00.0");
	assert_string_equal(f.interface, "");
}

/* ---- modules ---- */

static struct module_state state_of(const char *name)
{
	struct module_state state;

	module_read_in(&state, top, name);
	return state;
}

static void an_absent_module_is_nothing(void **state)
{
	struct module_state m = state_of("e1000e");

	assert_false(m.there || m.added || m.used);
}

static void a_distributions_module_has_no_taint_of_its_own(void **state)
{
	struct module_state m;

	folder("igb");
	file("igb/taint", "\n");
	file("igb/refcnt", "0\n");
	m = state_of("igb");
	assert_true(m.there);
	assert_false(m.added || m.used);
	file("igb/taint", "E\n");
	assert_false(state_of("igb").added);
	file("igb/taint", "OE\n");
	assert_true(state_of("igb").added);
}

static void a_module_is_used_by_references_and_devices(void **state)
{
	folder("e1000/drivers");
	folder("drivers/e1000");
	file("e1000/refcnt", "0\n");
	points("e1000/drivers/pci:e1000", "../../drivers/e1000");
	points("drivers/e1000/module", "../../e1000");
	file("drivers/e1000/bind", "");
	assert_false(state_of("e1000").used);
	points("drivers/e1000/0001:00:00.0", "../../somewhere");
	assert_true(state_of("e1000").used);
	folder("dca");
	file("dca/refcnt", "2\n");
	assert_true(state_of("dca").used);
}

/* Built in: no attributes. */
static void a_built_in_module_is_there(void **state)
{
	struct module_state m;

	folder("virtio_pci");
	m = state_of("virtio_pci");
	assert_true(m.there);
	assert_false(m.added || m.used);
}

static void attachments_know_their_module(void **state)
{
	assert_int_equal(driver_module_which(INTMGR_ATTACH_STOCK),
			 MODULES_STOCK);
	assert_int_equal(driver_module_which(INTMGR_ATTACH_POLL),
			 MODULES_STOCK);
	assert_int_equal(driver_module_which(INTMGR_ATTACH_PATCHED),
			 MODULES_ADDED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bound_function_has_driver_and_interface),
		cmocka_unit_test(virtio_has_its_interface_one_deeper),
		cmocka_unit_test(what_is_missing_stays_empty),
		cmocka_unit_test(an_absent_module_is_nothing),
		cmocka_unit_test(a_distributions_module_has_no_taint_of_its_own),
		cmocka_unit_test(a_module_is_used_by_references_and_devices),
		cmocka_unit_test(a_built_in_module_is_there),
		cmocka_unit_test(attachments_know_their_module),
	};

	return cmocka_run_group_tests(tests, make_top, remove_top);
}
