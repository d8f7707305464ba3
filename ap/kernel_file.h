/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel of a node: the file, and the release it calls itself.
 */
#ifndef AP_KERNEL_FILE_H
#define AP_KERNEL_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct kernel_file {
	char path[256];
	char release[65];	/* of /lib/modules; the running kernel's where the image names none */
	char *data;
	size_t len;
};

/*
 * Read @path, or, if it is "", the first that there is of this release's
 * vmlinux in /boot and in the cache, and vmlinuz in /boot. Whether it is a
 * kernel that can be started is for intmgr_node.ko to say. EXIT_DONE, or
 * EXIT_CANNOT after saying why.
 */
int kernel_file_read(struct kernel_file *kernel, const char *path);
void kernel_file_free(struct kernel_file *kernel);

/* The release that the image in data[len] names. False: it names none. */
bool kernel_file_release(const char *data, size_t len, char release[65]);

#endif
