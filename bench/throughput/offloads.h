/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_OFFLOADS_H
#define BENCH_OFFLOADS_H

#include <stdbool.h>

/*
 * Have the stack do what a NIC could do for it: no checksums, segmentation or
 * merging of interface @name, in either direction. False: errno says why not.
 */
bool offloads_off(const char *name);

#endif
