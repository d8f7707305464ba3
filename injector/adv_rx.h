/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The receive path of Intel's multi-queue parts: filters, RSS, a queue's ring,
 * counters (82576 data sheet 7.1, 8.10, 8.11). Device's side; of the register
 * file only the queues' RDH are written.
 *
 * Header split, legacy descriptors, the packet checksum (RXCSUM.PCSD clear), the
 * queue filters and VMDq are not modelled.
 */
#ifndef INTMGR_ADV_RX_H
#define INTMGR_ADV_RX_H

#include "82576_regs.h"
#include "counters.h"
#include "nic.h"
#include "port.h"

#define ADV_RX_QUEUES	8	/* of sixteen, the ones that work */

struct adv_rx {
	u32 *csr;
	struct counters *stats;
	u64 *dropped;	/* ADV_RX_QUEUES: frames lost for want of a descriptor; W: device */
};

/* May the receiver, and may @queue, write to memory? */
bool adv_rx_enabled(const u32 *csr);
bool adv_rx_queue_enabled(const u32 *csr, u32 queue);

/* The queue that a frame goes to, and all that frames may go to, one bit each. */
u32 adv_rx_steer(const u32 *csr, const void *frame, u32 len);
u32 adv_rx_spread(const u32 *csr);

/*
 * Shot steps 4 and 5 in contract 4's order, up to RDH; raising the cause is
 * the model's. Sets gift->queue, and gift->slot (the frame's last descriptor) or
 * gift->bad_bus. Hot path.
 */
enum outcome adv_rx_frame(const struct adv_rx *rx, const struct nic *nic,
			  const struct nic_frame *frame, struct nic_gift *gift);

/* The longest frame that passes, bytes without FCS. */
u32 adv_rx_longest(const u32 *csr);

/* The driver has moved a tail: does the ring that it would have used exist? */
void adv_rx_check(const u32 *csr, const struct nic *nic, u32 queue);

/* peek(), fetch_ahead(), waiting() and rx_ring() of struct nic_ops. */
void *adv_rx_peek(const u32 *csr, const struct nic *nic, u32 queue, u32 ahead,
		  u32 len);
void adv_rx_fetch_ahead(const u32 *csr, const struct nic *nic, u32 queue,
			u32 len);
bool adv_rx_waiting(const u32 *csr, const struct nic *nic, u32 queue, u32 slot);
void adv_rx_show(const u32 *csr, u32 queue, struct nic_ring *ring);

#endif
