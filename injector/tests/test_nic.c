// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "nic.h"

static char memory[3][256];

static struct nic three_regions(void)
{
	return (struct nic) {
		.region = {
			{ 0x1000, 256, memory[0], NULL },
			{ 0x1100, 256, memory[1], NULL },
			{ 0xffffffffffffff00ULL, 255, memory[2], NULL },
		},
		.regions = 3,
	};
}

static void test_map_finds_the_region(void **state)
{
	struct nic nic = three_regions();

	assert_ptr_equal(nic_map(&nic, 0x1000, 1), memory[0]);
	assert_ptr_equal(nic_map(&nic, 0x1000, 256), memory[0]);
	assert_ptr_equal(nic_map(&nic, 0x10ff, 1), memory[0] + 255);
	assert_ptr_equal(nic_map(&nic, 0x1101, 255), memory[1] + 1);
	assert_ptr_equal(nic_map(&nic, 0xfffffffffffffffeULL, 1),
			 memory[2] + 254);
}

static void test_map_refuses(void **state)
{
	static const struct {
		const char *why;
		u64 bus, len;
	} bad[] = {
		{ "below", 0xfff, 1 },
		{ "begins below", 0xfff, 2 },
		{ "across two regions that touch", 0x10ff, 2 },
		{ "both regions", 0x1000, 512 },
		{ "beyond", 0x1200, 1 },
		{ "one byte too long", 0x1001, 256 },
		{ "length wraps", 0x1001, ~0ULL },
		{ "length wraps to the start", 0x1001, 0ULL - 0x1001 },
		{ "end of the address space", ~0ULL, 1 },
		{ "wraps through 0", 0xfffffffffffffffeULL, 4 },
		{ "null", 0, 1 },
	};
	struct nic nic = three_regions();
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		if (nic_map(&nic, bad[i].bus, bad[i].len))
			fail_msg("mapped: %s", bad[i].why);
	nic.regions = 0;
	assert_null(nic_map(&nic, 0x1000, 1));
}

/* A mapping of 1522 bytes from 2048 on, one to read from 6144 to 10000. */
static void test_map_keeps_to_mappings(void **state)
{
	static char big[16384];
	static const u64 extent[8] = {
		0, 2048 + 1522, 0, 10000 | NIC_EXTENT_READONLY,
		10000 | NIC_EXTENT_READONLY, 0, 0, 0,
	};
	struct nic nic = {
		.region = { { 0x10000, sizeof(big), big, extent } },
		.regions = 1,
	};

	assert_null(nic_map(&nic, 0x10000, 1));
	assert_ptr_equal(nic_map(&nic, 0x10800, 1522), big + 2048);
	assert_null(nic_map(&nic, 0x10800, 1523));
	assert_ptr_equal(nic_map_read(&nic, 0x10800, 1522), big + 2048);
	assert_null(nic_map_read(&nic, 0x107ff, 2));
	assert_null(nic_map(&nic, 0x10000 + 6144, 1));
	assert_ptr_equal(nic_map_read(&nic, 0x10000 + 6144, 3856), big + 6144);
	assert_ptr_equal(nic_map_read(&nic, 0x10000 + 9999, 1), big + 9999);
	assert_null(nic_map_read(&nic, 0x10000 + 9999, 2));
	assert_null(nic_map_read(&nic, 0x10000 + 12288, 1));
}

/* A model of one function: what nic_give() lets through. */
static u32 given;

static void count_give(struct nic *nic, const struct nic_frame *frame,
		       struct nic_gift *gift)
{
	assert_int_equal(nic->port->gives & 1, 1);
	assert_int_equal(gift->vectors | gift->slot | gift->queue, 0);
	gift->outcome = OUTCOME_DELIVERED;
	given++;
}

