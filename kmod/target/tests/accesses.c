// SPDX-License-Identifier: GPL-2.0-only
/*
 * Register accesses as drivers write them: the accessors of asm/io.h, block
 * copies, and plain C on volatile memory. Compiled many ways, each without any
 * SSE as a kernel is, and called by test_insn_trap.c. Each returns what it saw,
 * and leaves in *bar and *ram what it did.
 */
#include "accesses.h"

/* As arch/x86/include/asm/io.h has it: one mov, of any addressing mode. */
#define READ(type, suffix, letter, addr)				\
({									\
	type value;							\
									\
	asm volatile("mov" suffix " %1, %0"				\
		     : letter(value)					\
		     : "m"(*(const volatile type *)(addr)) : "memory");	\
	value;								\
})

#define WRITE(type, suffix, letter, value, addr)			\
({									\
	type written = (value);						\
									\
	asm volatile("mov" suffix " %0, %1"				\
		     :							\
		     : letter(written), "m"(*(volatile type *)(addr))	\
		     : "memory");					\
})

#define readb(addr)		READ(u8, "b", "=q", addr)
#define readw(addr)		READ(u16, "w", "=r", addr)
#define readl(addr)		READ(u32, "l", "=r", addr)
#define readq(addr)		READ(u64, "q", "=r", addr)
#define writeb(value, addr)	WRITE(u8, "b", "qi", value, addr)
#define writew(value, addr)	WRITE(u16, "w", "ri", value, addr)
#define writel(value, addr)	WRITE(u32, "l", "ri", value, addr)
#define writeq(value, addr)	WRITE(u64, "q", "r", value, addr)

/* memcpy_fromio(), memcpy_toio(): rep movs between memory and registers. */
static inline void rep_movs(volatile void *to, const volatile void *from,
			    u64 count)
{
	asm volatile("rep movsl\n\t"
		     "testb $2, %b3\n\t"
		     "je 1f\n\t"
		     "movsw\n"
		     "1:	testb $1, %b3\n\t"
		     "je 2f\n\t"
		     "movsb\n"
		     "2:"
		     : "=&c"(count), "+D"(to), "+S"(from)
		     : "q"(count), "0"(count / 4) : "memory", "cc");
}

static u64 read_widths(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	return readb(bar + 1) + readw(bar + 2) * 3 + readl(bar + 4) * 5 +
	       readq(bar + 8) * 7;
}

static u64 read_signed(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	s64 first = *(volatile signed char *)bar;
	s64 second = *(volatile short *)(bar + 2);
	s64 third = *(volatile s32 *)(bar + 4);

	return first * a + second * b + third;
}

static u64 read_indexed(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	u64 k, sum = 0;

	for (k = 0; k < 16; k++)
		sum = sum * 31 + readl(bar + 0x40 + k * 4) +
		      readb(bar + k) + readw(bar + 2 * k) + readq(bar + 8 * k);
	return sum + readl(bar + (a & 0xff) * 8 + 0x10);
}

static u64 write_widths(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	writeb(a, bar + 1);
	writew(b, bar + 2);
	writel(a, bar + 4);
	writeq(b, bar + 8);
	return 0;
}

static u64 write_constants(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	writeb(0x81, bar);
	writew(0x8182, bar + 2);
	writel(0xfedcba98, bar + 0x1004);
	writel(0, bar + (a & 0xff) * 4);
	*(volatile u64 *)(bar + 0x10) = -5;
	return 0;
}

static u64 write_narrowed(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	writeb(a >> 8, bar);
	writeb(a > b, bar + 1);
	writew(a * b, bar + 2);
	*(volatile u8 *)(bar + 4) = a >> 8;
	*(volatile u8 *)(bar + 5) = b >> 8;
	*(volatile u16 *)(bar + 6) = a + b;
	return 0;
}

/* As drivers set and clear bits, and flush by reading back. */
static u64 read_modify_write(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	writel(readl(bar) | 0x40, bar);
	writel(readl(bar + 4) & ~(u32)a, bar + 4);
	writew(readw(bar + 8) ^ b, bar + 8);
	writeb(readb(bar + 9) + 1, bar + 9);
	return readl(bar);
}

