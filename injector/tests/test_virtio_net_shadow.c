// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random traffic against a simple shadow of the device: after each step the
 * outcome, the interrupt and all memory, guards included, must be the shadow's,
 * and nothing else may be written (contract 3).
 */
#include "virtio_rig.h"

#define SIZE		32	/* descriptors of a queue */
#define STEPS		12000
#define SEGMENTS	3	/* of a buffer, at most */
#define PIECES		44	/* that the device lays a frame into, at most */

struct segment {
	u64 bus;
	u32 len;
};

/* A buffer that the driver offered, as it meant it. */
struct buffer {
	u16 head;
	u32 descriptors;	/* that it takes of the queue's table */
	u32 segments, sound;	/* the first so many are as they should be */
	struct segment segment[SEGMENTS];
};

static struct {
	u8 memory[RIG_MEMORY];
	u64 features;
	struct buffer offered[SIZE];	/* from next to end, modulo SIZE */
	u32 next, end;
	u16 filled, event;
	u32 busy, free;			/* descriptors that are not free, and the next one that is */
} shadow;

static u8 *shadow_at(u64 bus)
{
	return shadow.memory + RIG_GUARD + (bus - RIG_BUS);
}

/* What the driver wrote, it wrote to both. */
static void sync(struct rig *r, u64 bus, size_t len)
{
	memcpy(shadow_at(bus), rig_at(r, bus), len);
}

static void sync_queue(struct rig *r, const struct rig_queue *q)
{
	sync(r, q->desc, RIG_RING);
}

static void put16(u64 bus, u16 value)
{
	__le16 le = cpu_to_le16(value);

	memcpy(shadow_at(bus), &le, 2);
}

static void put_element(const struct rig_queue *q, u16 at, u32 id, u32 len)
{
	__le32 element[2] = { cpu_to_le32(id), cpu_to_le32(len) };

	memcpy(shadow_at(q->used + 4 + 8 * (at % SIZE)), element, 8);
}

static void start(struct rig *r, u64 *seed)
{
	shadow.features = RIG_FEATURES;
	if (!random_below(seed, 4))
		shadow.features &= ~VIRTIO_NET_F_MRG_RXBUF;
	if (!random_below(seed, 3))
		shadow.features &= ~VIRTIO_F_EVENT_IDX;
	rig_probe(r, shadow.features, SIZE);
	memcpy(shadow.memory, r->memory, RIG_MEMORY);
	shadow.next = 0;
	shadow.end = 0;
	shadow.filled = 0;
	shadow.event = 0;
	shadow.busy = 0;
	shadow.free = 0;
}

/* ---- the driver ---- */

/* Places of their own, so that frames do not overwrite each other. */
static struct segment any_segment(u32 descriptor, u32 i, u64 *seed)
{
	return (struct segment) {
		.bus = rig_buffer(SEGMENTS * descriptor + i) +
		       random_below(seed, 1000),
		.len = random_below(seed, random_below(seed, 4) ? 3000 : 40),
	};
}

static struct buffer any_buffer(u32 descriptor, u64 *seed)
{
	struct buffer b = { .head = descriptor };
	u32 i;

	b.segments = 1 + random_below(seed, SEGMENTS);
	for (i = 0; i < b.segments; i++)
		b.segment[i] = any_segment(descriptor, i, seed);
	b.segment[0].len++;	/* an empty one would be none */
	b.sound = b.segments;
	return b;
}

/* One of its segments is nowhere. */
static void spoil(struct buffer *b, u64 *seed)
{
	b->sound = random_below(seed, b->segments);
	b->segment[b->sound].bus = random_below(seed, 2) ?
		RIG_BUS + RIG_POOL - 1 : random_wide(seed) & 0xffffffff;
	b->segment[b->sound].len += 2;
}

static struct rig_desc descriptor_of(const struct segment *s, u16 flags,
				     u16 next)
{
	return (struct rig_desc) {
		.addr = cpu_to_le64(s->bus), .len = cpu_to_le32(s->len),
		.flags = cpu_to_le16(flags), .next = cpu_to_le16(next),
	};
}

