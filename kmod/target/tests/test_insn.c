// SPDX-License-Identifier: GPL-2.0-only
#include "insn.h"
#include "testing.h"

enum {
	RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI,
	R8, R9, R10, R11, R12, R13, R14, R15
};

#define CF	0x001
#define ZF	0x040
#define DF	0x400

/* Registers are told apart: rax 0x11000, rcx 0x12000, ... r15 0x20000. */
#define VALUE(r)	(0x11000ULL + 0x1000 * (r))
#define IP		0xffffffffc0001000ULL

static struct insn_regs regs_of_table(void)
{
	struct insn_regs regs = { .ip = IP };
	int r;

	for (r = 0; r < 16; r++)
		regs.gpr[r] = VALUE(r);
	return regs;
}

/* "8b 07" to bytes; returns how many. */
static unsigned int bytes_of(const char *hex, u8 *bytes)
{
	unsigned int count = 0;
	char *end;

	for (; *hex; hex = end)
		bytes[count++] = strtoul(hex, &end, 16);
	return count;
}

/* Decode from a block of just that size: the sanitizer sees a read beyond. */
static int decode_exactly(struct insn_access *i, const u8 *bytes,
			  unsigned int len, const struct insn_regs *regs)
{
	u8 *copy = malloc(len ? len : 1);
	int err;

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	err = insn_access_decode(i, copy, len, regs);
	free(copy);
	return err;
}

static int decode_hex(struct insn_access *i, const char *hex,
		      const struct insn_regs *regs)
{
	u8 bytes[64];

	return decode_exactly(i, bytes, bytes_of(hex, bytes), regs);
}

/* ---- the table ---- */

struct known {
	const char *hex;	/* by the SDM, checked with an assembler */
	struct insn_access want; /* length 0: of hex; width 0: the size */
};

#define MEM(k, s, a)	.kind = (k), .size = (s), .address = (a)
#define LOAD(s, a)	MEM(INSN_LOAD, s, a)
#define STORE(s, a)	MEM(INSN_STORE, s, a)
#define MODIFY(s, a, o)	MEM(INSN_MODIFY, s, a), .alu = (o)
#define COMBINE(s, a, o) MEM(INSN_COMBINE, s, a), .alu = (o)
#define IMM(v)		.immediate = true, .value = (u64)(v)

