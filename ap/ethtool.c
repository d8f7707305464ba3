// SPDX-License-Identifier: GPL-2.0-only
#include "ethtool.h"

#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include <linux/ethtool_netlink.h>

/* What a reply's attributes go to. */
struct taker {
	void (*take)(struct nlattr *const *attr, void *arg);
	void *arg;
};

static int put_header(struct nl_msg *msg, u16 header, int ifindex)
{
	struct nlattr *nest = nla_nest_start(msg, header | NLA_F_NESTED);

	if (!nest)
		return -NLE_NOMEM;
	if (nla_put_u32(msg, ETHTOOL_A_HEADER_DEV_INDEX, ifindex))
		return -NLE_NOMEM;
	nla_nest_end(msg, nest);
	return 0;
}

static struct nl_msg *message(struct nl_sock *sock, u8 command, u16 header,
			      int ifindex)
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
	    put_header(msg, header, ifindex)) {
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

static int parse(struct nl_msg *msg, void *arg)
{
	struct nlattr *attr[ETHTOOL_ATTRIBUTES + 1];
	const struct taker *taker = arg;

	if (genlmsg_parse(nlmsg_hdr(msg), 0, attr, ETHTOOL_ATTRIBUTES, NULL))
		return NL_SKIP;
	taker->take(attr, taker->arg);
	return NL_OK;
}

int ethtool_get(int ifindex, u8 command, u16 header,
		void (*take)(struct nlattr *const *attr, void *arg), void *arg)
{
	struct taker taker = { take, arg };
	struct nl_sock *sock = connect_genl();
	struct nl_msg *msg;
	int err = -NLE_OPNOTSUPP;

	if (!sock)
		return -NLE_NOMEM;
	msg = message(sock, command, header, ifindex);
	if (!msg)
		goto free;
	nl_socket_modify_cb(sock, NL_CB_VALID, NL_CB_CUSTOM, parse, &taker);
	err = nl_send_sync(sock, msg);
free:
	nl_socket_free(sock);
	return err;
}

int ethtool_set(int ifindex, u8 command, u16 header, u16 attribute, u32 value)
{
	struct nl_sock *sock = connect_genl();
	struct nl_msg *msg;
	int err = -NLE_OPNOTSUPP;

	if (!sock)
		return -NLE_NOMEM;
	msg = message(sock, command, header, ifindex);
	if (!msg)
		goto free;
	err = nla_put_u32(msg, attribute, value);
	if (err)
		nlmsg_free(msg);
	else
		err = nl_send_sync(sock, msg);
free:
	nl_socket_free(sock);
	return err;
}
