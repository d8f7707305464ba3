/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Register accesses to try the trap on, as compiled in one way. Pointers to all
 * ways that are linked together stand in section "ways".
 */
#ifndef INTMGR_ACCESSES_H
#define INTMGR_ACCESSES_H

#include "port.h"

#define ACCESSES_SPACE	(64 * 1024)	/* bytes at bar and at ram, each */
#define ACCESSES_MAX	64

struct access {
	const char *name;	/* NULL: the end */
	u64 (*run)(volatile u8 *bar, u8 *ram, u64 a, u64 b);
};

struct accesses {
	const char *way;
	struct access access[ACCESSES_MAX];
};

#endif
