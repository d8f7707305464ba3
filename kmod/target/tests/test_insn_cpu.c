// SPDX-License-Identifier: GPL-2.0-only
/*
 * insn_access_execute() against this machine's CPU: the same instruction,
 * registers and memory, once for real and once emulated; registers, flags and
 * memory must agree afterwards. What the SDM leaves undefined is not compared.
 *
 *	| code | data ............ |	one mapping below 2 GiB: ip-relative,
 *	  ▲            ▲		32-bit and absolute addresses reach it
 *	  ip           address of the operand
 */
#include <cpuid.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>

#include "insn.h"
#include "testing.h"

#define PAGE		4096
#define DATA_SIZE	(2 * PAGE)
#define ROUNDS		400000

#define CF		0x001
#define PF		0x004
#define AF		0x010
#define ZF		0x040
#define SF		0x080
#define DF		0x400
#define OF		0x800
#define STATUS		(CF | PF | AF | ZF | SF | OF)
#define ALWAYS		0x202	/* reserved bit 1, IF */

static u8 *code, *data;

/* ---- running it for real ---- */

/* What the assembly below loads and stores; gpr, ip, flags at 0, 128, 136. */
extern struct insn_regs native;
extern void *native_stack;
void native_enter(void);
extern const char native_exit[];

struct insn_regs native;
void *native_stack;

static_assert(offsetof(struct insn_regs, ip) == 128, "as below");
static_assert(offsetof(struct insn_regs, flags) == 136, "as below");

asm("	.pushsection .text\n"
	"	.globl native_enter, native_exit\n"
	"native_enter:\n"
	"	push %rbx\n"
	"	push %rbp\n"
	"	push %r12\n"
	"	push %r13\n"
	"	push %r14\n"
	"	push %r15\n"
	"	mov %rsp, native_stack(%rip)\n"
	"	pushq native+136(%rip)\n"
	"	popfq\n"
	"	mov native+0(%rip), %rax\n"
	"	mov native+8(%rip), %rcx\n"
	"	mov native+16(%rip), %rdx\n"
	"	mov native+24(%rip), %rbx\n"
	"	mov native+32(%rip), %rsp\n"
	"	mov native+40(%rip), %rbp\n"
	"	mov native+48(%rip), %rsi\n"
	"	mov native+56(%rip), %rdi\n"
	"	mov native+64(%rip), %r8\n"
	"	mov native+72(%rip), %r9\n"
	"	mov native+80(%rip), %r10\n"
	"	mov native+88(%rip), %r11\n"
	"	mov native+96(%rip), %r12\n"
	"	mov native+104(%rip), %r13\n"
	"	mov native+112(%rip), %r14\n"
	"	mov native+120(%rip), %r15\n"
	"	jmp *native+128(%rip)\n"
	"native_exit:\n"
	"	mov %rax, native+0(%rip)\n"
	"	mov %rcx, native+8(%rip)\n"
	"	mov %rdx, native+16(%rip)\n"
	"	mov %rbx, native+24(%rip)\n"
	"	mov %rsp, native+32(%rip)\n"
	"	mov %rbp, native+40(%rip)\n"
	"	mov %rsi, native+48(%rip)\n"
	"	mov %rdi, native+56(%rip)\n"
	"	mov %r8, native+64(%rip)\n"
	"	mov %r9, native+72(%rip)\n"
	"	mov %r10, native+80(%rip)\n"
	"	mov %r11, native+88(%rip)\n"
	"	mov %r12, native+96(%rip)\n"
	"	mov %r13, native+104(%rip)\n"
	"	mov %r14, native+112(%rip)\n"
	"	mov %r15, native+120(%rip)\n"
	"	mov native_stack(%rip), %rsp\n"
	"	pushfq\n"
	"	popq native+136(%rip)\n"
	"	cld\n"
	"	pop %r15\n"
	"	pop %r14\n"
	"	pop %r13\n"
	"	pop %r12\n"
	"	pop %rbp\n"
	"	pop %rbx\n"
	"	ret\n"
	"	.popsection\n");

static sigjmp_buf crashed;

static void on_crash(int number)
{
	siglongjmp(crashed, number);
}

/* CMocka catches the same signals before each test. */
static void catch_crashes(void)
{
	static u8 stack[64 * 1024];
	const stack_t other = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct sigaction action = {
		.sa_handler = on_crash,
		.sa_flags = SA_ONSTACK | SA_NODEFER,
	};

	assert_int_equal(sigaltstack(&other, NULL), 0);
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	sigaction(SIGILL, &action, NULL);
	sigaction(SIGTRAP, &action, NULL);
}

