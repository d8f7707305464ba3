// SPDX-License-Identifier: GPL-2.0-only
#include "node_options.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kmod/window.h"
#include "number.h"
#include "say.h"

#define MIB		(1ULL << 20)
#define MEMORY_UNIT	(2 * MIB)	/* kmod/uapi/intmgr_node.h */
#define MAX_MEMORY	(4096 * MIB)	/* what a node's first page tables reach */
#define MAX_CORE	65535
#define MAX_TIMEOUT_NS	86400000000000ULL

struct option_row {
	const char *name;
	const char *value;	/* what --help calls it; NULL: takes none */
	unsigned int subs;
	/* @name is the option's as typed, for the sentence. EXIT_DONE or EXIT_USAGE. */
	int (*take)(struct node_options *o, const char *name, const char *text);
	const char *help;
};

static int take_in(const char *name, const char *text,
		   const struct number_kind *kind, u64 least, u64 most, u64 *out)
{
	const char *wrong;
	char why[96];

	wrong = number_parse_in(kind, text, least, most, out, why);
	if (wrong)
		return say_usage("--%s: '%s' %s", name, text, wrong);
	return EXIT_DONE;
}

/* ---- cores and memory ---- */

static int add_core(struct node_spec *spec, const char *name, u64 core)
{
	u32 i;

	for (i = 0; i < spec->cores; i++)
		if (spec->core[i] == core)
			return say_usage("--%s: %llu is named twice", name,
					 (unsigned long long)core);
	if (spec->cores == INTMGR_NODE_CORES)
		return say_usage("--%s: more than %d cores", name,
				 INTMGR_NODE_CORES);
	spec->core[spec->cores++] = core;
	return EXIT_DONE;
}

static int take_cores(struct node_options *o, const char *name,
		      const char *text)
{
	char one[24];
	size_t len;
	u64 core;

	o->spec.cores = 0;
	for (;; text += len + 1) {
		len = strcspn(text, ",");
		snprintf(one, sizeof(one), "%.*s", (int)len, text);
		if (take_in(name, one, &number_plain, 0, MAX_CORE, &core) ||
		    add_core(&o->spec, name, core))
			return EXIT_USAGE;
		if (!text[len])
			return EXIT_DONE;
	}
}

static int take_memory(struct node_options *o, const char *name,
		       const char *text)
{
	if (take_in(name, text, &number_size, MEMORY_UNIT, MAX_MEMORY,
		    &o->spec.memory))
		return EXIT_USAGE;
	if (o->spec.memory % MEMORY_UNIT)
		return say_usage("--%s: '%s' is not a multiple of 2M", name,
				 text);
	return EXIT_DONE;
}

static int take_pool(struct node_options *o, const char *name, const char *text)
{
	return take_in(name, text, &number_size, MIB, MAX_MEMORY,
		       &o->spec.pool);
}

/* ---- words and files ---- */

static int take_text(const char *name, const char *text, char *out, size_t size)
{
	if (!*text)
		return say_usage("--%s: '' is empty", name);
	if (strlen(text) >= size)
		return say_usage("--%s: longer than %zu bytes", name, size - 1);
	if (strchr(text, '\n'))
		return say_usage("--%s: there is a newline in it", name);
	strcpy(out, text);
	return EXIT_DONE;
}

/* Leave out "//", "/." and "/.." of an absolute path, in place. */
static void tidy(char *path)
{
	char *to = path, *from = path;
	size_t len;

	while (*from) {
		from += strspn(from, "/");
		len = strcspn(from, "/");
		if (len == 2 && !strncmp(from, "..", 2)) {
			while (to > path && *--to != '/')
				;
		} else if (len && !(len == 1 && *from == '.')) {
			*to++ = '/';
			memmove(to, from, len);
			to += len;
		}
		from += len;
	}
	*to = '\0';
}

/* The file's whole name: a restart may come from another folder. */
static int take_file(const char *name, const char *text, char out[256])
{
	char folder[PATH_MAX], path[2 * PATH_MAX];

	if (!*text)
		return say_usage("--%s: the file's name is empty", name);
	if (*text == '/')
		snprintf(path, sizeof(path), "%s", text);
	else if (getcwd(folder, sizeof(folder)))
		snprintf(path, sizeof(path), "%s/%s", folder, text);
	else
		return say_usage("--%s: this folder is gone: give the file's whole name",
				 name);
	tidy(path);
	return take_text(name, path, out, 256);
}

static int take_kernel(struct node_options *o, const char *name,
		       const char *text)
{
	return take_file(name, text, o->spec.kernel);
}

static int take_add(struct node_options *o, const char *name, const char *text)
{
	if (o->spec.files == NODE_FILES)
		return say_usage("--%s: more than %d of them", name,
				 NODE_FILES);
	return take_file(name, text, o->spec.file[o->spec.files++]);
}

static int take_driver(struct node_options *o, const char *name,
		       const char *text)
{
	if (!strcmp(text, "none")) {
		o->spec.driver[0] = '\0';
		return EXIT_DONE;
	}
	if (strpbrk(text, "/ \t") || text[0] == '.')
		return say_usage("--%s: '%s' is no name of a module", name,
				 text);
	return take_text(name, text, o->spec.driver, sizeof(o->spec.driver));
}

static int take_append(struct node_options *o, const char *name,
		       const char *text)
{
	return take_text(name, text, o->spec.append, sizeof(o->spec.append));
}

/* ---- the rest ---- */

