// SPDX-License-Identifier: GPL-2.0-only
/*
 * The EEPROM on EECD's pins, moved as e1000 moves them: each pin by a write of
 * its own (8254x manual 5.2, 13.4.3).
 */
#include "testing.h"

#include "intel_regs.h"
#include "microwire.h"

static const u8 mac[6] = { 0x02, 0x11, 0x22, 0x33, 0x44, 0xff };

static struct microwire m;
static struct nvm nvm;
static u32 eecd;

static int setup(void **state)
{
	memset(&m, 0, sizeof(m));
	nvm_init(&nvm, mac);
	eecd = 0;
	return 0;
}

static void drive(u32 pins)
{
	eecd = pins & ~INTEL_EECD_DO;
	eecd |= microwire_drive(&m, &nvm, eecd);
}

/* e1000_shift_out_ee_bits() */
static void shift_out(u32 data, u32 count)
{
	u32 pins;

	while (count--) {
		pins = eecd & ~INTEL_EECD_DI;
		pins |= data >> count & 1 ? INTEL_EECD_DI : 0;
		drive(pins);
		drive(pins | INTEL_EECD_SK);
		drive(pins & ~INTEL_EECD_SK);
	}
	drive(eecd & ~INTEL_EECD_DI);
}

/* e1000_shift_in_ee_bits() */
static u32 shift_in(void)
{
	u32 i, data = 0;

	for (i = 0; i < 16; i++) {
		drive(eecd | INTEL_EECD_SK);
		data = data << 1 | (eecd & INTEL_EECD_DO ? 1 : 0);
		drive(eecd & ~INTEL_EECD_SK);
	}
	return data;
}

/* e1000_acquire_eeprom(), e1000_standby_eeprom() */
static void acquire(void)
{
	drive(eecd & ~(INTEL_EECD_DI | INTEL_EECD_SK));
	drive(eecd | INTEL_EECD_CS);
}

static void standby(void)
{
	drive(eecd & ~(INTEL_EECD_CS | INTEL_EECD_SK));
	drive(eecd | INTEL_EECD_SK);
	drive(eecd | INTEL_EECD_CS);
	drive(eecd & ~INTEL_EECD_SK);
}

static u32 read_word(u32 at)
{
	u32 data;

	shift_out(6, 3);
	shift_out(at, 6);
	data = shift_in();
	standby();
	return data;
}

static void write_word(u32 at, u32 data)
{
	shift_out(5, 3);
	shift_out(at, 6);
	shift_out(data, 16);
	standby();
	assert_true(eecd & INTEL_EECD_DO);	/* done at once */
	standby();
}

static void allow_writing(bool yes)
{
	shift_out(yes ? 0x13 : 0x10, 5);
	shift_out(0, 4);
	standby();
}

static void test_read(void **state)
{
	u32 at;

	acquire();
	for (at = 0; at < NVM_WORDS; at++)
		assert_int_equal(read_word(at), nvm.word[at]);
	nvm.word[17] = 0x8001;
	assert_int_equal(read_word(17), 0x8001);
}

static void test_write(void **state)
{
	acquire();
	write_word(5, 0x1234);
	assert_int_equal(nvm.word[5], 0);	/* not enabled */
	allow_writing(true);
	write_word(5, 0xbeef);
	write_word(63, 0x8001);
	assert_int_equal(nvm.word[5], 0xbeef);
	assert_int_equal(nvm.word[63], 0x8001);
	assert_int_equal(read_word(5), 0xbeef);
	allow_writing(false);
	write_word(5, 0);
	assert_int_equal(nvm.word[5], 0xbeef);
}

static void test_erase(void **state)
{
	acquire();
	allow_writing(true);
	shift_out(7, 3);
	shift_out(4, 6);
	standby();
	assert_int_equal(nvm.word[4], 0xffff);
}

/* Leading zeros are no start bit; a command cut short does nothing. */
static void test_start_and_stop(void **state)
{
	struct nvm before;

	acquire();
	shift_out(0, 5);
	assert_int_equal(read_word(0), nvm.word[0]);
	allow_writing(true);
	before = nvm;
	shift_out(5, 3);
	shift_out(9, 6);
	shift_out(0x7f, 15);
	standby();
	assert_memory_equal(&nvm, &before, sizeof(nvm));
}

/* Without CS the clock is not for this part. */
static void test_not_selected(void **state)
{
	shift_out(6, 3);
	shift_out(0, 6);
	assert_int_equal(m.bits, 0);
}

static void test_garbage(void **state)
{
	u64 seed = 8;
	u32 i;

	for (i = 0; i < 200000; i++) {
		if (!(i % 100)) {
			m.bits = (u32)random_wide(&seed);
			m.shift = (u32)random_next(&seed);
		}
		assert_false(microwire_drive(&m, &nvm, random_next(&seed) & 7) &
			     ~INTEL_EECD_DO);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_read, setup),
		cmocka_unit_test_setup(test_write, setup),
		cmocka_unit_test_setup(test_erase, setup),
		cmocka_unit_test_setup(test_start_and_stop, setup),
		cmocka_unit_test_setup(test_not_selected, setup),
		cmocka_unit_test_setup(test_garbage, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
