// SPDX-License-Identifier: GPL-2.0-only
#include "job.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <termios.h>
#include <unistd.h>

#include "../say.h"
#include "../verbs.h"
#include "modules.h"

#define WORDS	128

bool job_is_there(void)
{
	return !access(JOB_WORDS, R_OK);
}

/* What is written to it comes out as it is. */
static void open_line(const char *path, int as)
{
	int fd = open(path, O_WRONLY | O_NOCTTY);
	struct termios raw;

	if (fd < 0)
		return;
	if (!tcgetattr(fd, &raw)) {
		cfmakeraw(&raw);
		tcsetattr(fd, TCSANOW, &raw);
	}
	if (as < 0)
		return;
	dup2(fd, as);
	close(fd);
}

/* argv[0] is the verb's. */
static int read_words(char *text, size_t size, char **argv)
{
	FILE *f = fopen(JOB_WORDS, "re");
	size_t len = f ? fread(text, 1, size - 1, f) : 0, at;
	int argc = 0;

	text[len] = '\0';
	for (at = 0; at < len && argc < WORDS - 1; at += strlen(text + at) + 1)
		argv[argc++] = text + at;
	argv[argc] = NULL;
	if (f)
		fclose(f);
	return argc;
}

void job_do(void)
{
	static char text[16384];
	char *argv[WORDS];
	int argc = read_words(text, sizeof(text), argv);
	int code = modules_load("intmgr", "");
	FILE *out;

	say_plainly();
	open_line("/dev/ttyS0", STDOUT_FILENO);
	open_line("/dev/ttyS1", STDERR_FILENO);
	open_line("/dev/ttyS2", -1);
	if (!code)
		code = strcmp(argv[0], "sweep") ? verb_run(argc, argv) :
						  verb_sweep(argc, argv);
	fflush(stdout);
	fflush(stderr);
	out = fopen("/dev/ttyS3", "w");
	if (out) {
		fprintf(out, "%d", code);
		fclose(out);
	}
	reboot(RB_POWER_OFF);
}
