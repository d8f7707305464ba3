// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model's state is memory that a dying kernel may scribble over, and its
 * rings belong to a driver that may write anything, at any time. Whatever they
 * hold, every operation comes back, and writes only to the state and to the
 * memory that was declared: the sanitizer watches the one, the guards of the
 * rig the other.
 */
#include <pthread.h>
#include <sched.h>

#include "fetch_ahead.h"
#include "virtio_rig.h"

#define ROUNDS		600
#define CALLS		60
#define GIVES		20000

/* The state in an allocation of its own, so that the sanitizer knows its ends. */
static struct virtio_net *garbage_state(struct rig *r)
{
	struct virtio_net *s = malloc(sizeof(*s));

	assert_non_null(s);
	memcpy(s, &r->state, sizeof(*s));
	r->nic.state = s;
	return s;
}

static void scribble(void *at, size_t len, u64 *seed)
{
	u8 *to = at;
	u64 word;

	for (; len >= sizeof(word); len -= sizeof(word), to += sizeof(word)) {
		word = random_next(seed);
		memcpy(to, &word, sizeof(word));
	}
}

/* An address that a check may have an edge at. */
static u64 near_edge(u64 *seed)
{
	u64 page = RIG_BUS + 4096 * random_below(seed, RIG_POOL / 4096);

	switch (random_below(seed, 32)) {
	case 0:
		return RIG_BUS + RIG_POOL - random_below(seed, 20000);
	case 1:
		return RIG_BUS - random_below(seed, 20);
	case 2:
		return random_wide(seed);
	case 3:
		return ~0ULL - random_below(seed, 20000);
	case 4:
		return page + random_below(seed, 4096);
	default:
		return page;
	}
}

static void aim_queue(struct rig *r, struct virtq *q, u32 i, u64 *seed)
{
	rig_layout(r, i, BIT(random_below(seed, 11)));
	q->size = r->queue[i].size;
	q->desc = r->queue[i].desc;
	q->driver = r->queue[i].avail;
	q->device = r->queue[i].used;
	q->enabled = 1;
	q->bell = 0;
	if (!random_below(seed, 8))
		q->desc = near_edge(seed);
	if (!random_below(seed, 8))
		q->driver = near_edge(seed);
	if (!random_below(seed, 8))
		q->device = near_edge(seed);
}

/* Descriptors that now and then make sense. */
static void aim_ring(struct rig *r, u32 index, const struct virtq *v, u64 *seed)
{
	struct rig_queue *q = &r->queue[index];
	u32 i;

	for (i = 0; i < q->size; i++) {
		u16 flags = index == VIRTIO_NET_RX ? VIRTQ_DESC_WRITE : 0;

		if (!random_below(seed, 4))
			flags ^= random_below(seed, 8);
		rig_put(r, q, i, near_edge(seed), random_below(seed, 4000),
			flags, random_below(seed, q->size + 1));
		rig_avail(r, q)[2 + i] =
			cpu_to_le16(random_below(seed, q->size + 1));
	}
	rig_avail(r, q)[1] = cpu_to_le16(v->next +
					 random_below(seed, q->size + 2));
	rig_set_event(r, q, (u16)random_next(seed));
}

/* What says where things are, made credible. */
static void aim(struct rig *r, struct virtio_net *s, u64 *seed)
{
	u32 i;

	s->status = 0x0f;
	s->plugged = 1;
	s->features = RIG_FEATURES;
	if (!random_below(seed, 4))
		s->features = random_next(seed);
	s->filter.promisc = random_below(seed, 4);
	for (i = 0; i < VIRTIO_NET_QUEUES; i++) {
		aim_queue(r, &s->queue[i], i, seed);
		aim_ring(r, i, &s->queue[i], seed);
	}
}

static u32 any_length(u64 *seed)
{
	return (u32)random_below(seed, random_below(seed, 2) ? 1519 : 16385);
}

static void check_gift(const struct nic_gift *g)
{
	assert_true((u32)g->outcome < OUTCOMES);
	assert_false(g->vectors >> VIRTIO_NET_VECTORS);
	if (g->outcome != OUTCOME_DELIVERED)
		assert_int_equal(g->vectors, 0);
}

static void check_peek(struct rig *r, u32 ahead, u32 len)
{
	u8 *at = r->nic.ops->peek(&r->nic, 0, ahead, len);

	if (!at)
		return;
	assert_true(at >= r->pool && at < r->pool + RIG_POOL);
	assert_true(len <= (size_t)(r->pool + RIG_POOL - at));
}

static void check_ring(struct rig *r)
{
	struct nic_ring ring;

	r->nic.ops->rx_ring(&r->nic, 0, &ring);
	assert_true(!ring.count || (ring.head < ring.count &&
				    ring.tail < ring.count));
}

static u32 any_access(struct rig *r, u64 *seed)
{
	unsigned int size = 1 << random_below(seed, 4);
	u32 reg = (u32)random_below(seed, 0x40);

	if (!random_below(seed, 4))
		reg = (u32)random_below(seed, 2 * VIRTIO_BAR_SIZE);
	if (random_below(seed, 2)) {
		r->nic.ops->read(&r->nic, reg, size);
		return 0;
	}
	return r->nic.ops->write(&r->nic, reg, size, random_wide(seed));
}

