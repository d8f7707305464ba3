// SPDX-License-Identifier: GPL-2.0-only
#include "intel_regs.h"
#include "microwire.h"

#define HEAD_BITS	9	/* start bit, opcode, address */
#define WHOLE_BITS	(HEAD_BITS + 16)
#define ADDRESS		0x3f

#define OP_EXTENDED	0	/* in the address's upper bits: EWEN, EWDS, ... */
#define OP_WRITE	1
#define OP_READ		2
#define OP_ERASE	3
#define EXTENDED_EWDS	0
#define EXTENDED_EWEN	3

static u32 head_of(const struct microwire *m)
{
	return m->shift >> (m->bits - HEAD_BITS);
}

static u32 opcode_of(u32 head)
{
	return head >> 6 & 3;
}

/* The head is complete. */
static void decode(struct microwire *m, const struct nvm *nvm)
{
	u32 head = head_of(m), extended = (head & ADDRESS) >> 4;

	m->output = 1;
	if (opcode_of(head) == OP_READ) {
		m->data = nvm_word(nvm, head & ADDRESS);
		m->output = 0;	/* a dummy bit precedes the data */
	} else if (opcode_of(head) == OP_EXTENDED) {
		if (extended == EXTENDED_EWEN)
			m->writable = 1;
		else if (extended == EXTENDED_EWDS)
			m->writable = 0;
	}
}

static void clock_up(struct microwire *m, const struct nvm *nvm, u32 in)
{
	if (!m->bits && !in)	/* no start bit yet */
		return;
	if (!m->bits)
		m->shift = 0;
	if (m->bits >= WHOLE_BITS)
		return;
	m->shift = m->shift << 1 | in;
	m->bits++;
	if (m->bits == HEAD_BITS)
		decode(m, nvm);
	else if (m->bits > HEAD_BITS && opcode_of(head_of(m)) == OP_READ)
		m->output = m->data >> (WHOLE_BITS - m->bits) & 1;
}

/* WRITE and ERASE happen when CS falls, and are done when it rises again. */
static void deselect(struct microwire *m, struct nvm *nvm)
{
	u32 head = m->bits >= HEAD_BITS ? head_of(m) : 0;
	u32 address = head & ADDRESS;

	if (m->writable && m->bits == WHOLE_BITS && opcode_of(head) == OP_WRITE)
		nvm_set_word(nvm, address, (u16)m->shift);
	if (m->writable && m->bits == HEAD_BITS && opcode_of(head) == OP_ERASE)
		nvm_set_word(nvm, address, 0xffff);
	m->bits = 0;
	m->output = 1;
}

u32 microwire_drive(struct microwire *m, struct nvm *nvm, u32 pins)
{
	u32 rising = pins & ~m->pins, falling = m->pins & ~pins;

	m->pins = pins;
	if (m->bits > WHOLE_BITS)	/* scribbled over */
		m->bits = 0;
	if (falling & INTEL_EECD_CS)
		deselect(m, nvm);
	else if ((pins & INTEL_EECD_CS) && (rising & INTEL_EECD_SK))
		clock_up(m, nvm, pins & INTEL_EECD_DI ? 1 : 0);
	return m->output ? INTEL_EECD_DO : 0;
}
