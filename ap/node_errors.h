/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A sentence for each errno of /dev/intmgr_node (kmod/uapi/intmgr_node.h). All
 * return EXIT_CANNOT.
 */
#ifndef AP_NODE_ERRORS_H
#define AP_NODE_ERRORS_H

#include "node.h"

/* Say what @err of a request about node @id means. */
int node_say_error(u32 id, int err);

/* Say what @err of START means for @spec and the kernel @path. */
int node_say_start_error(const struct node_spec *spec, const char *path,
			 int err);

/* Say that this kernel is locked down. */
int node_say_locked_down(void);

#endif
