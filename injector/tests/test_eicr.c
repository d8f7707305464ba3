// SPDX-License-Identifier: GPL-2.0-only
/*
 * Extended interrupt causes against the 82576 data sheet, 7.3 and 8.8: every
 * combination of cause, mask, auto-clear and auto-mask for one vector, then what
 * the others do.
 */
#include "testing.h"

#include "82576_regs.h"
#include "eicr.h"
#include "intel_regs.h"

#define QUEUE	0x02
#define OTHER	0x01

static struct eicr_wiring msix(void)
{
	return (struct eicr_wiring) {
		.gpie = I82576_GPIE_MULTIPLE_MSIX | I82576_GPIE_EIAME |
			I82576_GPIE_NSICR,
		.ivar_misc = I82576_IVAR_VALID << 8,
	};
}

static struct eicr state_of(u32 eicr, u32 eims)
{
	return (struct eicr) { .extended = (u64)eims << 32 | eicr };
}

static void assert_state(const struct eicr *e, u32 eicr, u32 eims)
{
	assert_int_equal(eicr_pending(e), eicr);
	assert_int_equal(eicr_unmasked(e), eims);
}

/* Raising a cause: 8.8.2, 8.8.5, 8.8.6 */
static void test_raise_table(void **state)
{
	unsigned int i;

	for (i = 0; i < 32; i++) {
		bool pending = i & 1, unmasked = i & 2, clears = i & 4;
		bool masks = i & 8, eiame = i & 16;
		bool due = unmasked && !pending;
		struct eicr e = state_of(pending ? QUEUE : 0,
					 unmasked ? QUEUE : 0);
		struct eicr_wiring w = msix();

		w.eiac = clears ? QUEUE : 0;
		w.eiam = masks ? QUEUE : 0;
		if (!eiame)
			w.gpie &= ~I82576_GPIE_EIAME;
		assert_int_equal(eicr_raise(&e, &w, QUEUE), due ? QUEUE : 0);
		assert_state(&e, due && clears ? 0 : QUEUE,
			     unmasked && !(due && masks && eiame) ? QUEUE : 0);
	}
}

/* Unmasking one: the same edges, from the other side. */
static void test_unmask_table(void **state)
{
	unsigned int i;

	for (i = 0; i < 16; i++) {
		bool pending = i & 1, unmasked = i & 2, clears = i & 4;
		bool masks = i & 8;
		bool due = pending && !unmasked;
		struct eicr e = state_of(pending ? QUEUE : 0,
					 unmasked ? QUEUE : 0);
		struct eicr_wiring w = msix();

		w.eiac = clears ? QUEUE : 0;
		w.eiam = masks ? QUEUE : 0;
		assert_int_equal(eicr_unmask(&e, &w, QUEUE), due ? QUEUE : 0);
		assert_state(&e, pending && !(due && clears) ? QUEUE : 0,
			     due && masks ? 0 : QUEUE);
	}
}

/* As igb uses it: one message until EIMS is written, then none or one more. */
static void test_napi(void **state)
{
	struct eicr_wiring w = msix();
	struct eicr e = { 0 };

	w.eiac = QUEUE;
	w.eiam = QUEUE;
	assert_int_equal(eicr_unmask(&e, &w, QUEUE), 0);
	assert_int_equal(eicr_raise(&e, &w, QUEUE), QUEUE);
	assert_int_equal(eicr_raise(&e, &w, QUEUE), 0);
	assert_int_equal(eicr_raise(&e, &w, QUEUE), 0);
	assert_int_equal(eicr_unmask(&e, &w, QUEUE), QUEUE);
	assert_int_equal(eicr_unmask(&e, &w, QUEUE), 0);
	assert_int_equal(eicr_raise(&e, &w, QUEUE), QUEUE);
}

/* Other vectors are left alone. */
static void test_neighbours(void **state)
{
	struct eicr e = state_of(0x10, 0x1f);
	struct eicr_wiring w = msix();

	w.eiac = 0x3ff;
	w.eiam = 0x3ff;
	assert_int_equal(eicr_raise(&e, &w, 0x0c), 0x0c);
	assert_state(&e, 0x10, 0x13);
	eicr_mask(&e, &w, 0x02);
	assert_state(&e, 0x10, 0x11);
	eicr_clear(&e, &w, 0x30);
	assert_state(&e, 0, 0x11);
}

/* Ten messages; 25 causes have bits, and no others (8.8.1). */
static void test_vectors(void **state)
{
	struct eicr_wiring w = msix();
	struct eicr e = { 0 };

	assert_int_equal(eicr_unmask(&e, &w, ~0u), 0);
	assert_int_equal(eicr_unmasked(&e), 0x01ffffff);
	assert_int_equal(eicr_raise(&e, &w, ~0u), 0x3ff);
	assert_int_equal(eicr_pending(&e), 0x01ffffff);

	assert_int_equal(eicr_cause(0x80), 1);
	assert_int_equal(eicr_cause(0x89), 0x200);
	assert_int_equal(eicr_cause(0x09), 0);
	assert_int_equal(eicr_vector(&w, 0x89), 9);
	assert_int_equal(eicr_vector(&w, 0x8a), -1);
	assert_int_equal(eicr_vector(&w, 0x09), -1);
	w.gpie = 0;
	assert_int_equal(eicr_vector(&w, 0x89), 0);
}

/* 8.8.1, 8.8.6: reading clears all, and without EIAME masks what EIAM says. */
static void test_read(void **state)
{
	struct eicr e = state_of(0x06, 0x0f);
	struct eicr_wiring w = msix();

	w.eiam = 0x05;
	assert_int_equal(eicr_read(&e, &w), 0x06);
	assert_state(&e, 0, 0x0f);
	w.gpie &= ~I82576_GPIE_EIAME;
	assert_int_equal(eicr_read(&e, &w), 0);
	assert_state(&e, 0, 0x0a);
}

