/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the 82574L and the 82545GM have in common: the register file, reset, the
 * PHY behind MDIC, one receive and one transmit queue. Each model adds its
 * interrupt causes, its NVM's access and its STATUS. Section numbers are those
 * of the 82574 data sheet.
 *
 * Loads and stores of 64 bits must be single: a 64-bit machine is assumed.
 */
#ifndef INTMGR_GIGABIT_H
#define INTMGR_GIGABIT_H

#include "cause.h"
#include "counters.h"
#include "mdio.h"
#include "nic.h"
#include "nvm.h"
#include "receive.h"
#include "tx_ring.h"

#define GIGABIT_CSR_SIZE	0x20000

/*
 * Shared by both sides. Registers are the driver's to write; RDH alone is the
 * device's, save in a reset. As with the real part, drivers serialize what
 * takes two accesses (MDIC, EERD) and what belongs to one queue (TDT).
 */
struct gigabit {
	u32 csr[GIGABIT_CSR_SIZE / 4];
	struct cause cause;	/* W: both, by compare and swap */
	u64 last_give;		/* W: driver: port->gives when CTRL was last written */
	u32 plugged;		/* W: who calls set_link() */
	u32 resetting;		/* W: driver: it did not yet look whether the reset is over */
	struct counters stats;
	struct mdio_phy phy;	/* W: driver */
	struct nvm nvm;		/* W: driver */
	struct tx_context tx;	/* W: driver */
};

struct gigabit_preset {
	u32 reg, value;
};

struct gigabit_part {
	const struct gigabit_preset *preset;	/* reset values other than 0 */
	unsigned int presets;
	enum mdio_model phy;
	struct receive_rules rules;
	u32 rx_causes, tx_causes;
	u32 (*raise)(struct gigabit *g, u32 bits);	/* returns vectors */
};

void gigabit_power_on(struct nic *nic, const struct gigabit_part *part,
		      const u8 mac[6]);
bool gigabit_link_up(const struct gigabit *g);

/* 10.1: registers are 32 bits wide; all else is noted. */
bool gigabit_is_register(const struct nic *nic, u32 reg, unsigned int size);

/*
 * Registers whose reading tells that a reset is over: e1000e looks at EECD,
 * e1000 at ICR, before either enables DMA.
 */
void gigabit_looked(struct gigabit *g);

/* All registers but STATUS and those of causes, and writes but those of EECD and EERD. */
u32 gigabit_read(struct nic *nic, u32 reg);
u32 gigabit_write(struct nic *nic, const struct gigabit_part *part, u32 reg,
		  u32 value);

void gigabit_give(struct nic *nic, const struct gigabit_part *part,
		  const struct nic_frame *frame, struct nic_gift *gift);
u32 gigabit_set_link(struct nic *nic, const struct gigabit_part *part, bool up);
void *gigabit_peek(struct nic *nic, const struct gigabit_part *part, u32 queue,
		   u32 ahead, u32 len);
void gigabit_fetch_ahead(struct nic *nic, const struct gigabit_part *part,
			 u32 queue, u32 len);
bool gigabit_waiting(struct nic *nic, const struct gigabit_part *part,
		     u32 queue, u32 slot);
void gigabit_rx_ring(struct nic *nic, const struct gigabit_part *part,
		     u32 queue, struct nic_ring *ring);

u32 gigabit_longest(struct nic *nic);

/* steer() and rx_queues(): one queue. */
u32 gigabit_steer(struct nic *nic, const void *frame, u32 len);
u32 gigabit_rx_queues(struct nic *nic);

#endif
