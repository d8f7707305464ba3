// SPDX-License-Identifier: GPL-2.0-only
#include "ring.h"

#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include <linux/ethtool_netlink.h>

static int put_header(struct nl_msg *msg, int ifindex)
{
	struct nlattr *nest = nla_nest_start(msg, ETHTOOL_A_RINGS_HEADER |
						  NLA_F_NESTED);

	if (!nest)
		return -NLE_NOMEM;
	if (nla_put_u32(msg, ETHTOOL_A_HEADER_DEV_INDEX, ifindex))
		return -NLE_NOMEM;
	nla_nest_end(msg, nest);
	return 0;
}

static struct nl_msg *message(struct nl_sock *sock, u8 command, int ifindex)
{
	int family = genl_ctrl_resolve(sock, ETHTOOL_GENL_NAME);
	struct nl_msg *msg;

	if (family < 0)
		return NULL;
	msg = nlmsg_alloc();
	if (!msg)
		return NULL;
	if (!genlmsg_put(msg, NL_AUTO_PORT, NL_AUTO_SEQ, family, 0, 0, command,
			 ETHTOOL_GENL_VERSION) ||
	    put_header(msg, ifindex)) {
		nlmsg_free(msg);
		return NULL;
	}
	return msg;
}

static struct nl_sock *connect_genl(void)
{
	struct nl_sock *sock = nl_socket_alloc();

	if (sock && genl_connect(sock)) {
		nl_socket_free(sock);
		return NULL;
	}
	return sock;
}

static int take_rings(struct nl_msg *msg, void *arg)
{
	struct nlattr *attr[ETHTOOL_A_RINGS_MAX + 1];
	struct ring *ring = arg;

	if (genlmsg_parse(nlmsg_hdr(msg), 0, attr, ETHTOOL_A_RINGS_MAX, NULL))
		return NL_SKIP;
	if (attr[ETHTOOL_A_RINGS_RX])
		ring->rx = nla_get_u32(attr[ETHTOOL_A_RINGS_RX]);
	if (attr[ETHTOOL_A_RINGS_RX_MAX])
		ring->rx_max = nla_get_u32(attr[ETHTOOL_A_RINGS_RX_MAX]);
	return NL_OK;
}

int ring_read(int ifindex, struct ring *ring)
{
	struct nl_sock *sock = connect_genl();
	struct nl_msg *msg;
	int err = -NLE_NOMEM;

	*ring = (struct ring){ 0 };
	if (!sock)
		return err;
	msg = message(sock, ETHTOOL_MSG_RINGS_GET, ifindex);
	if (!msg) {
		err = -NLE_OPNOTSUPP;
		goto free;
	}
	nl_socket_modify_cb(sock, NL_CB_VALID, NL_CB_CUSTOM, take_rings, ring);
	err = nl_send_sync(sock, msg);
free:
	nl_socket_free(sock);
	return err;
}

int ring_set(int ifindex, u32 rx)
{
	struct nl_sock *sock = connect_genl();
	struct nl_msg *msg;
	int err = -NLE_OPNOTSUPP;

	if (!sock)
		return -NLE_NOMEM;
	msg = message(sock, ETHTOOL_MSG_RINGS_SET, ifindex);
	if (!msg)
		goto free;
	err = nla_put_u32(msg, ETHTOOL_A_RINGS_RX, rx);
	if (err)
		nlmsg_free(msg);
	else
		err = nl_send_sync(sock, msg);
free:
	nl_socket_free(sock);
	return err;
}
