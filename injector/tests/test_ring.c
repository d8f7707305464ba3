// SPDX-License-Identifier: GPL-2.0-only
/*
 * A descriptor ring as registers describe it: when it can be used, and what is
 * told of one that cannot (82574 data sheet 10.2.5, 10.2.6).
 */
#include "testing.h"

#include "intel_regs.h"
#include "ring.h"

#define BUS	0x80000000ULL
#define BASE	INTEL_RDBAL

static u8 memory[4096] __aligned(4096);
static u32 csr[0x4000 / 4];

static void set(u64 base, u32 bytes, u32 head, u32 tail)
{
	csr[BASE / 4] = (u32)base;
	csr[INTEL_RDBAH / 4] = (u32)(base >> 32);
	csr[INTEL_RDLEN / 4] = bytes;
	csr[INTEL_RDH / 4] = head;
	csr[INTEL_RDT / 4] = tail;
}

static void test_check(void **state)
{
	static const struct {
		const char *why;
		u64 base;
		u32 bytes, head, tail;
		enum ring_state state;
		enum fault_kind fault;
		u32 reg;
		u64 value;
	} t[] = {
		{ "one free", BUS, 128, 0, 1, RING_READY, FAULT_NONE, 0, 0 },
		{ "across the wrap", BUS, 128, 7, 0, RING_READY, FAULT_NONE,
		  0, 0 },
		{ "all of the memory", BUS, 4096, 255, 254, RING_READY,
		  FAULT_NONE, 0, 0 },
		{ "empty", BUS, 128, 3, 3, RING_EMPTY, FAULT_NONE, 0, 0 },
		{ "empty, and anywhere", 0x1234560, 4, 0xffff, 0xffff,
		  RING_EMPTY, FAULT_RING, INTEL_RDLEN, 4 },
		{ "not set up", 0, 0, 0, 1, RING_BAD, FAULT_RING,
		  INTEL_RDLEN, 0 },
		{ "not a multiple of 128", BUS, 144, 0, 1, RING_BAD,
		  FAULT_RING, INTEL_RDLEN, 144 },
		{ "less than a unit", BUS, 16, 0, 1, RING_BAD, FAULT_RING,
		  INTEL_RDLEN, 16 },
		{ "head beyond", BUS, 128, 8, 1, RING_BAD, FAULT_RING,
		  INTEL_RDH, 8 },
		{ "tail beyond", BUS, 128, 1, 8, RING_BAD, FAULT_TAIL,
		  INTEL_RDT, 8 },
		{ "tail far beyond", BUS, 128, 0, 0xffffffff, RING_BAD,
		  FAULT_TAIL, INTEL_RDT, 0xffffffff },
		{ "begins below", BUS - 16, 128, 0, 1, RING_BAD, FAULT_RING,
		  BASE, BUS - 16 },
		{ "ends above", BUS + 4096 - 112, 128, 0, 1, RING_BAD,
		  FAULT_RING, INTEL_RDLEN, 128 },
		{ "at 0", 0, 128, 0, 1, RING_BAD, FAULT_RING, BASE, 0 },
		{ "larger than all memory", BUS, 0xffffff80, 0, 1, RING_BAD,
		  FAULT_RING, INTEL_RDLEN, 0xffffff80 },
	};
	struct nic nic = {
		.region = { { BUS, sizeof(memory), memory, NULL } },
		.regions = 1,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(t); i++) {
		struct ring r;

		set(t[i].base, t[i].bytes, t[i].head, t[i].tail);
		ring_load(&r, csr, BASE);
		if (ring_check(&r, &nic) != t[i].state ||
		    r.fault != t[i].fault ||
		    (r.fault && (r.fault_reg != t[i].reg ||
				 r.fault_value != t[i].value)))
			fail_msg("%s: fault %d at %x with %llx", t[i].why,
				 r.fault, r.fault_reg,
				 (unsigned long long)r.fault_value);
		assert_int_equal(!r.at, t[i].fault != FAULT_NONE);
	}
}

/* The low bits of the base do not exist. */
static void test_base_is_aligned(void **state)
{
	struct ring r;

	set(BUS + 15, 128, 0, 1);
	ring_load(&r, csr, BASE);
	assert_int_equal(r.base, BUS);
}

static void test_note(void **state)
{
	struct nic_port port = { 0 };
	struct nic nic = { .port = &port };
	struct fault_report f;
	struct ring r;

	set(BUS, 128, 0, 1);
	ring_load(&r, csr, BASE);
	assert_int_equal(ring_check(&r, &nic), RING_BAD);
	assert_false(faults_get(&port.faults, 0, &f));
	ring_note(&r, &nic);
	assert_true(faults_get(&port.faults, 0, &f));
	assert_int_equal(f.kind, FAULT_RING);
	assert_int_equal(f.reg, BASE);
	assert_int_equal(f.value, BUS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_base_is_aligned),
		cmocka_unit_test(test_note),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
