/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A test bench for the 82576: memory that it may write, between guards that it
 * must not, a small driver that sets it up as igb does, and a wire that keeps
 * what is sent.
 *
 *	guard | pool: rings, then RX buffers, then TX data | guard
 */
#ifndef INTMGR_TEST_82576_RIG_H
#define INTMGR_TEST_82576_RIG_H

#include "testing.h"

#include "82576.h"
#include "82576_regs.h"
#include "adv_rx_ring.h"
#include "intel_regs.h"
#include "nic.h"
#include "rss.h"

#define IGB_GUARD	65536
#define IGB_POOL	(2 << 20)
#define IGB_MEMORY	(IGB_GUARD + IGB_POOL + IGB_GUARD)
#define IGB_BUS		0x10000000180000ULL	/* needs RDBAH */
#define IGB_PATTERN	0xa5
#define IGB_RINGS	0x1000		/* bytes for one ring: 256 descriptors */
#define IGB_TX_RINGS	0x8000
#define IGB_BUFFERS	0x20000
#define IGB_SLOTS	64		/* with a buffer of their own, each queue */
#define IGB_DATA	0x120000	/* for transmission */
#define IGB_FRAME	20000
#define IGB_SENT	64		/* frames that the wire keeps */

static const u8 igb_mac[6] = { 0x02, 0x00, 0x5e, 0x10, 0x00, 0x01 };

struct igb_desc {
	__le64 low, high;
};

struct igb_sent {
	u32 len;
	u8 data[16384 + 64];
};

struct igb_rig {
	struct nic nic;
	struct nic_port port;
	struct i82576 state;
	struct nic_wire wire;
	u8 *memory, *pool, *scratch;
	u8 frame[IGB_FRAME];
	struct igb_sent sent[IGB_SENT];
	u32 sents;
};

static inline u32 rd(struct igb_rig *r, u32 reg)
{
	return (u32)r->nic.ops->read(&r->nic, reg, 4);
}

static inline u32 wr(struct igb_rig *r, u32 reg, u32 value)
{
	return r->nic.ops->write(&r->nic, reg, 4, value);
}

/* One rig a test program: the wire has no pointer of its own. */
static struct igb_rig *igb_current;

static inline void igb_sent(struct nic *nic, const void *frame, u32 len)
{
	struct igb_rig *r = igb_current;
	struct igb_sent *s = &r->sent[r->sents++ % IGB_SENT];

	assert_ptr_equal(nic, &r->nic);
	assert_true(len <= sizeof(s->data));
	s->len = len;
	memcpy(s->data, frame, len);
}

/* scratch[i], all in one piece between guards of their own */
static inline void igb_plug_wire(struct igb_rig *r)
{
	unsigned int i;

	r->wire.send = igb_sent;
	for (i = 0; i < NIC_MAX_QUEUES; i++)
		r->wire.scratch[i] = r->scratch + 64 + i * (NIC_SCRATCH + 64);
	r->nic.wire = &r->wire;
}

#define IGB_SCRATCH	(64 + NIC_MAX_QUEUES * (NIC_SCRATCH + 64))

static inline int igb_setup(void **state)
{
	struct igb_rig *r = calloc(1, sizeof(*r));
	unsigned int i;

	assert_non_null(r);
	r->memory = aligned_alloc(4096, IGB_MEMORY);
	r->scratch = malloc(IGB_SCRATCH);
	assert_non_null(r->memory);
	assert_non_null(r->scratch);
	memset(r->memory, IGB_PATTERN, IGB_MEMORY);
	memset(r->scratch, IGB_PATTERN, IGB_SCRATCH);
	r->pool = r->memory + IGB_GUARD;

	r->nic.ops = nic_model("82576");
	r->nic.state = &r->state;
	r->nic.port = &r->port;
	r->port.master = 1;
	r->nic.region[0] = (struct nic_region) {
		.bus = IGB_BUS, .size = IGB_POOL, .va = r->pool,
	};
	r->nic.regions = 1;
	r->nic.ops->power_on(&r->nic, igb_mac);

	for (i = 0; i < sizeof(r->frame); i++)
		r->frame[i] = (u8)(i * 7 + 1);
	memcpy(r->frame, igb_mac, 6);
	igb_current = r;
	*state = r;
	return 0;
}

static inline void assert_pattern(const u8 *at, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		assert_int_equal(at[i], IGB_PATTERN);
}

