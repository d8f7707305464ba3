// SPDX-License-Identifier: GPL-2.0-only
#include "82576.h"
#include "82576_regs.h"
#include "csr.h"
#include "intel_regs.h"

static u32 get(const struct i82576 *s, u32 reg)
{
	return csr_get(s->csr, reg);
}

static void set(struct i82576 *s, u32 reg, u32 value)
{
	csr_set(s->csr, reg, value);
}

static struct eicr_wiring wiring(const struct i82576 *s)
{
	return (struct eicr_wiring) {
		.gpie = get(s, I82576_GPIE),
		.eiac = get(s, I82576_EIAC),
		.eiam = get(s, I82576_EIAM),
		.ivar_misc = get(s, I82576_IVAR_MISC),
		.iam = get(s, INTEL_IAM),
		.ctrl_ext = get(s, INTEL_CTRL_EXT),
	};
}

static u32 raise_other(struct i82576 *s, u32 bits)
{
	struct eicr_wiring w = wiring(s);

	return eicr_other_raise(&s->eicr, &w, bits);
}

/* 8.8.13: byte 0 of IVAR[n] is RX queue n's, byte 1 TX queue n's; n < 8. */
static u8 ivar_entry(const struct i82576 *s, u32 queue, bool tx)
{
	return (u8)(get(s, I82576_IVAR(queue)) >> (tx ? 8 : 0));
}

static u32 raise_queue(struct i82576 *s, u32 queue, bool tx)
{
	u32 bit = eicr_cause(ivar_entry(s, queue, tx));
	struct eicr_wiring w = wiring(s);
	u32 vectors;

	vectors = eicr_raise(&s->eicr, &w, bit);
	return vectors | raise_other(s, tx ? INTEL_ICR_TXDW : I82576_ICR_RXDW);
}

static bool link_up(const struct i82576 *s)
{
	return port_load(&s->plugged) && mdio_powered(&s->phy);
}

static struct adv_rx rx_of(struct i82576 *s)
{
	return (struct adv_rx) { s->csr, &s->stats, s->dropped };
}

/* Reset and power on */

/*
 * Reset values other than 0 that a driver depends on, 8.2 to 8.12. The EEPROM
 * has 1024 words, of which those beyond nvm.h's read as erased: igb looks at
 * some of them, and would take what is on its stack if there were none.
 */
#define EECD_FIXED	(INTEL_EECD_PRES | INTEL_EECD_AUTO_RD | \
			 4 << I82576_EECD_SIZE_SHIFT)

static const struct {
	u32 reg, value;
} preset[] = {
	{ INTEL_CTRL, INTEL_CTRL_FD | INTEL_CTRL_SPEED_1000 |
		      I82576_CTRL_ADVD3WUC },
	{ INTEL_EECD, EECD_FIXED },
	{ INTEL_EEMNGCTL, INTEL_EEMNGCTL_CFG_DONE },
	{ INTEL_EEWR, NVM_RW_DONE },
	{ INTEL_VET, 0x81008100 },
	{ INTEL_LEDCTL, 0x07068302 },
	{ INTEL_TCTL, 0xa40400f8 },
	{ INTEL_RXCSUM, INTEL_RXCSUM_IPOFL | INTEL_RXCSUM_TUOFL },
	{ I82576_RXPBS, 0x40 },
	{ I82576_TXPBS, 0x28 },
	{ I82576_RLPML, 0x2600 },
	{ I82576_RXDCTL(0), I82576_QUEUE_ENABLE },
	{ I82576_TXDCTL(0), I82576_QUEUE_ENABLE },
};

static void load_address(struct i82576 *s)
{
	u8 mac[6];

	nvm_mac(&s->nvm, mac);
	set(s, INTEL_RAL(0), mac[0] | mac[1] << 8 | mac[2] << 16 |
	    (u32)mac[3] << 24);
	set(s, INTEL_RAH(0), mac[4] | mac[5] << 8 | INTEL_RAH_AV);
}

static void clear_counts(struct i82576 *s)
{
	unsigned int i;

	counters_clear(&s->stats);
	for (i = 0; i < ADV_RX_QUEUES; i++)
		s->dropped_base[i] = port_load(&s->dropped[i]);
}

