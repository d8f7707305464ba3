/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a driver did that it should not have done, for people and programs.
 */
#ifndef AP_FAULT_LIST_H
#define AP_FAULT_LIST_H

#include <stdio.h>

#include "kmod/uapi/intmgr_target.h"

struct json_object;

/* A line each. */
void fault_list_write(FILE *out, const struct intmgr_function *function);

/* An array of objects. */
struct json_object *fault_list_json(const struct intmgr_function *function);

#endif
