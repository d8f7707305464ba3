// SPDX-License-Identifier: GPL-2.0-only
#include "82574l.h"
#include "csr.h"
#include "intel_regs.h"
#include "receive.h"
#include "transmit.h"

/*
 * How long a driver's reset waits for a give() that is under way: loads of
 * one word, some 0.1 ms, or fifty times what a give() takes. After that the
 * other side is taken for dead or stopped.
 */
#define QUIET_SPINS	100000

static u32 get(const struct i82574l *s, u32 reg)
{
	return csr_get(s->csr, reg);
}

static void set(struct i82574l *s, u32 reg, u32 value)
{
	csr_set(s->csr, reg, value);
}

static struct cause_wiring wiring(const struct i82574l *s)
{
	return (struct cause_wiring) {
		.ivar = get(s, INTEL_IVAR),
		.eiac = get(s, INTEL_EIAC),
		.iam = get(s, INTEL_IAM),
		.ctrl_ext = get(s, INTEL_CTRL_EXT),
	};
}

static u32 raise_cause(struct i82574l *s, u32 bits)
{
	struct cause_wiring w = wiring(s);

	return cause_raise(&s->cause, &w, bits);
}

static bool link_up(const struct i82574l *s)
{
	return port_load(&s->plugged) && mdio_powered(&s->phy);
}

/* Reset and power on */

/* Reset values other than 0 that a driver depends on, 10.2 */
static const struct {
	u32 reg, value;
} preset[] = {
	{ INTEL_CTRL, INTEL_CTRL_FD | INTEL_CTRL_SLU | INTEL_CTRL_SPEED_1000 },
	{ INTEL_EECD, INTEL_EECD_PRES | INTEL_EECD_AUTO_RD },
	{ INTEL_EEMNGCTL, INTEL_EEMNGCTL_CFG_DONE },
	{ INTEL_EEWR, NVM_RW_DONE },
	{ INTEL_VET, 0x8100 },
	{ INTEL_LEDCTL, 0x07061302 },
	{ INTEL_PBA, 0x00140014 },
	{ INTEL_RXCSUM, INTEL_RXCSUM_IPOFL | INTEL_RXCSUM_TUOFL },
};

static void load_address(struct i82574l *s)
{
	u8 mac[6];

	nvm_mac(&s->nvm, mac);
	set(s, INTEL_RAL(0), mac[0] | mac[1] << 8 | mac[2] << 16 |
	    (u32)mac[3] << 24);
	set(s, INTEL_RAH(0), mac[4] | mac[5] << 8 | INTEL_RAH_AV);
}

/* Is the give() that was under way at @gives, if any was, still so? */
static bool still_giving(const struct i82574l *s, u32 gives)
{
	return (gives & 1) && port_load_acquire(&s->gives) == gives;
}

/*
 * Wait for the end of a give() that began before the caller's last store.
 * give() says that it is under way, then looks at the registers; the driver's
 * side stores to a register, then looks for a give(): one of them sees the
 * other. Later ones do not matter, however densely they come.
 */
static void wait_quiet(struct i82574l *s)
{
	unsigned int i;
	u32 gives;

	port_mb();
	gives = port_load(&s->gives);
	for (i = 0; i < QUIET_SPINS; i++)
		if (!still_giving(s, gives))
			return;
	s->unquiet++;
}

static void reset(struct i82574l *s)
{
	unsigned int i;

	set(s, INTEL_RCTL, 0);
	wait_quiet(s);
	memset(s->csr, 0, sizeof(s->csr));
	for (i = 0; i < ARRAY_SIZE(preset); i++)
		set(s, preset[i].reg, preset[i].value);
	load_address(s);
	cause_reset(&s->cause);
	counters_clear(&s->stats);
}

static void power_on(struct nic *nic, const u8 mac[6])
{
	struct i82574l *s = nic->state;

	memset(s, 0, sizeof(*s));
	nvm_init(&s->nvm, mac);
	mdio_reset(&s->phy);
	s->plugged = 1;
	reset(s);
}

/* Transmit */

static bool tx_open(struct i82574l *s, const struct nic *nic,
		    struct tx_ring *r)
{
	int err = transmit_open(s->csr, nic, r);

	if (err == -EINVAL)
		s->tx_refused++;
	return !err;
}

static u32 raise_tx(struct i82574l *s, bool report)
{
	return report ? raise_cause(s, INTEL_ICR_TXQ0 | INTEL_ICR_TXDW) : 0;
}

