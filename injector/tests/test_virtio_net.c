// SPDX-License-Identifier: GPL-2.0-only
/*
 * The virtio network device through its table of operations, driven as Linux
 * drives it. Section numbers are those of "Virtual I/O Device (VIRTIO) Version
 * 1.2".
 */
#include "frame.h"
#include "virtio_rig.h"

/* ---- identity, 4.1.2 and 4.1.4 ---- */

static void test_identity(void **state)
{
	const struct nic_identity *id = &virtio_net_ops.identity;

	assert_int_equal(id->vendor, 0x1af4);
	assert_int_equal(id->device, 0x1040 + 1);	/* 4.1.2.1, 5.1.1 */
	assert_true(id->revision >= 1);
	assert_int_equal(id->subvendor, 0x1af4);
	assert_int_equal(id->subdevice, 0x1100);
	assert_int_equal(id->vectors, 3);
	assert_true(id->msix_bar != 0 && id->bar[id->msix_bar].size == 0x4000);
}

static const u8 *find_capability(u8 type, u8 *size)
{
	const struct nic_capability *c = virtio_net_ops.identity.capability;

	for (; c->bytes; c++)
		if (c->bytes[3] == type) {
			*size = c->size;
			return c->bytes;
		}
	fail_msg("no capability of type %u", type);
	return NULL;
}

static u32 le32(const u8 *at)
{
	return at[0] | at[1] << 8 | at[2] << 16 | (u32)at[3] << 24;
}

static void test_capabilities(void **state)
{
	static const struct {
		u8 type, size;
		u32 offset, length;
	} table[] = {
		{ 1, 16, 0x0000, 0x3c },	/* common, 4.1.4.3 */
		{ 2, 20, 0x3000, 12 },		/* notify, 4.1.4.4 */
		{ 3, 16, 0x1000, 1 },		/* ISR, 4.1.4.5 */
		{ 4, 16, 0x2000, 8 },		/* device, 4.1.4.6 */
		{ 5, 20, 0, 0 },		/* PCI, 4.1.4.9 */
	};
	const u8 *c;
	unsigned int i;
	u8 size;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		c = find_capability(table[i].type, &size);
		assert_int_equal(size, table[i].size);
		assert_int_equal(c[2], table[i].size);
		assert_int_equal(c[4], 0);
		assert_int_equal(le32(c + 8), table[i].offset);
		assert_int_equal(le32(c + 12), table[i].length);
	}
	assert_int_equal(le32(find_capability(2, &size) + 16), 4);
}

/* ---- registers after a reset ---- */

static void check_queue_defaults(struct rig *r, u32 queue, u16 size)
{
	wr(r, VIRTIO_QUEUE_SELECT, 2, queue);
	assert_int_equal(rd(r, VIRTIO_QUEUE_SELECT, 2), queue);
	assert_int_equal(rd(r, VIRTIO_QUEUE_SIZE, 2), size);
	assert_int_equal(rd(r, VIRTIO_QUEUE_VECTOR, 2),
			 size ? VIRTIO_NO_VECTOR : 0);
	assert_int_equal(rd(r, VIRTIO_QUEUE_ENABLE, 2), 0);	/* 4.1.4.3.1 */
	assert_int_equal(rd(r, VIRTIO_QUEUE_NOTIFY_OFF, 2), size ? queue : 0);
	assert_int_equal(rd(r, VIRTIO_QUEUE_RESET, 2), 0);
	assert_int_equal(rd(r, VIRTIO_QUEUE_DESC, 4), 0);
	assert_int_equal(rd(r, VIRTIO_QUEUE_DESC + 4, 4), 0);
	assert_int_equal(rd(r, VIRTIO_QUEUE_DRIVER, 4), 0);
	assert_int_equal(rd(r, VIRTIO_QUEUE_DEVICE + 4, 4), 0);
}

static void check_defaults(struct rig *r)
{
	assert_int_equal(rd(r, VIRTIO_STATUS, 1), 0);		/* 2.1.2 */
	assert_int_equal(rd(r, VIRTIO_CONFIG_VECTOR, 2), VIRTIO_NO_VECTOR);
	assert_int_equal(rd(r, VIRTIO_NUM_QUEUES, 2), 3);	/* 5.1.2 */
	assert_int_equal(rd(r, VIRTIO_ISR, 1), 0);
	assert_int_equal(rd(r, VIRTIO_QUEUE_SELECT, 2), 0);
	check_queue_defaults(r, 0, 1024);
	check_queue_defaults(r, 1, 1024);
	check_queue_defaults(r, 2, 64);
	check_queue_defaults(r, 3, 0);		/* unavailable: size 0 */
	check_queue_defaults(r, 0xffff, 0);
	assert_no_fault(r);
}

static void test_reset_values(void **state)
{
	struct rig *r = *state;

	check_defaults(r);
	rig_probe(r, RIG_FEATURES, 256);
	wr(r, VIRTIO_DRIVER_FEATURE_SELECT, 4, 0);
	assert_int_not_equal(rd(r, VIRTIO_DRIVER_FEATURE, 4), 0);
	rig_reset(r);
	assert_int_equal(rd(r, VIRTIO_DRIVER_FEATURE, 4), 0);
	check_defaults(r);
}

/* 4.1.4.3.1: 32 feature bits for each select value, 0 beyond. */
static void test_device_features(void **state)
{
	static const u32 beyond[] = { 2, 3, 4, 0x80000000, 0xffffffff };
	struct rig *r = *state;
	u64 offered;
	unsigned int i;

	wr(r, VIRTIO_DEVICE_FEATURE_SELECT, 4, 1);
	assert_int_equal(rd(r, VIRTIO_DEVICE_FEATURE_SELECT, 4), 1);
	offered = (u64)rd(r, VIRTIO_DEVICE_FEATURE, 4) << 32;
	wr(r, VIRTIO_DEVICE_FEATURE_SELECT, 4, 0);
	offered |= rd(r, VIRTIO_DEVICE_FEATURE, 4);
	assert_int_equal(offered & RIG_FEATURES, RIG_FEATURES);
	/* packed ring, order, notification data, admin queue, MQ, MTU: not */
	assert_int_equal(offered & (1ULL << 34 | 1ULL << 35 | 1ULL << 36 |
				    1ULL << 37 | 1ULL << 38 | 1ULL << 39 |
				    1ULL << 41 | 1ULL << 22 | 1ULL << 3), 0);
	for (i = 0; i < ARRAY_SIZE(beyond); i++) {
		wr(r, VIRTIO_DEVICE_FEATURE_SELECT, 4, beyond[i]);
		assert_int_equal(rd(r, VIRTIO_DEVICE_FEATURE, 4), 0);
		wr(r, VIRTIO_DRIVER_FEATURE_SELECT, 4, beyond[i]);
		wr(r, VIRTIO_DRIVER_FEATURE, 4, 0);
		assert_int_equal(rd(r, VIRTIO_DRIVER_FEATURE, 4), 0);
	}
	assert_no_fault(r);
}

/* 4.1.3.1: natural widths; 64-bit fields in halves. All else is a fault. */
static void test_widths(void **state)
{
	static const u8 width[0x3c] = {
		[0x00] = 4, [0x04] = 4, [0x08] = 4, [0x0c] = 4, [0x10] = 2,
		[0x12] = 2, [0x14] = 1, [0x15] = 1, [0x16] = 2, [0x18] = 2,
		[0x1a] = 2, [0x1c] = 2, [0x1e] = 2, [0x20] = 4, [0x24] = 4,
		[0x28] = 4, [0x2c] = 4, [0x30] = 4, [0x34] = 4, [0x3a] = 2,
	};
	struct rig *r = *state;
	unsigned int size;
	u32 reg;

	for (reg = 0; reg < 0x40; reg++)
		for (size = 1; size <= 8; size *= 2) {
			bool legal = reg < 0x3c && width[reg] == size;

			r->nic.ops->read(&r->nic, reg, size);
			if (legal)
				assert_no_fault(r);
			else
				assert_fault(r, FAULT_ACCESS, reg, size);
		}
}

/* Nothing is written by what is no access, and 0 is read. */
static void test_bad_accesses(void **state)
{
	static const struct {
		u32 reg, size;
		bool write;
	} table[] = {
		{ VIRTIO_STATUS, 2, true }, { VIRTIO_STATUS, 4, true },
		{ VIRTIO_QUEUE_SIZE, 4, true }, { VIRTIO_QUEUE_DESC, 8, true },
		{ VIRTIO_QUEUE_SIZE, 1, true }, { VIRTIO_QUEUE_SIZE + 1, 1, true },
		{ VIRTIO_QUEUE_DESC + 2, 4, true },
		/* read-only, 4.1.4.3.2 */
		{ VIRTIO_DEVICE_FEATURE, 4, true }, { VIRTIO_NUM_QUEUES, 2, true },
		{ VIRTIO_GENERATION, 1, true },
		{ VIRTIO_QUEUE_NOTIFY_OFF, 2, true },
		{ VIRTIO_NET_MAC, 1, true }, { VIRTIO_NET_STATUS, 2, true },
		{ VIRTIO_ISR, 1, true },
		{ VIRTIO_COMMON + 0x38, 2, false },	/* queue_notify_data */
		{ VIRTIO_ISR, 4, false }, { VIRTIO_ISR + 1, 1, false },
		{ VIRTIO_NET_MAC, 4, false }, { VIRTIO_NET_MAC, 2, false },
		{ VIRTIO_NET_STATUS, 1, false }, { VIRTIO_NET_STATUS + 2, 2, false },
		{ VIRTIO_NOTIFY, 2, false }, { VIRTIO_NOTIFY, 4, true },
		{ VIRTIO_NOTIFY + 2, 2, true }, { VIRTIO_NOTIFY + 12, 2, true },
		{ VIRTIO_BAR_SIZE, 4, false }, { 0x7ffffffc, 4, true },
		{ 0xffffffff, 1, true }, { 0xfffffffc, 4, false },
		{ VIRTIO_STATUS, 0, true }, { VIRTIO_STATUS, 3, false },
	};
	struct rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		if (table[i].write)
			assert_int_equal(wr(r, table[i].reg, table[i].size,
					    0xffffffff), 0);
		else
			assert_int_equal(rd(r, table[i].reg, table[i].size), 0);
		assert_fault(r, FAULT_ACCESS, table[i].reg, table[i].size);
	}
	check_defaults(r);
}

