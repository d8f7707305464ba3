// SPDX-License-Identifier: GPL-2.0-only
#include "option_table.h"

#include <getopt.h>
#include <stdio.h>

#include "say.h"

#define MAX_ROWS	96

static const struct option_head *head_of(const struct option_table *table,
					 size_t row)
{
	return (const void *)((const char *)table->rows + row * table->stride);
}

static void show_help(const struct option_table *table,
		      const struct usage *usage)
{
	const struct option_head *head;
	char text[40];
	size_t i;

	printf("Usage: %s\n\n%s\n\nOptions, with what they are by default:\n",
	       usage->synopsis, usage->about);
	for (i = 0; i < table->count; i++) {
		head = head_of(table, i);
		if (!(head->verbs & usage->verb))
			continue;
		snprintf(text, sizeof(text), "--%s %s", head->name,
			 head->value ? head->value : "");
		printf("  %-*s %s\n", table->column, text, head->help);
	}
}

/* Fill @out, of MAX_ROWS + 1, with the verb's; val is 1 + the row's index. */
static void make_longopts(const struct option_table *table, unsigned int verb,
			  struct option *out)
{
	const struct option_head *head;
	size_t i;

	for (i = 0; i < table->count && i < MAX_ROWS; i++) {
		head = head_of(table, i);
		if (head->verbs & verb)
			*out++ = (struct option){
				.name = head->name,
				.has_arg = head->value ? required_argument :
							 no_argument,
				.val = 1 + i,
			};
	}
	*out = (struct option){ 0 };
}

static const char *group_of(const struct usage *usage)
{
	return usage->group ? usage->group : "";
}

static int say_unknown(const struct usage *usage, const char *word)
{
	if (word[0] == '-' && word[1] != '-')
		return say_usage("unknown option '-%c': see intmgr %s%s --help",
				 optopt, group_of(usage), usage->name);
	return say_usage("unknown option '%s': see intmgr %s%s --help", word,
			 group_of(usage), usage->name);
}

static int say_bad_option(const struct option_table *table,
			  const struct usage *usage, char **argv, int c)
{
	const char *word = argv[optind - 1];

	if (c == ':')
		return say_usage("%s needs a value", word);
	if (optopt > 0 && optopt <= (int)table->count)
		return say_usage("--%s takes no value",
				 head_of(table, optopt - 1)->name);
	return say_unknown(usage, word);
}

int option_table_read(const struct option_table *table,
		      const struct usage *usage, int argc, char **argv,
		      void *into, int *rest)
{
	struct option longopts[MAX_ROWS + 1];
	int c;

	make_longopts(table, usage->verb, longopts);
	opterr = 0;
	optind = 0;
	while ((c = getopt_long(argc, argv, ":", longopts, NULL)) != -1) {
		if (c == '?' || c == ':')
			return say_bad_option(table, usage, argv, c);
		if (!strcmp(head_of(table, c - 1)->name, "help")) {
			show_help(table, usage);
			return OPTIONS_HELP;
		}
		if (table->take(into, c - 1, optarg))
			return EXIT_USAGE;
	}
	*rest = optind;
	return EXIT_DONE;
}

int option_say_place(const struct usage *usage, const char *word)
{
	return say_usage("'%s' is out of place: see intmgr %s%s --help", word,
			 group_of(usage), usage->name);
}
