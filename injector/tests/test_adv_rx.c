// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receiving by the 82576 with advanced descriptors, against its data sheet, 7.1,
 * 8.10 and 8.11.
 */
#include "82576_rig.h"

#define TCP	6
#define UDP	17

/* What was written into the buffers of @n descriptors from @slot on. */
static void assert_received(struct igb_rig *r, u32 queue, u32 slot, u32 count,
			    const u8 *expected, u32 len)
{
	u32 part;

	for (; len; len -= part, expected += part) {
		part = min(len, 2048u);
		assert_int_equal(igb_length(igb_rx_desc(r, queue, slot)),
				 part);
		assert_memory_equal(igb_at(r, igb_buffer(queue, slot)),
				    expected, part);
		slot = (slot + 1) % count;
	}
}

/* 7.1.5: the write-back of a frame that fits one descriptor */
static void test_one_descriptor(void **state)
{
	struct igb_rig *r = *state;
	struct nic_gift g;

	igb_up(r, 2, 8);
	g = igb_give(r, 1000);
	assert_int_equal(g.outcome, OUTCOME_DELIVERED);
	assert_int_equal(g.queue, 0);
	assert_int_equal(g.slot, 0);
	assert_int_equal(g.vectors, 2);
	assert_received(r, 0, 0, 8, r->frame, 1000);
	assert_int_equal(igb_status(igb_rx_desc(r, 0, 0)),
			 ADV_RX_DD | ADV_RX_EOP);
	assert_int_equal(igb_rx_desc(r, 0, 0)->low, 0);
	assert_int_equal(rd(r, I82576_RDH(0)), 1);
	/* nothing behind the frame, and no other descriptor */
	assert_pattern(igb_at(r, igb_buffer(0, 0)) + 1000, 1048);
	assert_int_equal(igb_rx_desc(r, 0, 1)->high, 0);
}

/* A frame longer than a buffer: DD in each descriptor, EOP in the last only. */
static void test_several_descriptors(void **state)
{
	static const struct {
		u32 len, n;
	} frame[] = { { 2048, 1 }, { 2049, 2 }, { 4096, 2 }, { 9018, 5 } };
	struct igb_rig *r = *state;
	u32 i, j, slot = 0;

	igb_up(r, 1, 8);
	for (i = 0; i < ARRAY_SIZE(frame); i++) {
		u32 last = (slot + frame[i].n - 1) % 8;
		struct nic_gift g;

		wr(r, I82576_RDT(0), (slot + 7) % 8);
		g = igb_give(r, frame[i].len);
		assert_int_equal(g.outcome, OUTCOME_DELIVERED);
		assert_int_equal(g.slot, last);
		assert_received(r, 0, slot, 8, r->frame, frame[i].len);
		for (j = 0; j < frame[i].n; j++, slot = (slot + 1) % 8) {
			assert_int_equal(igb_status(igb_rx_desc(r, 0, slot)),
					 slot == last ? 3 : 1);
			igb_refill(r, 0, slot);
		}
		assert_int_equal(rd(r, I82576_RDH(0)), slot);
	}
}

/* Not enough descriptors for all of it: none is touched. */
static void test_all_or_nothing(void **state)
{
	struct igb_rig *r = *state;
	struct nic_gift g;

	igb_up(r, 1, 8);
	wr(r, I82576_RDT(0), 2);
	g = igb_give(r, 5000);
	assert_int_equal(g.outcome, OUTCOME_NO_DESCRIPTOR);
	assert_int_equal(g.vectors, 0);
	assert_int_equal(rd(r, I82576_RDH(0)), 0);
	assert_int_equal(igb_rx_desc(r, 0, 0)->high, 0);
	assert_pattern(igb_at(r, igb_buffer(0, 0)), 2048);
	assert_no_fault(r);

	/* the last of its buffers is bad: nor is the first touched */
	wr(r, I82576_RDT(0), 7);
	igb_rx_desc(r, 0, 2)->low = cpu_to_le64(IGB_BUS + IGB_POOL - 100);
	g = igb_give(r, 5000);
	assert_int_equal(g.outcome, OUTCOME_BAD_DESCRIPTOR);
	assert_true(g.bad_bus == IGB_BUS + IGB_POOL - 100);
	assert_int_equal(igb_rx_desc(r, 0, 0)->high, 0);
	assert_pattern(igb_at(r, igb_buffer(0, 0)), 2048);
	assert_true(igb_has_fault(r, FAULT_BUFFER, I82576_RDT(0),
				  IGB_BUS + IGB_POOL - 100));
}

