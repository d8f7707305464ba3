// SPDX-License-Identifier: GPL-2.0-only
#include "say.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static __thread struct {
	char *text;
	size_t size;
} sink;

static bool plainly;

void say_plainly(void)
{
	plainly = true;
}

bool say_to_terminal(void)
{
	return !plainly && isatty(STDERR_FILENO);
}

static void say_to_sink(const char *format, va_list args)
{
	size_t used = strlen(sink.text);

	if (used && used + 1 < sink.size) {
		sink.text[used++] = '\n';
		sink.text[used] = '\0';
	}
	vsnprintf(sink.text + used, sink.size - used, format, args);
}

static void say(const char *format, va_list args)
{
	int err = errno;

	if (sink.text) {
		say_to_sink(format, args);
		return;
	}
	if (say_to_terminal())
		fputs("\r\033[K", stderr);	/* over a progress line */
	fputs("intmgr: ", stderr);
	errno = err;	/* %m is what the caller met */
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

int say_usage(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	va_end(args);
	return EXIT_USAGE;
}

int say_cannot(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	va_end(args);
	return EXIT_CANNOT;
}

void say_note(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	va_end(args);
}

void say_into(char *text, size_t size)
{
	if (text && size)
		text[0] = '\0';
	sink.text = size ? text : NULL;
	sink.size = size;
}
