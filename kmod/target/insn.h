/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * x86-64 instructions that access device registers: decoded from their bytes
 * and carried out upon a set of registers, with memory behind a table of
 * operations. Known are those that compilers make of readl(), writel(),
 * memcpy_toio() and the like, and the common ones of C on volatile memory:
 *
 *	mov, movzx, movsx, movsxd, movbe, movnti, movdiri
 *	movs, stos, lods, with rep
 *	add, or, adc, sbb, and, sub, xor, cmp, test, not, neg, inc, dec
 *	bt, bts, btr, btc, xchg
 *
 * with one operand in memory. Whatever else there is, is refused. cmpxchg and
 * xadd are: they are made for atomics, which a device has not. push is: its
 * other operand lies where the exception's own frame is.
 *
 * Only C and port.h here: the module and the tests compile the same files.
 * Instructions are as in Intel's Software Developer's Manual, volume 2 (SDM).
 */
#ifndef INTMGR_INSN_H
#define INTMGR_INSN_H

#include "injector/port.h"

#define INSN_MAX	15	/* bytes, the longest there is (SDM 2.3.11) */
#define INSN_BURST	4096	/* elements of a string at a time */

enum insn_kind {
	INSN_LOAD,	/* register = memory */
	INSN_STORE,	/* memory = register or immediate */
	INSN_EXCHANGE,	/* xchg */
	INSN_COPY,	/* movs */
	INSN_FILL,	/* stos */
	INSN_FETCH,	/* lods */
	INSN_MODIFY,	/* memory = memory op operand, and flags */
	INSN_COMBINE,	/* register = register op memory, and flags */
};

/* The first eight in the order of their encoding (SDM table A-6, group 1). */
enum insn_alu {
	INSN_ADD, INSN_OR, INSN_ADC, INSN_SBB,
	INSN_AND, INSN_SUB, INSN_XOR, INSN_CMP,
	INSN_TEST, INSN_NOT, INSN_NEG, INSN_INC, INSN_DEC,
	INSN_BT, INSN_BTS, INSN_BTR, INSN_BTC,
};

/* gpr[] by their encoding: rax rcx rdx rbx rsp rbp rsi rdi r8 ... r15 */
struct insn_regs {
	u64 gpr[16];
	u64 ip;
	u64 flags;
};

struct insn_access {
	u8 length;		/* bytes */
	u8 kind;		/* enum insn_kind */
	u8 alu;			/* enum insn_alu; MODIFY, COMBINE */
	u8 size;		/* of the operand in memory: 1, 2, 4, 8 bytes */
	u8 width;		/* LOAD: of the register; else the size */
	u8 address_size;	/* 4, 8 bytes */
	u8 reg;			/* the other operand: index in gpr[] */
	bool high;		/* ... it is ah, ch, dh, bh, and reg 0 ... 3 */
	bool immediate;		/* ... it is @value instead */
	bool sign;		/* LOAD: sign extended, else zero */
	bool swap;		/* movbe */
	bool rep;
	u64 value;		/* sign extended */
	u64 address;		/* of the operand in memory; movs: written to */
	u64 source;		/* movs: read from; else as address */
};

/*
 * Memory as the instruction sees it: @size bytes at @addr, little-endian, for
 * each access that a CPU would make, in its order. Returns 0, or a negative
 * errno, which ends the instruction.
 */
struct insn_memory {
	int (*read)(void *arg, u64 addr, unsigned int size, u64 *value);
	int (*write)(void *arg, u64 addr, unsigned int size, u64 value);
};

/*
 * The instruction that stands in @len bytes at regs->ip, of which INSN_MAX are
 * enough. Returns 0, -EOPNOTSUPP for what is not known, or -ENODATA where the
 * bytes end before the instruction; then *i is of no use.
 */
int insn_access_decode(struct insn_access *i, const u8 *bytes, unsigned int len,
		       const struct insn_regs *regs);

/*
 * Carry out what insn_access_decode() made of the same @regs: accesses memory,
 * sets registers, flags and ip. Of a string no more than INSN_BURST elements;
 * where some are left, ip stays and the registers say how far it came, as after
 * an interrupt. Returns 0, or the error of @memory: then the registers are as
 * before the instruction, or before the element that failed.
 */
int insn_access_execute(const struct insn_access *i, struct insn_regs *regs,
			const struct insn_memory *memory, void *arg);

#endif
