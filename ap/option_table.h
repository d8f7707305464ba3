/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Command lines by a table: a row says what an option is called, who takes it
 * and what --help says of it. What it does is its own file's business.
 */
#ifndef AP_OPTION_TABLE_H
#define AP_OPTION_TABLE_H

#include "injector/port.h"

/* What a row begins with. */
struct option_head {
	const char *name;	/* "help" shows the help */
	const char *value;	/* what --help calls it; NULL: takes none */
	unsigned int verbs;	/* that take it, one bit each */
	const char *help;
};

struct option_table {
	const void *rows;	/* of any type that begins with an option_head */
	size_t count, stride;	/* bytes from row to row */
	int column;		/* where --help begins to explain */
	/*
	 * Take option @row; @text: its value, NULL where it takes none.
	 * EXIT_DONE, or EXIT_USAGE after saying what is wrong.
	 */
	int (*take)(void *into, size_t row, const char *text);
};

/* A verb, and what its --help says above the options. */
struct usage {
	unsigned int verb;	/* its bit */
	const char *group;	/* the word before its name; NULL: none */
	const char *name;
	const char *synopsis;
	const char *about;
};

#define OPTIONS_HELP	(-1)

/*
 * Let the table take the options of @usage->verb among argv[1] ... The other
 * words are moved to the end; *rest is where they begin. EXIT_DONE,
 * OPTIONS_HELP if the help was asked for and shown, or EXIT_USAGE after saying
 * what is wrong.
 */
int option_table_read(const struct option_table *table,
		      const struct usage *usage, int argc, char **argv,
		      void *into, int *rest);

/* Say that @word is one too many. EXIT_USAGE. */
int option_say_place(const struct usage *usage, const char *word);

#endif
