// SPDX-License-Identifier: GPL-2.0-only
#include "entries.h"

/*
 * A ring that came before the newest used entry has merged into it, even if
 * the log holds another entry: that one came later still and answers somebody
 * else, or nobody.
 */
enum entry_match entry_match(struct entry_pairing *p, u64 rung, u64 entry)
{
	if (rung <= p->entry)
		return ENTRY_MERGED;
	if (!entry)
		return ENTRY_NONE;
	if (entry < rung)
		return ENTRY_OLDER;
	p->entry = entry;
	return ENTRY_OWN;
}
