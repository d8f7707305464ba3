/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * OS nodes: second kernels on cores and memory of their own (/dev/intmgr_node).
 */
#ifndef AP_NODE_H
#define AP_NODE_H

#include <stdio.h>

#include "injector/port.h"
#include "kmod/uapi/intmgr_node.h"

#define NODE_FILES	16	/* of --add */

/* How a node is started; also what its label keeps, for a restart. */
struct node_spec {
	u32 id;
	u32 cores, core[INTMGR_NODE_CORES];	/* cores 0: the lowest offline one that is free */
	u64 memory;			/* bytes, all */
	u64 pool;			/* of it for rings and buffers, bytes */
	char kernel[256];		/* file, "": found by the running kernel's release */
	char driver[32];		/* loaded when the node is up; "": none */
	u32 attachment;			/* enum intmgr_attachment, of the function */
	u32 sink;			/* enum intmgr_sink, of the function */
	char append[512];		/* more for its kernel's command line */
	char file[NODE_FILES][256];	/* to stand in its initramfs, at its path here */
	u32 files;
	u64 wait_ns;			/* it has to be up by then */
};

void node_spec_init(struct node_spec *spec);

/*
 * Each says what is wrong and what to do, and returns EXIT_DONE, EXIT_USAGE or
 * EXIT_CANNOT. start returns when the node's agent answers and its driver, if
 * any, is bound; a node that does not come so far is stopped again.
 */
int node_start(const struct node_spec *spec);
int node_stop(u32 id);
/* Stop it, if it runs, and start it again as it was started last. */
int node_restart(u32 id);

/* Open the device with node @id selected. EXIT_DONE and *fd, or EXIT_CANNOT. */
int node_open(u32 id, int *fd);

/* 0 or -errno; @fd of node_open(), or of the device alone. */
int node_query(int fd, u32 id, struct intmgr_node_query *query);

/* How node @id was started. EXIT_DONE, or EXIT_CANNOT after saying what is wrong. */
int node_read_spec(int fd, u32 id, struct node_spec *spec);

/* "up", "panic", ... */
const char *node_state_name(u32 state);

/* What ended node @id, and the end of its console, for a person. */
void node_report_end(FILE *out, u32 id);

#endif
