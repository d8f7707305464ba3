/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A test bench for NIC models: memory that the NIC may write, between guards
 * that it must not, and a small driver that sets up a receive ring as e1000e
 * does, and a wire that keeps what is sent.
 *
 *	guard | pool: ring at 0, buffers from 64 KiB on | guard
 */
#ifndef INTMGR_TEST_RIG_H
#define INTMGR_TEST_RIG_H

#include "testing.h"

#include "82545gm.h"
#include "82574l.h"
#include "intel_regs.h"
#include "nic.h"
#include "rx_ring.h"

#define RIG_GUARD	65536
#define RIG_POOL	(1 << 20)
#define RIG_BUS		0x123450000ULL	/* needs RDBAH */
#define RIG_BUFFERS	65536
#define RIG_MEMORY	(RIG_GUARD + RIG_POOL + RIG_GUARD)
#define RIG_PATTERN	0xa5
#define RIG_FRAME	20000

static const u8 rig_mac[6] = { 0x02, 0x00, 0x5e, 0x10, 0x00, 0x01 };

/* A write-back descriptor in the extended format. */
struct rig_desc {
	__le64 buffer;
	__le32 status;
	__le16 length, vlan;
};

/* What went out on the wire: the last frame, and a count. */
struct rig_wire {
	struct nic_wire wire;
	u32 frames, len;
	u64 bytes;
	u8 frame[65536];
	u8 guard[64];
	u8 scratch[NIC_SCRATCH];
	u8 guard2[64];
};

struct rig {
	struct nic nic;
	union {
		struct gigabit g;
		struct i82574l l;
		struct i82545gm gm;
	} state;
	struct nic_port port;
	struct rig_wire out;
	u8 *memory, *pool;
	u8 frame[RIG_FRAME];
};

static inline u32 rd(struct rig *r, u32 reg)
{
	return (u32)r->nic.ops->read(&r->nic, reg, 4);
}

static inline u32 wr(struct rig *r, u32 reg, u32 value)
{
	return r->nic.ops->write(&r->nic, reg, 4, value);
}

static inline int rig_setup_model(void **state, const char *model)
{
	struct rig *r = calloc(1, sizeof(*r));
	unsigned int i;

	assert_non_null(r);
	r->memory = aligned_alloc(4096, RIG_MEMORY);
	assert_non_null(r->memory);
	memset(r->memory, RIG_PATTERN, RIG_MEMORY);
	r->pool = r->memory + RIG_GUARD;

	r->nic.ops = nic_model(model);
	r->nic.state = &r->state;
	r->nic.port = &r->port;
	r->port.master = 1;
	r->nic.region[0] = (struct nic_region) {
		.bus = RIG_BUS, .size = RIG_POOL, .va = r->pool,
	};
	r->nic.regions = 1;
	r->nic.ops->power_on(&r->nic, rig_mac);

	for (i = 0; i < sizeof(r->frame); i++)
		r->frame[i] = (u8)(i * 7 + 1);
	memcpy(r->frame, rig_mac, 6);
	*state = r;
	return 0;
}

static inline int rig_setup(void **state)
{
	return rig_setup_model(state, "82574l");
}

static inline int rig_setup_82545gm(void **state)
{
	return rig_setup_model(state, "82545gm");
}

static inline void rig_send(struct nic *nic, const void *frame, u32 len)
{
	struct rig *r = (struct rig *)nic;	/* its first member */

	assert_true(len <= sizeof(r->out.frame));
	memcpy(r->out.frame, frame, len);
	r->out.len = len;
	r->out.bytes += len;
	r->out.frames++;
}

static inline void rig_plug_wire(struct rig *r)
{
	memset(r->out.guard, RIG_PATTERN, sizeof(r->out.guard));
	memset(r->out.guard2, RIG_PATTERN, sizeof(r->out.guard2));
	r->out.wire.send = rig_send;
	r->out.wire.scratch[0] = r->out.scratch;
	r->nic.wire = &r->out.wire;
}

