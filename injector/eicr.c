// SPDX-License-Identifier: GPL-2.0-only
#include "82576_regs.h"
#include "eicr.h"
#include "intel_regs.h"

/*
 * A try to change a word fails only if the other side changed it meanwhile.
 * One that does nothing else is a kernel gone mad, and is not waited for.
 */
#define TRIES		1000

/* Bits of EICR that are there, 8.8.1: 25 vectors, or 16 causes of queues */
#define VECTOR_BITS	0x01ffffff
#define CAUSE_BITS	0xc000ffff

static u32 pending(u64 word)
{
	return (u32)word;
}

static u32 unmasked(u64 word)
{
	return (u32)(word >> 32);
}

static u64 join(u32 cause, u32 mask)
{
	return (u64)mask << 32 | cause;
}

static bool multiple(const struct eicr_wiring *w)
{
	return w->gpie & I82576_GPIE_MULTIPLE_MSIX;
}

static u32 valid_bits(const struct eicr_wiring *w)
{
	return multiple(w) ? VECTOR_BITS : CAUSE_BITS;
}

static void drop(u64 *word, u32 clear, u32 mask)
{
	unsigned int i;
	u64 old;

	for (i = 0; i < TRIES; i++) {
		old = port_load(word);
		if (port_cas64(word, old, old & ~join(clear, mask)))
			break;
	}
}

/* 7.3.1: without multiple messages the first vector stands for all causes. */
static u32 messages(const struct eicr_wiring *w, u32 rising)
{
	if (!multiple(w))
		return rising ? 1 : 0;
	return rising & ((1u << EICR_VECTORS) - 1);
}

/*
 * Which of the causes that a message was sent for does it clear, and mask? The
 * driver's NAPI relies on it: no further message for a queue until it writes
 * EIMS again. Only where each cause has a message of its own.
 */
static u32 auto_clear(const struct eicr_wiring *w, u32 sent)
{
	return multiple(w) ? sent & w->eiac : 0;
}

static u32 auto_mask(const struct eicr_wiring *w, u32 sent)
{
	bool on = multiple(w) && (w->gpie & I82576_GPIE_EIAME);

	return on ? sent & w->eiam : 0;
}

/* Add to EICR and EIMS, send what that makes due. */
static u32 settle(struct eicr *e, const struct eicr_wiring *w, u32 set,
		  u32 unmask)
{
	u32 cause, mask, sent;
	unsigned int i;
	u64 old;

	set &= valid_bits(w);
	unmask &= valid_bits(w);
	for (i = 0; i < TRIES; i++) {
		old = port_load(&e->extended);
		cause = pending(old) | set;
		mask = unmasked(old) | unmask;
		sent = messages(w, cause & mask & ~(pending(old) &
						    unmasked(old)));
		cause &= ~auto_clear(w, sent);
		mask &= ~auto_mask(w, sent);
		if (port_cas64(&e->extended, old, join(cause, mask)))
			return sent;
	}
	return 0;
}

u32 eicr_cause(u8 entry)
{
	return entry & I82576_IVAR_VALID ? 1u << (entry & 0x1f) : 0;
}

int eicr_vector(const struct eicr_wiring *w, u8 entry)
{
	if (!(entry & I82576_IVAR_VALID))
		return -1;
	if (!multiple(w))
		return 0;
	return (entry & 0x1f) < EICR_VECTORS ? entry & 0x1f : -1;
}

void eicr_reset(struct eicr *e)
{
	drop(&e->extended, ~0u, ~0u);
	drop(&e->other, ~0u, ~0u);
}

u32 eicr_raise(struct eicr *e, const struct eicr_wiring *w, u32 bits)
{
	return settle(e, w, bits, 0);
}

u32 eicr_unmask(struct eicr *e, const struct eicr_wiring *w, u32 bits)
{
	return settle(e, w, 0, bits);
}

void eicr_mask(struct eicr *e, const struct eicr_wiring *w, u32 bits)
{
	drop(&e->extended, 0, bits & valid_bits(w));
}

