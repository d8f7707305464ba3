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
static inline void doorbell_send(u64 word)
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

/* The CPUs that doorbells may name; none are listed: any. */
struct doorbell_reach {
	unsigned int cores;
	u32 apic_id[16];
};

static inline bool doorbell_reaches(const struct doorbell_reach *reach,
				    u32 apic_id)
{
	unsigned int i;

	for (i = 0; i < reach->cores; i++)
		if (reach->apic_id[i] == apic_id)
			return true;
	return !reach->cores;
}

/*
 * Leave a ring of the masked @doorbell pending, unless it is unmasked by now.
 * Returns what it holds. Each try fails only if the other side changed it; one
 * that does nothing else is not waited for.
 */
static inline u64 doorbell_pend(u64 *doorbell, u64 word)
{
	unsigned int i;
	u64 seen;

	for (i = 0; i < 1000 && (word & INTMGR_DOORBELL_MASKED); i++) {
		seen = cmpxchg64(doorbell, word,
				 word | INTMGR_DOORBELL_PENDING);
		if (seen == word)
			break;
		word = seen;
	}
	return word;
}

/*
 * Ring @doorbell of a window; any context, either side.
 *
 * Returns true when the IPI was sent. False: nobody asked for interrupts here
 * (0, no device's vector, or a CPU out of @reach), or the entry is masked; then
 * the ring is left pending, as in the PCI pending bit array, and the target
 * sends it at unmask.
 */
static inline bool doorbell_ring(u64 *doorbell,
				 const struct doorbell_reach *reach)
{
	u64 word = READ_ONCE(*doorbell);

	if (unlikely(word & INTMGR_DOORBELL_MASKED))
		word = doorbell_pend(doorbell, word);
	if (unlikely(word & INTMGR_DOORBELL_MASKED))
		return false;
	if (unlikely(!doorbell_valid(word) ||
		     !doorbell_reaches(reach, doorbell_apic_id(word))))
		return false;
	doorbell_send(word);
	return true;
}

#endif
