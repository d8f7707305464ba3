/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The nodes that were started, for a person and for a program.
 */
#ifndef AP_NODE_LIST_H
#define AP_NODE_LIST_H

#include <stdio.h>

#include "injector/port.h"
#include "kmod/uapi/intmgr_node.h"

struct json_object;

struct node_list {
	u32 nodes;
	struct intmgr_node_query node[INTMGR_NODES];
};

/* Ask file @fd of /dev/intmgr_node; -1: there is no such device, so no node. */
void node_list_read(struct node_list *list, int fd);

/* The first node that is up; 0: none is. */
u32 node_list_up(const struct node_list *list);

/* A table; with no node, nothing. */
void node_list_write(const struct node_list *list, FILE *out);

/* An array, to put. */
struct json_object *node_list_json(const struct node_list *list);

#endif