static const struct known known[] = {
	/* mov %al,(%rdi) ... mov %r15,(%rdi) */
	{ "88 07", { STORE(1, VALUE(RDI)), .reg = RAX } },
	{ "88 27", { STORE(1, VALUE(RDI)), .reg = RAX, .high = true } },
	{ "88 3f", { STORE(1, VALUE(RDI)), .reg = RBX, .high = true } },
	{ "40 88 27", { STORE(1, VALUE(RDI)), .reg = RSP } },
	{ "44 88 27", { STORE(1, VALUE(RDI)), .reg = R12 } },
	{ "89 07", { STORE(4, VALUE(RDI)), .reg = RAX } },
	{ "66 89 0f", { STORE(2, VALUE(RDI)), .reg = RCX } },
	{ "48 89 17", { STORE(8, VALUE(RDI)), .reg = RDX } },
	{ "4c 89 3f", { STORE(8, VALUE(RDI)), .reg = R15 } },
	{ "66 48 89 17", { STORE(8, VALUE(RDI)), .reg = RDX } },
	/* mov (%rsi),... */
	{ "8a 06", { LOAD(1, VALUE(RSI)), .reg = RAX } },
	{ "8a 36", { LOAD(1, VALUE(RSI)), .reg = RDX, .high = true } },
	{ "8b 06", { LOAD(4, VALUE(RSI)), .reg = RAX } },
	{ "66 8b 06", { LOAD(2, VALUE(RSI)), .reg = RAX } },
	{ "48 8b 06", { LOAD(8, VALUE(RSI)), .reg = RAX } },
	{ "44 8b 06", { LOAD(4, VALUE(RSI)), .reg = R8 } },
	{ "41 8b 06", { LOAD(4, VALUE(R14)), .reg = RAX } },
	/* movzx, movsx, movsxd */
	{ "0f b6 0b", { LOAD(1, VALUE(RBX)), .width = 4, .reg = RCX } },
	{ "66 0f b6 0b", { LOAD(1, VALUE(RBX)), .width = 2, .reg = RCX } },
	{ "0f b6 23", { LOAD(1, VALUE(RBX)), .width = 4, .reg = RSP } },
	{ "48 0f b7 0b", { LOAD(2, VALUE(RBX)), .width = 8, .reg = RCX } },
	{ "0f be 0b", { LOAD(1, VALUE(RBX)), .width = 4, .reg = RCX,
			.sign = true } },
	{ "4c 0f bf 0b", { LOAD(2, VALUE(RBX)), .width = 8, .reg = R9,
			   .sign = true } },
	{ "48 63 0b", { LOAD(4, VALUE(RBX)), .width = 8, .reg = RCX,
			.sign = true } },
	/* mov $...,(%rdi) */
	{ "c6 07 80", { STORE(1, VALUE(RDI)), IMM(-128) } },
	{ "66 c7 07 34 12", { STORE(2, VALUE(RDI)), IMM(0x1234) } },
	{ "c7 07 78 56 34 12", { STORE(4, VALUE(RDI)), IMM(0x12345678) } },
	{ "48 c7 07 fe ff ff ff", { STORE(8, VALUE(RDI)), IMM(-2) } },
	{ "c7 84 24 00 01 00 00 01 00 00 00",
	  { STORE(4, VALUE(RSP) + 0x100), IMM(1) } },
	/* movabs */
	{ "a0 88 77 66 55 44 33 22 11",
	  { LOAD(1, 0x1122334455667788), .reg = RAX } },
	{ "48 a1 88 77 66 55 44 33 22 5a",
	  { LOAD(8, 0x5a22334455667788), .reg = RAX } },
	{ "a3 88 77 66 55 44 33 22 11",
	  { STORE(4, 0x1122334455667788), .reg = RAX } },
	{ "67 a1 88 77 66 85", { LOAD(4, 0x85667788), .reg = RAX,
				 .address_size = 4 } },
	/* movnti, movdiri, movbe */
	{ "0f c3 07", { STORE(4, VALUE(RDI)), .reg = RAX } },
	{ "48 0f c3 07", { STORE(8, VALUE(RDI)), .reg = RAX } },
	{ "48 0f 38 f9 07", { STORE(8, VALUE(RDI)), .reg = RAX } },
	{ "0f 38 f0 07", { LOAD(4, VALUE(RDI)), .reg = RAX, .swap = true } },
	{ "66 0f 38 f1 07", { STORE(2, VALUE(RDI)), .reg = RAX,
			      .swap = true } },
	/* addresses: displacements, SIB, no base, REX bits */
	{ "8b 43 80", { LOAD(4, VALUE(RBX) - 0x80), .reg = RAX } },
	{ "8b 83 00 00 00 80",
	  { LOAD(4, VALUE(RBX) - 0x80000000), .reg = RAX } },
	{ "8b 45 00", { LOAD(4, VALUE(RBP)), .reg = RAX } },
	{ "41 8b 45 04", { LOAD(4, VALUE(R13) + 4), .reg = RAX } },
	{ "8b 04 24", { LOAD(4, VALUE(RSP)), .reg = RAX } },
	{ "41 8b 04 24", { LOAD(4, VALUE(R12)), .reg = RAX } },
	{ "8b 04 8b", { LOAD(4, VALUE(RBX) + 4 * VALUE(RCX)), .reg = RAX } },
	{ "42 8b 04 e3", { LOAD(4, VALUE(RBX) + 8 * VALUE(R12)), .reg = RAX } },
	{ "43 8b 44 6f 7f",
	  { LOAD(4, VALUE(R15) + 2 * VALUE(R13) + 0x7f), .reg = RAX } },
	{ "8b 04 e3", { LOAD(4, VALUE(RBX)), .reg = RAX } },
	{ "8b 04 25 00 10 00 80", { LOAD(4, 0xffffffff80001000), .reg = RAX } },
	{ "41 8b 04 25 00 10 00 00", { LOAD(4, 0x1000), .reg = RAX } },
	{ "8b 04 4d 08 00 00 00", { LOAD(4, 2 * VALUE(RCX) + 8), .reg = RAX } },
	{ "8b 44 8d 08", { LOAD(4, VALUE(RBP) + 4 * VALUE(RCX) + 8),
			   .reg = RAX } },
	{ "8b 05 f0 ff ff ff", { LOAD(4, IP + 6 - 0x10), .reg = RAX } },
	{ "41 8b 05 f0 ff ff ff", { LOAD(4, IP + 7 - 0x10), .reg = RAX } },
	{ "c7 05 00 01 00 00 05 00 00 00", { STORE(4, IP + 10 + 0x100),
					     IMM(5) } },
	{ "67 8b 05 00 00 00 00", { LOAD(4, (u32)IP + 7), .reg = RAX,
				    .address_size = 4 } },
	{ "67 8b 83 00 00 ff ff", { LOAD(4, (u32)(VALUE(RBX) - 0x10000)),
				    .reg = RAX, .address_size = 4 } },
	/* prefixes that mean nothing, and that may come twice */
	{ "2e 8b 06", { LOAD(4, VALUE(RSI)), .reg = RAX } },
	{ "3e 26 36 2e 8b 06", { LOAD(4, VALUE(RSI)), .reg = RAX } },
	{ "66 66 66 8b 06", { LOAD(2, VALUE(RSI)), .reg = RAX } },
	{ "48 66 8b 06", { LOAD(2, VALUE(RSI)), .reg = RAX } },
	{ "48 44 8b 06", { LOAD(4, VALUE(RSI)), .reg = R8 } },
	{ "3e 3e 3e 3e 3e 3e 3e 3e 3e 3e 3e 3e 3e 8b 06",
	  { LOAD(4, VALUE(RSI)), .reg = RAX } },
	/* strings */
	{ "a4", { MEM(INSN_COPY, 1, VALUE(RDI)), .source = VALUE(RSI) } },
	{ "f3 48 a5", { MEM(INSN_COPY, 8, VALUE(RDI)), .source = VALUE(RSI),
			.rep = true } },
	{ "f3 aa", { MEM(INSN_FILL, 1, VALUE(RDI)), .rep = true } },
	{ "66 f3 ab", { MEM(INSN_FILL, 2, VALUE(RDI)), .rep = true } },
	{ "f3 66 67 ab", { MEM(INSN_FILL, 2, VALUE(RDI)), .rep = true,
			   .address_size = 4 } },
	{ "ad", { MEM(INSN_FETCH, 4, VALUE(RSI)) } },
	/* arithmetic and logic */
	{ "00 0f", { MODIFY(1, VALUE(RDI), INSN_ADD), .reg = RCX } },
	{ "48 09 0f", { MODIFY(8, VALUE(RDI), INSN_OR), .reg = RCX } },
	{ "13 0f", { COMBINE(4, VALUE(RDI), INSN_ADC), .reg = RCX } },
	{ "1a 2f", { COMBINE(1, VALUE(RDI), INSN_SBB), .reg = RCX,
		     .high = true } },
	{ "66 21 0f", { MODIFY(2, VALUE(RDI), INSN_AND), .reg = RCX } },
	{ "39 0f", { MODIFY(4, VALUE(RDI), INSN_CMP), .reg = RCX } },
	{ "3b 0f", { COMBINE(4, VALUE(RDI), INSN_CMP), .reg = RCX } },
	{ "80 27 f0", { MODIFY(1, VALUE(RDI), INSN_AND), IMM(-16) } },
	{ "81 0f 00 00 00 80", { MODIFY(4, VALUE(RDI), INSN_OR),
				 IMM(-0x80000000LL) } },
	{ "66 81 37 34 12", { MODIFY(2, VALUE(RDI), INSN_XOR), IMM(0x1234) } },
	{ "48 83 2f ff", { MODIFY(8, VALUE(RDI), INSN_SUB), IMM(-1) } },
	{ "83 3f 01", { MODIFY(4, VALUE(RDI), INSN_CMP), IMM(1) } },
	{ "84 0f", { MODIFY(1, VALUE(RDI), INSN_TEST), .reg = RCX } },
	{ "f6 07 10", { MODIFY(1, VALUE(RDI), INSN_TEST), IMM(0x10) } },
	{ "f7 07 00 00 01 00", { MODIFY(4, VALUE(RDI), INSN_TEST),
				 IMM(0x10000) } },
	{ "f7 17", { MODIFY(4, VALUE(RDI), INSN_NOT) } },
	{ "f6 1f", { MODIFY(1, VALUE(RDI), INSN_NEG) } },
	{ "ff 07", { MODIFY(4, VALUE(RDI), INSN_INC) } },
	{ "66 ff 0f", { MODIFY(2, VALUE(RDI), INSN_DEC) } },
	{ "f0 83 0f 04", { MODIFY(4, VALUE(RDI), INSN_OR), IMM(4) } },
	{ "87 0f", { MEM(INSN_EXCHANGE, 4, VALUE(RDI)), .reg = RCX } },
	{ "f0 86 2f", { MEM(INSN_EXCHANGE, 1, VALUE(RDI)), .reg = RCX,
			.high = true } },
	/* bit rcx, 0x12000, is bit 0 of the operand 0x2400 further on */
	{ "0f a3 0f", { MODIFY(4, VALUE(RDI) + 0x2400, INSN_BT), .reg = RCX,
			IMM(0) } },
	{ "f0 48 0f ba 2f 43", { MODIFY(8, VALUE(RDI), INSN_BTS), IMM(3) } },
	{ "66 0f ba 37 ff", { MODIFY(2, VALUE(RDI), INSN_BTR), IMM(15) } },
	{ "0f ba 3f 1f", { MODIFY(4, VALUE(RDI), INSN_BTC), IMM(31) } },
};