/* The instruction, and jmp *0(%rip) with the way out behind it. */
static void place_code(const u8 *bytes, unsigned int length)
{
	static const u8 jump[6] = { 0xff, 0x25 };
	const void *way_out = native_exit;

	memcpy(code, bytes, length);
	memcpy(code + length, jump, sizeof(jump));
	memcpy(code + length + sizeof(jump), &way_out, sizeof(way_out));
}

/* Returns 0, or the number of the signal that ended it. */
static int run_natively(struct insn_regs *regs, const struct insn_access *i)
{
	int number = sigsetjmp(crashed, 0);

	if (number)
		return number;
	native = *regs;
	native_enter();
	*regs = native;
	regs->ip += i->length;
	return 0;
}

/* ---- running it emulated, on the same addresses ---- */

static bool in_data(u64 addr, u64 size)
{
	return addr - (u64)data <= DATA_SIZE - size;
}

static int data_read(void *arg, u64 addr, unsigned int size, u64 *value)
{
	if (!in_data(addr, size))
		return -EFAULT;
	*value = 0xa5a5a5a5a5a5a5a5;	/* beyond the size: not to be used */
	memcpy(value, (void *)addr, size);
	return 0;
}

static int data_write(void *arg, u64 addr, unsigned int size, u64 value)
{
	if (!in_data(addr, size))
		return -EFAULT;
	memcpy((void *)addr, &value, size);
	return 0;
}

static const struct insn_memory memory = { data_read, data_write };

/* ---- comparing ---- */

static const char *in_hex(const u8 *bytes, unsigned int length)
{
	static char text[3 * INSN_MAX + 1];
	unsigned int k;

	text[0] = 0;
	for (k = 0; k < length && k < INSN_MAX; k++)
		sprintf(text + 3 * k, "%02x ", bytes[k]);
	return text;
}

static u64 undefined_flags(const struct insn_access *i)
{
	if (i->kind != INSN_MODIFY && i->kind != INSN_COMBINE)
		return 0;
	switch (i->alu) {
	case INSN_AND:
	case INSN_OR:
	case INSN_XOR:
	case INSN_TEST:
		return AF;
	case INSN_BT:
	case INSN_BTS:
	case INSN_BTR:
	case INSN_BTC:
		return OF | SF | AF | PF;
	default:
		return 0;
	}
}

static void compare_regs(const struct insn_access *i,
			 const struct insn_regs *real,
			 const struct insn_regs *ours)
{
	u64 mask = (STATUS | DF) & ~undefined_flags(i);
	const char *bytes = in_hex(code, i->length);
	int r;

	for (r = 0; r < 16; r++)
		if (real->gpr[r] != ours->gpr[r])
			fail_msg("%s: register %d: CPU %#lx, ours %#lx", bytes,
				 r, real->gpr[r], ours->gpr[r]);
	if ((real->flags ^ ours->flags) & mask)
		fail_msg("%s: flags: CPU %#lx, ours %#lx", bytes,
			 real->flags & mask, ours->flags & mask);
	if (real->ip != ours->ip)
		fail_msg("%s: ip: CPU %#lx, ours %#lx", bytes, real->ip,
			 ours->ip);
}

static void compare_once(const u8 *bytes, const struct insn_access *i,
			 const struct insn_regs *regs)
{
	static u8 before[DATA_SIZE], after[DATA_SIZE];
	struct insn_regs real = *regs, ours = *regs;
	int number;

	memcpy(before, data, DATA_SIZE);
	place_code(bytes, i->length);
	number = run_natively(&real, i);
	if (number)
		fail_msg("%s: signal %d", in_hex(bytes, i->length), number);
	memcpy(after, data, DATA_SIZE);
	memcpy(data, before, DATA_SIZE);
	assert_int_equal(insn_access_execute(i, &ours, &memory, NULL), 0);
	compare_regs(i, &real, &ours);
	if (memcmp(data, after, DATA_SIZE))
		fail_msg("%s: memory differs", in_hex(bytes, i->length));
}

/* ---- instructions ---- */

struct opcode {
	u8 bytes[3];
	u8 length;
};