static void test_vectors(void **state)
{
	struct rig *r = *state;
	u32 i;

	/* 4.1.5.1.2.1: a vector that is not there reads back as none */
	for (i = 0; i < 3; i++) {
		wr(r, VIRTIO_CONFIG_VECTOR, 2, i);
		assert_int_equal(rd(r, VIRTIO_CONFIG_VECTOR, 2), i);
		wr(r, VIRTIO_QUEUE_SELECT, 2, i);
		wr(r, VIRTIO_QUEUE_VECTOR, 2, 2 - i);
		assert_int_equal(rd(r, VIRTIO_QUEUE_VECTOR, 2), 2 - i);
	}
	assert_int_equal(r->nic.ops->rx_vector(&r->nic, 0), 2);
	wr(r, VIRTIO_CONFIG_VECTOR, 2, 3);
	assert_int_equal(rd(r, VIRTIO_CONFIG_VECTOR, 2), VIRTIO_NO_VECTOR);
	wr(r, VIRTIO_QUEUE_SELECT, 2, 0);
	wr(r, VIRTIO_QUEUE_VECTOR, 2, 0x8000);
	assert_int_equal(rd(r, VIRTIO_QUEUE_VECTOR, 2), VIRTIO_NO_VECTOR);
	assert_int_equal(r->nic.ops->rx_vector(&r->nic, 0), -1);
	assert_no_fault(r);
}

/* ---- features and status ---- */

/* 2.2.2, 5.1.3.1, 6.2: FEATURES_OK does not stay set for what will not do. */
static void test_features_ok(void **state)
{
	static const struct {
		u64 features;
		bool ok;
	} table[] = {
		{ RIG_FEATURES, true },
		{ VIRTIO_F_VERSION_1 | VIRTIO_F_ACCESS_PLATFORM, true },
		{ VIRTIO_F_VERSION_1, false },
		{ VIRTIO_F_ACCESS_PLATFORM, false },
		{ 0, false },
		{ RIG_FEATURES | 1ULL << 34, false },	/* packed */
		{ RIG_FEATURES | 1ULL << 22, false },	/* MQ */
		{ RIG_FEATURES | 1ULL << 63, false },
		{ RIG_FEATURES & ~VIRTIO_NET_F_CTRL_VQ, false },
		{ RIG_FEATURES & ~(VIRTIO_NET_F_CTRL_VQ | VIRTIO_NET_F_CTRL_RX |
				   VIRTIO_NET_F_CTRL_VLAN |
				   VIRTIO_NET_F_CTRL_MAC_ADDR), true },
		{ RIG_FEATURES & ~VIRTIO_NET_F_CSUM, false },
		{ RIG_FEATURES & ~(VIRTIO_NET_F_CSUM | VIRTIO_NET_F_HOST_TSO4 |
				   VIRTIO_NET_F_HOST_TSO6), true },
	};
	struct rig *r = *state;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(table); i++)
		assert_int_equal(rig_negotiate(r, table[i].features),
				 table[i].ok);
	assert_no_fault(r);
}

static void test_features_are_fixed(void **state)
{
	struct rig *r = *state;

	assert_true(rig_negotiate(r, RIG_FEATURES));
	wr(r, VIRTIO_DRIVER_FEATURE_SELECT, 4, 0);
	wr(r, VIRTIO_DRIVER_FEATURE, 4, 0);
	assert_fault(r, FAULT_EARLY, VIRTIO_DRIVER_FEATURE, 0);
	assert_int_equal(rd(r, VIRTIO_DRIVER_FEATURE, 4), (u32)RIG_FEATURES);
}

static void test_status_bits_stay(void **state)
{
	struct rig *r = *state;

	assert_true(rig_negotiate(r, RIG_FEATURES));
	wr(r, VIRTIO_STATUS, 1, VIRTIO_S_ACKNOWLEDGE);	/* 2.1.1 */
	assert_int_equal(rd(r, VIRTIO_STATUS, 1), 0x0b);
	wr(r, VIRTIO_STATUS, 1, 0x70);	/* not the driver's */
	assert_int_equal(rd(r, VIRTIO_STATUS, 1), 0x0b);
	rig_add_status(r, VIRTIO_S_FAILED);
	assert_int_equal(rd(r, VIRTIO_STATUS, 1), 0x8b);
	assert_no_fault(r);
}

/* 3.1.1: DRIVER_OK comes after FEATURES_OK was read back. */
static void test_driver_ok_early(void **state)
{
	struct rig *r = *state;

	wr(r, VIRTIO_STATUS, 1, 0x07);
	assert_fault(r, FAULT_EARLY, VIRTIO_STATUS, 0x07);
	assert_int_equal(rd(r, VIRTIO_STATUS, 1), 0x03);
	assert_false(rig_negotiate(r, 0));
	wr(r, VIRTIO_STATUS, 1, 0x07);
	assert_fault(r, FAULT_EARLY, VIRTIO_STATUS, 0x07);
	assert_int_equal(rd(r, VIRTIO_STATUS, 1), 0x03);
}

/* 4.1.4.3.2: a reset is over when the driver has read 0. */
static void test_reset_is_read_back(void **state)
{
	struct rig *r = *state;

	rig_probe(r, RIG_FEATURES, 256);
	wr(r, VIRTIO_STATUS, 1, 0);
	wr(r, VIRTIO_STATUS, 1, VIRTIO_S_ACKNOWLEDGE);
	assert_fault(r, FAULT_EARLY, VIRTIO_STATUS, VIRTIO_S_ACKNOWLEDGE);
	rig_reset(r);
	rig_add_status(r, VIRTIO_S_ACKNOWLEDGE);
	assert_no_fault(r);
}

/* ---- queue setup ---- */

static void select_rx(struct rig *r)
{
	rig_layout(r, VIRTIO_NET_RX, 256);
	wr(r, VIRTIO_QUEUE_SELECT, 2, VIRTIO_NET_RX);
}

static void test_queue_enable(void **state)
{
	struct rig *r = *state;

	select_rx(r);
	rig_activate(r, VIRTIO_NET_RX, 1);
	rig_enable(r, VIRTIO_NET_RX);		/* before FEATURES_OK */
	assert_fault(r, FAULT_EARLY, VIRTIO_QUEUE_ENABLE, 1);
	assert_int_equal(rd(r, VIRTIO_QUEUE_ENABLE, 2), 0);

	assert_true(rig_negotiate(r, RIG_FEATURES));
	select_rx(r);
	rig_activate(r, VIRTIO_NET_RX, 1);
	assert_int_equal(rd(r, VIRTIO_QUEUE_SIZE, 2), 256);
	assert_int_equal(rd(r, VIRTIO_QUEUE_DRIVER, 4), (u32)rig_rx(r)->avail);
	assert_int_equal(rd(r, VIRTIO_QUEUE_DRIVER + 4, 4),
			 rig_rx(r)->avail >> 32);
	rig_enable(r, VIRTIO_NET_RX);
	assert_int_equal(rd(r, VIRTIO_QUEUE_ENABLE, 2), 1);
	assert_no_fault(r);
	wr(r, VIRTIO_QUEUE_ENABLE, 2, 0);	/* 4.1.4.3.2 */
	assert_fault(r, FAULT_EARLY, VIRTIO_QUEUE_ENABLE, 0);
	assert_int_equal(rd(r, VIRTIO_QUEUE_ENABLE, 2), 1);
	wr(r, VIRTIO_QUEUE_SIZE, 2, 128);	/* too late */
	assert_fault(r, FAULT_EARLY, VIRTIO_QUEUE_SIZE, 128);
	wr(r, VIRTIO_QUEUE_DESC, 4, 0);
	assert_fault(r, FAULT_EARLY, VIRTIO_QUEUE_DESC, 0);
	assert_int_equal(rd(r, VIRTIO_QUEUE_SIZE, 2), 256);
}

static void test_queue_sizes(void **state)
{
	static const u16 bad[] = { 0, 3, 1000, 2048, 0x8000, 0xffff };
	struct rig *r = *state;
	unsigned int i;

	assert_true(rig_negotiate(r, RIG_FEATURES));
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		select_rx(r);
		rig_activate(r, VIRTIO_NET_RX, 1);
		wr(r, VIRTIO_QUEUE_SIZE, 2, bad[i]);
		assert_fault(r, FAULT_RING, VIRTIO_QUEUE_SIZE, bad[i]);
		rig_enable(r, VIRTIO_NET_RX);
		assert_int_equal(rd(r, VIRTIO_QUEUE_ENABLE, 2), 0);
		assert_fault(r, FAULT_RING, VIRTIO_QUEUE_SIZE, 0);
	}
	wr(r, VIRTIO_QUEUE_SELECT, 2, VIRTIO_NET_CTRL);
	wr(r, VIRTIO_QUEUE_SIZE, 2, 128);	/* beyond its own maximum */
	assert_fault(r, FAULT_RING, VIRTIO_QUEUE_SIZE, 128);
}

