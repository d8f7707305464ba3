/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef AP_MONOTONIC_H
#define AP_MONOTONIC_H

#include <time.h>

#include "injector/port.h"

/* ns on CLOCK_MONOTONIC. */
static inline u64 monotonic_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ULL + t.tv_nsec;
}

static inline u64 monotonic_ms(void)
{
	return monotonic_ns() / 1000000;
}

#endif