static void assert_same(const struct insn_access *is,
			const struct insn_access *want, const char *hex)
{
	bool same = is->kind == want->kind && is->alu == want->alu &&
		    is->size == want->size && is->high == want->high &&
		    is->immediate == want->immediate &&
		    is->sign == want->sign && is->swap == want->swap &&
		    is->rep == want->rep && is->value == want->value;

	if (!same || is->reg != want->reg)
		fail_msg("%s: not what it is", hex);
	assert_int_equal(is->width, want->width ? want->width : want->size);
	assert_int_equal(is->address_size,
			 want->address_size ? want->address_size : 8);
	if (is->address != want->address)
		fail_msg("%s: address %#lx", hex, is->address);
	assert_int_equal(is->source, want->source ? want->source :
						    want->address);
}

static void known_encodings_are_what_they_are(void **unused)
{
	struct insn_regs regs = regs_of_table();
	struct insn_access i;
	u8 bytes[64];
	size_t k;

	for (k = 0; k < ARRAY_SIZE(known); k++) {
		if (decode_hex(&i, known[k].hex, &regs))
			fail_msg("%s: refused", known[k].hex);
		assert_same(&i, &known[k].want, known[k].hex);
		assert_int_equal(i.length, bytes_of(known[k].hex, bytes));
	}
}

