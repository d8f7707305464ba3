// SPDX-License-Identifier: GPL-2.0-only
#include "nvm.h"

#define NVM_CHECKSUM	0x3f
#define NVM_SUM		0xbaba		/* of all words, 6.1 */

#define RW_ADDRESS_SHIFT	2
#define RW_ADDRESS_MASK		0x3fff
#define RW_DATA_SHIFT		16

/*
 * Words that the driver looks at and that must not be 0: the LED settings
 * (word 4, the part's default) and the PBA number (8 and 9, no meaning here).
 * 0 in 0x0f says that there is no management firmware, in 0x24 no wake-up.
 */
static const struct {
	u8 at;
	u16 word;
} factory[] = {
	{ 0x04, 0x8911 },
	{ 0x08, 0x0082 },
	{ 0x09, 0x5740 },
};

void nvm_init(struct nvm *nvm, const u8 mac[6])
{
	unsigned int i;
	u16 sum = 0;

	memset(nvm, 0, sizeof(*nvm));
	for (i = 0; i < 3; i++)
		nvm->word[i] = (u16)(mac[2 * i] | mac[2 * i + 1] << 8);
	for (i = 0; i < ARRAY_SIZE(factory); i++)
		nvm->word[factory[i].at] = factory[i].word;
	for (i = 0; i < NVM_CHECKSUM; i++)
		sum += nvm->word[i];
	nvm->word[NVM_CHECKSUM] = NVM_SUM - sum;
}

void nvm_mac(const struct nvm *nvm, u8 mac[6])
{
	unsigned int i;

	for (i = 0; i < 6; i++)
		mac[i] = (u8)(nvm->word[i / 2] >> (i & 1 ? 8 : 0));
}

static u32 address(u32 command)
{
	return command >> RW_ADDRESS_SHIFT & RW_ADDRESS_MASK;
}

u16 nvm_word(const struct nvm *nvm, u32 at)
{
	return at < NVM_WORDS ? nvm->word[at] : 0xffff;
}

void nvm_set_word(struct nvm *nvm, u32 at, u16 word)
{
	if (at < NVM_WORDS)
		nvm->word[at] = word;
}

u32 nvm_read(const struct nvm *nvm, u32 command)
{
	u32 at = address(command);

	if (!(command & NVM_RW_START))
		return command;
	return (u32)nvm_word(nvm, at) << RW_DATA_SHIFT |
	       at << RW_ADDRESS_SHIFT | NVM_RW_DONE;
}

u32 nvm_write(struct nvm *nvm, u32 command)
{
	if (command & NVM_RW_START)
		nvm_set_word(nvm, address(command),
			     (u16)(command >> RW_DATA_SHIFT));
	return (command & ~NVM_RW_START) | NVM_RW_DONE;
}
