/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A copper PHY behind the MDIC register: that of the 82574 ("BM", 82574 data
 * sheet 8 and 10.2.2), the M88E1011 of the 82545 (8254x manual 13.4.7), or that
 * inside the 82576 ("IGP03", 82576 data sheet 3.5 and 8.2.4). Where there are
 * pages, registers 16 to 31 are those of page 0; on other pages they read 0 and
 * ignore writes, but for what tells a cable's length. A link partner is always
 * there when the cable is, has 1000 Mbit/s full duplex and no flow control,
 * because the model never pauses anybody. Negotiation takes no time.
 */
#ifndef INTMGR_MDIO_H
#define INTMGR_MDIO_H

#include "port.h"

enum mdio_model {
	MDIO_BM,	/* PHY id 0x01410cb1 */
	MDIO_M88E1011,	/* PHY id 0x01410c24 */
	MDIO_IGP03,	/* PHY id 0x02a80391 */
};

struct mdio_phy {
	u32 model;	/* enum mdio_model, set at power on */
	u16 reg[32];	/* W: driver */
	u16 page;	/* W: driver: as written */
};

/* A hardware reset: all as at power on, save the model. */
void mdio_reset(struct mdio_phy *phy);

/* Powered, so that it has a link when the cable is plugged. Any side. */
bool mdio_powered(const struct mdio_phy *phy);

/* What is sent comes back, as `ethtool -t` asks for. Any side. */
bool mdio_loops_back(const struct mdio_phy *phy);

/* MDIC was written with @command: its new value, ready at once. */
u32 mdio_access(struct mdio_phy *phy, u32 command, bool link);

#endif
