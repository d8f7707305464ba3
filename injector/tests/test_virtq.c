// SPDX-License-Identifier: GPL-2.0-only
/*
 * Split virtqueues from the device's side. Section numbers are those of
 * "Virtual I/O Device (VIRTIO) Version 1.2".
 */
#include <stdio.h>

#include "virtio_rig.h"

#define SIZE	8
#define REG	rig_doorbell(VIRTIO_NET_RX)
#define INDIRECT (VIRTIO_F_INDIRECT_DESC | VIRTIO_F_EVENT_IDX)

/* The RX queue, opened by hand: no device works it. */
static int open_queue(struct rig *r, struct virtq_ring *ring, u64 features)
{
	struct virtq *q = &r->state.queue[VIRTIO_NET_RX];

	*ring = (struct virtq_ring) { .nic = &r->nic, .doorbell = REG };
	return virtq_open(ring, q, features);
}

static void set_up(struct rig *r)
{
	struct virtq *q = &r->state.queue[VIRTIO_NET_RX];
	struct rig_queue *d = rig_rx(r);

	rig_layout(r, VIRTIO_NET_RX, SIZE);
	virtq_reset(q, SIZE);
	q->desc = d->desc;
	q->driver = d->avail;
	q->device = d->used;
	q->enabled = 1;
}

/* ---- indices ---- */

/* 2.7.7.2, word for word: was an entry put at index @event? */
static bool put_at(u16 event, u16 new, u16 old)
{
	for (; old != new; old++)
		if (old == event)
			return true;
	return false;
}

static void test_passed(void **state)
{
	static const struct {
		u16 event, new, old;
		bool passed;
	} table[] = {
		{ 0, 1, 0, true }, { 0, 0, 0, false }, { 1, 1, 0, false },
		{ 5, 6, 5, true }, { 5, 5, 4, false }, { 4, 6, 5, false },
		{ 5, 9, 3, true }, { 3, 9, 3, true }, { 8, 9, 3, true },
		{ 9, 9, 3, false }, { 2, 9, 3, false },
		{ 0xffff, 0, 0xffff, true }, { 0xffff, 1, 0, false },
		{ 0, 1, 0xffff, true }, { 0xffff, 0xffff, 0xfffe, false },
		{ 0, 2, 0xfffe, true }, { 2, 2, 0xfffe, false },
		{ 0xfffd, 2, 0xfffe, false },
	};
	unsigned int i;
	u64 seed = 1;

	for (i = 0; i < ARRAY_SIZE(table); i++)
		assert_int_equal(virtq_passed(table[i].event, table[i].new,
					      table[i].old), table[i].passed);
	for (i = 0; i < 20000; i++) {
		u16 old = (u16)random_next(&seed);
		u16 new = old + (u16)random_below(&seed, 1025);
		u16 event = old + (u16)random_below(&seed, 1100) - 30;

		assert_int_equal(virtq_passed(event, new, old),
				 put_at(event, new, old));
	}
}

static void test_sizes(void **state)
{
	assert_true(virtq_legal_size(1));
	assert_true(virtq_legal_size(2));
	assert_true(virtq_legal_size(1024));
	assert_false(virtq_legal_size(0));
	assert_false(virtq_legal_size(3));
	assert_false(virtq_legal_size(1023));
	assert_false(virtq_legal_size(2048));
	assert_false(virtq_legal_size(0x8000));
}

/* ---- opening ---- */

static void test_open(void **state)
{
	struct rig *r = *state;
	struct virtq *q = &r->state.queue[0];
	struct virtq_ring ring;

	set_up(r);
	q->next = 7;
	q->filled = 65535;
	assert_int_equal(open_queue(r, &ring, INDIRECT), 0);
	assert_int_equal(ring.size, SIZE);
	assert_int_equal(ring.next, 7);
	assert_int_equal(ring.filled, 65535);
	assert_true(ring.event_idx && ring.indirect);
	assert_int_equal(open_queue(r, &ring, 0), 0);
	assert_false(ring.event_idx || ring.indirect);

	q->enabled = 0;
	assert_int_equal(open_queue(r, &ring, 0), -ENODEV);
	assert_int_equal(virtq_map(&ring, q, 0), 0);
	assert_no_fault(r);
}

