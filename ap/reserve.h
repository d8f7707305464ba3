/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory for nodes is kept from the support OS by its command line. This finds
 * a place for it in this machine's memory.
 */
#ifndef AP_RESERVE_H
#define AP_RESERVE_H

#include "injector/port.h"

/*
 * A place for @bytes in the RAM of @iomem, a text as /proc/iomem: 2 MiB
 * aligned, below 4 GiB (as far as a node's first page tables reach), holding
 * nothing of the kernel's. 0: there is none.
 */
u64 reserve_find(const char *iomem, u64 bytes);

/*
 * Words for the support OS's command line: @bytes at @base, the page that
 * cores start from, and what else keeps two kernels apart on @cpus CPUs.
 */
void reserve_words(char words[160], u64 base, u64 bytes, u32 cpus);

/*
 * Say that @why, and what to boot this machine with, so that @bytes are
 * reserved for nodes. EXIT_CANNOT.
 */
int reserve_say(const char *why, u64 bytes);

#endif
