// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a node wrote: a ring in its memory while it has any, a copy of it
 * later. How far it wrote is what the node says, and may be anything.
 */
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "node/internal.h"

int console_create(struct os_node *n)
{
	if (!n->kept)
		n->kept = vzalloc(MEMORY_CONSOLE);
	return n->kept ? 0 : -ENOMEM;
}

void console_destroy(struct os_node *n)
{
	vfree(n->kept);
	n->kept = NULL;
}

void console_keep(struct os_node *n)
{
	n->kept_head = console_head(n);
	memcpy(n->kept, memory_at(&n->memory, n->memory.console), MEMORY_CONSOLE);
}

u64 console_head(const struct os_node *n)
{
	if (!n->memory.size)
		return n->kept_head;
	/* pairs with the node's release: the bytes are written */
	return smp_load_acquire(&memory_page(&n->memory)->console_head);
}

size_t console_copy(const struct os_node *n, u64 *pos, char *to, size_t len)
{
	const char *ring = n->memory.size ?
				   memory_at(&n->memory, n->memory.console) :
				   n->kept;
	u64 head = console_head(n);
	size_t at, part;

	if (!ring || *pos >= head)
		return 0;
	if (head - *pos > MEMORY_CONSOLE)
		*pos = head - MEMORY_CONSOLE;
	len = min_t(u64, len, head - *pos);
	at = *pos % MEMORY_CONSOLE;
	part = min_t(size_t, len, MEMORY_CONSOLE - at);
	memcpy(to, ring + at, part);
	memcpy(to + part, ring, len - part);
	*pos += len;
	return len;
}
