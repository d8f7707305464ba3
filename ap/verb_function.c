// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr function: virtual functions of this kernel are made, removed, looked at
 * and plugged together.
 */
#include <stdio.h>
#include <unistd.h>

#include "fault_list.h"
#include "function_list.h"
#include "function_options.h"
#include "json_print.h"
#include "say.h"
#include "sink.h"
#include "stop.h"
#include "target_device.h"
#include "verbs.h"

/* ---- add ---- */

static void show_made(const struct function_spec *spec,
		      const struct function_made *made)
{
	struct function now;

	function_read(&now, made->bdf);
	printf("function %u: %s, %s (%s), %s\n", made->id, made->bdf,
	       spec->driver->name, driver_attachment_name(spec->attachment),
	       now.interface[0] ? now.interface : "no interface yet");
}

/* Ctrl-C while it waits for the driver: it is removed again. */
static int sub_add(int fd, const struct function_options *o)
{
	struct function_made made;
	int code;

	stop_catch();
	code = function_make(fd, &o->spec, &made);
	if (!code)
		show_made(&o->spec, &made);
	return code;
}

/* ---- remove ---- */

static int remove_one(int fd, u32 id)
{
	int err = target_remove(fd, id);

	if (err)
		return target_say_error(id, err);
	printf("function %u: removed\n", id);
	return EXIT_DONE;
}

static int sub_remove(int fd, const struct function_options *o)
{
	struct function_list list;
	int code = EXIT_DONE;
	u32 i;

	if (o->id)
		return remove_one(fd, o->id);
	function_list_read(&list, fd);
	for (i = 0; i < list.functions && !code; i++)
		code = remove_one(fd, list.entry[i].info.id);
	return code;
}

/* ---- list ---- */

static int sub_list(int fd, const struct function_options *o)
{
	struct function_list list;
	u32 i;

	function_list_read(&list, fd);
	if (o->json) {
		json_print(function_list_json(&list));
		return EXIT_DONE;
	}
	if (!list.functions)
		puts(FUNCTION_LIST_NONE);
	function_list_write(&list, stdout);
	for (i = 0; i < list.functions; i++)
		fault_list_write(stdout, &list.entry[i].info);
	return EXIT_DONE;
}

/* ---- sink ---- */

static int sub_sink(int fd, const struct function_options *o)
{
	int err = target_set_sink(fd, o->id, o->spec.sink, o->spec.peer);
	char text[16];

	if (err)
		return target_say_sink_error(fd, o->id, o->spec.peer, err);
	printf("function %u: %s\n", o->id,
	       sink_text(o->spec.sink, o->spec.peer, text));
	return EXIT_DONE;
}

/* ---- the subcommands ---- */

static const struct sub {
	struct usage usage;
	int (*call)(int fd, const struct function_options *o);
} subs[] = {
	{ { FUNCTION_ADD, "function ", "add",
	    "intmgr function add --driver NAME [OPTION]...",
	    "Make a PCI function without hardware, load the driver's module, and return when\n"
	    "that is bound." },
	  sub_add },
	{ { FUNCTION_REMOVE, "function ", "remove",
	    "intmgr function remove N|all",
	    "Remove function N, or all, as if unplugged. Drivers' modules stay loaded." },
	  sub_remove },
	{ { FUNCTION_LIST, "function ", "list",
	    "intmgr function list [OPTION]...",
	    "Show the functions of this kernel." },
	  sub_list },
	{ { FUNCTION_SINK, "function ", "sink",
	    "intmgr function sink N drop|count|echo|answer|peer:M",
	    "Choose what becomes of the frames that the driver of function N sends: dropped;\n"
	    "counted and dropped; sent back; ARP and ICMP echo requests answered for any\n"
	    "address; received by function M, and M's by N." },
	  sub_sink },
};

static int show_help(void)
{
	size_t i;

	printf("Usage: intmgr function SUBCOMMAND [OPTION]...\n\n"
	       "Virtual PCI functions of this kernel, 1 to %d. Subcommands, each with a --help:\n",
	       INTMGR_FUNCTIONS);
	for (i = 0; i < ARRAY_SIZE(subs); i++)
		printf("  %s\n", subs[i].usage.synopsis);
	return EXIT_DONE;
}

static int call(const struct sub *sub, int argc, char **argv)
{
	struct function_options options;
	int fd, code;

	code = function_options_read(&sub->usage, argc, argv, &options);
	if (code)
		return code == OPTIONS_HELP ? EXIT_DONE : code;
	code = target_open(&fd);
	if (code)
		return code;
	code = sub->call(fd, &options);
	close(fd);
	return code;
}

int verb_function(int argc, char **argv)
{
	size_t i;

	if (argc < 2)
		return say_usage("say what to do: intmgr function add, remove, list or sink");
	if (!strcmp(argv[1], "--help"))
		return show_help();
	for (i = 0; i < ARRAY_SIZE(subs); i++)
		if (!strcmp(argv[1], subs[i].usage.name))
			return call(&subs[i], argc - 1, argv + 1);
	return say_usage("there is no 'function %s': choose one of add, remove, list, sink",
			 argv[1]);
}
