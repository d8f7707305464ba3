// SPDX-License-Identifier: GPL-2.0-only
#include "ring.h"

#include <netlink/attr.h>

#include <linux/ethtool_netlink.h>

#include "ethtool.h"

static void take(struct nlattr *const *attr, void *arg)
{
	struct ring *ring = arg;

	if (attr[ETHTOOL_A_RINGS_RX])
		ring->rx = nla_get_u32(attr[ETHTOOL_A_RINGS_RX]);
	if (attr[ETHTOOL_A_RINGS_RX_MAX])
		ring->rx_max = nla_get_u32(attr[ETHTOOL_A_RINGS_RX_MAX]);
}

int ring_read(int ifindex, struct ring *ring)
{
	*ring = (struct ring){ 0 };
	return ethtool_get(ifindex, ETHTOOL_MSG_RINGS_GET,
			   ETHTOOL_A_RINGS_HEADER, take, ring);
}

int ring_set(int ifindex, u32 rx)
{
	return ethtool_set(ifindex, ETHTOOL_MSG_RINGS_SET,
			   ETHTOOL_A_RINGS_HEADER, ETHTOOL_A_RINGS_RX, rx);
}
