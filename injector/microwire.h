/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A Microwire EEPROM of 64 words (93C46) on the pins of EECD: SK, CS, DI, DO
 * (8254x manual 5.2 and 13.4.3). The driver moves each pin by a write; bits
 * are taken and given at SK's rising edge while CS is high. Driver's side only.
 */
#ifndef INTMGR_MICROWIRE_H
#define INTMGR_MICROWIRE_H

#include "nvm.h"
#include "port.h"

struct microwire {
	u32 pins;	/* EECD as last written */
	u32 bits;	/* of an instruction, its start bit included; 0: none began */
	u32 shift;	/* those bits, the last one lowest */
	u32 data;	/* the word that READ shifts out */
	u32 output;	/* DO */
	u32 writable;	/* EWEN came after EWDS */
};

/* EECD was written with @pins; returns DO's bit for it. */
u32 microwire_drive(struct microwire *m, struct nvm *nvm, u32 pins);

#endif