/* One operation; returns what was delivered or sent. */
static u32 call_one(struct rig *r, u64 *seed)
{
	u32 vectors = 0, sent = r->seen_count;
	struct nic_gift gift = { 0 };

	switch (random_below(seed, 9)) {
	case 0:
	case 1:
		gift = rig_give(r, any_length(seed));
		check_gift(&gift);
		return gift.outcome == OUTCOME_DELIVERED;
	case 2:
		check_peek(r, (u32)random_wide(seed), any_length(seed));
		break;
	case 3:
		r->nic.ops->waiting(&r->nic, 0, (u32)random_wide(seed));
		check_fetch_ahead(&r->nic, 0, any_length(seed));
		break;
	case 4:
		check_ring(r);
		break;
	case 5:
		vectors = any_access(r, seed);
		break;
	case 6:
		vectors = r->nic.ops->set_link(&r->nic, random_below(seed, 2));
		break;
	default:
		vectors = wr(r, rig_doorbell(random_below(seed, 3)), 2, 0);
		break;
	}
	assert_false(vectors >> VIRTIO_NET_VECTORS);
	return r->seen_count != sent;
}

static void random_states(void **state)
{
	struct rig *r = *state;
	struct virtio_net *s = garbage_state(r);
	u32 round, i, done = 0;
	u64 seed = 3;

	for (round = 0; round < ROUNDS; round++) {
		scribble(s, sizeof(*s), &seed);
		if (!(round % 16))
			scribble(r->pool, RIG_POOL, &seed);
		for (i = 0; i < CALLS; i++) {
			if ((round & 3) && !(i % 6))
				aim(r, s, &seed);
			done += call_one(r, &seed);
		}
	}
	/* the garbage was good enough to be believed now and then */
	assert_true(done > 500);
	free(s);
}

/* A constant byte all over, as memset() or a stuck bus would leave. */
static void constant_states(void **state)
{
	struct rig *r = *state;
	struct virtio_net *s = garbage_state(r);
	u64 seed = 4;
	int byte, i;

	for (byte = 0; byte < 256; byte++) {
		memset(s, byte, sizeof(*s));
		memset(r->pool, byte, RIG_POOL / 4);
		for (i = 0; i < CALLS; i++)
			call_one(r, &seed);
	}
	free(s);
}

/* Rings of garbage under a device that is set up as it should be. */
static void random_rings(void **state)
{
	struct rig *r = *state;
	u32 round, i, q, done = 0;
	u64 seed = 7;

	for (round = 0; round < ROUNDS; round++) {
		rig_probe(r, RIG_FEATURES, BIT(2 + random_below(&seed, 9)));
		for (q = 0; q < VIRTIO_NET_QUEUES; q++)
			aim_ring(r, q, &r->state.queue[q], &seed);
		for (i = 0; i < 20; i++)
			done += call_one(r, &seed);
	}
	assert_true(done >= 100);
}

static struct {
	struct rig *rig;
	u32 ended;
} other;

/* Word by word, as stores of another CPU come: descriptors and both rings. */
static void *scribbler(void *unused)
{
	struct rig *r = other.rig;
	struct rig_queue *q;
	u64 seed = 5;
	u32 at;

	while (!port_load_acquire(&other.ended)) {
		q = &r->queue[random_below(&seed, 2)];
		at = (u32)random_below(&seed, q->size);
		port_store(&rig_desc(r, q, at)->addr,
			   cpu_to_le64(near_edge(&seed)));
		port_store(&rig_desc(r, q, at)->len,
			   cpu_to_le32(random_below(&seed, 4000)));
		port_store(&rig_desc(r, q, at)->flags,
			   cpu_to_le16((q->index ? 0 : VIRTQ_DESC_WRITE) ^
				       random_below(&seed, 8) *
				       !random_below(&seed, 8)));
		port_store(&rig_avail(r, q)[2 + at],
			   cpu_to_le16(random_below(&seed, q->size + 1)));
		port_store(&rig_avail(r, q)[1],
			   cpu_to_le16(r->state.queue[q->index].next +
				       random_below(&seed, q->size)));
	}
	return NULL;
}

static void rings_that_change_meanwhile(void **state)
{
	struct rig *r = *state;
	u32 i, done = 0;
	pthread_t thread;
	u64 seed = 6;

	rig_probe(r, RIG_FEATURES, 64);
	other.rig = r;
	other.ended = 0;
	assert_int_equal(pthread_create(&thread, NULL, scribbler, NULL), 0);
	for (i = 0; i < GIVES || (done < 100 && i < 100 * GIVES); i++) {
		struct nic_gift gift = rig_give(r, any_length(&seed));

		check_gift(&gift);
		if (gift.outcome == OUTCOME_DELIVERED)
			done++;
		else if (!(i & 15))
			sched_yield();
		check_peek(r, (u32)random_below(&seed, 64), any_length(&seed));
		check_ring(r);
		rig_kick(r, &r->queue[VIRTIO_NET_TX]);
	}
	port_store_release(&other.ended, 1);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_true(done >= 100);
}

#define RIGGED(test)	cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RIGGED(random_states),
		RIGGED(constant_states),
		RIGGED(random_rings),
		RIGGED(rings_that_change_meanwhile),
	};

	return cmocka_run_group_tests_name("virtio_net, garbage", tests, NULL,
					   NULL);
}
