/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A newc cpio archive in memory, as the kernel unpacks it for its first file
 * system (Documentation/driver-api/early-userspace/buffer-format.rst).
 */
#ifndef AP_CPIO_H
#define AP_CPIO_H

#include <stdbool.h>
#include <stddef.h>

#include "injector/port.h"

struct cpio {
	char *data;
	size_t len, room;
	u32 inodes;
	bool failed;		/* no memory; all that follows is left out */
};

/* A zeroed struct is an empty archive. Paths are absolute. */
void cpio_dir(struct cpio *archive, const char *path);
void cpio_file(struct cpio *archive, const char *path, u32 mode,
	       const void *data, size_t len);
void cpio_char_device(struct cpio *archive, const char *path, u32 mode,
		      u32 major, u32 minor);

/* Close the archive. 0 or -ENOMEM. */
int cpio_end(struct cpio *archive);
void cpio_free(struct cpio *archive);

#endif
