// SPDX-License-Identifier: GPL-2.0-only
#include "csr.h"
#include "gigabit.h"
#include "intel_regs.h"
#include "transmit.h"

static u32 get(const struct gigabit *g, u32 reg)
{
	return csr_get(g->csr, reg);
}

static void set(struct gigabit *g, u32 reg, u32 value)
{
	csr_set(g->csr, reg, value);
}

bool gigabit_link_up(const struct gigabit *g)
{
	return port_load(&g->plugged) && mdio_powered(&g->phy);
}

/* Reset and power on */

static void load_address(struct gigabit *g)
{
	u8 mac[6];

	nvm_mac(&g->nvm, mac);
	set(g, INTEL_RAL(0), mac[0] | mac[1] << 8 | mac[2] << 16 |
	    (u32)mac[3] << 24);
	set(g, INTEL_RAH(0), mac[4] | mac[5] << 8 | INTEL_RAH_AV);
}

static void reset(struct nic *nic, const struct gigabit_part *part)
{
	struct gigabit *g = nic->state;
	unsigned int i;

	set(g, INTEL_RCTL, 0);
	nic_wait_quiet(nic);
	memset(g->csr, 0, sizeof(g->csr));
	for (i = 0; i < part->presets; i++)
		set(g, part->preset[i].reg, part->preset[i].value);
	load_address(g);
	cause_reset(&g->cause);
	counters_clear(&g->stats);
	memset(&g->tx, 0, sizeof(g->tx));
}

void gigabit_power_on(struct nic *nic, const struct gigabit_part *part,
		      const u8 mac[6])
{
	struct gigabit *g = nic->state;

	memset(g, 0, sizeof(*g));
	nvm_init(&g->nvm, mac);
	g->phy.model = part->phy;
	mdio_reset(&g->phy);
	g->plugged = 1;
	reset(nic, part);
}

/* Registers */

bool gigabit_is_register(const struct nic *nic, u32 reg, unsigned int size)
{
	if (size == 4 && reg < GIGABIT_CSR_SIZE && !(reg & 3))
		return true;
	nic_fault(nic, FAULT_ACCESS, reg, size);
	return false;
}

void gigabit_looked(struct gigabit *g)
{
	if (port_load(&g->resetting))
		port_store(&g->resetting, 0);
}

u32 gigabit_read(struct nic *nic, u32 reg)
{
	struct gigabit *g = nic->state;

	if (counters_has(reg))
		return counters_read(&g->stats, reg);
	if (reg == INTEL_CTRL_DUP)
		reg = INTEL_CTRL;
	if (reg == INTEL_CTRL || reg == INTEL_EECD)
		gigabit_looked(g);
	return get(g, reg);
}

/* A change of the link, however it came about, is a cause (LSC). */
static u32 link_change(struct gigabit *g, const struct gigabit_part *part,
		       bool was_up)
{
	return gigabit_link_up(g) != was_up ? part->raise(g, INTEL_ICR_LSC) : 0;
}

/* 10.2.2.1: RST and PHY_RST clear themselves. */
static u32 write_ctrl(struct nic *nic, const struct gigabit_part *part,
		      u32 value)
{
	struct gigabit *g = nic->state;
	bool was_up = gigabit_link_up(g);

	if (value & INTEL_CTRL_PHY_RST)
		mdio_reset(&g->phy);
	if (value & INTEL_CTRL_RST) {
		reset(nic, part);
		port_store(&g->resetting, 1);
		return 0;
	}
	set(g, INTEL_CTRL, value & ~INTEL_CTRL_PHY_RST);
	port_mb();	/* as in nic_wait_quiet(), which STATUS lets the driver do */
	port_store(&g->last_give, port_load(&nic->port->gives));
	return link_change(g, part, was_up);
}

static u32 write_mdic(struct gigabit *g, const struct gigabit_part *part,
		      u32 value)
{
	bool was_up = gigabit_link_up(g);

	set(g, INTEL_MDIC, mdio_access(&g->phy, value, was_up));
	return link_change(g, part, was_up);
}

/*
 * Everything that is in the ring leaves at once, and one message reports it.
 * A pulled cable does not hold it back: then e1000e would reset the NIC to
 * get rid of it.
 */
static u32 drain(struct nic *nic, const struct gigabit_part *part)
{
	struct gigabit *g = nic->state;
	struct transmitter t = {
		.nic = nic,
		.csr = g->csr,
		.stats = &g->stats,
		.context = &g->tx,
		.master_disable = part->rules.master_disable,
		.link = gigabit_link_up(g),
		.loopback = mdio_loops_back(&g->phy),
	};
	bool report = transmit_drain(&t);

	return t.vectors | (report ? part->raise(g, part->tx_causes) : 0);
}

/* The enable bit, of RCTL and of TCTL, is lost in a reset that goes on. */
static u32 not_early(const struct nic *nic, u32 reg, u32 value, u32 enable)
{
	const struct gigabit *g = nic->state;

	if (!(value & enable) || !port_load(&g->resetting))
		return value;
	nic_fault(nic, FAULT_EARLY, reg, value);
	return value & ~enable;
}

