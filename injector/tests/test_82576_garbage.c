// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model's state is memory that a dying kernel may scribble over, at any
 * time. Whatever it holds, every operation comes back, and writes only to the
 * state and to the memory that was declared: the sanitizer watches the one, the
 * guards of the rig the other.
 */
#include <pthread.h>

#include "fetch_ahead.h"
#include "82576_rig.h"

#define ROUNDS		1500
#define CALLS		60
#define SCRIBBLES	300000

/* The state in an allocation of its own, so that the sanitizer knows its ends. */
static struct i82576 *garbage_state(struct igb_rig *r)
{
	struct i82576 *s = malloc(sizeof(*s));

	assert_non_null(s);
	memcpy(s, &r->state, sizeof(*s));
	r->nic.state = s;
	return s;
}

static void fill(void *at, size_t len, u64 *seed)
{
	u8 *to = at;
	u64 word;

	for (; len >= sizeof(word); len -= sizeof(word), to += sizeof(word)) {
		word = random_next(seed);
		memcpy(to, &word, sizeof(word));
	}
}

/* A value that a check may have an edge at. */
static u32 near_edge(u64 *seed)
{
	static const u32 edge[] = {
		0, 16, 128, 4096, 65536, IGB_POOL, (u32)IGB_BUS,
		(u32)IGB_BUS + IGB_POOL, IGB_RCTL, IGB_SRRCTL, 0x80818283,
		I82576_QUEUE_ENABLE, 0x80000000, 0xffffffff,
	};
	u32 value = edge[random_below(seed, ARRAY_SIZE(edge))];

	switch (random_below(seed, 4)) {
	case 0:
		return value + (u32)random_below(seed, 33) - 16;
	case 1:
		return value + (u32)random_below(seed, 33) * 128;
	default:
		return value;
	}
}

/* Registers that say where things are, and what is on */
static u32 aimed_register(u64 *seed)
{
	static const u32 general[] = {
		INTEL_RCTL, INTEL_TCTL, INTEL_CTRL, INTEL_CTRL_EXT,
		INTEL_RXCSUM, INTEL_MDIC, INTEL_EERD, INTEL_EEWR, INTEL_VET,
		INTEL_ICS, INTEL_IMS, I82576_EICS, I82576_EIMS, I82576_EIAC,
		I82576_EIAM, I82576_GPIE, I82576_IVAR(0), I82576_IVAR(1),
		I82576_IVAR_MISC, I82576_MRQC, I82576_RLPML, I82576_RETA,
	};
	static const u32 queue[] = {
		I82576_RDBAL(0), I82576_RDBAH(0), I82576_RDLEN(0),
		I82576_RDH(0), I82576_RDT(0), I82576_SRRCTL(0),
		I82576_RXDCTL(0), I82576_TDBAL(0), I82576_TDBAH(0),
		I82576_TDLEN(0), I82576_TDH(0), I82576_TDT(0),
		I82576_TXDCTL(0),
	};

	if (random_below(seed, 2))
		return general[random_below(seed, ARRAY_SIZE(general))];
	return queue[random_below(seed, ARRAY_SIZE(queue))] +
	       I82576_QUEUE_STEP * (u32)random_below(seed, 3);
}

/*
 * Make a random state credible here and there: a fully random one never comes
 * past its first check.
 */
static void aim_queue(struct i82576 *s, u32 q, u64 *seed)
{
	u32 *csr = s->csr;

	csr[I82576_RDBAH(q) / 4] = (u32)(IGB_BUS >> 32);
	csr[I82576_RDBAL(q) / 4] = (u32)IGB_BUS;
	csr[I82576_RDLEN(q) / 4] = 4096;
	csr[I82576_RDH(q) / 4] = (u32)random_below(seed, 260);
	csr[I82576_RDT(q) / 4] = (u32)random_below(seed, 260);
	csr[I82576_RXDCTL(q) / 4] = I82576_QUEUE_ENABLE;
	csr[I82576_SRRCTL(q) / 4] = I82576_SRRCTL_ONE_BUFFER |
				    (u32)random_below(seed, 20);
	csr[I82576_TDBAH(q) / 4] = (u32)(IGB_BUS >> 32);
	csr[I82576_TDBAL(q) / 4] = (u32)IGB_BUS + IGB_TX_RINGS;
	csr[I82576_TDLEN(q) / 4] = 4096;
	csr[I82576_TDH(q) / 4] = (u32)random_below(seed, 260);
	csr[I82576_TDT(q) / 4] = (u32)random_below(seed, 260);
	csr[I82576_TXDCTL(q) / 4] = I82576_QUEUE_ENABLE;
}

