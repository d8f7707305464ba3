/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A test bench for the virtio network device: memory that it may touch, between
 * guards that it must not, and a small driver that sets up and works its queues
 * as Linux does (drivers/virtio/virtio_pci_modern.c, virtio_ring.c).
 *
 *	guard | pool: a ring each 64 KiB, buffers from 256 KiB on | guard
 */
#ifndef INTMGR_TEST_VIRTIO_RIG_H
#define INTMGR_TEST_VIRTIO_RIG_H

#include "testing.h"

#include "nic.h"
#include "virtio_net.h"
#include "virtio_regs.h"

#define RIG_GUARD	65536
#define RIG_POOL	(4 << 20)
#define RIG_BUS		(1ULL << 52)
#define RIG_RING	65536	/* bytes for each */
#define RIG_BUFFERS	(4 * RIG_RING)
#define RIG_MEMORY	(RIG_GUARD + RIG_POOL + RIG_GUARD)
#define RIG_PATTERN	0xa5
#define RIG_FRAME	70000

/* What Linux 6.1 accepts of what is offered. */
#define RIG_FEATURES	(VIRTIO_F_VERSION_1 | VIRTIO_F_ACCESS_PLATFORM | \
			 VIRTIO_F_INDIRECT_DESC | VIRTIO_F_EVENT_IDX | \
			 VIRTIO_F_RING_RESET | VIRTIO_NET_F_CSUM | \
			 VIRTIO_NET_F_GUEST_CSUM | VIRTIO_NET_F_HOST_TSO4 | \
			 VIRTIO_NET_F_HOST_TSO6 | VIRTIO_NET_F_MAC | \
			 VIRTIO_NET_F_STATUS | VIRTIO_NET_F_MRG_RXBUF | \
			 VIRTIO_NET_F_CTRL_VQ | VIRTIO_NET_F_CTRL_RX | \
			 VIRTIO_NET_F_CTRL_VLAN | VIRTIO_NET_F_CTRL_MAC_ADDR)

/* The vectors that rig_probe() gives out, as bits */
#define CONFIG		0x1
#define RX		0x2
#define TX		0x4

static const u8 rig_mac[6] = { 0x02, 0x00, 0x5e, 0x10, 0x00, 0x01 };

struct rig_desc {
	__le64 addr;
	__le32 len;
	__le16 flags, next;
};

/* One queue, as the driver knows it. */
struct rig_queue {
	u32 index;
	u16 size;
	u64 desc, avail, used;
	u16 offered, taken;	/* free-running, as in the rings */
};

struct rig {
	struct nic nic;
	struct virtio_net state;
	struct nic_port port;
	struct nic_wire wire;
	u8 *memory, *pool;
	struct rig_queue queue[VIRTIO_NET_QUEUES];
	u8 frame[RIG_FRAME];
	u8 seen[RIG_FRAME];	/* the last frame sent */
	u32 seen_len, seen_count;
};

/* ---- memory ---- */

static inline void assert_pattern(const u8 *at, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (at[i] != RIG_PATTERN)
			fail_msg("written: byte %zu of %zu", i, len);
}

static inline u8 *rig_at(struct rig *r, u64 bus)
{
	return r->pool + (bus - RIG_BUS);
}

static inline void rig_saw(struct nic *nic, const void *frame, u32 len)
{
	struct rig *r = (struct rig *)nic;	/* its first member */

	assert_true(len <= RIG_FRAME);
	memcpy(r->seen, frame, len);
	r->seen_len = len;
	r->seen_count++;
}

static inline int rig_setup(void **state)
{
	struct rig *r = calloc(1, sizeof(*r));
	unsigned int i;

	assert_non_null(r);
	r->memory = aligned_alloc(4096, RIG_MEMORY);
	assert_non_null(r->memory);
	memset(r->memory, RIG_PATTERN, RIG_MEMORY);
	r->pool = r->memory + RIG_GUARD;

	r->nic.ops = nic_model("virtio_net");
	r->nic.state = &r->state;
	r->nic.port = &r->port;
	r->port.master = 1;
	r->nic.region[0] = (struct nic_region) {
		.bus = RIG_BUS, .size = RIG_POOL, .va = r->pool,
	};
	r->nic.regions = 1;
	r->wire.send = rig_saw;
	r->wire.scratch[0] = malloc(NIC_SCRATCH);
	r->nic.wire = &r->wire;
	r->nic.ops->power_on(&r->nic, rig_mac);

	for (i = 0; i < sizeof(r->frame); i++)
		r->frame[i] = (u8)(i * 7 + 1);
	memcpy(r->frame, rig_mac, 6);
	*state = r;
	return 0;
}

/* Every test ends with the question whether the guards are whole. */
static inline int rig_teardown(void **state)
{
	struct rig *r = *state;

	assert_pattern(r->memory, RIG_GUARD);
	assert_pattern(r->pool + RIG_POOL, RIG_GUARD);
	free(r->wire.scratch[0]);
	free(r->memory);
	free(r);
	return 0;
}

