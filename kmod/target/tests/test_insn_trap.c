// SPDX-License-Identifier: GPL-2.0-only
/*
 * The register trap as in the module, with a signal for the exception: compiled
 * accesses run on a pointer that is not canonical, the handler decodes and
 * carries out each. The same function on plain memory says what comes of it.
 *
 *	run(bar, ram) ──▶ memory ───────────────────────┐
 *	run(0x5a..., ram) ──▶ #GP, #SS ──▶ handler ──▶ memory ──▶ the same?
 */
#include <signal.h>
#include <stdio.h>
#include <sys/ucontext.h>

#include "accesses.h"
#include "insn.h"
#include "testing.h"

#define TRAPPED		0x5a00000000000000ULL
#define TRAPPED_AT	0x5a00000012340000ULL

extern const struct accesses *const __start_ways[];
extern const struct accesses *const __stop_ways[];

/* What the trapped registers hold, and what was done to them. */
static u8 registers[ACCESSES_SPACE];

struct log_entry {
	u32 offset;
	u8 size;
	bool write;
};

static struct log_entry log[64];
static u32 logged, traps;
static int refused;
static u8 refused_bytes[INSN_MAX];
static sigjmp_buf out;

/* ---- the handler ---- */

static void log_access(u64 offset, unsigned int size, bool write)
{
	log[logged++ % ARRAY_SIZE(log)] = (struct log_entry){
		.offset = offset,
		.size = size,
		.write = write,
	};
}

/* Memory beside the registers takes part in movs. */
static u8 *place(u64 addr, unsigned int size, bool write)
{
	u64 offset = addr - TRAPPED_AT;

	if (addr >> 56 != TRAPPED >> 56)
		return (u8 *)addr;
	if (offset > sizeof(registers) - size)
		return NULL;
	log_access(offset, size, write);
	return registers + offset;
}

static int register_read(void *arg, u64 addr, unsigned int size, u64 *value)
{
	const u8 *p = place(addr, size, false);

	if (!p)
		return -EFAULT;
	*value = 0;
	memcpy(value, p, size);
	return 0;
}

static int register_write(void *arg, u64 addr, unsigned int size, u64 value)
{
	u8 *p = place(addr, size, true);

	if (!p)
		return -EFAULT;
	memcpy(p, &value, size);
	return 0;
}

static const int order[16] = {
	REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
	REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15,
};

static void on_trap(int number, siginfo_t *info, void *context)
{
	static const struct insn_memory memory = {
		register_read, register_write
	};
	greg_t *gregs = ((ucontext_t *)context)->uc_mcontext.gregs;
	struct insn_regs regs;
	struct insn_access i;
	int r;

	for (r = 0; r < 16; r++)
		regs.gpr[r] = gregs[order[r]];
	regs.ip = gregs[REG_RIP];
	regs.flags = gregs[REG_EFL];
	memcpy(refused_bytes, (void *)regs.ip, INSN_MAX);
	traps++;
	refused = insn_access_decode(&i, refused_bytes, INSN_MAX, &regs);
	if (!refused)
		refused = insn_access_execute(&i, &regs, &memory, NULL);
	if (refused)
		siglongjmp(out, 1);
	for (r = 0; r < 16; r++)
		gregs[order[r]] = regs.gpr[r];
	gregs[REG_RIP] = regs.ip;
	gregs[REG_EFL] = regs.flags;
}

/* CMocka catches the same signals before each test. */
static void catch_traps(void)
{
	struct sigaction action = {
		.sa_sigaction = on_trap,
		.sa_flags = SA_SIGINFO | SA_NODEFER,
	};

	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
}

/* As arch/x86/lib has them for CPUs with and without fast strings. */
void *kernel_memcpy(void *to, const void *from, size_t len);
void *kernel_memset(void *to, int byte, size_t len);

asm("	.pushsection .text\n"
	"	.globl kernel_memcpy, kernel_memset\n"
	"kernel_memcpy:\n"
	"	mov %rdi, %rax\n"
	"	mov %rdx, %rcx\n"
	"	shr $3, %rcx\n"
	"	and $7, %edx\n"
	"	rep movsq\n"
	"	mov %edx, %ecx\n"
	"	rep movsb\n"
	"	ret\n"
	"kernel_memset:\n"
	"	mov %rdi, %r9\n"
	"	mov %sil, %al\n"
	"	mov %rdx, %rcx\n"
	"	rep stosb\n"
	"	mov %r9, %rax\n"
	"	ret\n"
	"	.popsection\n");

