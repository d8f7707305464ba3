// SPDX-License-Identifier: GPL-2.0-only
/*
 * Nothing keeps a kernel from writing into another's memory. What can be done
 * is to notice: by checksums over what a node was told and over this module's
 * own code, and by pages with a pattern on both sides of what is shared.
 */
#include <linux/crc32.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/timekeeping.h>

#include "compat.h"
#include "node/internal.h"

#define GUARD_PATTERN	0x6e
#define GUARD_EVERY_NS	NSEC_PER_SEC

static u32 text_crc;		/* as of the last start */

static u32 guard_text(void)
{
	const void *text;
	unsigned int size;

	compat_module_text(THIS_MODULE, &text, &size);
	return crc32_le(~0, text, size);
}

/* Boot parameters, command line, ACPI tables: nobody writes there again. */
static u32 guard_boot(const struct os_node *n)
{
	return crc32_le(~0, memory_at(&n->memory, n->memory.tables), BOOT_TABLES);
}

static bool guard_whole(const struct os_node *n, u64 page)
{
	return !memchr_inv(memory_at(&n->memory, page), GUARD_PATTERN, PAGE_SIZE);
}

void guard_set(struct os_node *n)
{
	memset(memory_at(&n->memory, n->memory.guard), GUARD_PATTERN, PAGE_SIZE);
	memset(memory_at(&n->memory, n->memory.last_guard), GUARD_PATTERN,
	       PAGE_SIZE);
	n->boot_crc = guard_boot(n);
	n->damage = 0;
	n->guarded_ns = ktime_get_ns();
	text_crc = guard_text();
}

void guard_look(struct os_node *n)
{
	u64 now = ktime_get_ns();

	if (now - n->guarded_ns < GUARD_EVERY_NS)
		return;
	n->guarded_ns = now;
	if (guard_boot(n) != n->boot_crc)
		n->damage |= INTMGR_NODE_DAMAGE_BOOT;
	if (!guard_whole(n, n->memory.guard) ||
	    !guard_whole(n, n->memory.last_guard))
		n->damage |= INTMGR_NODE_DAMAGE_GUARD;
	if (guard_text() != text_crc)
		n->damage |= INTMGR_NODE_DAMAGE_TEXT;
}
