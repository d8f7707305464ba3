// SPDX-License-Identifier: GPL-2.0-only
#include "mdio.h"

/* MDIC, 10.2.2 */
#define MDIC_REG_SHIFT	16
#define MDIC_PHY_SHIFT	21
#define MDIC_OP_WRITE	0x04000000
#define MDIC_OP_READ	0x08000000
#define MDIC_READY	0x10000000
#define MDIC_ERROR	0x40000000
#define MDIC_ADDRESS	1	/* of the only PHY */

/* IEEE 802.3 clause 22 registers, and those of the PHY, 8 */
#define PHY_CONTROL		0
#define CONTROL_RESET		0x8000
#define CONTROL_LOOPBACK	0x4000
#define CONTROL_AUTONEG		0x1000
#define CONTROL_POWER_DOWN	0x0800
#define CONTROL_RESTART		0x0200
#define CONTROL_DEFAULT		0x1140	/* autonegotiation, full duplex, 1000 */
#define PHY_STATUS		1
#define STATUS_ABILITIES	0x7949
#define STATUS_LINK		0x0004
#define STATUS_AUTONEG_DONE	0x0020
#define PHY_ID1			2
#define PHY_ID2			3
#define PHY_ADVERTISE		4
#define PHY_PARTNER		5
#define PARTNER_ABILITIES	0x41e1	/* acknowledged, 10 and 100, no pause */
#define PHY_EXPANSION		6
#define EXPANSION_PARTNER_AN	0x0001
#define PHY_1000T_CONTROL	9
#define PHY_1000T_STATUS	10
#define STATUS_1000T_UP		0x3800	/* both receivers good, partner has 1000 FD */
#define PHY_EXTENDED_STATUS	15
#define EXTENDED_1000T		0x3000
#define PHY_SPECIFIC_STATUS	17
#define SPECIFIC_UP		0xac00	/* 1000, full duplex, resolved, link */
#define PHY_RX_ERRORS		21
#define PHY_PAGE		22
#define PHY_FIRST_PAGED		16

void mdio_reset(struct mdio_phy *phy)
{
	u32 model = phy->model;

	memset(phy, 0, sizeof(*phy));
	phy->model = model;
	phy->reg[PHY_CONTROL] = CONTROL_DEFAULT;
	phy->reg[PHY_ADVERTISE] = 0x0de1;
	phy->reg[PHY_1000T_CONTROL] = 0x0300;
}

bool mdio_powered(const struct mdio_phy *phy)
{
	return !(port_load(&phy->reg[PHY_CONTROL]) & CONTROL_POWER_DOWN);
}

bool mdio_loops_back(const struct mdio_phy *phy)
{
	return port_load(&phy->reg[PHY_CONTROL]) & CONTROL_LOOPBACK;
}

static bool has_pages(const struct mdio_phy *phy)
{
	return phy->model != MDIO_M88E1011;
}

static u16 phy_read(const struct mdio_phy *phy, u32 reg, bool link)
{
	if (has_pages(phy) && reg == PHY_PAGE)
		return phy->page;
	if (reg >= PHY_FIRST_PAGED && phy->page)
		return 0;

	switch (reg) {
	case PHY_STATUS:
		return STATUS_ABILITIES |
		       (link ? STATUS_LINK | STATUS_AUTONEG_DONE : 0);
	case PHY_ID1:
		return 0x0141;
	case PHY_ID2:
		return phy->model == MDIO_M88E1011 ? 0x0c24 : 0x0cb1;
	case PHY_PARTNER:
		return link ? PARTNER_ABILITIES : 0;
	case PHY_EXPANSION:
		return link ? EXPANSION_PARTNER_AN : 0;
	case PHY_1000T_STATUS:
		return link ? STATUS_1000T_UP : 0;
	case PHY_EXTENDED_STATUS:
		return EXTENDED_1000T;
	case PHY_SPECIFIC_STATUS:
		return link ? SPECIFIC_UP : 0;
	case PHY_RX_ERRORS:
		return 0;
	default:
		return phy->reg[reg];
	}
}

static void phy_write(struct mdio_phy *phy, u32 reg, u16 value)
{
	if (has_pages(phy) && reg == PHY_PAGE) {
		phy->page = value;
		return;
	}
	if (reg >= PHY_FIRST_PAGED && phy->page)
		return;
	/* The software reset commits what was configured; it keeps it. */
	if (reg == PHY_CONTROL)
		value &= ~(CONTROL_RESET | CONTROL_RESTART);
	port_store(&phy->reg[reg], value);
}

u32 mdio_access(struct mdio_phy *phy, u32 command, bool link)
{
	u32 reg = command >> MDIC_REG_SHIFT & 0x1f;
	u32 answer = command | MDIC_READY;

	if ((command >> MDIC_PHY_SHIFT & 0x1f) != MDIC_ADDRESS)
		return answer | MDIC_ERROR;
	if (command & MDIC_OP_WRITE)
		phy_write(phy, reg, (u16)command);
	else if (command & MDIC_OP_READ)
		answer = (answer & 0xffff0000) | phy_read(phy, reg, link);
	return answer;
}