/* Each that is to be known, with ModRM's register field still open. */
static const struct opcode opcodes[] = {
	{ { 0x88 }, 1 }, { { 0x89 }, 1 }, { { 0x8a }, 1 }, { { 0x8b }, 1 },
	{ { 0xc6 }, 1 }, { { 0xc7 }, 1 }, { { 0x63 }, 1 },
	{ { 0xa0 }, 1 }, { { 0xa1 }, 1 }, { { 0xa2 }, 1 }, { { 0xa3 }, 1 },
	{ { 0xa4 }, 1 }, { { 0xa5 }, 1 }, { { 0xaa }, 1 }, { { 0xab }, 1 },
	{ { 0xac }, 1 }, { { 0xad }, 1 },
	{ { 0x0f, 0xb6 }, 2 }, { { 0x0f, 0xb7 }, 2 },
	{ { 0x0f, 0xbe }, 2 }, { { 0x0f, 0xbf }, 2 },
	{ { 0x0f, 0xc3 }, 2 },
	{ { 0x0f, 0x38, 0xf0 }, 3 }, { { 0x0f, 0x38, 0xf1 }, 3 },
	{ { 0x0f, 0x38, 0xf9 }, 3 },
	{ { 0x00 }, 1 }, { { 0x01 }, 1 }, { { 0x02 }, 1 }, { { 0x03 }, 1 },
	{ { 0x08 }, 1 }, { { 0x09 }, 1 }, { { 0x0a }, 1 }, { { 0x0b }, 1 },
	{ { 0x10 }, 1 }, { { 0x11 }, 1 }, { { 0x12 }, 1 }, { { 0x13 }, 1 },
	{ { 0x18 }, 1 }, { { 0x19 }, 1 }, { { 0x1a }, 1 }, { { 0x1b }, 1 },
	{ { 0x20 }, 1 }, { { 0x21 }, 1 }, { { 0x22 }, 1 }, { { 0x23 }, 1 },
	{ { 0x28 }, 1 }, { { 0x29 }, 1 }, { { 0x2a }, 1 }, { { 0x2b }, 1 },
	{ { 0x30 }, 1 }, { { 0x31 }, 1 }, { { 0x32 }, 1 }, { { 0x33 }, 1 },
	{ { 0x38 }, 1 }, { { 0x39 }, 1 }, { { 0x3a }, 1 }, { { 0x3b }, 1 },
	{ { 0x80 }, 1 }, { { 0x81 }, 1 }, { { 0x83 }, 1 },
	{ { 0x84 }, 1 }, { { 0x85 }, 1 }, { { 0x86 }, 1 }, { { 0x87 }, 1 },
	{ { 0xf6 }, 1 }, { { 0xf7 }, 1 }, { { 0xfe }, 1 }, { { 0xff }, 1 },
	{ { 0x0f, 0xa3 }, 2 }, { { 0x0f, 0xab }, 2 }, { { 0x0f, 0xb3 }, 2 },
	{ { 0x0f, 0xbb }, 2 }, { { 0x0f, 0xba }, 2 },
};

static bool cpu_has(const struct opcode *o)
{
	unsigned int a, b, c, d;

	if (o->length < 3)
		return true;
	if (o->bytes[2] == 0xf9)
		return __get_cpuid_count(7, 0, &a, &b, &c, &d) && c & 1 << 27;
	return __get_cpuid(1, &a, &b, &c, &d) && c & 1 << 22;
}

/* 128 bytes of random, with an instruction made up in front of them. */
struct attempt {
	u8 bytes[128];
	unsigned int modrm;	/* where it stands */
	bool moffs;		/* an address stands there instead */
	u64 seed;
};

static void add_prefixes(struct attempt *t)
{
	static const u8 prefixes[] = {
		0x66, 0x67, 0x26, 0x2e, 0x36, 0x3e, 0xf0, 0xf3, 0x4f, 0x66,
	};
	unsigned int k = random_below(&t->seed, 4);

	while (k--)
		t->bytes[t->modrm++] =
			prefixes[random_below(&t->seed, ARRAY_SIZE(prefixes))];
	if (random_below(&t->seed, 3))
		t->bytes[t->modrm++] = 0x40 | random_below(&t->seed, 16);
}

static void make_up(struct attempt *t)
{
	const struct opcode *o;
	unsigned int k;

	for (k = 0; k < sizeof(t->bytes); k++)
		t->bytes[k] = random_next(&t->seed);
	t->modrm = 0;
	add_prefixes(t);
	do {
		o = &opcodes[random_below(&t->seed, ARRAY_SIZE(opcodes))];
	} while (!cpu_has(o));
	memcpy(t->bytes + t->modrm, o->bytes, o->length);
	t->modrm += o->length;
	t->moffs = o->length == 1 && (o->bytes[0] & 0xfc) == 0xa0;
	if (t->bytes[t->modrm] >= 0xc0)
		t->bytes[t->modrm] -= 0x40;
}

