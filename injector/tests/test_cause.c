// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupt causes: which message goes out when, and what it clears and masks
 * (82574 data sheet 7.4, 10.2.4). The truth table is complete for one cause.
 */
#include "testing.h"

#include "cause.h"
#include "intel_regs.h"

static const u32 queue_cause[] = {
	INTEL_ICR_RXQ0, INTEL_ICR_RXQ1, INTEL_ICR_TXQ0, INTEL_ICR_TXQ1,
	INTEL_ICR_OTHER,
};

static u32 icr_of(const struct cause *c)
{
	return (u32)c->word;
}

static struct cause make(u32 icr, u32 ims)
{
	return (struct cause) { (u64)ims << 32 | icr };
}

/* One row of the table: one cause, everything that bears on it. */
struct row {
	unsigned int queue;	/* which cause */
	bool was_pending, was_unmasked;
	bool by_unmasking;	/* else by raising */
	bool eiac, iam, eiame, iame, valid;
	u32 vector;
};

static struct row row_of(u32 n, unsigned int queue)
{
	return (struct row) {
		.queue = queue,
		.was_pending = n & 1, .was_unmasked = n & 2,
		.by_unmasking = n & 4, .eiac = n & 8, .iam = n & 16,
		.eiame = n & 32, .iame = n & 64, .valid = n & 128,
		.vector = n >> 8 & 7,
	};
}

static struct cause_wiring wiring_of(const struct row *r)
{
	u32 bit = queue_cause[r->queue];

	return (struct cause_wiring) {
		.ivar = (r->vector | (r->valid ? 8 : 0)) << (4 * r->queue),
		.eiac = r->eiac ? bit : 0,
		.iam = r->iam ? bit : 0,
		.ctrl_ext = (r->eiame ? INTEL_CTRL_EXT_EIAME : 0) |
			    (r->iame ? INTEL_CTRL_EXT_IAME : 0),
	};
}

static void check_row(const struct row *r)
{
	u32 bit = queue_cause[r->queue];
	struct cause_wiring w = wiring_of(r);
	struct cause c = make(r->was_pending ? bit : 0,
			      r->was_unmasked ? bit : 0);
	bool pending = r->was_pending || !r->by_unmasking;
	bool unmasked = r->was_unmasked || r->by_unmasking;
	bool news = pending && unmasked &&
		    !(r->was_pending && r->was_unmasked);
	bool message = news && r->valid && r->vector < CAUSE_VECTORS;
	u32 vectors;

	if (message && r->eiac)
		pending = false;
	if (message && ((r->eiame && r->iam) || (!r->iame && r->eiac)))
		unmasked = false;

	vectors = r->by_unmasking ? cause_unmask(&c, &w, bit) :
				    cause_raise(&c, &w, bit);
	assert_int_equal(vectors, message ? 1u << r->vector : 0);
	assert_int_equal(icr_of(&c), pending ? bit : 0);
	assert_int_equal(cause_unmasked(&c), unmasked ? bit : 0);
}

static void test_truth_table(void **state)
{
	unsigned int queue;
	u32 n;

	for (queue = 0; queue < ARRAY_SIZE(queue_cause); queue++)
		for (n = 0; n < 1u << 11; n++) {
			struct row r = row_of(n, queue);

			check_row(&r);
		}
}

/* As e1000_configure_msix() leaves it: RX 0, TX 1, other 2. */
static const struct cause_wiring e1000e = {
	.ivar = 0x800a0908,
	.eiac = INTEL_ICR_RXQ0 | INTEL_ICR_TXQ0,
	.iam = 0xffffffff,
	.ctrl_ext = INTEL_CTRL_EXT_EIAME,
};

#define E1000E_IMS	(INTEL_ICR_RXQ0 | INTEL_ICR_TXQ0 | INTEL_ICR_OTHER | \
			 INTEL_ICR_LSC)

/* NAPI: no second message until IMS is written, and then at once. */
static void test_napi_cycle(void **state)
{
	struct cause c = make(0, E1000E_IMS);

	assert_int_equal(cause_raise(&c, &e1000e, INTEL_ICR_RXQ0), 1);
	assert_int_equal(cause_raise(&c, &e1000e, INTEL_ICR_RXQ0), 0);
	assert_int_equal(cause_raise(&c, &e1000e, INTEL_ICR_RXQ0), 0);
	assert_int_equal(cause_unmask(&c, &e1000e, INTEL_ICR_RXQ0), 1);
	assert_int_equal(cause_unmask(&c, &e1000e, INTEL_ICR_RXQ0), 0);
	assert_int_equal(cause_raise(&c, &e1000e, INTEL_ICR_RXQ0), 1);
}

