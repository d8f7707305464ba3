// SPDX-License-Identifier: GPL-2.0-only
#include "node_device.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "node.h"
#include "say.h"

static const char *const state_names[INTMGR_NODE_STATES] = {
	[INTMGR_NODE_STATE_NONE] = "none",
	[INTMGR_NODE_STATE_STOPPED] = "stopped",
	[INTMGR_NODE_STATE_BOOTING] = "booting",
	[INTMGR_NODE_STATE_UP] = "up",
	[INTMGR_NODE_STATE_HUNG] = "hung",
	[INTMGR_NODE_STATE_PANIC] = "panic",
	[INTMGR_NODE_STATE_REBOOT] = "reboot",
	[INTMGR_NODE_STATE_HALT] = "halt",
};

const char *node_state_name(u32 state)
{
	return state < ARRAY_SIZE(state_names) ? state_names[state] : "unknown";
}

bool node_has_cores(u32 state)
{
	return state != INTMGR_NODE_STATE_NONE &&
	       state != INTMGR_NODE_STATE_STOPPED;
}

static int call(int fd, unsigned long request, void *arg)
{
	return ioctl(fd, request, arg) ? -errno : 0;
}

int node_device(void)
{
	int fd = open(INTMGR_NODE_DEVICE, O_RDWR | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

int node_device_need(int *fd)
{
	*fd = node_device();
	switch (*fd) {
	case -ENOENT:
	case -ENODEV:
	case -ENXIO:
		return say_cannot("%s is not there: as root, insmod intmgr_node.ko and intmgr.ko",
				  INTMGR_NODE_DEVICE);
	case -EPERM:
	case -EACCES:
		return say_cannot("no permission for %s: run intmgr as root",
				  INTMGR_NODE_DEVICE);
	}
	if (*fd < 0)
		return say_cannot("cannot open %s: %s", INTMGR_NODE_DEVICE,
				  strerror(-*fd));
	return EXIT_DONE;
}

int node_query(int fd, u32 id, struct intmgr_node_query *query)
{
	*query = (struct intmgr_node_query){
		.size = sizeof(*query),
		.id = id,
	};
	return call(fd, INTMGR_NODE_IOC_QUERY, query);
}

int node_label(int fd, u32 id, char label[INTMGR_NODE_LABEL], size_t *len)
{
	struct intmgr_node_query query = {
		.size = sizeof(query),
		.id = id,
		.label = (uintptr_t)label,
		.label_len = INTMGR_NODE_LABEL,
	};
	int err = call(fd, INTMGR_NODE_IOC_QUERY, &query);

	if (!err && query.label_len > INTMGR_NODE_LABEL)
		err = -EOVERFLOW;
	*len = err ? 0 : query.label_len;
	return err;
}

int node_select(int fd, u32 id)
{
	struct intmgr_node_select select = { .size = sizeof(select), .id = id };

	return call(fd, INTMGR_NODE_IOC_SELECT, &select);
}

int node_ioc_start(int fd, struct intmgr_node_start *start)
{
	start->size = sizeof(*start);
	return call(fd, INTMGR_NODE_IOC_START, start);
}

int node_ioc_stop(int fd, u32 id)
{
	struct intmgr_node_stop stop = { .size = sizeof(stop), .id = id };

	return call(fd, INTMGR_NODE_IOC_STOP, &stop);
}