static void cut_encodings_are_cut(void **unused)
{
	struct insn_regs regs = regs_of_table();
	unsigned int length, len;
	struct insn_access i;
	u8 bytes[64];
	size_t k;

	for (k = 0; k < ARRAY_SIZE(known); k++) {
		length = bytes_of(known[k].hex, bytes);
		for (len = 0; len < length; len++)
			if (decode_exactly(&i, bytes, len, &regs) != -ENODATA)
				fail_msg("%s: %u bytes", known[k].hex, len);
	}
}

/* What follows is not looked at. */
static void longer_bytes_change_nothing(void **unused)
{
	struct insn_regs regs = regs_of_table();
	u64 seed = 1;
	struct insn_access i;
	u8 bytes[64];
	size_t k, n;

	for (k = 0; k < ARRAY_SIZE(known); k++) {
		for (n = 0; n < sizeof(bytes); n++)
			bytes[n] = random_next(&seed);
		bytes_of(known[k].hex, bytes);
		assert_int_equal(decode_exactly(&i, bytes, 64, &regs), 0);
		assert_same(&i, &known[k].want, known[k].hex);
	}
}

static void all_else_is_refused(void **unused)
{
	static const char *const c[] = {
		"8b c0",		/* mov %eax,%eax: no memory */
		"89 d8",
		"c7 c0 00 00 00 00",
		"c6 f8 00",		/* xabort */
		"c6 08 00",		/* c6 /1 */
		"c7 38 00 00 00 00",
		"63 07",		/* movsxd without REX.W */
		"66 63 07",
		"8c 07",		/* mov %es,(%rdi) */
		"8e 07",
		"8d 07",		/* lea */
		"8f 07",		/* pop (%rdi) */
		"ff 37",		/* push (%rdi) */
		"ff 17",		/* call *(%rdi) */
		"ff 27",		/* jmp *(%rdi) */
		"fe 17",
		"f6 0f 01",		/* f6 /1, not in the SDM */
		"f6 27",		/* mul */
		"f7 3f",		/* idiv */
		"82 07 01",		/* not in 64-bit mode */
		"d3 27",		/* shl %cl,(%rdi) */
		"a6", "a7", "ae", "af",	/* cmps, scas */
		"f3 a6",
		"6c", "6e",		/* ins, outs */
		"90", "f3 90",		/* nop, pause */
		"0f 1f 00",		/* nop (%rax) */
		"f3 0f 1e fa",		/* endbr64 */
		"cc", "0f 0b", "c3",	/* int3, ud2, ret */
		"64 8b 07", "65 8b 07",	/* mov %fs:(%rdi), %gs: */
		"65 48 8b 04 25 00 00 00 00",
		"3e 65 8b 07", "65 3e 8b 07",
		"f2 8b 07", "f3 8b 07",	/* rep without a string */
		"f2 a4", "f3 f2 a4",	/* repne movs */
		"f3 c7 07 00 00 00 00",	/* xrelease */
		"f2 f0 87 07",		/* xacquire */
		"f2 0f 38 f0 07",	/* crc32 */
		"f2 0f 38 f1 07",
		"66 0f c3 07",		/* not movnti */
		"66 0f 38 f9 07",
		"66 0f 38 f8 07",	/* movdir64b */
		"0f c2 07 00",		/* cmpps */
		"0f b0 07", "0f b1 07",	/* cmpxchg */
		"f0 0f b1 07",
		"f0 0f c1 07",		/* xadd */
		"0f c7 0f",		/* cmpxchg8b */
		"0f ba 07 00",		/* 0f ba /0 */
		"0f ba 1f 00",
		"0f b8 07",		/* jmpe */
		"f3 0f b8 07",		/* popcnt */
		"0f bc 07", "0f bd 07",	/* bsf, bsr */
		"0f ae 3f",		/* clflush */
		"0f 18 07",		/* prefetch */
		"0f 10 07", "0f 28 07",	/* movups, movaps */
		"0f 29 07", "0f 2b 07",
		"f3 0f 6f 07", "66 0f 7f 07",
		"f2 0f 10 07",
		"0f 6f 07", "0f e7 07",	/* MMX */
		"0f 3a 0f 07 00",
		"c5 f8 10 07",		/* VEX */
		"c4 e2 78 f2 07",	/* andn */
		"62 f1 7c 48 10 07",	/* EVEX */
		"d5 18 8b 07",		/* REX2 */
		"d9 07", "dd 07",	/* x87 */
		"f0 89 07", "f0 8b 07",	/* lock on what only reads or writes */
		"f0 39 07", "f0 85 07",
		"f0 03 07", "f0 0f a3 07",
		"f0 f6 07 01", "f0 a4",
		"f0 0f ba 27 01",
		/* sixteen bytes */
		"3e 3e 3e 3e 3e 3e 3e 3e 3e 3e 3e 3e 3e 3e 8b 06",
		"3e 3e 3e 3e 3e 3e 3e 3e 3e c7 05 00 01 00 00 05 00 00 00",
		"66 66 66 66 66 66 66 66 66 66 66 66 66 66 66 66 66",
	};
	struct insn_regs regs = regs_of_table();
	struct insn_access i;
	size_t k;

	for (k = 0; k < ARRAY_SIZE(c); k++)
		if (decode_hex(&i, c[k], &regs) != -EOPNOTSUPP)
			fail_msg("%s: not refused", c[k]);
}