/* Only the bytes that are written must be mapped, not all the buffer. */
static void test_buffer_partly_mapped(void **state)
{
	struct igb_rig *r = *state;
	u64 extent[IGB_POOL / NIC_GRANULE];
	u32 i;

	for (i = 0; i < ARRAY_SIZE(extent); i++)
		extent[i] = IGB_POOL;
	i = IGB_BUFFERS / NIC_GRANULE;
	extent[i] = (u64)i * NIC_GRANULE + 1522;
	igb_up(r, 1, 8);
	r->nic.region[0].extent = extent;
	assert_int_equal(igb_give(r, 1523).outcome, OUTCOME_BAD_DESCRIPTOR);
	assert_int_equal(igb_give(r, 1522).outcome, OUTCOME_DELIVERED);
	/* memory that is mapped to be read is not to be written */
	extent[i + 1] = IGB_POOL | NIC_EXTENT_READONLY;
	assert_int_equal(igb_give(r, 60).outcome, OUTCOME_BAD_DESCRIPTOR);
	r->nic.region[0].extent = NULL;
}

/* 8.10.1: without SECRC the FCS follows, into a descriptor of its own if need be. */
static void test_fcs(void **state)
{
	static const u8 zeros[4] = { 0 };
	struct igb_rig *r = *state;

	igb_up(r, 1, 8);
	wr(r, INTEL_RCTL, IGB_RCTL & ~INTEL_RCTL_SECRC);
	igb_give(r, 100);
	assert_int_equal(igb_length(igb_rx_desc(r, 0, 0)), 104);
	assert_memory_equal(igb_at(r, igb_buffer(0, 0)) + 100, zeros, 4);
	igb_give(r, 2046);
	assert_int_equal(igb_length(igb_rx_desc(r, 0, 1)), 2048);
	assert_int_equal(igb_length(igb_rx_desc(r, 0, 2)), 2);
	assert_memory_equal(igb_at(r, igb_buffer(0, 2)), zeros, 2);
	assert_int_equal(igb_status(igb_rx_desc(r, 0, 2)) & ADV_RX_EOP, 2);
}

/* 8.10.2: sizes of buffers, and RCTL's where SRRCTL says 0 */
static void test_buffer_sizes(void **state)
{
	static const struct {
		u32 srrctl, rctl, size;
	} table[] = {
		{ 1, 0, 1024 }, { 3, 0, 3072 }, { 16, 0, 16384 },
		{ 0, 0, 2048 }, { 0, 0x10000, 1024 }, { 0, 0x20000, 512 },
		{ 0, 0x30000, 256 },
	};
	struct igb_rig *r = *state;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		igb_up(r, 1, 64);
		wr(r, INTEL_RCTL, IGB_RCTL | table[i].rctl);
		wr(r, I82576_SRRCTL(0), I82576_SRRCTL_ONE_BUFFER |
					table[i].srrctl);
		assert_int_equal(igb_give(r, 9000).outcome,
				 OUTCOME_DELIVERED);
		assert_int_equal(rd(r, I82576_RDH(0)),
				 (9000 + table[i].size - 1) / table[i].size);
		assert_int_equal(igb_length(igb_rx_desc(r, 0, 0)),
				 min(9000u, table[i].size));
	}
}

/* Other descriptor types are not modelled, and said to be so. */
static void test_descriptor_types(void **state)
{
	struct igb_rig *r = *state;
	u32 type, srrctl;

	for (type = 0; type < 8; type++) {
		igb_up(r, 1, 8);
		srrctl = type << 25 | 2;
		wr(r, I82576_SRRCTL(0), srrctl);
		assert_int_equal(igb_give(r, 60).outcome,
				 type == 1 ? OUTCOME_DELIVERED :
					     OUTCOME_BAD_DESCRIPTOR);
		faults_clear(&r->port.faults);
	}
}

