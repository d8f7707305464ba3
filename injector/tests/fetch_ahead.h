/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fetch_ahead() in whatever state a NIC is: nothing is noted, nothing given.
 * That it writes to no memory, the sanitizers and the rigs' guards say.
 */
#ifndef INTMGR_TESTS_FETCH_AHEAD_H
#define INTMGR_TESTS_FETCH_AHEAD_H

#include "nic.h"
#include "testing.h"

static inline void check_fetch_ahead(struct nic *nic, u32 queue, u32 len)
{
	struct nic_port before = *nic->port;

	nic->ops->fetch_ahead(nic, queue, len);
	assert_memory_equal(&before, nic->port, sizeof(before));
}

#endif
