/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A NIC as its driver sees it: registers, descriptor rings, interrupt causes.
 * A model is one file with one table of operations (contract 2). Trapped,
 * patched, polled and User-Mode Linux attachments all call the same table.
 *
 * A model's state lies in memory that both sides share. The driver's side
 * calls read() and write(); the device's side calls nic_give(), set_link().
 * Both may run at the same time on several CPUs, and either may stop for ever:
 * no operation waits for the other side without a bound.
 */
#ifndef INTMGR_NIC_H
#define INTMGR_NIC_H

#include "faults.h"
#include "port.h"
#include "record.h"

#define NIC_BARS	6
#define NIC_MAX_VECTORS	15
#define NIC_MAX_QUEUES	8
#define NIC_MAX_REGIONS	4
#define NIC_GRANULE	2048	/* of nic_region.extent, bytes */

/* What the PCI function shows before any driver touches it. */
struct nic_bar {
	u32 size;	/* power of two; 0: not there */
	bool io;
};

/* A vendor-specific capability, as it stands in configuration space. */
struct nic_capability {
	const u8 *bytes;	/* id and next are filled in by who places it */
	u8 size;
};

struct nic_identity {
	u16 vendor, device, subvendor, subdevice;
	u32 class_code;		/* 24 bits */
	u8 revision;
	struct nic_bar bar[NIC_BARS];
	u8 vectors;		/* MSI-X table entries; 0: one INTx, which is vector 0 here */
	u8 msix_bar;		/* the BAR that holds table and pending bits */
	u32 msix_table, msix_pba;
	const struct nic_capability *capability;	/* ends with bytes NULL; NULL: none */
	bool gone_is_0;		/* its driver would wait for ever for registers that read ~0 when it is gone */
};

/*
 * Memory that the target declared: the only place the device's side ever
 * writes (contract 3). @va is where this side sees it. What of it the driver
 * has mapped at a time, @extent says for each NIC_GRANULE bytes; NULL: all.
 */
#define NIC_EXTENT_END		0x7fffffffffffffffULL	/* of the mapping, bytes from @bus on; 0: none */
#define NIC_EXTENT_READONLY	0x8000000000000000ULL	/* mapped for the device to read */

struct nic_region {
	u64 bus, size;
	void *va;
	const u64 *extent;	/* W: driver */
};

/*
 * What every model has beside its own state, shared by both sides. Drivers are
 * told by reset and disable that the NIC is quiet; so who gives says so.
 */
#define NIC_LINE	64	/* bytes of a cache line */

struct nic_port {
	u64 gives;	/* W: device, by compare and swap: entries and exits of nic_give(); odd inside */

	/* In a cache line of their own: the driver's side reads them at each access. */
	u64 unquiet __aligned(64);	/* W: driver: waits for the device that were given up */
	u32 master;	/* W: bus: the function may access memory (PCI command, bit 2) */
	u32 dead;	/* W: bus: the function was taken off the bus */
	struct faults faults;
};

struct nic;

/*
 * The driver's side of the cable: send() gets each frame that the driver sent,
 * whole, without FCS, in the driver's context; NULL: frames are only counted.
 * @scratch[i] has NIC_SCRATCH bytes for TX queue i, whose doorbell writes the
 * driver serializes.
 */
#define NIC_SCRATCH	(64 + 256 + 65536)

struct nic_wire {
	void (*send)(struct nic *nic, const void *frame, u32 len);
	void *scratch[NIC_MAX_QUEUES];
};

struct nic {
	const struct nic_ops *ops;
	void *state;			/* ops->state_size bytes, shared */
	struct nic_port *port;		/* shared */
	struct nic_region region[NIC_MAX_REGIONS];
	unsigned int regions;
	const struct nic_wire *wire;	/* NULL: none, as on the device's side */
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
	u32 queue;		/* the RX queue that it was for */
	u32 slot;		/* the descriptor's index */
	u64 bad_bus;		/* OUTCOME_BAD_DESCRIPTOR: the address refused */
};

/* A ring as `status` shows it. */
struct nic_ring {
	u64 base;
	u32 count;		/* descriptors; 0: not set up */
	u32 head, tail;		/* free descriptors: head up to, not with, tail */
};

struct nic_ops {
	const char *name;
	struct nic_identity identity;
	u32 state_size;
	u32 queues;		/* RX queues at most */

	/*
	 * Power on: the state before a driver's first access, with @mac in the
	 * NVM and the cable plugged. Guarantees: every register holds its
	 * reset value, no cause is pending, all are masked, the receiver is
	 * off.
	 */
	void (*power_on)(struct nic *nic, const u8 mac[6]);

