// SPDX-License-Identifier: GPL-2.0-only
#include "node_cmdline.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "driver.h"
#include "injector/port.h"
#include "sink.h"

#define SPACE	" \t\n"

static const char *const taken_over[] = { "idle=", "preempt=", "mitigations=" };

/* The next word of *line, and how long it is; 0: there is none. */
static size_t next_word(const char **line)
{
	*line += strspn(*line, SPACE);
	return strcspn(*line, SPACE);
}

static bool is_taken_over(const char *word)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(taken_over); i++)
		if (!strncmp(word, taken_over[i], strlen(taken_over[i])))
			return true;
	return false;
}

int node_cmdline(const char *running, const char *function, const char *append,
		 char out[INTMGR_NODE_CMDLINE])
{
	FILE *f = fmemopen(out, INTMGR_NODE_CMDLINE, "w");
	const char *word;
	bool whole;
	size_t n;

	if (!f)
		return -ENOMEM;
	fprintf(f, "loglevel=7");
	for (word = running; (n = next_word(&word)); word += n)
		if (is_taken_over(word))
			fprintf(f, " %.*s", (int)n, word);
	if (*function)
		fprintf(f, " %s", function);
	if (*append)
		fprintf(f, " %s", append);
	/* The NUL has to fit, too. */
	fputc('\0', f);
	whole = !fflush(f) && !ferror(f);
	fclose(f);
	return whole ? 0 : -E2BIG;
}

void node_function_word(const struct node_spec *spec, char word[64])
{
	const struct driver *driver = driver_find(spec->driver);
	char sink[16];

	if (!driver)
		driver = driver_find(DRIVER_USUAL);
	snprintf(word, 64, NODE_FUNCTION_WORD "=%s,%s,%s", driver->model,
		 driver_attachment_name(spec->attachment),
		 sink_text(spec->sink, 0, sink));
}

bool node_cmdline_has(const char *line, const char *word)
{
	size_t n;

	for (; (n = next_word(&line)); line += n)
		if (n == strlen(word) && !strncmp(line, word, n))
			return true;
	return false;
}
