/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The site of a run: the kernel that the driver runs in. What has to be done
 * there before, during and after a run is done by one piece of code: called
 * where the driver runs in this kernel, asked of the agent where it runs in
 * another.
 *
 *	site_local	this process
 *	site_agent	mailbox in the window ──▶ agent ──▶ site_local over there
 *
 * site_want and site_facts travel through the mailbox: fixed sizes, no pointers.
 */
#ifndef AP_SITE_H
#define AP_SITE_H

#include <net/if.h>

#include "device.h"
#include "link.h"
#include "receiver.h"

/* What a run needs of the interface. */
struct site_want {
	char driver[32];
	char bdf[16];
	u32 largest;		/* frame, bytes */
	u32 mtu, ring;		/* 0: fit, leave */
	u32 ring_wish;		/* with ring 0: as deep, as far as it goes; 0: leave */
	u32 queues;		/* RX queues; 0: leave */
};

struct site_facts {
	char kernel[65];
	char cpu_model[64];
	char interface[IFNAMSIZ];
	u8 mac[6];
	u32 mtu, ring, queues;
	u64 uptime_ns;
};

struct site;

struct site_ops {
	/* Make the interface ready. */
	int (*prepare)(struct site *site, const struct site_want *want,
		       struct site_facts *facts);
	/* Open a socket and read the frames of run @run; its port in host order. */
	int (*receive)(struct site *site, const struct receiver_load *load,
		       u64 run, int cpu, u16 *port);
	/* Read what is left and stop. Counts of a reader that died are its last ones. */
	int (*finish)(struct site *site, struct receiver_counts *counts);
	/* Leave the interface alone again; safe at any time. */
	void (*release)(struct site *site);
};

/*
 * Guarantees: each operation returns EXIT_DONE, or another exit code after it
 * has said why; receive() and finish() come in pairs, after prepare().
 */
extern const struct site_ops site_local, site_agent;

struct site {
	const struct site_ops *ops;
	const struct device *dev;	/* its window; site_agent: attached, too */

	/* site_local's */
	struct receiver_counts *counts;	/* where the reader counts */
	struct receiver_counts own;	/* ... if nobody else is to see it */
	struct receiver receiver;
	bool receiving;
	struct link link;		/* sock NULL: not open */
	int awake;			/* cpus_hold_awake() */
};

/* @counts NULL: nobody else is to see the reader's. */
void site_init(struct site *site, const struct site_ops *ops,
	       const struct device *dev, struct receiver_counts *counts);

#endif
