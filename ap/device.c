// SPDX-License-Identifier: GPL-2.0-only
#include "device.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "device_file.h"
#include "ending.h"
#include "node.h"
#include "say.h"
#include "target_device.h"

static int map_node(struct device *dev)
{
	struct intmgr_node_query query;
	int err = node_query(dev->node_fd, dev->node, &query);

	if (err)
		return say_cannot("cannot ask for node %u: %s", dev->node,
				  strerror(-err));
	if (!query.window_size)
		return say_cannot("node %u has no window: it is not running, intmgr target start %u starts it",
				  dev->node, dev->node);
	return device_map_size(dev, dev->node_fd, query.window_size);
}

static const struct device_ops file_ops;

int device_open(struct device *dev)
{
	*dev = (struct device){ .ops = &file_ops, .fd = -1 };
	return device_file_open(INTMGR_DEVICE, DEVICE_LOAD_ORDER, &dev->fd);
}

int device_bind(struct device *dev, u32 function)
{
	int fd, code, err;

	code = target_open(&fd);
	if (code)
		return code;
	err = target_bind(fd, function);
	code = err ? target_say_error(function, err) : device_map(dev, fd);
	close(fd);
	return code;
}

int device_open_node(struct device *dev, u32 node)
{
	int code;

	*dev = (struct device){ .ops = &file_ops, .fd = -1 };
	code = device_file_open(INTMGR_DEVICE, "as root, insmod intmgr.ko",
				&dev->fd);
	if (code)
		return code;
	code = node_open(node, &dev->node_fd);
	if (code)
		goto close;
	dev->node = node;
	snprintf(dev->name, sizeof(dev->name), "node %u", node);
	code = map_node(dev);
	if (code)
		goto close;
	return EXIT_DONE;
close:
	device_close(dev);
	return code;
}

void device_close(struct device *dev)
{
	device_unmap(dev);
	if (dev->ops)
		dev->ops->close(dev);
	*dev = (struct device){ .fd = -1 };
}

static void file_close(struct device *dev)
{
	if (dev->node)
		close(dev->node_fd);
	if (dev->fd >= 0)
		close(dev->fd);
}

static int call(const struct device *dev, unsigned long request, void *arg)
{
	return ioctl(dev->fd, request, arg) ? -errno : 0;
}

static int add_cores(const struct device *dev, struct intmgr_attach *attach)
{
	struct intmgr_node_query query;
	int err = node_query(dev->node_fd, dev->node, &query);
	u32 i;

	if (err)
		return err;
	attach->cores = min(query.cores, (u32)INTMGR_NODE_CORES);
	for (i = 0; i < attach->cores; i++)
		attach->apic_id[i] = query.apic_id[i];
	return 0;
}

static int file_attach(const struct device *dev)
{
	struct intmgr_attach attach = {
		.size = sizeof(attach),
		.addr = (uintptr_t)dev->window,
		.length = dev->size,
	};
	int err = dev->node ? add_cores(dev, &attach) : 0;

	if (!err)
		err = call(dev, INTMGR_IOC_ATTACH, &attach);
	if (!err && !device_areas_fit(dev))
		err = -EPROTO;
	return err;
}

static int file_query(const struct device *dev, struct intmgr_query *query)
{
	*query = (struct intmgr_query){ .size = sizeof(*query) };
	return call(dev, INTMGR_IOC_QUERY, query);
}

static int file_run(const struct device *dev, struct intmgr_run *run)
{
	run->size = sizeof(*run);
	return call(dev, INTMGR_IOC_RUN, run);
}

static int file_stats(const struct device *dev, struct intmgr_stats *stats)
{
	*stats = (struct intmgr_stats){ .size = sizeof(*stats) };
	return call(dev, INTMGR_IOC_STATS, stats);
}

static int file_records(const struct device *dev, struct intmgr_record *buffer,
			__u32 capacity, __u32 *count)
{
	struct intmgr_records records = {
		.size = sizeof(records),
		.buffer = (uintptr_t)buffer,
		.capacity = capacity,
	};
	int err = call(dev, INTMGR_IOC_RECORDS, &records);

	*count = err ? 0 : records.count;
	return err;
}

static int file_wake_agent(const struct device *dev)
{
	struct intmgr_agent agent = { .size = sizeof(agent) };

	return call(dev, INTMGR_IOC_AGENT, &agent);
}

/* It cannot come up any more. */
static bool node_ended(const struct device *dev)
{
	struct intmgr_node_query query;

	return node_query(dev->node_fd, dev->node, &query) ||
	       (query.state != INTMGR_NODE_STATE_BOOTING &&
		query.state != INTMGR_NODE_STATE_UP);
}

static int node_say_end(const struct device *dev)
{
	struct intmgr_node_query query;
	char how[ENDING_TEXT];

	if (ending_query(dev->node_fd, dev->node, &query))
		return say_cannot("the target is gone");
	ending_text(&query, how);
	return say_cannot("node %u is not up (%s): intmgr target restart %u starts it again",
			  dev->node, how, dev->node);
}

static const char *node_advice(const struct device *dev, char text[64])
{
	snprintf(text, 64, "intmgr target console %u shows why", dev->node);
	return text;
}

static const struct device_ops file_ops = {
	.attach = file_attach,
	.query = file_query,
	.run = file_run,
	.stats = file_stats,
	.records = file_records,
	.wake_agent = file_wake_agent,
	.close = file_close,
	.ended = node_ended,
	.say_end = node_say_end,
	.advice = node_advice,
};

const char *device_error_text(int err)
{
	switch (-err) {
	case EPERM:
		return "no permission: run intmgr as root";
	case EOPNOTSUPP:
		return "the driver has not set up as many RX queues as --queues asks for, or its NIC cannot be made to use them all: take fewer";
	case EINVAL:
	case E2BIG:
	case ENOTTY:
		return "intmgr.ko does not take this command's request: load modules and command of one build";
	case ENOTCONN:
		return "no window is attached: is intmgr_target.ko still loaded?";
	case EBUSY:
		return "another run is going on: end it first";
	case EPROTO:
		return "the window is not of this revision: load modules and command of one build";
	case EADDRINUSE:
		return "a core of the node is online in this kernel: stop the node, and take the core offline before it is started again";
	case EBADFD:
		return "the run cannot be continued: intmgr.ko has no run that this one goes on with";
	case ENODEV:
		return "the function is gone, or its kernel hangs: intmgr status shows what is left, dmesg why";
	case ENETDOWN:
		return "the driver has not set its receiver up: set the interface up, and see dmesg for the driver's reason";
	case ENXIO:
		return "no driver has asked for the interrupt: intmgr status shows whether one is bound and its interface up";
	case EMSGSIZE:
		return "the frame is larger than the driver's receive buffers: take a smaller --size or a larger --mtu";
	case EBADMSG:
		return "intmgr.ko refused the frame: load modules and command of one build";
	case EDEADLK:
		return "the pacing CPU is the CPU that takes the interrupts: give --cpu and --target-cpu two different ones";
	case EHOSTDOWN:
		return "a CPU is offline or does not exist: choose --cpu and --target-cpu from /sys/devices/system/cpu/online, for a node --target-cpu from its own, 0 being the first";
	case EIO:
		return "the target refused an order: see dmesg";
	case ETIMEDOUT:
		return "the target did not obey in time: is its CPU stuck? see dmesg";
	case EINTR:
		return "stopped";
	default:
		return strerror(-err);
	}
}