static void reset(struct nic *nic)
{
	struct i82576 *s = nic->state;
	unsigned int i;

	set(s, INTEL_RCTL, 0);
	nic_wait_quiet(nic);
	memset(s->csr, 0, sizeof(s->csr));
	memset(s->context, 0, sizeof(s->context));
	for (i = 0; i < ARRAY_SIZE(preset); i++)
		set(s, preset[i].reg, preset[i].value);
	load_address(s);
	eicr_reset(&s->eicr);
	clear_counts(s);
}

static void power_on(struct nic *nic, const u8 mac[6])
{
	struct i82576 *s = nic->state;

	memset(s, 0, sizeof(*s));
	nvm_init(&s->nvm, mac);
	s->phy.model = MDIO_IGP03;
	mdio_reset(&s->phy);
	s->plugged = 1;
	reset(nic);
}

/* Transmit */

/*
 * Everything that is in the ring leaves at once, and one message reports it.
 * A pulled cable does not hold it back: then igb would reset the NIC to get rid
 * of it.
 */
static u32 drain(struct nic *nic, u32 queue)
{
	struct i82576 *s = nic->state;
	struct adv_tx tx = { s->csr, &s->stats, s->context };

	if (!adv_tx_enabled(nic, s->csr, queue) ||
	    !adv_tx_drain(&tx, nic, queue))
		return 0;
	return raise_queue(s, queue, true);
}

static u32 drain_all(struct nic *nic)
{
	u32 queue, vectors = 0;

	for (queue = 0; queue < ADV_TX_QUEUES; queue++)
		vectors |= drain(nic, queue);
	return vectors;
}

/* Registers */

/* 8.1.3: registers are 32 bits wide and accessed as such. */
static bool is_register(const struct nic *nic, u32 reg, unsigned int size)
{
	if (size == 4 && reg < I82576_CSR_SIZE && !(reg & 3))
		return true;
	nic_fault(nic, FAULT_ACCESS, reg, size);
	return false;
}

/* The registers of queues 0 to 3 have two addresses: here is the newer one. */
static u32 newer_address(u32 reg)
{
	static const struct {
		u32 old, newer;
	} blocks[] = {
		{ I82576_OLD_RX_QUEUES, I82576_RX_QUEUES },
		{ I82576_OLD_TX_QUEUES, I82576_TX_QUEUES },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(blocks); i++) {
		u32 at = reg - blocks[i].old;
		u32 queue = at / I82576_OLD_QUEUE_STEP;

		at %= I82576_OLD_QUEUE_STEP;
		if (queue < I82576_OLD_QUEUES && at < I82576_QUEUE_STEP)
			return blocks[i].newer + queue * I82576_QUEUE_STEP + at;
	}
	return reg;
}

/* Is @reg the register of a queue that has address @first for queue 0? */
static bool is_of_queue(u32 reg, u32 first, u32 *queue)
{
	u32 at = reg - first;	/* wraps above all queues if reg is below */

	*queue = at / I82576_QUEUE_STEP;
	return *queue < I82576_QUEUES && at % I82576_QUEUE_STEP == 0;
}

static u32 read_status(const struct nic *nic)
{
	const struct i82576 *s = nic->state;
	u32 status = INTEL_STATUS_FD | INTEL_STATUS_SPEED_1000;

	if (link_up(s))
		status |= INTEL_STATUS_LU;
	if (!(get(s, INTEL_CTRL) & INTEL_CTRL_GIO_MASTER_DISABLE) ||
	    nic_still_giving(nic, port_load(&s->last_give)))
		status |= INTEL_STATUS_GIO_MASTER_ENABLE;
	return status;
}

/* 8.7.1: reading takes the semaphore; the one CPU that reads 0 has it. */
static u32 read_swsm(struct i82576 *s)
{
	return port_fetch_or(&s->csr[I82576_SWSM / 4], I82576_SWSM_SMBI);
}

static u32 read_dropped(struct i82576 *s, u32 queue)
{
	return queue < ADV_RX_QUEUES ?
		       counters_take(&s->dropped_base[queue],
				     &s->dropped[queue]) : 0;
}