u32 eicr_pending(const struct eicr *e)
{
	return pending(port_load(&e->extended));
}

u32 eicr_unmasked(const struct eicr *e)
{
	return unmasked(port_load(&e->extended));
}

/* 8.8.6: without EIAME an access to EICR masks what EIAM says. */
static u32 access_mask(const struct eicr_wiring *w)
{
	return w->gpie & I82576_GPIE_EIAME ? 0 : w->eiam & valid_bits(w);
}

u32 eicr_read(struct eicr *e, const struct eicr_wiring *w)
{
	unsigned int i;
	u64 old;

	for (i = 0; i < TRIES; i++) {
		old = port_load(&e->extended);
		if (port_cas64(&e->extended, old,
			       old & ~join(~0u, access_mask(w))))
			break;
	}
	return pending(old);
}

void eicr_clear(struct eicr *e, const struct eicr_wiring *w, u32 bits)
{
	drop(&e->extended, bits & valid_bits(w), access_mask(w));
}

/* Other causes */

/* Add to causes and mask; what turned pending and unmasked? */
static u32 rise(u64 *word, u32 set, u32 unmask)
{
	unsigned int i;
	u64 old, new;

	for (i = 0; i < TRIES; i++) {
		old = port_load(word);
		new = old | join(set, unmask);
		if (port_cas64(word, old, new))
			return pending(new) & unmasked(new) &
			       ~(pending(old) & unmasked(old));
	}
	return 0;
}

/*
 * They have one extended cause, which the second byte of IVAR_MISC names; or,
 * without multiple messages, EICR's top bit, which EIMS does not mask (7.3.2).
 */
static u32 report(struct eicr *e, const struct eicr_wiring *w, u32 rising)
{
	if (!rising)
		return 0;
	if (multiple(w))
		return eicr_raise(e, w, eicr_cause((u8)(w->ivar_misc >> 8)));
	rise(&e->extended, I82576_EICR_OTHER, 0);
	return 1;
}

u32 eicr_other_raise(struct eicr *e, const struct eicr_wiring *w, u32 bits)
{
	return report(e, w, rise(&e->other, bits & ~INTEL_ICR_INT_ASSERTED, 0));
}

u32 eicr_other_unmask(struct eicr *e, const struct eicr_wiring *w, u32 bits)
{
	return report(e, w, rise(&e->other, 0, bits & ~INTEL_ICR_INT_ASSERTED));
}

void eicr_other_mask(struct eicr *e, u32 bits)
{
	drop(&e->other, 0, bits);
}

u32 eicr_other_pending(const struct eicr *e)
{
	return pending(port_load(&e->other));
}

u32 eicr_other_unmasked(const struct eicr *e)
{
	return unmasked(port_load(&e->other));
}

static u32 other_access_mask(const struct eicr_wiring *w)
{
	return w->ctrl_ext & INTEL_CTRL_EXT_IAME ? w->iam : 0;
}

/*
 * 8.8.8: with GPIE.NSICR each read clears; else it does when all is masked and
 * when an interrupt is asserted, which masks as IAM says.
 */
u32 eicr_other_read(struct eicr *e, const struct eicr_wiring *w)
{
	bool asserted;
	unsigned int i;
	u64 old;

	for (i = 0; i < TRIES; i++) {
		old = port_load(&e->other);
		asserted = pending(old) & unmasked(old);
		if (!asserted && unmasked(old) &&
		    !(w->gpie & I82576_GPIE_NSICR))
			break;
		if (port_cas64(&e->other, old, old &
			       ~join(~0u, asserted ? other_access_mask(w) : 0)))
			break;
	}
	if (!multiple(w))
		drop(&e->extended, I82576_EICR_OTHER, 0);
	return pending(old) | (asserted ? INTEL_ICR_INT_ASSERTED : 0);
}

void eicr_other_clear(struct eicr *e, const struct eicr_wiring *w, u32 bits)
{
	drop(&e->other, bits, other_access_mask(w));
}