/* BT's bit number: signed, of the operand's width, floor to whole operands. */
static void bit_numbers_reach_beyond_the_operand(void **unused)
{
	static const struct {
		const char *hex;
		u64 number, bit;
		s64 offset;
	} c[] = {
		{ "0f a3 0f", 0, 0, 0 },
		{ "0f a3 0f", 31, 31, 0 },
		{ "0f a3 0f", 32, 0, 4 },
		{ "0f a3 0f", -1, 31, -4 },
		{ "0f a3 0f", -32, 0, -4 },
		{ "0f a3 0f", -33, 31, -8 },
		{ "0f a3 0f", 0x7fffffff, 31, 0x0ffffffc },
		{ "0f a3 0f", 0x80000000, 0, -0x10000000 },
		{ "0f a3 0f", 0x100000021, 1, 4 },
		{ "66 0f a3 0f", 0x8000, 0, -0x1000 },
		{ "66 0f a3 0f", 0x7fff, 15, 0xffe },
		{ "48 0f a3 0f", 0x100000021, 33, 0x20000000 },
		{ "48 0f a3 0f", 1ULL << 63, 0, -(1LL << 60) },
		{ "48 0f a3 0f", (1ULL << 63) - 1, 63, (1LL << 60) - 8 },
	};
	struct insn_regs regs = regs_of_table();
	struct insn_access i;
	size_t k;

	for (k = 0; k < ARRAY_SIZE(c); k++) {
		regs.gpr[RCX] = c[k].number;
		assert_int_equal(decode_hex(&i, c[k].hex, &regs), 0);
		assert_int_equal(i.value, c[k].bit);
		assert_int_equal(i.address, VALUE(RDI) + c[k].offset);
	}
}

/* ---- executing upon a log of accesses ---- */

struct access {
	bool write;
	u64 addr;
	unsigned int size;
	u64 value;
};

struct bus {
	struct access log[8];
	u32 count;
	u64 value;		/* what reads give */
	u32 fail_at;		/* the access that fails, from 1; 0: none */
};

static int bus_access(struct bus *bus, struct access access)
{
	bus->log[bus->count++ % ARRAY_SIZE(bus->log)] = access;
	return bus->count == bus->fail_at ? -EFAULT : 0;
}

static int bus_read(void *arg, u64 addr, unsigned int size, u64 *value)
{
	struct bus *bus = arg;

	*value = bus->value;
	return bus_access(bus, (struct access){ false, addr, size, 0 });
}

