/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The address filters of Intel's parts (82574 data sheet 7.1 and 10.2.5):
 * exact addresses, broadcast, a hash of multicast addresses, promiscuity.
 */
#ifndef INTMGR_RX_FILTER_H
#define INTMGR_RX_FILTER_H

#include "port.h"

enum rx_kind {
	RX_UNICAST,
	RX_MULTICAST,
	RX_BROADCAST,
};

enum rx_kind rx_kind(const u8 dst[6]);

/*
 * Does a frame to @dst of kind @kind pass? @csr is the register file, with
 * RAL, RAH and MTA at the offsets of intel_regs.h. Hot path.
 */
bool rx_filter(const u32 *csr, enum rx_kind kind, const u8 dst[6]);

/* Is @dst in one of the @pairs of RAL and RAH from offset @ral on? */
bool rx_filter_exact(const u32 *csr, u32 ral, u32 pairs, const u8 dst[6]);

#endif
