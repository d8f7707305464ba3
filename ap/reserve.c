// SPDX-License-Identifier: GPL-2.0-only
#include "reserve.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "cpus.h"
#include "number.h"
#include "say.h"

#define ALIGN_2M(x)	(((x) + (2 << 20) - 1) & ~(u64)((2 << 20) - 1))

#define LIMIT		(4ULL << 30)
/* Boot loaders and the kernel's own start use what lies lower; and lower still. */
#define FLOOR		(512ULL << 20)
#define LAST_FLOOR	(64ULL << 20)

struct search {
	u64 bytes, floor;
	u64 at, end;		/* the RAM looked at: free from @at on */
	u64 found;
};

/* Is there room from @s->at up to @end? */
static void try_piece(struct search *s, u64 end)
{
	u64 base = ALIGN_2M(s->at < s->floor ? s->floor : s->at);

	if (!s->found && base < end && end - base >= s->bytes)
		s->found = base;
}

/* A line: what lies directly or deeper inside RAM is taken; from 4 GiB on nothing matters. */
static void take_line(struct search *s, const char *line)
{
	unsigned long long first, last;
	int name = 0;

	if (sscanf(line, "%llx-%llx : %n", &first, &last, &name) < 2 ||
	    !name || last < first)
		return;
	if (last >= LIMIT)
		last = LIMIT - 1;
	if (line[0] == ' ') {
		try_piece(s, first < s->end ? first : s->end);
		if (s->at <= last)
			s->at = last + 1;
		return;
	}
	try_piece(s, s->end);
	s->at = first;
	s->end = first;
	if (!strncmp(line + name, "System RAM", 10))
		s->end = last + 1;
}

static u64 find_above(const char *iomem, u64 bytes, u64 floor)
{
	struct search s = { .bytes = bytes, .floor = floor };
	const char *line;

	for (line = iomem; *line; line++) {
		take_line(&s, line);
		line = strchr(line, '\n');
		if (!line)
			break;
	}
	try_piece(&s, s.end);
	return s.found;
}

u64 reserve_find(const char *iomem, u64 bytes)
{
	u64 base = find_above(iomem, bytes, FLOOR);

	return base ? base : find_above(iomem, bytes, LAST_FLOOR);
}

/* Below 1 MiB, each node takes 64 KiB, and all of them a page to start from. */
void reserve_words(char words[160], u64 base, u64 bytes, u32 cpus)
{
	snprintf(words, 160,
		 "memmap=%" PRIu64 "M$0x%" PRIx64 " %s no_timer_check%s",
		 bytes >> 20, base,
		 cpus > 2 ? "memmap=256K$0x40000" : "memmap=128K$0x80000",
		 cpus > 2 ? " no_ipi_broadcast=1" : "");
}

/* To free(); NULL: it cannot be read. */
static char *read_iomem(void)
{
	FILE *f = fopen("/proc/iomem", "re");
	size_t len, room = 0;
	char *text = NULL;
	ssize_t n;

	if (!f)
		return NULL;
	n = getdelim(&text, &room, '\0', f);
	len = n < 0 ? 0 : n;
	fclose(f);
	if (!len) {
		free(text);
		return NULL;
	}
	return text;
}

int reserve_say(const char *why, u64 bytes)
{
	char *iomem = read_iomem();
	char words[160], size[32];
	cpu_set_t present;
	u64 base;

	bytes = ALIGN_2M(bytes);
	base = iomem ? reserve_find(iomem, bytes) : 0;
	free(iomem);
	if (!base)
		return say_cannot("%s, and this machine has no %s below 4 GiB for a memmap=: give it more memory, or the node less by --memory",
				  why, number_show_size(bytes, size));
	if (cpus_present(&present))
		CPU_ZERO(&present);
	reserve_words(words, base, bytes, CPU_COUNT(&present));
	return say_cannot("%s: boot with %s (in /etc/default/grub write \\\\\\$ for each $)",
			  why, words);
}