/* 7.1.1.7, 7.1.5: hash, kind and packet type in the descriptor; the queue */
static void test_rss(void **state)
{
	struct igb_rig *r = *state;
	struct nic_gift g;
	u32 queue;

	igb_up(r, 8, 8);
	assert_int_equal(r->nic.ops->rx_queues(&r->nic), 8);
	igb_ipv4(r, TCP, 0x420995bb, 0xa18e6450, 2794, 1766);
	queue = (0x51ccc178 & 0x7f) * 8 / 128;
	assert_int_equal(r->nic.ops->steer(&r->nic, r->frame, 60), queue);
	g = igb_give(r, 60);
	assert_int_equal(g.queue, queue);
	assert_int_equal(g.vectors, 2 << queue);
	assert_true(le64_to_cpu(igb_rx_desc(r, queue, 0)->low) ==
		    (0x51ccc178ULL << 32 | 0x110 | RSS_TYPE_TCP_IPV4));
	assert_int_equal(rd(r, I82576_RDH(queue)), 1);

	/* UDP by its addresses only, unless MRQC says otherwise */
	igb_ipv4(r, UDP, 0x420995bb, 0xa18e6450, 2794, 1766);
	queue = (0x323e8fc2 & 0x7f) * 8 / 128;
	assert_int_equal(igb_give(r, 60).queue, queue);
	wr(r, I82576_MRQC, I82576_MRQC_RSS | IGB_FIELDS | RSS_UDP_IPV4);
	queue = (0x51ccc178 & 0x7f) * 8 / 128;
	assert_int_equal(igb_give(r, 60).queue, queue);

	/* without PCSD no hash is reported, but the queue is the same */
	wr(r, INTEL_RXCSUM, 0x300);
	assert_int_equal(igb_give(r, 60).queue, queue);
	assert_int_equal(le64_to_cpu(igb_rx_desc(r, queue, 2)->low) >> 32, 0);

	/* without RSS all go to queue 0 */
	wr(r, I82576_MRQC, 0);
	assert_int_equal(igb_give(r, 60).queue, 0);
	assert_int_equal(r->nic.ops->rx_queues(&r->nic), 1);
}

/* Frames of many flows reach all queues, each with its own vector. */
static void test_spread(void **state)
{
	struct igb_rig *r = *state;
	u32 seen = 0, i, queue;
	struct nic_gift g;

	for (i = 1; i <= 8; i++) {
		igb_up(r, i, 64);
		assert_int_equal(r->nic.ops->rx_queues(&r->nic), i);
	}
	for (i = 0; i < 200; i++) {
		igb_ipv4(r, TCP, 0x0a000001 + i, 0x0a000002, 1000, 80);
		queue = r->nic.ops->steer(&r->nic, r->frame, 60);
		g = igb_give(r, 60);
		if (g.outcome != OUTCOME_DELIVERED)
			continue;
		assert_int_equal(g.queue, queue);
		assert_true(!g.vectors || g.vectors == 2u << queue);
		seen |= 1u << queue;
	}
	assert_int_equal(seen, 0xff);
	/* a queue that is off is not one that frames may go to */
	wr(r, I82576_RXDCTL(3), 0);
	assert_int_equal(r->nic.ops->rx_queues(&r->nic), 7);
}

static void test_queue_off(void **state)
{
	struct igb_rig *r = *state;

	igb_up(r, 1, 8);
	wr(r, I82576_RXDCTL(0), 0);
	assert_int_equal(igb_give(r, 60).outcome, OUTCOME_RX_OFF);
	wr(r, I82576_RXDCTL(0), I82576_QUEUE_ENABLE);
	assert_int_equal(igb_give(r, 60).outcome, OUTCOME_DELIVERED);
	wr(r, INTEL_RCTL, IGB_RCTL & ~INTEL_RCTL_EN);
	assert_int_equal(igb_give(r, 60).outcome, OUTCOME_RX_OFF);
	wr(r, INTEL_RCTL, IGB_RCTL);
	r->nic.ops->set_link(&r->nic, false);
	assert_int_equal(igb_give(r, 60).outcome, OUTCOME_RX_OFF);
	r->nic.ops->set_link(&r->nic, true);
	r->port.master = 0;
	assert_int_equal(igb_give(r, 60).outcome, OUTCOME_RX_OFF);
	assert_int_equal(rd(r, INTEL_GPRC), 1);
	assert_no_fault(r);
}