static u32 take(struct nic *nic, u32 *vectors)
{
	struct i82574l *s = nic->state;
	struct tx_frame frame;
	struct tx_ring r;

	*vectors = 0;
	if (!tx_open(s, nic, &r) ||
	    !transmit_frame(s->csr, &s->stats, &r, &frame))
		return 0;
	*vectors = raise_tx(s, frame.report);
	return frame.len;
}

/*
 * Everything that is in the ring leaves at once, and one message reports it.
 * A pulled cable does not hold it back: then e1000e would reset the NIC to
 * get rid of it.
 */
static u32 drain(struct nic *nic)
{
	struct i82574l *s = nic->state;
	struct tx_frame frame;
	bool report = false;
	struct tx_ring r;

	if (!tx_open(s, nic, &r))
		return 0;
	while (transmit_frame(s->csr, &s->stats, &r, &frame))
		report |= frame.report;
	return raise_tx(s, report);
}

/* Registers */

static u32 read_status(const struct i82574l *s)
{
	u32 status = INTEL_STATUS_FD | INTEL_STATUS_SPEED_1000;

	if (link_up(s))
		status |= INTEL_STATUS_LU;
	if (!(get(s, INTEL_CTRL) & INTEL_CTRL_GIO_MASTER_DISABLE) ||
	    still_giving(s, port_load(&s->last_give)))
		status |= INTEL_STATUS_GIO_MASTER_ENABLE;
	return status;
}

static u32 read_icr(struct i82574l *s)
{
	struct cause_wiring w = wiring(s);

	return cause_read(&s->cause, &w);
}

static bool is_register(u32 reg)
{
	return reg < I82574L_CSR_SIZE && !(reg & 3);
}

static u32 read(struct nic *nic, u32 reg)
{
	struct i82574l *s = nic->state;

	if (!is_register(reg))
		return 0;
	if (counters_has(reg))
		return counters_read(&s->stats, reg);

	switch (reg) {
	case INTEL_STATUS:
		return read_status(s);
	case INTEL_ICR:
		return read_icr(s);
	case INTEL_IMS:
		return cause_unmasked(&s->cause);
	default:
		return get(s, reg);
	}
}

/* A change of the link, however it came about, is a cause (LSC). */
static u32 link_change(struct i82574l *s, bool was_up)
{
	return link_up(s) != was_up ? raise_cause(s, INTEL_ICR_LSC) : 0;
}

/* 10.2.2.1: RST and PHY_RST clear themselves. */
static u32 write_ctrl(struct i82574l *s, u32 value)
{
	bool was_up = link_up(s);

	if (value & INTEL_CTRL_PHY_RST)
		mdio_reset(&s->phy);
	if (value & INTEL_CTRL_RST) {
		reset(s);
		return 0;
	}
	set(s, INTEL_CTRL, value & ~INTEL_CTRL_PHY_RST);
	port_mb();	/* as in wait_quiet(), which STATUS lets the driver do */
	port_store(&s->last_give, port_load(&s->gives));
	return link_change(s, was_up);
}

/* Requests are granted at once, updates are done at once. */
static void write_eecd(struct i82574l *s, u32 value)
{
	value &= ~(INTEL_EECD_GNT | INTEL_EECD_FLUPD | INTEL_EECD_SIZE |
		   INTEL_EECD_TYPE);
	value |= INTEL_EECD_PRES | INTEL_EECD_AUTO_RD;
	if (value & INTEL_EECD_REQ)
		value |= INTEL_EECD_GNT;
	set(s, INTEL_EECD, value);
}

static u32 write_mdic(struct i82574l *s, u32 value)
{
	bool was_up = link_up(s);

	set(s, INTEL_MDIC, mdio_access(&s->phy, value, was_up));
	return link_change(s, was_up);
}

static u32 write_rctl(struct i82574l *s, u32 value)
{
	set(s, INTEL_RCTL, value);
	if (!(value & INTEL_RCTL_EN))
		wait_quiet(s);
	return 0;
}

static u32 write_general(struct i82574l *s, u32 reg, u32 value)
{
	switch (reg) {
	case INTEL_CTRL:
		return write_ctrl(s, value);
	case INTEL_STATUS:
		return 0;
	case INTEL_EECD:
		write_eecd(s, value);
		return 0;
	case INTEL_EERD:
		set(s, reg, nvm_read(&s->nvm, value));
		return 0;
	case INTEL_EEWR:
		set(s, reg, nvm_write(&s->nvm, value));
		return 0;
	case INTEL_CTRL_EXT:
		set(s, reg, value & ~INTEL_CTRL_EXT_EE_RST);
		return 0;
	case INTEL_MDIC:
		return write_mdic(s, value);
	case INTEL_RCTL:
		return write_rctl(s, value);
	default:
		set(s, reg, value);
		return 0;
	}
}