static u64 swap_bytes_on_the_way(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	writel(__builtin_bswap32(a), bar);
	*(volatile u64 *)(bar + 8) = __builtin_bswap64(b);
	*(volatile u16 *)(bar + 16) = __builtin_bswap16(b);
	return __builtin_bswap32(*(volatile u32 *)(bar + 4));
}

/* What compilers fold into arithmetic with an operand in memory. */
#define OPERATE(type, at)						\
static u64 operate_##type(volatile u8 *bar, u8 *ram, u64 a, u64 b)	\
{									\
	volatile type *r = (volatile type *)(bar + (at));		\
	u64 sum = a;							\
									\
	r[0] |= a;							\
	r[1] &= b;							\
	r[2] ^= a;							\
	r[3] += b;							\
	r[4] -= a;							\
	r[5]++;								\
	r[6]--;								\
	r[7] = ~r[7];							\
	r[8] = -r[8];							\
	r[9] |= 0x40;							\
	r[10] &= ~0x10;							\
	r[11] += 100;							\
	sum += r[12];							\
	sum ^= r[13];							\
	sum -= r[14];							\
	sum |= r[15];							\
	sum &= r[16];							\
	return sum;							\
}

OPERATE(u8, 3)
OPERATE(u16, 0x20)
OPERATE(u32, 0x40)
OPERATE(u64, 0x80)

#define COMPARE(type)							\
static u64 compare_##type(volatile u8 *bar, u8 *ram, u64 a, u64 b)	\
{									\
	volatile type *r = (volatile type *)bar;			\
	u64 seen = 0;							\
									\
	seen |= (r[0] == (type)a) << 0;					\
	seen |= (r[1] > (type)b) << 1;					\
	seen |= ((type)a >= r[2]) << 2;					\
	seen |= !(r[3] & 0x10) << 3;					\
	seen |= !(r[4] & a) << 4;					\
	seen |= !r[5] << 5;						\
	if (r[6] & 0x80)						\
		seen |= 1 << 6;						\
	if (r[7] > 100)							\
		seen |= 1 << 7;						\
	if (r[8] >> (a & 7) & 1)					\
		seen |= 1 << 8;						\
	return seen;							\
}

COMPARE(u8)
COMPARE(u16)
COMPARE(u32)
COMPARE(u64)
COMPARE(s32)

static u64 atomics(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	volatile u32 *r = (volatile u32 *)bar;
	u64 old = __atomic_exchange_n(&r[0], a, __ATOMIC_SEQ_CST);

	asm volatile("lock orl %1, %0"
		     : "+m"(r[1]) : "r"((u32)b) : "memory", "cc");
	asm volatile("lock incl %0" : "+m"(r[2]) : : "memory", "cc");
	__atomic_store_n(&r[3], a, __ATOMIC_SEQ_CST);
	return old + __atomic_load_n(&r[4], __ATOMIC_SEQ_CST);
}

static u64 bits(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	bool first, second;

	asm volatile("btsl %2, %1"
		     : "=@ccc"(first), "+m"(*(volatile u32 *)bar)
		     : "r"((u32)a & 0x3ff) : "memory");
	asm volatile("lock btrq $5, %1"
		     : "=@ccc"(second), "+m"(*(volatile u64 *)(bar + 0x400))
		     :
		     : "memory");
	return first * 2 + second;
}

/* Every read is made, in its order, also where the value is dropped. */
static u64 read_for_effect(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	readl(bar + 0x20);
	(void)*(volatile u32 *)(bar + 0x24);
	return readl(bar + 0x20);
}

static u64 copy_from(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	u64 len;

	for (len = 0; len < 70; len += 23)
		rep_movs(ram + len * 3, bar + len, len);
	return 0;
}

static u64 copy_to(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	u64 len;

	for (len = 0; len < 70; len += 23)
		rep_movs(bar + len * 3, ram + len, len);
	return 0;
}

/* Many bursts of elements: the instruction traps again and again. */
static u64 copy_much(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	rep_movs(ram, bar, ACCESSES_SPACE - 1);
	ram[5] ^= a;
	rep_movs(bar, ram, ACCESSES_SPACE - 1);
	return 0;
}

static u64 copy_within(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	rep_movs(bar + 16, bar, 300);
	return 0;
}

