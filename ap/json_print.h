/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef AP_JSON_PRINT_H
#define AP_JSON_PRINT_H

struct json_object;

/* Print @o on stdout for people and programs, and put it. */
void json_print(struct json_object *o);

#endif