static void test_ring_outside_memory(void **state)
{
	static const u32 reg[] = {
		VIRTIO_QUEUE_DESC, VIRTIO_QUEUE_DRIVER, VIRTIO_QUEUE_DEVICE,
	};
	static const u64 bad[] = { 0, 0x100000, RIG_BUS - 16, RIG_BUS + RIG_POOL,
				   RIG_BUS + RIG_POOL - 16, ~0ULL - 15 };
	struct rig *r = *state;
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(reg); i++)
		for (j = 0; j < ARRAY_SIZE(bad); j++) {
			assert_true(rig_negotiate(r, RIG_FEATURES));
			select_rx(r);
			rig_activate(r, VIRTIO_NET_RX, 1);
			wr64(r, reg[i], bad[j]);
			rig_enable(r, VIRTIO_NET_RX);
			assert_fault(r, FAULT_RING, reg[i], bad[j]);
			assert_int_equal(rd(r, VIRTIO_QUEUE_ENABLE, 2), 0);
			rig_add_status(r, VIRTIO_S_DRIVER_OK);
			assert_int_equal(rig_give(r, 60).outcome,
					 OUTCOME_RX_OFF);
		}
}

/* 2.6.1, as `ethtool -G` does it */
static void test_queue_reset(void **state)
{
	struct rig *r = *state;

	rig_probe(r, RIG_FEATURES, 256);
	rig_fill(r, 0, 10, 1536);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_DELIVERED);
	wr(r, VIRTIO_QUEUE_SELECT, 2, VIRTIO_NET_RX);
	wr(r, VIRTIO_QUEUE_RESET, 2, 1);
	assert_int_equal(rd(r, VIRTIO_QUEUE_RESET, 2), 0);
	check_queue_defaults(r, VIRTIO_NET_RX, 1024);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_RX_OFF);
	assert_false(r->nic.ops->waiting(&r->nic, 0, 0));

	rig_layout(r, VIRTIO_NET_RX, 64);
	rig_activate(r, VIRTIO_NET_RX, 1);
	rig_enable(r, VIRTIO_NET_RX);
	rig_fill(r, 5, 1, 1536);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_DELIVERED);
	assert_int_equal(rig_take(r, rig_rx(r), NULL), 5);
	assert_no_fault(r);
	/* the other queues went on meanwhile */
	wr(r, VIRTIO_QUEUE_SELECT, 2, VIRTIO_NET_TX);
	assert_int_equal(rd(r, VIRTIO_QUEUE_ENABLE, 2), 1);
}

static void test_queue_reset_refused(void **state)
{
	struct rig *r = *state;

	rig_probe(r, RIG_FEATURES & ~VIRTIO_F_RING_RESET, 256);
	wr(r, VIRTIO_QUEUE_SELECT, 2, VIRTIO_NET_RX);
	wr(r, VIRTIO_QUEUE_RESET, 2, 1);
	assert_fault(r, FAULT_EARLY, VIRTIO_QUEUE_RESET, 1);
	assert_int_equal(rd(r, VIRTIO_QUEUE_ENABLE, 2), 1);
}

/* ---- device configuration, link ---- */

static void test_mac_and_status(void **state)
{
	struct rig *r = *state;
	u32 i;

	for (i = 0; i < 6; i++)		/* virtio_cread_bytes() */
		assert_int_equal(rd(r, VIRTIO_NET_MAC + i, 1), rig_mac[i]);
	assert_int_equal(rd(r, VIRTIO_NET_STATUS, 2), VIRTIO_NET_S_LINK_UP);
	assert_no_fault(r);
}

static void test_link(void **state)
{
	struct rig *r = *state;
	u8 generation = rd(r, VIRTIO_GENERATION, 1);

	/* no driver yet: no message, 2.1.2 */
	assert_int_equal(r->nic.ops->set_link(&r->nic, false), 0);
	assert_int_equal(rd(r, VIRTIO_ISR, 1), 0);
	assert_int_equal(rd(r, VIRTIO_NET_STATUS, 2), 0);
	assert_int_not_equal(rd(r, VIRTIO_GENERATION, 1), generation);

	rig_probe(r, RIG_FEATURES, 256);
	rig_fill(r, 0, 10, 1536);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_RX_OFF);
	assert_int_equal(r->nic.ops->set_link(&r->nic, false), 0);
	generation = rd(r, VIRTIO_GENERATION, 1);
	assert_int_equal(r->nic.ops->set_link(&r->nic, true), CONFIG);
	assert_int_equal(rd(r, VIRTIO_NET_STATUS, 2), 1);
	/* 4.1.4.3.1: seen to have changed, once */
	assert_int_equal(rd(r, VIRTIO_GENERATION, 1), (u8)(generation + 1));
	assert_int_equal(rd(r, VIRTIO_NET_STATUS, 2), 1);
	assert_int_equal(rd(r, VIRTIO_GENERATION, 1), (u8)(generation + 1));
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_DELIVERED);

	/* 4.1.4.5.1: set before the message, cleared by the read */
	assert_int_equal(rd(r, VIRTIO_ISR, 1), VIRTIO_ISR_CONFIG);
	assert_int_equal(rd(r, VIRTIO_ISR, 1), 0);
	wr(r, VIRTIO_CONFIG_VECTOR, 2, VIRTIO_NO_VECTOR);
	assert_int_equal(r->nic.ops->set_link(&r->nic, false), 0);
	assert_int_equal(rd(r, VIRTIO_ISR, 1), VIRTIO_ISR_CONFIG);
	assert_no_fault(r);
}

/* A queue without a vector has the bit in ISR status, 4.1.4.5.1. */
static void test_isr_queue(void **state)
{
	struct rig *r = *state;

	rig_probe(r, RIG_FEATURES, 256);
	rig_fill(r, 0, 10, 1536);
	assert_int_equal(rig_give(r, 60).vectors, RX);
	assert_int_equal(rd(r, VIRTIO_ISR, 1), 0);
	wr(r, VIRTIO_QUEUE_SELECT, 2, VIRTIO_NET_RX);
	wr(r, VIRTIO_QUEUE_VECTOR, 2, VIRTIO_NO_VECTOR);
	rig_set_event(r, rig_rx(r), 1);
	assert_int_equal(rig_give(r, 60).vectors, 0);
	assert_int_equal(rd(r, VIRTIO_ISR, 1), VIRTIO_ISR_QUEUE);
	assert_int_equal(rd(r, VIRTIO_ISR, 1), 0);
}

/* ---- receive ---- */

static void check_header(struct rig *r, u64 bus, u8 flags, u16 buffers)
{
	u8 want[12] = { flags, 0, 0, 0, 0, 0, 0, 0, 0, 0, buffers, 0 };

	assert_memory_equal(rig_at(r, bus), want, 12);
}

static void test_receive(void **state)
{
	struct rig *r = *state;
	struct rig_queue *q;
	struct nic_gift g;
	u32 len;

	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_RX_OFF);
	rig_probe(r, RIG_FEATURES, 256);
	q = rig_rx(r);
	g = rig_give(r, 60);
	assert_int_equal(g.outcome, OUTCOME_NO_DESCRIPTOR);
	assert_int_equal(g.vectors, 0);
	rig_fill(r, 0, 10, 1536);
	/* 3.1.1: RX buffers are found without a doorbell, which may come */
	assert_int_equal(rig_kick(r, q), 0);

	g = rig_give(r, 1514);
	assert_int_equal(g.outcome, OUTCOME_DELIVERED);
	assert_int_equal(g.vectors, RX);
	assert_int_equal(g.queue, 0);
	assert_int_equal(g.slot, 0);
	assert_int_equal(rig_take(r, q, &len), 0);
	assert_int_equal(len, 12 + 1514);
	check_header(r, rig_buffer(0), 0, 1);
	assert_memory_equal(rig_at(r, rig_buffer(0)) + 12, r->frame, 1514);
	assert_pattern(rig_at(r, rig_buffer(0)) + 1526, 2048);
	assert_int_equal(rig_take(r, q, &len), -1);

	g = rig_give(r, 14);
	assert_int_equal(g.slot, 1);
	assert_int_equal(g.vectors, 0);	/* used_event still 0 */
	assert_int_equal(rig_take(r, q, &len), 1);
	assert_int_equal(len, 26);
	assert_int_equal(rig_give(r, 13).outcome, OUTCOME_FILTERED);
	assert_no_fault(r);
}

/* 5.1.6.4: DATA_VALID is for who negotiated GUEST_CSUM. */
static void test_checksum_valid(void **state)
{
	struct rig *r = *state;

	rig_probe(r, RIG_FEATURES, 256);
	rig_fill(r, 0, 2, 1536);
	rig_give_frame(r, 60, true);
	check_header(r, rig_buffer(0), VIRTIO_NET_DATA_VALID, 1);
	rig_probe(r, RIG_FEATURES & ~VIRTIO_NET_F_GUEST_CSUM, 256);
	rig_fill(r, 0, 2, 1536);
	rig_give_frame(r, 60, true);
	check_header(r, rig_buffer(0), 0, 1);
}