/* What is set at one address and cleared at another reads the same at both. */
static bool read_cause(struct i82576 *s, u32 reg, u32 *value)
{
	struct eicr_wiring w = wiring(s);

	switch (reg) {
	case INTEL_ICR:
		*value = eicr_other_read(&s->eicr, &w);
		return true;
	case INTEL_ICS:
		*value = eicr_other_pending(&s->eicr);
		return true;
	case INTEL_IMS:
	case INTEL_IMC:
		*value = eicr_other_unmasked(&s->eicr);
		return true;
	case I82576_EICR:
		*value = eicr_read(&s->eicr, &w);
		return true;
	case I82576_EICS:
		*value = eicr_pending(&s->eicr);
		return true;
	case I82576_EIMS:
	case I82576_EIMC:
		*value = eicr_unmasked(&s->eicr);
		return true;
	default:
		return false;
	}
}

static bool is_more_statistics(u32 reg)
{
	return reg >= I82576_MORE_STATS && reg < I82576_MORE_STATS_END;
}

static u32 read_general(struct nic *nic, u32 reg)
{
	struct i82576 *s = nic->state;
	u32 value, queue;

	if (counters_has(reg))
		return counters_read(&s->stats, reg);
	if (read_cause(s, reg, &value))
		return value;
	if (reg == INTEL_STATUS)
		return read_status(nic);
	if (reg == I82576_SWSM)
		return read_swsm(s);
	if (is_of_queue(reg, I82576_RQDPC(0), &queue))
		return read_dropped(s, queue);
	return get(s, reg);
}

static u64 read(struct nic *nic, u32 reg, unsigned int size)
{
	struct i82576 *s = nic->state;

	if (!is_register(nic, reg, size))
		return 0;
	if (port_load(&s->resetting))
		port_store(&s->resetting, 0);
	return read_general(nic, newer_address(reg));
}

/* A change of the link, however it came about, is a cause (LSC). */
static u32 link_change(struct i82576 *s, bool was_up)
{
	return link_up(s) != was_up ? raise_other(s, INTEL_ICR_LSC) : 0;
}

/*
 * 8.2.1: RST and PHY_RST clear themselves. A driver can see that the reset is
 * over by reading, and has to, before it lets the part access memory.
 */
static u32 write_ctrl(struct nic *nic, u32 value)
{
	struct i82576 *s = nic->state;
	bool was_up = link_up(s);

	if (value & INTEL_CTRL_PHY_RST)
		mdio_reset(&s->phy);
	if (value & INTEL_CTRL_RST) {
		reset(nic);
		port_store(&s->resetting, 1);
		return 0;
	}
	set(s, INTEL_CTRL, value & ~INTEL_CTRL_PHY_RST);
	port_mb();	/* as in nic_wait_quiet(), which STATUS lets the driver do */
	port_store(&s->last_give, port_load(&nic->port->gives));
	return link_change(s, was_up);
}

/*
 * Requests are granted at once. The EEPROM's serial output stays high, so that
 * a driver that wants to write finds it never ready.
 */
static void write_eecd(struct i82576 *s, u32 value)
{
	value &= ~(INTEL_EECD_GNT | INTEL_EECD_SIZE);
	value |= EECD_FIXED | INTEL_EECD_DO;
	if (value & INTEL_EECD_REQ)
		value |= INTEL_EECD_GNT;
	set(s, INTEL_EECD, value);
}

static u32 write_mdic(struct i82576 *s, u32 value)
{
	bool was_up = link_up(s);

	set(s, INTEL_MDIC, mdio_access(&s->phy, value, was_up));
	return link_change(s, was_up);
}

/* The driver frees its buffers as soon as these are off. */
static u32 write_rx_enable(struct nic *nic, u32 reg, u32 value, u32 enable)
{
	struct i82576 *s = nic->state;

	port_store_release(&s->csr[reg / 4], value);
	if (!(value & enable))
		nic_wait_quiet(nic);
	return 0;
}

/*
 * What waited is sent when the transmitter is switched on, not whenever TCTL is
 * written: igb does so while other CPUs send.
 */
static u32 write_tctl(struct nic *nic, u32 value)
{
	struct i82576 *s = nic->state;
	bool was_on = get(s, INTEL_TCTL) & INTEL_TCTL_EN;

	set(s, INTEL_TCTL, value);
	return !was_on && (value & INTEL_TCTL_EN) ? drain_all(nic) : 0;
}

