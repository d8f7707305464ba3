// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sending by the 82576 with advanced descriptors, against its data sheet, 7.2 and
 * 8.12; what igb puts into them stands at each test.
 */
#include "82576_rig.h"

#define TX_DATA		0x20300000	/* DEXT, DTYP 3 */
#define TX_CONTEXT	0x20200000	/* DEXT, DTYP 2 */
#define TX_EOP		0x01000000
#define TX_IFCS		0x02000000
#define TX_RS		0x08000000
#define TX_VLE		0x40000000
#define TX_TSE		0x80000000
#define TX_LAST		(TX_DATA | TX_EOP | TX_IFCS | TX_RS)
#define TX_TXSM		0x200
#define TX_IXSM		0x100
#define TUCMD_IPV4	0x400
#define TUCMD_TCP	0x800
#define TUCMD_SCTP	0x1000

/* igb_tx_map(): one descriptor, at the tail of @queue's ring of 8 */
static void put_data(struct igb_rig *r, u32 queue, u32 *tail, u64 bus,
		     u32 command, u32 olinfo)
{
	*igb_tx_desc(r, queue, *tail) = (struct igb_desc) {
		cpu_to_le64(bus), cpu_to_le64((u64)olinfo << 32 | command),
	};
	*tail = (*tail + 1) % 8;
}

/* igb_tx_ctxtdesc() */
static void put_context(struct igb_rig *r, u32 queue, u32 *tail, u32 lengths,
			u32 kind, u32 segment)
{
	put_data(r, queue, tail, lengths, TX_CONTEXT | kind, segment);
}

static u8 *data(struct igb_rig *r, u32 at)
{
	return igb_at(r, IGB_BUS + IGB_DATA + at);
}

static u32 dd(struct igb_rig *r, u32 queue, u32 slot)
{
	return (u32)(le64_to_cpu(igb_tx_desc(r, queue, slot)->high) >> 32) & 1;
}

static void fill_data(struct igb_rig *r, u32 len)
{
	u32 i;

	for (i = 0; i < len; i++)
		data(r, 0)[i] = (u8)(i * 13 + 5);
	data(r, 0)[0] &= 0xfe;
}

static u16 sum16(const u8 *at, u32 len, u32 sum)
{
	u32 i;

	for (i = 0; i < len; i++)
		sum += i & 1 ? at[i] : at[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (u16)sum;
}

static void put16(u8 *at, u32 value)
{
	at[0] = (u8)(value >> 8);
	at[1] = (u8)value;
}

static u32 get16(const u8 *at)
{
	return at[0] << 8 | at[1];
}

/* One frame in one descriptor, on each queue with its own vector */
static void test_one_frame(void **state)
{
	struct igb_rig *r = *state;
	u32 q, tail;

	igb_plug_wire(r);
	igb_up(r, 8, 8);
	fill_data(r, 1514);
	for (q = 0; q < 8; q++) {
		tail = 0;
		put_data(r, q, &tail, IGB_BUS + IGB_DATA, TX_LAST | (1000 + q),
			 (1000 + q) << 14);
		assert_int_equal(wr(r, I82576_TDT(q), tail), 2 << q);
		assert_int_equal(r->sents, q + 1);
		assert_int_equal(r->sent[q].len, 1000 + q);
		assert_memory_equal(r->sent[q].data, data(r, 0), 1000 + q);
		assert_int_equal(dd(r, q, 0), 1);
		assert_int_equal(rd(r, I82576_TDH(q)), 1);
	}
	assert_int_equal(rd(r, INTEL_GPTC), 8);
	assert_int_equal(rd(r, INTEL_GOTCL), 8 * 1004 + 28);
	assert_int_equal(rd(r, INTEL_PTC64 + 16), 8);
	assert_no_fault(r);
}

/* A frame in pieces leaves when its last descriptor is there. */
static void test_pieces(void **state)
{
	struct igb_rig *r = *state;
	u32 tail = 6;

	igb_plug_wire(r);
	igb_up(r, 1, 8);
	wr(r, I82576_TDH(0), 6);
	wr(r, I82576_TDT(0), 6);
	fill_data(r, 3000);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_DATA | TX_IFCS | 14,
		 1000 << 14);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA + 14, TX_DATA | TX_IFCS | 86,
		 0);
	assert_int_equal(wr(r, I82576_TDT(0), tail), 0);
	assert_int_equal(r->sents, 0);
	assert_int_equal(rd(r, I82576_TDH(0)), 6);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA + 100, TX_LAST | 900, 0);
	assert_int_equal(wr(r, I82576_TDT(0), tail), 2);
	assert_int_equal(r->sents, 1);
	assert_int_equal(r->sent[0].len, 1000);
	assert_memory_equal(r->sent[0].data, data(r, 0), 1000);
	/* only the one that asked for it is reported */
	assert_int_equal(dd(r, 0, 6), 0);
	assert_int_equal(dd(r, 0, 7), 0);
	assert_int_equal(dd(r, 0, 0), 1);
	assert_int_equal(rd(r, I82576_TDH(0)), 1);
}