/* Every test ends with the question whether the guards are whole. */
static inline int igb_teardown(void **state)
{
	struct igb_rig *r = *state;
	unsigned int i;

	assert_pattern(r->memory, IGB_GUARD);
	assert_pattern(r->pool + IGB_POOL, IGB_GUARD);
	for (i = 0; i <= NIC_MAX_QUEUES; i++)
		assert_pattern(r->scratch + i * (NIC_SCRATCH + 64), 64);
	free(r->scratch);
	free(r->memory);
	free(r);
	return 0;
}

/* Memory */

static inline u8 *igb_at(struct igb_rig *r, u64 bus)
{
	return r->pool + (bus - IGB_BUS);
}

static inline u64 igb_rx_ring(u32 queue)
{
	return IGB_BUS + IGB_RINGS * queue;
}

static inline u64 igb_tx_ring(u32 queue)
{
	return IGB_BUS + IGB_TX_RINGS + IGB_RINGS * queue;
}

static inline u64 igb_buffer(u32 queue, u32 slot)
{
	return IGB_BUS + IGB_BUFFERS + 2048 * (IGB_SLOTS * queue + slot);
}

static inline struct igb_desc *igb_rx_desc(struct igb_rig *r, u32 queue,
					   u32 slot)
{
	return (struct igb_desc *)igb_at(r, igb_rx_ring(queue)) + slot;
}

static inline struct igb_desc *igb_tx_desc(struct igb_rig *r, u32 queue,
					   u32 slot)
{
	return (struct igb_desc *)igb_at(r, igb_tx_ring(queue)) + slot;
}

/* The parts of a receive descriptor's write-back */
static inline u32 igb_status(const struct igb_desc *d)
{
	return (u32)le64_to_cpu(d->high);
}

static inline u32 igb_length(const struct igb_desc *d)
{
	return (u16)(le64_to_cpu(d->high) >> 32);
}

/* The driver */

/* Give the descriptor a buffer of its own, as the driver's refill does. */
static inline void igb_refill(struct igb_rig *r, u32 queue, u32 slot)
{
	*igb_rx_desc(r, queue, slot) = (struct igb_desc) {
		.low = cpu_to_le64(igb_buffer(queue, slot)),
	};
}

#define IGB_RCTL	(INTEL_RCTL_EN | INTEL_RCTL_BAM | INTEL_RCTL_SECRC | \
			 INTEL_RCTL_LPE)
#define IGB_SRRCTL	(I82576_SRRCTL_ONE_BUFFER | 2)

/* igb_configure_rx_ring(): @count descriptors, all but one ready. */
static inline void igb_rx(struct igb_rig *r, u32 queue, u32 count)
{
	u64 base = igb_rx_ring(queue);
	u32 i;

	for (i = 0; i < count; i++)
		igb_refill(r, queue, i);
	wr(r, I82576_RXDCTL(queue), 0);
	wr(r, I82576_RDBAL(queue), (u32)base);
	wr(r, I82576_RDBAH(queue), (u32)(base >> 32));
	wr(r, I82576_RDLEN(queue), count * 16);
	wr(r, I82576_RDH(queue), 0);
	wr(r, I82576_RDT(queue), 0);
	wr(r, I82576_SRRCTL(queue), IGB_SRRCTL);
	wr(r, I82576_RXDCTL(queue), I82576_QUEUE_ENABLE);
	wr(r, I82576_RDT(queue), count - 1);
}

/* igb_setup_tctl(), igb_configure_tx_ring() */
static inline void igb_tx(struct igb_rig *r, u32 queue, u32 count)
{
	u64 base = igb_tx_ring(queue);

	memset(igb_at(r, base), 0, 16 * count);
	wr(r, INTEL_TCTL, rd(r, INTEL_TCTL) | INTEL_TCTL_EN);
	wr(r, I82576_TXDCTL(queue), 0);
	wr(r, I82576_TDLEN(queue), count * 16);
	wr(r, I82576_TDBAL(queue), (u32)base);
	wr(r, I82576_TDBAH(queue), (u32)(base >> 32));
	wr(r, I82576_TDH(queue), 0);
	wr(r, I82576_TDT(queue), 0);
	wr(r, I82576_TXDCTL(queue), I82576_QUEUE_ENABLE);
}

