/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A split virtqueue from the device's side (VIRTIO 1.2, 2.7). All that the
 * rings and descriptors say may be wrong and may change meanwhile: each word is
 * read once, and what it names must lie in mapped memory (contract 3).
 *
 * One thread at a time works a queue. A driver that lets two CPUs ring the same
 * doorbell is sorted out by virtq_enter(); RX queues are worked in nic_give().
 */
#ifndef INTMGR_VIRTQ_H
#define INTMGR_VIRTQ_H

#include "nic.h"
#include "port.h"

#define VIRTQ_MAX_SIZE	1024

/* Shared by both sides. */
struct virtq {
	u64 desc, driver, device;	/* W: driver: bus addresses of table, available and used ring */
	u16 size;	/* W: driver: descriptors, a power of two; 0: what was written is none */
	u16 vector;	/* W: driver */
	u16 enabled;	/* W: driver, store-release after all others */
	u16 next;	/* W: who works the queue: of the available ring; in a reset the driver */
	u16 filled;	/* W: the same: index of the used ring */
	u64 bell;	/* W: driver, by compare and swap: VIRTQ_IDLE ... */
};

/* A queue opened for work, in private memory. */
struct virtq_ring {
	const struct nic *nic;
	struct virtq *q;
	const u8 *desc;
	const __le16 *avail;	/* flags, idx, ring[size], used_event */
	__le16 *used;		/* flags, idx, { id, len }[size], avail_event */
	u32 doorbell;		/* register that faults are noted at */
	u16 size, next, filled;
	bool event_idx, indirect;
	bool quiet;		/* only looking: note no fault */
	u64 bad_bus;		/* the address refused */
};

struct virtq_segment {
	u64 bus;
	u32 len;
	bool writable;		/* by the device */
};

/* A walk along the descriptors of one buffer. */
struct virtq_chain {
	struct virtq_ring *ring;
	const u8 *table;
	u32 entries;		/* in @table */
	u32 at;			/* the next one's index there */
	u32 left;		/* descriptors that it may still have, 2.7.5.3.1 */
	u16 head;
	bool more, indirect;
	bool bad;		/* it was refused, and the fault is noted */
	struct virtq_segment seg;	/* what virtq_read() and virtq_write() have left of it */
};

/* As after a reset: disabled, @max descriptors, no vector. */
void virtq_reset(struct virtq *q, u16 max);

/* Queue size of a legal value, 2.7 */
bool virtq_legal_size(u32 size);

/*
 * Find the parts of a queue. 0; -ENODEV: it is not enabled; -EINVAL: they are
 * not all mapped, aligned, and of legal size, and ring->bad_bus says which.
 * Only @nic, @doorbell and @quiet of @ring are set before.
 */
int virtq_open(struct virtq_ring *ring, struct virtq *q, u64 features);

/* The same for a queue about to be enabled. */
int virtq_map(struct virtq_ring *ring, struct virtq *q, u64 features);

/* Buffers offered and not used yet; -EINVAL: more than the queue can hold. */
int virtq_available(struct virtq_ring *ring);

/* Begin at the buffer @ahead places beyond the next; false: no such descriptor. */
bool virtq_start(struct virtq_ring *ring, struct virtq_chain *c, u32 ahead);

/* On to the next segment that is not empty, in c->seg; false: the end, or c->bad. */
bool virtq_segment(struct virtq_chain *c);

/*
 * Copy from the device-readable front of a buffer to @to (NULL: only pass it),
 * or from @from into its device-writable rest. Return the number of bytes, less
 * than @len at the end, or where c->bad.
 */
u32 virtq_read(struct virtq_chain *c, void *to, u32 len);
u32 virtq_write(struct virtq_chain *c, const void *from, u32 len);

/* Is there nothing left of it? */
bool virtq_is_over(struct virtq_chain *c);

/*
 * Return the buffer of the chain that began at descriptor @head, with @len
 * bytes written. The driver sees it by virtq_flush(), which also takes @taken
 * buffers from the available ring.
 */
void virtq_push(struct virtq_ring *ring, u16 head, u32 len);
void virtq_flush(struct virtq_ring *ring, u32 taken);

/* Have in this CPU's cache what the next virtq_push() and virtq_flush() write. */
void virtq_fetch_ahead(const struct virtq_ring *ring);

/* Is the driver to be told of what was used since ring->filled was @old? 2.7.7 */
bool virtq_due(const struct virtq_ring *ring, u16 old);

/* Ask for a doorbell at the next buffer; false: it is there already, 2.7.10 */
bool virtq_rearm(struct virtq_ring *ring);

/*
 * Has the driver not taken the used element that was put at index @at of all
 * that ever were? False if the ring has lapped it. used_event says it exactly
 * while the driver wants interrupts, which it does when all is quiet. Where the
 * driver polls, or has no EVENT_IDX, the only sign is that it has offered a
 * buffer in its stead: true then means that it has not.
 */
bool virtq_unread(const struct virtq_ring *ring, u16 at);

/*
 * Work that a doorbell asks for: true: do it, until virtq_leave() is true.
 * False: another CPU is at it, and will look again.
 */
bool virtq_enter(struct virtq *q);
bool virtq_leave(struct virtq *q);

/* Did an index that went from @old to @new pass @event? 2.7.7.2 */
static inline bool virtq_passed(u16 event, u16 new, u16 old)
{
	return (u16)(new - event - 1) < (u16)(new - old);
}

#endif