/* 5.1.6.3.2, 5.1.6.4.1: all buffers but the last are full; used together. */
static void test_mergeable(void **state)
{
	struct rig *r = *state;
	struct rig_queue *q;
	struct nic_gift g;
	u32 len, i, at = 0;

	rig_probe(r, RIG_FEATURES, 256);
	q = rig_rx(r);
	rig_fill(r, 0, 20, 1536);
	rig_set_event(r, q, 5);
	g = rig_give(r, 16014);
	assert_int_equal(g.outcome, OUTCOME_DELIVERED);
	assert_int_equal(g.vectors, RX);	/* 5 is among 0 ... 10 */
	assert_int_equal(g.slot, 10);
	check_header(r, rig_buffer(0), 0, 11);
	for (i = 0; i < 11; i++) {
		u32 skip = i ? 0 : 12;

		assert_int_equal(rig_take(r, q, &len), i);
		assert_int_equal(len, i < 10 ? 1536 : 12 + 16014 - 10 * 1536);
		assert_memory_equal(rig_at(r, rig_buffer(i)) + skip,
				    r->frame + at, len - skip);
		assert_pattern(rig_at(r, rig_buffer(i)) + len, 4096 - len);
		at += len - skip;
	}
	assert_int_equal(rig_take(r, q, NULL), -1);

	/* 9 are left: not enough, and none is touched */
	g = rig_give(r, 16014);
	assert_int_equal(g.outcome, OUTCOME_NO_DESCRIPTOR);
	assert_pattern(rig_at(r, rig_buffer(11)), 9 * 4096);
	assert_int_equal(rig_take(r, q, NULL), -1);
	assert_int_equal(rig_give(r, 9 * 1536 - 12).outcome, OUTCOME_DELIVERED);
	assert_int_equal(rig_give(r, 14).outcome, OUTCOME_NO_DESCRIPTOR);
	assert_no_fault(r);
}

/* 64 KiB in the smallest buffers that Linux offers. */
static void test_largest_frame(void **state)
{
	struct rig *r = *state;

	rig_probe(r, RIG_FEATURES, 256);
	rig_fill(r, 0, 100, 1536);
	assert_int_equal(rig_give(r, 65535 + 14).outcome, OUTCOME_DELIVERED);
	check_header(r, rig_buffer(0), 0, 43);
	assert_int_equal(rig_give(r, RIG_FRAME).outcome,
			 OUTCOME_BAD_DESCRIPTOR);
	assert_no_fault(r);
}

/* Without MRG_RXBUF a frame has one buffer, of several descriptors. */
static void test_one_buffer(void **state)
{
	struct rig *r = *state;
	struct rig_queue *q;
	struct nic_gift g;
	u32 len;

	rig_probe(r, RIG_FEATURES & ~VIRTIO_NET_F_MRG_RXBUF, 256);
	q = rig_rx(r);
	rig_put(r, q, 7, rig_buffer(0), 5, VIRTQ_DESC_WRITE | VIRTQ_DESC_NEXT, 3);
	rig_put(r, q, 3, rig_buffer(1), 100, VIRTQ_DESC_WRITE | VIRTQ_DESC_NEXT, 4);
	rig_put(r, q, 4, rig_buffer(2), 0, VIRTQ_DESC_WRITE | VIRTQ_DESC_NEXT, 5);
	rig_put(r, q, 5, rig_buffer(3), 1500, VIRTQ_DESC_WRITE, 0);
	rig_offer(r, q, 7);
	rig_offer(r, q, 7);
	g = rig_give(r, 1594);
	assert_int_equal(g.outcome, OUTCOME_BAD_DESCRIPTOR);
	assert_int_equal(rig_take(r, q, NULL), -1);
	assert_pattern(rig_at(r, rig_buffer(0)), 4 * 4096);
	assert_no_fault(r);

	assert_int_equal(rig_give(r, 1593).outcome, OUTCOME_DELIVERED);
	assert_int_equal(rig_take(r, q, &len), 7);
	assert_int_equal(len, 1605);
	assert_memory_equal(rig_at(r, rig_buffer(0)), "\0\0\0\0\0\xa5", 6);
	assert_memory_equal(rig_at(r, rig_buffer(1)), "\0\0\0\0\0\1\0", 7);
	assert_memory_equal(rig_at(r, rig_buffer(1)) + 7, r->frame, 93);
	assert_memory_equal(rig_at(r, rig_buffer(3)), r->frame + 93, 1500);
	assert_pattern(rig_at(r, rig_buffer(2)), 4096);
}

/* An indirect buffer is used under its head. */
static void test_receive_indirect(void **state)
{
	struct rig *r = *state;
	struct rig_desc d[2] = {
		{ .addr = cpu_to_le64(rig_buffer(1)), .len = cpu_to_le32(20),
		  .flags = cpu_to_le16(VIRTQ_DESC_WRITE | VIRTQ_DESC_NEXT), .next = cpu_to_le16(1) },
		{ .addr = cpu_to_le64(rig_buffer(2)), .len = cpu_to_le32(2000),
		  .flags = cpu_to_le16(VIRTQ_DESC_WRITE) },
	};
	struct rig_queue *q;
	u32 len;

	rig_probe(r, RIG_FEATURES, 256);
	q = rig_rx(r);
	memcpy(rig_at(r, rig_buffer(0)), d, 32);
	rig_put(r, q, 9, rig_buffer(0), 32, VIRTQ_DESC_INDIRECT, 0);
	rig_offer(r, q, 9);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_DELIVERED);
	assert_int_equal(rig_take(r, q, &len), 9);
	assert_int_equal(len, 72);
	assert_memory_equal(rig_at(r, rig_buffer(1)) + 12, r->frame, 8);
	assert_memory_equal(rig_at(r, rig_buffer(2)), r->frame + 8, 52);
	assert_no_fault(r);
}

static void check_refused(struct rig *r, enum fault_kind kind, u64 value,
			  u64 bus)
{
	struct nic_gift g = rig_give(r, 1514);

	assert_int_equal(g.outcome, OUTCOME_BAD_DESCRIPTOR);
	assert_int_equal(g.vectors, 0);
	assert_int_equal(g.bad_bus, bus);
	assert_fault(r, kind, rig_doorbell(VIRTIO_NET_RX), value);
	assert_int_equal(rig_take(r, rig_rx(r), NULL), -1);
	assert_pattern(rig_at(r, rig_buffer(0)), 8 * 4096);
}

static void test_receive_refuses(void **state)
{
	u64 end = RIG_BUS + RIG_POOL;
	struct rig *r = *state;
	struct rig_queue *q;

	rig_probe(r, RIG_FEATURES, 256);
	q = rig_rx(r);
	/* the first buffer is good, the second is not */
	rig_fill(r, 0, 1, 1000);
	rig_offer(r, q, 1);
	rig_put(r, q, 1, end - 400, 1536, VIRTQ_DESC_WRITE, 0);
	check_refused(r, FAULT_BUFFER, end - 400, end - 400);
	rig_put(r, q, 1, 0, 1536, VIRTQ_DESC_WRITE, 0);
	check_refused(r, FAULT_BUFFER, 0, 0);
	rig_put(r, q, 1, ~0ULL, 1536, VIRTQ_DESC_WRITE, 0);
	check_refused(r, FAULT_BUFFER, ~0ULL, ~0ULL);
	rig_put(r, q, 1, rig_buffer(1), 1536, 0, 0);	/* to be read */
	check_refused(r, FAULT_DESCRIPTOR, 0, rig_buffer(1));
	rig_put(r, q, 1, rig_buffer(1), 0, VIRTQ_DESC_WRITE, 0);
	check_refused(r, FAULT_DESCRIPTOR, 0, 0);
	rig_avail(r, q)[2 + 1] = cpu_to_le16(256);
	check_refused(r, FAULT_DESCRIPTOR, 256, q->avail);
	/* 526 bytes of it are enough, and only they must be mapped */
	rig_avail(r, q)[2 + 1] = cpu_to_le16(1);
	rig_put(r, q, 1, end - 526, 1536, VIRTQ_DESC_WRITE, 0);
	assert_int_equal(rig_give(r, 1514).outcome, OUTCOME_DELIVERED);
	assert_no_fault(r);
}

static void test_available_runs_ahead(void **state)
{
	struct rig *r = *state;
	struct nic_ring ring;

	rig_probe(r, RIG_FEATURES, 256);
	rig_avail(r, rig_rx(r))[1] = cpu_to_le16(257);
	check_refused(r, FAULT_TAIL, 257, rig_rx(r)->avail);
	r->nic.ops->rx_ring(&r->nic, 0, &ring);
	assert_int_equal(ring.head, ring.tail);
	assert_null(r->nic.ops->peek(&r->nic, 0, 0, 1));
	assert_no_fault(r);
	rig_avail(r, rig_rx(r))[1] = cpu_to_le16(0xffff);
	check_refused(r, FAULT_TAIL, 0xffff, rig_rx(r)->avail);
}

/* The driver unmapped the ring without a reset. */
static void test_ring_goes(void **state)
{
	static u64 extent[RIG_POOL / NIC_GRANULE];
	struct rig *r = *state;
	struct nic_gift g;

	rig_probe(r, RIG_FEATURES, 256);
	rig_fill(r, 0, 4, 1536);
	r->nic.region[0].extent = extent;
	g = rig_give(r, 60);
	assert_int_equal(g.outcome, OUTCOME_BAD_DESCRIPTOR);
	assert_int_equal(g.bad_bus, rig_rx(r)->desc);
	assert_fault(r, FAULT_RING, VIRTIO_QUEUE_DESC, rig_rx(r)->desc);
}

