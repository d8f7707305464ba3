/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The depth of an interface's RX ring, by ethtool netlink.
 */
#ifndef AP_RING_H
#define AP_RING_H

#include "injector/port.h"

struct ring {
	u32 rx, rx_max;		/* descriptors */
};

/* Read interface @ifindex's. 0 or a libnl error (nl_geterror()). */
int ring_read(int ifindex, struct ring *ring);

/* Set it to @rx descriptors; the driver may round. 0 or a libnl error. */
int ring_set(int ifindex, u32 rx);

#endif
