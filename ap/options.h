/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One table of options for all verbs.
 */
#ifndef AP_OPTIONS_H
#define AP_OPTIONS_H

#include "option_table.h"
#include "plan.h"

#define VERB_RUN	BIT(0)
#define VERB_SWEEP	BIT(1)
#define VERB_STATUS	BIT(2)
#define VERB_REPLAY	BIT(3)
#define VERB_EXPLORE	BIT(4)

/*
 * Read the options of @usage->verb into @plan. EXIT_DONE, OPTIONS_HELP if the
 * help was asked for and shown, or EXIT_USAGE after saying what is wrong.
 */
int options_read(const struct usage *usage, int argc, char **argv,
		 struct plan *plan);

/* The same for a verb that takes other words, too: argv[*rest] ... */
int options_read_rest(const struct usage *usage, int argc, char **argv,
		      struct plan *plan, int *rest);

#endif
