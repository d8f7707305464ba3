/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A function's window, for programs of the tests.
 */
#ifndef TESTS_FUNCTION_H
#define TESTS_FUNCTION_H

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "intmgr.h"
#include "intmgr_target.h"
#include "window.h"

/* The target's device, for function @id. -1: errno says why. */
static inline int function_open(uint32_t id, int flags)
{
	struct intmgr_bind bind = { .size = sizeof(bind), .id = id };
	int fd = open(INTMGR_TARGET_DEVICE, flags | O_CLOEXEC);

	if (fd >= 0 && ioctl(fd, INTMGR_TARGET_IOC_BIND, &bind)) {
		close(fd);
		return -1;
	}
	return fd;
}

/* All of the window that @fd is for, NULL: errno says why. */
static inline struct intmgr_window *function_map(int fd)
{
	struct intmgr_window *front, *whole;
	size_t size;

	front = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	if (front == MAP_FAILED)
		return NULL;
	size = front->size;
	munmap(front, 4096);
	whole = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	return whole == MAP_FAILED ? NULL : whole;
}

/* Have the support side's @device use it; 0 or -1. */
static inline int function_attach(int device, const struct intmgr_window *w)
{
	struct intmgr_attach attach = {
		.size = sizeof(attach), .addr = (uintptr_t)w, .length = w->size,
	};

	return ioctl(device, INTMGR_IOC_ATTACH, &attach);
}

#endif
