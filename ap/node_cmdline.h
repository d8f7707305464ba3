/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The command line of a node's kernel, as far as it is not intmgr_node.ko's.
 */
#ifndef AP_NODE_CMDLINE_H
#define AP_NODE_CMDLINE_H

#include <stdbool.h>

#include "kmod/uapi/intmgr_node.h"

/*
 * Take over from @running, this kernel's command line, what shapes timing, so
 * that both run at the same speed; then comes @append. 0, or -E2BIG.
 */
int node_cmdline(const char *running, const char *append,
		 char out[INTMGR_NODE_CMDLINE]);

/* Has the command line @line the word @word? */
bool node_cmdline_has(const char *line, const char *word);

#endif
