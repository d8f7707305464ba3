/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The driver's network interface, by route netlink.
 */
#ifndef AP_LINK_H
#define AP_LINK_H

#include <net/if.h>

#include "injector/port.h"

struct nl_sock;

struct link {
	struct nl_sock *sock;
	char name[IFNAMSIZ];
	int index;
	/* as of the last link_read() */
	u8 mac[6];
	u32 mtu;
	u32 max_mtu;		/* the driver's; 0: it names none */
	bool up, carrier;
};

/* Find interface @name. 0 or -errno; link_close() is safe after a failure. */
int link_open(struct link *link, const char *name);
void link_close(struct link *link);

/* Read what can change. 0 or a libnl error (nl_geterror()). */
int link_read(struct link *link);

/* The next three return 0 or a libnl error, and update what they set. */
int link_set_mtu(struct link *link, u32 mtu);
int link_set_up(struct link *link, bool up);

/* Give it @address/@prefix; there already is fine. @address: network order. */
int link_add_address(struct link *link, u32 address, int prefix);

/* Wait until the carrier is there. 0, -ETIMEDOUT, -EINTR, or a libnl error. */
int link_wait_carrier(struct link *link, unsigned int timeout_ms);

#endif
