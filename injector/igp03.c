// SPDX-License-Identifier: GPL-2.0-only
#include "igp03.h"

/* MDIC, 8.2.4 */
#define MDIC_REG_SHIFT	16
#define MDIC_PHY_SHIFT	21
#define MDIC_OP_WRITE	0x04000000
#define MDIC_OP_READ	0x08000000
#define MDIC_READY	0x10000000
#define MDIC_ERROR	0x40000000
#define MDIC_ADDRESS	1	/* of the only PHY */

/* IEEE 802.3 clause 22 registers */
#define PHY_CONTROL		0
#define CONTROL_RESET		0x8000
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
#define ADVERTISE_DEFAULT	0x0de1
#define PHY_PARTNER		5
#define PARTNER_ABILITIES	0x41e1	/* acknowledged, 10 and 100, no pause */
#define PHY_EXPANSION		6
#define EXPANSION_PARTNER_AN	0x0001
#define PHY_1000T_CONTROL	9
#define CONTROL_1000T_DEFAULT	0x0300
#define PHY_1000T_STATUS	10
#define STATUS_1000T_UP		0x3800	/* both receivers good, partner has 1000 FD */
#define PHY_EXTENDED_STATUS	15
#define EXTENDED_1000T		0x3000

/* Those of the PHY */
#define PORT_STATUS		17
#define PORT_STATUS_1000	0xc000
#define LINK_HEALTH		19
#define PHY_PAGE		31
#define PHY_FIRST_PAGED		16
#define PAGE(select)		((select) & ~0x1f)

/* The gains of the four pairs, which tell the length: here, of some metres */
#define GAIN			17	/* on these pages: */
#define GAIN_A			0x11a0
#define GAIN_B			0x12a0
#define GAIN_C			0x14a0
#define GAIN_D			0x18a0
#define GAIN_SHORT		(9 << 9)

void igp03_reset(struct igp03 *phy)
{
	memset(phy, 0, sizeof(*phy));
	phy->reg[PHY_CONTROL] = CONTROL_DEFAULT;
	phy->reg[PHY_ADVERTISE] = ADVERTISE_DEFAULT;
	phy->reg[PHY_1000T_CONTROL] = CONTROL_1000T_DEFAULT;
}

bool igp03_powered(const struct igp03 *phy)
{
	return !(port_load(&phy->reg[PHY_CONTROL]) & CONTROL_POWER_DOWN);
}

static u16 read_paged(u32 page, u32 reg)
{
	bool gain = page == GAIN_A || page == GAIN_B || page == GAIN_C ||
		    page == GAIN_D;

	return gain && reg == GAIN ? GAIN_SHORT : 0;
}

static u16 phy_read(const struct igp03 *phy, u32 reg, bool link)
{
	if (reg == PHY_PAGE)
		return phy->page;
	if (reg >= PHY_FIRST_PAGED && PAGE(phy->page))
		return read_paged(PAGE(phy->page), reg);

	switch (reg) {
	case PHY_STATUS:
		return STATUS_ABILITIES |
		       (link ? STATUS_LINK | STATUS_AUTONEG_DONE : 0);
	case PHY_ID1:
		return 0x02a8;
	case PHY_ID2:
		return 0x0391;
	case PHY_PARTNER:
		return link ? PARTNER_ABILITIES : 0;
	case PHY_EXPANSION:
		return link ? EXPANSION_PARTNER_AN : 0;
	case PHY_1000T_STATUS:
		return link ? STATUS_1000T_UP : 0;
	case PHY_EXTENDED_STATUS:
		return EXTENDED_1000T;
	case PORT_STATUS:
		return link ? PORT_STATUS_1000 : 0;
	case LINK_HEALTH:
		return 0;
	default:
		return phy->reg[reg];
	}
}

static void phy_write(struct igp03 *phy, u32 reg, u16 value)
{
	if (reg == PHY_PAGE) {
		phy->page = value;
		return;
	}
	if (reg >= PHY_FIRST_PAGED && PAGE(phy->page))
		return;
	/* The software reset commits what was configured; it keeps it. */
	if (reg == PHY_CONTROL)
		value &= ~(CONTROL_RESET | CONTROL_RESTART);
	port_store(&phy->reg[reg], value);
}

u32 igp03_access(struct igp03 *phy, u32 command, bool link)
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