static u32 write_general(struct nic *nic, u32 reg, u32 value)
{
	struct i82576 *s = nic->state;

	switch (reg) {
	case INTEL_CTRL:
		return write_ctrl(nic, value);
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
		return write_rx_enable(nic, reg, value, INTEL_RCTL_EN);
	case INTEL_TCTL:
		return write_tctl(nic, value);
	default:
		set(s, reg, value);
		return 0;
	}
}

/* Causes */

static bool is_cause_register(u32 reg)
{
	return reg == INTEL_ICR || reg == INTEL_ICS || reg == INTEL_IMS ||
	       reg == INTEL_IMC || reg == I82576_EICR || reg == I82576_EICS ||
	       reg == I82576_EIMS || reg == I82576_EIMC;
}

static u32 write_cause(struct i82576 *s, u32 reg, u32 value)
{
	struct eicr_wiring w = wiring(s);

	switch (reg) {
	case INTEL_ICS:
		return eicr_other_raise(&s->eicr, &w, value);
	case INTEL_IMS:
		return eicr_other_unmask(&s->eicr, &w, value);
	case INTEL_IMC:
		eicr_other_mask(&s->eicr, value);
		return 0;
	case INTEL_ICR:
		eicr_other_clear(&s->eicr, &w, value);
		return 0;
	case I82576_EICS:
		return eicr_raise(&s->eicr, &w, value);
	case I82576_EIMS:
		return eicr_unmask(&s->eicr, &w, value);
	case I82576_EIMC:
		eicr_mask(&s->eicr, &w, value);
		return 0;
	default:
		eicr_clear(&s->eicr, &w, value);
		return 0;
	}
}

/* Queues */

static u32 write_rdt(struct nic *nic, u32 queue, u32 value)
{
	struct i82576 *s = nic->state;

	/* Descriptors before the tail that covers them. */
	port_store_release(&s->csr[I82576_RDT(queue) / 4], value);
	adv_rx_check(s->csr, nic, queue);
	return 0;
}

static bool write_queue(struct nic *nic, u32 reg, u32 value, u32 *vectors)
{
	struct i82576 *s = nic->state;
	u32 queue;

	*vectors = 0;
	if (is_of_queue(reg, I82576_RDT(0), &queue)) {
		*vectors = write_rdt(nic, queue, value);
	} else if (is_of_queue(reg, I82576_RXDCTL(0), &queue)) {
		*vectors = write_rx_enable(nic, reg, value,
					   I82576_QUEUE_ENABLE);
	} else if (is_of_queue(reg, I82576_TDT(0), &queue) ||
		   is_of_queue(reg, I82576_TXDCTL(0), &queue)) {
		set(s, reg, value);
		*vectors = drain(nic, queue);
	} else {
		return is_of_queue(reg, I82576_RQDPC(0), &queue);
	}
	return true;
}

/* The bit of @reg that lets the part access memory. */
static u32 enable_bit(u32 reg)
{
	u32 queue;

	if (reg == INTEL_RCTL)
		return INTEL_RCTL_EN;
	if (reg == INTEL_TCTL)
		return INTEL_TCTL_EN;
	if (is_of_queue(reg, I82576_RXDCTL(0), &queue) ||
	    is_of_queue(reg, I82576_TXDCTL(0), &queue))
		return I82576_QUEUE_ENABLE;
	return 0;
}

/* It is lost in a reset that goes on. */
static u32 not_early(const struct nic *nic, u32 reg, u32 value)
{
	const struct i82576 *s = nic->state;

	if (!port_load(&s->resetting) || !(value & enable_bit(reg)))
		return value;
	nic_fault(nic, FAULT_EARLY, reg, value);
	return value & ~enable_bit(reg);
}

static u32 write(struct nic *nic, u32 reg, unsigned int size, u64 wide)
{
	struct i82576 *s = nic->state;
	u32 value = (u32)wide, vectors;

	if (!is_register(nic, reg, size) || counters_has(reg) ||
	    is_more_statistics(reg))
		return 0;
	reg = newer_address(reg);
	value = not_early(nic, reg, value);
	if (is_cause_register(reg))
		return write_cause(s, reg, value);
	if (write_queue(nic, reg, value, &vectors))
		return vectors;
	return write_general(nic, reg, value);
}