static void test_causes_do_not_disturb_each_other(void **state)
{
	struct cause c = make(0, E1000E_IMS);

	assert_int_equal(cause_raise(&c, &e1000e, INTEL_ICR_RXQ0), 1);
	assert_int_equal(cause_raise(&c, &e1000e, INTEL_ICR_TXQ0), 2);
	assert_int_equal(cause_raise(&c, &e1000e, INTEL_ICR_LSC), 4);
	assert_int_equal(cause_unmask(&c, &e1000e, INTEL_ICR_RXQ0), 0);
	assert_int_equal(cause_raise(&c, &e1000e,
				     INTEL_ICR_RXQ0 | INTEL_ICR_TXQ0), 1);
}

static void test_two_causes_one_vector(void **state)
{
	struct cause_wiring w = e1000e;
	struct cause c = make(0, E1000E_IMS);

	w.ivar = 0x00080808;
	assert_int_equal(cause_raise(&c, &w, INTEL_ICR_RXQ0 | INTEL_ICR_TXQ0),
			 1);
	assert_int_equal(cause_raise(&c, &w, INTEL_ICR_LSC), 1);
}

/* 10.2.4.1: link change, overrun and their like set OTHER. */
static void test_other(void **state)
{
	static const u32 causes[] = {
		INTEL_ICR_LSC, INTEL_ICR_RXO, INTEL_ICR_MDAC, INTEL_ICR_SRPD,
		INTEL_ICR_ACK, INTEL_ICR_MNG,
	};
	unsigned int i;
	struct cause c;

	for (i = 0; i < ARRAY_SIZE(causes); i++) {
		c = make(0, INTEL_ICR_OTHER);
		assert_int_equal(cause_raise(&c, &e1000e, causes[i]), 4);
		assert_int_equal(icr_of(&c), causes[i] | INTEL_ICR_OTHER);
	}
	c = make(0, INTEL_ICR_OTHER);
	assert_int_equal(cause_raise(&c, &e1000e,
				     INTEL_ICR_RXT0 | INTEL_ICR_TXDW), 0);
	assert_int_equal(icr_of(&c), INTEL_ICR_RXT0 | INTEL_ICR_TXDW);
}

