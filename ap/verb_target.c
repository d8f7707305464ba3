// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr target: OS nodes are started, stopped, looked at and talked to.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "agent.h"
#include "console.h"
#include "json_print.h"
#include "node_device.h"
#include "node_list.h"
#include "node_options.h"
#include "say.h"
#include "stop.h"
#include "verbs.h"

#define AGENT_MS	5000	/* that a node which is up may take to answer */
#define OUTPUT		(64 << 10)	/* bytes of a program's that are shown */

/* Ctrl-C while it boots: it is stopped again. */
static int sub_start(const struct node_options *o)
{
	stop_catch();
	return node_start(&o->spec);
}

static int sub_stop(const struct node_options *o)
{
	int code = node_stop(o->spec.id);

	if (!code)
		printf("node %u: stopped\n", o->spec.id);
	return code;
}

static int sub_restart(const struct node_options *o)
{
	stop_catch();
	return node_restart(o->spec.id);
}

/* ---- list ---- */

static int sub_list(const struct node_options *o)
{
	struct node_list list;
	int fd, code = node_device_need(&fd);

	if (code)
		return code;
	node_list_read(&list, fd);
	close(fd);
	if (o->json)
		json_print(node_list_json(&list));
	else if (list.nodes)
		node_list_write(&list, stdout);
	else
		puts("no node was started");
	return EXIT_DONE;
}

/* ---- console ---- */

static bool has_ended(int fd, u32 id)
{
	struct intmgr_node_query query;

	return node_query(fd, id, &query) ||
	       (query.state != INTMGR_NODE_STATE_BOOTING &&
		query.state != INTMGR_NODE_STATE_UP &&
		query.state != INTMGR_NODE_STATE_HUNG);
}

/* The state is read before the text: what it wrote last is shown, too. */
static int follow(int fd, u32 id)
{
	const struct timespec pause = { .tv_nsec = 50000000 };
	bool ended = false;
	int err = 0;

	stop_catch();
	while (!err && !ended && !stop_asked()) {
		ended = has_ended(fd, id);
		err = console_copy(stdout, fd);
		if (!err && !ended)
			nanosleep(&pause, NULL);
	}
	return err;
}

static int sub_console(const struct node_options *o)
{
	int fd, code = node_open(o->spec.id, &fd), err;

	if (code)
		return code;
	err = o->follow ? follow(fd, o->spec.id) : console_copy(stdout, fd);
	close(fd);
	if (err && err != -EINTR)
		return say_cannot("cannot pass on the console of node %u: %s",
				  o->spec.id, strerror(-err));
	return EXIT_DONE;
}

/* ---- exec ---- */

static int exec_on(const struct device *dev, const struct node_options *o,
		   char *output)
{
	int code, exit_code;

	code = agent_exec(dev, o->program, o->timeout_ns / 1000000, output,
			  OUTPUT, &exit_code);
	if (code)
		return code;
	fputs(output, stdout);
	if (exit_code < 0)
		return say_cannot("%s was ended in node %u: it took longer than --timeout",
				  o->program[0], o->spec.id);
	return exit_code;
}

static int sub_exec(const struct node_options *o)
{
	struct device dev = { .fd = -1 };
	char *output = calloc(1, OUTPUT);
	int code;

	if (!output)
		return say_cannot("no memory");
	stop_catch();	/* so that it is ended over there, too */
	code = agent_open(&dev, o->spec.id, AGENT_MS);
	if (!code) {
		code = exec_on(&dev, o, output);
		device_close(&dev);
	}
	free(output);
	return code;
}

/* ---- the subcommands ---- */

static const struct sub {
	struct usage usage;
	int (*call)(const struct node_options *o);
} subs[] = {
	{ { TARGET_START, "target ", "start", "intmgr target start [N] [OPTION]...",
	    "Start a second Linux as node N (1) on cores and memory of its own, load the\n"
	    "driver there, and return when that is bound." },
	  sub_start },
	{ { TARGET_STOP, "target ", "stop", "intmgr target stop [N]",
	    "Stop node N (1), whatever it does, and take its cores and memory back." },
	  sub_stop },
	{ { TARGET_RESTART, "target ", "restart", "intmgr target restart [N]",
	    "Stop node N (1), if it runs, and start it again as it was started last." },
	  sub_restart },
	{ { TARGET_LIST, "target ", "list", "intmgr target list [OPTION]...",
	    "Show the nodes that were started." },
	  sub_list },
	{ { TARGET_CONSOLE, "target ", "console", "intmgr target console [N] [OPTION]...",
	    "Show what the kernel of node N (1) wrote on its console since it was started." },
	  sub_console },
	{ { TARGET_EXEC, "target ", "exec",
	    "intmgr target exec [N] [OPTION]... -- PROGRAM [ARGUMENT]...",
	    "Run a program in node N (1), which target start --add put there; its exit code\n"
	    "becomes this one's." },
	  sub_exec },
};

static int show_help(void)
{
	size_t i;

	printf("Usage: intmgr target SUBCOMMAND [N] [OPTION]...\n\n"
	       "OS nodes: a second Linux, 1 to %d, on cores and memory of its own. N is 1 unless\n"
	       "told. Subcommands, each with a --help:\n",
	       INTMGR_NODES);
	for (i = 0; i < ARRAY_SIZE(subs); i++)
		printf("  %s\n", subs[i].usage.synopsis);
	return EXIT_DONE;
}

static int call(const struct sub *sub, int argc, char **argv)
{
	struct node_options options;
	int code;

	code = node_options_read(&sub->usage, argc, argv, &options);
	if (code)
		return code == OPTIONS_HELP ? EXIT_DONE : code;
	return sub->call(&options);
}

int verb_target(int argc, char **argv)
{
	size_t i;

	if (argc < 2)
		return say_usage("say what to do: intmgr target start, stop, restart, list, console or exec");
	if (!strcmp(argv[1], "--help"))
		return show_help();
	for (i = 0; i < ARRAY_SIZE(subs); i++)
		if (!strcmp(argv[1], subs[i].usage.name))
			return call(&subs[i], argc - 1, argv + 1);
	return say_usage("there is no 'target %s': choose one of start, stop, restart, list, console, exec",
			 argv[1]);
}
