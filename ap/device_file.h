/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef AP_DEVICE_FILE_H
#define AP_DEVICE_FILE_H

#define DEVICE_LOAD_ORDER \
	"as root, insmod intmgr_target.ko and intmgr.ko (or modprobe them)"

/*
 * Open a device file. Says why not, and @what_to_do where it is not there;
 * EXIT_DONE or EXIT_CANNOT.
 */
int device_file_open(const char *path, const char *what_to_do, int *fd);

#endif