static void test_not_running(void **state)
{
	struct rig *r = *state;

	rig_probe(r, RIG_FEATURES, 256);
	rig_fill(r, 0, 4, 1536);
	r->port.master = 0;
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_RX_OFF);
	r->port.master = 1;
	rig_add_status(r, VIRTIO_S_FAILED);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_RX_OFF);
	rig_probe(r, RIG_FEATURES, 256);
	rig_fill(r, 0, 4, 1536);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_DELIVERED);
	rig_reset(r);
	assert_int_equal(rig_give(r, 60).outcome, OUTCOME_RX_OFF);
}

/* ---- interrupts ---- */

/* virtqueue_disable_cb(), napi, virtqueue_enable_cb_prepare() */
static void test_event_idx(void **state)
{
	struct rig *r = *state;
	struct rig_queue *q;
	u32 i;

	rig_probe(r, RIG_FEATURES, 256);
	q = rig_rx(r);
	rig_fill(r, 0, 200, 1536);
	assert_int_equal(rig_give(r, 60).vectors, RX);
	rig_set_event(r, q, 0);		/* as Linux disables them */
	for (i = 1; i < 20; i++)
		assert_int_equal(rig_give(r, 60).vectors, 0);
	rig_set_event(r, q, 20);
	assert_int_equal(rig_give(r, 60).vectors, RX);
	assert_int_equal(rig_give(r, 60).vectors, 0);
	rig_set_event(r, q, 25);
	for (i = 22; i < 25; i++)
		assert_int_equal(rig_give(r, 60).vectors, 0);
	assert_int_equal(rig_give(r, 60).vectors, RX);
	/* the flag says nothing here, 2.7.7.2 */
	rig_avail(r, q)[0] = cpu_to_le16(VIRTQ_AVAIL_NO_INTERRUPT);
	rig_set_event(r, q, 26);
	assert_int_equal(rig_give(r, 60).vectors, RX);
}

/* Once round the index, with interrupts wanted at every frame. */
static void test_event_idx_wraps(void **state)
{
	struct rig *r = *state;
	struct rig_queue *q;
	u32 i;

	rig_probe(r, RIG_FEATURES, 4);
	q = rig_rx(r);
	for (i = 0; i < 66000; i++) {
		struct nic_gift g;

		rig_fill(r, i % 4, 1, 1536);
		rig_set_event(r, q, (u16)i);
		g = rig_give(r, 60);
		assert_int_equal(g.vectors, RX);
		assert_int_equal(g.slot, (u16)i);
		assert_true(r->nic.ops->waiting(&r->nic, 0, g.slot));
		assert_int_equal(rig_take(r, q, NULL), i % 4);
		rig_set_event(r, q, (u16)(i + 1));
		assert_false(r->nic.ops->waiting(&r->nic, 0, g.slot));
	}
}

static void test_flag(void **state)
{
	struct rig *r = *state;
	struct rig_queue *q;

	rig_probe(r, RIG_FEATURES & ~VIRTIO_F_EVENT_IDX, 256);
	q = rig_rx(r);
	rig_fill(r, 0, 8, 1536);
	rig_set_event(r, q, 100);
	assert_int_equal(rig_give(r, 60).vectors, RX);
	assert_int_equal(rig_give(r, 60).vectors, RX);
	rig_avail(r, q)[0] = cpu_to_le16(VIRTQ_AVAIL_NO_INTERRUPT);
	assert_int_equal(rig_give(r, 60).vectors, 0);
	rig_avail(r, q)[0] = 0;
	assert_int_equal(rig_give(r, 60).vectors, RX);
}

/* ---- what others see of the RX ring ---- */

static u32 free_buffers(struct rig *r)
{
	struct nic_ring ring;

	r->nic.ops->rx_ring(&r->nic, 0, &ring);
	assert_true(ring.head < ring.count && ring.tail < ring.count);
	return ring.tail - ring.head +
	       (ring.tail < ring.head ? ring.count : 0);
}

static void test_rx_ring(void **state)
{
	struct rig *r = *state;
	struct nic_ring ring;

	r->nic.ops->rx_ring(&r->nic, 0, &ring);
	assert_int_equal(ring.count, 0);
	rig_probe(r, RIG_FEATURES, 16);
	r->nic.ops->rx_ring(&r->nic, 0, &ring);
	assert_int_equal(ring.base, rig_rx(r)->desc);
	assert_int_equal(free_buffers(r), 0);
	rig_fill(r, 0, 16, 1536);
	assert_int_equal(free_buffers(r), 16);	/* full is not empty */
	rig_give(r, 60);
	assert_int_equal(free_buffers(r), 15);
	rig_give(r, 1536);
	assert_int_equal(free_buffers(r), 13);
	rig_reset(r);
	r->nic.ops->rx_ring(&r->nic, 0, &ring);
	assert_int_equal(ring.count, 0);
}

static void test_peek(void **state)
{
	struct rig *r = *state;
	const struct nic_ops *ops = r->nic.ops;

	assert_null(ops->peek(&r->nic, 0, 0, 1));
	rig_probe(r, RIG_FEATURES, 16);
	assert_null(ops->peek(&r->nic, 0, 0, 1));
	rig_fill(r, 3, 2, 1536);
	assert_ptr_equal(ops->peek(&r->nic, 0, 0, 1524),
			 rig_at(r, rig_buffer(3)) + 12);
	assert_ptr_equal(ops->peek(&r->nic, 0, 1, 1),
			 rig_at(r, rig_buffer(4)) + 12);
	assert_null(ops->peek(&r->nic, 0, 0, 1525));
	assert_null(ops->peek(&r->nic, 0, 2, 1));
	assert_null(ops->peek(&r->nic, 0, ~0U, 1));
	assert_null(ops->peek(&r->nic, 1, 0, 1));
	rig_give(r, 60);
	assert_ptr_equal(ops->peek(&r->nic, 0, 0, 1),
			 rig_at(r, rig_buffer(4)) + 12);
	assert_no_fault(r);
}

/* A frame of several buffers waits as long as its last. */
static void test_waiting(void **state)
{
	struct rig *r = *state;
	const struct nic_ops *ops = r->nic.ops;
	struct rig_queue *q;
	struct nic_gift g;

	rig_probe(r, RIG_FEATURES, 16);
	q = rig_rx(r);
	rig_fill(r, 0, 8, 1536);
	assert_false(ops->waiting(&r->nic, 0, 0));
	g = rig_give(r, 3000);
	assert_true(ops->waiting(&r->nic, 0, g.slot));
	rig_take(r, q, NULL);
	rig_set_event(r, q, 1);
	assert_true(ops->waiting(&r->nic, 0, g.slot));
	rig_take(r, q, NULL);
	rig_set_event(r, q, 2);
	assert_false(ops->waiting(&r->nic, 0, g.slot));
	assert_false(ops->waiting(&r->nic, 0, g.slot + 65536));
	g = rig_give(r, 60);
	assert_true(ops->waiting(&r->nic, 0, g.slot));
	assert_false(ops->waiting(&r->nic, 1, g.slot));
	rig_reset(r);
	assert_false(ops->waiting(&r->nic, 0, g.slot));
}

/* ---- filters, 5.1.6.5 ---- */

/* virtnet_send_command(): header, data, a byte for the answer. */
static int command(struct rig *r, u8 class, u8 cmd, const void *data, u32 len)
{
	struct rig_queue *q = &r->queue[VIRTIO_NET_CTRL];
	u64 b = rig_buffer(500);
	u32 written;

	rig_at(r, b)[0] = class;
	rig_at(r, b)[1] = cmd;
	memcpy(rig_at(r, b) + 64, data, len);
	rig_at(r, b)[32] = 0xff;
	rig_put(r, q, 0, b, 2, VIRTQ_DESC_NEXT, 1);
	rig_put(r, q, 1, b + 64, len, VIRTQ_DESC_NEXT, 2);
	rig_put(r, q, 2, b + 32, 1, VIRTQ_DESC_WRITE, 0);
	rig_offer(r, q, 0);
	assert_int_equal(rig_kick(r, q), 0);
	assert_int_equal(rig_take(r, q, &written), 0);
	assert_int_equal(written, 1);
	assert_int_equal(rig_avail_event(r, q), q->offered);
	return rig_at(r, b)[32];
}

static int command_byte(struct rig *r, u8 class, u8 cmd, u8 value)
{
	return command(r, class, cmd, &value, 1);
}

static bool passes_to(struct rig *r, u64 mac)
{
	enum outcome o;
	int i;

	for (i = 0; i < 6; i++)
		r->frame[i] = (u8)(mac >> (40 - 8 * i));
	o = rig_give(r, 60).outcome;
	assert_true(o == OUTCOME_DELIVERED || o == OUTCOME_FILTERED);
	return o == OUTCOME_DELIVERED;
}

#define OWN		0x02005e100001ULL
#define OTHER		0x02005e100002ULL
#define MULTI		0x01005e000001ULL
#define BROADCAST	0xffffffffffffULL

/* dev_set_rx_mode() of an interface that was just opened */
static void set_rx_mode(struct rig *r, u8 promisc, u8 allmulti)
{
	u8 table[8] = { 0 };

	assert_int_equal(command_byte(r, 0, 0, promisc), VIRTIO_NET_OK);
	assert_int_equal(command_byte(r, 0, 1, allmulti), VIRTIO_NET_OK);
	assert_int_equal(command(r, 1, 0, table, 8), VIRTIO_NET_OK);
}

static void probe_filter(struct rig *r, u64 features)
{
	rig_probe(r, features, 256);
	rig_fill(r, 0, 256, 1536);
}