/* 2.7: alignment 16, 2, 4; and each part must be mapped to its last byte. */
static void test_open_refuses(void **state)
{
	static const u64 end = RIG_BUS + RIG_POOL;
	static const struct {
		u32 reg;
		u64 bus;
		bool fits;
	} table[] = {
		{ VIRTIO_QUEUE_DESC, end - 16 * SIZE, true },
		{ VIRTIO_QUEUE_DESC, end - 16 * SIZE + 16, false },
		{ VIRTIO_QUEUE_DESC, RIG_BUS + 8, false },
		{ VIRTIO_QUEUE_DESC, RIG_BUS - 16, false },
		{ VIRTIO_QUEUE_DESC, 0, false },
		{ VIRTIO_QUEUE_DRIVER, end - 6 - 2 * SIZE, true },
		{ VIRTIO_QUEUE_DRIVER, end - 4 - 2 * SIZE, false },
		{ VIRTIO_QUEUE_DRIVER, RIG_BUS + 1, false },
		{ VIRTIO_QUEUE_DRIVER, ~0ULL - 1, false },
		{ VIRTIO_QUEUE_DEVICE, end - 8 - 8 * SIZE, true },
		{ VIRTIO_QUEUE_DEVICE, end - 4 - 8 * SIZE, false },
		{ VIRTIO_QUEUE_DEVICE, RIG_BUS + 2, false },
		{ VIRTIO_QUEUE_DEVICE, 1, false },
	};
	struct rig *r = *state;
	struct virtq *q = &r->state.queue[0];
	struct virtq_ring ring;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		set_up(r);
		if (table[i].reg == VIRTIO_QUEUE_DESC)
			q->desc = table[i].bus;
		else if (table[i].reg == VIRTIO_QUEUE_DRIVER)
			q->driver = table[i].bus;
		else
			q->device = table[i].bus;
		assert_int_equal(open_queue(r, &ring, 0),
				 table[i].fits ? 0 : -EINVAL);
		if (table[i].fits) {
			assert_no_fault(r);
			continue;
		}
		assert_int_equal(ring.bad_bus, table[i].bus);
		assert_fault(r, FAULT_RING, table[i].reg, table[i].bus);
	}
}

static void test_open_refuses_sizes(void **state)
{
	struct rig *r = *state;
	struct virtq_ring ring;

	set_up(r);
	r->state.queue[0].size = 0;
	assert_int_equal(open_queue(r, &ring, 0), -EINVAL);
	assert_fault(r, FAULT_RING, VIRTIO_QUEUE_SIZE, 0);
	r->state.queue[0].size = 0x8000;
	assert_int_equal(open_queue(r, &ring, 0), -EINVAL);
	assert_fault(r, FAULT_RING, VIRTIO_QUEUE_SIZE, 0x8000);

	ring = (struct virtq_ring) { .nic = &r->nic, .quiet = true };
	assert_int_equal(virtq_open(&ring, &r->state.queue[0], 0), -EINVAL);
	assert_no_fault(r);
}

/* The used ring is written, so it must be mapped for that. */
static void test_open_read_only(void **state)
{
	static u64 extent[RIG_POOL / NIC_GRANULE];
	struct rig *r = *state;
	struct virtq_ring ring;
	unsigned int i;

	set_up(r);
	for (i = 0; i < ARRAY_SIZE(extent); i++)
		extent[i] = RIG_POOL | NIC_EXTENT_READONLY;
	r->nic.region[0].extent = extent;
	assert_int_equal(open_queue(r, &ring, 0), -EINVAL);
	assert_fault(r, FAULT_RING, VIRTIO_QUEUE_DEVICE, rig_rx(r)->used);
	extent[0] = RIG_POOL;
	assert_int_equal(open_queue(r, &ring, 0), 0);
}

