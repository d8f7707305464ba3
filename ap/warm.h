/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Under a hypervisor without nested paging, the first write to a page of a
 * kernel's memory takes longer than a shot: 10 us and more.
 */
#ifndef AP_WARM_H
#define AP_WARM_H

#include "injector/port.h"

/*
 * Have the kernel write to @bytes of its free memory, which it then takes again
 * first. As far as there is memory: nothing depends on it.
 */
void warm_memory(u64 bytes);

#endif
