/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A number for the binaries that took part in a run: with others, its log may
 * be another one.
 */
#ifndef AP_IDENTITY_H
#define AP_IDENTITY_H

#include "injector/port.h"

/*
 * That of what @identity (at first 0) is of and @data: FNV-1a (Fowler, Noll, Vo)
 * over words of 8 bytes, and then over the bytes that are left.
 */
u64 identity_add(u64 identity, const void *data, size_t len);

/* The same with a file. 0 or -errno. */
int identity_add_file(u64 *identity, const char *path);

#endif
