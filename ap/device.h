/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The device file that runs, /dev/intmgr, and the one whose memory is the
 * window: /dev/intmgr_target, or for a node /dev/intmgr_node.
 */
#ifndef AP_DEVICE_H
#define AP_DEVICE_H

#include "injector/port.h"
#include "kmod/uapi/intmgr.h"
#include "kmod/window.h"

struct device {
	int fd;
	u32 node;			/* 0: the window is of this kernel */
	int node_fd;			/* meaningful if node is not 0 */
	struct intmgr_window *window;	/* NULL: not mapped */
	size_t size;			/* of the window, bytes */
};

/*
 * Open the file that runs; then map the window of a function of this kernel.
 * open_node() does both for a node. Each says why not; EXIT_DONE or EXIT_CANNOT.
 * device_close() is safe on a device with fd -1 or that failed to open.
 *
 * A node's window is any memory until device_attach() was successful. It is the
 * same memory when the node was started again as it had been.
 */
int device_open(struct device *dev);
int device_bind(struct device *dev, u32 function);
int device_open_node(struct device *dev, u32 node);
void device_close(struct device *dev);

/* These return 0 or the kernel's -errno (kmod/uapi/intmgr.h). */
int device_attach(const struct device *dev);
int device_query(const struct device *dev, struct intmgr_query *query);
int device_run(const struct device *dev, struct intmgr_run *run);
int device_stats(const struct device *dev, struct intmgr_stats *stats);
int device_records(const struct device *dev, struct intmgr_record *buffer,
		   __u32 capacity, __u32 *count);
int device_wake_agent(const struct device *dev);

/* What an errno of ATTACH or RUN means and what to do about it. */
const char *device_error_text(int err);

/* ---- device_window.c ---- */

/*
 * Map the window that @fd, of INTMGR_TARGET_DEVICE, gives, or @size bytes of
 * what @fd gives. Say why not.
 */
int device_map(struct device *dev, int fd);
int device_map_size(struct device *dev, int fd, size_t size);
void device_unmap(struct device *dev);

/* Do the areas that programs cannot do without lie in the window? */
bool device_areas_fit(const struct device *dev);

struct intmgr_slot *device_slots(const struct device *dev);

/* The agent's area, NULL where the window has none of @least bytes. */
void *device_agent_area(const struct device *dev, size_t least);

#endif
