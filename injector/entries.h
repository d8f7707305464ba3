/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which handler entry answers which doorbell. The local APIC keeps one request
 * bit a vector (Intel SDM vol. 3, 11.8.4), so interrupts merge: the support
 * side knows when it rang, the target when a handler was entered, and both
 * stamp with one clock. Rings and entries come in the order of their times.
 */
#ifndef INTMGR_ENTRIES_H
#define INTMGR_ENTRIES_H

#include "port.h"

struct entry_pairing {
	u64 entry;	/* the newest handler entry used, 0 at first */
};

enum entry_match {
	ENTRY_OWN,	/* this entry answers the ring: take it and drop it from the log */
	ENTRY_OLDER,	/* this entry came before the ring: count it, try the next */
	ENTRY_MERGED,	/* the ring was answered by an entry already used */
	ENTRY_NONE,	/* no entry yet */
};

/*
 * The next unused log entry is at time @entry (0: none). Does it answer the
 * ring of time @rung (never 0), the time just before the ICR write?
 *
 * Only ENTRY_OWN changes @p. A ring that falls between the CPU's taking of an
 * interrupt and its handler's stamp has a second entry to come, yet counts as
 * merged into the first; the second is then older than the next ring. So at
 * most one entry a ring is its own, and every ring is own, merged or without.
 */
enum entry_match entry_match(struct entry_pairing *p, u64 rung, u64 entry);

#endif