/* ---- registers ---- */

static inline u32 rd(struct rig *r, u32 reg, unsigned int size)
{
	return (u32)r->nic.ops->read(&r->nic, reg, size);
}

static inline u32 wr(struct rig *r, u32 reg, unsigned int size, u32 value)
{
	return r->nic.ops->write(&r->nic, reg, size, value);
}

static inline void wr64(struct rig *r, u32 reg, u64 value)
{
	wr(r, reg, 4, (u32)value);
	wr(r, reg + 4, 4, (u32)(value >> 32));
}

/* How often a fault of @kind was noted at @reg; *value gets the first one's. */
static inline u64 rig_fault(struct rig *r, enum fault_kind kind, u32 reg,
			    u64 *value)
{
	struct fault_report f;
	unsigned int i;

	for (i = 0; i < FAULTS; i++) {
		if (!faults_get(&r->port.faults, i, &f) || f.kind != kind ||
		    f.reg != reg)
			continue;
		if (value)
			*value = f.value;
		return f.count;
	}
	return 0;
}

static inline void assert_no_fault(struct rig *r)
{
	struct fault_report f;

	if (faults_get(&r->port.faults, 0, &f))
		fail_msg("fault \"%s\" at register %#x, value %#llx",
			 fault_name(f.kind), f.reg, (unsigned long long)f.value);
}

/* Exactly this fault, with this value; and a clean slate after it. */
static inline void assert_fault(struct rig *r, enum fault_kind kind, u32 reg,
				u64 value)
{
	struct fault_report f;

	if (!faults_get(&r->port.faults, 0, &f))
		fail_msg("no fault");
	assert_string_equal(fault_name(f.kind), fault_name(kind));
	assert_int_equal(f.reg, reg);
	assert_int_equal(f.value, value);
	assert_false(faults_get(&r->port.faults, 1, &f));
	faults_clear(&r->port.faults);
}

/* ---- queues ---- */

static inline u32 rig_doorbell(u32 queue)
{
	return VIRTIO_NOTIFY + VIRTIO_NOTIFY_STEP * queue;
}

static inline struct rig_desc *rig_desc(struct rig *r, struct rig_queue *q,
					u16 i)
{
	return (struct rig_desc *)rig_at(r, q->desc) + i;
}

static inline __le16 *rig_avail(struct rig *r, struct rig_queue *q)
{
	return (__le16 *)rig_at(r, q->avail);
}

static inline __le16 *rig_used(struct rig *r, struct rig_queue *q)
{
	return (__le16 *)rig_at(r, q->used);
}

static inline void rig_set_event(struct rig *r, struct rig_queue *q, u16 event)
{
	port_store(&rig_avail(r, q)[2 + q->size], cpu_to_le16(event));
}

static inline u16 rig_avail_event(struct rig *r, struct rig_queue *q)
{
	return le16_to_cpu(rig_used(r, q)[2 + 4 * q->size]);
}

static inline u16 rig_used_idx(struct rig *r, struct rig_queue *q)
{
	return le16_to_cpu(port_load_acquire(&rig_used(r, q)[1]));
}

/* vring_init(): the parts behind each other, the used ring on a cache line. */
static inline void rig_layout(struct rig *r, u32 index, u16 size)
{
	struct rig_queue *q = &r->queue[index];
	u64 base = RIG_BUS + RIG_RING * index;

	memset(rig_at(r, base), 0, RIG_RING);
	*q = (struct rig_queue) {
		.index = index,
		.size = size,
		.desc = base,
		.avail = base + 16 * size,
		.used = (base + 16 * size + 6 + 2 * size + 63) & ~63ULL,
	};
}

/* vp_active_vq() */
static inline void rig_activate(struct rig *r, u32 index, u16 vector)
{
	struct rig_queue *q = &r->queue[index];

	wr(r, VIRTIO_QUEUE_SELECT, 2, index);
	wr(r, VIRTIO_QUEUE_SIZE, 2, q->size);
	wr(r, VIRTIO_QUEUE_SELECT, 2, index);
	wr64(r, VIRTIO_QUEUE_DESC, q->desc);
	wr64(r, VIRTIO_QUEUE_DRIVER, q->avail);
	wr64(r, VIRTIO_QUEUE_DEVICE, q->used);
	if (vector == VIRTIO_NO_VECTOR)
		return;
	wr(r, VIRTIO_QUEUE_SELECT, 2, index);
	wr(r, VIRTIO_QUEUE_VECTOR, 2, vector);
	assert_int_equal(rd(r, VIRTIO_QUEUE_VECTOR, 2), vector);
}

static inline void rig_enable(struct rig *r, u32 index)
{
	wr(r, VIRTIO_QUEUE_SELECT, 2, index);
	wr(r, VIRTIO_QUEUE_ENABLE, 2, 1);
}

