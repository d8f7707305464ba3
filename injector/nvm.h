/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The NVM of Intel's parts: 64 words behind the EERD and EEWR registers
 * (82574 data sheet 6.1 and 10.2.2). Driver's side only.
 */
#ifndef INTMGR_NVM_H
#define INTMGR_NVM_H

#include "port.h"

#define NVM_WORDS	64

#define NVM_RW_START	0x00000001
#define NVM_RW_DONE	0x00000002	/* of EERD and EEWR */

struct nvm {
	u16 word[NVM_WORDS];
};

/* A factory image with @mac in words 0 to 2 and a right checksum. */
void nvm_init(struct nvm *nvm, const u8 mac[6]);

/* The address in words 0 to 2. */
void nvm_mac(const struct nvm *nvm, u8 mac[6]);

/* The word at @at; beyond the part's end the bus floats high. */
u16 nvm_word(const struct nvm *nvm, u32 at);
void nvm_set_word(struct nvm *nvm, u32 at, u16 word);

/* EERD, EEWR was written with @command: its new value, done at once. */
u32 nvm_read(const struct nvm *nvm, u32 command);
u32 nvm_write(struct nvm *nvm, u32 command);

#endif
