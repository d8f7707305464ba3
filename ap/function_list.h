/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The functions of this kernel, and how they are shown.
 */
#ifndef AP_FUNCTION_LIST_H
#define AP_FUNCTION_LIST_H

#include <stdio.h>

#include "function.h"
#include "injector/port.h"
#include "kmod/uapi/intmgr_target.h"

struct json_object;

#define FUNCTION_LIST_NONE \
	"no function: intmgr function add --driver e1000e"

struct function_entry {
	struct intmgr_function info;
	struct function sysfs;
};

struct function_list {
	u32 functions;
	struct function_entry entry[INTMGR_FUNCTIONS];
};

/* @fd of target_open(); -1: there is none. */
void function_list_read(struct function_list *list, int fd);

/* A table, a line each; what they should not have done is left out. */
void function_list_write(const struct function_list *list, FILE *out);

/* "e1000e": who drives it, as --driver calls them; "": nobody. */
const char *function_driver(const struct function_entry *entry);

/* One function as an object; an array of them. */
struct json_object *function_json(const struct function_entry *entry);
struct json_object *function_list_json(const struct function_list *list);

#endif
