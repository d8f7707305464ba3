// SPDX-License-Identifier: GPL-2.0-only
/*
 * The 82574L with a cable plugged: what e1000e puts into its TX ring, and what
 * arrives at the other end (82574 data sheet 7.2, 10.2.6, 10.2.7).
 */
#include "rig.h"

#define TX_RING	32768
#define TX_DATA	RIG_BUFFERS
#define COUNT	8

#define EOP	0x01000000
#define IFCS	0x02000000
#define RS	0x08000000
#define DEXT	0x20000000
#define VLE	0x40000000
#define DATA	(DEXT | 0x00100000)
#define TSE	0x04000000
#define LAST	(EOP | IFCS | RS)
#define TXSM	0x200
#define IXSM	0x100

struct tx_desc {
	__le64 buffer;
	__le32 command, status;
};

static struct tx_desc *desc(struct rig *r, u32 slot)
{
	return (struct tx_desc *)(r->pool + TX_RING) + slot;
}

static void put(struct rig *r, u32 slot, u64 bus, u32 command, u32 options)
{
	*desc(r, slot) = (struct tx_desc) {
		cpu_to_le64(bus), cpu_to_le32(command), cpu_to_le32(options),
	};
}

/* e1000_configure_tx() */
static void setup_tx(struct rig *r)
{
	u32 i;

	rig_plug_wire(r);
	rig_msix(r);
	memset(desc(r, 0), 0, 128);
	for (i = 0; i < RIG_POOL - TX_DATA; i++)
		r->pool[TX_DATA + i] = (u8)(i * 7 + i / 255);
	wr(r, INTEL_TDBAL, (u32)(RIG_BUS + TX_RING));
	wr(r, INTEL_TDBAH, (u32)(RIG_BUS >> 32));
	wr(r, INTEL_TDLEN, COUNT * 16);
	wr(r, INTEL_TDH, 0);
	wr(r, INTEL_TDT, 0);
	wr(r, INTEL_TCTL, INTEL_TCTL_EN | INTEL_TCTL_PSP);
}

static u64 data(u32 at)
{
	return RIG_BUS + TX_DATA + at;
}

static void test_gathered_from_fragments(void **state)
{
	struct rig *r = *state;

	setup_tx(r);
	put(r, 0, data(0), IFCS | 14, 0);
	put(r, 1, data(14), IFCS | 1, 0);
	put(r, 2, data(15), LAST | 85, 0);
	assert_int_equal(wr(r, INTEL_TDT, 3), 0x2);
	assert_int_equal(r->out.frames, 1);
	assert_int_equal(r->out.len, 100);
	assert_memory_equal(r->out.frame, r->pool + TX_DATA, 100);
	assert_int_equal(rd(r, INTEL_TDH), 3);
	assert_int_equal(rd(r, INTEL_GPTC), 1);
	assert_int_equal(rd(r, INTEL_GOTCL), 104);
	assert_int_equal(rig_faults(r), 0);
}

/* 10.2.6: TCTL.PSP pads to 64 bytes with FCS. */
static void test_short_frames_are_padded(void **state)
{
	struct rig *r = *state;
	u32 i;

	setup_tx(r);
	put(r, 0, data(0), LAST | 17, 0);
	wr(r, INTEL_TDT, 1);
	assert_int_equal(r->out.len, 60);
	assert_memory_equal(r->out.frame, r->pool + TX_DATA, 17);
	for (i = 17; i < 60; i++)
		assert_int_equal(r->out.frame[i], 0);
	assert_int_equal(rd(r, INTEL_PTC64), 1);
	wr(r, INTEL_TCTL, INTEL_TCTL_EN);
	put(r, 1, data(0), LAST | 17, 0);
	wr(r, INTEL_TDT, 2);
	assert_int_equal(r->out.len, 17);
}

/* skb->no_fcs: the driver brings its own, which the wire does not show. */
static void test_fcs_of_the_driver(void **state)
{
	struct rig *r = *state;

	setup_tx(r);
	put(r, 0, data(0), EOP | RS | 104, 0);
	wr(r, INTEL_TDT, 1);
	assert_int_equal(r->out.len, 100);
}

