// SPDX-License-Identifier: GPL-2.0-only
/*
 * The models' state is memory that a dying kernel may scribble over, at any
 * time. Whatever it holds, every operation comes back, and writes only to the
 * state and to the memory that was declared: the sanitizer watches the one, the
 * guards of the rig the other.
 */
#include <pthread.h>

#include "fetch_ahead.h"
#include "intel_regs.h"
#include "rig.h"

#define ROUNDS	2000
#define CALLS	60
#define SCRIBBLES	300000

/* The state in an allocation of its own, so that the sanitizer knows its ends. */
static struct gigabit *garbage_state(struct rig *r)
{
	struct gigabit *s = malloc(r->nic.ops->state_size);

	assert_non_null(s);
	memcpy(s, &r->state, r->nic.ops->state_size);
	r->nic.state = s;
	rig_plug_wire(r);
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
		0, 16, 128, 4096, 65536, RIG_POOL, (u32)RIG_BUS,
		(u32)RIG_BUS + RIG_POOL, RIG_RCTL, 0x80000000, 0xffffffff,
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

/*
 * Registers that say where things are, made credible one by one: a fully random
 * state never comes past its first check.
 */
static const u32 aimed[] = {
	INTEL_RCTL, INTEL_RFCTL, INTEL_RDBAL, INTEL_RDBAH, INTEL_RDLEN,
	INTEL_RDH, INTEL_RDT, INTEL_TCTL, INTEL_TDBAL, INTEL_TDBAH,
	INTEL_TDLEN, INTEL_TDH, INTEL_TDT, INTEL_CTRL, INTEL_CTRL_EXT,
	INTEL_IVAR, INTEL_EIAC, INTEL_IAM, INTEL_RXCSUM, INTEL_MDIC,
	INTEL_EERD, INTEL_EEWR, INTEL_PSRCTL, INTEL_EECD, INTEL_VET,
};

static void aim(struct gigabit *s, u64 *seed)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(aimed); i++)
		if (random_below(seed, 3))
			s->csr[aimed[i] / 4] = near_edge(seed);
	if (random_below(seed, 4)) {
		s->csr[INTEL_RDBAH / 4] = RIG_BUS >> 32;
		s->csr[INTEL_TDBAH / 4] = RIG_BUS >> 32;
	}
	if (random_below(seed, 2)) {
		s->csr[INTEL_RDBAL / 4] = (u32)RIG_BUS;
		s->csr[INTEL_RDLEN / 4] = 4096;
		s->csr[INTEL_RDH / 4] = (u32)random_below(seed, 260);
		s->csr[INTEL_RDT / 4] = (u32)random_below(seed, 260);
	}
	if (random_below(seed, 4)) {
		s->csr[INTEL_RCTL / 4] |= INTEL_RCTL_EN | INTEL_RCTL_UPE |
					  INTEL_RCTL_LPE;
		if (random_below(seed, 2))
			s->csr[INTEL_RCTL / 4] &= ~INTEL_RCTL_DTYP;
		s->csr[INTEL_PSRCTL / 4] = 0x01010401;
		s->csr[INTEL_TCTL / 4] |= INTEL_TCTL_EN;
		s->csr[INTEL_CTRL / 4] &= ~INTEL_CTRL_GIO_MASTER_DISABLE;
		s->plugged = 1;
		s->phy.reg[0] = 0;
	}
}

/* Buffers at the ends of the pool, and beyond. */
static void aim_buffers(struct rig *r, u64 *seed)
{
	u64 high = RIG_BUS >> 32 << 32;
	u32 slot;

	for (slot = 0; slot < 4096; slot++)
		rig_desc(r, slot)->buffer =
			cpu_to_le64(random_below(seed, 2) ?
				    high + near_edge(seed) :
				    RIG_BUS + random_below(seed, RIG_POOL));
}

static u32 any_length(u64 *seed)
{
	return (u32)random_below(seed, random_below(seed, 2) ? 1519 : 16385);
}