static bool is_cause_register(u32 reg)
{
	return reg == INTEL_ICR || reg == INTEL_ICS || reg == INTEL_IMS ||
	       reg == INTEL_IMC;
}

static u32 write_cause(struct i82574l *s, u32 reg, u32 value)
{
	struct cause_wiring w = wiring(s);

	switch (reg) {
	case INTEL_ICS:
		return cause_raise(&s->cause, &w, value);
	case INTEL_IMS:
		return cause_unmask(&s->cause, &w, value);
	case INTEL_IMC:
		cause_mask(&s->cause, value);
		return 0;
	default:
		cause_clear(&s->cause, &w, value);
		return 0;
	}
}

static u32 write(struct nic *nic, u32 reg, u32 value)
{
	struct i82574l *s = nic->state;

	if (!is_register(reg) || counters_has(reg))
		return 0;
	if (is_cause_register(reg))
		return write_cause(s, reg, value);
	if (reg == INTEL_RDT) {
		/* Descriptors before the tail that covers them. */
		port_store_release(&s->csr[reg / 4], value);
		return 0;
	}
	if (reg == INTEL_TDT || reg == INTEL_TCTL) {
		set(s, reg, value);
		return drain(nic);
	}
	return write_general(s, reg, value);
}

/* Receive */

static void receive(struct i82574l *s, const struct nic *nic,
		    const struct nic_frame *frame, struct nic_gift *gift)
{
	if (!receive_enabled(s->csr) || !link_up(s)) {
		gift->outcome = OUTCOME_RX_OFF;
		return;
	}
	gift->outcome = receive_frame(s->csr, &s->stats, nic, frame, gift);
	if (gift->outcome == OUTCOME_DELIVERED)
		gift->vectors = raise_cause(s, INTEL_ICR_RXQ0 | INTEL_ICR_RXT0);
}

static void give(struct nic *nic, const struct nic_frame *frame,
		 struct nic_gift *gift)
{
	struct i82574l *s = nic->state;
	u32 inside = (port_load(&s->gives) + 1) | 1;	/* odd after a crash too */

	memset(gift, 0, sizeof(*gift));
	port_store(&s->gives, inside);
	port_mb();	/* before any register is looked at: see wait_quiet() */
	receive(s, nic, frame, gift);
	port_store_release(&s->gives, inside + 1);
}

static u32 set_link(struct nic *nic, bool up)
{
	struct i82574l *s = nic->state;
	bool was_up = link_up(s);

	port_store(&s->plugged, up);
	return link_change(s, was_up);
}

static void *peek(struct nic *nic, u32 ahead, u32 len)
{
	const struct i82574l *s = nic->state;

	if (!receive_enabled(s->csr) || !link_up(s))
		return NULL;
	return receive_peek(s->csr, nic, ahead, len);
}

static bool waiting(struct nic *nic, u32 slot)
{
	const struct i82574l *s = nic->state;

	return receive_waiting(s->csr, nic, slot);
}

static void rx_ring(struct nic *nic, struct nic_ring *ring)
{
	const struct i82574l *s = nic->state;

	receive_show(s->csr, ring);
}

const struct nic_ops i82574l_ops = {
	.name = "82574l",
	.identity = {
		.vendor = 0x8086,
		.device = 0x10d3,
		.subvendor = 0x8086,
		.subdevice = 0xa01f,
		.class_code = 0x020000,
		/* BAR 1, the flash, is not there: e1000e maps it on ICH only. */
		.bar = {
			[0] = { .size = I82574L_CSR_SIZE },
			[2] = { .size = 32, .io = true },
			[3] = { .size = 0x4000 },
		},
		.vectors = CAUSE_VECTORS,
		.msix_bar = 3,
		.msix_table = 0,
		.msix_pba = 0x2000,
	},
	.state_size = sizeof(struct i82574l),
	.rx_vector = 0,
	.power_on = power_on,
	.read = read,
	.write = write,
	.give = give,
	.take = take,
	.set_link = set_link,
	.peek = peek,
	.waiting = waiting,
	.rx_ring = rx_ring,
};
