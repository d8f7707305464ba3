/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words of a command line, put together one by one, and as a person or a
 * shell has them.
 */
#ifndef AP_WORDS_H
#define AP_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define WORDS_MAX	128
#define WORDS_BYTES	16384

struct words {
	char text[WORDS_BYTES];		/* one after the other, each with a NUL */
	size_t len;
	char *word[WORDS_MAX + 1];	/* NULL after the last */
	int count;
	bool full;			/* there was no room for all */
};

void words_init(struct words *w);
void words_add(struct words *w, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* On one line, quoted where a shell would take a word for something else. */
void words_show(const struct words *w, FILE *out);

/* The words of such a @line; false: it is none, or too long. */
bool words_read(struct words *w, const char *line);

#endif