/* Several frames with one doorbell; without RS nobody is told. */
static void test_several_frames(void **state)
{
	struct igb_rig *r = *state;
	u32 tail = 0;

	igb_plug_wire(r);
	igb_up(r, 1, 8);
	fill_data(r, 200);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, (TX_LAST & ~TX_RS) | 100, 0);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, (TX_LAST & ~TX_RS) | 101, 0);
	assert_int_equal(wr(r, 0x3818, tail), 0);
	assert_int_equal(r->sents, 2);
	assert_int_equal(dd(r, 0, 0) | dd(r, 0, 1), 0);
	assert_int_equal(rd(r, I82576_TDH(0)), 2);
	assert_int_equal(wr(r, 0x3818, tail), 0);
	assert_int_equal(r->sents, 2);
}

/* 8.12.1: TCTL.PSP fills short frames up with zeros. */
static void test_padding(void **state)
{
	static const u8 zeros[18] = { 0 };
	struct igb_rig *r = *state;
	u32 tail = 0;

	igb_plug_wire(r);
	igb_up(r, 1, 8);
	fill_data(r, 100);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 42, 42 << 14);
	wr(r, I82576_TDT(0), tail);
	assert_int_equal(r->sent[0].len, 60);
	assert_memory_equal(r->sent[0].data, data(r, 0), 42);
	assert_memory_equal(r->sent[0].data + 42, zeros, 18);

	wr(r, INTEL_TCTL, INTEL_TCTL_EN);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 42, 42 << 14);
	wr(r, I82576_TDT(0), tail);
	assert_int_equal(r->sent[1].len, 42);
	assert_int_equal(rd(r, INTEL_GOTCL), 128);
}

/* Without IFCS the frame's own FCS is at its end (skb->no_fcs). */
static void test_own_fcs(void **state)
{
	struct igb_rig *r = *state;
	u32 tail = 0;

	igb_plug_wire(r);
	igb_up(r, 1, 8);
	fill_data(r, 200);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA,
		 (TX_LAST & ~TX_IFCS) | 104, 0);
	wr(r, I82576_TDT(0), tail);
	assert_int_equal(r->sent[0].len, 100);
}

/* An IPv4 packet with TCP or UDP, its sums as Linux leaves them. */
static void build_packet(struct igb_rig *r, u8 protocol, u32 len, bool segment)
{
	u32 l4 = len - 34;
	u8 *f = data(r, 0);

	fill_data(r, len);
	put16(f + 12, 0x0800);
	f[14] = 0x45;
	put16(f + 16, segment ? 0 : len - 14);
	put16(f + 18, 0x1000);
	put16(f + 20, 0);
	f[22] = 64;
	f[23] = protocol;
	put16(f + 24, 0);
	if (protocol == 6) {
		f[46] = 0x50;
		f[47] = 0x19;	/* ACK, PSH, FIN */
	}
	put16(f + 34 + (protocol == 6 ? 16 : 6),
	      sum16(f + 26, 8, protocol + (segment ? 0 : l4)));
}

/* Is the packet's L4 sum, pseudo header included, right? */
static void assert_l4_sum(const u8 *f, u32 len)
{
	assert_int_equal(sum16(f + 34, len - 34, f[23] + (len - 34) +
			       sum16(f + 26, 8, 0)), 0xffff);
}

/* igb_tx_csum(): a context for each frame, TXSM alone */
static void test_checksum(void **state)
{
	static const struct {
		u8 protocol;
		u32 kind, offset;
	} l4[] = { { 6, TUCMD_TCP, 50 }, { 17, 0, 40 } };
	struct igb_rig *r = *state;
	u32 tail = 0, i;

	igb_plug_wire(r);
	igb_up(r, 1, 8);
	for (i = 0; i < 2; i++) {
		build_packet(r, l4[i].protocol, 301, false);
		put_context(r, 0, &tail, 14 << 9 | 20, l4[i].kind, 0);
		put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 301,
			 301 << 14 | TX_TXSM);
		wr(r, I82576_TDT(0), tail);
		assert_int_equal(r->sent[i].len, 301);
		assert_l4_sum(r->sent[i].data, 301);
		/* and nothing else is changed */
		put16(r->sent[i].data + l4[i].offset,
		      get16(data(r, 0) + l4[i].offset));
		assert_memory_equal(r->sent[i].data, data(r, 0), 301);
	}
	/* the context holds for what follows */
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 301,
		 301 << 14 | TX_TXSM);
	wr(r, I82576_TDT(0), tail);
	assert_l4_sum(r->sent[2].data, 301);
	assert_no_fault(r);
}

