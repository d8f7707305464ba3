// SPDX-License-Identifier: GPL-2.0-only
#include "events.h"

#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include "kmod/uapi/intmgr.h"

static u64 get_u64(struct nlattr *attr)
{
	return attr ? nla_get_u64(attr) : 0;
}

static int take_message(struct nl_msg *msg, void *arg)
{
	const struct genlmsghdr *head = nlmsg_data(nlmsg_hdr(msg));
	struct nlattr *attr[INTMGR_ATTR_END];
	struct events *ev = arg;
	struct event event;

	if (genlmsg_parse(nlmsg_hdr(msg), 0, attr, INTMGR_ATTR_END - 1, NULL))
		return NL_SKIP;
	event = (struct event){
		.command = head->cmd,
		.run = get_u64(attr[INTMGR_ATTR_RUN]),
		.count = get_u64(attr[INTMGR_ATTR_COUNT]),
		.sent = get_u64(attr[INTMGR_ATTR_SENT]),
		.received = get_u64(attr[INTMGR_ATTR_RECEIVED]),
	};
	ev->take(&event, ev->arg);
	return NL_OK;
}

static int subscribe(struct nl_sock *sock)
{
	int group, err;

	err = genl_connect(sock);
	if (err)
		return err;
	group = genl_ctrl_resolve_grp(sock, INTMGR_GENL_NAME,
				      INTMGR_GENL_GROUP);
	if (group < 0)
		return group;
	err = nl_socket_add_membership(sock, group);
	return err ? err : nl_socket_set_nonblocking(sock);
}

int events_open(struct events *ev,
		void (*take)(const struct event *event, void *arg), void *arg)
{
	int err;

	*ev = (struct events){ .take = take, .arg = arg };
	ev->sock = nl_socket_alloc();
	if (!ev->sock)
		return -NLE_NOMEM;
	nl_socket_disable_seq_check(ev->sock);
	nl_socket_modify_cb(ev->sock, NL_CB_VALID, NL_CB_CUSTOM, take_message,
			    ev);
	err = subscribe(ev->sock);
	if (err)
		events_close(ev);
	return err;
}

void events_close(struct events *ev)
{
	nl_socket_free(ev->sock);
	ev->sock = NULL;
}

int events_fd(const struct events *ev)
{
	return nl_socket_get_fd(ev->sock);
}

void events_read(struct events *ev)
{
	while (!nl_recvmsgs_default(ev->sock))
		;
}
