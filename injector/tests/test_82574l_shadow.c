// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver that does anything, against a simple shadow of the NIC: after each
 * frame the outcome must be the shadow's, and all memory, guards included,
 * must hold what the shadow wrote and nothing else (contract 3).
 */
#include "rig.h"

#define COUNT	16	/* descriptors at most */

/* The shadow: the ring as the driver meant it, and a copy of all memory. */
struct shadow {
	u8 memory[RIG_MEMORY];
	u64 base;
	u32 count, head, tail, room;
	bool on, extended, split;
};

static struct shadow shadow;

static u8 *shadow_at(u64 bus)
{
	return shadow.memory + RIG_GUARD + (bus - RIG_BUS);
}

static bool declared(u64 bus, u64 len)
{
	return bus >= RIG_BUS && bus < RIG_BUS + RIG_POOL &&
	       len <= RIG_BUS + RIG_POOL - bus;
}

static void poke(struct rig *r, u64 bus, const void *from, size_t len)
{
	memcpy(rig_at(r, bus), from, len);
	memcpy(shadow_at(bus), from, len);
}

/* Good buffers most of the time; else edges, the ring itself, and nonsense. */
static u64 random_address(u64 *seed)
{
	u64 inside = random_below(seed, RIG_POOL);

	switch (random_below(seed, 8)) {
	case 0:
		return RIG_BUS + inside;
	case 1:
		return RIG_BUS + random_below(seed, COUNT * 16);
	case 2:
		return RIG_BUS + RIG_POOL - shadow.room +
		       random_below(seed, 3) - 1;
	case 3:
		return RIG_BUS - random_below(seed, 3);
	case 4:
		return random_wide(seed);
	case 5:
		return ~0ULL - random_below(seed, 4096);
	default:
		return rig_buffer(random_below(seed, 256));
	}
}

static void set_rctl(struct rig *r)
{
	static const struct {
		u32 room, bits;
	} size[] = {
		{ 2048, 0 }, { 256, 0x30000 }, { 4096, 0x02030000 },
		{ 16384, 0x02010000 },
	};
	u32 rctl = INTEL_RCTL_LPE | INTEL_RCTL_SECRC;
	unsigned int i = 0;

	while (size[i].room != shadow.room)
		i++;
	rctl |= size[i].bits;
	rctl |= shadow.on ? INTEL_RCTL_EN : 0;
	rctl |= shadow.split ? INTEL_RCTL_DTYP_SPLIT : 0;
	wr(r, INTEL_RCTL, rctl);
}

static void set_ring(struct rig *r)
{
	wr(r, INTEL_RDBAL, (u32)shadow.base);
	wr(r, INTEL_RDBAH, (u32)(shadow.base >> 32));
	wr(r, INTEL_RDLEN, shadow.count * 16);
	wr(r, INTEL_RDH, shadow.head);
	wr(r, INTEL_RDT, shadow.tail);
	wr(r, INTEL_RFCTL, shadow.extended ? INTEL_RFCTL_EXTEN : 0);
	set_rctl(r);
}

static void new_setup(struct rig *r, u64 *seed)
{
	static const u32 room[] = { 2048, 256, 4096, 16384 };

	shadow.count = random_below(seed, 2) ? 8 : 16;
	shadow.head = random_below(seed, shadow.count);
	shadow.tail = random_below(seed, shadow.count);
	shadow.room = room[random_below(seed, 4)];
	shadow.extended = random_below(seed, 2);
	shadow.on = random_below(seed, 10);
	shadow.split = !random_below(seed, 10);
	shadow.base = RIG_BUS + (random_below(seed, 4096) & ~15ULL);
	if (!random_below(seed, 8))
		shadow.base = random_address(seed) & ~15ULL;
	set_ring(r);
}

static void refill(struct rig *r, u64 *seed)
{
	u32 n = random_below(seed, shadow.count);

	for (; n; n--) {
		__le64 d[2] = { cpu_to_le64(random_address(seed)), 0 };
		u64 at = shadow.base + 16 * shadow.tail;

		if (declared(at, 16))
			poke(r, at, d, 16);
		shadow.tail = (shadow.tail + 1) % shadow.count;
	}
	if (!random_below(seed, 50))
		shadow.tail = shadow.count + random_below(seed, 3);
	wr(r, INTEL_RDT, shadow.tail);
	shadow.tail %= shadow.count;
	if (rd(r, INTEL_RDT) != shadow.tail)
		wr(r, INTEL_RDT, shadow.tail);
}