	/*
	 * A register access of the driver: @size bytes (1, 2, 4, 8) at byte
	 * offset @reg of BAR 0. Guarantees: any @reg and @size are safe; what
	 * the part has not is noted as a fault, reads 0 and writes nothing;
	 * read() has the register's side effects; write() returns the MSI-X
	 * entries to ring now, one bit each, because it raised or unmasked a
	 * cause. Frames that it makes leave go to nic->wire before it returns.
	 */
	u64 (*read)(struct nic *nic, u32 reg, unsigned int size);
	u32 (*write)(struct nic *nic, u32 reg, unsigned int size, u64 value);

	/*
	 * Shot steps 4 and 5, called by nic_give(): frame, then descriptor with
	 * a release barrier, then RDH, then cause bits (contract 4). @gift is
	 * zeroed before. Guarantees: nothing outside mapped memory is written;
	 * where the outcome is not DELIVERED, no buffer or descriptor was
	 * touched and no vector is to be rung.
	 */
	void (*give)(struct nic *nic, const struct nic_frame *frame,
		     struct nic_gift *gift);

	/* Plug or pull the cable; returns the vectors to ring. */
	u32 (*set_link)(struct nic *nic, bool up);

	/* Attachment "poll": what the driver wrote into BAR 0, which is the
	 * front of @state, is acted upon; returns the vectors to ring. One
	 * thread at a time. NULL: this part cannot be polled.
	 */
	u32 (*poll)(struct nic *nic);

	/* The RX queue that a frame of @len bytes would go to. */
	u32 (*steer)(struct nic *nic, const void *frame, u32 len);

	/* RX queues that frames may go to now, at least 1. */
	u32 (*rx_queues)(struct nic *nic);

	/* The MSI-X entry that RX queue @queue is wired to, -1: none. */
	int (*rx_vector)(struct nic *nic, u32 queue);

	/* The longest frame, bytes, that the receiver takes as it is set up. */
	u32 (*longest)(struct nic *nic);

	/*
	 * The buffer of the descriptor @ahead places beyond RDH, if it holds
	 * @len bytes of mapped memory, else NULL. For measuring copies into
	 * the same memory that a shot writes.
	 */
	void *(*peek)(struct nic *nic, u32 queue, u32 ahead, u32 len);

	/*
	 * For the time between two frames, as the NIC fetches descriptors ahead
	 * of them: have in this CPU's cache what give() will need for the next
	 * frame, of @len bytes on @queue, and the driver had last. Changes nothing.
	 */
	void (*fetch_ahead)(struct nic *nic, u32 queue, u32 len);

	/*
	 * Is the frame that was last given in @slot still there, not taken by
	 * the driver? The ring itself says so, so the answer is for the newest
	 * frame in that slot, and false after the driver reset the NIC or set
	 * up another ring.
	 */
	bool (*waiting)(struct nic *nic, u32 queue, u32 slot);
	void (*rx_ring)(struct nic *nic, u32 queue, struct nic_ring *ring);
};

/*
 * Give the driver a frame: any number of threads of either side, one after the
 * other. Sets all of *gift. A giver that does not come out again is waited for
 * a while, then passed over.
 */
void nic_give(struct nic *nic, const struct nic_frame *frame,
	      struct nic_gift *gift);

/*
 * Wait for the end of a nic_give() that began before the caller's last store.
 * Who gives says so, then looks at the registers; the driver's side stores to
 * a register, then looks for a giver: one of them sees the other. Later givers
 * do not matter, however densely they come. Driver's side.
 */
void nic_wait_quiet(struct nic *nic);

/* Is the giver that was inside at @gives, if one was, still so? */
bool nic_still_giving(const struct nic *nic, u64 gives);

/*
 * Where this side sees @len bytes at @bus; NULL unless they lie in one mapping.
 * nic_map() is for memory that the device writes, nic_map_read() for such as it
 * only reads.
 */
void *nic_map(const struct nic *nic, u64 bus, u64 len);
const void *nic_map_read(const struct nic *nic, u64 bus, u64 len);

/* Have @len bytes at @buffer in this CPU's cache, to be written; NULL: nothing. */
static inline void nic_fetch(const u8 *buffer, u32 len)
{
	u32 i;

	for (i = 0; buffer && i < len; i += NIC_LINE)
		port_prefetch(buffer + i);
}

static inline void nic_fault(const struct nic *nic, enum fault_kind kind,
			     u32 reg, u64 value)
{
	faults_note(nic->port ? &nic->port->faults : NULL, kind, reg, value);
}

/* All models, and one of them by name (NULL: none such). */
extern const struct nic_ops *const nic_models[];
const struct nic_ops *nic_model(const char *name);

#endif
