// SPDX-License-Identifier: GPL-2.0-only
#include "82574l.h"
#include "csr.h"
#include "intel_regs.h"

#define TRIES		100
#define MDIC_READY	0x10000000
#define QUEUE_CAUSES	(INTEL_ICR_RXQ0 | INTEL_ICR_RXQ1 | INTEL_ICR_TXQ0 | \
			 INTEL_ICR_TXQ1)

static u32 write(struct nic *nic, u32 reg, u32 value)
{
	return nic->ops->write(nic, reg, 4, value);
}

/* Store only what differs: the driver's CPU has the line in its cache. */
static void show(struct i82574l *s, u32 reg, u32 value)
{
	if (csr_get(s->g.csr, reg) != value)
		csr_set(s->g.csr, reg, value);
}

/*
 * What the driver wrote to @reg, and 0 in its place, in one step with a store
 * that the driver may do meanwhile. The register beside it, with which it
 * shares an aligned word of 64 bits, stays.
 */
static u32 consume(struct i82574l *s, u32 reg)
{
	u64 *pair = (u64 *)(void *)&s->g.csr[reg / 8 * 2], old, mask;
	u32 half[2] = { 0, 0 };
	unsigned int i;

	if (!csr_get(s->g.csr, reg))
		return 0;
	half[reg / 4 & 1] = 0xffffffff;
	memcpy(&mask, half, 8);
	for (i = 0; i < TRIES; i++) {
		old = port_load(pair);
		if (!port_cas64(pair, old, old & ~mask))
			continue;
		memcpy(half, &old, 8);
		return half[reg / 4 & 1];
	}
	return 0;
}

void i82574l_show_causes(struct i82574l *s)
{
	if (port_load(&s->polled))
		show(s, INTEL_ICR, cause_pending(&s->g.cause));
}

/* From a reset on; the driver looks at the link then of its own accord. */
static void begin(struct i82574l *s)
{
	s->unmasked = 0;
	s->refused = 0;
	s->link_told = gigabit_link_up(&s->g);
}

/* CTRL's other bits work by being there; the link's state follows them. */
static u32 poll_ctrl(struct nic *nic, struct i82574l *s)
{
	u32 ctrl = csr_get(s->g.csr, INTEL_CTRL), vectors;

	if (!(ctrl & (INTEL_CTRL_RST | INTEL_CTRL_PHY_RST)))
		return 0;
	vectors = write(nic, INTEL_CTRL, ctrl);
	port_store(&s->g.resetting, 0);
	if (ctrl & INTEL_CTRL_RST)
		begin(s);
	return vectors;
}

static u32 poll_commands(struct nic *nic, struct i82574l *s)
{
	u32 mdic = csr_get(s->g.csr, INTEL_MDIC), vectors = 0;
	u32 eecd = csr_get(s->g.csr, INTEL_EECD);
	u32 eerd = csr_get(s->g.csr, INTEL_EERD);
	u32 eewr = csr_get(s->g.csr, INTEL_EEWR);

	if (mdic && !(mdic & MDIC_READY))
		vectors = write(nic, INTEL_MDIC, mdic);
	if ((eerd & NVM_RW_START) && !(eerd & NVM_RW_DONE))
		write(nic, INTEL_EERD, eerd);
	if ((eewr & NVM_RW_START) && !(eewr & NVM_RW_DONE))
		write(nic, INTEL_EEWR, eewr);
	if (!(eecd & INTEL_EECD_REQ) != !(eecd & INTEL_EECD_GNT) ||
	    !(eecd & INTEL_EECD_AUTO_RD) || !(eecd & INTEL_EECD_PRES))
		write(nic, INTEL_EECD, eecd);
	return vectors;
}

/* e1000_msix_other() has read ICR and unmasks, or the driver comes up. */
static u32 poll_other(struct nic *nic, struct i82574l *s)
{
	u32 up = gigabit_link_up(&s->g);

	write(nic, INTEL_ICR, ~QUEUE_CAUSES);
	if (up == s->link_told)
		return 0;
	s->link_told = up;
	return write(nic, INTEL_ICS, INTEL_ICR_LSC);
}

static u32 poll_unmask(struct nic *nic, struct i82574l *s, u32 ims)
{
	u32 vectors = 0;

	s->unmasked |= ims;
	if (ims & INTEL_ICR_OTHER)
		vectors = poll_other(nic, s);
	return vectors | write(nic, INTEL_IMS, s->unmasked);
}

/* Masked before unmasked: e1000e disables, sets up, enables. */
static u32 poll_causes(struct nic *nic, struct i82574l *s)
{
	u32 imc = consume(s, INTEL_IMC), ims, ics, vectors = 0;

	if (imc) {
		s->unmasked &= ~imc;
		write(nic, INTEL_IMC, imc);
	}
	ims = consume(s, INTEL_IMS);
	if (ims)
		vectors |= poll_unmask(nic, s, ims);
	ics = consume(s, INTEL_ICS);
	if (ics)
		vectors |= write(nic, INTEL_ICS, ics);
	if (imc || ims)
		i82574l_show_causes(s);
	return vectors;
}

/* A ring that was refused is tried again when the driver writes another tail. */
static u32 poll_transmit(struct nic *nic, struct i82574l *s)
{
	u32 tail = csr_get(s->g.csr, INTEL_TDT), vectors;

	if (tail == csr_get(s->g.csr, INTEL_TDH) || s->refused == tail + 1 ||
	    !(csr_get(s->g.csr, INTEL_TCTL) & INTEL_TCTL_EN))
		return 0;
	vectors = write(nic, INTEL_TDT, tail);
	s->refused = csr_get(s->g.csr, INTEL_TDH) == tail ? 0 : tail + 1;
	return vectors;
}

u32 i82574l_poll(struct nic *nic)
{
	struct i82574l *s = nic->state;
	u32 vectors;

	if (!s->polled) {
		port_store(&s->polled, 1);
		begin(s);
	}
	vectors = poll_ctrl(nic, s);
	vectors |= poll_commands(nic, s);
	show(s, INTEL_STATUS, (u32)nic->ops->read(nic, INTEL_STATUS, 4));
	vectors |= poll_transmit(nic, s);
	vectors |= poll_causes(nic, s);
	return vectors;
}