static int bus_write(void *arg, u64 addr, unsigned int size, u64 value)
{
	return bus_access(arg, (struct access){ true, addr, size, value });
}

static int execute_hex(struct bus *bus, const char *hex, struct insn_regs *regs)
{
	static const struct insn_memory memory = { bus_read, bus_write };
	struct insn_access i;

	assert_int_equal(decode_hex(&i, hex, regs), 0);
	return insn_access_execute(&i, regs, &memory, bus);
}

static void assert_access(const struct bus *bus, u32 k, bool write, u64 addr,
			  unsigned int size, u64 value)
{
	assert_int_equal(bus->log[k].write, write);
	assert_int_equal(bus->log[k].addr, addr);
	assert_int_equal(bus->log[k].size, size);
	assert_int_equal(bus->log[k].value, value);
}

static void narrow_loads_keep_what_they_do_not_write(void **unused)
{
	static const struct {
		const char *hex;
		u64 want;
	} c[] = {
		{ "8a 0f", 0x1122334455667798 },
		{ "8a 2f", 0x1122334455669888 },	/* ch */
		{ "66 8b 0f", 0x112233445566ba98 },
		{ "8b 0f", 0xfedcba98 },
		{ "48 8b 0f", 0x76543210fedcba98 },
		{ "0f b6 0f", 0x98 },
		{ "66 0f b6 0f", 0x1122334455660098 },
		{ "66 0f be 0f", 0x112233445566ff98 },
		{ "0f be 0f", 0xffffff98 },
		{ "48 0f be 0f", 0xffffffffffffff98 },
		{ "0f bf 0f", 0xffffba98 },
		{ "48 63 0f", 0xfffffffffedcba98 },
		{ "0f 38 f0 0f", 0x98badcfe },
		{ "66 0f 38 f0 0f", 0x11223344556698ba },
		{ "48 0f 38 f0 0f", 0x98badcfe10325476 },
	};
	struct bus bus = { .value = 0x76543210fedcba98 };
	size_t k;

	for (k = 0; k < ARRAY_SIZE(c); k++) {
		struct insn_regs regs = regs_of_table(), want = regs;

		regs.gpr[RCX] = 0x1122334455667788;
		assert_int_equal(execute_hex(&bus, c[k].hex, &regs), 0);
		want.gpr[RCX] = c[k].want;
		want.ip = regs.ip;
		assert_memory_equal(&regs, &want, sizeof(regs));
	}
}

/* What is written is not read, and what is tested is not written. */
static void each_instruction_makes_its_accesses_only(void **unused)
{
	static const struct {
		const char *hex;
		bool read, write;
		u64 value;
	} c[] = {
		{ "8b 0f", true, false, 0 },
		{ "89 0f", false, true, 0x12000 },
		{ "c7 07 01 00 00 00", false, true, 1 },
		{ "0f c3 0f", false, true, 0x12000 },
		{ "0f 38 f1 0f", false, true, 0x00200100 },
		{ "09 0f", true, true, 0x812000 },
		{ "0b 0f", true, false, 0 },
		{ "39 0f", true, false, 0 },
		{ "3b 0f", true, false, 0 },
		{ "85 0f", true, false, 0 },
		{ "f7 07 01 00 00 00", true, false, 0 },
		{ "f7 17", true, true, 0xff7fffff },
		{ "f7 1f", true, true, 0xff800000 },
		{ "ff 07", true, true, 0x800001 },
		{ "f0 83 0f 01", true, true, 0x800001 },
		{ "87 0f", true, true, 0x12000 },
		{ "0f ba 27 17", true, false, 0 },
		{ "0f ba 2f 17", true, true, 0x800000 },
		{ "0f ba 37 17", true, true, 0 },
	};
	size_t k;

	for (k = 0; k < ARRAY_SIZE(c); k++) {
		struct insn_regs regs = regs_of_table();
		struct bus bus = { .value = 0x800000 };
		u32 at = 0;

		assert_int_equal(execute_hex(&bus, c[k].hex, &regs), 0);
		assert_int_equal(bus.count, c[k].read + c[k].write);
		if (c[k].read)
			assert_access(&bus, at++, false, VALUE(RDI), 4, 0);
		if (c[k].write)
			assert_access(&bus, at++, true, VALUE(RDI), 4,
				      c[k].value);
		assert_int_equal(regs.ip, IP + strlen(c[k].hex) / 3 + 1);
	}
}

