/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What can be seen to be missing before a node is started. The kernel has the
 * last word; these know more to say.
 */
#ifndef AP_NODE_CHECK_H
#define AP_NODE_CHECK_H

#include <stdbool.h>

#include "node.h"

/*
 * Can the node of @spec be started now, as far as one sees? Chooses a core
 * where none is named. @fd is of /dev/intmgr_node; @again: should the node run,
 * it is stopped first. EXIT_DONE, or EXIT_CANNOT after one sentence.
 */
int node_check(int fd, struct node_spec *spec, bool again);

/* Bytes of the window for @pool bytes of rings and buffers. */
u64 node_window_size(u64 pool);

/*
 * Do @kernel and @initramfs, in bytes of their files, leave room in the node's
 * memory? A compressed kernel needs more; that is the kernel's to find.
 */
int node_check_fit(const struct node_spec *spec, u64 kernel, u64 initramfs);

#endif