/* 7.2.2.2: two contexts a queue, which do not disturb each other */
static void test_two_contexts(void **state)
{
	struct igb_rig *r = *state;
	u32 tail = 0;

	igb_plug_wire(r);
	igb_up(r, 2, 8);
	build_packet(r, 17, 200, false);
	put_context(r, 0, &tail, 14 << 9 | 20, 0, 0);
	put_context(r, 0, &tail, 14 << 9 | 20, TUCMD_TCP, 1 << 4);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 200, TX_TXSM);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 200,
		 TX_TXSM | 1 << 4);
	wr(r, I82576_TDT(0), tail);
	assert_l4_sum(r->sent[0].data, 200);
	assert_int_equal(get16(r->sent[1].data + 40), get16(data(r, 0) + 40));
	/* another queue has none */
	tail = 0;
	put_data(r, 1, &tail, IGB_BUS + IGB_DATA, TX_LAST | 200, TX_TXSM);
	wr(r, I82576_TDT(1), tail);
	assert_int_equal(get16(r->sent[2].data + 40), get16(data(r, 0) + 40));
}

/* igb_tso(): headers repeated, numbers counted on, sums right */
static void test_segmentation(void **state)
{
	struct igb_rig *r = *state;
	u32 tail = 0, i, at = 54, len;

	igb_plug_wire(r);
	igb_up(r, 1, 8);
	build_packet(r, 6, 54 + 2500, true);
	put16(data(r, 0) + 38, 0x0001);
	put16(data(r, 0) + 40, 0xff00);
	put_context(r, 0, &tail, 14 << 9 | 20, TUCMD_TCP | TUCMD_IPV4,
		    1000 << 16 | 20 << 8);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_DATA | TX_IFCS | TX_TSE |
		 54, 2500 << 14 | TX_TXSM | TX_IXSM);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA + 54, TX_LAST | TX_TSE | 2500,
		 0);
	assert_int_equal(wr(r, I82576_TDT(0), tail), 2);
	assert_int_equal(r->sents, 3);
	for (i = 0; i < 3; i++, at += len - 54) {
		const u8 *f = r->sent[i].data;

		len = r->sent[i].len;
		assert_int_equal(len, i < 2 ? 1054 : 554);
		assert_memory_equal(f + 54, data(r, at), len - 54);
		assert_int_equal(get16(f + 16), len - 14);
		assert_int_equal(get16(f + 18), 0x1000 + i);
		assert_int_equal(get16(f + 38) << 16 | get16(f + 40),
				 0x1ff00 + 1000 * i);
		assert_int_equal(f[47], i < 2 ? 0x10 : 0x19);
		assert_int_equal(sum16(f + 14, 20, 0), 0xffff);
		assert_l4_sum(f, len);
	}
	assert_int_equal(rd(r, INTEL_TSCTC), 1);
	assert_int_equal(rd(r, INTEL_GPTC), 3);
	assert_int_equal(rd(r, INTEL_GOTCL), 2 * 1058 + 558);
	assert_no_fault(r);
}

/* 7.4: a tag is inserted with VLE, if CTRL.VME allows it. */
static void test_vlan(void **state)
{
	struct igb_rig *r = *state;
	u32 tail = 0;

	igb_plug_wire(r);
	igb_up(r, 1, 8);
	fill_data(r, 200);
	put_context(r, 0, &tail, 0xa064u << 16 | 14 << 9, 0, 0);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | TX_VLE | 200, 0);
	wr(r, I82576_TDT(0), tail);
	assert_int_equal(r->sent[0].len, 200);
	wr(r, INTEL_CTRL, rd(r, INTEL_CTRL) | INTEL_CTRL_VME);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | TX_VLE | 200, 0);
	wr(r, I82576_TDT(0), tail);
	assert_int_equal(r->sent[1].len, 204);
	assert_memory_equal(r->sent[1].data, data(r, 0), 12);
	assert_int_equal(get16(r->sent[1].data + 12), 0x8100);
	assert_int_equal(get16(r->sent[1].data + 14), 0xa064);
	assert_memory_equal(r->sent[1].data + 16, data(r, 12), 188);
}