static void aim(struct i82576 *s, u64 *seed)
{
	u32 i, *csr = s->csr;

	for (i = 0; i < 30; i++)
		csr[aimed_register(seed) / 4] = near_edge(seed);
	for (i = 0; i < ADV_RX_QUEUES; i++)
		if (random_below(seed, 2))
			aim_queue(s, i, seed);
	if (random_below(seed, 4)) {
		csr[INTEL_RCTL / 4] |= INTEL_RCTL_EN | INTEL_RCTL_UPE |
				       INTEL_RCTL_LPE;
		csr[INTEL_TCTL / 4] |= INTEL_TCTL_EN;
		csr[INTEL_CTRL / 4] &= ~INTEL_CTRL_GIO_MASTER_DISABLE;
		s->plugged = 1;
		s->phy.reg[0] = 0;
	}
}

static u64 any_bus(u64 *seed)
{
	u64 high = IGB_BUS >> 32 << 32;

	return random_below(seed, 2) ? high + near_edge(seed) :
				       IGB_BUS + random_below(seed, IGB_POOL);
}

/* Buffers at the ends of the pool, and beyond; descriptors of both kinds */
static void aim_descriptors(struct igb_rig *r, u64 *seed)
{
	u32 slot, command;

	for (slot = 0; slot < 256; slot++) {
		igb_rx_desc(r, 0, slot)->low = cpu_to_le64(any_bus(seed));
		command = (u32)random_next(seed) & 0xcf00ffff;
		command |= 0x20200000 | (u32)random_below(seed, 2) << 20;
		if (random_below(seed, 2))
			command &= 0xffff0fff;
		*igb_tx_desc(r, 0, slot) = (struct igb_desc) {
			cpu_to_le64(any_bus(seed)),
			cpu_to_le64(random_next(seed) << 32 | command),
		};
	}
}

static u32 any_length(u64 *seed)
{
	return (u32)random_below(seed, random_below(seed, 2) ? 1519 : 16385);
}

static void check_gift(const struct nic_gift *g)
{
	assert_true((u32)g->outcome < OUTCOMES);
	assert_false(g->vectors >> EICR_VECTORS);
	assert_true(g->queue < NIC_MAX_QUEUES);
	if (g->outcome != OUTCOME_DELIVERED)
		assert_int_equal(g->vectors, 0);
}

static void check_peek(struct igb_rig *r, u32 queue, u32 ahead, u32 len)
{
	u8 *at = r->nic.ops->peek(&r->nic, queue, ahead, len);

	if (!at)
		return;
	assert_true(at >= r->pool && at < r->pool + IGB_POOL);
	assert_true(len <= (size_t)(r->pool + IGB_POOL - at));
}

static u32 any_register(u64 *seed)
{
	if (random_below(seed, 2))
		return aimed_register(seed);
	return (u32)random_below(seed, 2 * I82576_CSR_SIZE);
}

static u32 any_value(u64 *seed)
{
	return random_below(seed, 2) ? near_edge(seed) : (u32)random_wide(seed);
}

static struct nic_gift any_give(struct igb_rig *r, u64 *seed)
{
	struct nic_gift gift;

	igb_ipv4(r, random_below(seed, 2) ? 6 : 17, any_value(seed),
		 any_value(seed), 1, 2);
	gift = igb_give(r, any_length(seed));
	check_gift(&gift);
	return gift;
}

static void ask(struct igb_rig *r, u64 *seed)
{
	const struct nic_ops *ops = r->nic.ops;
	u32 queue = (u32)random_below(seed, 10);
	struct nic_ring ring;

	check_peek(r, queue, (u32)random_below(seed, 300),
		   (u32)random_below(seed, 20000));
	check_peek(r, queue, any_value(seed), any_value(seed));
	ops->waiting(&r->nic, queue, any_value(seed));
	check_fetch_ahead(&r->nic, queue, any_length(seed));
	ops->rx_ring(&r->nic, queue, &ring);
	assert_in_range(ops->rx_queues(&r->nic), 1, NIC_MAX_QUEUES);
	assert_true(ops->rx_vector(&r->nic, queue) < EICR_VECTORS);
	assert_true(ops->steer(&r->nic, r->frame, any_length(seed)) <
		    NIC_MAX_QUEUES);
}