static void test_filter_modes(void **state)
{
	struct rig *r = *state;

	probe_filter(r, RIG_FEATURES);
	assert_true(passes_to(r, OTHER));	/* until the driver says so */
	assert_true(passes_to(r, MULTI));
	set_rx_mode(r, 0, 0);
	assert_true(passes_to(r, OWN));
	assert_true(passes_to(r, BROADCAST));
	assert_false(passes_to(r, OTHER));
	assert_false(passes_to(r, MULTI));
	set_rx_mode(r, 0, 1);
	assert_false(passes_to(r, OTHER));
	assert_true(passes_to(r, MULTI));
	set_rx_mode(r, 1, 0);
	assert_true(passes_to(r, OTHER));
	assert_true(passes_to(r, MULTI));
	set_rx_mode(r, 0, 0);
	rig_reset(r);
	probe_filter(r, RIG_FEATURES);
	assert_true(passes_to(r, OTHER));
	assert_no_fault(r);
}

/* @n addresses from 02:00:00:00:00:00 on, @m from 01:00:00:00:00:00 on */
static int set_table(struct rig *r, u32 n, u32 m)
{
	static u8 data[4096];
	u8 *at = data;
	u32 i;

	memset(data, 0, sizeof(data));
	at[0] = (u8)n;
	at[1] = (u8)(n >> 8);
	for (at += 4, i = 0; i < n; i++, at += 6) {
		at[0] = 2;
		at[5] = (u8)i;
	}
	at[0] = (u8)m;
	at[1] = (u8)(m >> 8);
	for (at += 4, i = 0; i < m; i++, at += 6) {
		at[0] = 1;
		at[5] = (u8)i;
	}
	return command(r, 1, 0, data, at - data);
}

static void test_filter_table(void **state)
{
	struct rig *r = *state;

	probe_filter(r, RIG_FEATURES);
	set_rx_mode(r, 0, 0);
	assert_int_equal(set_table(r, 2, 3), VIRTIO_NET_OK);
	assert_true(passes_to(r, 0x020000000000));
	assert_true(passes_to(r, 0x020000000001));
	assert_false(passes_to(r, 0x020000000002));
	assert_true(passes_to(r, 0x010000000000));
	assert_true(passes_to(r, 0x010000000002));
	assert_false(passes_to(r, 0x010000000003));
	assert_true(passes_to(r, OWN));
	assert_int_equal(set_table(r, 64, 0), VIRTIO_NET_OK);
	assert_true(passes_to(r, 0x02000000003f));
	assert_false(passes_to(r, 0x020000000040));
	assert_false(passes_to(r, 0x010000000000));
	/* more than there is room for: all of the kind pass */
	assert_int_equal(set_table(r, 65, 1), VIRTIO_NET_OK);
	assert_true(passes_to(r, OTHER));
	assert_true(passes_to(r, MULTI));
	assert_int_equal(set_table(r, 60, 5), VIRTIO_NET_OK);
	assert_false(passes_to(r, OTHER));
	assert_true(passes_to(r, MULTI));
	assert_int_equal(set_table(r, 0, 0), VIRTIO_NET_OK);
	assert_false(passes_to(r, MULTI));
	assert_no_fault(r);
}

static void test_set_address(void **state)
{
	struct rig *r = *state;
	u8 generation;
	u32 i;

	probe_filter(r, RIG_FEATURES);
	set_rx_mode(r, 0, 0);
	rd(r, VIRTIO_NET_MAC, 1);
	generation = rd(r, VIRTIO_GENERATION, 1);
	assert_int_equal(command(r, 1, 1, "\x02\0\x5e\x10\0\x02", 6),
			 VIRTIO_NET_OK);
	assert_true(passes_to(r, OTHER));
	assert_false(passes_to(r, OWN));
	assert_int_equal(rd(r, VIRTIO_NET_MAC + 5, 1), 2);
	assert_int_not_equal(rd(r, VIRTIO_GENERATION, 1), generation);
	rig_reset(r);
	for (i = 0; i < 6; i++)
		assert_int_equal(rd(r, VIRTIO_NET_MAC + i, 1), rig_mac[i]);
}

static bool passes_vlan(struct rig *r, u16 tag)
{
	bool passed;

	r->frame[12] = 0x81;
	r->frame[13] = 0x00;
	r->frame[14] = tag >> 8;
	r->frame[15] = (u8)tag;
	passed = passes_to(r, OWN);
	r->frame[12] = 0x08;
	return passed;
}

static void test_filter_vlan(void **state)
{
	struct rig *r = *state;

	probe_filter(r, RIG_FEATURES);
	set_rx_mode(r, 0, 0);
	assert_false(passes_vlan(r, 100));
	assert_int_equal(command(r, 2, 0, "\x64\0", 2), VIRTIO_NET_OK);
	assert_true(passes_vlan(r, 100));
	assert_true(passes_vlan(r, 100 | 0xe000));
	assert_false(passes_vlan(r, 101));
	assert_int_equal(command(r, 2, 0, "\xff\x0f", 2), VIRTIO_NET_OK);
	assert_true(passes_vlan(r, 4095));
	assert_int_equal(command(r, 2, 0, "\0\x10", 2), VIRTIO_NET_ERR);
	assert_int_equal(command(r, 2, 1, "\x64\0", 2), VIRTIO_NET_OK);
	assert_false(passes_vlan(r, 100));
	assert_true(passes_to(r, OWN));
	set_rx_mode(r, 1, 0);
	assert_true(passes_vlan(r, 100));

	probe_filter(r, RIG_FEATURES & ~VIRTIO_NET_F_CTRL_VLAN);
	set_rx_mode(r, 0, 0);
	assert_true(passes_vlan(r, 100));
}

/* ---- the control queue ---- */

static void test_commands_refused(void **state)
{
	struct rig *r = *state;

	probe_filter(r, RIG_FEATURES);
	set_rx_mode(r, 0, 0);
	assert_int_equal(command_byte(r, 0, 2, 1), VIRTIO_NET_ERR);
	assert_int_equal(command_byte(r, 0, 99, 1), VIRTIO_NET_ERR);
	assert_int_equal(command_byte(r, 1, 2, 1), VIRTIO_NET_ERR);
	assert_int_equal(command_byte(r, 3, 0, 1), VIRTIO_NET_ERR);
	assert_int_equal(command_byte(r, 4, 0, 1), VIRTIO_NET_ERR);	/* MQ */
	assert_int_equal(command_byte(r, 255, 255, 1), VIRTIO_NET_ERR);
	/* too short */
	assert_int_equal(command(r, 0, 0, "", 0), VIRTIO_NET_ERR);
	assert_int_equal(command(r, 1, 1, rig_mac, 5), VIRTIO_NET_ERR);
	assert_int_equal(command(r, 2, 0, "\1", 1), VIRTIO_NET_ERR);
	assert_int_equal(command(r, 1, 0, "\0\0\0\0\0\0\0", 7), VIRTIO_NET_ERR);
	assert_int_equal(command(r, 1, 0, "\1\0\0\0\2\0\0\0\0", 9),
			 VIRTIO_NET_ERR);
	assert_int_equal(command(r, 1, 0, "\xff\xff\xff\xff\2\0\0\0\0\0", 10),
			 VIRTIO_NET_ERR);
	assert_int_equal(command(r, 1, 0, "\xff\xff\xff\0\2\0\0\0\0\0", 10),
			 VIRTIO_NET_ERR);
	/* none of it had an effect */
	assert_true(passes_to(r, OWN));
	assert_false(passes_to(r, OTHER));
	assert_false(passes_to(r, MULTI));
	assert_no_fault(r);

	probe_filter(r, VIRTIO_F_VERSION_1 | VIRTIO_F_ACCESS_PLATFORM |
		     VIRTIO_F_EVENT_IDX | VIRTIO_NET_F_CTRL_VQ);
	assert_int_equal(command_byte(r, 0, 0, 0), VIRTIO_NET_ERR);
	assert_int_equal(command(r, 1, 0, "\0\0\0\0\0\0\0\0", 8), VIRTIO_NET_ERR);
	assert_int_equal(command(r, 1, 1, rig_mac, 6), VIRTIO_NET_ERR);
	assert_int_equal(command(r, 2, 0, "\1\0", 2), VIRTIO_NET_ERR);
}

/* Ill-formed buffers are returned, so that no driver spins for ever. */
static void test_ctrl_refuses(void **state)
{
	u64 end = RIG_BUS + RIG_POOL;
	struct rig *r = *state;
	struct rig_queue *q;
	u32 reg = rig_doorbell(VIRTIO_NET_CTRL), len;

	rig_probe(r, RIG_FEATURES, 64);
	q = &r->queue[VIRTIO_NET_CTRL];
	rig_put(r, q, 0, end, 2, VIRTQ_DESC_NEXT, 1);
	rig_put(r, q, 1, rig_buffer(0), 1, VIRTQ_DESC_WRITE, 0);
	rig_offer(r, q, 0);
	rig_kick(r, q);
	assert_int_equal(rig_take(r, q, &len), 0);
	assert_int_equal(len, 0);
	assert_fault(r, FAULT_BUFFER, reg, end);

	rig_put(r, q, 0, rig_buffer(0), 2, 0, 1);	/* no room to answer */
	rig_offer(r, q, 0);
	rig_kick(r, q);
	assert_int_equal(rig_take(r, q, &len), 0);
	assert_int_equal(len, 0);

	rig_offer(r, q, 64);		/* no such descriptor: cannot be returned */
	rig_offer(r, q, 0);
	rig_kick(r, q);
	assert_fault(r, FAULT_DESCRIPTOR, reg, 64);
	assert_int_equal(rig_take(r, q, &len), 0);
	assert_int_equal(rig_take(r, q, &len), -1);

	rig_avail(r, q)[1] = cpu_to_le16(q->offered + 65);
	rig_kick(r, q);
	assert_fault(r, FAULT_TAIL, reg, q->offered + 65);
	assert_int_equal(rig_take(r, q, &len), -1);
}