/* ---- the available ring ---- */

static void test_available(void **state)
{
	struct rig *r = *state;
	struct rig_queue *d = rig_rx(r);
	struct virtq_ring ring;
	int i;

	set_up(r);
	assert_int_equal(open_queue(r, &ring, 0), 0);
	assert_int_equal(virtq_available(&ring), 0);
	for (i = 1; i <= SIZE; i++) {
		rig_offer(r, d, 0);
		assert_int_equal(virtq_available(&ring), i);
	}
	assert_no_fault(r);
	rig_offer(r, d, 0);
	assert_int_equal(virtq_available(&ring), -EINVAL);
	assert_fault(r, FAULT_TAIL, REG, SIZE + 1);
	/* the index went back */
	ring.next = 10;
	assert_int_equal(virtq_available(&ring), -EINVAL);
	assert_fault(r, FAULT_TAIL, REG, SIZE + 1);
}

static void test_available_wraps(void **state)
{
	struct rig *r = *state;
	struct rig_queue *d = rig_rx(r);
	struct virtq_ring ring;

	set_up(r);
	d->offered = 0xfffe;
	r->state.queue[0].next = 0xfffe;
	rig_offer(r, d, 0);
	rig_offer(r, d, 1);
	rig_offer(r, d, 2);
	assert_int_equal(open_queue(r, &ring, 0), 0);
	assert_int_equal(virtq_available(&ring), 3);
	virtq_flush(&ring, 3);
	assert_int_equal(r->state.queue[0].next, 1);
	assert_int_equal(virtq_available(&ring), 0);
}

/* ---- chains ---- */

/* Walk the chain at @head; its segments as text: "r3 w5", "!" where refused. */
static const char *walk(struct rig *r, u64 features, u16 head)
{
	static char text[256];
	struct virtq_chain c;
	struct virtq_ring ring;
	size_t n = 0;

	assert_int_equal(open_queue(r, &ring, features), 0);
	rig_rx(r)->offered = 0;
	rig_offer(r, rig_rx(r), head);
	text[0] = 0;
	if (virtq_start(&ring, &c, 0))
		while (virtq_segment(&c))
			n += snprintf(text + n, sizeof(text) - n, "%c%u ",
				      c.seg.writable ? 'w' : 'r', c.seg.len);
	if (c.bad)
		snprintf(text + n, sizeof(text) - n, "!");
	return text;
}

#define NEXT	VIRTQ_DESC_NEXT
#define WRITE	VIRTQ_DESC_WRITE
#define TABLE	VIRTQ_DESC_INDIRECT

static void test_chains(void **state)
{
	struct rig *r = *state;
	struct rig_queue *d = rig_rx(r);
	u64 b = rig_buffer(0);
	int i;

	set_up(r);
	rig_put(r, d, 3, b, 7, 0, 5);
	assert_string_equal(walk(r, 0, 3), "r7 ");
	rig_put(r, d, 0, b, 7, NEXT, 6);
	rig_put(r, d, 6, b, 0, NEXT, 2);
	rig_put(r, d, 2, b, 9, NEXT | WRITE, 1);
	rig_put(r, d, 1, b, 11, WRITE, 0);
	assert_string_equal(walk(r, 0, 0), "r7 w9 w11 ");
	for (i = 0; i < SIZE; i++)
		rig_put(r, d, i, b, i + 1, i < SIZE - 1 ? NEXT : 0, i + 1);
	assert_string_equal(walk(r, 0, 0), "r1 r2 r3 r4 r5 r6 r7 r8 ");
	rig_put(r, d, 0, b, 0, 0, 0);
	assert_string_equal(walk(r, 0, 0), "");
	/* bits that are not known say nothing, 2.7.5 */
	rig_put(r, d, 0, b, 4, 0xfff8, 0);
	assert_string_equal(walk(r, 0, 0), "r4 ");
	assert_no_fault(r);
}