static void test_kinds_are_counted(void **state)
{
	struct rig *r = *state;

	setup_tx(r);
	memset(r->pool + TX_DATA, 0xff, 6);
	memset(r->pool + TX_DATA + 200, 0x01, 6);
	memset(r->pool + TX_DATA + 400, 0x02, 6);
	put(r, 0, data(0), LAST | 100, 0);
	put(r, 1, data(200), LAST | 100, 0);
	put(r, 2, data(400), LAST | 100, 0);
	wr(r, INTEL_TDT, 3);
	assert_int_equal(rd(r, INTEL_BPTC), 1);
	assert_int_equal(rd(r, INTEL_MPTC), 1);
	assert_int_equal(rd(r, INTEL_TPT), 3);
}

/* VLE counts only while CTRL.VME is set. */
static void test_vlan_tag(void **state)
{
	struct rig *r = *state;

	setup_tx(r);
	put(r, 0, data(0), LAST | VLE | 100, 0x2064 << 16);
	wr(r, INTEL_TDT, 1);
	assert_int_equal(r->out.len, 100);
	wr(r, INTEL_CTRL, rd(r, INTEL_CTRL) | INTEL_CTRL_VME);
	put(r, 1, data(0), LAST | VLE | 100, 0x2064 << 16);
	wr(r, INTEL_TDT, 2);
	assert_int_equal(r->out.len, 104);
	assert_memory_equal(r->out.frame, r->pool + TX_DATA, 12);
	assert_memory_equal(r->out.frame + 12, "\x81\x00\x20\x64", 4);
	assert_memory_equal(r->out.frame + 16, r->pool + TX_DATA + 12, 88);
}