/* A chain in the table, or in a table of its own. Returns descriptors used. */
static u32 put_buffer(struct rig *r, struct rig_queue *q, const struct buffer *b,
		      u16 flags, bool indirect)
{
	u64 table = rig_buffer(600 + SIZE * q->index + b->head);
	u32 i;

	for (i = 0; i < b->segments; i++) {
		bool more = i < b->segments - 1;
		struct rig_desc d =
			descriptor_of(&b->segment[i],
				      flags | (more ? VIRTQ_DESC_NEXT : 0),
				      indirect ? i + 1 : (b->head + i + 1) % SIZE);

		if (indirect)
			memcpy(rig_at(r, table + 16 * i), &d, 16);
		else
			*rig_desc(r, q, (b->head + i) % SIZE) = d;
	}
	if (!indirect)
		return b->segments;
	sync(r, table, 16 * SEGMENTS);
	rig_put(r, q, b->head, table, 16 * b->segments, VIRTQ_DESC_INDIRECT, 0);
	return 1;
}

static void offer(struct rig *r, u64 *seed)
{
	struct rig_queue *q = rig_rx(r);
	struct buffer b;

	if (SIZE - shadow.busy < SEGMENTS)
		return;
	b = any_buffer(shadow.free, seed);
	if (!random_below(seed, 100))
		spoil(&b, seed);
	b.descriptors = put_buffer(r, q, &b, VIRTQ_DESC_WRITE,
				   random_below(seed, 2));
	shadow.busy += b.descriptors;
	shadow.free = (shadow.free + b.descriptors) % SIZE;
	shadow.offered[shadow.end++ % SIZE] = b;
	rig_offer(r, q, b.head);
	sync_queue(r, q);
}

static void set_event(struct rig *r, u64 *seed)
{
	u16 flags = random_below(seed, 2);

	shadow.event = shadow.filled + random_below(seed, 12) - 4;
	rig_set_event(r, rig_rx(r), shadow.event);
	rig_avail(r, rig_rx(r))[0] = cpu_to_le16(flags);
	sync_queue(r, rig_rx(r));
}

/* ---- what the device has to do ---- */

struct cursor {
	u32 need, pieces, buffers;
};

/* How a frame would lie: the same question as the device's, asked simply. */
static enum outcome expect_place(struct cursor *c)
{
	u32 i;

	for (; c->need; c->buffers++) {
		const struct buffer *b;

		if (shadow.next + c->buffers == shadow.end)
			return OUTCOME_NO_DESCRIPTOR;
		if (c->buffers && !(shadow.features & VIRTIO_NET_F_MRG_RXBUF))
			return OUTCOME_BAD_DESCRIPTOR;
		b = &shadow.offered[(shadow.next + c->buffers) % SIZE];
		for (i = 0; c->need && i < b->segments; i++) {
			u32 n = min(c->need, b->segment[i].len);

			/* a spoilt segment's first byte may still be mapped */
			if (i == b->sound && (n > 1 || b->segment[i].bus < RIG_BUS))
				return OUTCOME_BAD_DESCRIPTOR;
			c->pieces += n > 0;
			if (c->pieces > PIECES)
				return OUTCOME_BAD_DESCRIPTOR;
			c->need -= n;
		}
	}
	return OUTCOME_DELIVERED;
}

/* Byte for byte into the shadow's memory; buffers used up to @n. */
static void expect_bytes(const struct rig *r, const u8 *frame, u32 len, u32 n)
{
	const struct rig_queue *q = &r->queue[VIRTIO_NET_RX];
	u8 header[12] = { [10] = (u8)n };
	u32 at = 0, i, k;

	for (; n; n--, shadow.next++) {
		const struct buffer *b = &shadow.offered[shadow.next % SIZE];
		u32 before = at;

		for (i = 0; i < b->segments; i++)
			for (k = 0; k < b->segment[i].len && at < len + 12; k++)
				shadow_at(b->segment[i].bus)[k] = at < 12 ?
					header[at++] : frame[at++ - 12];
		put_element(q, shadow.filled++, b->head, at - before);
		shadow.busy -= b->descriptors;
	}
	put16(q->used + 2, shadow.filled);
}

