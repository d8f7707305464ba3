/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interrupt causes of the 82576 (data sheet 7.3 and 8.8): the extended ones,
 * which with multiple MSI-X messages are the vectors themselves, and the others
 * (ICR), of which any that turns pending and unmasked raises one extended cause.
 * Causes and their mask are one word, changed by compare and swap only: raising
 * on one CPU and unmasking on another can never both miss the interrupt. Any
 * CPU of either side may call any of these functions at any time.
 *
 * Messages are edges: a vector is due when a cause turns pending and unmasked,
 * by being raised or by being unmasked, and not while it stays so. All functions
 * that return u32 vectors return one bit for each vector due.
 */
#ifndef INTMGR_EICR_H
#define INTMGR_EICR_H

#include "port.h"

#define EICR_VECTORS	10	/* MSI-X messages of the 82576 without VFs */

struct eicr {
	u64 extended;	/* low half EICR, high half EIMS */
	u64 other;	/* low half ICR without INT_ASSERTED, high half IMS */
};

/* The registers that say what becomes of a cause, read by the caller. */
struct eicr_wiring {
	u32 gpie;
	u32 eiac;	/* cleared by the message itself */
	u32 eiam;	/* masked: by the message with EIAME, else by an access to EICR */
	u32 ivar_misc;	/* where the other causes go */
	u32 iam;	/* masked by an access to ICR with IAME */
	u32 ctrl_ext;
};

/* What a queue's IVAR byte @entry names: an extended cause's bit; 0: none. */
u32 eicr_cause(u8 entry);

/* The vector of a queue whose IVAR byte is @entry; -1: none. */
int eicr_vector(const struct eicr_wiring *w, u8 entry);

void eicr_reset(struct eicr *e);

/* An extended cause occurred, or EICS was written; EIMS and EIMC were. */
u32 eicr_raise(struct eicr *e, const struct eicr_wiring *w, u32 bits);
u32 eicr_unmask(struct eicr *e, const struct eicr_wiring *w, u32 bits);
void eicr_mask(struct eicr *e, const struct eicr_wiring *w, u32 bits);

/* EICR without the effects of reading it, which is EICS; and EIMS. */
u32 eicr_pending(const struct eicr *e);
u32 eicr_unmasked(const struct eicr *e);

/* EICR was read, and was written (1: clear). */
u32 eicr_read(struct eicr *e, const struct eicr_wiring *w);
void eicr_clear(struct eicr *e, const struct eicr_wiring *w, u32 bits);

/* The same of the other causes: ICS, IMS, IMC, ICR. */
u32 eicr_other_raise(struct eicr *e, const struct eicr_wiring *w, u32 bits);
u32 eicr_other_unmask(struct eicr *e, const struct eicr_wiring *w, u32 bits);
void eicr_other_mask(struct eicr *e, u32 bits);
u32 eicr_other_pending(const struct eicr *e);
u32 eicr_other_unmasked(const struct eicr *e);
u32 eicr_other_read(struct eicr *e, const struct eicr_wiring *w);
void eicr_other_clear(struct eicr *e, const struct eicr_wiring *w, u32 bits);

#endif