/* 7.1.1, 8.10.5: lengths */
static void test_lengths(void **state)
{
	struct igb_rig *r = *state;

	igb_up(r, 1, 64);
	assert_int_equal(igb_give(r, 13).outcome, OUTCOME_FILTERED);
	assert_int_equal(igb_give(r, 59).outcome, OUTCOME_FILTERED);
	assert_int_equal(rd(r, INTEL_RUC), 1);
	assert_int_equal(igb_give(r, 0x2600 - 4).outcome, OUTCOME_DELIVERED);
	assert_int_equal(igb_give(r, 0x2600 - 3).outcome, OUTCOME_FILTERED);
	assert_int_equal(rd(r, INTEL_ROC), 1);
	wr(r, I82576_RLPML, 1522);
	assert_int_equal(igb_give(r, 1518).outcome, OUTCOME_DELIVERED);
	assert_int_equal(igb_give(r, 1519).outcome, OUTCOME_FILTERED);
	wr(r, INTEL_RCTL, IGB_RCTL & ~INTEL_RCTL_LPE);
	wr(r, I82576_RLPML, 0);
	assert_int_equal(igb_give(r, 1518).outcome, OUTCOME_DELIVERED);
	assert_int_equal(igb_give(r, 1519).outcome, OUTCOME_FILTERED);
}

/* 8.11: addresses, the last eight of which the older parts have not */
static void test_addresses(void **state)
{
	static const u8 other[6] = { 0x02, 0x11, 0x22, 0x33, 0x44, 0x55 };
	struct igb_rig *r = *state;
	u32 i;

	igb_up(r, 1, 64);
	memcpy(r->frame, other, 6);
	assert_int_equal(igb_give(r, 60).outcome, OUTCOME_FILTERED);
	for (i = 0; i < 24; i++) {
		u32 ral = i < 16 ? INTEL_RAL(i) : I82576_RAL2(i - 16);

		wr(r, ral, 0x33221102);
		wr(r, ral + 4, 0x5544);
		assert_int_equal(igb_give(r, 60).outcome, OUTCOME_FILTERED);
		/* the pool that igb names (bit 18) plays no role */
		wr(r, ral + 4, INTEL_RAH_AV | 0x45544 | 0x00040000);
		assert_int_equal(igb_give(r, 60).outcome,
				 OUTCOME_DELIVERED);
		wr(r, ral + 4, 0);
	}
	wr(r, INTEL_RCTL, IGB_RCTL | INTEL_RCTL_UPE);
	assert_int_equal(igb_give(r, 60).outcome, OUTCOME_DELIVERED);
}

/* Put a VLAN tag behind the addresses of a frame of @len bytes. */
static u32 tag_frame(struct igb_rig *r, u16 tag, u32 len)
{
	memmove(r->frame + 16, r->frame + 12, len - 12);
	r->frame[12] = 0x81;
	r->frame[13] = 0x00;
	r->frame[14] = (u8)(tag >> 8);
	r->frame[15] = (u8)tag;
	return len + 4;
}

/* 7.4, 8.11: the filter of VLANs, and the tag in the descriptor */
static void test_vlan(void **state)
{
	struct igb_rig *r = *state;
	u8 untagged[3000];
	u32 len;

	igb_up(r, 1, 8);
	memcpy(untagged, r->frame, sizeof(untagged));
	len = tag_frame(r, 0xa064, 2999);

	/* neither filtered nor taken out */
	assert_int_equal(igb_give(r, len).outcome, OUTCOME_DELIVERED);
	assert_received(r, 0, 0, 8, r->frame, len);
	assert_int_equal(igb_status(igb_rx_desc(r, 0, 1)), 3);

	wr(r, INTEL_RCTL, IGB_RCTL | INTEL_RCTL_VFE);
	assert_int_equal(igb_give(r, len).outcome, OUTCOME_FILTERED);
	wr(r, INTEL_VFTA + 4 * 3, 1 << 4);
	wr(r, INTEL_CTRL, rd(r, INTEL_CTRL) | INTEL_CTRL_VME);
	assert_int_equal(igb_give(r, len).outcome, OUTCOME_DELIVERED);
	assert_received(r, 0, 2, 8, untagged, 2999);
	assert_int_equal(igb_status(igb_rx_desc(r, 0, 3)), 0xb);
	assert_int_equal(le64_to_cpu(igb_rx_desc(r, 0, 3)->high) >> 48,
			 0xa064);
	/* frames without a tag pass, and have none */
	memcpy(r->frame, untagged, sizeof(untagged));
	assert_int_equal(igb_give(r, 100).outcome, OUTCOME_DELIVERED);
	assert_int_equal(le64_to_cpu(igb_rx_desc(r, 0, 4)->high) >> 48, 0);
}

