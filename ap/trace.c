// SPDX-License-Identifier: GPL-2.0-only
#include "trace.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "injector/schedule.h"
#include "number.h"
#include "say.h"
#include "trace_file.h"

#define FIRST_ROOM	1024	/* times; doubled as they come */
#define TIME_MAX	64	/* without the comment */

struct trace {
	const char *path;
	FILE *file;
	unsigned long line;	/* number of the last one read */
	char text[TIME_MAX];	/* what is in it, without blanks around it */
	u64 *times;
	u32 count, room;
};

static int say_line(const struct trace *t, const char *what)
{
	return say_usage("%s:%lu: %s", t->path, t->line, what);
}

/* A line that is not text is not shown, nor read to its end, which may not come. */
static int take_char(struct trace *t, size_t *len, int c)
{
	if (!isprint(c) && !isspace(c))
		return say_line(t, "this is no text");
	if (!*len && isspace(c))
		return EXIT_DONE;
	if (*len == TIME_MAX - 1)
		return say_line(t, "this is too long for a time");
	t->text[(*len)++] = c;
	return EXIT_DONE;
}

/* The next line; *more is false where there is none. */
static int read_line(struct trace *t, bool *more)
{
	bool comment = false;
	size_t len = 0;
	int c, code;

	t->line++;
	while ((c = getc_unlocked(t->file)) != EOF && c != '\n') {
		comment |= c == '#';
		if (comment)
			continue;
		code = take_char(t, &len, c);
		if (code)
			return code;
	}
	if (ferror(t->file))
		return say_cannot("cannot read %s: %m", t->path);
	while (len && isspace((unsigned char)t->text[len - 1]))
		len--;
	t->text[len] = '\0';
	*more = c != EOF || len;
	return EXIT_DONE;
}

static int read_time(const struct trace *t, u64 *ns)
{
	char why[96], now[32], before[32];
	const char *wrong;

	wrong = number_parse_in(&number_ns, t->text, 0, SCHEDULE_MAX_TRACE_NS,
				ns, why);
	if (wrong)
		return say_usage("%s:%lu: '%s' %s", t->path, t->line, t->text,
				 wrong);
	if (t->count && *ns < t->times[t->count - 1])
		return say_usage("%s:%lu: goes backwards: %s after %s", t->path,
				 t->line, number_show_exact(*ns, now),
				 number_show_exact(t->times[t->count - 1],
						   before));
	return EXIT_DONE;
}

static int make_room(struct trace *t)
{
	u64 *times;

	if (t->count < t->room)
		return EXIT_DONE;
	if (t->count == SCHEDULE_MAX_TRACE)
		return say_usage("%s has more than %u times", t->path,
				 SCHEDULE_MAX_TRACE);
	t->room = t->room ? 2 * t->room : FIRST_ROOM;
	times = reallocarray(t->times, t->room, sizeof(*times));
	if (!times)
		return say_cannot("no memory for the times in %s", t->path);
	t->times = times;
	return EXIT_DONE;
}

static int read_times(struct trace *t)
{
	bool more = true;
	int code;

	for (;;) {
		code = read_line(t, &more);
		if (code || !more)
			return code;
		if (!t->text[0])
			continue;
		code = make_room(t);
		if (!code)
			code = read_time(t, &t->times[t->count]);
		if (code)
			return code;
		t->count++;
	}
}

int trace_read(const char *path, u64 **times, u32 *count)
{
	struct trace t = { .path = path, .file = trace_file_open(path) };
	int code;

	if (!t.file)
		return say_cannot("cannot read %s: %m", path);
	code = read_times(&t);
	fclose(t.file);
	if (!code && !t.count)
		code = say_usage("%s: there is no time in it", path);
	if (code) {
		free(t.times);
		return code;
	}
	*times = t.times;
	*count = t.count;
	return EXIT_DONE;
}
