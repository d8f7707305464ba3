/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The transmit path of Intel's multi-queue parts: rings with advanced context
 * and data descriptors, offloads, counters (82576 data sheet 7.2, 8.12). Driver's
 * side; of the register file only the queues' TDH are written. Drivers serialize
 * what belongs to one queue; queues may be worked on by several CPUs at once.
 *
 * Legacy descriptors, head write-back, IPsec, MACsec and time stamps are not
 * modelled.
 */
#ifndef INTMGR_ADV_TX_H
#define INTMGR_ADV_TX_H

#include "82576_regs.h"
#include "counters.h"
#include "nic.h"
#include "port.h"

#define ADV_TX_QUEUES	8	/* of sixteen, the ones that work */
#define ADV_TX_CONTEXTS	2	/* that a queue remembers */

/* A context descriptor, which holds until the next one with its index. */
struct adv_tx_context {
	u32 lengths;	/* VLAN tag, MACLEN, IPLEN */
	u32 kind;	/* TUCMD */
	u32 segment;	/* MSS, L4LEN */
};

struct adv_tx {
	u32 *csr;
	struct counters *stats;	/* its TX registers; changed by compare and swap */
	struct adv_tx_context (*context)[ADV_TX_CONTEXTS];	/* of each queue */
};

bool adv_tx_enabled(const struct nic *nic, const u32 *csr, u32 queue);

/*
 * Send all whole frames in @queue's ring and complete them. True: a descriptor
 * asked for its status (RS), so that the queue's cause is to be raised.
 */
bool adv_tx_drain(const struct adv_tx *tx, struct nic *nic, u32 queue);

#endif