static u32 sum(const u8 *at, u32 len)
{
	u32 i, sum = 0;

	for (i = 0; i < len; i++)
		sum += i & 1 ? at[i] : at[i] << 8;
	while (sum > 0xffff)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

/* e1000_tx_csum() */
static void test_checksum(void **state)
{
	struct rig *r = *state;

	setup_tx(r);
	put(r, 0, (u64)(34 | 40 << 8) << 32, DEXT, 0);
	put(r, 1, data(0), DATA | IFCS | 50, TXSM);
	put(r, 2, data(50), DATA | LAST | 71, 0);
	wr(r, INTEL_TDT, 3);
	assert_int_equal(r->out.len, 121);
	/* the partial sum that the driver left at 40 is in it */
	assert_int_equal(r->out.frame[40] << 8 | r->out.frame[41],
			 ~sum(r->pool + TX_DATA + 34, 121 - 34) & 0xffff);
}

/* An IPv4 TCP header of 54 bytes at the start of the data. */
static void make_tcp(struct rig *r)
{
	u8 *f = r->pool + TX_DATA;

	memset(f, 0, 54);
	f[12] = 0x08;
	f[14] = 0x45;
	f[23] = 6;
	f[46] = 0x50;
	f[47] = 0x19;
}

static void put_tso(struct rig *r, u32 payload, u32 mss)
{
	put(r, 0, 14 | 24 << 8 | 33 << 16 | (u64)(34 | 50 << 8) << 32,
	    DEXT | TSE | EOP | IFCS | payload, mss << 16 | 54 << 8);
	put(r, 1, data(0), DATA | TSE | IFCS | 54, TXSM | IXSM);
	put(r, 2, data(54), DATA | TSE | LAST | payload, 0);
}

static void test_segmentation(void **state)
{
	struct rig *r = *state;

	setup_tx(r);
	make_tcp(r);
	put_tso(r, 3000, 1448);
	assert_int_equal(wr(r, INTEL_TDT, 3), 0x2);
	assert_int_equal(r->out.frames, 3);
	assert_int_equal(r->out.bytes, 3000 + 3 * 54);
	assert_int_equal(r->out.len, 54 + 104);
	assert_int_equal(r->out.frame[19], 2);		/* the third */
	assert_int_equal(r->out.frame[47], 0x19);
	assert_memory_equal(r->out.frame + 54, r->pool + TX_DATA + 54 + 2896,
			    104);
	assert_int_equal(rd(r, INTEL_GPTC), 3);
	assert_int_equal(rd(r, INTEL_GOTCL), 3000 + 3 * 58);
	assert_int_equal(rd(r, INTEL_TSCTC), 1);
	assert_int_equal(le32_to_cpu(desc(r, 2)->status) & 1, 1);
	assert_int_equal(rig_faults(r), 0);
}

/* The counters are the same where nobody looks at the frames. */
static void test_segmentation_without_a_wire(void **state)
{
	struct rig *r = *state;

	setup_tx(r);
	r->nic.wire = NULL;
	put_tso(r, 3000, 1448);
	assert_int_equal(wr(r, INTEL_TDT, 3), 0x2);
	assert_int_equal(rd(r, INTEL_GPTC), 3);
	assert_int_equal(rd(r, INTEL_GOTCL), 3000 + 3 * 58);
	assert_int_equal(rd(r, INTEL_TSCTC), 1);
	assert_int_equal(r->out.frames, 0);
}

static void test_largest_segmentation(void **state)
{
	struct rig *r = *state;

	setup_tx(r);
	make_tcp(r);
	put_tso(r, 65482, 1460);
	wr(r, INTEL_TDT, 3);
	assert_int_equal(r->out.frames, 45);
	assert_int_equal(r->out.bytes, 65482 + 45 * 54);
}

static void test_link_down_loses_frames(void **state)
{
	struct rig *r = *state;

	setup_tx(r);
	r->nic.ops->set_link(&r->nic, false);
	put(r, 0, data(0), LAST | 100, 0);
	wr(r, INTEL_TDT, 1);
	assert_int_equal(r->out.frames, 0);
	assert_int_equal(rd(r, INTEL_TDH), 1);
}

/* e1000_loopback_test(): the PHY's loopback bit. */
static void test_phy_loopback(void **state)
{
	struct rig *r = *state;

	setup_tx(r);
	rig_rx(r, 8);
	wr(r, INTEL_MDIC, 0x04000000 | 1 << 21 | 0x4140);
	memset(r->pool + TX_DATA + 65536, 0xff, 1024);
	put(r, 0, data(65536), LAST | 1024, 0);
	assert_int_equal(wr(r, INTEL_TDT, 1), 0x3);
	assert_int_equal(r->out.frames, 0);
	assert_int_equal(rd(r, INTEL_RDH), 1);
	assert_memory_equal(rig_at(r, rig_buffer(0)), r->pool + TX_DATA + 65536,
			    1024);
	wr(r, INTEL_MDIC, 0x04000000 | 1 << 21 | 0x1140);
	put(r, 1, data(65536), LAST | 1024, 0);
	wr(r, INTEL_TDT, 2);
	assert_int_equal(r->out.frames, 1);
}

/* The function may not access memory (PCI command register), or is gone. */
static void test_no_bus_master(void **state)
{
	struct rig *r = *state;

	setup_tx(r);
	put(r, 0, data(0), LAST | 100, 0);
	r->port.master = 0;
	wr(r, INTEL_TDT, 1);
	assert_int_equal(rd(r, INTEL_TDH), 0);
	r->port.master = 1;
	r->port.dead = 1;
	wr(r, INTEL_TDT, 1);
	assert_int_equal(rd(r, INTEL_TDH), 0);
	r->port.dead = 0;
	wr(r, INTEL_TDT, 1);
	assert_int_equal(rd(r, INTEL_TDH), 1);
}

/* Each is told once, with register and value, and the ring goes on. */
static void test_bad_descriptors(void **state)
{
	static const struct {
		u32 command, options;
		u64 bus;
		enum fault_kind kind;
		u64 value;
	} bad[] = {
		{ LAST | 100, 0, 0x1000, FAULT_BUFFER, 0x1000 },
		{ LAST | 100, 0, RIG_BUS + RIG_POOL - 99, FAULT_BUFFER,
		  RIG_BUS + RIG_POOL - 99 },
		{ LAST | 16385, 0, RIG_BUS, FAULT_DESCRIPTOR, LAST | 16385 },
		{ LAST | DEXT | 0x00500000 | 60, 0, RIG_BUS, FAULT_DESCRIPTOR,
		  LAST | DEXT | 0x00500000 | 60 },
		/* a segmentation without context: no header length, no MSS */
		{ LAST | DATA | TSE | 60, 0, RIG_BUS, FAULT_DESCRIPTOR,
		  LAST | DATA | TSE | 60 },
		/* a checksum behind the frame's end: CSO 200 */
		{ LAST | 0x04000000 | 200 << 16 | 60, 0, RIG_BUS,
		  FAULT_DESCRIPTOR, LAST | 0x04000000 | 200 << 16 | 60 },
	};
	struct rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		setup_tx(r);
		r->out.frames = 0;
		faults_clear(&r->port.faults);
		put(r, 0, bad[i].bus, bad[i].command, bad[i].options);
		put(r, 1, data(0), LAST | 100, 0);
		wr(r, INTEL_TDT, 2);
		assert_fault(r, bad[i].kind, INTEL_TDT, bad[i].value);
		assert_int_equal(rig_faults(r), 1);
		assert_int_equal(r->out.frames, 1);
		assert_int_equal(r->out.len, 100);
		assert_int_equal(rd(r, INTEL_TDH), 2);
		assert_int_equal(le32_to_cpu(desc(r, 0)->status) & 1, 1);
	}
}

