/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The number of an interface's queues, by ethtool netlink: a combined channel is
 * an RX and a TX queue with one interrupt.
 */
#ifndef AP_CHANNELS_H
#define AP_CHANNELS_H

#include "injector/port.h"

struct channels {
	u32 now, most;
};

/*
 * Read interface @ifindex's; a driver that has no such setting has one queue. 0
 * or a libnl error (nl_geterror()).
 */
int channels_read(int ifindex, struct channels *channels);

/* Set it to @combined. 0 or a libnl error. */
int channels_set(int ifindex, u32 combined);

#endif