static void test_chains_of_no_form(void **state)
{
	struct rig *r = *state;
	struct rig_queue *d = rig_rx(r);
	u64 b = rig_buffer(0);

	set_up(r);
	assert_string_equal(walk(r, 0, SIZE), "!");
	assert_fault(r, FAULT_DESCRIPTOR, REG, SIZE);
	assert_string_equal(walk(r, 0, 0xffff), "!");
	assert_fault(r, FAULT_DESCRIPTOR, REG, 0xffff);

	rig_put(r, d, 0, b, 1, NEXT, SIZE);	/* out of the table */
	assert_string_equal(walk(r, 0, 0), "r1 !");
	assert_fault(r, FAULT_DESCRIPTOR, REG, SIZE);

	rig_put(r, d, 0, b, 1, NEXT, 1);	/* a loop, 2.7.5.2 */
	rig_put(r, d, 1, b, 2, NEXT, 0);
	assert_string_equal(walk(r, 0, 0), "r1 r2 r1 r2 r1 r2 r1 r2 !");
	assert_fault(r, FAULT_DESCRIPTOR, REG, 0);
	rig_put(r, d, 0, b, 0, NEXT, 0);	/* one of empty ones */
	assert_string_equal(walk(r, 0, 0), "!");
	assert_fault(r, FAULT_DESCRIPTOR, REG, 0);

	rig_put(r, d, 0, b, 1, NEXT | WRITE, 1);	/* 2.7.4.2 */
	rig_put(r, d, 1, b, 2, 0, 0);
	assert_string_equal(walk(r, 0, 0), "w1 !");
	assert_fault(r, FAULT_DESCRIPTOR, REG, 0);
	rig_put(r, d, 0, b, 0, NEXT | WRITE, 1);
	assert_string_equal(walk(r, 0, 0), "!");
}

/* A table of @n descriptors at @bus; each leads to the next. */
static void put_table(struct rig *r, u64 bus, u16 n, u16 flags)
{
	u16 i;

	for (i = 0; i < n; i++) {
		struct rig_desc d = {
			.addr = cpu_to_le64(rig_buffer(1)),
			.len = cpu_to_le32(100 + i),
			.flags = cpu_to_le16(i < n - 1 ? flags | NEXT : flags),
			.next = cpu_to_le16(i + 1),
		};

		memcpy(rig_at(r, bus) + 16 * i, &d, 16);
	}
}

static void test_indirect(void **state)
{
	struct rig *r = *state;
	struct rig_queue *d = rig_rx(r);
	u64 t = rig_buffer(0);

	set_up(r);
	put_table(r, t, 3, 0);
	rig_put(r, d, 4, t, 48, TABLE, 0);
	assert_string_equal(walk(r, INDIRECT, 4), "r100 r101 r102 ");
	/* the table's own write flag is ignored, 2.7.5.3.2 */
	rig_put(r, d, 4, t, 48, TABLE | WRITE, 0);
	assert_string_equal(walk(r, INDIRECT, 4), "r100 r101 r102 ");
	/* chained descriptors, then a table, 2.7.5.3.2 */
	rig_put(r, d, 0, t, 5, NEXT, 4);
	assert_string_equal(walk(r, INDIRECT, 0), "r5 r100 r101 r102 ");
	put_table(r, t, 1, WRITE);
	rig_put(r, d, 4, t, 16, TABLE, 0);
	assert_string_equal(walk(r, INDIRECT, 0), "r5 w100 ");
	/* a table has no alignment */
	put_table(r, t + 3, 2, WRITE);
	rig_put(r, d, 4, t + 3, 32, TABLE, 0);
	assert_string_equal(walk(r, INDIRECT, 4), "w100 w101 ");
	/* as long as the queue, 2.7.5.3.1 */
	put_table(r, t, SIZE, 0);
	rig_put(r, d, 4, t, 16 * SIZE, TABLE, 0);
	assert_string_equal(walk(r, INDIRECT, 4),
			    "r100 r101 r102 r103 r104 r105 r106 r107 ");
	assert_no_fault(r);
}

