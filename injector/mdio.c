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

/* IEEE 802.3 clause 22 registers */
#define PHY_CONTROL		0
#define CONTROL_RESET		0x8000
#define CONTROL_LOOPBACK	0x4000
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
#define PHY_FIRST_PAGED		16	/* the vendor's from here on */
#define PHY_SPECIFIC_STATUS	17	/* of speed, duplex and link; as all three have it */

/* IGP03: the gains of the four pairs, which tell the length; here, of some metres */
#define GAIN			17	/* on these pages: */
#define GAIN_A			0x11a0
#define GAIN_B			0x12a0
#define GAIN_C			0x14a0
#define GAIN_D			0x18a0
#define GAIN_SHORT		(9 << 9)

static u16 read_gain(u32 page, u32 reg)
{
	bool gain = page == GAIN_A || page == GAIN_B || page == GAIN_C ||
		    page == GAIN_D;

	return gain && reg == GAIN ? GAIN_SHORT : 0;
}

/* What is each PHY's own */
struct part {
	u16 id[2];
	u32 page;	/* register that selects the page; 0: it has none */
	u32 page_bits;	/* of that register */
	u16 up;		/* what PHY_SPECIFIC_STATUS says when there is a link */
	u32 health;	/* register of errors: there are none */
	u16 (*paged)(u32 page, u32 reg);
};

static const struct part parts[] = {
	[MDIO_BM] = {
		.id = { 0x0141, 0x0cb1 },
		.page = 22,
		.page_bits = 0xffff,
		.up = 0xac00,
		.health = 21,
	},
	[MDIO_M88E1011] = {
		.id = { 0x0141, 0x0c24 },
		.up = 0xac00,
		.health = 21,
	},
	[MDIO_IGP03] = {
		.id = { 0x02a8, 0x0391 },
		.page = 31,
		.page_bits = 0xffe0,
		.up = 0xc000,
		.health = 19,
		.paged = read_gain,
	},
};

static const struct part *part_of(const struct mdio_phy *phy)
{
	u32 model = port_load(&phy->model);

	return &parts[model < ARRAY_SIZE(parts) ? model : MDIO_BM];
}

static u32 page_of(const struct mdio_phy *phy)
{
	return phy->page & part_of(phy)->page_bits;
}

void mdio_reset(struct mdio_phy *phy)
{
	u32 model = phy->model;

	memset(phy, 0, sizeof(*phy));
	phy->model = model;
	phy->reg[PHY_CONTROL] = CONTROL_DEFAULT;
	phy->reg[PHY_ADVERTISE] = ADVERTISE_DEFAULT;
	phy->reg[PHY_1000T_CONTROL] = CONTROL_1000T_DEFAULT;
}

bool mdio_powered(const struct mdio_phy *phy)
{
	return !(port_load(&phy->reg[PHY_CONTROL]) & CONTROL_POWER_DOWN);
}

bool mdio_loops_back(const struct mdio_phy *phy)
{
	return port_load(&phy->reg[PHY_CONTROL]) & CONTROL_LOOPBACK;
}

static u16 read_paged(const struct part *part, u32 page, u32 reg)
{
	return part->paged ? part->paged(page, reg) : 0;
}

static u16 read_vendor(const struct mdio_phy *phy, u32 reg, bool link)
{
	const struct part *part = part_of(phy);

	if (part->page && reg == part->page)
		return phy->page;
	if (page_of(phy))
		return read_paged(part, page_of(phy), reg);
	if (reg == PHY_SPECIFIC_STATUS)
		return link ? part->up : 0;
	return reg == part->health ? 0 : phy->reg[reg];
}

static u16 phy_read(const struct mdio_phy *phy, u32 reg, bool link)
{
	if (reg >= PHY_FIRST_PAGED)
		return read_vendor(phy, reg, link);
	switch (reg) {
	case PHY_STATUS:
		return STATUS_ABILITIES |
		       (link ? STATUS_LINK | STATUS_AUTONEG_DONE : 0);
	case PHY_ID1:
		return part_of(phy)->id[0];
	case PHY_ID2:
		return part_of(phy)->id[1];
	case PHY_PARTNER:
		return link ? PARTNER_ABILITIES : 0;
	case PHY_EXPANSION:
		return link ? EXPANSION_PARTNER_AN : 0;
	case PHY_1000T_STATUS:
		return link ? STATUS_1000T_UP : 0;
	case PHY_EXTENDED_STATUS:
		return EXTENDED_1000T;
	default:
		return phy->reg[reg];
	}
}

static void phy_write(struct mdio_phy *phy, u32 reg, u16 value)
{
	const struct part *part = part_of(phy);

	if (part->page && reg == part->page) {
		phy->page = value;
		return;
	}
	if (reg >= PHY_FIRST_PAGED && page_of(phy))
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