static void test_give(void **state)
{
	static const struct nic_ops ops = { .give = count_give };
	struct nic_port port = { .master = 1 };
	struct nic nic = { .ops = &ops, .port = &port };
	struct nic_frame frame = { 0 };
	struct nic_gift gift;

	given = 0;
	memset(&gift, 0xff, sizeof(gift));
	nic_give(&nic, &frame, &gift);
	assert_int_equal(gift.outcome, OUTCOME_DELIVERED);
	assert_int_equal(port.gives, 2);
	port.dead = 1;
	nic_give(&nic, &frame, &gift);
	assert_int_equal(gift.outcome, OUTCOME_RX_OFF);
	port.dead = 0;
	port.master = 0;
	nic_give(&nic, &frame, &gift);
	assert_int_equal(gift.outcome, OUTCOME_RX_OFF);
	assert_int_equal(given, 1);
	assert_int_equal(port.gives, 6);
	/* one that died inside is passed over */
	port.master = 1;
	port.gives = 7;
	nic_give(&nic, &frame, &gift);
	assert_int_equal(gift.outcome, OUTCOME_DELIVERED);
	assert_int_equal(port.gives & 1, 0);
	assert_false(nic_still_giving(&nic, 7));
}

static void test_wait_quiet(void **state)
{
	struct nic_port port = { .gives = 4 };
	struct nic nic = { .port = &port };

	nic_wait_quiet(&nic);
	assert_int_equal(port.unquiet, 0);
	port.gives = 5;
	nic_wait_quiet(&nic);
	assert_int_equal(port.unquiet, 1);
	assert_true(nic_still_giving(&nic, 5));
	assert_false(nic_still_giving(&nic, 4));
}

static void test_models_by_name(void **state)
{
	unsigned int i;

	for (i = 0; nic_models[i]; i++)
		assert_ptr_equal(nic_model(nic_models[i]->name), nic_models[i]);
	assert_true(i >= 1);
	assert_non_null(nic_model("82574l"));
	assert_non_null(nic_model("82545gm"));
	assert_null(nic_model("82574"));
	assert_null(nic_model("82574l "));
	assert_null(nic_model(""));
}

static bool is_power_of_two(u32 n)
{
	return n && !(n & (n - 1));
}

/* What the PCI function is built from, and what intmgr relies on. */
static void check_model(const struct nic_ops *ops)
{
	const struct nic_identity *id = &ops->identity;
	u32 table_end = id->msix_table + 16 * id->vectors;
	unsigned int i;

	assert_non_null(ops->power_on);
	assert_non_null(ops->read);
	assert_non_null(ops->write);
	assert_non_null(ops->give);
	assert_non_null(ops->set_link);
	assert_non_null(ops->longest);
	assert_non_null(ops->peek);
	assert_non_null(ops->waiting);
	assert_non_null(ops->steer);
	assert_non_null(ops->rx_queues);
	assert_non_null(ops->rx_vector);
	assert_non_null(ops->rx_ring);
	assert_true(strlen(ops->name) < 16);
	assert_true(ops->state_size > 0);
	assert_true(id->vectors <= NIC_MAX_VECTORS);
	assert_true(ops->queues >= 1 && ops->queues <= NIC_MAX_QUEUES);
	assert_int_equal(id->class_code, 0x020000);
	for (i = 0; i < NIC_BARS; i++)
		assert_true(!id->bar[i].size || is_power_of_two(id->bar[i].size));
	assert_true(id->bar[0].size && !id->bar[0].io);
	if (!id->vectors)	/* INTx */
		return;
	assert_true(table_end <= id->msix_pba);
	assert_true(id->msix_pba + 8 <= id->bar[id->msix_bar].size);
}

static void test_models_are_complete(void **state)
{
	unsigned int i;

	for (i = 0; nic_models[i]; i++)
		check_model(nic_models[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_map_finds_the_region),
		cmocka_unit_test(test_map_refuses),
		cmocka_unit_test(test_map_keeps_to_mappings),
		cmocka_unit_test(test_give),
		cmocka_unit_test(test_wait_quiet),
		cmocka_unit_test(test_models_by_name),
		cmocka_unit_test(test_models_are_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
