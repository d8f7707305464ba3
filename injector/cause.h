/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interrupt causes of the Intel parts with MSI-X and IVAR (82574 data sheet
 * 7.4 and 10.2.4): ICR and IMS in one word, so that a cause that is raised on
 * one CPU and a mask that is set on another can never both miss the interrupt.
 * The word is changed by compare and swap only; any CPU of either side may
 * call any of these functions at any time.
 *
 * Messages are edges: a vector is due when a cause mapped to it turns pending
 * and unmasked, by being raised or by being unmasked, and not while it stays so.
 * All functions that return u32 vectors return one bit for each vector due.
 */
#ifndef INTMGR_CAUSE_H
#define INTMGR_CAUSE_H

#include "port.h"

#define CAUSE_VECTORS	5	/* MSI-X messages of the 82574 */

/* Low half ICR without bit 31 (INT_ASSERTED, which is derived), high half IMS. */
struct cause {
	u64 word;
};

/* The registers that say what becomes of a cause, read by the caller. */
struct cause_wiring {
	u32 ivar;	/* cause to vector, 4 bits each: RXQ0 RXQ1 TXQ0 TXQ1 OTHER */
	u32 eiac;	/* cleared by the message itself */
	u32 iam;	/* masked: by the message with EIAME, by an ICR access with IAME */
	u32 ctrl_ext;
};

/* The vector that @bit, a queue's cause, is mapped to; -1: none. */
int cause_vector(const struct cause_wiring *w, u32 bit);

void cause_reset(struct cause *c);
u32 cause_unmasked(const struct cause *c);	/* the value of IMS */

/* A cause occurred, or ICS was written. */
u32 cause_raise(struct cause *c, const struct cause_wiring *w, u32 bits);

/* IMS and IMC were written. */
u32 cause_unmask(struct cause *c, const struct cause_wiring *w, u32 bits);
void cause_mask(struct cause *c, u32 bits);

/* ICR was read, and was written (1: clear). */
u32 cause_read(struct cause *c, const struct cause_wiring *w);
void cause_clear(struct cause *c, const struct cause_wiring *w, u32 bits);

/* ICR as it stands, without the effects of reading it. */
u32 cause_pending(const struct cause *c);

/*
 * Parts with one interrupt line, the 8254x (8254x manual 13.4.17 to 13.4.21):
 * the line is asserted while any cause is pending and unmasked, and reading
 * ICR clears all of it. Vector 0 is due each time the line is asserted anew;
 * no second time while it stays so, because each handler of such a part reads
 * ICR first.
 */
u32 cause_line_raise(struct cause *c, u32 bits);
u32 cause_line_unmask(struct cause *c, u32 bits);
u32 cause_line_read(struct cause *c);
void cause_line_clear(struct cause *c, u32 bits);

#endif
