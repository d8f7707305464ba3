// SPDX-License-Identifier: GPL-2.0-only
#include "words.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#define QUOTE	'\''

void words_init(struct words *w)
{
	w->len = 0;
	w->count = 0;
	w->word[0] = NULL;
	w->full = false;
}

/* A word begins here; false: there is no room for one more. */
static bool begin(struct words *w)
{
	if (w->count == WORDS_MAX || w->len == WORDS_BYTES) {
		w->full = true;
		return false;
	}
	w->word[w->count++] = w->text + w->len;
	w->word[w->count] = NULL;
	return true;
}

void words_add(struct words *w, const char *format, ...)
{
	size_t room = WORDS_BYTES - w->len;
	va_list args;
	int n;

	if (!begin(w))
		return;
	va_start(args, format);
	n = vsnprintf(w->text + w->len, room, format, args);
	va_end(args);
	w->full |= n < 0 || (size_t)n >= room;
	w->len += w->full ? room : (size_t)n + 1;
}

/* ---- on a line ---- */

static void show_word(const char *word, FILE *out)
{
	const char *c = word;

	while (isalnum((unsigned char)*c) || (*c && strchr("-_=+:,./@%", *c)))
		c++;
	if (*word && !*c) {
		fputs(word, out);
		return;
	}
	fputc(QUOTE, out);
	for (; *word; word++)
		if (*word == QUOTE)
			fputs("'\\''", out);
		else
			fputc(*word, out);
	fputc(QUOTE, out);
}

void words_show(const struct words *w, FILE *out)
{
	int i;

	for (i = 0; i < w->count; i++) {
		if (i)
			fputc(' ', out);
		show_word(w->word[i], out);
	}
}

/* The word at *@line, which is left behind it. */
static bool read_word(struct words *w, const char **line)
{
	bool quoted = false;
	const char *c;

	if (!begin(w))
		return false;
	for (c = *line; *c && (quoted || *c != ' '); c++) {
		if (*c == QUOTE) {
			quoted = !quoted;
			continue;
		}
		if (!quoted && *c == '\\' && c[1])
			c++;
		if (w->len == WORDS_BYTES - 1)
			return false;
		w->text[w->len++] = *c;
	}
	w->text[w->len++] = '\0';
	*line = c;
	return !quoted;
}

bool words_read(struct words *w, const char *line)
{
	words_init(w);
	while (*(line += strspn(line, " ")))
		if (!read_word(w, &line))
			return false;
	return w->count;
}
