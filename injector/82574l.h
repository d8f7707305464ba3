/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The Intel 82574L with MSI-X, as e1000e sees it. Receive and transmit queue 0
 * work; queue 1, RSS, VLAN offload, packet split, wake-up, management and the
 * PTP clock are plain storage. Interrupt throttling (ITR, EITR) is storage too,
 * deliberately: when an interrupt comes is the user's schedule, not the NIC's.
 *
 * Loads and stores of 64 bits must be single: a 64-bit machine is assumed.
 */
#ifndef INTMGR_82574L_H
#define INTMGR_82574L_H

#include "cause.h"
#include "counters.h"
#include "mdio.h"
#include "nic.h"
#include "nvm.h"

#define I82574L_CSR_SIZE	0x20000

/*
 * Shared by both sides. Registers are the driver's to write; RDH alone is the
 * device's, save in a reset. As with the real part, drivers serialize what
 * takes two accesses (MDIC, EERD) and what belongs to one queue (TDT).
 */
struct i82574l {
	u32 csr[I82574L_CSR_SIZE / 4];
	struct cause cause;	/* W: both, by compare and swap */
	u32 gives;		/* W: device: counts entry and exit of give(): odd inside */
	u32 last_give;		/* W: driver: gives when CTRL was last written */
	u32 plugged;		/* W: who calls set_link() */
	struct counters stats;
	struct mdio_phy phy;	/* W: driver */
	struct nvm nvm;		/* W: driver */
	u64 tx_refused;		/* W: driver: TDT writes with a ring not to be used */
	u64 unquiet;		/* W: driver: waits for the device that were given up */
};

extern const struct nic_ops i82574l_ops;

#endif
