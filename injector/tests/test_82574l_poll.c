// SPDX-License-Identifier: GPL-2.0-only
/*
 * The 82574L behind plain memory: e1000e's sequences as loads and stores into
 * BAR 0, with a poll whenever the driver has to wait for something. What plain
 * memory cannot do is said in 82574l.h.
 */
#include <pthread.h>
#include <sched.h>

#include "rig.h"

#define RX	0x1
#define TX	0x2
#define OTHER	0x4
#define CAUSES	(RIG_CAUSES | INTEL_ICR_OTHER | INTEL_ICR_LSC)

static u32 ld(struct rig *r, u32 reg)
{
	return port_load(&r->state.g.csr[reg / 4]);
}

static void st(struct rig *r, u32 reg, u32 value)
{
	port_store(&r->state.g.csr[reg / 4], value);
}

static u32 poll(struct rig *r)
{
	return r->nic.ops->poll(&r->nic);
}

static int setup(void **state)
{
	int err = rig_setup(state);

	poll(*state);
	return err;
}

static void test_reset(void **state)
{
	struct rig *r = *state;

	assert_int_equal(ld(r, INTEL_STATUS), 0x00080083);
	/* e1000e_disable_pcie_master() */
	st(r, INTEL_CTRL, ld(r, INTEL_CTRL) | INTEL_CTRL_GIO_MASTER_DISABLE);
	poll(r);
	assert_int_equal(ld(r, INTEL_STATUS) & INTEL_STATUS_GIO_MASTER_ENABLE,
			 0);
	/* e1000_reset_hw_82571() */
	st(r, INTEL_RDLEN, 4096);
	st(r, INTEL_IMS, 0xffff);
	st(r, INTEL_CTRL, ld(r, INTEL_CTRL) | INTEL_CTRL_RST);
	poll(r);
	assert_int_equal(ld(r, INTEL_CTRL) & INTEL_CTRL_RST, 0);
	assert_int_equal(ld(r, INTEL_RDLEN), 0);
	assert_true(ld(r, INTEL_EECD) & INTEL_EECD_AUTO_RD);
	assert_int_equal(ld(r, INTEL_STATUS), 0x00080083);
	assert_int_equal(ld(r, INTEL_RAL(0)), 0x105e0002);
	assert_int_equal(ld(r, INTEL_ICR), 0);
	assert_int_equal(cause_unmasked(&r->state.g.cause), 0);
	assert_int_equal(r->state.g.resetting, 0);
}

/* e1000e_read_nvm_eerd(), e1000e_read_phy_reg_mdic() */
static void test_commands(void **state)
{
	struct rig *r = *state;

	st(r, INTEL_EERD, 1 << 2 | NVM_RW_START);
	assert_false(ld(r, INTEL_EERD) & NVM_RW_DONE);
	poll(r);
	assert_int_equal(ld(r, INTEL_EERD),
			 0x105e0000 | 1 << 2 | NVM_RW_DONE);
	st(r, INTEL_EEWR, 0x12340000 | 5 << 2 | NVM_RW_START);
	poll(r);
	assert_true(ld(r, INTEL_EEWR) & NVM_RW_DONE);
	assert_int_equal(r->state.g.nvm.word[5], 0x1234);

	st(r, INTEL_MDIC, 0x08000000 | 1 << 21 | 2 << 16);
	poll(r);
	assert_int_equal(ld(r, INTEL_MDIC), 0x18000000 | 1 << 21 | 2 << 16 |
					    0x0141);
	poll(r);	/* an answer is no command */
	assert_true(ld(r, INTEL_MDIC) & 0x10000000);

	st(r, INTEL_EECD, ld(r, INTEL_EECD) | INTEL_EECD_REQ);
	poll(r);
	assert_true(ld(r, INTEL_EECD) & INTEL_EECD_GNT);
	st(r, INTEL_EECD, ld(r, INTEL_EECD) & ~INTEL_EECD_REQ);
	poll(r);
	assert_false(ld(r, INTEL_EECD) & INTEL_EECD_GNT);
}

/* rig_rx(), rig_msix() as stores */
static void bring_up(struct rig *r)
{
	u32 i;

	for (i = 0; i < 8; i++)
		rig_refill(r, i);
	st(r, INTEL_RFCTL, INTEL_RFCTL_EXTEN);
	st(r, INTEL_RDBAL, (u32)RIG_BUS);
	st(r, INTEL_RDBAH, (u32)(RIG_BUS >> 32));
	st(r, INTEL_RDLEN, 128);
	st(r, INTEL_RDH, 0);
	st(r, INTEL_RCTL, RIG_RCTL);
	st(r, INTEL_RDT, 7);
	st(r, INTEL_IAM, 0xffffffff);
	st(r, INTEL_IVAR, 0x800a0908);
	st(r, INTEL_CTRL_EXT, INTEL_CTRL_EXT_EIAME);
	st(r, INTEL_EIAC, RIG_CAUSES);
	st(r, INTEL_IMS, CAUSES);
	poll(r);
}