static void test_read(void **state)
{
	static const struct {
		const char *rule;
		u32 icr, ims, ctrl_ext, value, icr_after, ims_after;
	} t[] = {
		{ "nothing pending", 0, 0x84, 0, 0, 0, 0x84 },
		{ "all masked: cleared", 0x84, 0, 0, 0x84, 0, 0 },
		{ "not asserted: kept", 0x80, 0x04, 0, 0x80, 0x80, 0x04 },
		{ "asserted: cleared", 0x84, 0x04, 0, 0x80000084, 0, 0x04 },
		{ "asserted, IAME: IAM masked", 0x84, 0x05,
		  INTEL_CTRL_EXT_IAME, 0x80000084, 0, 0x01 },
		{ "not asserted, IAME: nothing", 0x80, 0x05,
		  INTEL_CTRL_EXT_IAME, 0x80, 0x80, 0x05 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		struct cause_wiring w = { .iam = 0x4,
					  .ctrl_ext = t[i].ctrl_ext };
		struct cause c = make(t[i].icr, t[i].ims);

		if (cause_read(&c, &w) != t[i].value ||
		    icr_of(&c) != t[i].icr_after ||
		    cause_unmasked(&c) != t[i].ims_after)
			fail_msg("broken: %s", t[i].rule);
	}
}

static void test_clear(void **state)
{
	struct cause_wiring w = { .iam = 0x4 };
	struct cause c = make(0x87, 0x86);

	cause_clear(&c, &w, 0x03);
	assert_int_equal(icr_of(&c), 0x84);
	assert_int_equal(cause_unmasked(&c), 0x86);
	w.ctrl_ext = INTEL_CTRL_EXT_IAME;
	cause_clear(&c, &w, 0x80);
	assert_int_equal(icr_of(&c), 0x04);
	assert_int_equal(cause_unmasked(&c), 0x82);
}

/* Bit 31 is derived: it can be neither set nor unmasked. */
static void test_int_asserted_is_not_stored(void **state)
{
	struct cause c = make(0, 0);

	cause_raise(&c, &e1000e, 0xffffffff);
	assert_int_equal(icr_of(&c), 0x7fffffff);
	cause_unmask(&c, &e1000e, INTEL_ICR_INT_ASSERTED);
	assert_int_equal(cause_unmasked(&c), 0);
}

static void test_mask_and_reset(void **state)
{
	struct cause c = make(0xff, 0xff);

	cause_mask(&c, 0x0f);
	assert_int_equal(cause_unmasked(&c), 0xf0);
	assert_int_equal(icr_of(&c), 0xff);
	cause_reset(&c);
	assert_int_equal(c.word, 0);
}

/* Masked causes stay silent however often they come. */
static void test_masked_is_silent(void **state)
{
	struct cause c = make(0, 0);
	unsigned int i;

	for (i = 0; i < 1000; i++)
		assert_int_equal(cause_raise(&c, &e1000e, E1000E_IMS), 0);
	assert_int_equal(cause_unmask(&c, &e1000e, E1000E_IMS), 7);
}

/*
 * One line (8254x manual 13.4.17 to 13.4.21): every state of two causes, pending
 * and masked, against every operation on each.
 */
static void check_line(u32 icr, u32 ims, u32 bits)
{
	bool was = icr & ims;
	struct cause c;

	c = make(icr, ims);
	assert_int_equal(cause_line_raise(&c, bits),
			 !was && ((icr | bits) & ims));
	assert_true(icr_of(&c) == (icr | bits) && cause_unmasked(&c) == ims);

	c = make(icr, ims);
	assert_int_equal(cause_line_unmask(&c, bits),
			 !was && (icr & (ims | bits)));
	assert_true(icr_of(&c) == icr && cause_unmasked(&c) == (ims | bits));

	c = make(icr, ims);
	assert_int_equal(cause_line_read(&c), icr);
	assert_true(icr_of(&c) == 0 && cause_unmasked(&c) == ims);

	c = make(icr, ims);
	cause_line_clear(&c, bits);
	assert_true(icr_of(&c) == (icr & ~bits) && cause_unmasked(&c) == ims);

	c = make(icr, ims);
	cause_mask(&c, bits);
	assert_true(icr_of(&c) == icr && cause_unmasked(&c) == (ims & ~bits));
}

static void test_line_truth_table(void **state)
{
	static const u32 two[] = { 0, INTEL_ICR_RXT0, INTEL_ICR_TXDW,
				   INTEL_ICR_RXT0 | INTEL_ICR_TXDW };
	u32 i;

	for (i = 0; i < 64; i++)
		check_line(two[i & 3], two[i >> 2 & 3], two[i >> 4 & 3]);
}

static void test_vector_of_a_cause(void **state)
{
	struct cause_wiring w = { .ivar = 0x000cd980 };

	assert_int_equal(cause_vector(&w, INTEL_ICR_RXQ0), -1);
	assert_int_equal(cause_vector(&w, INTEL_ICR_RXQ1), 0);
	assert_int_equal(cause_vector(&w, INTEL_ICR_TXQ0), 1);
	assert_int_equal(cause_vector(&w, INTEL_ICR_TXQ1), -1);
	assert_int_equal(cause_vector(&w, INTEL_ICR_OTHER), 4);
	assert_int_equal(cause_vector(&w, INTEL_ICR_LSC), -1);
	assert_int_equal(cause_vector(&w, 0), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_truth_table),
		cmocka_unit_test(test_napi_cycle),
		cmocka_unit_test(test_causes_do_not_disturb_each_other),
		cmocka_unit_test(test_two_causes_one_vector),
		cmocka_unit_test(test_other),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_clear),
		cmocka_unit_test(test_int_asserted_is_not_stored),
		cmocka_unit_test(test_mask_and_reset),
		cmocka_unit_test(test_masked_is_silent),
		cmocka_unit_test(test_line_truth_table),
		cmocka_unit_test(test_vector_of_a_cause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
