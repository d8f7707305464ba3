/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The window: the memory that support and target share. Together with the IPI
 * it is all that they share (contract 1), so the same two modules work in one
 * kernel and in two.
 *
 * Positions are byte offsets from the window's first byte. Times are TSC
 * cycles. "W:" names the only side that writes a field; where nothing else is
 * said, fields are written once before @magic is stored with release, and read
 * after @magic was loaded with acquire.
 */
#ifndef INTMGR_WINDOW_H
#define INTMGR_WINDOW_H

#include <linux/types.h>

#define INTMGR_WINDOW_MAGIC	0x77726d746e69ULL	/* "intmrw" */
#define INTMGR_WINDOW_REVISION	6

#define INTMGR_DOORBELLS	16	/* 0: control; 1 + i: MSI-X entry i, or with i = 0 the INTx line */
#define INTMGR_DOORBELL_CONTROL	0
#define INTMGR_DOORBELL_MSIX(i)	(1 + (i))

#define INTMGR_SLOTS		65536	/* shots followed at a time; power of two */
#define INTMGR_ENTRIES		65536	/* handler entries kept; power of two */
#define INTMGR_AGENT_SIZE	131072	/* of the mailbox, bytes */
#define INTMGR_SENT_SIZE	4194304	/* of the ring of sent frames, bytes */

#define INTMGR_ALIVE_MS		100	/* between two writes of @alive */
#define INTMGR_DEAD_MS		1000	/* an @alive older than this: the target hangs */

/*
 * A doorbell: where the MSI message of a vector would go, in one word that is
 * read and written whole. 0: nobody has asked for interrupts here. Destinations
 * are physical: logical ids are each kernel's own and mean another CPU in the
 * next one.
 */
#define INTMGR_DOORBELL_VECTOR		0x00000000000000ffULL
#define INTMGR_DOORBELL_MASKED		0x0000000000000200ULL
#define INTMGR_DOORBELL_PENDING		0x0000000000000400ULL	/* rung while masked */
#define INTMGR_DOORBELL_DEST_SHIFT	32	/* APIC id, 32 bits */

/* Orders of the support side to the target, rung through doorbell 0. */
enum intmgr_order {
	INTMGR_ORDER_NONE,
	INTMGR_ORDER_CPU,	/* take interrupts on CPU @arg */
	INTMGR_ORDER_POLL,	/* answer @ping from a loop that reads memory, for at most @arg ms without a ping */
	INTMGR_ORDER_LINK,	/* plug (1) or pull (0) the cable */
	INTMGR_ORDER_AGENT,	/* wake the program that waits in read() of the window's device */
};

enum intmgr_target_state {
	INTMGR_TARGET_GONE,	/* it left in order, died, or is not up yet */
	INTMGR_TARGET_UP,
};

/* One followed shot: slot[seq % INTMGR_SLOTS]. One cache line, one writer a field. */
struct intmgr_slot {
	__u64 seq;		/* W: support, before the descriptor's DD; 0: unused */
	__u64 poll;		/* W: target kernel: the poll that took the frame began */
	__u64 delivered;	/* W: target kernel: the driver gave it to the stack */
	__u64 socket;		/* W: the reader of the socket (a program) */
	__u32 reason;		/* W: target kernel: enum skb_drop_reason, 0: none */
	__u32 dropped;		/* W: target kernel, after @reason: enum intmgr_dropped */
	__u64 reserved[3];
};

enum intmgr_dropped {
	INTMGR_NOT_DROPPED,
	INTMGR_DROPPED_BY_STACK,
	INTMGR_DROPPED_BY_SOCKET,
};

/* One handler entry: entry[n % INTMGR_ENTRIES]. W: target kernel. */
struct intmgr_entry {
	__u64 tsc;
	__u32 doorbell;
	__u32 reserved;
};

struct intmgr_area {
	__u64 offset, size;
};

struct intmgr_window {
	/* W: target, once */
	__u64 magic;
	__u32 revision;
	__u32 header_size;		/* sizeof(struct intmgr_window) */
	__u64 size;			/* of the whole window, bytes */
	__u64 features;			/* none yet */
	char model[16];			/* name of the NIC model */
	char bdf[16];			/* the function's PCI address */
	struct intmgr_area nic;		/* the model's state */
	struct intmgr_area port;	/* struct nic_port */
	struct intmgr_area extent;	/* u64 for each NIC_GRANULE of the pool: what the driver has mapped */
	struct intmgr_area slots;	/* struct intmgr_slot[INTMGR_SLOTS] */
	struct intmgr_area entries;	/* struct intmgr_entry[INTMGR_ENTRIES] */
	struct intmgr_area pool;	/* rings and buffers: bus address = pool_bus + (offset - pool.offset) */
	struct intmgr_area agent;	/* a mailbox between programs (ap/mailbox.h); no module reads it */
	struct intmgr_area sent;	/* struct frame_ring: what the driver sent, for the support side; size 0: none */
	__u64 pool_bus;
	__u32 polled;			/* BAR 0 is the front of @nic, and who paces a run polls it */
	__u32 reserved;

	/* W: target, at any time */
	__u32 state __attribute__((aligned(64)));	/* enum intmgr_target_state */
	__u32 cpu;			/* the CPU that takes the interrupts */
	__u64 doorbell[INTMGR_DOORBELLS];	/* single-copy atomic; PENDING: W: both, by cmpxchg */
	__u64 entry_head;		/* entries written so far; store-release after the entry */
	__u64 handled[INTMGR_DOORBELLS];	/* handler entries since load; written after the entry */
	__u64 reraised;			/* doorbells that the target rang itself */
	__u64 polling;			/* W: both, by cmpxchg: who polls @nic now; 0: nobody */
	__u64 alive;			/* when the CPU that takes the interrupts last ran a timer */
	__u64 pong;			/* the last @ping answered */
	__u64 order_done;		/* the last @order_seq obeyed; store-release after @order_result */
	__s32 order_result;		/* 0 or -errno */

	/* W: support, at any time */
	__u64 run __attribute__((aligned(64)));	/* frame_mark.run of the run going on; 0: none */
	__u64 ping;
	__u32 order;			/* enum intmgr_order */
	__u32 order_arg;
	__u64 order_seq;		/* store-release after @order and @order_arg */

	/* A User-Mode Linux process as the target (kmod/doorbell_word.h) */
	__u32 raised __attribute__((aligned(64)));	/* W: both, atomically: doorbells rung, one bit each */
	__u32 looks __attribute__((aligned(64)));	/* W: target: it looks at @raised by itself */
	__u32 reserved1;
	__u64 now;			/* W: target: the time, where that is virtual; else 0 */
};

#endif