static void an_error_changes_no_register(void **unused)
{
	static const char *const c[] = {
		"8b 0f", "89 0f", "87 0f", "09 0f", "0b 0f", "f7 1f", "3b 0f",
		"0f ba 2f 17", "a5", "ab", "ad", "f3 a5", "f3 ab", "f3 ad",
	};
	u32 fail_at;
	size_t k;

	for (k = 0; k < ARRAY_SIZE(c); k++) {
		for (fail_at = 1; fail_at <= 2; fail_at++) {
			struct insn_regs regs = regs_of_table(), want = regs;
			struct bus bus = { .value = ~0ULL, .fail_at = fail_at };
			int err;

			regs.gpr[RCX] = want.gpr[RCX] = 1;
			err = execute_hex(&bus, c[k], &regs);
			assert_int_equal(err, bus.count < fail_at ? 0 : -EFAULT);
			if (err)
				assert_memory_equal(&regs, &want, sizeof(regs));
		}
	}
}

static void strings_go_element_by_element(void **unused)
{
	struct insn_regs regs = regs_of_table();
	struct bus bus = { .value = 0x1122334455667788 };

	regs.gpr[RCX] = 2;
	assert_int_equal(execute_hex(&bus, "f3 66 a5", &regs), 0);
	assert_int_equal(bus.count, 4);
	assert_access(&bus, 0, false, VALUE(RSI), 2, 0);
	assert_access(&bus, 1, true, VALUE(RDI), 2, 0x7788);
	assert_access(&bus, 2, false, VALUE(RSI) + 2, 2, 0);
	assert_access(&bus, 3, true, VALUE(RDI) + 2, 2, 0x7788);
	assert_int_equal(regs.gpr[RCX], 0);
	assert_int_equal(regs.gpr[RSI], VALUE(RSI) + 4);
	assert_int_equal(regs.gpr[RDI], VALUE(RDI) + 4);
	assert_int_equal(regs.ip, IP + 3);
}

static void strings_run_backwards_with_df(void **unused)
{
	struct insn_regs regs = regs_of_table();
	struct bus bus = { .value = 1 };

	regs.flags = DF;
	regs.gpr[RCX] = 3;
	assert_int_equal(execute_hex(&bus, "f3 48 ab", &regs), 0);
	assert_int_equal(bus.count, 3);
	assert_access(&bus, 2, true, VALUE(RDI) - 16, 8, VALUE(RAX));
	assert_int_equal(regs.gpr[RDI], VALUE(RDI) - 24);
	assert_int_equal(regs.gpr[RSI], VALUE(RSI));
}

static void rep_with_no_count_is_done_at_once(void **unused)
{
	struct insn_regs regs = regs_of_table();
	struct bus bus = { .value = 1 };

	regs.gpr[RCX] = 0;
	assert_int_equal(execute_hex(&bus, "f3 a4", &regs), 0);
	assert_int_equal(bus.count, 0);
	assert_int_equal(regs.ip, IP + 2);
	assert_int_equal(regs.gpr[RSI], VALUE(RSI));

	/* without rep, the count means nothing */
	assert_int_equal(execute_hex(&bus, "a4", &regs), 0);
	assert_int_equal(bus.count, 2);
	assert_int_equal(regs.gpr[RCX], 0);
}

static void narrow_addresses_wrap(void **unused)
{
	struct insn_regs regs = regs_of_table();
	struct bus bus = { .value = 1 };

	regs.gpr[RCX] = 0x100000002;
	regs.gpr[RDI] = 0x5a000000fffffffc;
	assert_int_equal(execute_hex(&bus, "67 f3 ab", &regs), 0);
	assert_int_equal(bus.count, 2);
	assert_access(&bus, 0, true, 0xfffffffc, 4, VALUE(RAX));
	assert_access(&bus, 1, true, 0, 4, VALUE(RAX));
	assert_int_equal(regs.gpr[RCX], 0);
	assert_int_equal(regs.gpr[RDI], 4);
}

static void long_strings_are_done_in_parts(void **unused)
{
	struct insn_regs regs = regs_of_table();
	struct bus bus = { .value = 1 };

	regs.gpr[RCX] = 2 * INSN_BURST + 1;
	assert_int_equal(execute_hex(&bus, "f3 aa", &regs), 0);
	assert_int_equal(bus.count, INSN_BURST);
	assert_int_equal(regs.gpr[RCX], INSN_BURST + 1);
	assert_int_equal(regs.gpr[RDI], VALUE(RDI) + INSN_BURST);
	assert_int_equal(regs.ip, IP);
	assert_int_equal(execute_hex(&bus, "f3 aa", &regs), 0);
	assert_int_equal(regs.ip, IP);
	assert_int_equal(execute_hex(&bus, "f3 aa", &regs), 0);
	assert_int_equal(bus.count, 2 * INSN_BURST + 1);
	assert_int_equal(regs.gpr[RCX], 0);
	assert_int_equal(regs.ip, IP + 2);

	/* just one part */
	regs.ip = IP;
	regs.gpr[RCX] = INSN_BURST;
	assert_int_equal(execute_hex(&bus, "f3 aa", &regs), 0);
	assert_int_equal(regs.gpr[RCX], 0);
	assert_int_equal(regs.ip, IP + 2);
}