/* SCTP's sum is a CRC-32C (RFC 9260), here that of twelve zeros. */
static void test_sctp(void **state)
{
	struct igb_rig *r = *state;
	u32 tail = 0;
	u8 *f;

	igb_plug_wire(r);
	igb_up(r, 1, 8);
	fill_data(r, 64);
	/* an SCTP header of zeros, in which the sum counts as 0 */
	memset(data(r, 34), 0, 12);
	memset(data(r, 42), 0xee, 4);
	put_context(r, 0, &tail, 14 << 9 | 20, TUCMD_SCTP, 0);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 46, TX_TXSM);
	wr(r, I82576_TDT(0), tail);
	f = r->sent[0].data;
	assert_int_equal(r->sent[0].len, 60);
	assert_int_equal(f[42] | f[43] << 8 | f[44] << 16 | (u32)f[45] << 24,
			 0x2b60b55d);
	/* too short for its header */
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 45, TX_TXSM);
	wr(r, I82576_TDT(0), tail);
	assert_int_equal(r->sents, 1);
	assert_true(igb_has_fault(r, FAULT_DESCRIPTOR, I82576_TDT(0),
				  TX_LAST | 45));
}

/* Without a wire frames are counted and completed, as many as would leave. */
static void test_no_wire(void **state)
{
	struct igb_rig *r = *state;
	u32 tail = 0;

	igb_up(r, 1, 8);
	build_packet(r, 6, 54 + 2500, true);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 60, 60 << 14);
	put_context(r, 0, &tail, 14 << 9 | 20, TUCMD_TCP | TUCMD_IPV4,
		    1000 << 16 | 20 << 8);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | TX_TSE | 2554,
		 2500 << 14 | TX_TXSM | TX_IXSM);
	assert_int_equal(wr(r, I82576_TDT(0), tail), 2);
	assert_int_equal(dd(r, 0, 0), 1);
	assert_int_equal(dd(r, 0, 2), 1);
	assert_int_equal(rd(r, INTEL_GPTC), 4);
	assert_int_equal(rd(r, INTEL_GOTCL), 64 + 2 * 1058 + 558);
	assert_int_equal(rd(r, INTEL_TSCTC), 1);
	assert_no_fault(r);
}

static void test_multicast_is_counted(void **state)
{
	struct igb_rig *r = *state;
	u32 tail = 0;

	igb_plug_wire(r);
	igb_up(r, 1, 8);
	fill_data(r, 100);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 60, 0);
	wr(r, I82576_TDT(0), tail);
	data(r, 0)[0] = 0x33;
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 60, 0);
	wr(r, I82576_TDT(0), tail);
	memset(data(r, 0), 0xff, 6);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 60, 0);
	wr(r, I82576_TDT(0), tail);
	assert_int_equal(rd(r, INTEL_MPTC), 1);
	assert_int_equal(rd(r, INTEL_BPTC), 1);
	assert_int_equal(rd(r, INTEL_TPT), 3);
}

/* A queue that is off, or all of them, keeps its frames until it is on. */
static void test_enable(void **state)
{
	struct igb_rig *r = *state;
	u32 tail = 0;

	igb_plug_wire(r);
	igb_up(r, 1, 8);
	fill_data(r, 100);
	wr(r, I82576_TXDCTL(0), 0);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 60, 0);
	assert_int_equal(wr(r, I82576_TDT(0), tail), 0);
	assert_int_equal(r->sents, 0);
	assert_int_equal(wr(r, I82576_TXDCTL(0), I82576_QUEUE_ENABLE), 2);
	assert_int_equal(r->sents, 1);

	wr(r, I82576_EIMS, 2);
	wr(r, INTEL_TCTL, INTEL_TCTL_PSP);
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 60, 0);
	assert_int_equal(wr(r, I82576_TDT(0), tail), 0);
	assert_int_equal(r->sents, 1);
	assert_int_equal(wr(r, INTEL_TCTL, INTEL_TCTL_PSP | INTEL_TCTL_EN), 2);
	assert_int_equal(r->sents, 2);

	r->port.master = 0;
	put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 60, 0);
	assert_int_equal(wr(r, I82576_TDT(0), tail), 0);
	assert_int_equal(r->sents, 2);
	/* a pulled cable does not hold frames back */
	r->port.master = 1;
	r->nic.ops->set_link(&r->nic, false);
	wr(r, I82576_TDT(0), tail);
	assert_int_equal(r->sents, 3);
}

