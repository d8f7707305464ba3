/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel that this process runs under.
 */
#ifndef AP_KERNEL_H
#define AP_KERNEL_H

#include "injector/port.h"

/* Its release, "" where that cannot be read. */
void kernel_release(char release[65]);

/* Since it was started. */
u64 kernel_uptime_ns(void);

/* What the processor calls itself, "" where that cannot be read. */
void kernel_cpu_model(char model[64]);

#endif