/* Where a frame will lie: buffers are looked up before anything is written. */
static struct {
	u32 slots;
	u64 buffer[RX_PIECES];
} plan;

/* The buffers in their order: the first that is not there decides. */
static enum outcome shadow_find(u32 len)
{
	u32 slot = shadow.head, part;
	__le64 buffer;

	for (plan.slots = 0; len; len -= part, plan.slots++) {
		if (slot == shadow.tail)
			return OUTCOME_NO_DESCRIPTOR;
		part = min(len, (u32)shadow.room);
		memcpy(&buffer, shadow_at(shadow.base + 16 * slot), 8);
		plan.buffer[plan.slots] = le64_to_cpu(buffer);
		if (!declared(plan.buffer[plan.slots], part))
			return OUTCOME_BAD_DESCRIPTOR;
		slot = (slot + 1) % shadow.count;
	}
	return OUTCOME_DELIVERED;
}

/* What the data sheet says is written, byte by byte. */
static void shadow_fill(u32 k, u32 len)
{
	u32 slot = (shadow.head + k) % shadow.count;
	u8 *d = shadow_at(shadow.base + 16 * slot);

	if (shadow.extended)
		memset(d, 0, 16);
	else
		memset(d + 8, 0, 8);
	d[shadow.extended ? 8 : 12] = k + 1 == plan.slots ? 3 : 1;
	d[shadow.extended ? 12 : 8] = (u8)len;
	d[shadow.extended ? 13 : 9] = (u8)(len >> 8);
}

/* All of the frame, then the descriptors, the first one last. */
static void shadow_deliver(struct rig *r, u32 len)
{
	u32 k, from, room = shadow.room;

	for (k = 0; k < plan.slots; k++) {
		from = k * room;
		memcpy(shadow_at(plan.buffer[k]), r->frame + from,
		       min(len - from, room));
	}
	for (k = plan.slots; k-- > 0;)
		shadow_fill(k, min(len - k * room, room));
	shadow.head = (shadow.head + plan.slots) % shadow.count;
}

static enum outcome shadow_give(struct rig *r, u32 len)
{
	enum outcome outcome;

	if (!shadow.on)
		return OUTCOME_RX_OFF;
	if (len < 60 || len > 16384)
		return OUTCOME_FILTERED;
	if (shadow.head == shadow.tail)
		return OUTCOME_NO_DESCRIPTOR;
	if (!declared(shadow.base, 16 * shadow.count))
		return OUTCOME_BAD_DESCRIPTOR;
	if (shadow.split)	/* without sizes */
		return OUTCOME_BAD_DESCRIPTOR;
	outcome = shadow_find(len);
	if (outcome != OUTCOME_DELIVERED)
		return outcome;
	shadow_deliver(r, len);
	return OUTCOME_DELIVERED;
}

static void give_both(struct rig *r, u64 *seed, u32 seen[OUTCOMES])
{
	u32 len = random_below(seed, random_below(seed, 4) ? 300 : 17000);
	enum outcome expected = shadow_give(r, len);
	struct nic_gift g = rig_give(r, len);

	assert_int_equal(g.outcome, expected);
	assert_int_equal(rd(r, INTEL_RDH), shadow.head);
	if (expected != OUTCOME_DELIVERED)
		assert_int_equal(g.vectors, 0);
	seen[expected]++;
}

static void test_shadow(void **state)
{
	struct rig *r = *state;
	u32 seen[OUTCOMES] = { 0 };
	u64 seed = 2024;
	unsigned int i;

	memcpy(shadow.memory, r->memory, RIG_MEMORY);
	for (i = 0; i < 20000; i++) {
		if (i % 64 == 0)
			new_setup(r, &seed);
		if (!random_below(&seed, 4))
			refill(r, &seed);
		give_both(r, &seed, seen);
		if (i % 64 == 63)
			assert_memory_equal(r->memory, shadow.memory,
					    RIG_MEMORY);
	}
	assert_true(seen[OUTCOME_DELIVERED] > 1000);
	assert_true(seen[OUTCOME_BAD_DESCRIPTOR] > 1000);
	assert_true(seen[OUTCOME_NO_DESCRIPTOR] > 100);
	assert_true(seen[OUTCOME_RX_OFF] > 100);
	assert_true(seen[OUTCOME_FILTERED] > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_shadow, rig_setup,
						rig_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
