// SPDX-License-Identifier: GPL-2.0-only
#include "cause.h"
#include "intel_regs.h"

/*
 * A try to change the word fails only if the other side changed it meanwhile.
 * One that does nothing else is a kernel gone mad, and is not waited for.
 */
#define TRIES		1000
#define QUEUE_CAUSES	5	/* RXQ0 RXQ1 TXQ0 TXQ1 OTHER: ICR bits 20 to 24 */
#define FIRST_CAUSE	20
#define IVAR_VALID	0x8

/* What makes OTHER true, 10.2.4.1 */
#define OTHER_CAUSES	(INTEL_ICR_LSC | INTEL_ICR_RXO | INTEL_ICR_MDAC | \
			 INTEL_ICR_SRPD | INTEL_ICR_ACK | INTEL_ICR_MNG)

static u32 pending(u64 word)
{
	return (u32)word;
}

static u32 unmasked(u64 word)
{
	return (u32)(word >> 32);
}

static u64 join(u32 icr, u32 ims)
{
	return (u64)ims << 32 | icr;
}

static int entry_vector(u32 ivar, unsigned int queue)
{
	u32 entry = ivar >> (4 * queue) & 0xf;

	if (!(entry & IVAR_VALID) || (entry & ~IVAR_VALID) >= CAUSE_VECTORS)
		return -1;
	return (int)(entry & ~IVAR_VALID);
}

/* The causes in @rising that have a vector; *vectors gets their vectors. */
static u32 messages(const struct cause_wiring *w, u32 rising, u32 *vectors)
{
	u32 bit, sent = 0;
	unsigned int i;
	int vector;

	*vectors = 0;
	for (i = 0; i < QUEUE_CAUSES; i++) {
		bit = 1u << (FIRST_CAUSE + i);
		vector = entry_vector(w->ivar, i);
		if (!(rising & bit) || vector < 0)
			continue;
		*vectors |= 1u << vector;
		sent |= bit;
	}
	return sent;
}

/*
 * Which of the causes a message was sent for does it mask? Those in IAM with
 * EIAME set; and those that it clears (EIAC) unless IAME leaves masking to the
 * accesses to ICR. The driver's NAPI relies on it: no further message for a
 * queue until it writes IMS again.
 */
static u32 auto_mask(const struct cause_wiring *w)
{
	u32 bits = 0;

	if (w->ctrl_ext & INTEL_CTRL_EXT_EIAME)
		bits |= w->iam;
	if (!(w->ctrl_ext & INTEL_CTRL_EXT_IAME))
		bits |= w->eiac;
	return bits;
}

/* Add to ICR and IMS, send what that makes due. */
static u32 settle(struct cause *c, const struct cause_wiring *w, u32 set,
		  u32 unmask)
{
	u32 icr, ims, rising, sent, vectors;
	unsigned int i;
	u64 old;

	for (i = 0; i < TRIES; i++) {
		old = port_load(&c->word);
		icr = pending(old) | set;
		ims = unmasked(old) | unmask;
		rising = (icr & ims) & ~(pending(old) & unmasked(old));
		sent = messages(w, rising, &vectors);
		icr &= ~(sent & w->eiac);
		ims &= ~(sent & auto_mask(w));
		if (port_cas64(&c->word, old, join(icr, ims)))
			return vectors;
	}
	return 0;
}

static void drop(struct cause *c, u32 clear, u32 mask)
{
	unsigned int i;
	u64 old;

	for (i = 0; i < TRIES; i++) {
		old = port_load(&c->word);
		if (port_cas64(&c->word, old, old & ~join(clear, mask)))
			break;
	}
}

int cause_vector(const struct cause_wiring *w, u32 bit)
{
	unsigned int i;

	for (i = 0; i < QUEUE_CAUSES; i++)
		if (bit == 1u << (FIRST_CAUSE + i))
			return entry_vector(w->ivar, i);
	return -1;
}

void cause_reset(struct cause *c)
{
	drop(c, ~0u, ~0u);
}

u32 cause_unmasked(const struct cause *c)
{
	return unmasked(port_load(&c->word));
}

u32 cause_raise(struct cause *c, const struct cause_wiring *w, u32 bits)
{
	if (bits & OTHER_CAUSES)
		bits |= INTEL_ICR_OTHER;
	return settle(c, w, bits & ~INTEL_ICR_INT_ASSERTED, 0);
}

u32 cause_unmask(struct cause *c, const struct cause_wiring *w, u32 bits)
{
	return settle(c, w, 0, bits & ~INTEL_ICR_INT_ASSERTED);
}

void cause_mask(struct cause *c, u32 bits)
{
	drop(c, 0, bits);
}

/*
 * 10.2.4.1: reading clears when all is masked, and when an interrupt is
 * asserted, which with IAME set masks IAM too; else it changes nothing.
 */
u32 cause_read(struct cause *c, const struct cause_wiring *w)
{
	bool asserted;
	unsigned int i;
	u32 mask;
	u64 old;

	for (i = 0; i < TRIES; i++) {
		old = port_load(&c->word);
		asserted = pending(old) & unmasked(old);
		if (!asserted && unmasked(old))
			break;
		mask = 0;
		if (asserted && (w->ctrl_ext & INTEL_CTRL_EXT_IAME))
			mask = w->iam;
		if (port_cas64(&c->word, old, old & ~join(~0u, mask)))
			break;
	}
	return pending(old) | (asserted ? INTEL_ICR_INT_ASSERTED : 0);
}

void cause_clear(struct cause *c, const struct cause_wiring *w, u32 bits)
{
	drop(c, bits, w->ctrl_ext & INTEL_CTRL_EXT_IAME ? w->iam : 0);
}

u32 cause_pending(const struct cause *c)
{
	return pending(port_load(&c->word));
}

/* One line */

static u32 settle_line(struct cause *c, u32 set, u32 unmask)
{
	unsigned int i;
	u64 old, new;

	for (i = 0; i < TRIES; i++) {
		old = port_load(&c->word);
		new = old | join(set, unmask);
		if (port_cas64(&c->word, old, new))
			return !(pending(old) & unmasked(old)) &&
			       (pending(new) & unmasked(new));
	}
	return 0;
}

u32 cause_line_raise(struct cause *c, u32 bits)
{
	return settle_line(c, bits, 0);
}

u32 cause_line_unmask(struct cause *c, u32 bits)
{
	return settle_line(c, 0, bits);
}

u32 cause_line_read(struct cause *c)
{
	unsigned int i;
	u64 old = 0;

	for (i = 0; i < TRIES; i++) {
		old = port_load(&c->word);
		if (port_cas64(&c->word, old, old & ~join(~0u, 0)))
			break;
	}
	return pending(old);
}

void cause_line_clear(struct cause *c, u32 bits)
{
	drop(c, bits, 0);
}