/* 7.1.11: what is known to be right is said, as far as RXCSUM wants it. */
static void test_checksums(void **state)
{
	static const struct {
		u32 rxcsum;
		bool checked;
		u32 status;
	} table[] = {
		{ 0x300, false, 0x03 }, { 0x300, true, 0x73 },
		{ 0x100, true, 0x43 }, { 0x200, true, 0x33 },
		{ 0, true, 0x03 },
	};
	struct igb_rig *r = *state;
	unsigned int i;

	igb_up(r, 1, 8);
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct nic_frame frame = {
			.data = r->frame,
			.len = 60,
			.udp_checked = table[i].checked,
		};

		wr(r, INTEL_RXCSUM, table[i].rxcsum);
		igb_give_frame(r, &frame);
		assert_int_equal(igb_status(igb_rx_desc(r, 0, i)),
				 table[i].status);
	}
}

/* 8.10.2, 8.10.10: what finds no descriptor, with and without DROP_EN */
static void test_lost(void **state)
{
	struct igb_rig *r = *state;

	igb_up(r, 2, 8);
	wr(r, I82576_RDT(0), 0);
	assert_int_equal(igb_give(r, 60).outcome, OUTCOME_NO_DESCRIPTOR);
	assert_int_equal(rd(r, INTEL_MPC), 1);
	assert_int_equal(rd(r, INTEL_RNBC), 1);
	assert_int_equal(rd(r, I82576_RQDPC(0)), 0);
	wr(r, I82576_SRRCTL(0), IGB_SRRCTL | I82576_SRRCTL_DROP_EN);
	igb_give(r, 60);
	igb_give(r, 60);
	assert_int_equal(rd(r, INTEL_MPC), 0);
	assert_int_equal(rd(r, I82576_RQDPC(1)), 0);
	assert_int_equal(rd(r, 0x2830), 2);
	assert_int_equal(rd(r, I82576_RQDPC(0)), 0);
	assert_int_equal(rd(r, INTEL_GPRC), 0);
	assert_int_equal(rd(r, INTEL_TPR), 3);
}

/* What igb does when it has taken a frame: the length, not DD, is cleared. */
static void test_waiting(void **state)
{
	struct igb_rig *r = *state;
	const struct nic_ops *ops = r->nic.ops;
	struct nic_gift g;
	u64 high;

	igb_up(r, 1, 8);
	assert_false(ops->waiting(&r->nic, 0, 1));
	g = igb_give(r, 3000);
	assert_true(ops->waiting(&r->nic, 0, g.slot));
	assert_false(ops->waiting(&r->nic, 1, g.slot));
	assert_false(ops->waiting(&r->nic, 0, 8));
	assert_false(ops->waiting(&r->nic, 99, 0));
	high = le64_to_cpu(igb_rx_desc(r, 0, g.slot)->high);
	high &= ~(0xffffULL << 32);
	igb_rx_desc(r, 0, g.slot)->high = cpu_to_le64(high);
	assert_int_equal(high & 1, 1);
	assert_false(ops->waiting(&r->nic, 0, g.slot));

	g = igb_give(r, 60);
	assert_true(ops->waiting(&r->nic, 0, g.slot));
	wr(r, INTEL_CTRL, INTEL_CTRL_RST);
	assert_false(ops->waiting(&r->nic, 0, g.slot));
	assert_no_fault(r);
}

static void test_peek(void **state)
{
	struct igb_rig *r = *state;
	const struct nic_ops *ops = r->nic.ops;

	assert_null(ops->peek(&r->nic, 0, 0, 60));
	igb_up(r, 2, 8);
	assert_ptr_equal(ops->peek(&r->nic, 1, 3, 2048),
			 igb_at(r, igb_buffer(1, 3)));
	assert_null(ops->peek(&r->nic, 1, 3, 2049));
	assert_null(ops->peek(&r->nic, 1, 7, 60));
	assert_null(ops->peek(&r->nic, 2, 0, 60));
	assert_null(ops->peek(&r->nic, 99, 0, 60));
	assert_no_fault(r);
}

