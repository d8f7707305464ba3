// SPDX-License-Identifier: GPL-2.0-only
#include "splat.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "injector/port.h"

static const char *const marks[] = {
	"BUG: ", "WARNING: ", "Kernel panic", "Oops", "UBSAN: ", "kmemleak: ",
	"INFO: rcu", "INFO: task", "Unable to handle", "general protection",
	"unregister_netdevice: waiting", "left some DMA mappings behind",
	"soft lockup", "NETDEV WATCHDOG",
};

static const char *first_mark(const char *text, size_t len)
{
	const char *first = NULL, *found;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(marks); i++) {
		found = memmem(text, len, marks[i], strlen(marks[i]));
		if (found && (!first || found < first))
			first = found;
	}
	return first;
}

bool splat_find(int console, char *line, size_t size)
{
	const char *text, *found;
	struct stat st;
	size_t left;

	if (fstat(console, &st) || !st.st_size)
		return false;
	text = mmap(NULL, st.st_size, PROT_READ, MAP_SHARED, console, 0);
	if (text == MAP_FAILED)
		return false;
	found = first_mark(text, st.st_size);
	if (found) {
		left = text + st.st_size - found;
		snprintf(line, size, "%.*s", (int)min(left, size - 1), found);
		line[strcspn(line, "\r\n")] = '\0';
	}
	munmap((void *)text, st.st_size);
	return found;
}
