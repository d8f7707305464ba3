// SPDX-License-Identifier: GPL-2.0-only
#include "link.h"

#include <time.h>

#include <netlink/addr.h>
#include <netlink/netlink.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "stop.h"

static int take_link(struct nl_msg *msg, void *arg)
{
	const struct ifinfomsg *info = nlmsg_data(nlmsg_hdr(msg));
	struct nlattr *attr[IFLA_MAX + 1];
	struct link *link = arg;

	if (nlmsg_parse(nlmsg_hdr(msg), sizeof(*info), attr, IFLA_MAX, NULL))
		return NL_SKIP;
	link->up = info->ifi_flags & IFF_UP;
	link->carrier = info->ifi_flags & IFF_RUNNING;
	/* the driver knows of the cable up to a second before the stack */
	if (attr[IFLA_CARRIER])
		link->carrier &= nla_get_u8(attr[IFLA_CARRIER]);
	if (attr[IFLA_MTU])
		link->mtu = nla_get_u32(attr[IFLA_MTU]);
	if (attr[IFLA_MAX_MTU])
		link->max_mtu = nla_get_u32(attr[IFLA_MAX_MTU]);
	if (attr[IFLA_ADDRESS])
		nla_memcpy(link->mac, attr[IFLA_ADDRESS], sizeof(link->mac));
	return NL_OK;
}

/* libnl's struct rtnl_link knows no IFLA_MAX_MTU, so the message is read here. */
int link_read(struct link *link)
{
	struct ifinfomsg info = { .ifi_index = link->index };
	int err;

	err = nl_send_simple(link->sock, RTM_GETLINK, 0, &info, sizeof(info));
	if (err < 0)
		return err;
	err = nl_recvmsgs_default(link->sock);
	if (err < 0)
		return err;
	return nl_wait_for_ack(link->sock);
}

int link_open(struct link *link, const char *name)
{
	*link = (struct link){ .index = if_nametoindex(name) };
	if (!link->index)
		return -errno;
	snprintf(link->name, sizeof(link->name), "%s", name);
	link->sock = nl_socket_alloc();
	if (!link->sock)
		return -ENOMEM;
	if (nl_connect(link->sock, NETLINK_ROUTE) ||
	    nl_socket_modify_cb(link->sock, NL_CB_VALID, NL_CB_CUSTOM,
				take_link, link) ||
	    link_read(link)) {
		link_close(link);
		return -EIO;
	}
	return 0;
}

void link_close(struct link *link)
{
	nl_socket_free(link->sock);
	link->sock = NULL;
}

static int change(struct link *link, struct rtnl_link *want)
{
	struct rtnl_link *which = rtnl_link_alloc();
	int err = -NLE_NOMEM;

	if (which) {
		rtnl_link_set_ifindex(which, link->index);
		err = rtnl_link_change(link->sock, which, want, 0);
		rtnl_link_put(which);
	}
	rtnl_link_put(want);
	return err ? err : link_read(link);
}

int link_set_mtu(struct link *link, u32 mtu)
{
	struct rtnl_link *want = rtnl_link_alloc();

	if (!want)
		return -NLE_NOMEM;
	rtnl_link_set_mtu(want, mtu);
	return change(link, want);
}

int link_set_up(struct link *link, bool up)
{
	struct rtnl_link *want = rtnl_link_alloc();

	if (!want)
		return -NLE_NOMEM;
	if (up)
		rtnl_link_set_flags(want, IFF_UP);
	else
		rtnl_link_unset_flags(want, IFF_UP);
	return change(link, want);
}

int link_add_address(struct link *link, u32 address, int prefix)
{
	struct nl_addr *local = nl_addr_build(AF_INET, &address, sizeof(address));
	struct rtnl_addr *addr = rtnl_addr_alloc();
	int err = -NLE_NOMEM;

	if (!local || !addr)
		goto put;
	nl_addr_set_prefixlen(local, prefix);
	rtnl_addr_set_ifindex(addr, link->index);
	err = rtnl_addr_set_local(addr, local);
	if (!err)
		err = rtnl_addr_add(link->sock, addr, NLM_F_REPLACE);
put:
	rtnl_addr_put(addr);
	nl_addr_put(local);
	return err;
}

int link_wait_carrier(struct link *link, unsigned int timeout_ms)
{
	const struct timespec step = { .tv_nsec = 20000000 };
	unsigned int waited;
	int err;

	for (waited = 0; waited <= timeout_ms; waited += 20) {
		err = link_read(link);
		if (err)
			return err;
		if (link->carrier)
			return 0;
		if (stop_asked())
			return -EINTR;
		nanosleep(&step, NULL);
	}
	return -ETIMEDOUT;
}
