/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is loaded, made, bound, set up and going on.
 */
#ifndef AP_STATUS_H
#define AP_STATUS_H

#include <stdio.h>

#include "channels.h"
#include "function_list.h"
#include "kmod/uapi/intmgr.h"
#include "link.h"
#include "node_list.h"
#include "ring.h"

struct json_object;

/* A function, and what the support side and the stack say of it. */
struct status_function {
	const struct function_entry *entry;	/* of status.functions */
	bool attached;			/* @query is known */
	struct intmgr_query query;
	bool linked;			/* the next three are known */
	struct link link;
	struct ring ring;
	struct channels channels;
};

struct status {
	bool support, target, node;	/* modules */
	struct function_list functions;
	struct status_function function[INTMGR_FUNCTIONS];
	struct node_list nodes;
};

/*
 * Look at everything. EXIT_DONE, or EXIT_CANNOT after saying what would keep a
 * run from starting; *status is whole in any case.
 */
int status_read(struct status *status);

/* status_text.c, status_json.c */
void status_write(const struct status *status, FILE *out);
struct json_object *status_json(const struct status *status);

/* "control", "msix3", or the function's "intx". */
const char *status_doorbell_name(const struct status_function *f, u32 i,
				 char text[16]);
const char *status_mac(const struct link *link, char text[18]);

#endif
