/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a node ended, in one line.
 */
#ifndef AP_ENDING_H
#define AP_ENDING_H

#include "kmod/uapi/intmgr_node.h"

#define ENDING_TEXT	300

/*
 * Ask for node @id, of whose end the caller has seen a sign. The watch of nodes
 * looks at the heartbeat by itself and may see it a little later: it is given
 * time. 0, or -errno.
 */
int ending_query(int node_fd, __u32 id, struct intmgr_node_query *query);

/* Its last words may be any bytes; what is written here can be shown. */
void ending_text(const struct intmgr_node_query *query, char text[ENDING_TEXT]);

#endif
