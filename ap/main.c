// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "injector/port.h"
#include "say.h"
#include "verbs.h"
#include "version.h"

static const struct {
	const char *name;
	int (*call)(int argc, char **argv);
} verbs[] = {
	{ "run", verb_run },
	{ "sweep", verb_sweep },
	{ "explore", verb_explore },
	{ "replay", verb_replay },
	{ "status", verb_status },
	{ "function", verb_function },
	{ "target", verb_target },
};

static int show_version(void)
{
	printf("intmgr %s (%s)\n", INTMGR_VERSION, version_commit());
	return EXIT_DONE;
}

static int do_verb(int argc, char **argv)
{
	size_t i;

	if (argc < 2 || (argv[1][0] == '-' && strcmp(argv[1], "--version")))
		return verb_run(argc, argv);
	if (!strcmp(argv[1], "--version"))
		return show_version();
	for (i = 0; i < ARRAY_SIZE(verbs); i++)
		if (!strcmp(argv[1], verbs[i].name))
			return verbs[i].call(argc - 1, argv + 1);
	return say_usage("there is no verb '%s': choose one of run, sweep, explore, replay, status, function, target",
			 argv[1]);
}

/* A file that may not grow is an error of who writes it, and no death. */
int main(int argc, char **argv)
{
	int code;

	signal(SIGXFSZ, SIG_IGN);
	code = do_verb(argc, argv);
	if (fflush(stdout) || ferror(stdout))
		code = say_cannot("cannot write all of the output: %s",
				  strerror(errno));
	return code;
}