static void randomize(struct insn_regs *regs, u64 *seed)
{
	int r;

	for (r = 0; r < 16; r++)
		regs->gpr[r] = random_below(seed, 2) ? random_wide(seed) :
						       -random_wide(seed);
	regs->ip = (u64)code;
	regs->flags = ALWAYS | (random_next(seed) & (STATUS | DF));
	for (r = 0; r < DATA_SIZE; r += 8)
		*(u64 *)(data + r) = random_next(seed);
}

static u64 address_of(const u8 *bytes, const struct insn_regs *regs)
{
	struct insn_access i;

	assert_int_equal(insn_access_decode(&i, bytes, INSN_MAX, regs), 0);
	return i.address;
}

/* 1 / @odd modulo 2^64: each step doubles the number of right bits. */
static u64 inverse(u64 odd)
{
	u64 x = odd;
	int k;

	for (k = 0; k < 6; k++)
		x *= 2 - odd * x;
	return x;
}

/*
 * Choose a register that the address depends upon such that the address becomes
 * @target. How it depends is tried out: factor is 1, a scale, or their sum.
 */
static bool solve_register(const u8 *bytes, struct insn_regs *regs, int r,
			   u64 target)
{
	u64 kept = regs->gpr[r], at_zero, factor;

	regs->gpr[r] = 0;
	at_zero = address_of(bytes, regs);
	regs->gpr[r] = 1;
	factor = address_of(bytes, regs) - at_zero;
	if (factor & 1)
		regs->gpr[r] = (target - at_zero) * inverse(factor);
	else
		regs->gpr[r] = kept;
	return address_of(bytes, regs) == target;
}

/* An address without a register: the displacement is at @disp. */
static bool solve_constant(u8 *bytes, u8 *disp, unsigned int size,
			   const struct insn_regs *regs, u64 target)
{
	u64 value;

	memset(disp, 0, size);
	value = target - address_of(bytes, regs);
	memcpy(disp, &value, size);
	return address_of(bytes, regs) == target;
}

static bool solve_any_constant(struct attempt *t, const struct insn_regs *regs,
			       u64 target)
{
	u8 *bytes = t->bytes, *modrm = bytes + t->modrm;

	if (t->moffs)
		return solve_constant(bytes, modrm, 8, regs, target);
	if ((modrm[0] & 0xc7) == 0x05)
		return solve_constant(bytes, modrm + 1, 4, regs, target);
	if ((modrm[0] & 0xc7) == 0x04 && (modrm[1] & 7) == 5)
		return solve_constant(bytes, modrm + 2, 4, regs, target);
	return false;
}

static bool solve_address(struct attempt *t, struct insn_regs *regs)
{
	u64 target = (u64)data + PAGE + random_below(&t->seed, 64);
	int first = random_below(&t->seed, 16), k;

	if (address_of(t->bytes, regs) == target)
		return true;
	for (k = 0; k < 16; k++)
		if (solve_register(t->bytes, regs, (first + k) % 16, target))
			return true;
	return solve_any_constant(t, regs, target);
}

/*
 * Strings run through the middle of the data. With 32-bit addresses and ecx 0,
 * CPUs differ in what becomes of the upper halves; nothing is accessed then, so
 * that it cannot trap.
 */
static void settle_string(const struct insn_access *i, struct insn_regs *regs,
			  u64 *seed)
{
	u64 upper = i->address_size == 4 ? random_next(seed) << 32 : 0;

	regs->gpr[7] = upper + (u64)data + PAGE + random_below(seed, 64);
	regs->gpr[6] = upper + (u64)data + PAGE + random_below(seed, 64);
	regs->gpr[1] = upper + random_below(seed, 100) + !!upper;
}

static bool is_string(const struct insn_access *i)
{
	return i->kind == INSN_COPY || i->kind == INSN_FILL ||
	       i->kind == INSN_FETCH;
}

/* Give the registers values so that the operand is in the data. */
static bool aim(struct attempt *t, struct insn_access *i,
		struct insn_regs *regs)
{
	if (insn_access_decode(i, t->bytes, INSN_MAX, regs))
		return false;
	if (is_string(i))
		settle_string(i, regs, &t->seed);
	else if (!solve_address(t, regs))
		return false;
	return !insn_access_decode(i, t->bytes, INSN_MAX, regs);
}

