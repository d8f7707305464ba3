// SPDX-License-Identifier: GPL-2.0-only
#include "node_options.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kmod/window.h"
#include "option_driver.h"
#include "option_value.h"
#include "say.h"

#define MIB		(1ULL << 20)
#define MEMORY_UNIT	(2 * MIB)	/* kmod/uapi/intmgr_node.h */
#define MAX_MEMORY	(4096 * MIB)	/* what a node's first page tables reach */
#define MAX_CORE	65535
#define MAX_TIMEOUT_NS	86400000000000ULL

struct option_row {
	struct option_head head;
	/* @name is the option's as typed, for the sentence. EXIT_DONE or EXIT_USAGE. */
	int (*take)(struct node_options *o, const char *name, const char *text);
};

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
		if (option_number(name, one, &number_plain, 0, MAX_CORE, &core) ||
		    add_core(&o->spec, name, core))
			return EXIT_USAGE;
		if (!text[len])
			return EXIT_DONE;
	}
}

static int take_memory(struct node_options *o, const char *name,
		       const char *text)
{
	if (option_number(name, text, &number_size, MEMORY_UNIT, MAX_MEMORY,
		    &o->spec.memory))
		return EXIT_USAGE;
	if (o->spec.memory % MEMORY_UNIT)
		return say_usage("--%s: '%s' is not a multiple of 2M", name,
				 text);
	return EXIT_DONE;
}

static int take_pool(struct node_options *o, const char *name, const char *text)
{
	return option_number(name, text, &number_size, MIB, MAX_MEMORY,
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

static int take_attach(struct node_options *o, const char *name,
		       const char *text)
{
	return option_attachment(name, text, &o->spec.attachment);
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
	return option_number(name, text, &number_time, 1000000, MAX_TIMEOUT_NS,
			     &o->timeout_ns);
}

static int take_wait(struct node_options *o, const char *name, const char *text)
{
	return option_number(name, text, &number_time, 1000000, MAX_TIMEOUT_NS,
			     &o->spec.wait_ns);
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
	{ { "cores", "N,...", TARGET_START,
	    "its CPUs, offline here; the first boots (lowest that is free)" },
	  take_cores },
	{ { "memory", "SIZE", TARGET_START,
	    "all its memory, a multiple of 2M; K, M, G may follow (256M)" },
	  take_memory },
	{ { "pool", "SIZE", TARGET_START,
	    "of it for rings and buffers (68M)" },
	  take_pool },
	{ { "kernel", "FILE", TARGET_START,
	    "vmlinux or vmlinuz (this release's in /boot, or in the cache)" },
	  take_kernel },
	{ { "driver", "NAME", TARGET_START,
	    "the module to load when it is up, or none (e1000e)" },
	  take_driver },
	{ { "attach", "NAME", TARGET_START,
	    "stock, or of e1000e patched or poll (e1000e patched, else stock)" },
	  take_attach },
	{ { "append", "WORDS", TARGET_START,
	    "more for its kernel's command line" },
	  take_append },
	{ { "add", "FILE", TARGET_START,
	    "a file for it, at its path here; programs must be static; repeatable" },
	  take_add },
	{ { "wait", "T", TARGET_START,
	    "how long it may take to come up (30s)" },
	  take_wait },
	{ { "follow", NULL, TARGET_CONSOLE,
	    "go on until the node ends, or Ctrl-C" },
	  take_follow },
	{ { "timeout", "T", TARGET_EXEC,
	    "end the program after this time (10s)" },
	  take_timeout },
	{ { "json", NULL, TARGET_LIST,
	    "print one JSON array" },
	  take_json },
	{ { "help", NULL, UINT_MAX,
	    "show this" },
	  NULL },
};

static int take(void *into, size_t row, const char *text)
{
	return rows[row].take(into, rows[row].head.name, text);
}

static const struct option_table table = {
	.rows = rows,
	.count = ARRAY_SIZE(rows),
	.stride = sizeof(rows[0]),
	.column = 16,
	.take = take,
};

static int take_id(const struct usage *usage, int argc, char **argv,
		   struct node_options *o)
{
	const char *wrong;
	char why[96];
	u64 id;

	if (!argc)
		return EXIT_DONE;
	if (argc > 1 || usage->verb == TARGET_LIST)
		return option_say_place(usage, argv[argc - 1]);
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

/* A module that is not in the table drives the usual NIC as the usual driver. */
static int choose_attachment(struct node_spec *spec)
{
	const struct driver *driver = driver_find(spec->driver);

	if (!driver)
		driver = driver_find(DRIVER_USUAL);
	if (spec->attachment == INTMGR_ATTACHMENTS)
		spec->attachment = driver_attachment(driver);
	return option_check_attachment(driver, spec->attachment);
}

void node_spec_init(struct node_spec *spec)
{
	*spec = (struct node_spec){
		.id = 1,
		.memory = 256 << 20,
		.pool = 68 << 20,
		.wait_ns = 30000000000ULL,
		.driver = DRIVER_USUAL,
		.attachment = INTMGR_ATTACHMENTS,	/* none yet */
	};
}

int node_options_read(const struct usage *usage, int argc, char **argv,
		      struct node_options *o)
{
	int rest, code;

	*o = (struct node_options){ .timeout_ns = 10000000000ULL };
	node_spec_init(&o->spec);
	if (usage->verb == TARGET_EXEC)
		argc = cut_program(argc, argv, o);
	code = option_table_read(&table, usage, argc, argv, o, &rest);
	if (code)
		return code;
	code = choose_attachment(&o->spec);
	if (code)
		return code;
	if (usage->verb == TARGET_EXEC && !o->program)
		return say_usage("no program is named: intmgr target exec 1 -- /bin/program ARGUMENT");
	return take_id(usage, argc - rest, argv + rest, o);
}