/* ---- transmit ---- */

static struct rig_queue *tx(struct rig *r)
{
	return &r->queue[VIRTIO_NET_TX];
}

/* xmit_skb(): header and frame in one buffer, as there is headroom. */
static void put_frame(struct rig *r, u16 slot, const void *header,
		      const void *frame, u32 len)
{
	u64 b = rig_buffer(300 + 16 * slot);

	memcpy(rig_at(r, b), header, 12);
	memcpy(rig_at(r, b) + 12, frame, len);
	rig_put(r, tx(r), slot, b, 12 + len, 0, 0);
	rig_offer(r, tx(r), slot);
}

static const u8 no_header[12];

static void test_transmit(void **state)
{
	struct rig *r = *state;
	u32 len = 1;

	rig_probe(r, RIG_FEATURES, 64);
	put_frame(r, 3, no_header, r->frame, 1514);
	assert_int_equal(r->seen_count, 0);
	assert_int_equal(rig_kick(r, tx(r)), TX);
	assert_int_equal(r->seen_count, 1);
	assert_int_equal(r->seen_len, 1514);
	assert_memory_equal(r->seen, r->frame, 1514);
	assert_int_equal(rig_take(r, tx(r), &len), 3);
	assert_int_equal(len, 0);		/* nothing was written to it */
	assert_int_equal(rig_avail_event(r, tx(r)), 1);
	assert_int_equal(rig_kick(r, tx(r)), 0);	/* nothing new */
	assert_int_equal(r->seen_count, 1);

	rig_set_event(r, tx(r), 2);	/* virtqueue_enable_cb_delayed() */
	put_frame(r, 4, no_header, r->frame, 60);
	assert_int_equal(rig_kick(r, tx(r)), 0);
	put_frame(r, 5, no_header, r->frame, 61);
	put_frame(r, 6, no_header, r->frame, 62);
	assert_int_equal(rig_kick(r, tx(r)), TX);
	assert_int_equal(r->seen_count, 4);
	assert_int_equal(r->seen_len, 62);
	assert_int_equal(r->state.sent, 4);
	assert_int_equal(r->state.sent_bytes, 1514 + 60 + 61 + 62);
	assert_no_fault(r);
}

/* 2.7.4.1: no assumption about how a frame lies in descriptors. */
static void test_transmit_scattered(void **state)
{
	struct rig *r = *state;
	struct rig_queue *q;
	struct rig_desc d[3];
	u64 b = rig_buffer(0);
	u32 i;

	rig_probe(r, RIG_FEATURES, 64);
	q = tx(r);
	memset(rig_at(r, b), 0, 12);
	memcpy(rig_at(r, b) + 12, r->frame, 4000);
	rig_put(r, q, 0, b, 5, VIRTQ_DESC_NEXT, 1);
	rig_put(r, q, 1, b + 5, 8, VIRTQ_DESC_NEXT, 2);
	rig_put(r, q, 2, b + 13, 0, VIRTQ_DESC_NEXT, 3);
	rig_put(r, q, 3, b + 13, 3987, 0, 0);
	rig_offer(r, q, 0);
	for (i = 0; i < 3; i++)
		d[i] = (struct rig_desc) {
			.addr = cpu_to_le64(b + 1000 * i),
			.len = cpu_to_le32(1000),
			.flags = cpu_to_le16(i < 2 ? VIRTQ_DESC_NEXT : 0),
			.next = cpu_to_le16(i + 1),
		};
	memcpy(rig_at(r, rig_buffer(1)), d, sizeof(d));
	rig_put(r, q, 9, rig_buffer(1), 48, VIRTQ_DESC_INDIRECT, 0);
	rig_kick(r, q);
	assert_int_equal(r->seen_len, 3988);
	assert_memory_equal(r->seen, r->frame, 3988);
	rig_offer(r, q, 9);
	rig_kick(r, q);
	assert_int_equal(r->seen_len, 2988);
	assert_memory_equal(r->seen, r->frame, 2988);
	assert_no_fault(r);
}

/* 5.1.6.2: the checksum from csum_start on goes to csum_offset behind it. */
static void test_transmit_checksum(void **state)
{
	struct rig *r = *state;
	struct frame_spec spec = {
		.saddr = cpu_to_be32(0x0a000001), .daddr = cpu_to_be32(0x0a000002),
		.sport = 0x1234, .dport = 0x5678, .run = 1,
	};
	u8 header[12] = { VIRTIO_NET_NEEDS_CSUM, 0, 0, 0, 0, 0, 34, 0, 6, 0 };
	u8 frame[1514], good[1514];
	u32 len, sum;

	rig_probe(r, RIG_FEATURES, 64);
	for (len = FRAME_MIN_SIZE; len <= 1514; len += 101) {
		spec.size = len;
		assert_int_equal(frame_build(good, sizeof(good), &spec), 0);
		memcpy(frame, good, len);
		/* the pseudo header's sum: addresses, protocol, UDP length */
		sum = 0x0a00 + 0x0001 + 0x0a00 + 0x0002 + 17 + len - 34;
		frame[40] = (u8)(sum >> 8);
		frame[41] = (u8)sum;
		put_frame(r, 0, header, frame, len);
		rig_kick(r, tx(r));
		assert_int_equal(r->seen_len, len);
		assert_memory_equal(r->seen, good, len);
		assert_true(frame_verify(r->seen, len));
	}
	/* flags that are not known are ignored, 5.1.6.2.2 */
	header[0] = 0xfe;
	put_frame(r, 0, header, frame, len - 101);
	rig_kick(r, tx(r));
	assert_memory_equal(r->seen, frame, len - 101);
	assert_no_fault(r);
}

/* A TCP frame as Linux hands over for segmentation: @payload bytes, no options. */
static u32 build_tcp(u8 *frame, bool ipv4, u32 payload)
{
	u32 ip = 14, tcp = ip + (ipv4 ? 20 : 40), sum = 6 + 20 + payload, i;
	u32 addresses = ipv4 ? ip + 12 : ip + 8;

	memset(frame, 0, tcp + 20);
	memcpy(frame, rig_mac, 6);
	memcpy(frame + 12, ipv4 ? "\x08\x00\x45" : "\x86\xdd\x60", 3);
	frame[ipv4 ? ip + 9 : ip + 6] = 6;
	memset(frame + addresses, 0x0a, tcp - addresses);
	if (ipv4)
		memset(frame + ip + 10, 0x77, 2);	/* over the whole length */
	frame[tcp + 7] = 100;		/* sequence number */
	frame[tcp + 12] = 5 << 4;
	frame[tcp + 13] = 0x19;		/* ACK, PSH, FIN */
	for (i = addresses; i < tcp; i += 2)
		sum += frame[i] << 8 | frame[i + 1];
	sum = (sum & 0xffff) + (sum >> 16);
	frame[tcp + 16] = (u8)(sum >> 8);
	frame[tcp + 17] = (u8)sum;
	for (i = 0; i < payload; i++)
		frame[tcp + 20 + i] = (u8)(i * 7 + (i >> 8));
	return tcp + 20 + payload;
}

