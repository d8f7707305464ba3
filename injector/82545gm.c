// SPDX-License-Identifier: GPL-2.0-only
#include "82545gm.h"
#include "csr.h"
#include "intel_regs.h"

/* STATUS, 13.4.2: full duplex, 1000 Mbit/s, 64 bits of PCI-X at 133 MHz */
#define STATUS_BUS64		0x00001000
#define STATUS_PCIX_MODE	0x00002000
#define STATUS_PCIX_133		0x00008000
#define STATUS_BASE		(INTEL_STATUS_FD | INTEL_STATUS_SPEED_1000 | \
				 STATUS_BUS64 | STATUS_PCIX_MODE | \
				 STATUS_PCIX_133)

/* EECD, 13.4.3: flash writes off; no size bit: 64 words */
#define EECD_FWE_DISABLED	0x00000010
#define EECD_BASE		(EECD_FWE_DISABLED | INTEL_EECD_PRES)
#define EECD_WRITABLE		(INTEL_EECD_SK | INTEL_EECD_CS | INTEL_EECD_DI | \
				 0x00000030 | INTEL_EECD_REQ)

/* EERD, 13.4.4 */
#define EERD_DONE		0x00000010
#define EERD_ADDRESS		0x0000ff00

static u32 raise_cause(struct gigabit *g, u32 bits)
{
	return cause_line_raise(&g->cause, bits);
}

/* Reset values other than 0 that a driver depends on, 13.4 */
static const struct gigabit_preset preset[] = {
	{ INTEL_CTRL, INTEL_CTRL_FD | INTEL_CTRL_SLU | INTEL_CTRL_SPEED_1000 },
	{ INTEL_STATUS, STATUS_BASE },
	{ INTEL_EECD, EECD_BASE },
	{ INTEL_VET, 0x8100 },
	{ INTEL_LEDCTL, 0x07068302 },
	{ INTEL_PBA, 0x00100030 },
	{ INTEL_RXCSUM, 0 },
};

static const struct gigabit_part part = {
	.preset = preset,
	.presets = ARRAY_SIZE(preset),
	.phy = MDIO_M88E1011,
	.rules = { .udp_as_tcp = true },
	.rx_causes = INTEL_ICR_RXT0,
	.tx_causes = INTEL_ICR_TXDW | INTEL_ICR_TXQE,
	.raise = raise_cause,
};

static void power_on(struct nic *nic, const u8 mac[6])
{
	struct i82545gm *s = nic->state;

	memset(&s->eeprom, 0, sizeof(s->eeprom));
	gigabit_power_on(nic, &part, mac);
}

static u32 read_status(struct gigabit *g)
{
	gigabit_looked(g);
	return STATUS_BASE | (gigabit_link_up(g) ? INTEL_STATUS_LU : 0);
}

static u64 read(struct nic *nic, u32 reg, unsigned int size)
{
	struct gigabit *g = nic->state;

	if (!gigabit_is_register(nic, reg, size))
		return 0;
	switch (reg) {
	case INTEL_STATUS:
		return read_status(g);
	case INTEL_ICR:
		gigabit_looked(g);
		return cause_line_read(&g->cause);
	case INTEL_IMS:
		return cause_unmasked(&g->cause);
	default:
		return gigabit_read(nic, reg);
	}
}

static void write_eecd(struct i82545gm *s, u32 value)
{
	value &= EECD_WRITABLE;
	value |= INTEL_EECD_PRES;
	if (value & INTEL_EECD_REQ)
		value |= INTEL_EECD_GNT;
	value |= microwire_drive(&s->eeprom, &s->g.nvm, value);
	csr_set(s->g.csr, INTEL_EECD, value);
}

static void write_eerd(struct gigabit *g, u32 value)
{
	u32 at = (value & EERD_ADDRESS) >> 8;

	if (value & NVM_RW_START)
		value = (u32)nvm_word(&g->nvm, at) << 16 | at << 8 | EERD_DONE;
	csr_set(g->csr, INTEL_EERD, value);
}

static u32 write(struct nic *nic, u32 reg, unsigned int size, u64 wide)
{
	struct gigabit *g = nic->state;
	u32 value = (u32)wide;

	if (!gigabit_is_register(nic, reg, size))
		return 0;
	switch (reg) {
	case INTEL_ICR:
		cause_line_clear(&g->cause, value);
		return 0;
	case INTEL_ICS:
		return cause_line_raise(&g->cause, value);
	case INTEL_IMS:
		return cause_line_unmask(&g->cause, value);
	case INTEL_IMC:
		cause_mask(&g->cause, value);
		return 0;
	case INTEL_EECD:
		write_eecd(nic->state, value);
		return 0;
	case INTEL_EERD:
		write_eerd(g, value);
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
	return queue ? -1 : 0;
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

const struct nic_ops i82545gm_ops = {
	.name = "82545gm",
	.identity = {
		.vendor = 0x8086,
		.device = 0x1026,
		.subvendor = 0x8086,
		.subdevice = 0x1002,
		.class_code = 0x020000,
		.revision = 4,
		.bar = { [0] = { .size = GIGABIT_CSR_SIZE } },
	},
	.state_size = sizeof(struct i82545gm),
	.queues = 1,
	.power_on = power_on,
	.read = read,
	.write = write,
	.give = give,
	.set_link = set_link,
	.steer = gigabit_steer,
	.rx_queues = gigabit_rx_queues,
	.rx_vector = rx_vector,
	.longest = gigabit_longest,
	.peek = peek,
	.fetch_ahead = fetch_ahead,
	.waiting = waiting,
	.rx_ring = rx_ring,
};