/* Receive */

static void give(struct nic *nic, const struct nic_frame *frame,
		 struct nic_gift *gift)
{
	struct i82576 *s = nic->state;
	struct adv_rx rx = rx_of(s);

	if (!adv_rx_enabled(s->csr) || !link_up(s)) {
		gift->outcome = OUTCOME_RX_OFF;
		return;
	}
	gift->outcome = adv_rx_frame(&rx, nic, frame, gift);
	if (gift->outcome == OUTCOME_DELIVERED)
		gift->vectors = raise_queue(s, gift->queue, false);
}

static u32 set_link(struct nic *nic, bool up)
{
	struct i82576 *s = nic->state;
	bool was_up = link_up(s);

	port_store(&s->plugged, up);
	return link_change(s, was_up);
}

static u32 steer(struct nic *nic, const void *frame, u32 len)
{
	const struct i82576 *s = nic->state;

	return adv_rx_steer(s->csr, frame, len);
}

static u32 rx_queues(struct nic *nic)
{
	const struct i82576 *s = nic->state;
	u32 spread = adv_rx_spread(s->csr), queue, n = 0;

	for (queue = 0; queue < ADV_RX_QUEUES; queue++)
		if ((spread >> queue & 1) &&
		    adv_rx_queue_enabled(s->csr, queue))
			n++;
	return max(n, 1u);
}

static int rx_vector(struct nic *nic, u32 queue)
{
	const struct i82576 *s = nic->state;
	struct eicr_wiring w = wiring(s);

	if (queue >= ADV_RX_QUEUES)
		return -1;
	return eicr_vector(&w, ivar_entry(s, queue, false));
}

static u32 longest(struct nic *nic)
{
	const struct i82576 *s = nic->state;

	return adv_rx_longest(s->csr);
}

static void *peek(struct nic *nic, u32 queue, u32 ahead, u32 len)
{
	const struct i82576 *s = nic->state;

	if (!adv_rx_enabled(s->csr) || !link_up(s) ||
	    !adv_rx_queue_enabled(s->csr, queue))
		return NULL;
	return adv_rx_peek(s->csr, nic, queue, ahead, len);
}

static void fetch_ahead(struct nic *nic, u32 queue, u32 len)
{
	struct i82576 *s = nic->state;

	port_prefetch(&s->eicr);
	if (adv_rx_enabled(s->csr) && adv_rx_queue_enabled(s->csr, queue))
		adv_rx_fetch_ahead(s->csr, nic, queue, len);
}

static bool waiting(struct nic *nic, u32 queue, u32 slot)
{
	const struct i82576 *s = nic->state;

	return queue < ADV_RX_QUEUES &&
	       adv_rx_waiting(s->csr, nic, queue, slot);
}

static void rx_ring(struct nic *nic, u32 queue, struct nic_ring *ring)
{
	const struct i82576 *s = nic->state;

	memset(ring, 0, sizeof(*ring));
	if (queue < ADV_RX_QUEUES)
		adv_rx_show(s->csr, queue, ring);
}

const struct nic_ops i82576_ops = {
	.name = "82576",
	.identity = {
		.vendor = 0x8086,
		.device = 0x10c9,
		.subvendor = 0x8086,
		.subdevice = 0xa03c,
		.class_code = 0x020000,
		.revision = 1,
		/* BAR 1, the flash, and BAR 2, I/O, are not there: igb maps neither. */
		.bar = {
			[0] = { .size = I82576_CSR_SIZE },
			[3] = { .size = 0x4000 },
		},
		.vectors = EICR_VECTORS,
		.msix_bar = 3,
		.msix_table = 0,
		.msix_pba = 0x2000,
	},
	.state_size = sizeof(struct i82576),
	.queues = ADV_RX_QUEUES,
	.power_on = power_on,
	.read = read,
	.write = write,
	.give = give,
	.set_link = set_link,
	.steer = steer,
	.rx_queues = rx_queues,
	.rx_vector = rx_vector,
	.longest = longest,
	.peek = peek,
	.fetch_ahead = fetch_ahead,
	.waiting = waiting,
	.rx_ring = rx_ring,
};
