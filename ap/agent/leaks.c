// SPDX-License-Identifier: GPL-2.0-only
#include "leaks.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#define DEBUG	"/sys/kernel/debug"
#define AGE_S	6	/* what is younger than 5 s is not told */

static void order(const char *word)
{
	FILE *f = fopen(DEBUG "/kmemleak", "we");

	if (!f)
		return;
	fputs(word, f);
	fclose(f);
}

/* A record of the log for each line. */
static void tell(FILE *found)
{
	int log = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	char line[256];

	while (fgets(line, sizeof(line), found))
		if (write(log, line, strlen(line)) < 0)
			break;
	close(log);
}

/* Twice, as what has changed since the last time is not told either. */
void leaks_look(void)
{
	FILE *found;

	mount("debugfs", DEBUG, "debugfs", 0, NULL);
	if (access(DEBUG "/kmemleak", W_OK))
		return;
	sleep(AGE_S);
	order("scan");
	order("scan");
	found = fopen(DEBUG "/kmemleak", "re");
	if (!found)
		return;
	tell(found);
	fclose(found);
	order("clear");
}