/* The payload length of the context is not that of the frame. */
static void test_wrong_payload_length(void **state)
{
	struct rig *r = *state;

	setup_tx(r);
	make_tcp(r);
	put_tso(r, 3000, 1448);
	desc(r, 2)->command = cpu_to_le32(DATA | TSE | LAST | 2999);
	wr(r, INTEL_TDT, 3);
	assert_int_equal(r->out.frames, 0);
	assert_int_equal(rig_faults(r), 1);
}

static void test_bad_rings(void **state)
{
	static const struct {
		u32 reg, value;
		enum fault_kind kind;
		u32 at;
		u64 told;
	} bad[] = {
		{ INTEL_TDBAH, 0, FAULT_RING, INTEL_TDBAL,
		  (u32)(RIG_BUS + TX_RING) },
		{ INTEL_TDLEN, 0, FAULT_RING, INTEL_TDLEN, 0 },
		{ INTEL_TDLEN, 0xfff80, FAULT_RING, INTEL_TDLEN, 0xfff80 },
		{ INTEL_TDH, COUNT, FAULT_RING, INTEL_TDH, COUNT },
		{ INTEL_TDT, COUNT, FAULT_TAIL, INTEL_TDT, COUNT },
	};
	struct rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		setup_tx(r);
		faults_clear(&r->port.faults);
		put(r, 0, data(0), LAST | 100, 0);
		wr(r, bad[i].reg, bad[i].value);
		if (bad[i].reg != INTEL_TDT)
			wr(r, INTEL_TDT, 1);
		assert_fault(r, bad[i].kind, bad[i].at, bad[i].told);
		assert_int_equal(r->out.frames, 0);
	}
}

/*
 * A driver gone mad: a full ring of segmentations into single bytes is given up
 * after a while. Nothing but scratch memory is written, and the ring is empty.
 */
static void test_there_is_an_end(void **state)
{
	struct rig *r = *state;
	u32 i;

	setup_tx(r);
	make_tcp(r);
	put_tso(r, 65000, 1);
	put(r, 1, data(0), DATA | TSE | LAST | (54 + 65000), TXSM | IXSM);
	for (i = 2; i < 7; i++)
		*desc(r, i) = *desc(r, 1);
	wr(r, INTEL_TDT, 7);
	assert_int_equal(rd(r, INTEL_TDH), 7);
	assert_int_equal(r->out.frames, 4 * 65000);
	assert_int_equal(rig_faults(r), 1);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, rig_setup, \
							rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_gathered_from_fragments),
		TEST(test_short_frames_are_padded),
		TEST(test_fcs_of_the_driver),
		TEST(test_kinds_are_counted),
		TEST(test_vlan_tag),
		TEST(test_checksum),
		TEST(test_segmentation),
		TEST(test_segmentation_without_a_wire),
		TEST(test_largest_segmentation),
		TEST(test_link_down_loses_frames),
		TEST(test_phy_loopback),
		TEST(test_no_bus_master),
		TEST(test_bad_descriptors),
		TEST(test_wrong_payload_length),
		TEST(test_bad_rings),
		TEST(test_there_is_an_end),
	};

	return cmocka_run_group_tests_name("82574l, transmit", tests, NULL,
					   NULL);
}
