// SPDX-License-Identifier: GPL-2.0-only
/*
 * A User-Mode Linux process is no OS node: whoever started it sees how it ends.
 */
#include "target/target.h"

struct intmgr_node_page *node_page;
struct node_range node_console, node_window, node_bar;

void node_tell(enum intmgr_node_progress progress)
{
}
