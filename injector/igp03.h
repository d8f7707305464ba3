/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The copper PHY inside the 82576 ("IGP03", PHY id 0x02a80391) behind the MDIC
 * register (82576 data sheet 3.5 and 8.2.4). Page 0 works; of the other pages
 * only what tells a cable's length is there, the rest reads 0 and ignores
 * writes. A link partner is always there when the cable is, has 1000 Mbit/s full
 * duplex and no flow control, because the model never pauses anybody.
 * Negotiation takes no time.
 */
#ifndef INTMGR_IGP03_H
#define INTMGR_IGP03_H

#include "port.h"

struct igp03 {
	u16 reg[32];	/* W: driver */
	u16 page;	/* W: driver: as written, the low five bits name a register */
};

void igp03_reset(struct igp03 *phy);

/* Powered, so that it has a link when the cable is plugged. Any side. */
bool igp03_powered(const struct igp03 *phy);

/* MDIC was written with @command: its new value, ready at once. */
u32 igp03_access(struct igp03 *phy, u32 command, bool link);

#endif