/* What a bad descriptor asks for is not done, but the ring goes on. */
static void test_bad_descriptors(void **state)
{
	static const struct {
		u64 bus;
		u32 command, olinfo;
		enum fault_kind kind;
		u64 told;
	} bad[] = {
		{ IGB_BUS + IGB_POOL - 10, TX_LAST | 60, 0, FAULT_BUFFER,
		  IGB_BUS + IGB_POOL - 10 },
		{ 0, TX_LAST | 60, 0, FAULT_BUFFER, 0 },
		{ IGB_BUS, TX_EOP | TX_RS | 60, 0, FAULT_DESCRIPTOR,
		  TX_EOP | TX_RS | 60 },	/* legacy */
		{ IGB_BUS, (TX_LAST ^ 0x00100000) | 0x00500000 | 60, 0,
		  FAULT_DESCRIPTOR, (TX_LAST ^ 0x00100000) | 0x00500000 | 60 },
		{ IGB_BUS, TX_LAST, 0, FAULT_DESCRIPTOR, TX_LAST },
		{ IGB_BUS, TX_LAST | 13, 0, FAULT_DESCRIPTOR, TX_LAST | 13 },
		{ IGB_BUS, TX_LAST | 20000, 0, FAULT_DESCRIPTOR,
		  TX_LAST | 20000 },
		/* the sum lies beyond the frame */
		{ IGB_BUS, TX_LAST | 60, TX_TXSM | 1 << 4, FAULT_DESCRIPTOR,
		  TX_LAST | 60 },
		/* no payload size, longer headers than frame */
		{ IGB_BUS, TX_LAST | TX_TSE | 600, 0, FAULT_DESCRIPTOR,
		  TX_LAST | TX_TSE | 600 },
		{ IGB_BUS, TX_LAST | TX_TSE | 600, 1 << 4, FAULT_DESCRIPTOR,
		  TX_LAST | TX_TSE | 600 },
	};
	struct igb_rig *r = *state;
	u32 i, tail;

	igb_plug_wire(r);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		igb_up(r, 1, 8);
		fill_data(r, 100);
		faults_clear(&r->port.faults);
		r->sents = 0;
		tail = 0;
		put_context(r, 0, &tail, 0, 0, 0);
		put_context(r, 0, &tail, 127 << 9 | 511, TUCMD_TCP,
			    100 << 16 | 255 << 8 | 1 << 4);
		put_data(r, 0, &tail, bad[i].bus, bad[i].command,
			 bad[i].olinfo);
		put_data(r, 0, &tail, IGB_BUS + IGB_DATA, TX_LAST | 61, 0);
		wr(r, I82576_TDT(0), tail);
		assert_true(igb_has_fault(r, bad[i].kind, I82576_TDT(0),
					  bad[i].told));
		assert_int_equal(r->sents, 1);
		assert_int_equal(r->sent[0].len, 61);
		assert_int_equal(dd(r, 0, 2), 1);
		assert_int_equal(rd(r, I82576_TDH(0)), 4);
	}
}

static void test_bad_rings(void **state)
{
	static const struct {
		u32 reg, value;
		enum fault_kind kind;
		u32 told_reg;
		u64 told;
	} bad[] = {
		{ I82576_TDBAL(0), (u32)IGB_BUS + IGB_POOL, FAULT_RING,
		  I82576_TDBAL(0), IGB_BUS + IGB_POOL },
		{ I82576_TDLEN(0), 100, FAULT_RING, I82576_TDLEN(0), 100 },
		{ I82576_TDLEN(0), 0xfffffff0, FAULT_RING, I82576_TDLEN(0),
		  0xfffffff0 },
		{ I82576_TDH(0), 8, FAULT_RING, I82576_TDH(0), 8 },
		{ I82576_TDT(0), 8, FAULT_TAIL, I82576_TDT(0), 8 },
	};
	struct igb_rig *r = *state;
	u32 i;

	igb_plug_wire(r);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		igb_up(r, 1, 8);
		faults_clear(&r->port.faults);
		wr(r, bad[i].reg, bad[i].value);
		if (bad[i].reg != I82576_TDT(0))
			wr(r, I82576_TDT(0), 1);
		assert_int_equal(r->sents, 0);
		assert_true(igb_has_fault(r, bad[i].kind, bad[i].told_reg,
					  bad[i].told));
	}
}

#define TEST(t)	cmocka_unit_test_setup_teardown(t, igb_setup, igb_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_one_frame),
		TEST(test_pieces),
		TEST(test_several_frames),
		TEST(test_padding),
		TEST(test_own_fcs),
		TEST(test_checksum),
		TEST(test_two_contexts),
		TEST(test_segmentation),
		TEST(test_vlan),
		TEST(test_sctp),
		TEST(test_no_wire),
		TEST(test_multicast_is_counted),
		TEST(test_enable),
		TEST(test_bad_descriptors),
		TEST(test_bad_rings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
