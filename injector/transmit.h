/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The transmit path that Intel's gigabit parts share: queue 0's ring, offloads
 * and counters (82574 data sheet 7.2, 10.2.6, 10.2.7). Frames leave at once.
 * Driver's side; @csr is the model's register file, in which only TDH is
 * written.
 */
#ifndef INTMGR_TRANSMIT_H
#define INTMGR_TRANSMIT_H

#include "counters.h"
#include "nic.h"
#include "port.h"
#include "tx_ring.h"

struct transmitter {
	struct nic *nic;
	u32 *csr;
	struct counters *stats;
	struct tx_context *context;
	u32 master_disable;	/* the bit of CTRL that keeps the part off the bus */
	bool link;		/* else frames are completed and lost */
	bool loopback;		/* frames come back to the receiver, not to the wire */
	u32 vectors;		/* to be rung for those that came back */
};

/*
 * Send all whole frames in the ring. True: a descriptor asked for a report.
 * Without a wire frames are counted and completed, and not looked at.
 */
bool transmit_drain(struct transmitter *t);

#endif
