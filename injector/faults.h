/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a driver did that no driver should: nonsense in registers, rings and
 * descriptors. The model notes it, goes on without following it, and each kind
 * at each register is told once, with the value that was seen first.
 */
#ifndef INTMGR_FAULTS_H
#define INTMGR_FAULTS_H

#include "port.h"

#define FAULTS	32	/* different ones kept; later ones are only counted */

enum fault_kind {
	FAULT_NONE,
	FAULT_ACCESS,		/* a register access of no legal width or alignment; value: the width, bytes */
	FAULT_RING,		/* a ring outside mapped memory, or of no legal size; value: its base or length */
	FAULT_TAIL,		/* a tail beyond its ring; value: the tail */
	FAULT_BUFFER,		/* a descriptor names memory that is not mapped for it; value: the bus address */
	FAULT_DESCRIPTOR,	/* a descriptor of no legal form; value: its command word */
	FAULT_EARLY,		/* DMA enabled before a reset was over; value: what was written */
	FAULT_KINDS
};

/* One of them. Claimed by @key, then never taken back until faults_clear(). */
struct fault {
	u64 key;	/* W: both, by compare and swap: kind << 32 | register + 1; 0: free */
	u64 value;	/* W: who claimed it, before @told */
	u64 count;	/* W: both, racily: how often */
	u32 told;	/* W: who claimed it, store-release: 1 when @value is there */
	u32 reserved;
};

struct faults {
	struct fault fault[FAULTS];
	u64 beyond;	/* W: both, racily: of kinds or registers that found no room */
};

/*
 * Note a fault of @kind at register @reg (a byte offset). Any context, either
 * side. @f may be NULL: nobody wants to know.
 */
void faults_note(struct faults *f, enum fault_kind kind, u32 reg, u64 value);

/* A copy of entry @i; false if it is free or still being written, or garbage. */
struct fault_report {
	enum fault_kind kind;
	u32 reg;
	u64 value, count;
};
bool faults_get(const struct faults *f, unsigned int i, struct fault_report *out);

void faults_clear(struct faults *f);

const char *fault_name(enum fault_kind kind);	/* "tail", ... */
const char *fault_text(enum fault_kind kind);	/* for a person */

#endif