/* e1000_msix_other() */
static u32 handle_other(struct rig *r, u32 *icr)
{
	*icr = ld(r, INTEL_ICR);
	if (*icr & RIG_CAUSES)
		st(r, INTEL_ICS, *icr & RIG_CAUSES);
	st(r, INTEL_IMS, INTEL_ICR_OTHER | INTEL_ICR_LSC);
	return poll(r);
}

/* e1000e_trigger_lsc(), and what follows until it is quiet */
static void settle_link(struct rig *r)
{
	u32 icr, vectors, n = 0;

	st(r, INTEL_ICS, INTEL_ICR_LSC | INTEL_ICR_OTHER);
	vectors = poll(r);
	assert_int_equal(ld(r, INTEL_ICS), 0);
	assert_true(vectors & OTHER);
	for (; vectors & OTHER; n++) {
		assert_true(n < 3);
		vectors = handle_other(r, &icr);
		assert_true(icr & INTEL_ICR_LSC);
	}
	assert_int_equal(ld(r, INTEL_ICR), 0);
}

static void test_link_interrupt(void **state)
{
	struct rig *r = *state;
	u32 icr, vectors;

	bring_up(r);
	settle_link(r);
	assert_int_equal(poll(r), 0);
	/* ICR is there when the message comes, before any poll */
	assert_int_equal(r->nic.ops->set_link(&r->nic, false), OTHER);
	assert_true(ld(r, INTEL_ICR) & INTEL_ICR_LSC);
	poll(r);
	assert_int_equal(ld(r, INTEL_STATUS) & INTEL_STATUS_LU, 0);
	for (vectors = OTHER; vectors & OTHER;)
		vectors = handle_other(r, &icr);
	assert_int_equal(ld(r, INTEL_ICR), 0);
}

static void test_receive(void **state)
{
	struct rig *r = *state;

	bring_up(r);
	assert_int_equal(ld(r, INTEL_IMS), 0);
	assert_int_equal(rig_give(r, 100).vectors, RX);
	/* NAPI runs: no further message */
	assert_int_equal(rig_give(r, 100).vectors, 0);
	assert_int_equal(poll(r), 0);
	assert_int_equal(ld(r, INTEL_RDH), 2);
	/* e1000e_poll() ends: what came meanwhile rings at once */
	st(r, INTEL_IMS, INTEL_ICR_RXQ0);
	assert_int_equal(poll(r), RX);
	assert_int_equal(poll(r), 0);
	st(r, INTEL_IMS, INTEL_ICR_RXQ0);	/* the same value again */
	assert_int_equal(poll(r), 0);
	assert_int_equal(rig_give(r, 100).vectors, RX);
}

/* IMS was written twice between two polls: no cause stays masked. */
static void test_lost_unmask(void **state)
{
	struct rig *r = *state;

	bring_up(r);
	assert_int_equal(rig_give(r, 100).vectors, RX);
	st(r, INTEL_IMS, INTEL_ICR_RXQ0);
	st(r, INTEL_IMS, INTEL_ICR_TXQ0);
	poll(r);
	assert_int_equal(rig_give(r, 100).vectors, RX);
}

/* e1000_irq_disable(), and e1000_irq_enable() later */
static void test_disable(void **state)
{
	struct rig *r = *state;

	bring_up(r);
	st(r, INTEL_IMC, 0xffffffff);
	st(r, INTEL_EIAC, 0);
	assert_int_equal(poll(r), 0);
	assert_int_equal(ld(r, INTEL_IMC), 0);
	assert_int_equal(rig_give(r, 100).vectors, 0);
	st(r, INTEL_IMS, INTEL_ICR_OTHER);	/* not the queue's again */
	assert_int_equal(poll(r) & RX, 0);
	st(r, INTEL_EIAC, RIG_CAUSES);
	st(r, INTEL_IMS, CAUSES);
	assert_true(poll(r) & RX);
}

static void put_tx(struct rig *r, u32 slot)
{
	struct rig_desc *d = rig_desc(r, 0) + 2048 + slot;

	d->buffer = cpu_to_le64(RIG_BUS + RIG_BUFFERS);
	d->status = cpu_to_le32(0x0b000000 | (100 + slot));
	d->length = 0;
	d->vlan = 0;
}

