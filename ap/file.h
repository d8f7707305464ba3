/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whole files.
 */
#ifndef AP_FILE_H
#define AP_FILE_H

#include <stddef.h>

/*
 * Read a regular file whole into *data, to free(); one NUL follows the @len
 * bytes. 0 or -errno.
 */
int file_read(const char *path, char **data, size_t *len);

/*
 * Read the front of a file of /proc or /sys, NUL-terminated; one newline at
 * its end is left out. 0 or -errno.
 */
int file_read_text(const char *path, char *text, size_t size);

#endif
