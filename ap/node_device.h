/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * /dev/intmgr_node and its requests. What is not said otherwise returns 0 or
 * the kernel's -errno (kmod/uapi/intmgr_node.h); @fd is of the device.
 */
#ifndef AP_NODE_DEVICE_H
#define AP_NODE_DEVICE_H

#include "injector/port.h"
#include "kmod/uapi/intmgr_node.h"

/* Open the device: a file or -errno. */
int node_device(void);

/* The same; says why not. EXIT_DONE and *fd, or EXIT_CANNOT. */
int node_device_need(int *fd);

int node_ioc_start(int fd, struct intmgr_node_start *start);
int node_ioc_stop(int fd, u32 id);
int node_select(int fd, u32 id);

/* What START was given as the node's label; *len bytes, without a NUL. */
int node_label(int fd, u32 id, char label[INTMGR_NODE_LABEL], size_t *len);

/* Are cores and memory still a node's in @state? */
bool node_has_cores(u32 state);

#endif
