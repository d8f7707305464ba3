/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ringing a doorbell: the word that the target left in the window becomes an
 * inter-processor interrupt. Both modules use this, each with its own copy:
 * the support side for shots and orders, the target for causes that a register
 * write unmasked.
 */
#ifndef INTMGR_DOORBELL_H
#define INTMGR_DOORBELL_H

#include <linux/atomic.h>
#include <linux/irqflags.h>
#include <asm/apic.h>
#include <asm/irq_vectors.h>
#include <asm/processor.h>

#include "window.h"

/* The word for a message to @dest; never 0. */
static inline u64 doorbell_encode(u8 vector, u32 dest, bool logical)
{
	return vector | (logical ? INTMGR_DOORBELL_LOGICAL : 0) |
	       ((u64)dest << INTMGR_DOORBELL_DEST_SHIFT);
}

/*
 * Write the interrupt command register (Intel SDM vol. 3, 11.6.1). The
 * pointers of struct apic are what 6.1, 6.12 and 7.2 have in common; there is
 * no wait function where x2APIC needs none.
 */
static inline void doorbell_send(u64 word)
{
	u32 low = APIC_DM_FIXED | (word & INTMGR_DOORBELL_VECTOR);
	unsigned long flags;

	if (word & INTMGR_DOORBELL_LOGICAL)
		low |= APIC_DEST_LOGICAL;

	local_irq_save(flags);
	/* An x2APIC register write is no barrier: descriptor before IPI. */
	weak_wrmsr_fence();
	if (apic->safe_wait_icr_idle)
		apic->safe_wait_icr_idle();
	apic->icr_write(low, word >> INTMGR_DOORBELL_DEST_SHIFT);
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

/*
 * Ring @doorbell of a window; any context, either side.
 *
 * Returns true when the IPI was sent. False: nobody asked for interrupts here
 * (0, or no device's vector), or the entry is masked; then the ring is left pending, as in the PCI
 * pending bit array, and the target sends it at unmask.
 */
static inline bool doorbell_ring(u64 *doorbell)
{
	u64 word = READ_ONCE(*doorbell), seen;

	while (unlikely(word & INTMGR_DOORBELL_MASKED)) {
		seen = cmpxchg64(doorbell, word,
				 word | INTMGR_DOORBELL_PENDING);
		if (seen == word)
			return false;
		word = seen;
	}
	if (unlikely(!doorbell_valid(word)))
		return false;
	doorbell_send(word);
	return true;
}

#endif
