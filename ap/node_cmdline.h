/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The command line of a node's kernel, as far as it is not intmgr_node.ko's.
 */
#ifndef AP_NODE_CMDLINE_H
#define AP_NODE_CMDLINE_H

#include <stdbool.h>

#include "node.h"

/*
 * Take over from @running, this kernel's command line, what shapes timing, so
 * that both run at the same speed; then come @function, of
 * node_function_word(), and @append. 0, or -E2BIG.
 */
int node_cmdline(const char *running, const char *function, const char *append,
		 char out[INTMGR_NODE_CMDLINE]);

/*
 * What its agent makes: intmgr_function=MODEL,ATTACHMENT,SINK. A driver that is not
 * in the table gets the usual one's NIC.
 */
#define NODE_FUNCTION_WORD	"intmgr_function"

void node_function_word(const struct node_spec *spec, char word[64]);

/* Has the command line @line the word @word? */
bool node_cmdline_has(const char *line, const char *word);

#endif