static u32 write_rctl(struct nic *nic, u32 value)
{
	value = not_early(nic, INTEL_RCTL, value, INTEL_RCTL_EN);
	set(nic->state, INTEL_RCTL, value);
	if (!(value & INTEL_RCTL_EN))
		nic_wait_quiet(nic);
	return 0;
}

static u32 write_rdt(struct nic *nic, const struct gigabit_part *part,
		     u32 value)
{
	struct gigabit *g = nic->state;

	/* Descriptors before the tail that covers them. */
	port_store_release(&g->csr[INTEL_RDT / 4], value);
	receive_check(g->csr, nic, &part->rules);
	return 0;
}

/* Bits of plain registers that do not exist: they read 0. */
static u32 existing_bits(u32 reg)
{
	switch (reg) {
	case INTEL_RDBAL:
	case INTEL_TDBAL:
		return 0xfffffff0;
	case INTEL_RDLEN:
	case INTEL_TDLEN:
		return 0x000fff80;
	case INTEL_FCAH:
	case INTEL_FCT:
	case INTEL_VET:
	case INTEL_RDTR:
	case INTEL_RDH:
	case INTEL_RDT:
	case INTEL_TDH:
	case INTEL_TDT:
		return 0x0000ffff;
	default:
		break;
	}
	if (reg >= INTEL_RAL(0) && reg <= INTEL_RAH(15) && (reg & 4))
		return 0x8003ffff;
	return 0xffffffff;
}

u32 gigabit_write(struct nic *nic, const struct gigabit_part *part, u32 reg,
		  u32 value)
{
	struct gigabit *g = nic->state;

	if (counters_has(reg) || reg == INTEL_STATUS)
		return 0;
	value &= existing_bits(reg);
	switch (reg) {
	case INTEL_CTRL:
	case INTEL_CTRL_DUP:
		return write_ctrl(nic, part, value);
	case INTEL_MDIC:
		return write_mdic(g, part, value);
	case INTEL_RCTL:
		return write_rctl(nic, value);
	case INTEL_RDT:
		return write_rdt(nic, part, value);
	case INTEL_TCTL:
		value = not_early(nic, reg, value, INTEL_TCTL_EN);
		set(g, reg, value);
		return drain(nic, part);
	case INTEL_TDT:
		set(g, reg, value);
		return drain(nic, part);
	case INTEL_CTRL_EXT:
		value &= ~INTEL_CTRL_EXT_EE_RST;
		break;
	}
	set(g, reg, value);
	return 0;
}

/* Receive */

static bool receiving(const struct gigabit *g, const struct gigabit_part *part)
{
	return receive_enabled(g->csr, &part->rules) && gigabit_link_up(g);
}

void gigabit_give(struct nic *nic, const struct gigabit_part *part,
		  const struct nic_frame *frame, struct nic_gift *gift)
{
	struct gigabit *g = nic->state;

	if (!receiving(g, part)) {
		gift->outcome = OUTCOME_RX_OFF;
		return;
	}
	gift->outcome = receive_frame(g->csr, &g->stats, nic, &part->rules,
				      frame, gift);
	if (gift->outcome == OUTCOME_DELIVERED)
		gift->vectors = part->raise(g, part->rx_causes);
}

u32 gigabit_set_link(struct nic *nic, const struct gigabit_part *part, bool up)
{
	struct gigabit *g = nic->state;
	bool was_up = gigabit_link_up(g);

	port_store(&g->plugged, up);
	return link_change(g, part, was_up);
}

void *gigabit_peek(struct nic *nic, const struct gigabit_part *part, u32 queue,
		   u32 ahead, u32 len)
{
	const struct gigabit *g = nic->state;

	if (queue || !receiving(g, part))
		return NULL;
	return receive_peek(g->csr, nic, &part->rules, ahead, len);
}

void gigabit_fetch_ahead(struct nic *nic, const struct gigabit_part *part,
			 u32 queue, u32 len)
{
	struct gigabit *g = nic->state;

	port_prefetch(&g->cause);
	if (!queue && receiving(g, part))
		receive_fetch_ahead(g->csr, nic, &part->rules, len);
}

bool gigabit_waiting(struct nic *nic, const struct gigabit_part *part,
		     u32 queue, u32 slot)
{
	const struct gigabit *g = nic->state;

	return !queue && receive_waiting(g->csr, nic, &part->rules, slot);
}

void gigabit_rx_ring(struct nic *nic, const struct gigabit_part *part,
		     u32 queue, struct nic_ring *ring)
{
	const struct gigabit *g = nic->state;

	memset(ring, 0, sizeof(*ring));
	if (!queue)
		receive_show(g->csr, &part->rules, ring);
}

u32 gigabit_longest(struct nic *nic)
{
	const struct gigabit *g = nic->state;

	return receive_longest(g->csr);
}

u32 gigabit_steer(struct nic *nic, const void *frame, u32 len)
{
	return 0;
}

u32 gigabit_rx_queues(struct nic *nic)
{
	return 1;
}
