// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "nvm.h"

static const u8 mac[6] = { 0x02, 0x11, 0x22, 0x33, 0x44, 0xff };

static u32 start(u32 at)
{
	return at << 2 | NVM_RW_START;
}

/* As e1000e_read_nvm_eerd() does it. */
static u16 word(const struct nvm *nvm, u32 at)
{
	u32 eerd = nvm_read(nvm, start(at));

	assert_true(eerd & NVM_RW_DONE);
	assert_false(eerd & NVM_RW_START);
	return eerd >> 16;
}

static u16 sum(const struct nvm *nvm)
{
	u16 sum = 0;
	u32 at;

	for (at = 0; at < NVM_WORDS; at++)
		sum += word(nvm, at);
	return sum;
}

static void test_factory_image(void **state)
{
	struct nvm nvm;
	u8 read[6];

	nvm_init(&nvm, mac);
	assert_int_equal(word(&nvm, 0), 0x1102);
	assert_int_equal(word(&nvm, 1), 0x3322);
	assert_int_equal(word(&nvm, 2), 0xff44);
	nvm_mac(&nvm, read);
	assert_memory_equal(read, mac, 6);
}

/* e1000e_validate_nvm_checksum_generic(), for any address */
static void test_checksum(void **state)
{
	u64 seed = 7, any;
	struct nvm nvm;
	unsigned int i;

	for (i = 0; i < 1000; i++) {
		any = random_next(&seed);
		nvm_init(&nvm, (const u8 *)&any);
		assert_int_equal(sum(&nvm), 0xbaba);
	}
}

static void test_write(void **state)
{
	struct nvm nvm;
	u32 eewr;

	nvm_init(&nvm, mac);
	eewr = nvm_write(&nvm, 0xbeef0000 | start(5));
	assert_true(eewr & NVM_RW_DONE);
	assert_int_equal(word(&nvm, 5), 0xbeef);
	assert_int_not_equal(sum(&nvm), 0xbaba);
}

static void test_words(void **state)
{
	struct nvm nvm;

	nvm_init(&nvm, mac);
	nvm_set_word(&nvm, 7, 0xcafe);
	assert_int_equal(nvm_word(&nvm, 7), 0xcafe);
	assert_int_equal(word(&nvm, 7), 0xcafe);
	nvm_set_word(&nvm, NVM_WORDS, 1);
	nvm_set_word(&nvm, 0xffffffff, 1);
	assert_int_equal(nvm_word(&nvm, NVM_WORDS), 0xffff);
}

/* No start bit, or an address beyond the part: nothing is written. */
static void test_nothing_happens(void **state)
{
	struct nvm nvm, before;

	nvm_init(&nvm, mac);
	before = nvm;
	nvm_write(&nvm, 0xbeef0000 | 5 << 2);
	nvm_write(&nvm, 0xbeef0000 | start(NVM_WORDS));
	nvm_write(&nvm, 0xbeef0000 | start(0x3fff));
	assert_memory_equal(&nvm, &before, sizeof(nvm));
	assert_int_equal(word(&nvm, NVM_WORDS), 0xffff);
	assert_int_equal(word(&nvm, 0x3fff), 0xffff);
	assert_false(nvm_read(&nvm, 5 << 2) & NVM_RW_DONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_factory_image),
		cmocka_unit_test(test_checksum),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_nothing_happens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
