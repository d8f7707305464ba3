// SPDX-License-Identifier: GPL-2.0-only
/*
 * insn_access_decode() against objdump: what is accepted out of random bytes has
 * the length and the name that objdump gives it. Each stands in a slot of its
 * own, filled up with one-byte nops.
 */
#include <ctype.h>
#include <stdio.h>
#include <unistd.h>

#include "insn.h"
#include "testing.h"

#define SLOTS		20000
#define SLOT		16
#define NOP		0x90

static u8 corpus[SLOTS * SLOT];
static struct insn_access decoded[SLOTS];

static void make_corpus(void)
{
	struct insn_regs regs = { .ip = 0 };
	u64 seed = 3;
	u32 slot = 0, k;

	memset(corpus, NOP, sizeof(corpus));
	while (slot < SLOTS) {
		u8 bytes[INSN_MAX];

		for (k = 0; k < INSN_MAX; k++)
			bytes[k] = random_next(&seed);
		/* more of the longer opcodes than chance gives */
		if (slot % 2)
			bytes[random_below(&seed, 3)] = 0x0f;
		if (insn_access_decode(&decoded[slot], bytes, INSN_MAX, &regs))
			continue;
		memcpy(corpus + slot * SLOT, bytes, decoded[slot].length);
		slot++;
	}
}

static void write_corpus(char *path)
{
	int fd = mkstemp(path);
	FILE *file;

	assert_true(fd >= 0);
	file = fdopen(fd, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(corpus, 1, sizeof(corpus), file),
			 sizeof(corpus));
	assert_int_equal(fclose(file), 0);
}

/* Where a prefix means nothing, objdump names it, or gives it a line. */
static bool is_prefix(const char *word)
{
	static const char *const names[] = {
		"rex", "data16", "addr32", "cs", "ds", "es", "ss", "lock", "rep",
	};
	size_t k;

	for (k = 0; k < ARRAY_SIZE(names); k++)
		if (!strncmp(word, names[k], strlen(names[k])) &&
		    (!word[strlen(names[k])] || word[strlen(names[k])] == '.'))
			return true;
	return false;
}

/* The first word that is no prefix; NULL: there is none. */
static const char *mnemonic(char *text)
{
	char *word;

	for (word = strtok(text, " \t\n"); word; word = strtok(NULL, " \t\n"))
		if (!is_prefix(word))
			return word;
	return NULL;
}

static const char *want_name(const struct insn_access *i)
{
	static const char *const alu[] = {
		"add", "or", "adc", "sbb", "and", "sub", "xor", "cmp",
		"test", "not", "neg", "inc", "dec", "bt", "bts", "btr", "btc",
	};
	static const char *const other[] = {
		[INSN_LOAD] = "mov", [INSN_STORE] = "mov",
		[INSN_EXCHANGE] = "xchg", [INSN_COPY] = "movs",
		[INSN_FILL] = "stos", [INSN_FETCH] = "lods",
	};

	return i->kind >= INSN_MODIFY ? alu[i->alu] : other[i->kind];
}

static const char *in_hex(u32 slot)
{
	static char text[3 * SLOT + 1];
	int k;

	for (k = 0; k < SLOT; k++)
		sprintf(text + 3 * k, "%02x ", corpus[slot * SLOT + k]);
	return text;
}

/* A line "  1f0:<tab>8b 07 ...<tab>mov (%rdi),%eax", address and text. */
static void check_line(u32 at, char *text)
{
	u32 slot = at / SLOT, offset = at % SLOT;
	const char *name = mnemonic(text), *want;

	assert_in_range(slot, 0, SLOTS - 1);
	if (offset > decoded[slot].length)
		return;
	want = offset == decoded[slot].length ? "nop" :
						want_name(&decoded[slot]);
	/* AT&T names end in the size where no register tells it */
	if (name && strncmp(name, want, strlen(want)))
		fail_msg("%s: %s, not %s", in_hex(slot), name, want);
}

/* Returns the lines seen of each slot's end. */
static u32 check_listing(FILE *listing)
{
	char line[512], text[512];
	u32 ends = 0;
	unsigned int at;

	while (fgets(line, sizeof(line), listing)) {
		if (sscanf(line, " %x:\t%*[^\t]\t%511[^\n]", &at, text) != 2)
			continue;
		check_line(at, text);
		ends += at % SLOT == decoded[at / SLOT].length;
	}
	return ends;
}

static void lengths_and_names_are_those_of_objdump(void **unused)
{
	char path[] = "/tmp/test_insn_XXXXXX", command[256];
	FILE *listing;
	u32 ends;

	if (system("objdump --version > /dev/null 2>&1"))
		skip();
	make_corpus();
	write_corpus(path);
	snprintf(command, sizeof(command),
		 "objdump -D -z -b binary -m i386:x86-64 --insn-width=16 %s",
		 path);
	listing = popen(command, "r");
	assert_non_null(listing);
	ends = check_listing(listing);
	assert_int_equal(pclose(listing), 0);
	unlink(path);
	assert_int_equal(ends, SLOTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lengths_and_names_are_those_of_objdump),
	};

	return cmocka_run_group_tests_name("insn_objdump", tests, NULL, NULL);
}