/* memset_io() is memset(): rep stosb, stosq, or a loop of stores. */
static u64 fill(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	u64 count = 1000;
	volatile void *at = bar + 8;

	asm volatile("rep stosb"
		     : "+c"(count), "+D"(at) : "a"(a) : "memory");
	count = 40;
	at = bar + 2000;
	asm volatile("rep stosq"
		     : "+c"(count), "+D"(at) : "a"(b) : "memory");
	return 0;
}

/* Not volatile: the compiler may take any instruction that it has. */
static u64 structs(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	struct block {
		u64 word[19];
		u8 tail[3];
	} *from = (struct block *)bar, *to = (struct block *)(bar + 0x400);

	*to = *from;
	to[1] = (struct block){ .word = { a, 1, 2 }, .tail = { b } };
	__builtin_memset(to + 3, 0x5a, 200);
	__builtin_memcpy(ram, to, 300);
	return 0;
}

static u64 bytes_loop(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	u64 k;

	for (k = 0; k < 67; k++)
		bar[k] = ram[k];
	for (k = 0; k < 67; k++)
		ram[k] = bar[100 + k];
	return bar[a & 0xff];
}

static u64 words_loop(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	volatile u32 *to = (volatile u32 *)bar;
	u32 *from = (u32 *)ram;
	u64 k;

	for (k = 0; k < 33; k++)
		to[2 * k + 1] = from[k];
	for (k = 0; k < 33; k++)
		from[k] += to[k];
	return 0;
}

/* Base rbp raises #SS, all others #GP. */
static u64 through_rbp(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	u64 value;

	asm volatile("push %%rbp\n\t"
		     "mov %1, %%rbp\n\t"
		     "mov 8(%%rbp), %0\n\t"
		     "mov %k2, 4(%%rbp)\n\t"
		     "pop %%rbp"
		     : "=&r"(value) : "r"(bar), "r"(a) : "memory");
	return value;
}

static u64 through_others(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	u64 value = a;

	asm volatile("mov %1, %%r12\n\t"
		     "mov %1, %%r13\n\t"
		     "add (%%r12), %0\n\t"
		     "add (%%r13), %0\n\t"
		     "movnti %0, 16(%%r12)\n\t"
		     "mov $4, %%r12d\n\t"
		     "xor 32(%%r13, %%r12, 8), %0\n\t"
		     "mov %%r12b, 3(%%r13)"
		     : "+&r"(value) : "r"(bar) : "r12", "r13", "memory", "cc");
	return value;
}

static u64 high_bytes(volatile u8 *bar, u8 *ram, u64 a, u64 b)
{
	u64 value = a;

	asm volatile("mov (%1), %h0\n\t"
		     "add %h0, 1(%1)\n\t"
		     "xchg %h0, 2(%1)\n\t"
		     "cmp 3(%1), %h0\n\t"
		     "sbb %h0, 4(%1)"
		     : "+Q"(value) : "b"(bar) : "memory", "cc");
	return value;
}

static const struct accesses table = {
	.way = WAY,
	.access = {
		{ "read_widths", read_widths },
		{ "read_signed", read_signed },
		{ "read_indexed", read_indexed },
		{ "write_widths", write_widths },
		{ "write_constants", write_constants },
		{ "write_narrowed", write_narrowed },
		{ "read_modify_write", read_modify_write },
		{ "swap_bytes_on_the_way", swap_bytes_on_the_way },
		{ "operate_u8", operate_u8 },
		{ "operate_u16", operate_u16 },
		{ "operate_u32", operate_u32 },
		{ "operate_u64", operate_u64 },
		{ "compare_u8", compare_u8 },
		{ "compare_u16", compare_u16 },
		{ "compare_u32", compare_u32 },
		{ "compare_u64", compare_u64 },
		{ "compare_s32", compare_s32 },
		{ "atomics", atomics },
		{ "bits", bits },
		{ "read_for_effect", read_for_effect },
		{ "copy_from", copy_from },
		{ "copy_to", copy_to },
		{ "copy_much", copy_much },
		{ "copy_within", copy_within },
		{ "fill", fill },
		{ "structs", structs },
		{ "bytes_loop", bytes_loop },
		{ "words_loop", words_loop },
		{ "through_rbp", through_rbp },
		{ "through_others", through_others },
		{ "high_bytes", high_bytes },
	},
};

/* All that are linked together find one another in this section. */
static const struct accesses *const entry
	__attribute__((used, section("ways"))) = &table;
