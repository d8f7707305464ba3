/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The options of "intmgr target": one table for all its subcommands.
 */
#ifndef AP_NODE_OPTIONS_H
#define AP_NODE_OPTIONS_H

#include <stdbool.h>

#include "node.h"
#include "option_table.h"

#define TARGET_START	BIT(0)
#define TARGET_STOP	BIT(1)
#define TARGET_RESTART	BIT(2)
#define TARGET_LIST	BIT(3)
#define TARGET_CONSOLE	BIT(4)
#define TARGET_EXEC	BIT(5)

struct node_options {
	struct node_spec spec;	/* spec.id: the node that is meant */
	u64 timeout_ns;
	bool follow, json;
	char **program;		/* what stands behind --, ends at NULL; NULL: none */
};

/*
 * Read the arguments of @usage->verb; argv[0] is its name. EXIT_DONE,
 * OPTIONS_HELP if the help was asked for and shown, or EXIT_USAGE after
 * saying what is wrong.
 */
int node_options_read(const struct usage *usage, int argc, char **argv,
		      struct node_options *options);

#endif
