// SPDX-License-Identifier: GPL-2.0-only
#include "splat.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const char splat_patterns[];	/* splats.S: an expression a line */

/* One expression of all. */
static bool compile(regex_t *splat)
{
	char *all = strdup(splat_patterns), *c;
	bool good;

	if (!all)
		return false;
	all[strlen(all) - 1] = '\0';	/* the last line's end */
	for (c = all; (c = strchr(c, '\n')); c++)
		*c = '|';
	good = !regcomp(splat, all, REG_EXTENDED | REG_NOSUB);
	free(all);
	return good;
}

static bool find_line(FILE *console, const regex_t *splat, char *line,
		      size_t size)
{
	bool found = false;
	char *text = NULL;
	size_t room = 0;

	while (!found && getline(&text, &room, console) > 0)
		found = !regexec(splat, text, 0, NULL, 0);
	if (found) {
		text[strcspn(text, "\r\n")] = '\0';
		snprintf(line, size, "%s", text);
	}
	free(text);
	return found;
}

bool splat_find(const char *path, char *line, size_t size)
{
	FILE *console = fopen(path, "re");
	bool found = false;
	regex_t splat;

	if (!console)
		return false;
	if (compile(&splat)) {
		found = find_line(console, &splat, line, size);
		regfree(&splat);
	}
	fclose(console);
	return found;
}
