/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A NIC as its driver sees it: registers, descriptor rings, interrupt causes.
 * A model is one file with one table of operations (contract 2). Trapped,
 * patched, polled and User-Mode Linux attachments all call the same table.
 *
 * A model's state lies in memory that both sides share. The driver's side
 * calls read() and write(); the device's side calls give() and set_link().
 * Both may run at the same time on two CPUs, and either may stop for ever:
 * no operation waits for the other side without a bound.
 */
#ifndef INTMGR_NIC_H
#define INTMGR_NIC_H

#include "port.h"
#include "record.h"

#define NIC_BARS	6
#define NIC_MAX_VECTORS	7
#define NIC_MAX_REGIONS	4

/* What the PCI function shows before any driver touches it. */
struct nic_bar {
	u32 size;	/* power of two; 0: not there */
	bool io;
};

struct nic_identity {
	u16 vendor, device, subvendor, subdevice;
	u32 class_code;		/* 24 bits */
	u8 revision;
	struct nic_bar bar[NIC_BARS];
	u8 vectors;		/* MSI-X table entries */
	u8 msix_bar;		/* the BAR that holds table and pending bits */
	u32 msix_table, msix_pba;
};

/*
 * Memory that the target declared: the only place the device's side ever
 * writes (contract 3). @va is where this side sees it.
 */
struct nic_region {
	u64 bus, size;
	void *va;
};

struct nic {
	const struct nic_ops *ops;
	void *state;			/* ops->state_size bytes, shared */
	struct nic_region region[NIC_MAX_REGIONS];
	unsigned int regions;
};

/* A frame for the driver. */
struct nic_frame {
	const void *data;
	u32 len;		/* bytes, without FCS */
	bool udp_checked;	/* both checksums are known to be right */
};

/* What giving a frame led to. */
struct nic_gift {
	enum outcome outcome;	/* OUTCOME_DELIVERED: it is in the ring */
	u32 vectors;		/* MSI-X entries to ring now, one bit each */
	u32 slot;		/* the descriptor's index */
	u64 bad_bus;		/* OUTCOME_BAD_DESCRIPTOR: the address refused */
};

/* A ring as `status` shows it. */
struct nic_ring {
	u64 base;
	u32 count;		/* descriptors */
	u32 head, tail;
};

struct nic_ops {
	const char *name;
	struct nic_identity identity;
	u32 state_size;
	u32 rx_vector;		/* the MSI-X entry that RX uses unless remapped */

	/*
	 * Power on: the state before a driver's first access, with @mac in the
	 * NVM and the cable plugged. Guarantees: every register holds its
	 * reset value, no cause is pending, all are masked, the receiver is
	 * off.
	 */
	void (*power_on)(struct nic *nic, const u8 mac[6]);

	/*
	 * A register access of the driver, @reg a byte offset in BAR 0, 32 bits.
	 * Guarantees: any @reg is safe; read() has the register's side effects;
	 * write() returns the MSI-X entries to ring now, one bit each, because
	 * it raised or unmasked a cause.
	 */
	u32 (*read)(struct nic *nic, u32 reg);
	u32 (*write)(struct nic *nic, u32 reg, u32 value);

	/*
	 * Shot steps 4 and 5: frame, then descriptor with a release barrier,
	 * then RDH, then cause bits (contract 4). Guarantees: nothing outside
	 * the declared regions is written; where the outcome is not DELIVERED,
	 * no buffer or descriptor was touched and no vector is to be rung.
	 * One thread at a time.
	 */
	void (*give)(struct nic *nic, const struct nic_frame *frame,
		     struct nic_gift *gift);

	/*
	 * Complete the next frame that the driver put into the TX ring.
	 * Returns its length in bytes, 0 when there is none; *vectors gets
	 * the MSI-X entries to ring.
	 */
	u32 (*take)(struct nic *nic, u32 *vectors);

	/* Plug or pull the cable; returns the vectors to ring. */
	u32 (*set_link)(struct nic *nic, bool up);

	/*
	 * The buffer of the descriptor @ahead places beyond RDH, if it holds
	 * @len bytes of declared memory, else NULL. For measuring copies into
	 * the same memory that a shot writes.
	 */
	void *(*peek)(struct nic *nic, u32 ahead, u32 len);

	/*
	 * Is the frame that was last given in @slot still there, not taken by
	 * the driver? The descriptor itself says so (its DD bit is set), so
	 * the answer is for the newest frame in that slot, and false after the
	 * driver reset the NIC or set up another ring.
	 */
	bool (*waiting)(struct nic *nic, u32 slot);
	void (*rx_ring)(struct nic *nic, struct nic_ring *ring);
};

/* Where this side sees @len bytes at @bus; NULL unless one region holds them all. */
void *nic_map(const struct nic *nic, u64 bus, u64 len);

/* All models, and one of them by name (NULL: none such). */
extern const struct nic_ops *const nic_models[];
const struct nic_ops *nic_model(const char *name);

#endif
