// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver that does anything with two queues, against a simple shadow of the
 * NIC: after each frame the outcome must be the shadow's, and all memory, guards
 * included, must hold what the shadow wrote and nothing else (contract 3).
 */
#include "82576_rig.h"

#define QUEUES	2
#define COUNT	16	/* descriptors at most */

/* The shadow: the rings as the driver meant them, and a copy of all memory. */
struct shadow_queue {
	u64 base;
	u32 count, head, tail, room;
	bool on, drop;
	u32 dropped;
};

static struct {
	u8 memory[IGB_MEMORY];
	struct shadow_queue queue[QUEUES];
	u32 missed;
	bool on;
} shadow;

static u8 *shadow_at(u64 bus)
{
	return shadow.memory + IGB_GUARD + (bus - IGB_BUS);
}

static bool declared(u64 bus, u64 len)
{
	return bus >= IGB_BUS && bus < IGB_BUS + IGB_POOL &&
	       len <= IGB_BUS + IGB_POOL - bus;
}

static void poke(struct igb_rig *r, u64 bus, const void *from, size_t len)
{
	memcpy(igb_at(r, bus), from, len);
	memcpy(shadow_at(bus), from, len);
}

/* Good buffers most of the time; else edges, the rings themselves, nonsense. */
static u64 random_address(u64 *seed)
{
	switch (random_below(seed, 16)) {
	case 0:
		return IGB_BUS + random_below(seed, IGB_POOL);
	case 1:
		return IGB_BUS + random_below(seed, 2 * IGB_RINGS);
	case 2:
		return IGB_BUS + IGB_POOL - random_below(seed, 3000);
	case 3:
		return IGB_BUS - random_below(seed, 3);
	case 4:
		return random_wide(seed);
	default:
		return igb_buffer((u32)random_below(seed, 8),
				  (u32)random_below(seed, IGB_SLOTS));
	}
}

static void set_ring(struct igb_rig *r, u32 q)
{
	struct shadow_queue *s = &shadow.queue[q];

	wr(r, I82576_RXDCTL(q), 0);
	wr(r, I82576_RDBAL(q), (u32)s->base);
	wr(r, I82576_RDBAH(q), (u32)(s->base >> 32));
	wr(r, I82576_RDLEN(q), s->count * 16);
	wr(r, I82576_RDH(q), s->head);
	wr(r, I82576_RDT(q), s->tail);
	wr(r, I82576_SRRCTL(q), I82576_SRRCTL_ONE_BUFFER | s->room / 1024 |
				(s->drop ? I82576_SRRCTL_DROP_EN : 0));
	wr(r, I82576_RXDCTL(q), s->on ? I82576_QUEUE_ENABLE : 0);
}

static void new_setup(struct igb_rig *r, u32 q, u64 *seed)
{
	static const u32 room[] = { 1024, 2048, 3072, 16384 };
	struct shadow_queue *s = &shadow.queue[q];

	s->count = random_below(seed, 2) ? 8 : 16;
	s->head = (u32)random_below(seed, s->count);
	s->tail = (u32)random_below(seed, s->count);
	s->room = room[random_below(seed, 4)];
	s->on = random_below(seed, 10);
	s->drop = random_below(seed, 2);
	s->base = igb_rx_ring(q) + (random_below(seed, 2048) & ~127ULL);
	if (!random_below(seed, 8))
		s->base = random_address(seed) & ~127ULL;
	set_ring(r, q);
}

static void refill(struct igb_rig *r, u32 q, u64 *seed)
{
	struct shadow_queue *s = &shadow.queue[q];
	u32 n = (u32)random_below(seed, s->count);

	for (; n; n--) {
		__le64 d[2] = { cpu_to_le64(random_address(seed)), 0 };
		u64 at = s->base + 16 * s->tail;

		if (declared(at, 16))
			poke(r, at, d, 16);
		s->tail = (s->tail + 1) % s->count;
	}
	if (!random_below(seed, 50))
		s->tail = s->count + (u32)random_below(seed, 3);
	wr(r, I82576_RDT(q), s->tail);
}

/* What the data sheet says is written, byte by byte. */
static void shadow_deliver(struct igb_rig *r, struct shadow_queue *s,
			   const u64 *buffer, u32 n, u32 len, u64 low)
{
	u32 i, at, part;

	for (i = 0, at = 0; i < n; i++, at += part) {
		part = min(len - at, s->room);
		memcpy(shadow_at(buffer[i]), r->frame + at, part);
	}
	for (i = 0, at = 0; i < n; i++, at += part) {
		u8 *d = shadow_at(s->base + 16 * s->head);
		u32 j;

		part = min(len - at, s->room);
		memset(d, 0, 16);
		for (j = 0; j < 8; j++)
			d[j] = (u8)(low >> (8 * j));
		d[8] = i == n - 1 ? 3 : 1;
		d[12] = (u8)part;
		d[13] = (u8)(part >> 8);
		s->head = (s->head + 1) % s->count;
	}
}

static enum outcome shadow_lose(struct shadow_queue *s)
{
	if (s->drop)
		s->dropped++;
	else
		shadow.missed++;
	return OUTCOME_NO_DESCRIPTOR;
}