static void test_rx_ring(void **state)
{
	struct igb_rig *r = *state;
	struct nic_ring ring;

	igb_up(r, 2, 16);
	r->nic.ops->rx_ring(&r->nic, 1, &ring);
	assert_true(ring.base == igb_rx_ring(1));
	assert_int_equal(ring.count, 16);
	assert_int_equal(ring.head, 0);
	assert_int_equal(ring.tail, 15);
	r->nic.ops->rx_ring(&r->nic, 99, &ring);
	assert_int_equal(ring.count, 0);
}

/* Each bad ring is told with the register that is wrong. */
static void test_bad_rings(void **state)
{
	static const struct {
		u32 reg, value;
		enum fault_kind kind;
		u64 told;
	} bad[] = {
		{ I82576_RDBAL(1), (u32)IGB_BUS + IGB_POOL, FAULT_RING,
		  IGB_BUS + IGB_POOL },
		{ I82576_RDBAH(1), 0x77, FAULT_RING,
		  0x7700181000ULL },
		{ I82576_RDLEN(1), 136, FAULT_RING, 136 },
		{ I82576_RDT(1), 8, FAULT_TAIL, 8 },
		{ I82576_RDT(1), 0xffffffff, FAULT_TAIL, 0xffffffff },
	};
	struct igb_rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		struct nic_gift g;
		u32 reg = bad[i].reg;

		igb_up(r, 2, 8);
		igb_ipv4(r, TCP, 0x0a000005, 0x0a000002, 1000, 80);
		while (r->nic.ops->steer(&r->nic, r->frame, 60) != 1)
			r->frame[29]++;
		wr(r, reg, bad[i].value);
		g = igb_give(r, 60);
		assert_int_equal(g.outcome, OUTCOME_BAD_DESCRIPTOR);
		assert_int_equal(g.vectors, 0);
		assert_int_equal(g.queue, 1);
		if (reg == I82576_RDBAH(1))
			reg = I82576_RDBAL(1);
		assert_true(igb_has_fault(r, bad[i].kind, reg, bad[i].told));
		faults_clear(&r->port.faults);
		wr(r, INTEL_CTRL, INTEL_CTRL_RST);
		rd(r, INTEL_STATUS);
	}
}

/* A tail beyond its ring is told when it is written, if it can be seen then. */
static void test_tail_beyond(void **state)
{
	struct igb_rig *r = *state;

	igb_up(r, 1, 8);
	wr(r, I82576_RDT(0), 7);
	assert_no_fault(r);
	wr(r, 0x2818, 9);
	assert_true(igb_has_fault(r, FAULT_TAIL, I82576_RDT(0), 9));
}

/* What is wrong with the ring itself is told first, and no tail blamed for it. */
static void test_tail_of_no_ring(void **state)
{
	struct igb_rig *r = *state;

	igb_up(r, 1, 8);
	wr(r, I82576_RDLEN(0), 0);
	assert_no_fault(r);
	wr(r, I82576_RDT(0), 7);
	assert_true(igb_has_fault(r, FAULT_RING, I82576_RDLEN(0), 0));
	assert_false(igb_has_fault(r, FAULT_TAIL, I82576_RDT(0), 7));
}

#define TEST(t)	cmocka_unit_test_setup_teardown(t, igb_setup, igb_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_one_descriptor),
		TEST(test_several_descriptors),
		TEST(test_all_or_nothing),
		TEST(test_buffer_partly_mapped),
		TEST(test_fcs),
		TEST(test_buffer_sizes),
		TEST(test_descriptor_types),
		TEST(test_rss),
		TEST(test_spread),
		TEST(test_queue_off),
		TEST(test_lengths),
		TEST(test_addresses),
		TEST(test_vlan),
		TEST(test_checksums),
		TEST(test_lost),
		TEST(test_waiting),
		TEST(test_peek),
		TEST(test_rx_ring),
		TEST(test_bad_rings),
		TEST(test_tail_beyond),
		TEST(test_tail_of_no_ring),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
