/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Settings of an interface by ethtool netlink: one request, one reply.
 */
#ifndef AP_ETHTOOL_H
#define AP_ETHTOOL_H

#include "injector/port.h"

struct nlattr;

#define ETHTOOL_ATTRIBUTES	32	/* that a reply is looked through for */

/*
 * Send request @command (ETHTOOL_MSG_*_GET), whose header is attribute @header,
 * for interface @ifindex; attr[] of the reply goes to @take. 0 or a libnl error
 * (nl_geterror()).
 */
int ethtool_get(int ifindex, u8 command, u16 header,
		void (*take)(struct nlattr *const *attr, void *arg), void *arg);

/* The same with ETHTOOL_MSG_*_SET, and one number to set. */
int ethtool_set(int ifindex, u8 command, u16 header, u16 attribute, u32 value);

#endif