static void test_indirect_of_no_form(void **state)
{
	struct rig *r = *state;
	struct rig_queue *d = rig_rx(r);
	u64 t = rig_buffer(0), nowhere = RIG_BUS + RIG_POOL - 16;
	static const struct {
		u32 len;
		u16 flags;
	} table[] = {
		{ 0, TABLE }, { 15, TABLE }, { 17, TABLE }, { 47, TABLE },
		{ 48, TABLE | NEXT },
	};
	unsigned int i;

	set_up(r);
	put_table(r, t, SIZE + 1, 0);
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		rig_put(r, d, 0, t, table[i].len, table[i].flags, 1);
		assert_string_equal(walk(r, INDIRECT, 0), "!");
		assert_fault(r, FAULT_DESCRIPTOR, REG, table[i].flags);
	}
	rig_put(r, d, 0, t, 48, TABLE, 0);	/* not negotiated */
	assert_string_equal(walk(r, 0, 0), "!");
	assert_fault(r, FAULT_DESCRIPTOR, REG, TABLE);
	rig_put(r, d, 0, nowhere, 48, TABLE, 0);
	assert_string_equal(walk(r, INDIRECT, 0), "!");
	assert_fault(r, FAULT_BUFFER, REG, nowhere);
	rig_put(r, d, 0, t, 32, TABLE, 0);	/* leads out of the table */
	assert_string_equal(walk(r, INDIRECT, 0), "r100 r101 !");
	assert_fault(r, FAULT_DESCRIPTOR, REG, 2);
	rig_put(r, d, 0, t, 16 * (SIZE + 1), TABLE, 0);	/* too long */
	assert_string_equal(walk(r, INDIRECT, 0),
			    "r100 r101 r102 r103 r104 r105 r106 r107 !");
	faults_clear(&r->port.faults);
	put_table(r, t, 2, TABLE);		/* a table in a table */
	rig_put(r, d, 0, t, 32, TABLE, 0);
	assert_string_equal(walk(r, INDIRECT, 0), "!");
	assert_fault(r, FAULT_DESCRIPTOR, REG, TABLE | NEXT);
}

/* ---- contents ---- */

static void start(struct rig *r, struct virtq_ring *ring,
		  struct virtq_chain *c)
{
	assert_int_equal(open_queue(r, ring, INDIRECT), 0);
	rig_rx(r)->offered = 0;
	rig_offer(r, rig_rx(r), 0);
	assert_true(virtq_start(ring, c, 0));
}

static void test_read_then_write(void **state)
{
	struct rig *r = *state;
	struct rig_queue *d = rig_rx(r);
	u64 b = rig_buffer(0);
	struct virtq_ring ring;
	struct virtq_chain c;
	char to[32] = "";

	set_up(r);
	memcpy(rig_at(r, b), "abcdefgh", 8);
	rig_put(r, d, 0, b, 3, NEXT, 1);
	rig_put(r, d, 1, b, 0, NEXT, 2);
	rig_put(r, d, 2, b + 3, 5, NEXT, 3);
	rig_put(r, d, 3, b + 100, 2, NEXT | WRITE, 4);
	rig_put(r, d, 4, b + 200, 2, WRITE, 0);

	start(r, &ring, &c);
	assert_int_equal(virtq_read(&c, to, 4), 4);
	assert_string_equal(to, "abcd");
	assert_int_equal(virtq_read(&c, NULL, 2), 2);
	assert_int_equal(virtq_read(&c, to, 32), 2);
	assert_string_equal(to, "ghcd");
	assert_int_equal(virtq_read(&c, to, 1), 0);
	assert_false(virtq_is_over(&c));
	assert_int_equal(virtq_write(&c, "123", 3), 3);
	assert_int_equal(virtq_write(&c, "45", 2), 1);
	assert_true(virtq_is_over(&c));
	assert_false(c.bad);
	assert_memory_equal(rig_at(r, b + 100), "12\xa5", 3);
	assert_memory_equal(rig_at(r, b + 200), "34\xa5", 3);

	start(r, &ring, &c);	/* what is not read is passed over */
	assert_int_equal(virtq_write(&c, "xy", 2), 2);
	assert_memory_equal(rig_at(r, b + 100), "xy\xa5", 3);
	assert_memory_equal(rig_at(r, b), "abcdefgh", 8);
	assert_no_fault(r);
}

