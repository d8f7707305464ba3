// SPDX-License-Identifier: GPL-2.0-only
#include "register_name.h"

#include <stdio.h>

#include "injector/intel_regs.h"

/* Those that a driver can get wrong; the Intel parts share them. */
static const struct {
	const char *name;
	u32 offset;
	u32 queues, stride;	/* queues 0: it is the NIC's */
} intel[] = {
	{ "CTRL", INTEL_CTRL, 0, 0 },
	{ "RCTL", INTEL_RCTL, 0, 0 },
	{ "TCTL", INTEL_TCTL, 0, 0 },
	{ "RDBAL", INTEL_RDBAL, 4, 0x100 },
	{ "RDBAH", INTEL_RDBAH, 4, 0x100 },
	{ "RDLEN", INTEL_RDLEN, 4, 0x100 },
	{ "RDH", INTEL_RDH, 4, 0x100 },
	{ "RDT", INTEL_RDT, 4, 0x100 },
	{ "TDBAL", INTEL_TDBAL, 4, 0x100 },
	{ "TDBAH", INTEL_TDBAH, 4, 0x100 },
	{ "TDLEN", INTEL_TDLEN, 4, 0x100 },
	{ "TDH", INTEL_TDH, 4, 0x100 },
	{ "TDT", INTEL_TDT, 4, 0x100 },
	/* 82576 Datasheet, 8.10 and 8.12: all queues, the first four twice */
	{ "RDBAL", 0xc000, 16, 0x40 },
	{ "RDBAH", 0xc004, 16, 0x40 },
	{ "RDLEN", 0xc008, 16, 0x40 },
	{ "SRRCTL", 0xc00c, 16, 0x40 },
	{ "RDH", 0xc010, 16, 0x40 },
	{ "RDT", 0xc018, 16, 0x40 },
	{ "RXDCTL", 0xc028, 16, 0x40 },
	{ "TDBAL", 0xe000, 16, 0x40 },
	{ "TDBAH", 0xe004, 16, 0x40 },
	{ "TDLEN", 0xe008, 16, 0x40 },
	{ "TDH", 0xe010, 16, 0x40 },
	{ "TDT", 0xe018, 16, 0x40 },
	{ "TXDCTL", 0xe028, 16, 0x40 },
};

static bool is_intel(const char *model)
{
	return !strncmp(model, "82", 2);
}

/* Is @offset the register of row @i? Of which queue? */
static bool matches(size_t i, u32 offset, u32 *queue)
{
	u32 from = intel[i].offset;

	*queue = 0;
	if (!intel[i].queues)
		return offset == from;
	if (offset < from || (offset - from) % intel[i].stride)
		return false;
	*queue = (offset - from) / intel[i].stride;
	return *queue < intel[i].queues;
}

const char *register_name(const char *model, u32 offset, char text[32])
{
	u32 queue;
	size_t i;

	for (i = 0; is_intel(model) && i < ARRAY_SIZE(intel); i++) {
		if (!matches(i, offset, &queue))
			continue;
		snprintf(text, 32, queue ? "%s[%u]" : "%s", intel[i].name,
			 queue);
		return text;
	}
	snprintf(text, 32, "%#x", offset);
	return text;
}
