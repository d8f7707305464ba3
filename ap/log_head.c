// SPDX-License-Identifier: GPL-2.0-only
#include "log_head.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "plan_words.h"
#include "say.h"

#define COMMAND		"# intmgr "
#define VERB		"run"
#define BINARIES	"# binaries "

void log_head_write(FILE *log, const struct plan *plan, u64 identity)
{
	struct words words;

	words_init(&words);
	plan_words(plan, &words);
	fputs(COMMAND, log);
	words_show(&words, log);
	fprintf(log, "\n" BINARIES "%016" PRIx64 "\n", identity);
}

/* What follows @mark in the next line; NULL: it is another line. free(*line). */
static const char *read_line(FILE *log, const char *mark, char **line)
{
	size_t room = 0;
	ssize_t len;

	*line = NULL;
	len = getline(line, &room, log);
	if (len <= 0 || (*line)[len - 1] != '\n' ||
	    strncmp(*line, mark, strlen(mark)))
		return NULL;
	(*line)[len - 1] = '\0';
	return *line + strlen(mark);
}

static bool read_words(FILE *log, struct words *words)
{
	char *line;
	const char *text = read_line(log, COMMAND, &line);
	bool good = text && words_read(words, text) &&
		    !strcmp(words->word[0], VERB);

	free(line);
	return good;
}

static bool read_identity(FILE *log, u64 *identity)
{
	char *line;
	const char *text = read_line(log, BINARIES, &line);
	int end = 0;
	bool good = text && sscanf(text, "%16" SCNx64 "%n", identity, &end) == 1 &&
		    !text[end];

	free(line);
	return good;
}

int log_head_read(FILE *log, const char *path, struct words *words,
		  u64 *identity)
{
	if (!read_words(log, words))
		return say_usage("%s:1: there is no command line of a run here: only a log of intmgr run --deterministic can be repeated",
				 path);
	if (!read_identity(log, identity))
		return say_usage("%s:2: this line was altered: it names the binaries",
				 path);
	return EXIT_DONE;
}
