/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ringing a doorbell: the word that the target left in the window becomes an
 * interrupt of the target. Both sides use this, each with its own copy: the
 * support side for shots and orders, the target for causes that a register
 * write unmasked.
 *
 *	doorbell_ipi.h	an inter-processor interrupt, between CPUs of a kernel
 *			and between kernels
 *	doorbell_word.h	a word that a User-Mode Linux process looks at, or is
 *			woken by a signal to
 *
 * Each of them has
 *	struct doorbell_line	what the side that rings has to know
 *	doorbell_reaches()	may @word be rung: does it name an interrupt of
 *				a device, and a CPU on the line?
 *	doorbell_send()		send the interrupt that @word of @doorbell names
 */
#ifndef INTMGR_DOORBELL_H
#define INTMGR_DOORBELL_H

#include "injector/port.h"
#include "window.h"

#if defined(__KERNEL__) && !defined(CONFIG_UML)
#include "doorbell_ipi.h"
#else
#include "doorbell_word.h"
#endif

/*
 * Leave a ring of the masked @doorbell pending, unless it is unmasked by now.
 * Returns what it holds. Each try fails only if the other side changed it; one
 * that does nothing else is not waited for.
 */
static inline u64 doorbell_pend(u64 *doorbell, u64 word)
{
	unsigned int i;

	for (i = 0; i < 1000 && (word & INTMGR_DOORBELL_MASKED); i++) {
		if (port_cas64(doorbell, word, word | INTMGR_DOORBELL_PENDING))
			break;
		word = port_load(doorbell);
	}
	return word;
}

/*
 * Ring doorbell @index of @w; any context, either side.
 *
 * Returns true when the interrupt was sent. False: nobody asked for interrupts
 * here (0, no device's vector, or a CPU that @line does not reach), or the entry
 * is masked; then the ring is left pending, as in the PCI pending bit array, and
 * the target sends it at unmask.
 */
static inline bool doorbell_ring(struct intmgr_window *w, u32 index,
				 const struct doorbell_line *line)
{
	u64 *doorbell = (u64 *)&w->doorbell[index];
	u64 word = port_load(doorbell);

	if (word & INTMGR_DOORBELL_MASKED)
		word = doorbell_pend(doorbell, word);
	if ((word & INTMGR_DOORBELL_MASKED) || !doorbell_reaches(line, word))
		return false;
	doorbell_send(w, index, word, line);
	return true;
}

#endif
