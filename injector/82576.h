/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The Intel 82576 with MSI-X and copper, as igb sees it: eight queues each way,
 * RSS, checksum and VLAN offloads, segmentation. SR-IOV, VMDq, SerDes, flow
 * control, the queue filters, wake-up, management, loopback, and the EEPROM's
 * serial interface are not modelled; their registers, and the PTP clock's, are
 * plain storage. Interrupt throttling (EITR) is storage too, deliberately: when
 * an interrupt comes is the user's schedule, not the NIC's.
 *
 * Loads and stores of 64 bits must be single: a 64-bit machine is assumed.
 */
#ifndef INTMGR_82576_H
#define INTMGR_82576_H

#include "adv_rx.h"
#include "adv_tx.h"
#include "counters.h"
#include "eicr.h"
#include "mdio.h"
#include "nic.h"
#include "nvm.h"

#define I82576_CSR_SIZE	0x20000

/*
 * Shared by both sides. Registers are the driver's to write; the queues' RDH
 * alone are the device's, save in a reset. As with the real part, drivers
 * serialize what takes two accesses (MDIC, EERD, SWSM) and what belongs to one
 * queue (TDT).
 */
struct i82576 {
	u32 csr[I82576_CSR_SIZE / 4];
	struct eicr eicr;	/* W: both, by compare and swap */
	u64 last_give;		/* W: driver: port->gives when CTRL was last written */
	u32 plugged;		/* W: who calls set_link() */
	u32 resetting;		/* W: driver: nothing was read since the reset */
	struct counters stats;
	u64 dropped[ADV_RX_QUEUES];		/* W: device: RQDPC, never cleared */
	u64 dropped_base[ADV_RX_QUEUES];	/* W: driver, by compare and swap: what of it was read */
	struct adv_tx_context context[ADV_TX_QUEUES][ADV_TX_CONTEXTS];	/* W: driver */
	struct mdio_phy phy;	/* W: driver */
	struct nvm nvm;		/* W: driver */
};

extern const struct nic_ops i82576_ops;

#endif