static int take_timeout(struct node_options *o, const char *name,
			const char *text)
{
	return take_in(name, text, &number_time, 1000000, MAX_TIMEOUT_NS,
		       &o->timeout_ns);
}

static int take_follow(struct node_options *o, const char *name,
		       const char *text)
{
	o->follow = true;
	return EXIT_DONE;
}

static int take_json(struct node_options *o, const char *name, const char *text)
{
	o->json = true;
	return EXIT_DONE;
}

static const struct option_row rows[] = {
	{ "cores", "N,...", TARGET_START, take_cores,
	  "its CPUs, offline here; the first boots (lowest that is free)" },
	{ "memory", "SIZE", TARGET_START, take_memory,
	  "all its memory, a multiple of 2M; K, M, G may follow (256M)" },
	{ "pool", "SIZE", TARGET_START, take_pool,
	  "of it for rings and buffers (68M)" },
	{ "kernel", "FILE", TARGET_START, take_kernel,
	  "vmlinux or vmlinuz (this release's in /boot, or in the cache)" },
	{ "driver", "NAME", TARGET_START, take_driver,
	  "the module to load when it is up, or none (e1000e)" },
	{ "append", "WORDS", TARGET_START, take_append,
	  "more for its kernel's command line" },
	{ "add", "FILE", TARGET_START, take_add,
	  "a file for it, at its path here; programs must be static; repeatable" },
	{ "follow", NULL, TARGET_CONSOLE, take_follow,
	  "go on until the node ends, or Ctrl-C" },
	{ "timeout", "T", TARGET_EXEC, take_timeout,
	  "end the program after this time (10s)" },
	{ "json", NULL, TARGET_LIST, take_json, "print one JSON array" },
	{ "help", NULL, UINT_MAX, NULL, "show this" },
};

static void show_help(const struct node_usage *usage)
{
	char head[40];
	size_t i;

	printf("Usage: %s\n\n%s\n\nOptions, with what they are by default:\n",
	       usage->synopsis, usage->about);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!(rows[i].subs & usage->sub))
			continue;
		snprintf(head, sizeof(head), "--%s %s", rows[i].name,
			 rows[i].value ? rows[i].value : "");
		printf("  %-16s %s\n", head, rows[i].help);
	}
}

/* Fill @out, of ARRAY_SIZE(rows) + 1, with @sub's; val is 1 + the row's index. */
static void make_longopts(unsigned int sub, struct option *out)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].subs & sub)
			*out++ = (struct option){
				.name = rows[i].name,
				.has_arg = rows[i].value ? required_argument :
							   no_argument,
				.val = 1 + i,
			};
	*out = (struct option){ 0 };
}

static int say_bad_option(const struct node_usage *usage, char **argv, int c)
{
	const char *word = argv[optind - 1];

	if (c == ':')
		return say_usage("%s needs a value", word);
	if (optopt > 0 && optopt <= (int)ARRAY_SIZE(rows))
		return say_usage("--%s takes no value", rows[optopt - 1].name);
	if (word[0] == '-' && word[1] != '-')
		return say_usage("unknown option '-%c': see intmgr target %s --help",
				 optopt, usage->name);
	return say_usage("unknown option '%s': see intmgr target %s --help",
			 word, usage->name);
}

static int take_id(const struct node_usage *usage, int argc, char **argv,
		   struct node_options *o)
{
	const char *wrong;
	char why[96];
	u64 id;

	if (!argc)
		return EXIT_DONE;
	if (argc > 1 || usage->sub == TARGET_LIST)
		return say_usage("'%s' is out of place: see intmgr target %s --help",
				 argv[argc - 1], usage->name);
	wrong = number_parse_in(&number_plain, argv[0], 1, INTMGR_NODES, &id,
				why);
	if (wrong)
		return say_usage("node '%s' %s", argv[0], wrong);
	o->spec.id = id;
	return EXIT_DONE;
}

/* Cut the arguments off before "--": what follows is the program's. */
static int cut_program(int argc, char **argv, struct node_options *o)
{
	int i;

	for (i = 1; i < argc && strcmp(argv[i], "--"); i++)
		;
	if (i + 1 < argc)
		o->program = argv + i + 1;
	return i;
}

void node_spec_init(struct node_spec *spec)
{
	*spec = (struct node_spec){
		.id = 1,
		.memory = 256 << 20,
		.pool = 68 << 20,
		.driver = "e1000e",
	};
}

int node_options_read(const struct node_usage *usage, int argc, char **argv,
		      struct node_options *o)
{
	struct option longopts[ARRAY_SIZE(rows) + 1];
	const struct option_row *row;
	int c;

	*o = (struct node_options){ .timeout_ns = 10000000000ULL };
	node_spec_init(&o->spec);
	if (usage->sub == TARGET_EXEC)
		argc = cut_program(argc, argv, o);
	make_longopts(usage->sub, longopts);
	opterr = 0;
	optind = 0;
	while ((c = getopt_long(argc, argv, ":", longopts, NULL)) != -1) {
		if (c == '?' || c == ':')
			return say_bad_option(usage, argv, c);
		row = &rows[c - 1];
		if (!row->take) {
			show_help(usage);
			return NODE_OPTIONS_HELP;
		}
		if (row->take(o, row->name, optarg))
			return EXIT_USAGE;
	}
	if (usage->sub == TARGET_EXEC && !o->program)
		return say_usage("no program is named: intmgr target exec 1 -- /bin/program ARGUMENT");
	return take_id(usage, argc - optind, argv + optind, o);
}
