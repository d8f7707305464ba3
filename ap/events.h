/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The events that intmgr.ko multicasts by generic netlink.
 */
#ifndef AP_EVENTS_H
#define AP_EVENTS_H

#include "injector/port.h"

struct nl_sock;

struct event {
	int command;		/* enum intmgr_genl_cmd */
	u64 run, count, sent, received;
};

struct events {
	struct nl_sock *sock;
	void (*take)(const struct event *event, void *arg);
	void *arg;
};

/*
 * Subscribe; @take gets each event. 0, or a libnl error where there is no such
 * family.
 */
int events_open(struct events *ev,
		void (*take)(const struct event *event, void *arg), void *arg);
void events_close(struct events *ev);

/* For poll(): readable when there are events. */
int events_fd(const struct events *ev);

/* Hand over all that is there. */
void events_read(struct events *ev);

#endif