static void test_read_unmapped(void **state)
{
	struct rig *r = *state;
	struct rig_queue *d = rig_rx(r);
	u64 end = RIG_BUS + RIG_POOL;
	struct virtq_ring ring;
	struct virtq_chain c;
	u8 to[32];

	set_up(r);
	rig_put(r, d, 0, end - 4, 8, 0, 0);
	start(r, &ring, &c);
	assert_int_equal(virtq_read(&c, to, 4), 4);	/* as far as it is read */
	assert_no_fault(r);
	assert_int_equal(virtq_read(&c, to, 1), 0);
	assert_true(c.bad);
	assert_fault(r, FAULT_BUFFER, REG, end);
	assert_int_equal(ring.bad_bus, end);

	rig_put(r, d, 0, end - 4, 5, WRITE, 0);
	start(r, &ring, &c);
	assert_int_equal(virtq_write(&c, to, 5), 0);
	assert_true(c.bad && virtq_is_over(&c));
	assert_fault(r, FAULT_BUFFER, REG, end - 4);
	assert_pattern(rig_at(r, end - 4), 4);
}

/* ---- the used ring ---- */

static void test_push_and_flush(void **state)
{
	struct rig *r = *state;
	struct rig_queue *d = rig_rx(r);
	struct virtq_ring ring;
	u32 len;

	set_up(r);
	r->state.queue[0].filled = 0xffff;
	d->taken = 0xffff;
	rig_used(r, d)[1] = cpu_to_le16(0xffff);
	assert_int_equal(open_queue(r, &ring, 0), 0);
	virtq_push(&ring, 3, 1000);
	virtq_push(&ring, 5, 0);
	assert_int_equal(rig_take(r, d, &len), -1);	/* not yet */
	virtq_flush(&ring, 2);
	assert_int_equal(rig_take(r, d, &len), 3);
	assert_int_equal(len, 1000);
	assert_int_equal(rig_take(r, d, &len), 5);
	assert_int_equal(len, 0);
	assert_int_equal(rig_take(r, d, &len), -1);
	assert_int_equal(r->state.queue[0].filled, 1);
	assert_int_equal(r->state.queue[0].next, 2);
	assert_int_equal(rig_used(r, d)[0], 0);
}

/* 2.7.7.2: flags without EVENT_IDX, used_event with it, never both. */
static void test_due(void **state)
{
	struct rig *r = *state;
	struct rig_queue *d = rig_rx(r);
	struct virtq_ring ring;

	set_up(r);
	assert_int_equal(open_queue(r, &ring, 0), 0);
	ring.filled = 5;
	rig_set_event(r, d, 100);
	assert_true(virtq_due(&ring, 4));
	assert_false(virtq_due(&ring, 5));	/* nothing was used */
	rig_avail(r, d)[0] = cpu_to_le16(VIRTQ_AVAIL_NO_INTERRUPT);
	rig_set_event(r, d, 4);
	assert_false(virtq_due(&ring, 4));

	ring.event_idx = true;
	assert_true(virtq_due(&ring, 4));
	assert_true(virtq_due(&ring, 2));
	rig_avail(r, d)[0] = 0;
	rig_set_event(r, d, 5);
	assert_false(virtq_due(&ring, 4));
	rig_set_event(r, d, 3);
	assert_false(virtq_due(&ring, 4));
	assert_true(virtq_due(&ring, 3));
}

