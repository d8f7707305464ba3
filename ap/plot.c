// SPDX-License-Identifier: GPL-2.0-only
#include "plot.h"

#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "say.h"

extern const char curve_gp[], curve_gp_end[];	/* curve.S */
extern char **environ;

/* Add @text to @out as gnuplot writes strings: '' is a quote inside '...'. */
static void put_quoted(FILE *out, const char *text)
{
	putc('\'', out);
	for (; *text; text++) {
		if (*text == '\'')
			putc('\'', out);
		putc(*text, out);
	}
	putc('\'', out);
}

static void make_settings(char *buf, size_t room, const char *table,
			  const char *picture)
{
	FILE *out = fmemopen(buf, room, "w");

	if (!out)
		return;
	fputs("datafile=", out);
	put_quoted(out, table);
	fputs("; outfile=", out);
	put_quoted(out, picture);
	fclose(out);
}

/* A file in memory that a child can open by the path in @path; -1: none. */
static int make_script(char path[64])
{
	size_t len = curve_gp_end - curve_gp;
	int fd = memfd_create("curve.gp", 0);

	if (fd < 0)
		return -1;
	if (write(fd, curve_gp, len) != (ssize_t)len) {
		close(fd);
		return -1;
	}
	snprintf(path, 64, "/proc/self/fd/%d", fd);
	return fd;
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return say_cannot("gnuplot was lost: %s",
					  strerror(errno));
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return EXIT_DONE;
	return say_cannot("gnuplot failed: its message is above; the table is whole");
}

int plot_draw(const char *table, const char *picture)
{
	char settings[3 * PATH_MAX] = "", script[64];
	char *argv[] = { "gnuplot", "-e", settings, script, NULL };
	int fd = make_script(script), err;
	pid_t pid;

	if (fd < 0)
		return say_cannot("no memory for the plot's script");
	make_settings(settings, sizeof(settings), table, picture);
	err = posix_spawnp(&pid, argv[0], NULL, NULL, argv, environ);
	close(fd);
	if (err == ENOENT)
		return say_cannot("--plot %s: gnuplot is not installed (package gnuplot-nox); the table is whole",
				  picture);
	if (err)
		return say_cannot("cannot start gnuplot: %s", strerror(err));
	return wait_for(pid);
}
