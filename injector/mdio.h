/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The copper PHY of the 82574 ("BM", PHY id 0x01410cb1) behind the MDIC
 * register (82574 data sheet 8 and 10.2.2). Registers 16 to 31 exist on page 0
 * only; on other pages they read 0 and ignore writes. A link partner is always
 * there when the cable is, has 1000 Mbit/s full duplex and no flow control,
 * because the model never pauses anybody. Negotiation takes no time.
 */
#ifndef INTMGR_MDIO_H
#define INTMGR_MDIO_H

#include "port.h"

struct mdio_phy {
	u16 reg[32];	/* W: driver */
	u16 page;	/* W: driver */
};

void mdio_reset(struct mdio_phy *phy);

/* Powered, so that it has a link when the cable is plugged. Any side. */
bool mdio_powered(const struct mdio_phy *phy);

/* MDIC was written with @command: its new value, ready at once. */
u32 mdio_access(struct mdio_phy *phy, u32 command, bool link);

#endif