static void an_error_leaves_the_elements_before_it_done(void **unused)
{
	struct insn_regs regs = regs_of_table();
	struct bus bus = { .value = 1, .fail_at = 4 };

	regs.gpr[RCX] = 5;
	assert_int_equal(execute_hex(&bus, "f3 a5", &regs), -EFAULT);
	assert_int_equal(regs.gpr[RCX], 4);
	assert_int_equal(regs.gpr[RSI], VALUE(RSI) + 4);
	assert_int_equal(regs.gpr[RDI], VALUE(RDI) + 4);
	assert_int_equal(regs.ip, IP);
}

static void other_flags_are_kept(void **unused)
{
	struct insn_regs regs = regs_of_table();
	struct bus bus = { .value = 0 };

	regs.flags = 0x3f7702 | CF;	/* all that is no status flag, and CF */
	assert_int_equal(execute_hex(&bus, "83 3f 00", &regs), 0);
	assert_int_equal(regs.flags, 0x3f7702 | ZF | 4);
	regs.flags |= CF;
	assert_int_equal(execute_hex(&bus, "ff 0f", &regs), 0);
	assert_int_equal(regs.flags & CF, CF);
	regs.flags = ~0ULL;
	assert_int_equal(execute_hex(&bus, "f7 17", &regs), 0);
	assert_int_equal(regs.flags, ~0ULL);
	assert_int_equal(execute_hex(&bus, "8b 0f", &regs), 0);
	assert_int_equal(regs.flags, ~0ULL);
}

/* ---- garbage ---- */

/* Random bytes that begin as an instruction may, so that many get far. */
static unsigned int make_garbage(u8 *bytes, u64 *seed)
{
	static const u8 likely[] = {
		0x66, 0x67, 0xf0, 0xf2, 0xf3, 0x2e, 0x48, 0x4f, 0x0f, 0x0f,
		0x38, 0x88, 0x8b, 0xc7, 0xa4, 0xa5, 0xf6, 0xff, 0x83, 0xba,
	};
	unsigned int k, len = random_below(seed, 20);

	for (k = 0; k < len; k++)
		bytes[k] = k < 6 && random_below(seed, 2) ?
			likely[random_below(seed, sizeof(likely))] :
			random_next(seed);
	return len;
}

static void random_bytes_are_never_read_beyond_their_end(void **unused)
{
	struct insn_regs regs = regs_of_table();
	u32 round, accepted = 0;
	u64 seed = 2;

	for (round = 0; round < 1000000; round++) {
		u8 bytes[20];
		unsigned int len = make_garbage(bytes, &seed);
		struct insn_access i;
		int err = decode_exactly(&i, bytes, len, &regs);

		assert_true(err == 0 || err == -EOPNOTSUPP || err == -ENODATA);
		if (err == -ENODATA)
			assert_true(len < INSN_MAX);
		if (err)
			continue;
		accepted++;
		assert_in_range(i.length, 1, min(len, INSN_MAX));
		assert_int_equal(decode_exactly(&i, bytes, i.length, &regs), 0);
		assert_int_equal(decode_exactly(&i, bytes, i.length - 1, &regs),
				 -ENODATA);
	}
	assert_true(accepted > 100000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_encodings_are_what_they_are),
		cmocka_unit_test(cut_encodings_are_cut),
		cmocka_unit_test(longer_bytes_change_nothing),
		cmocka_unit_test(all_else_is_refused),
		cmocka_unit_test(bit_numbers_reach_beyond_the_operand),
		cmocka_unit_test(narrow_loads_keep_what_they_do_not_write),
		cmocka_unit_test(each_instruction_makes_its_accesses_only),
		cmocka_unit_test(an_error_changes_no_register),
		cmocka_unit_test(strings_go_element_by_element),
		cmocka_unit_test(strings_run_backwards_with_df),
		cmocka_unit_test(rep_with_no_count_is_done_at_once),
		cmocka_unit_test(narrow_addresses_wrap),
		cmocka_unit_test(long_strings_are_done_in_parts),
		cmocka_unit_test(an_error_leaves_the_elements_before_it_done),
		cmocka_unit_test(other_flags_are_kept),
		cmocka_unit_test(random_bytes_are_never_read_beyond_their_end),
	};

	return cmocka_run_group_tests_name("insn", tests, NULL, NULL);
}