/* The faults noted so far: how many kinds, and is this one of them? */
static inline u32 rig_faults(struct rig *r)
{
	struct fault_report f;
	u32 i, n = 0;

	for (i = 0; i < FAULTS; i++)
		n += faults_get(&r->port.faults, i, &f);
	return n;
}

static inline void assert_fault(struct rig *r, enum fault_kind kind, u32 reg,
				u64 value)
{
	struct fault_report f;
	u32 i;

	for (i = 0; i < FAULTS; i++)
		if (faults_get(&r->port.faults, i, &f) && f.kind == kind &&
		    f.reg == reg && f.value == value)
			return;
	fail_msg("no fault \"%s\" at %x with %llx", fault_name(kind), reg,
		 (unsigned long long)value);
}

static inline void assert_pattern(const u8 *at, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		assert_int_equal(at[i], RIG_PATTERN);
}

/* Every test ends with the question whether the guards are whole. */
static inline int rig_teardown(void **state)
{
	struct rig *r = *state;

	if (r->nic.wire) {
		assert_pattern(r->out.guard, sizeof(r->out.guard));
		assert_pattern(r->out.guard2, sizeof(r->out.guard2));
	}
	assert_pattern(r->memory, RIG_GUARD);
	assert_pattern(r->pool + RIG_POOL, RIG_GUARD);
	free(r->memory);
	free(r);
	return 0;
}

static inline struct rig_desc *rig_desc(struct rig *r, u32 slot)
{
	return (struct rig_desc *)r->pool + slot;
}

static inline u64 rig_buffer(u32 slot)
{
	return RIG_BUS + RIG_BUFFERS + 2048 * slot;
}

static inline u8 *rig_at(struct rig *r, u64 bus)
{
	return r->pool + (bus - RIG_BUS);
}

/* Give the descriptor a buffer of its own, as the driver's refill does. */
static inline void rig_refill(struct rig *r, u32 slot)
{
	*rig_desc(r, slot) = (struct rig_desc) {
		.buffer = cpu_to_le64(rig_buffer(slot)),
	};
}

#define RIG_RCTL	(INTEL_RCTL_EN | INTEL_RCTL_BAM | INTEL_RCTL_SECRC)

/* e1000_setup_rctl(), e1000_configure_rx(): @count descriptors, all but one ready. */
static inline void rig_rx(struct rig *r, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++)
		rig_refill(r, i);
	wr(r, INTEL_RFCTL, INTEL_RFCTL_EXTEN);
	wr(r, INTEL_RDBAL, (u32)RIG_BUS);
	wr(r, INTEL_RDBAH, (u32)(RIG_BUS >> 32));
	wr(r, INTEL_RDLEN, count * 16);
	wr(r, INTEL_RDH, 0);
	wr(r, INTEL_RDT, count - 1);
	wr(r, INTEL_RCTL, RIG_RCTL);
}

#define RIG_CAUSES	(INTEL_ICR_RXQ0 | INTEL_ICR_TXQ0)

/* e1000_configure_msix(), e1000_irq_enable(): RX 0, TX 1, other 2. */
static inline void rig_msix(struct rig *r)
{
	wr(r, INTEL_IAM, 0xffffffff);
	wr(r, INTEL_IVAR, 0x800a0908);
	wr(r, INTEL_CTRL_EXT, INTEL_CTRL_EXT_EIAME);
	wr(r, INTEL_EIAC, RIG_CAUSES);
	wr(r, INTEL_IMS, RIG_CAUSES | INTEL_ICR_OTHER | INTEL_ICR_LSC);
}

static inline struct nic_gift rig_give(struct rig *r, u32 len)
{
	struct nic_frame frame = { .data = r->frame, .len = len };
	struct nic_gift gift;

	memset(&gift, 0xff, sizeof(gift));
	nic_give(&r->nic, &frame, &gift);
	return gift;
}

#endif