static void known_opcodes_do_what_the_cpu_does(void **unused)
{
	struct attempt t = { .seed = 1 };
	static u32 seen[256];
	struct insn_regs regs;
	struct insn_access i;
	u32 compared = 0, round;

	catch_crashes();
	for (round = 0; round < ROUNDS; round++) {
		make_up(&t);
		randomize(&regs, &t.seed);
		if (!aim(&t, &i, &regs))
			continue;
		compare_once(t.bytes, &i, &regs);
		compared++;
		seen[i.kind << 5 | i.alu]++;
	}
	print_message("%u instructions compared\n", compared);
	assert_true(compared > ROUNDS / 4);
	for (i.kind = INSN_LOAD; i.kind < INSN_MODIFY; i.kind++)
		assert_true(seen[i.kind << 5] > 100);
	for (i.alu = INSN_ADD; i.alu <= INSN_BTC; i.alu++)
		assert_true(seen[INSN_MODIFY << 5 | i.alu] > 100);
	for (i.alu = INSN_ADD; i.alu <= INSN_CMP; i.alu++)
		assert_true(seen[INSN_COMBINE << 5 | i.alu] > 100);
}

/* Values at which carries, overflows and signs change. */
static const u64 edge[] = {
	0, 1, 2, 0xf, 0x10, 0x7e, 0x7f, 0x80, 0x81, 0xfe, 0xff,
	0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff,
	0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff,
};

static void compare_at_edges(const u8 *bytes, unsigned int len)
{
	u64 *word = (u64 *)(data + PAGE);
	struct insn_regs regs = { .ip = (u64)code, .gpr[6] = (u64)word };
	struct insn_access i;
	u32 k;

	assert_int_equal(insn_access_decode(&i, bytes, len, &regs), 0);
	for (k = 0; k < ARRAY_SIZE(edge) * ARRAY_SIZE(edge) * 2; k++) {
		regs.flags = ALWAYS | (k & CF);
		regs.gpr[1] = edge[k / 2 % ARRAY_SIZE(edge)];
		*word = edge[k / 2 / ARRAY_SIZE(edge)];
		compare_once(bytes, &i, &regs);
	}
}

static void flags_are_those_of_the_cpu_at_the_edges(void **unused)
{
	static const u8 before[] = { 0x66, 0x40, 0x48 };
	static const u8 one[][2] = {	/* (%rsi) alone */
		{ 0xf6, 0x16 }, { 0xf6, 0x1e }, { 0xfe, 0x06 }, { 0xfe, 0x0e },
	};
	u32 width, k;

	catch_crashes();
	for (width = 0; width < 3; width++) {
		/* each operation, with cl or ecx, in both directions */
		for (k = 0; k < 8 * 4; k++)
			compare_at_edges((u8[]){ before[width],
						 k / 4 << 3 | k % 4, 0x0e }, 3);
		for (k = 0; k < ARRAY_SIZE(one) * 2; k++)
			compare_at_edges((u8[]){ before[width],
						 one[k / 2][0] | k % 2,
						 one[k / 2][1] }, 3);
	}
}

/*
 * Whatever is accepted out of random bytes is what the CPU makes of them; most
 * are decoded for nothing, before memory is set up.
 */
static void random_bytes_do_what_the_cpu_does(void **unused)
{
	struct attempt t = { .seed = 2, .modrm = 1 };
	struct insn_regs regs = { .ip = 0 };
	u32 compared = 0, round, k;
	struct insn_access i;

	catch_crashes();
	for (round = 0; round < ROUNDS; round++) {
		for (k = 0; k < INSN_MAX; k++)
			t.bytes[k] = random_next(&t.seed);
		if (insn_access_decode(&i, t.bytes, INSN_MAX, &regs))
			continue;
		randomize(&regs, &t.seed);
		if (!aim(&t, &i, &regs))
			continue;
		compare_once(t.bytes, &i, &regs);
		compared++;
	}
	print_message("%u instructions compared\n", compared);
	assert_true(compared > 1000);
}

static int map_memory(void **unused)
{
	code = mmap(NULL, PAGE + DATA_SIZE, PROT_READ | PROT_WRITE | PROT_EXEC,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	if (code == MAP_FAILED)
		return -1;
	data = code + PAGE;
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_opcodes_do_what_the_cpu_does),
		cmocka_unit_test(flags_are_those_of_the_cpu_at_the_edges),
		cmocka_unit_test(random_bytes_do_what_the_cpu_does),
	};

	return cmocka_run_group_tests_name("insn_cpu", tests, map_memory, NULL);
}
