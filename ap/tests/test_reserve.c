// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "reserve.h"

#define MIB	(1ULL << 20)

/* QEMU's pc with 1536 MiB, the kernel at 16 MiB, as Debian's 6.1 shows it. */
static const char pc[] =
	"00000000-00000fff : Reserved\n"
	"00001000-0009fbff : System RAM\n"
	"0009fc00-0009ffff : Reserved\n"
	"000a0000-000bffff : PCI Bus 0000:00\n"
	"000f0000-000fffff : Reserved\n"
	"  000f0000-000fffff : System ROM\n"
	"00100000-5ffdffff : System RAM\n"
	"  01000000-020021c7 : Kernel code\n"
	"  02200000-02e3cfff : Kernel rodata\n"
	"  03000000-0364c5ff : Kernel data\n"
	"  03b33000-03ffffff : Kernel bss\n"
	"5ffe0000-5fffffff : Reserved\n"
	"60000000-febfffff : PCI Bus 0000:00\n"
	"fec00000-fec003ff : IOAPIC 0\n";

/* A laptop: RAM in pieces, a crash kernel, more above 4 GiB. */
static const char pieces[] =
	"00001000-0009ffff : System RAM\n"
	"00100000-3fffffff : System RAM\n"
	"  1fe00000-29ffffff : Crash kernel\n"
	"  2b000000-2c0fffff : Kernel code\n"
	"    2b100000-2b1fffff : nested deeper\n"
	"40000000-4fffffff : ACPI Non-volatile Storage\n"
	"50100000-7fffffff : System RAM\n"
	"100000000-47fffffff : System RAM\n";

static void the_lowest_place_from_512_mib_on(void **state)
{
	assert_int_equal(reserve_find(pc, 256 * MIB), 0x20000000);
	assert_int_equal(reserve_find(pc, 1022 * MIB), 0x20000000);
}

static void lower_where_there_is_no_other(void **state)
{
	/* 1023.9 MiB above 512 MiB are too few; what follows the kernel is not */
	assert_int_equal(reserve_find(pc, 1024 * MIB), 0x4000000);
	assert_int_equal(reserve_find(pc, 1470 * MIB), 0x4000000);
	assert_int_equal(reserve_find(pc, 1472 * MIB), 0);
}

static void what_is_taken_is_left_alone(void **state)
{
	assert_int_equal(reserve_find(pieces, 2 * MIB), 0x2a000000);
	assert_int_equal(reserve_find(pieces, 16 * MIB), 0x2a000000);
	/* behind the kernel's code, rounded up to 2 MiB */
	assert_int_equal(reserve_find(pieces, 18 * MIB), 0x2c200000);
	/* in the next piece, which begins at no 2 MiB */
	assert_int_equal(reserve_find(pieces, 512 * MIB), 0x50200000);
}

static void never_above_4_gib(void **state)
{
	assert_int_equal(reserve_find(pieces, 1024 * MIB), 0);
	assert_int_equal(reserve_find("100000000-47fffffff : System RAM\n",
				      2 * MIB), 0);
	/* a piece across the border is used below it */
	assert_int_equal(reserve_find("f0000000-1ffffffff : System RAM\n",
				      256 * MIB), 0xf0000000);
	assert_int_equal(reserve_find("f0000000-1ffffffff : System RAM\n",
				      258 * MIB), 0);
}

/* What somebody without rights reads, and what is no such text at all. */
static void nonsense_has_no_place(void **state)
{
	static const char *const texts[] = {
		"", "\n\n\n", "System RAM", "zzz",
		"00000000-00000000 : System RAM\n  00000000-00000000 : Kernel code\n",
		"7fffffff-00001000 : System RAM\n",
		"00100000-5ffdffff : System RAM\n  00000000-ffffffffffffffff : x\n",
		"00100000-5ffdffff : Persistent Memory\n",
		"00100000-5ffdffff System RAM\n",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		assert_int_equal(reserve_find(texts[i], 2 * MIB), 0);
}

static void the_words_fit_the_machine(void **state)
{
	char words[160];

	reserve_words(words, 0x20000000, 512 * MIB, 2);
	assert_string_equal(words, "memmap=512M$0x20000000 memmap=128K$0x80000 no_timer_check");
	reserve_words(words, 0x20000000, 256 * MIB, 3);
	assert_string_equal(words, "memmap=256M$0x20000000 memmap=256K$0x40000 no_timer_check no_ipi_broadcast=1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_lowest_place_from_512_mib_on),
		cmocka_unit_test(lower_where_there_is_no_other),
		cmocka_unit_test(what_is_taken_is_left_alone),
		cmocka_unit_test(never_above_4_gib),
		cmocka_unit_test(nonsense_has_no_place),
		cmocka_unit_test(the_words_fit_the_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