static void test_transmit(void **state)
{
	struct rig *r = *state;

	bring_up(r);
	rig_plug_wire(r);
	put_tx(r, 0);
	put_tx(r, 1);
	st(r, INTEL_TDBAL, (u32)(RIG_BUS + 32768));
	st(r, INTEL_TDBAH, (u32)(RIG_BUS >> 32));
	st(r, INTEL_TDLEN, 128);
	st(r, INTEL_TDT, 1);
	assert_int_equal(poll(r), 0);	/* e1000_watchdog_task() enables later */
	st(r, INTEL_TCTL, INTEL_TCTL_EN);
	assert_int_equal(poll(r), TX);
	assert_int_equal(r->out.len, 100);
	assert_int_equal(ld(r, INTEL_TDH), 1);
	assert_int_equal(poll(r), 0);
	st(r, INTEL_TDT, 2);
	st(r, INTEL_IMS, INTEL_ICR_TXQ0);
	assert_int_equal(poll(r), TX);
	assert_int_equal(r->out.frames, 2);
	/* a bad tail is told once, and not at every poll */
	st(r, INTEL_TDT, 0x5555);
	poll(r);
	poll(r);
	assert_int_equal(r->port.faults.fault[0].count, 1);
	assert_fault(r, FAULT_TAIL, INTEL_TDT, 0x5555);
	put_tx(r, 2);
	st(r, INTEL_TDT, 3);
	poll(r);
	assert_int_equal(r->out.frames, 3);
}

/* The neighbour of a register that is set back to 0 stays. */
static void test_neighbours(void **state)
{
	struct rig *r = *state;

	st(r, 0x000cc, 0x11111111);
	st(r, 0x000d4, 0x22222222);
	st(r, INTEL_EIAC, 0x33333333);
	st(r, INTEL_ICS, 1);
	st(r, INTEL_IMS, 2);
	st(r, INTEL_IMC, 4);
	poll(r);
	assert_int_equal(ld(r, 0x000cc), 0x11111111);
	assert_int_equal(ld(r, 0x000d4), 0x22222222);
	assert_int_equal(ld(r, INTEL_EIAC), 0x33333333);
	assert_int_equal(ld(r, INTEL_ICS) | ld(r, INTEL_IMS) |
			 ld(r, INTEL_IMC), 0);
}

#define FRAMES	3000

static struct {
	struct rig *rig;
	u32 rung, ended;
} race;

/* The support core: polls and gives, one after the other. */
static void *device(void *unused)
{
	u32 given = 0, vectors;

	while (!port_load_acquire(&race.ended)) {
		struct nic_gift g = { 0 };

		vectors = poll(race.rig);
		if (given < FRAMES) {
			g = rig_give(race.rig, 60);
			given += g.outcome == OUTCOME_DELIVERED;
		}
		if ((vectors | g.vectors) & RX)
			port_store_release(&race.rung, 1);
		if (g.outcome == OUTCOME_NO_DESCRIPTOR || given == FRAMES)
			sched_yield();
	}
	return NULL;
}

static u32 clean(struct rig *r, u32 *next)
{
	u32 n = 0;

	for (; port_load_acquire(&rig_desc(r, *next)->status) &
	     cpu_to_le32(RX_STATUS_DD); n++) {
		port_store(&rig_desc(r, *next)->status, 0);
		port_store(&rig_desc(r, *next)->buffer,
			   cpu_to_le64(rig_buffer(*next)));
		port_store_release(&r->state.g.csr[INTEL_RDT / 4], *next);
		*next = (*next + 1) % 8;
	}
	return n;
}

/* Two CPUs: no frame stays behind because an interrupt was lost. */
static void test_no_interrupt_is_lost(void **state)
{
	u32 received = 0, next = 0, idle = 0;
	struct rig *r = *state;
	pthread_t thread;

	bring_up(r);
	memset(&race, 0, sizeof(race));
	race.rig = r;
	assert_int_equal(pthread_create(&thread, NULL, device, NULL), 0);
	while (received < FRAMES && idle < 50000000) {
		if (!__atomic_exchange_n(&race.rung, 0, __ATOMIC_SEQ_CST)) {
			idle++;
			sched_yield();
			continue;
		}
		idle = 0;
		received += clean(r, &next);
		st(r, INTEL_IMS, INTEL_ICR_RXQ0);
	}
	port_store_release(&race.ended, 1);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(received, FRAMES);
}

/* Garbage in BAR 0: poll comes back, and writes only where it may. */
static void test_garbage(void **state)
{
	struct rig *r = *state;
	u64 seed = 12;
	u32 i, n;

	rig_plug_wire(r);
	for (i = 0; i < 3000; i++) {
		for (n = 0; n < 200; n++)
			st(r, random_below(&seed, 0x6000) & ~3u,
			   (u32)random_wide(&seed));
		if (random_below(&seed, 2))
			bring_up(r);
		st(r, INTEL_TDT, random_below(&seed, 20));
		assert_false(poll(r) & ~0x1f);
		rig_give(r, random_below(&seed, 2000));
	}
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, setup, \
							rig_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_reset),
		TEST(test_commands),
		TEST(test_link_interrupt),
		TEST(test_receive),
		TEST(test_lost_unmask),
		TEST(test_disable),
		TEST(test_transmit),
		TEST(test_neighbours),
		TEST(test_no_interrupt_is_lost),
		TEST(test_garbage),
	};

	return cmocka_run_group_tests_name("82574l, poll", tests, NULL, NULL);
}
