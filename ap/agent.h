/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The agent: the program that is the first process of a node. It loads the
 * modules, sets the interface up and reads the socket, as it is asked to by the
 * mailbox in the window. This is its other end, in the support OS.
 */
#ifndef AP_AGENT_H
#define AP_AGENT_H

#include <stddef.h>

#include "device.h"

/*
 * Open @dev of node @node, which is booting or up: wait until its window is
 * there and its agent takes requests, and attach. EXIT_DONE, or EXIT_CANNOT
 * after saying why; @dev is then closed. The window stays mapped, and the node's
 * memory in use, until device_close().
 */
int agent_open(struct device *dev, u32 node, unsigned int timeout_ms);

/* Wait until the kernel of @dev, which was attached once, is up again. The same. */
int agent_wait(const struct device *dev, unsigned int timeout_ms);

/* The same for one that is starting, and attach to it. */
int agent_wait_first(const struct device *dev, unsigned int timeout_ms);

/* Is the kernel on the other side of @dev, which is attached, gone or hung? */
bool agent_is_dead(const struct device *dev);

/*
 * For the rest @dev is of agent_open(). Each returns 0, the exit code that the
 * agent gave after what it said was said here, or EXIT_CANNOT where it does not
 * answer.
 */

/* Load @driver and the modules it needs, and wait until it has bound. */
int agent_load(const struct device *dev, const char *driver);

/*
 * Run the program argv[0] in the node, at most @timeout_ms long; what it writes
 * goes to out[len], NUL-terminated, the end of it if it is too long. *code: its
 * exit code, 128 + signal, or -1 if it was ended for the time.
 */
int agent_exec(const struct device *dev, char *const *argv,
	       unsigned int timeout_ms, char *out, size_t len, int *code);

#endif
