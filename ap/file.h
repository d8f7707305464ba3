/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whole files.
 */
#ifndef AP_FILE_H
#define AP_FILE_H

#include <stddef.h>

/*
 * Map a regular file whole, to read: no copy is made, and who cuts the file
 * short meanwhile ends this program. 0, or -errno: -EINVAL: it is no file.
 */
int file_map(const char *path, char **data, size_t *len);
void file_unmap(char *data, size_t len);

/*
 * Read the front of a file of /proc or /sys, NUL-terminated; one newline at
 * its end is left out. 0 or -errno.
 */
int file_read_text(const char *path, char *text, size_t size);

/* All of @data to an open file. 0 or -errno. */
int file_write(int fd, const char *data, size_t len);

#endif
