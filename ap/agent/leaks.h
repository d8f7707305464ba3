/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory that nothing points to any more, as a kernel with CONFIG_DEBUG_KMEMLEAK
 * finds it.
 */
#ifndef AP_AGENT_LEAKS_H
#define AP_AGENT_LEAKS_H

/* Look for it, and write what is found to the kernel's log. */
void leaks_look(void);

#endif