static inline void rig_add_status(struct rig *r, u8 bit)
{
	wr(r, VIRTIO_STATUS, 1, rd(r, VIRTIO_STATUS, 1) | bit);
}

/* vp_reset() */
static inline void rig_reset(struct rig *r)
{
	wr(r, VIRTIO_STATUS, 1, 0);
	assert_int_equal(rd(r, VIRTIO_STATUS, 1), 0);
}

/* virtio_dev_probe() up to virtio_features_ok(); true: they were accepted. */
static inline bool rig_negotiate(struct rig *r, u64 features)
{
	rig_reset(r);
	rig_add_status(r, VIRTIO_S_ACKNOWLEDGE);
	rig_add_status(r, VIRTIO_S_DRIVER);
	wr(r, VIRTIO_DRIVER_FEATURE_SELECT, 4, 0);
	wr(r, VIRTIO_DRIVER_FEATURE, 4, (u32)features);
	wr(r, VIRTIO_DRIVER_FEATURE_SELECT, 4, 1);
	wr(r, VIRTIO_DRIVER_FEATURE, 4, (u32)(features >> 32));
	rig_add_status(r, VIRTIO_S_FEATURES_OK);
	return rd(r, VIRTIO_STATUS, 1) & VIRTIO_S_FEATURES_OK;
}

/* virtnet_probe(): RX and TX of @size descriptors, none offered yet. */
static inline void rig_probe(struct rig *r, u64 features, u16 size)
{
	u32 i;

	assert_true(rig_negotiate(r, features));
	wr(r, VIRTIO_CONFIG_VECTOR, 2, 0);
	for (i = 0; i < VIRTIO_NET_QUEUES; i++)
		rig_layout(r, i, i == VIRTIO_NET_CTRL ? min(size, 64) : size);
	rig_activate(r, VIRTIO_NET_RX, 1);
	rig_activate(r, VIRTIO_NET_TX, 2);
	rig_activate(r, VIRTIO_NET_CTRL, VIRTIO_NO_VECTOR);
	for (i = 0; i < VIRTIO_NET_QUEUES; i++)
		rig_enable(r, i);
	rig_add_status(r, VIRTIO_S_DRIVER_OK);
}

/* One descriptor of the table. */
static inline void rig_put(struct rig *r, struct rig_queue *q, u16 i, u64 addr,
			   u32 len, u16 flags, u16 next)
{
	*rig_desc(r, q, i) = (struct rig_desc) {
		.addr = cpu_to_le64(addr),
		.len = cpu_to_le32(len),
		.flags = cpu_to_le16(flags),
		.next = cpu_to_le16(next),
	};
}

/* Offer the chain that begins at @head. */
static inline void rig_offer(struct rig *r, struct rig_queue *q, u16 head)
{
	__le16 *avail = rig_avail(r, q);

	port_store(&avail[2 + q->offered % q->size], cpu_to_le16(head));
	q->offered++;
	port_store_release(&avail[1], cpu_to_le16(q->offered));
}

static inline u32 rig_kick(struct rig *r, struct rig_queue *q)
{
	return wr(r, rig_doorbell(q->index), 2, q->index);
}

/* virtqueue_get_buf(): the next used chain's head, -1: none; *len as written */
static inline int rig_take(struct rig *r, struct rig_queue *q, u32 *len)
{
	__le32 *element;

	if (rig_used_idx(r, q) == q->taken)
		return -1;
	element = (__le32 *)&rig_used(r, q)[2] + 2 * (q->taken % q->size);
	q->taken++;
	if (len)
		*len = le32_to_cpu(element[1]);
	return le32_to_cpu(element[0]);
}

/* ---- receiving ---- */

static inline struct rig_queue *rig_rx(struct rig *r)
{
	return &r->queue[VIRTIO_NET_RX];
}

static inline u64 rig_buffer(u32 i)
{
	return RIG_BUS + RIG_BUFFERS + 4096 * i;
}

/* add_recvbuf_mergeable(): @n buffers of @len bytes, from descriptor @from on */
static inline void rig_fill(struct rig *r, u16 from, u16 n, u32 len)
{
	struct rig_queue *q = rig_rx(r);
	u16 i;

	for (i = from; i < from + n; i++) {
		rig_put(r, q, i, rig_buffer(i), len, VIRTQ_DESC_WRITE, 0);
		rig_offer(r, q, i);
	}
}

static inline struct nic_gift rig_give_frame(struct rig *r, u32 len,
					     bool udp_checked)
{
	struct nic_frame frame = {
		.data = r->frame, .len = len, .udp_checked = udp_checked,
	};
	struct nic_gift gift;

	memset(&gift, 0xff, sizeof(gift));
	nic_give(&r->nic, &frame, &gift);
	return gift;
}

static inline struct nic_gift rig_give(struct rig *r, u32 len)
{
	return rig_give_frame(r, len, false);
}

#endif
