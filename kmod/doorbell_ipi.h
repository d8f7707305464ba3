/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Doorbells that are inter-processor interrupts.
 */
#ifndef INTMGR_DOORBELL_IPI_H
#define INTMGR_DOORBELL_IPI_H

#include <linux/irqflags.h>
#include <asm/apic.h>
#include <asm/irq_vectors.h>
#include <asm/processor.h>

#include "window.h"

/* The CPUs that doorbells may name; none are listed: any. */
struct doorbell_line {
	unsigned int cores;
	u32 apic_id[16];
};

/* The word for a message to the CPU of @apic_id; never 0. */
static inline u64 doorbell_encode(u8 vector, u32 apic_id)
{
	return vector | ((u64)apic_id << INTMGR_DOORBELL_DEST_SHIFT);
}

static inline u32 doorbell_apic_id(u64 word)
{
	return word >> INTMGR_DOORBELL_DEST_SHIFT;
}

/*
 * Write the interrupt command register (Intel SDM vol. 3, 11.6.1). The
 * pointers of struct apic are what 6.1, 6.12 and 7.2 have in common; there is
 * no wait function where x2APIC needs none.
 */
static inline void doorbell_send(struct intmgr_window *w, u32 index, u64 word,
				 const struct doorbell_line *line)
{
	u32 low = APIC_DM_FIXED | (word & INTMGR_DOORBELL_VECTOR);
	unsigned long flags;

	local_irq_save(flags);
	/* An x2APIC register write is no barrier: descriptor before IPI. */
	weak_wrmsr_fence();
	if (apic->safe_wait_icr_idle)
		apic->safe_wait_icr_idle();
	apic->icr_write(low, doorbell_apic_id(word));
	local_irq_restore(flags);
}

/*
 * Is this a device's interrupt? The window may hold anything: an exception's
 * vector, or one of the kernel's own, is never sent.
 */
static inline bool doorbell_valid(u64 word)
{
	u32 vector = word & INTMGR_DOORBELL_VECTOR;

	return vector >= FIRST_EXTERNAL_VECTOR && vector < FIRST_SYSTEM_VECTOR;
}

static inline bool doorbell_reaches(const struct doorbell_line *line, u64 word)
{
	unsigned int i;

	if (unlikely(!doorbell_valid(word)))
		return false;
	for (i = 0; i < line->cores; i++)
		if (line->apic_id[i] == doorbell_apic_id(word))
			return true;
	return !line->cores;
}

#endif
