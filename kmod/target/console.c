// SPDX-License-Identifier: GPL-2.0-only
/*
 * A node's console: what its kernel prints goes to a ring that the support OS
 * reads, and that stays when this kernel is dead.
 */
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "target.h"

static char *ring;
static u64 head;	/* bytes written; under the console lock */

static void console_put(struct console *con, const char *text,
			unsigned int len)
{
	while (len) {
		u64 at = head & (node_console.size - 1);
		unsigned int n = min_t(u64, len, node_console.size - at);

		memcpy(ring + at, text, n);
		head += n;
		text += n;
		len -= n;
	}
	/* The bytes before the head that announces them. */
	smp_store_release(&node_page->console_head, head);
}

/*
 * Enabled without being asked for on the command line, and given all that the
 * kernel printed since its start.
 */
static struct console console = {
	.name = "intmgr",
	.write = console_put,
	.flags = CON_ENABLED | CON_PRINTBUFFER | CON_ANYTIME,
};

int console_create(void)
{
	if (!node_page)
		return 0;
	ring = memremap(node_console.start, node_console.size, MEMREMAP_WB);
	if (!ring)
		return -ENOMEM;
	head = READ_ONCE(node_page->console_head);
	register_console(&console);
	return 0;
}

void console_destroy(void)
{
	if (!node_page)
		return;
	unregister_console(&console);
	memunmap(ring);
}
