/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a node's kernel wrote on its console, from a file of /dev/intmgr_node
 * that has the node selected. It is passed on as it is.
 */
#ifndef AP_CONSOLE_H
#define AP_CONSOLE_H

#include <stdio.h>

/* Write what there is and was not read yet. 0 or -errno. */
int console_copy(FILE *out, int fd);

/* Write the last @lines of it, each behind a bar. */
void console_end(FILE *out, int fd, unsigned int lines);

#endif