/* 7.3.2: an other cause that turns pending and unmasked raises their vector. */
static void test_other_causes(void **state)
{
	struct eicr_wiring w = msix();
	struct eicr e = { 0 };

	w.eiac = OTHER;
	w.eiam = OTHER;
	eicr_unmask(&e, &w, OTHER);
	assert_int_equal(eicr_other_raise(&e, &w, INTEL_ICR_LSC), 0);
	assert_int_equal(eicr_other_unmask(&e, &w, INTEL_ICR_LSC), OTHER);
	/* pending and unmasked already: no edge */
	eicr_unmask(&e, &w, OTHER);
	assert_int_equal(eicr_other_raise(&e, &w, INTEL_ICR_LSC), 0);
	assert_int_equal(eicr_other_read(&e, &w), INTEL_ICR_LSC |
						  INTEL_ICR_INT_ASSERTED);
	assert_int_equal(eicr_other_read(&e, &w), 0);
	assert_int_equal(eicr_other_raise(&e, &w, INTEL_ICR_LSC), OTHER);
	/* the vector is masked, until the driver is through with the first */
	eicr_other_read(&e, &w);
	assert_int_equal(eicr_other_raise(&e, &w, INTEL_ICR_LSC), 0);
	assert_int_equal(eicr_unmask(&e, &w, OTHER), OTHER);

	/* without a valid entry nobody is told */
	eicr_other_read(&e, &w);
	w.ivar_misc = 0;
	eicr_unmask(&e, &w, OTHER);
	assert_int_equal(eicr_other_raise(&e, &w, INTEL_ICR_LSC), 0);
	assert_int_equal(eicr_other_pending(&e), INTEL_ICR_LSC);
}

/* 8.8.8: when reading ICR clears it */
static void test_other_read_table(void **state)
{
	unsigned int i;

	for (i = 0; i < 8; i++) {
		bool nsicr = i & 1, mask = i & 2, asserted = i & 4;
		struct eicr_wiring w = msix();
		struct eicr e = { 0 };
		u32 expected = INTEL_ICR_TXDW;

		if (!nsicr)
			w.gpie &= ~I82576_GPIE_NSICR;
		eicr_other_raise(&e, &w, INTEL_ICR_TXDW);
		if (mask)
			eicr_other_unmask(&e, &w, INTEL_ICR_LSC);
		if (asserted) {
			eicr_other_raise(&e, &w, INTEL_ICR_LSC);
			expected |= INTEL_ICR_LSC;
		}
		if (asserted && mask)
			expected |= INTEL_ICR_INT_ASSERTED;
		assert_int_equal(eicr_other_read(&e, &w), expected);
		assert_int_equal(eicr_other_pending(&e),
				 nsicr || !mask || asserted ? 0 :
							      INTEL_ICR_TXDW);
	}
}

/* IAM masks on an access to ICR, if CTRL_EXT.IAME says so. */
static void test_other_auto_mask(void **state)
{
	struct eicr_wiring w = msix();
	struct eicr e = { 0 };

	w.iam = INTEL_ICR_LSC;
	eicr_other_unmask(&e, &w, INTEL_ICR_LSC | INTEL_ICR_TXDW);
	eicr_other_raise(&e, &w, INTEL_ICR_LSC);
	eicr_other_read(&e, &w);
	assert_int_equal(eicr_other_unmasked(&e), INTEL_ICR_LSC |
						  INTEL_ICR_TXDW);
	w.ctrl_ext = INTEL_CTRL_EXT_IAME;
	eicr_other_raise(&e, &w, INTEL_ICR_LSC);
	eicr_other_read(&e, &w);
	assert_int_equal(eicr_other_unmasked(&e), INTEL_ICR_TXDW);
	eicr_other_mask(&e, ~0u);
	assert_int_equal(eicr_other_unmasked(&e), 0);
}

/* 7.3.1: without multiple messages the first stands for all; nothing is automatic. */
static void test_single_message(void **state)
{
	struct eicr_wiring w = { .eiac = ~0u, .eiam = ~0u };
	struct eicr e = { 0 };

	eicr_unmask(&e, &w, 0x8000);
	assert_int_equal(eicr_raise(&e, &w, 0x8000), 1);
	assert_state(&e, 0x8000, 0x8000);
	assert_int_equal(eicr_raise(&e, &w, 0x8000), 0);
	assert_int_equal(eicr_raise(&e, &w, 0x4000), 0);

	eicr_other_unmask(&e, &w, INTEL_ICR_LSC);
	assert_int_equal(eicr_other_raise(&e, &w, INTEL_ICR_LSC), 1);
	assert_int_equal(eicr_pending(&e), 0x8000c000);
	eicr_other_read(&e, &w);
	assert_int_equal(eicr_pending(&e), 0x0000c000);
}

static void test_reset(void **state)
{
	struct eicr e = { ~0ULL, ~0ULL };

	eicr_reset(&e);
	assert_state(&e, 0, 0);
	assert_int_equal(eicr_other_pending(&e), 0);
	assert_int_equal(eicr_other_unmasked(&e), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_raise_table),
		cmocka_unit_test(test_unmask_table),
		cmocka_unit_test(test_napi),
		cmocka_unit_test(test_neighbours),
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_other_causes),
		cmocka_unit_test(test_other_read_table),
		cmocka_unit_test(test_other_auto_mask),
		cmocka_unit_test(test_single_message),
		cmocka_unit_test(test_reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
