// SPDX-License-Identifier: GPL-2.0-only
#include "82574l.h"
#include "csr.h"
#include "intel_regs.h"

static struct cause_wiring wiring(const struct gigabit *g)
{
	return (struct cause_wiring) {
		.ivar = csr_get(g->csr, INTEL_IVAR),
		.eiac = csr_get(g->csr, INTEL_EIAC),
		.iam = csr_get(g->csr, INTEL_IAM),
		.ctrl_ext = csr_get(g->csr, INTEL_CTRL_EXT),
	};
}

static u32 raise_cause(struct gigabit *g, u32 bits)
{
	struct cause_wiring w = wiring(g);
	u32 vectors = cause_raise(&g->cause, &w, bits);

	i82574l_show_causes((struct i82574l *)g);
	return vectors;
}

/* Reset values other than 0 that a driver depends on, 10.2 */
static const struct gigabit_preset preset[] = {
	{ INTEL_CTRL, INTEL_CTRL_FD | INTEL_CTRL_SLU | INTEL_CTRL_SPEED_1000 },
	{ INTEL_STATUS, INTEL_STATUS_FD | INTEL_STATUS_SPEED_1000 |
			INTEL_STATUS_GIO_MASTER_ENABLE },
	{ INTEL_EECD, INTEL_EECD_PRES | INTEL_EECD_AUTO_RD },
	{ INTEL_EEMNGCTL, INTEL_EEMNGCTL_CFG_DONE },
	{ INTEL_EEWR, NVM_RW_DONE },
	{ INTEL_VET, 0x8100 },
	{ INTEL_LEDCTL, 0x07061302 },
	{ INTEL_PBA, 0x00140014 },
	{ INTEL_RXCSUM, INTEL_RXCSUM_IPOFL | INTEL_RXCSUM_TUOFL },
};

static const struct gigabit_part part = {
	.preset = preset,
	.presets = ARRAY_SIZE(preset),
	.phy = MDIO_BM,
	.rules = {
		.master_disable = INTEL_CTRL_GIO_MASTER_DISABLE,
		.formats = true,
	},
	.rx_causes = INTEL_ICR_RXQ0 | INTEL_ICR_RXT0,
	.tx_causes = INTEL_ICR_TXQ0 | INTEL_ICR_TXDW,
	.raise = raise_cause,
};

static void power_on(struct nic *nic, const u8 mac[6])
{
	struct i82574l *s = nic->state;

	s->polled = 0;
	s->unmasked = 0;
	s->link_told = 0;
	s->refused = 0;
	gigabit_power_on(nic, &part, mac);
}

/* Registers */

static u32 read_status(struct nic *nic)
{
	struct gigabit *g = nic->state;
	u32 status = INTEL_STATUS_FD | INTEL_STATUS_SPEED_1000;

	gigabit_looked(g);
	if (gigabit_link_up(g))
		status |= INTEL_STATUS_LU;
	if (!(csr_get(g->csr, INTEL_CTRL) & INTEL_CTRL_GIO_MASTER_DISABLE) ||
	    nic_still_giving(nic, port_load(&g->last_give)))
		status |= INTEL_STATUS_GIO_MASTER_ENABLE;
	return status;
}

static u32 read_icr(struct gigabit *g)
{
	struct cause_wiring w = wiring(g);

	gigabit_looked(g);
	return cause_read(&g->cause, &w);
}

static u64 read(struct nic *nic, u32 reg, unsigned int size)
{
	struct gigabit *g = nic->state;

	if (!gigabit_is_register(nic, reg, size))
		return 0;
	switch (reg) {
	case INTEL_STATUS:
		return read_status(nic);
	case INTEL_ICR:
		return read_icr(g);
	case INTEL_IMS:
		return cause_unmasked(&g->cause);
	default:
		return gigabit_read(nic, reg);
	}
}

/* Requests are granted at once, updates are done at once. */
static void write_eecd(struct gigabit *g, u32 value)
{
	value &= ~(INTEL_EECD_GNT | INTEL_EECD_FLUPD | INTEL_EECD_SIZE |
		   INTEL_EECD_TYPE);
	value |= INTEL_EECD_PRES | INTEL_EECD_AUTO_RD;
	if (value & INTEL_EECD_REQ)
		value |= INTEL_EECD_GNT;
	csr_set(g->csr, INTEL_EECD, value);
}

static u32 write_clear(struct gigabit *g, u32 bits)
{
	struct cause_wiring w = wiring(g);

	cause_clear(&g->cause, &w, bits);
	return 0;
}

static u32 write_ims(struct gigabit *g, u32 bits)
{
	struct cause_wiring w = wiring(g);

	return cause_unmask(&g->cause, &w, bits);
}

static u32 write(struct nic *nic, u32 reg, unsigned int size, u64 wide)
{
	struct gigabit *g = nic->state;
	u32 value = (u32)wide;

	if (!gigabit_is_register(nic, reg, size))
		return 0;
	switch (reg) {
	case INTEL_ICR:
		return write_clear(g, value);
	case INTEL_ICS:
		return raise_cause(g, value);
	case INTEL_IMS:
		return write_ims(g, value);
	case INTEL_IMC:
		cause_mask(&g->cause, value);
		return 0;
	case INTEL_EECD:
		write_eecd(g, value);
		return 0;
	case INTEL_EERD:
		csr_set(g->csr, reg, nvm_read(&g->nvm, value));
		return 0;
	case INTEL_EEWR:
		csr_set(g->csr, reg, nvm_write(&g->nvm, value));
		return 0;
	default:
		return gigabit_write(nic, &part, reg, value);
	}
}

/* The rest of the table */

static void give(struct nic *nic, const struct nic_frame *frame,
		 struct nic_gift *gift)
{
	gigabit_give(nic, &part, frame, gift);
}

static u32 set_link(struct nic *nic, bool up)
{
	return gigabit_set_link(nic, &part, up);
}

static int rx_vector(struct nic *nic, u32 queue)
{
	struct cause_wiring w = wiring(nic->state);

	return queue ? -1 : cause_vector(&w, INTEL_ICR_RXQ0);
}

static void *peek(struct nic *nic, u32 queue, u32 ahead, u32 len)
{
	return gigabit_peek(nic, &part, queue, ahead, len);
}

static void fetch_ahead(struct nic *nic, u32 queue, u32 len)
{
	gigabit_fetch_ahead(nic, &part, queue, len);
}

static bool waiting(struct nic *nic, u32 queue, u32 slot)
{
	return gigabit_waiting(nic, &part, queue, slot);
}

static void rx_ring(struct nic *nic, u32 queue, struct nic_ring *ring)
{
	gigabit_rx_ring(nic, &part, queue, ring);
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
	.queues = 1,
	.power_on = power_on,
	.read = read,
	.write = write,
	.give = give,
	.set_link = set_link,
	.poll = i82574l_poll,
	.steer = gigabit_steer,
	.rx_queues = gigabit_rx_queues,
	.rx_vector = rx_vector,
	.longest = gigabit_longest,
	.peek = peek,
	.fetch_ahead = fetch_ahead,
	.waiting = waiting,
	.rx_ring = rx_ring,
};
