/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The Intel 82545GM on PCI-X, as e1000 sees it: one interrupt line, legacy
 * receive descriptors, the EEPROM on a Microwire bus, frames of up to 16 KiB.
 * Interrupt throttling is plain storage, as are wake-up, management and the
 * serial interface; flash and I/O BAR are not there. Section numbers are those
 * of the "PCI/PCI-X Family of Gigabit Ethernet Controllers Software Developer's
 * Manual".
 */
#ifndef INTMGR_82545GM_H
#define INTMGR_82545GM_H

#include "gigabit.h"
#include "microwire.h"

struct i82545gm {
	struct gigabit g;
	struct microwire eeprom;	/* W: driver */
};

extern const struct nic_ops i82545gm_ops;

#endif
