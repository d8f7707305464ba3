/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The transmit path that Intel's gigabit parts share: queue 0's ring and
 * counters (82574 data sheet 7.2, 10.2.6, 10.2.7). Frames leave at once and
 * are only counted. Driver's side; @csr is the model's register file, in
 * which only TDH is written.
 */
#ifndef INTMGR_TRANSMIT_H
#define INTMGR_TRANSMIT_H

#include "counters.h"
#include "nic.h"
#include "port.h"
#include "tx_ring.h"

/*
 * Look at the ring. -ENODEV: the transmitter is off or has no ring;
 * -EINVAL: the ring is not all in declared memory, or of no legal size.
 */
int transmit_open(const u32 *csr, const struct nic *nic, struct tx_ring *r);

/* Complete the next frame of an open ring; false: none there. */
bool transmit_frame(u32 *csr, struct counters *stats, struct tx_ring *r,
		    struct tx_frame *frame);

#endif
