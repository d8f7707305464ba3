/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The command line of "intmgr function": one table for all its subcommands.
 */
#ifndef AP_FUNCTION_OPTIONS_H
#define AP_FUNCTION_OPTIONS_H

#include "function_make.h"
#include "option_table.h"

#define FUNCTION_ADD	BIT(0)
#define FUNCTION_REMOVE	BIT(1)
#define FUNCTION_LIST	BIT(2)
#define FUNCTION_SINK	BIT(3)

struct function_options {
	struct function_spec spec;	/* of add; sink and peer of sink, too */
	u32 id;				/* the function that is meant; 0: all */
	bool json;
};

/*
 * Read the arguments of @usage->verb; argv[0] is its name. EXIT_DONE,
 * OPTIONS_HELP if the help was asked for and shown, or EXIT_USAGE after saying
 * what is wrong.
 */
int function_options_read(const struct usage *usage, int argc, char **argv,
			  struct function_options *options);

#endif
