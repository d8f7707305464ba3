/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a node was started, as text that the module keeps with it, so that it can
 * be started again by someone else: a line with the revision, then one setting
 * a line, its name and its value.
 */
#ifndef AP_NODE_LABEL_H
#define AP_NODE_LABEL_H

#include "node.h"

/* How many bytes of @label were written, no NUL; -E2BIG: they do not fit. */
int node_label_write(const struct node_spec *spec,
		     char label[INTMGR_NODE_LABEL]);

/* Read label[len], which may be anything. 0 or -EINVAL. */
int node_label_read(const char *label, size_t len, struct node_spec *spec);

#endif
