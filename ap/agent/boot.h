/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the first process of a kernel has to do before anything else.
 */
#ifndef AP_AGENT_BOOT_H
#define AP_AGENT_BOOT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Mount /proc, /sys and /dev, and let stderr be the kernel's log, which is the
 * node's console. EXIT_DONE or EXIT_CANNOT.
 */
int boot_mount(void);

/*
 * Half of the memory may be frames that wait in sockets, where the usual is a
 * tenth: this kernel has nothing else to do. If it refuses, it stays as it is.
 */
void boot_let_frames_wait(void);

/*
 * Do what reboot, halt and poweroff ask of the first process by a signal, as
 * BusyBox's do: SIGTERM, SIGUSR1, SIGUSR2.
 */
void boot_obey_signals(void);

/* The value of NAME=... on the kernel's command line; false: it is not there. */
bool boot_setting(const char *name, char *value, size_t size);

#endif
