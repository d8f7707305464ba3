// SPDX-License-Identifier: GPL-2.0-only
#include "channels.h"

#include <netlink/errno.h>
#include <netlink/attr.h>

#include <linux/ethtool_netlink.h>

#include "ethtool.h"

static void take(struct nlattr *const *attr, void *arg)
{
	struct channels *channels = arg;

	if (attr[ETHTOOL_A_CHANNELS_COMBINED_COUNT])
		channels->now =
			nla_get_u32(attr[ETHTOOL_A_CHANNELS_COMBINED_COUNT]);
	if (attr[ETHTOOL_A_CHANNELS_COMBINED_MAX])
		channels->most =
			nla_get_u32(attr[ETHTOOL_A_CHANNELS_COMBINED_MAX]);
}

int channels_read(int ifindex, struct channels *channels)
{
	int err;

	*channels = (struct channels){ 1, 1 };
	err = ethtool_get(ifindex, ETHTOOL_MSG_CHANNELS_GET,
			  ETHTOOL_A_CHANNELS_HEADER, take, channels);
	return err == -NLE_OPNOTSUPP ? 0 : err;
}

int channels_set(int ifindex, u32 combined)
{
	return ethtool_set(ifindex, ETHTOOL_MSG_CHANNELS_SET,
			   ETHTOOL_A_CHANNELS_HEADER,
			   ETHTOOL_A_CHANNELS_COMBINED_COUNT, combined);
}
