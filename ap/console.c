// SPDX-License-Identifier: GPL-2.0-only
#include "console.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define TAIL	32768

/* A node may write faster than it is read: one look at it ends after so much. */
#define LOOK	(64UL << 20)

int console_copy(FILE *out, int fd)
{
	char buf[8192];
	size_t seen = 0;
	ssize_t n;

	while (seen < LOOK) {
		n = read(fd, buf, sizeof(buf));
		if (n < 0)
			return -errno;
		if (!n)
			break;
		if (fwrite(buf, 1, n, out) != (size_t)n)
			return -EIO;
		seen += n;
	}
	return fflush(out) ? -errno : 0;
}

/* The last bytes of the console, at most TAIL; how many. */
static size_t read_tail(int fd, char *tail)
{
	size_t len = 0, seen = 0;
	ssize_t n;

	while (seen < LOOK) {
		if (len == TAIL) {
			memmove(tail, tail + TAIL / 2, TAIL / 2);
			len = TAIL / 2;
		}
		n = read(fd, tail + len, TAIL - len);
		if (n <= 0)
			break;
		len += n;
		seen += n;
	}
	return len;
}

/* Where the last @lines, at least 1, of text[len] begin. */
static size_t last_lines(const char *text, size_t len, unsigned int lines)
{
	size_t i = len;

	if (i && text[i - 1] == '\n')
		i--;
	for (; i > 0; i--)
		if (text[i - 1] == '\n' && !--lines)
			break;
	return i;
}

void console_end(FILE *out, int fd, unsigned int lines)
{
	size_t len, at, end;
	char tail[TAIL];
	const char *stop;

	len = read_tail(fd, tail);
	for (at = last_lines(tail, len, lines); at < len; at = end + 1) {
		stop = memchr(tail + at, '\n', len - at);
		end = stop ? (size_t)(stop - tail) : len;
		fputs(end > at ? "  | " : "  |", out);
		fwrite(tail + at, 1, end - at, out);
		fputc('\n', out);
	}
}
