// SPDX-License-Identifier: GPL-2.0-only
#include "function_options.h"

#include <limits.h>

#include "option_driver.h"
#include "option_value.h"
#include "say.h"
#include "sink.h"

struct option_row {
	struct option_head head;
	/* @name is the option's as typed, for the sentence. EXIT_DONE or EXIT_USAGE. */
	int (*take)(struct function_options *o, const char *name,
		    const char *text);
};

static int take_driver(struct function_options *o, const char *name,
		       const char *text)
{
	return option_driver(name, text, &o->spec.driver);
}

static int take_attach(struct function_options *o, const char *name,
		       const char *text)
{
	return option_attachment(name, text, &o->spec.attachment);
}

static int take_sink(struct function_options *o, const char *name,
		     const char *text)
{
	const char *wrong = sink_parse(text, &o->spec.sink, &o->spec.peer);

	if (wrong)
		return say_usage("--%s: '%s' %s", name, text, wrong);
	return EXIT_DONE;
}

static int take_pool(struct function_options *o, const char *name,
		     const char *text)
{
	return option_small(name, text, 1, INTMGR_POOL_MB_MAX,
			    &o->spec.pool_mb);
}

static int take_no_load(struct function_options *o, const char *name,
			const char *text)
{
	o->spec.no_load = true;
	return EXIT_DONE;
}

static int take_json(struct function_options *o, const char *name,
		     const char *text)
{
	o->json = true;
	return EXIT_DONE;
}

static const struct option_row rows[] = {
	{ { "driver", "NAME", FUNCTION_ADD,
	    "who is to drive it: e1000e, e1000, virtio_net or igb" },
	  take_driver },
	{ { "attach", "NAME", FUNCTION_ADD,
	    "stock, or of e1000e patched or poll (e1000e patched, else stock)" },
	  take_attach },
	{ { "sink", "WHAT", FUNCTION_ADD,
	    "what becomes of frames sent: drop, count, echo, answer, peer:M (drop)" },
	  take_sink },
	{ { "pool", "MIB", FUNCTION_ADD,
	    "memory for rings and buffers, 1 to 4096 MiB (the module's choice)" },
	  take_pool },
	{ { "no-load", NULL, FUNCTION_ADD,
	    "do not load the driver's module, nor wait for it" },
	  take_no_load },
	{ { "json", NULL, FUNCTION_LIST,
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
	.column = 14,
	.take = take,
};

/* ---- the words beside them ---- */

static int take_id(const char *text, u32 *id)
{
	const char *wrong;
	char why[96];
	u64 value;

	wrong = number_parse_in(&number_plain, text, 1, INTMGR_FUNCTIONS,
				&value, why);
	if (wrong)
		return say_usage("function '%s' %s", text, wrong);
	*id = value;
	return EXIT_DONE;
}

static int take_id_or_all(const char *text, u32 *id)
{
	*id = 0;
	return strcmp(text, "all") ? take_id(text, id) : EXIT_DONE;
}

static int take_id_and_sink(char **words, struct function_options *o)
{
	struct function_spec *spec = &o->spec;
	const char *wrong;

	if (take_id(words[0], &o->id))
		return EXIT_USAGE;
	wrong = sink_parse(words[1], &spec->sink, &spec->peer);
	if (wrong)
		return say_usage("'%s' %s", words[1], wrong);
	if (spec->peer == o->id)
		return say_usage("function %u is no peer of itself", o->id);
	return EXIT_DONE;
}

static int take_words(const struct usage *usage, int n, char **words,
		      struct function_options *o)
{
	int most = usage->verb == FUNCTION_SINK ? 2 :
		   usage->verb == FUNCTION_REMOVE ? 1 : 0;

	if (n > most)
		return option_say_place(usage, words[most]);
	if (n < most)
		return say_usage("say which: %s", usage->synopsis);
	if (usage->verb == FUNCTION_SINK)
		return take_id_and_sink(words, o);
	if (usage->verb == FUNCTION_REMOVE)
		return take_id_or_all(words[0], &o->id);
	return EXIT_DONE;
}

/* ---- all together ---- */

static int check_spec(struct function_spec *spec)
{
	char list[128];

	if (!spec->driver)
		return say_usage("whose function? --driver is one of %s",
				 driver_list(list));
	if (spec->attachment == INTMGR_ATTACHMENTS)
		spec->attachment = driver_attachment(spec->driver);
	return option_check_attachment(spec->driver, spec->attachment);
}

int function_options_read(const struct usage *usage, int argc, char **argv,
			  struct function_options *o)
{
	int rest, code;

	*o = (struct function_options){
		.spec.attachment = INTMGR_ATTACHMENTS,	/* none yet */
	};
	code = option_table_read(&table, usage, argc, argv, o, &rest);
	if (!code)
		code = take_words(usage, argc - rest, argv + rest, o);
	if (!code && usage->verb == FUNCTION_ADD)
		code = check_spec(&o->spec);
	return code;
}