static u32 ones_sum(const u8 *at, u32 len, u32 sum)
{
	u32 i;

	for (i = 0; i < len; i++)
		sum += i & 1 ? at[i] : at[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

/* Every segment: both sums right, its bytes those of the payload from @at on. */
static u32 check_segment(const u8 *f, u32 len, bool ipv4, u32 at, bool last)
{
	u32 ip = 14, tcp = ip + (ipv4 ? 20 : 40), n = len - tcp - 20, i;
	u32 addresses = ipv4 ? ip + 12 : ip + 8;
	u32 length = ipv4 ? len - ip : len - tcp;
	const u8 *field = f + (ipv4 ? ip + 2 : ip + 4);

	assert_int_equal(field[0] << 8 | field[1], length);
	if (ipv4)
		assert_int_equal(ones_sum(f + ip, 20, 0), 0xffff);
	assert_int_equal(ones_sum(f + tcp, len - tcp,
				  ones_sum(f + addresses, tcp - addresses,
					   6 + len - tcp)), 0xffff);
	assert_int_equal(le32((const u8[]) { f[tcp + 7], f[tcp + 6], f[tcp + 5],
					     f[tcp + 4] }), 100 + at);
	assert_int_equal(f[tcp + 13], last ? 0x19 : 0x10);
	for (i = 0; i < n; i++)
		assert_int_equal(f[tcp + 20 + i],
				 (u8)((at + i) * 7 + ((at + i) >> 8)));
	return n;
}

static struct {
	bool ipv4;
	u32 at, payload, mss, frames;
} segments;

static void see_segment(struct nic *nic, const void *frame, u32 len)
{
	bool last = segments.at + segments.mss >= segments.payload;
	u32 n = check_segment(frame, len, segments.ipv4, segments.at, last);

	if (!last)
		assert_int_equal(n, segments.mss);
	segments.at += n;
	segments.frames++;
}

/* 5.1.6.2: TCP segmentation; hdr_len is not to be relied on. */
static void test_transmit_segments(void **state)
{
	static const struct {
		bool ipv4;
		u32 payload, mss, frames;
	} table[] = {
		{ true, 5000, 1448, 4 }, { false, 5000, 1428, 4 },
		{ true, 64000, 1460, 44 }, { false, 65000, 1440, 46 },
		{ true, 1000, 1460, 1 }, { true, 2920, 1460, 2 },
		{ true, 1461, 1460, 2 }, { true, 100, 1, 100 },
	};
	static u8 frame[66000];
	struct rig *r = *state;
	unsigned int i;
	u32 len;

	rig_probe(r, RIG_FEATURES, 64);
	r->wire.send = see_segment;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		u8 header[12] = {
			VIRTIO_NET_NEEDS_CSUM,
			table[i].ipv4 ? VIRTIO_NET_GSO_TCPV4 :
					VIRTIO_NET_GSO_TCPV6,
			0xff, 0xff, (u8)table[i].mss, (u8)(table[i].mss >> 8),
			table[i].ipv4 ? 34 : 54, 0, 16, 0, 0, 0,
		};

		memset(&segments, 0, sizeof(segments));
		segments.ipv4 = table[i].ipv4;
		segments.payload = table[i].payload;
		segments.mss = table[i].mss;
		len = build_tcp(frame, table[i].ipv4, table[i].payload);
		put_frame(r, i, header, frame, len);
		rig_kick(r, tx(r));
		assert_int_equal(segments.frames, table[i].frames);
		assert_int_equal(segments.at, table[i].payload);
		assert_no_fault(r);
	}
}

/* What does not leave is returned all the same, and reported once. */
static void check_not_sent(struct rig *r, enum fault_kind kind, u64 value)
{
	u32 before = r->seen_count;

	rig_kick(r, tx(r));
	assert_int_equal(r->seen_count, before);
	assert_true(rig_take(r, tx(r), NULL) >= 0);
	assert_fault(r, kind, rig_doorbell(VIRTIO_NET_TX), value);
}

static void test_transmit_refuses(void **state)
{
	u8 header[12] = { VIRTIO_NET_NEEDS_CSUM, 0, 0, 0, 0, 0, 34, 0, 25, 0 };
	u64 end = RIG_BUS + RIG_POOL, b = rig_buffer(0);
	struct rig *r = *state;
	struct rig_queue *q;
	u8 frame[1100];
	u32 len;

	rig_probe(r, RIG_FEATURES, 64);
	q = tx(r);
	put_frame(r, 0, header, r->frame, 60);	/* behind the frame's end */
	check_not_sent(r, FAULT_DESCRIPTOR, 1);
	header[6] = 0xff;
	header[7] = 0xff;
	header[8] = 0xff;
	header[9] = 0xff;
	put_frame(r, 0, header, r->frame, 60);
	check_not_sent(r, FAULT_DESCRIPTOR, 1);
	put_frame(r, 0, "\0\7\0\0\0\0\0\0\0\0\0\0", r->frame, 60);
	check_not_sent(r, FAULT_DESCRIPTOR, 0x700);	/* no such GSO type */
	/* segmentation without a checksum, without a size, not negotiated */
	len = build_tcp(frame, true, 1000);
	put_frame(r, 0, "\0\1\0\0\0\1\42\0\20\0\0\0", frame, len);
	check_not_sent(r, FAULT_DESCRIPTOR, 0x100);
	put_frame(r, 0, "\1\1\0\0\0\0\42\0\20\0\0\0", frame, len);
	check_not_sent(r, FAULT_DESCRIPTOR, 0x101);
	put_frame(r, 0, "\1\1\0\0\0\1\7\0\20\0\0\0", frame, len);
	check_not_sent(r, FAULT_DESCRIPTOR, 0x101);
	r->state.features &= ~VIRTIO_NET_F_HOST_TSO4;
	put_frame(r, 0, "\1\1\0\0\0\1\42\0\20\0\0\0", frame, len);
	check_not_sent(r, FAULT_DESCRIPTOR, 0x101);

	put_frame(r, 0, no_header, r->frame, 13);
	check_not_sent(r, FAULT_DESCRIPTOR, 0);
	rig_put(r, q, 0, b, 11, 0, 0);
	rig_offer(r, q, 0);
	memset(rig_at(r, b), 0, 11);
	check_not_sent(r, FAULT_DESCRIPTOR, 0);
	/* a frame and a half */
	rig_put(r, q, 0, b, 65536, VIRTQ_DESC_NEXT, 1);
	rig_put(r, q, 1, b, 65536, 0, 0);
	rig_offer(r, q, 0);
	memset(rig_at(r, b), 0, 12);
	check_not_sent(r, FAULT_DESCRIPTOR, 0);
	/* to be written */
	rig_put(r, q, 0, b, 100, VIRTQ_DESC_NEXT, 1);
	rig_put(r, q, 1, b, 100, VIRTQ_DESC_WRITE, 0);
	rig_offer(r, q, 0);
	check_not_sent(r, FAULT_DESCRIPTOR, 0);
	rig_put(r, q, 0, end - 100, 101, 0, 0);
	rig_offer(r, q, 0);
	check_not_sent(r, FAULT_BUFFER, end - 100 + 12);
	rig_put(r, q, 0, b, 100, VIRTQ_DESC_NEXT, 0);
	rig_offer(r, q, 0);
	check_not_sent(r, FAULT_DESCRIPTOR, 0);
	assert_int_equal(r->state.not_sent, 13);
	assert_int_equal(r->state.sent, 0);
	/* and the queue works on */
	put_frame(r, 0, no_header, r->frame, 60);
	rig_kick(r, q);
	assert_int_equal(r->seen_count, 1);
}

/* 3.1.1: no doorbell before DRIVER_OK, nor for a queue that is not enabled. */
static void test_doorbell_early(void **state)
{
	struct rig *r = *state;

	assert_int_equal(wr(r, rig_doorbell(1), 2, 1), 0);
	assert_fault(r, FAULT_EARLY, rig_doorbell(1), 1);
	assert_true(rig_negotiate(r, RIG_FEATURES));
	rig_add_status(r, VIRTIO_S_DRIVER_OK);
	assert_int_equal(wr(r, rig_doorbell(1), 2, 1), 0);
	assert_fault(r, FAULT_EARLY, rig_doorbell(1), 1);
	rig_probe(r, RIG_FEATURES, 64);
	put_frame(r, 0, no_header, r->frame, 60);
	r->port.master = 0;
	assert_int_equal(rig_kick(r, tx(r)), 0);
	assert_int_equal(r->seen_count, 0);
	assert_no_fault(r);
}

/* Without a wire, or with the cable out, frames are completed all the same. */
static void test_transmit_to_nowhere(void **state)
{
	struct rig *r = *state;

	rig_probe(r, RIG_FEATURES, 64);
	r->nic.wire = NULL;
	put_frame(r, 0, no_header, r->frame, 60);
	assert_int_equal(rig_kick(r, tx(r)), TX);
	r->nic.wire = &r->wire;
	r->nic.ops->set_link(&r->nic, false);
	put_frame(r, 1, no_header, r->frame, 60);
	rig_kick(r, tx(r));
	r->nic.ops->set_link(&r->nic, true);
	r->wire.send = NULL;
	put_frame(r, 2, no_header, r->frame, 60);
	rig_kick(r, tx(r));
	assert_int_equal(r->seen_count, 0);
	assert_int_equal(r->state.sent, 3);
	assert_int_equal(rig_take(r, tx(r), NULL), 0);
	assert_int_equal(rig_take(r, tx(r), NULL), 1);
	assert_int_equal(rig_take(r, tx(r), NULL), 2);
	assert_no_fault(r);
}

#define RIGGED(test)	cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_identity),
		cmocka_unit_test(test_capabilities),
		RIGGED(test_reset_values),
		RIGGED(test_device_features),
		RIGGED(test_widths),
		RIGGED(test_bad_accesses),
		RIGGED(test_vectors),
		RIGGED(test_features_ok),
		RIGGED(test_features_are_fixed),
		RIGGED(test_status_bits_stay),
		RIGGED(test_driver_ok_early),
		RIGGED(test_reset_is_read_back),
		RIGGED(test_queue_enable),
		RIGGED(test_queue_sizes),
		RIGGED(test_ring_outside_memory),
		RIGGED(test_queue_reset),
		RIGGED(test_queue_reset_refused),
		RIGGED(test_mac_and_status),
		RIGGED(test_link),
		RIGGED(test_isr_queue),
		RIGGED(test_receive),
		RIGGED(test_checksum_valid),
		RIGGED(test_mergeable),
		RIGGED(test_largest_frame),
		RIGGED(test_one_buffer),
		RIGGED(test_receive_indirect),
		RIGGED(test_receive_refuses),
		RIGGED(test_available_runs_ahead),
		RIGGED(test_ring_goes),
		RIGGED(test_not_running),
		RIGGED(test_event_idx),
		RIGGED(test_event_idx_wraps),
		RIGGED(test_flag),
		RIGGED(test_rx_ring),
		RIGGED(test_peek),
		RIGGED(test_waiting),
		RIGGED(test_filter_modes),
		RIGGED(test_filter_table),
		RIGGED(test_set_address),
		RIGGED(test_filter_vlan),
		RIGGED(test_commands_refused),
		RIGGED(test_ctrl_refuses),
		RIGGED(test_transmit),
		RIGGED(test_transmit_scattered),
		RIGGED(test_transmit_checksum),
		RIGGED(test_transmit_segments),
		RIGGED(test_transmit_refuses),
		RIGGED(test_doorbell_early),
		RIGGED(test_transmit_to_nowhere),
	};

	return cmocka_run_group_tests_name("virtio_net", tests, NULL, NULL);
}
