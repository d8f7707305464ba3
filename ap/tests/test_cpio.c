// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include <sys/stat.h>
#include <unistd.h>

#include "cpio.h"

/* A header's field @n after the magic, as the kernel reads it. */
static unsigned long field(const char *header, int n)
{
	char digits[9] = "";

	memcpy(digits, header + 6 + 8 * n, 8);
	return strtoul(digits, NULL, 16);
}

enum { INO, MODE, UID, GID, NLINK, MTIME, SIZE, DEV_MAJOR, DEV_MINOR, MAJOR,
	MINOR, NAME_SIZE, CHECK };

/* Byte for byte what "cpio -H newc" writes for such a file. */
static void a_file_is_as_newc_has_it(void **state)
{
	static const struct {
		size_t at;
		const char *bytes;
		size_t len;
	} want[] = {
		{ 0, "07070100000000000081a4000000000000000000000001000000000000000300000000000000000000000000000000", 94 },
		{ 94, "0000000200000000", 16 },
		{ 110, "a\0", 2 },
		{ 112, "hey\0", 4 },
		{ 116, "07070100000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000b00000000", 110 },
		{ 226, "TRAILER!!!\0\0\0\0", 14 },
	};
	struct cpio archive = { 0 };
	size_t i;

	cpio_file(&archive, "/a", 0644, "hey", 3);
	assert_int_equal(cpio_end(&archive), 0);
	assert_int_equal(archive.len, 240);
	for (i = 0; i < ARRAY_SIZE(want); i++)
		assert_memory_equal(archive.data + want[i].at, want[i].bytes,
				    want[i].len);
	cpio_free(&archive);
}

static void every_entry_is_aligned(void **state)
{
	static const char data[] = "0123456789";
	struct cpio archive = { 0 };
	char path[16] = "/";
	size_t at, n;

	for (n = 1; n <= 9; n++) {
		memset(path + 1, 'x', n);
		path[n + 1] = '\0';
		cpio_file(&archive, path, 0600, data, n);
	}
	assert_int_equal(cpio_end(&archive), 0);
	for (at = 0, n = 1; n <= 9; n++) {
		assert_int_equal(at % 4, 0);
		assert_memory_equal(archive.data + at, "070701", 6);
		assert_int_equal(field(archive.data + at, SIZE), n);
		assert_int_equal(field(archive.data + at, NAME_SIZE), n + 1);
		at = (at + 110 + n + 1 + 3) & ~3UL;
		assert_memory_equal(archive.data + at, data, n);
		at = (at + n + 3) & ~3UL;
	}
	assert_memory_equal(archive.data + at + 110, "TRAILER!!!", 11);
	cpio_free(&archive);
}

static void folders_and_devices_have_their_kind(void **state)
{
	struct cpio archive = { 0 };
	size_t second;

	cpio_dir(&archive, "/dev");
	second = archive.len;
	cpio_char_device(&archive, "/dev/console", 0600, 5, 1);
	assert_int_equal(field(archive.data, MODE), S_IFDIR | 0755);
	assert_int_equal(field(archive.data, NLINK), 2);
	assert_int_equal(field(archive.data + second, MODE), S_IFCHR | 0600);
	assert_int_equal(field(archive.data + second, MAJOR), 5);
	assert_int_equal(field(archive.data + second, MINOR), 1);
	assert_int_equal(field(archive.data, INO), 0);
	assert_int_equal(field(archive.data + second, INO), 1);
	cpio_free(&archive);
}

static void a_large_file_is_whole(void **state)
{
	size_t len = 3000001, i;
	struct cpio archive = { 0 };
	u8 *data = malloc(len);

	for (i = 0; i < len; i++)
		data[i] = i * 7 >> 3;
	cpio_dir(&archive, "/big");
	cpio_file(&archive, "/big/file", 0755, data, len);
	assert_int_equal(cpio_end(&archive), 0);
	i = ((110 + 4 + 3) & ~3) + 112 + 8;
	assert_memory_equal(archive.data + i, data, len);
	free(data);
	cpio_free(&archive);
}

/* The real thing takes it apart; it is in the list of machine/packages. */
static void cpio_unpacks_it(void **state)
{
	struct cpio archive = { 0 };
	char text[64] = "";
	size_t len;
	FILE *f;

	cpio_dir(&archive, "/d");
	cpio_file(&archive, "/d/one", 0644, "1\n", 2);
	cpio_file(&archive, "/init", 0755, "", 0);
	assert_int_equal(cpio_end(&archive), 0);
	f = fopen("test_cpio.tmp", "w");
	assert_int_equal(fwrite(archive.data, 1, archive.len, f), archive.len);
	fclose(f);
	cpio_free(&archive);
	f = popen("cpio -t --quiet < test_cpio.tmp 2>&1; cpio -i --to-stdout --quiet d/one < test_cpio.tmp 2>&1", "r");
	len = fread(text, 1, sizeof(text) - 1, f);
	assert_int_equal(pclose(f), 0);
	unlink("test_cpio.tmp");
	text[len] = '\0';
	assert_string_equal(text, "d\nd/one\ninit\n1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_as_newc_has_it),
		cmocka_unit_test(every_entry_is_aligned),
		cmocka_unit_test(folders_and_devices_have_their_kind),
		cmocka_unit_test(a_large_file_is_whole),
		cmocka_unit_test(cpio_unpacks_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