/* One operation; returns what was delivered. */
static u32 call_one(struct igb_rig *r, u64 *seed)
{
	u32 vectors = 0;

	switch (random_below(seed, 7)) {
	case 0:
	case 1:
		return any_give(r, seed).outcome == OUTCOME_DELIVERED;
	case 2:
		vectors = wr(r, I82576_TDT((u32)random_below(seed, 9)),
			     (u32)random_below(seed, 257));
		break;
	case 3:
		ask(r, seed);
		break;
	case 4:
		rd(r, any_register(seed));
		break;
	case 5:
		vectors = wr(r, any_register(seed), any_value(seed));
		break;
	case 6:
		vectors = r->nic.ops->set_link(&r->nic, random_below(seed, 2));
		break;
	}
	assert_false(vectors >> EICR_VECTORS);
	return 0;
}

static void random_states(void **state)
{
	struct igb_rig *r = *state;
	struct i82576 *s = garbage_state(r);
	u32 round, i, delivered = 0;
	u64 seed = 3;

	for (round = 0; round < ROUNDS; round++) {
		fill(s, sizeof(*s), &seed);
		r->nic.wire = NULL;
		if (round & 1) {
			aim(s, &seed);
			aim_descriptors(r, &seed);
		}
		if (round & 2)
			igb_plug_wire(r);
		for (i = 0; i < CALLS; i++)
			delivered += call_one(r, &seed);
	}
	/* the garbage was good enough to be believed now and then */
	assert_true(delivered > 100);
	assert_true(r->sents > 100);
	free(s);
}

/* A constant byte all over, as memset() or a stuck bus would leave. */
static void constant_states(void **state)
{
	struct igb_rig *r = *state;
	struct i82576 *s = garbage_state(r);
	u64 seed = 4;
	int byte, i;

	igb_plug_wire(r);
	for (byte = 0; byte < 256; byte++) {
		memset(s, byte, sizeof(*s));
		memset(r->pool, byte, IGB_POOL);
		for (i = 0; i < CALLS; i++)
			call_one(r, &seed);
	}
	free(s);
}

static struct {
	struct igb_rig *rig;
	u32 ended;
} scribble;

/* Word by word, as stores of another CPU come. */
static void *scribbler(void *unused)
{
	u32 *pool = (u32 *)scribble.rig->pool;
	struct i82576 *s = scribble.rig->nic.state;
	u64 seed = 5;
	u32 i, at;

	for (i = 0; i < SCRIBBLES; i++) {
		at = aimed_register(&seed);
		port_store(&s->csr[at / 4], near_edge(&seed));
		port_store(&s->eicr.extended, random_next(&seed));
		port_store(&s->eicr.other, random_next(&seed));
		at = (u32)random_below(&seed, IGB_BUFFERS / 4);
		port_store(&pool[at], near_edge(&seed));
		if (i & 15)
			continue;
		port_store(&s->csr[INTEL_RCTL / 4], IGB_RCTL | INTEL_RCTL_UPE);
		port_store(&s->csr[INTEL_CTRL / 4], 0);
		port_store(&s->csr[I82576_RXDCTL(0) / 4], I82576_QUEUE_ENABLE);
		port_store(&s->csr[I82576_RDLEN(0) / 4], 4096);
		port_store(&s->csr[I82576_RDBAH(0) / 4], (u32)(IGB_BUS >> 32));
		port_store(&s->csr[I82576_RDBAL(0) / 4], (u32)IGB_BUS);
	}
	port_store_release(&scribble.ended, 1);
	return NULL;
}

/* The device's side only: the driver's is in the kernel that scribbles. */
static void states_that_change_meanwhile(void **state)
{
	struct igb_rig *r = *state;
	struct i82576 *s = garbage_state(r);
	pthread_t thread;
	u64 seed = 6;

	igb_up(r, 8, 64);
	scribble.rig = r;
	scribble.ended = 0;
	assert_int_equal(pthread_create(&thread, NULL, scribbler, NULL), 0);
	while (!port_load_acquire(&scribble.ended)) {
		any_give(r, &seed);
		ask(r, &seed);
	}
	assert_int_equal(pthread_join(thread, NULL), 0);
	free(s);
}

#define TEST(t)	cmocka_unit_test_setup_teardown(t, igb_setup, igb_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(random_states),
		TEST(constant_states),
		TEST(states_that_change_meanwhile),
	};

	return cmocka_run_group_tests_name("82576, garbage", tests, NULL, NULL);
}
