/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The receive path that Intel's gigabit parts share: filters, queue 0's ring,
 * counters (82574 data sheet 7.1, 10.2.5, 10.2.7). Device's side; @csr is the
 * model's register file, in which only RDH is written.
 *
 * Frames of up to 16 KiB pass with RCTL.LPE set, where the silicon ends at
 * 9 KiB: the buffers may be that large, and the experiment needs them.
 */
#ifndef INTMGR_RECEIVE_H
#define INTMGR_RECEIVE_H

#include "counters.h"
#include "nic.h"
#include "port.h"

/* Is the receiver enabled, and may it write to memory? */
bool receive_enabled(const u32 *csr);

/*
 * Shot steps 4 and 5 in contract 4's order, up to RDH; raising the cause is
 * the model's. Sets gift->slot or gift->bad_bus. Hot path.
 */
enum outcome receive_frame(u32 *csr, struct counters *stats,
			   const struct nic *nic,
			   const struct nic_frame *frame,
			   struct nic_gift *gift);

/* peek(), waiting() and rx_ring() of struct nic_ops. */
void *receive_peek(const u32 *csr, const struct nic *nic, u32 ahead, u32 len);
bool receive_waiting(const u32 *csr, const struct nic *nic, u32 slot);
void receive_show(const u32 *csr, struct nic_ring *ring);

#endif