static bool expect_interrupt(struct rig *r, u16 old)
{
	if (!(shadow.features & VIRTIO_F_EVENT_IDX))
		return !le16_to_cpu(rig_avail(r, rig_rx(r))[0]);
	for (; old != shadow.filled; old++)
		if (old == shadow.event)
			return true;
	return false;
}

static void check_memory(const struct rig *r)
{
	if (memcmp(r->memory, shadow.memory, RIG_MEMORY))
		fail_msg("memory differs from the shadow's");
}

static enum outcome give(struct rig *r, u64 *seed)
{
	u32 len = 14 + random_below(seed, random_below(seed, 8) ? 1500 : 9000);
	struct cursor c = { .need = len + 12 };
	enum outcome want = expect_place(&c);
	u16 old = shadow.filled;
	struct nic_gift g;

	r->frame[random_below(seed, 64)]++;
	g = rig_give(r, len);
	assert_int_equal(g.outcome, want);
	if (want == OUTCOME_DELIVERED) {
		expect_bytes(r, r->frame, len, c.buffers);
		assert_int_equal(g.slot, (u16)(shadow.filled - 1));
		assert_int_equal(g.vectors, expect_interrupt(r, old) ? RX : 0);
	} else {
		assert_int_equal(g.vectors, 0);
	}
	check_memory(r);
	return want;
}

/* A frame in any form of buffer: it must leave byte for byte. */
static void send(struct rig *r, u64 *seed)
{
	struct rig_queue *q = &r->queue[VIRTIO_NET_TX];
	struct buffer b = any_buffer(random_below(seed, SIZE - SEGMENTS), seed);
	u32 i, k, at = 0, count = r->seen_count;
	static u8 frame[3 * 3000];

	for (i = 0; i < b.segments; i++) {
		b.segment[i].bus = rig_buffer(700 + i);
		for (k = 0; k < b.segment[i].len; k++, at++) {
			frame[at] = at < 12 ? 0 : (u8)random_next(seed);
			rig_at(r, b.segment[i].bus)[k] = frame[at];
		}
		sync(r, b.segment[i].bus, b.segment[i].len);
	}
	put_buffer(r, q, &b, 0, random_below(seed, 2));
	rig_offer(r, q, b.head);
	sync_queue(r, q);
	rig_kick(r, q);

	put_element(q, q->taken, b.head, 0);
	q->taken++;
	put16(q->used + 2, q->taken);
	if (shadow.features & VIRTIO_F_EVENT_IDX)
		put16(q->used + 4 + 8 * SIZE, q->taken);
	check_memory(r);
	assert_int_equal(r->seen_count - count, at >= 12 + 14);
	if (at < 12 + 14)
		return;
	assert_int_equal(r->seen_len, at - 12);
	assert_memory_equal(r->seen, frame + 12, at - 12);
}

static void random_traffic(void **state)
{
	u32 outcomes[OUTCOMES] = { 0 }, i;
	enum outcome o = OUTCOME_RX_OFF;
	struct rig *r = *state;
	u64 seed = 11;

	for (i = 0; i < STEPS; i++) {
		/* a driver whose buffer was refused can only start again */
		if (o == OUTCOME_RX_OFF || o == OUTCOME_BAD_DESCRIPTOR)
			start(r, &seed);
		o = OUTCOME_DELIVERED;
		switch (random_below(&seed, 8)) {
		case 0:
			set_event(r, &seed);
			break;
		case 1:
			send(r, &seed);
			break;
		case 2:
		case 3:
			o = give(r, &seed);
			outcomes[o]++;
			break;
		default:
			offer(r, &seed);
			break;
		}
	}
	assert_true(outcomes[OUTCOME_DELIVERED] > 500);
	assert_true(outcomes[OUTCOME_NO_DESCRIPTOR] > 50);
	assert_true(outcomes[OUTCOME_BAD_DESCRIPTOR] > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(random_traffic, rig_setup,
						rig_teardown),
	};

	return cmocka_run_group_tests_name("virtio_net, shadow", tests, NULL,
					   NULL);
}
