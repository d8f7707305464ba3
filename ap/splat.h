/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a kernel says on its console when something is wrong with it.
 */
#ifndef AP_SPLAT_H
#define AP_SPLAT_H

#include <stdbool.h>
#include <stddef.h>

/* The first such line in the file @path; false: there is none. */
bool splat_find(const char *path, char *line, size_t size);

#endif