/* 2.7.10: the driver rings when the buffer at avail_event is there. */
static void test_rearm(void **state)
{
	struct rig *r = *state;
	struct rig_queue *d = rig_rx(r);
	struct virtq_ring ring;

	set_up(r);
	assert_int_equal(open_queue(r, &ring, INDIRECT), 0);
	assert_true(virtq_rearm(&ring));
	rig_offer(r, d, 0);
	assert_false(virtq_rearm(&ring));
	virtq_flush(&ring, 1);
	assert_true(virtq_rearm(&ring));
	assert_int_equal(rig_avail_event(r, d), 1);

	assert_int_equal(open_queue(r, &ring, 0), 0);
	virtq_flush(&ring, 0);
	ring.next = 7;
	assert_false(virtq_rearm(&ring));
	assert_int_equal(rig_avail_event(r, d), 1);	/* not its to write */
}

/* ---- what the driver has taken ---- */

/* filled 20, next 20; the driver offered up to @offered and wrote @event. */
static bool unread(struct rig *r, u64 features, u16 offered, u16 event, u16 at)
{
	struct rig_queue *d = rig_rx(r);
	struct virtq_ring ring;

	r->state.queue[0].next = 20;
	r->state.queue[0].filled = 20;
	rig_avail(r, d)[1] = cpu_to_le16(offered);
	rig_set_event(r, d, event);
	assert_int_equal(open_queue(r, &ring, features), 0);
	return virtq_unread(&ring, at);
}

static void test_unread(void **state)
{
	struct rig *r = *state;

	set_up(r);
	/* all taken, interrupts wanted */
	assert_false(unread(r, INDIRECT, 20, 20, 19));
	/* two not taken: used_event stands where the driver is */
	assert_true(unread(r, INDIRECT, 20, 18, 19));
	assert_true(unread(r, INDIRECT, 20, 18, 18));
	assert_false(unread(r, INDIRECT, 20, 18, 17));
	/* polling: 0 was stored; taken is what was replaced */
	assert_true(unread(r, INDIRECT, 20, 0, 19));
	assert_true(unread(r, INDIRECT, 26, 0, 19));
	assert_true(unread(r, INDIRECT, 26, 0, 18));
	assert_false(unread(r, INDIRECT, 26, 0, 17));
	assert_false(unread(r, INDIRECT, 28, 0, 19));
	/* no used_event at all */
	assert_true(unread(r, 0, 26, 20, 18));
	assert_false(unread(r, 0, 26, 20, 17));
	/* lapped, not there yet, nonsense */
	assert_true(unread(r, 0, 20, 12, 12));
	assert_false(unread(r, 0, 20, 12, 11));
	assert_false(unread(r, 0, 20, 12, 20));
	assert_false(unread(r, 0, 20, 12, 21));
	assert_false(unread(r, INDIRECT, 29, 18, 19));
}

/* ---- doorbells ---- */

static void test_enter(void **state)
{
	struct virtq q = { 0 };

	assert_true(virtq_enter(&q));
	assert_true(virtq_leave(&q));
	assert_true(virtq_enter(&q));
	assert_false(virtq_enter(&q));
	assert_false(virtq_enter(&q));
	assert_false(virtq_leave(&q));	/* once more, for both */
	assert_true(virtq_leave(&q));
	assert_true(virtq_enter(&q));
}

#define RIGGED(test)	cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_passed),
		cmocka_unit_test(test_sizes),
		RIGGED(test_open),
		RIGGED(test_open_refuses),
		RIGGED(test_open_refuses_sizes),
		RIGGED(test_open_read_only),
		RIGGED(test_available),
		RIGGED(test_available_wraps),
		RIGGED(test_chains),
		RIGGED(test_chains_of_no_form),
		RIGGED(test_indirect),
		RIGGED(test_indirect_of_no_form),
		RIGGED(test_read_then_write),
		RIGGED(test_read_unmapped),
		RIGGED(test_push_and_flush),
		RIGGED(test_due),
		RIGGED(test_rearm),
		RIGGED(test_unread),
		cmocka_unit_test(test_enter),
	};

	return cmocka_run_group_tests_name("virtq", tests, NULL, NULL);
}