/* ---- both ways ---- */

struct outcome {
	u64 returned;
	u8 bar[ACCESSES_SPACE];
	u8 ram[ACCESSES_SPACE];
};

static void fill_randomly(struct outcome *o, u64 seed)
{
	u32 k;

	for (k = 0; k < ACCESSES_SPACE; k++) {
		o->bar[k] = random_next(&seed);
		o->ram[k] = random_next(&seed);
	}
}

static void run_plain(const struct access *access, struct outcome *o, u64 a,
		      u64 b)
{
	o->returned = access->run(o->bar, o->ram, a, b);
}

static void run_trapped(const struct access *access, struct outcome *o, u64 a,
			u64 b)
{
	memcpy(registers, o->bar, sizeof(registers));
	catch_traps();
	traps = 0;
	logged = 0;
	refused = 0;
	if (!sigsetjmp(out, 0))
		o->returned = access->run((u8 *)TRAPPED_AT, o->ram, a, b);
	memcpy(o->bar, registers, sizeof(registers));
}

static void complain(const struct accesses *way, const struct access *access)
{
	char text[3 * INSN_MAX + 1];
	int k;

	for (k = 0; k < INSN_MAX; k++)
		sprintf(text + 3 * k, "%02x ", refused_bytes[k]);
	fail_msg("%s: %s: %d at %s", way->way, access->name, refused, text);
}

static void compare(const struct accesses *way, const struct access *access,
		    u64 seed)
{
	static struct outcome want, is;
	u64 a = random_next(&seed), b = random_next(&seed);

	fill_randomly(&want, seed);
	is = want;
	run_plain(access, &want, a, b);
	run_trapped(access, &is, a, b);
	if (refused)
		complain(way, access);
	assert_true(traps > 0);
	if (is.returned != want.returned)
		fail_msg("%s: %s returns %#lx, not %#lx", way->way,
			 access->name, is.returned, want.returned);
	if (memcmp(is.bar, want.bar, sizeof(is.bar)) ||
	    memcmp(is.ram, want.ram, sizeof(is.ram)))
		fail_msg("%s: %s: memory differs", way->way, access->name);
}

static void every_access_is_as_on_memory(void **unused)
{
	const struct accesses *const *way;
	const struct access *access;
	u64 seed;

	for (way = __start_ways; way < __stop_ways; way++) {
		print_message("%s\n", (*way)->way);
		for (access = (*way)->access; access->name; access++)
			for (seed = 0; seed < 20; seed++)
				compare(*way, access, seed);
	}
	assert_true(way - __start_ways >= 5);
}

static const struct access *find(const struct accesses *way, const char *name)
{
	const struct access *access;

	for (access = way->access; access->name; access++)
		if (!strcmp(access->name, name))
			return access;
	fail_msg("no access %s", name);
	return NULL;
}

/* A register that is read twice is read twice, and no other is. */
static void each_read_reaches_the_register_once(void **unused)
{
	static const struct log_entry want[] = {
		{ 0x20, 4, false }, { 0x24, 4, false }, { 0x20, 4, false },
	};
	static struct outcome o;
	const struct accesses *const *way;

	for (way = __start_ways; way < __stop_ways; way++) {
		run_trapped(find(*way, "read_for_effect"), &o, 0, 0);
		assert_int_equal(logged, ARRAY_SIZE(want));
		assert_memory_equal(log, want, sizeof(want));
		assert_int_equal(traps, 3);
	}
}

/* INSN_BURST elements a trap, and then the instruction traps again. */
static void long_copies_come_in_bursts(void **unused)
{
	static struct outcome o;

	run_trapped(find(__start_ways[0], "copy_much"), &o, 0, 0);
	assert_int_equal(refused, 0);
	assert_int_equal(traps, 2 * (ACCESSES_SPACE / 4 / INSN_BURST + 2));
	assert_int_equal(logged, 2 * (ACCESSES_SPACE / 4 - 1 + 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_access_is_as_on_memory),
		cmocka_unit_test(each_read_reaches_the_register_once),
		cmocka_unit_test(long_copies_come_in_bursts),
	};

	return cmocka_run_group_tests_name("insn_trap", tests, NULL, NULL);
}