static enum outcome shadow_queue(struct igb_rig *r, struct shadow_queue *s,
				 u32 len, u64 low)
{
	u32 n = (len + s->room - 1) / s->room, ready, i;
	__le64 address;
	u64 buffer[16];

	if (!s->on)
		return OUTCOME_RX_OFF;
	if (s->head == s->tail)
		return shadow_lose(s);
	if (!declared(s->base, 16 * s->count) || s->tail >= s->count)
		return OUTCOME_BAD_DESCRIPTOR;
	ready = (s->tail + s->count - s->head) % s->count;
	if (n > ready)
		return shadow_lose(s);
	for (i = 0; i < n; i++) {
		memcpy(&address, shadow_at(s->base + 16 *
					   ((s->head + i) % s->count)), 8);
		buffer[i] = le64_to_cpu(address);
		if (!declared(buffer[i], min(len - i * s->room, s->room)))
			return OUTCOME_BAD_DESCRIPTOR;
	}
	shadow_deliver(r, s, buffer, n, len, low);
	return OUTCOME_DELIVERED;
}

static enum outcome shadow_give(struct igb_rig *r, u32 queue, u32 len, u64 low)
{
	if (!shadow.on)
		return OUTCOME_RX_OFF;
	if (len < 60 || len + 4 > 0x2600)
		return OUTCOME_FILTERED;
	return shadow_queue(r, &shadow.queue[queue], len, low);
}

/* Frames of a flow to each queue, and of none: hash, kind, packet type. */
static u64 next_frame(struct igb_rig *r, u64 *seed, u32 *queue)
{
	static const u32 source[] = { 0x420995bb, 0xc75c6f02, 0x18136656 };
	struct rss rss;

	if (!random_below(seed, 3)) {
		r->frame[12] = 0x88;
		r->frame[13] = 0xb5;
		*queue = 0;
		return 0;
	}
	igb_ipv4(r, 6, source[random_below(seed, 3)] +
		 (u32)random_below(seed, 16), 0xa18e6450, 2794, 1766);
	rss = rss_hash(&r->state.csr[I82576_RSSRK / 4], IGB_FIELDS, 0x8100,
		       r->frame, 60);
	*queue = (rss.hash & 0x7f) * QUEUES / 128;
	return (u64)rss.hash << 32 | 0x110 | RSS_TYPE_TCP_IPV4;
}

static void give_both(struct igb_rig *r, u64 *seed, u32 seen[OUTCOMES])
{
	u32 len = (u32)random_below(seed, random_below(seed, 4) ? 300 : 10000);
	enum outcome expected;
	struct nic_gift g;
	u32 queue;
	u64 low;

	low = next_frame(r, seed, &queue);
	if (len < 38)
		low = 0;
	expected = shadow_give(r, queue, len, low);
	g = igb_give(r, len);
	assert_int_equal(g.outcome, expected);
	for (queue = 0; queue < QUEUES; queue++)
		assert_int_equal(rd(r, I82576_RDH(queue)),
				 shadow.queue[queue].head);
	if (expected != OUTCOME_DELIVERED)
		assert_int_equal(g.vectors, 0);
	seen[expected]++;
}

static void restart(struct igb_rig *r, u64 *seed)
{
	u32 q;

	for (q = 0; q < QUEUES; q++)
		new_setup(r, q, seed);
	shadow.on = random_below(seed, 10);
	wr(r, INTEL_RCTL, shadow.on ? IGB_RCTL : IGB_RCTL & ~INTEL_RCTL_EN);
}

static void assert_counters(struct igb_rig *r, const u32 seen[OUTCOMES])
{
	u32 q;

	assert_int_equal(rd(r, INTEL_GPRC), seen[OUTCOME_DELIVERED]);
	assert_int_equal(rd(r, INTEL_MPC), shadow.missed);
	for (q = 0; q < QUEUES; q++)
		assert_int_equal(rd(r, I82576_RQDPC(q)),
				 shadow.queue[q].dropped);
}

static void test_shadow(void **state)
{
	struct igb_rig *r = *state;
	u32 seen[OUTCOMES] = { 0 };
	u64 seed = 2025;
	unsigned int i;

	memcpy(shadow.memory, r->memory, IGB_MEMORY);
	igb_rss(r, QUEUES, IGB_FIELDS);
	for (i = 0; i < 30000; i++) {
		if (i % 64 == 0)
			restart(r, &seed);
		if (!random_below(&seed, 3))
			refill(r, (u32)random_below(&seed, QUEUES), &seed);
		give_both(r, &seed, seen);
		if (i % 128 == 127)
			assert_memory_equal(r->memory, shadow.memory,
					    IGB_MEMORY);
	}
	assert_counters(r, seen);
	assert_true(seen[OUTCOME_DELIVERED] > 1000);
	assert_true(seen[OUTCOME_BAD_DESCRIPTOR] > 1000);
	assert_true(seen[OUTCOME_NO_DESCRIPTOR] > 100);
	assert_true(seen[OUTCOME_RX_OFF] > 100);
	assert_true(seen[OUTCOME_FILTERED] > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_shadow, igb_setup,
						igb_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