static void check_gift(const struct nic_gift *g)
{
	assert_true((u32)g->outcome < OUTCOMES);
	assert_false(g->vectors >> CAUSE_VECTORS);
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

static u32 any_register(u64 *seed)
{
	if (random_below(seed, 2))
		return aimed[random_below(seed, ARRAY_SIZE(aimed))];
	return (u32)random_below(seed, 2 * GIGABIT_CSR_SIZE);
}

static u32 any_value(u64 *seed)
{
	return random_below(seed, 2) ? near_edge(seed) : (u32)random_wide(seed);
}

/* One operation; returns what was delivered. */
static u32 call_one(struct rig *r, u64 *seed)
{
	struct nic_gift gift = { 0 };
	struct nic_ring ring;
	u32 vectors = 0;

	switch (random_below(seed, 10)) {
	case 0:
	case 1:
		gift = rig_give(r, any_length(seed));
		check_gift(&gift);
		return gift.outcome == OUTCOME_DELIVERED;
	case 2:
		vectors = wr(r, INTEL_TDT, any_value(seed));
		break;
	case 3:
		check_peek(r, any_value(seed), (u32)random_below(seed, 20000));
		break;
	case 4:
		r->nic.ops->waiting(&r->nic, 0, any_value(seed));
		check_fetch_ahead(&r->nic, 0, any_length(seed));
		break;
	case 5:
		r->nic.ops->rx_ring(&r->nic, 0, &ring);
		break;
	case 6:
		rd(r, any_register(seed));
		break;
	case 7:
		vectors = wr(r, any_register(seed), any_value(seed));
		break;
	case 9:
		if (r->nic.ops->poll)
			vectors = r->nic.ops->poll(&r->nic);
		break;
	case 8:
		vectors = r->nic.ops->set_link(&r->nic, random_below(seed, 2));
		break;
	}
	assert_false(vectors >> CAUSE_VECTORS);
	return 0;
}

static void random_states(void **state)
{
	struct rig *r = *state;
	struct gigabit *s = garbage_state(r);
	u32 round, i, delivered = 0;
	u64 seed = 3;

	for (round = 0; round < ROUNDS; round++) {
		fill(s, r->nic.ops->state_size, &seed);
		fill(r->pool, RIG_POOL, &seed);
		if (round & 1) {
			aim(s, &seed);
			aim_buffers(r, &seed);
		}
		for (i = 0; i < CALLS; i++)
			delivered += call_one(r, &seed);
	}
	/* the garbage was good enough to be believed now and then */
	assert_true(delivered > 100);
	free(s);
}

/* A constant byte all over, as memset() or a stuck bus would leave. */
static void constant_states(void **state)
{
	struct rig *r = *state;
	struct gigabit *s = garbage_state(r);
	u64 seed = 4;
	int byte, i;

	for (byte = 0; byte < 256; byte++) {
		memset(s, byte, r->nic.ops->state_size);
		memset(r->pool, byte, RIG_POOL);
		for (i = 0; i < CALLS; i++)
			call_one(r, &seed);
	}
	free(s);
}

static struct {
	struct rig *rig;
	u32 ended;
} scribble;

/* Word by word, as stores of another CPU come. */
static void *scribbler(void *unused)
{
	u32 *pool = (u32 *)scribble.rig->pool;
	struct gigabit *s = scribble.rig->nic.state;
	u64 seed = 5;
	u32 i, at;

	for (i = 0; i < SCRIBBLES; i++) {
		at = aimed[random_below(&seed, ARRAY_SIZE(aimed))];
		port_store(&s->csr[at / 4], near_edge(&seed));
		port_store(&s->cause.word, random_next(&seed));
		at = (u32)random_below(&seed, 65536 / 4);
		port_store(&pool[at], near_edge(&seed));
		if (!(i & 15)) {
			port_store(&s->csr[INTEL_RCTL / 4], RIG_RCTL | INTEL_RCTL_UPE);
			port_store(&s->csr[INTEL_CTRL / 4], 0);
			port_store(&s->csr[INTEL_RDBAH / 4], (u32)(RIG_BUS >> 32));
			port_store(&s->csr[INTEL_RDBAL / 4], (u32)RIG_BUS);
		}
	}
	port_store_release(&scribble.ended, 1);
	return NULL;
}

/* The device's side only: the driver's is in the kernel that scribbles. */
static void device_calls(struct rig *r, u64 *seed)
{
	struct nic_gift gift = rig_give(r, any_length(seed));
	struct nic_ring ring;

	check_gift(&gift);
	check_peek(r, any_value(seed), (u32)random_below(seed, 20000));
	r->nic.ops->waiting(&r->nic, 0, (u32)random_below(seed, 4096));
	r->nic.ops->rx_ring(&r->nic, 0, &ring);
}

static void states_that_change_meanwhile(void **state)
{
	struct rig *r = *state;
	struct gigabit *s = garbage_state(r);
	pthread_t thread;
	u64 seed = 6;

	rig_rx(r, 256);
	scribble.rig = r;
	scribble.ended = 0;
	assert_int_equal(pthread_create(&thread, NULL, scribbler, NULL), 0);
	while (!port_load_acquire(&scribble.ended))
		device_calls(r, &seed);
	assert_int_equal(pthread_join(thread, NULL), 0);
	free(s);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, rig_setup, \
							rig_teardown)
#define TEST_GM(name)	cmocka_unit_test_setup_teardown(name, \
							rig_setup_82545gm, \
							rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(random_states),
		TEST(constant_states),
		TEST(states_that_change_meanwhile),
		TEST_GM(random_states),
		TEST_GM(constant_states),
		TEST_GM(states_that_change_meanwhile),
	};

	return cmocka_run_group_tests_name("gigabit, garbage", tests, NULL, NULL);
}
