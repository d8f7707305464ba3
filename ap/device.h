/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What fires the shots, and the window that they are fired at.
 *
 *	kernel	/dev/intmgr, and the memory of /dev/intmgr_target
 *	node	/dev/intmgr, and the memory of /dev/intmgr_node
 *	uml	this program, and a file that a User-Mode Linux process has, too
 */
#ifndef AP_DEVICE_H
#define AP_DEVICE_H

#include "injector/port.h"
#include "kmod/uapi/intmgr.h"
#include "kmod/window.h"
#include "standing.h"

struct device_ops;
struct uml;

struct device {
	const struct device_ops *ops;	/* NULL: it is not open */
	char name[32];			/* of the kernel on the other side, "node 1" */
	int fd;				/* -1: none */
	u32 node;			/* 0: it is no node */
	int node_fd;			/* meaningful if node is not 0 */
	struct uml *uml;		/* NULL: it is no User-Mode Linux */
	struct intmgr_window *window;	/* NULL: not mapped */
	size_t size;			/* of the window, bytes */
};

/* The first six return 0 or -errno as kmod/uapi/intmgr.h has it. */
struct device_ops {
	int (*attach)(const struct device *dev);
	int (*query)(const struct device *dev, struct intmgr_query *query);
	int (*run)(const struct device *dev, struct intmgr_run *run);
	int (*stats)(const struct device *dev, struct intmgr_stats *stats);
	int (*records)(const struct device *dev, struct intmgr_record *buffer,
		       __u32 capacity, __u32 *count);
	int (*wake_agent)(const struct device *dev);
	/* What those have that this command runs; NULL: a kernel does. */
	void (*standings)(const struct device *dev, struct standings *s);
	void (*close)(struct device *dev);
	bool fires_here;	/* in this program: no kernel tells of its runs */

	/* Of another kernel: it has ended, or cannot come up any more. */
	bool (*ended)(const struct device *dev);
	/* Say how it ended and what to do; EXIT_CANNOT. */
	int (*say_end)(const struct device *dev);
	/* What to do about an agent that does not answer, for a sentence. */
	const char *(*advice)(const struct device *dev, char text[64]);
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

static inline int device_attach(const struct device *dev)
{
	return dev->ops->attach(dev);
}

static inline int device_query(const struct device *dev,
			       struct intmgr_query *query)
{
	return dev->ops->query(dev, query);
}

static inline int device_run(const struct device *dev, struct intmgr_run *run)
{
	return dev->ops->run(dev, run);
}

static inline int device_stats(const struct device *dev,
			       struct intmgr_stats *stats)
{
	return dev->ops->stats(dev, stats);
}

static inline int device_records(const struct device *dev,
				 struct intmgr_record *buffer, __u32 capacity,
				 __u32 *count)
{
	return dev->ops->records(dev, buffer, capacity, count);
}

static inline int device_wake_agent(const struct device *dev)
{
	return dev->ops->wake_agent(dev);
}

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