/* igb_configure_msix(), igb_irq_enable(): other 0, queue n 1 + n. */
static inline u32 igb_msix(struct igb_rig *r, u32 queues)
{
	u32 mask = (2u << queues) - 1, q;

	wr(r, I82576_GPIE, 0xc0000011);
	wr(r, I82576_IVAR_MISC, I82576_IVAR_VALID << 8);
	for (q = 0; q < queues; q++)
		wr(r, I82576_IVAR(q), (I82576_IVAR_VALID | (q + 1)) * 0x101);
	rd(r, INTEL_ICR);
	wr(r, I82576_EIAC, mask);
	wr(r, I82576_EIAM, mask);
	return wr(r, I82576_EIMS, mask) | wr(r, INTEL_IMS, INTEL_ICR_LSC);
}

/* The key of Microsoft's test vectors, as RSSRK holds it */
static const u8 igb_key[40] = {
	0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67,
	0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0, 0xd0, 0xca, 0x2b, 0xcb,
	0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30,
	0xf2, 0x0c, 0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa,
};

#define IGB_FIELDS	(RSS_IPV4 | RSS_TCP_IPV4 | RSS_IPV6 | RSS_TCP_IPV6 | \
			 RSS_TCP_IPV6_EX)

/* igb_setup_mrqc() */
static inline void igb_rss(struct igb_rig *r, u32 queues, u32 fields)
{
	u32 i, j, word;

	for (i = 0; i < 10; i++) {
		memcpy(&word, igb_key + 4 * i, 4);
		wr(r, I82576_RSSRK + 4 * i, le32_to_cpu(word));
	}
	for (i = 0; i < 32; i++) {
		for (word = 0, j = 0; j < 4; j++)
			word |= (4 * i + j) * queues / 128 << (8 * j);
		wr(r, I82576_RETA + 4 * i, word);
	}
	wr(r, INTEL_RXCSUM, rd(r, INTEL_RXCSUM) | I82576_RXCSUM_PCSD);
	wr(r, I82576_MRQC, I82576_MRQC_RSS | fields);
}

static inline void igb_up(struct igb_rig *r, u32 queues, u32 count)
{
	u32 q;

	igb_rss(r, queues, IGB_FIELDS);
	wr(r, INTEL_RCTL, IGB_RCTL);
	for (q = 0; q < queues; q++) {
		igb_tx(r, q, count);
		igb_rx(r, q, count);
	}
	igb_msix(r, queues);
}

/* Frames */

/* Make r->frame a packet of IPv4 with @protocol between two addresses. */
static inline void igb_ipv4(struct igb_rig *r, u8 protocol, u32 saddr,
			    u32 daddr, u16 sport, u16 dport)
{
	u8 head[24] = {
		0x45, 0, 0, 46, 0, 0, 0, 0, 64, protocol, 0, 0,
		(u8)(saddr >> 24), (u8)(saddr >> 16), (u8)(saddr >> 8),
		(u8)saddr, (u8)(daddr >> 24), (u8)(daddr >> 16),
		(u8)(daddr >> 8), (u8)daddr, (u8)(sport >> 8), (u8)sport,
		(u8)(dport >> 8), (u8)dport,
	};

	r->frame[12] = 0x08;
	r->frame[13] = 0x00;
	memcpy(r->frame + 14, head, sizeof(head));
}

static inline struct nic_gift igb_give_frame(struct igb_rig *r,
					     const struct nic_frame *frame)
{
	struct nic_gift gift;

	memset(&gift, 0xff, sizeof(gift));
	nic_give(&r->nic, frame, &gift);
	return gift;
}

static inline struct nic_gift igb_give(struct igb_rig *r, u32 len)
{
	struct nic_frame frame = { .data = r->frame, .len = len };

	return igb_give_frame(r, &frame);
}

/* Faults */

static inline bool igb_has_fault(struct igb_rig *r, enum fault_kind kind,
				 u32 reg, u64 value)
{
	struct fault_report f;
	unsigned int i;

	for (i = 0; i < FAULTS; i++)
		if (faults_get(&r->port.faults, i, &f) && f.kind == kind &&
		    f.reg == reg && f.value == value)
			return true;
	return false;
}

static inline void assert_no_fault(struct igb_rig *r)
{
	assert_int_equal(port_load(&r->port.faults.fault[0].key), 0);
}

#endif
