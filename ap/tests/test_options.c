// SPDX-License-Identifier: GPL-2.0-only
#include "testing.h"

#include "cpus.h"
#include "kmod/uapi/intmgr.h"
#include "options.h"
#include "target.h"

static const struct usage run = { .verb = VERB_RUN, .name = "run" };
static const struct usage sweep = { .verb = VERB_SWEEP, .name = "sweep" };

/* Read @words, split at blanks, as the arguments of @usage's verb. */
static int read_words(const struct usage *usage, const char *words,
		      struct plan *plan)
{
	static char text[256];
	char *argv[32] = { "intmgr" };
	int argc = 1;

	snprintf(text, sizeof(text), "%s", words);
	for (char *w = strtok(text, " "); w; w = strtok(NULL, " "))
		argv[argc++] = w;
	plan_init(plan);
	return options_read(usage, argc, argv, plan);
}

static void nothing_is_the_papers_run(void **state)
{
	struct plan plan;

	assert_int_equal(read_words(&run, "", &plan), 0);
	assert_int_equal(plan.interval_ns, 38000);
	assert_int_equal(plan.count, 5000);
	assert_int_equal(plan.size, 1500);
	assert_int_equal(plan.late, LATE_SHIFT);
	assert_int_equal(plan.against, INTMGR_AGAINST_DRIVER);
	assert_true(plan.floors);
	assert_false(plan.closed_loop || plan.json || plan.quiet);
}

static void every_option_lands_in_the_plan(void **state)
{
	struct plan plan;

	assert_int_equal(read_words(&run,
		"--interval 1.5us --count 2k --size 9000 --ring 512 --mtu 9000 --seed 7 --late catch-up --cpu 1 --target-cpu 0",
		&plan), 0);
	assert_int_equal(plan.interval_ns, 1500);
	assert_int_equal(plan.count, 2000);
	assert_int_equal(plan.size, 9000);
	assert_int_equal(plan.ring, 512);
	assert_int_equal(plan.mtu, 9000);
	assert_int_equal(plan.seed, 7);
	assert_int_equal(plan.late, LATE_CATCH_UP);
	assert_int_equal(plan.cpu, 1);
	assert_int_equal(plan.target_cpu, 0);
	assert_int_equal(read_words(&run,
		"--against memory --closed-loop --no-floor --json --quiet --log f --warmup 0 --expect success>1 --expect sent>2",
		&plan), 0);
	assert_int_equal(plan.against, INTMGR_AGAINST_MEMORY);
	assert_true(plan.closed_loop && plan.json && plan.quiet);
	assert_false(plan.floors);
	assert_string_equal(plan.log, "f");
	assert_int_equal(plan.warmup, 0);
	assert_int_equal(plan.expects, 2);
	assert_string_equal(plan.expect[1].name, "sent");
}

static void drivers_have_their_usual_attachment(void **state)
{
	static const struct {
		const char *words, *driver;
		u32 attachment, queues;
	} good[] = {
		{ "--target kernel", "e1000e", INTMGR_ATTACH_PATCHED, 1 },
		{ "--target uml", "e1000e", INTMGR_ATTACH_STOCK, 1 },
		{ "--deterministic", "e1000e", INTMGR_ATTACH_STOCK, 1 },
		{ "--attach stock", "e1000e", INTMGR_ATTACH_STOCK, 1 },
		{ "--target kernel --attach poll --driver e1000e", "e1000e",
		  INTMGR_ATTACH_POLL, 1 },
		{ "--driver e1000 --size 16124", "e1000",
		  INTMGR_ATTACH_STOCK, 1 },
		{ "--driver virtio_net --queues 1", "virtio_net",
		  INTMGR_ATTACH_STOCK, 1 },
		{ "--queues 2 --driver igb --attach stock", "igb",
		  INTMGR_ATTACH_STOCK, 2 },
	};
	struct plan plan;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		assert_int_equal(read_words(&run, good[i].words, &plan), 0);
		assert_int_not_equal(plan_check(&plan), 2);
		assert_string_equal(plan.driver->name, good[i].driver);
		assert_int_equal(plan.attachment, good[i].attachment);
		assert_int_equal(plan_queues(&plan), good[i].queues);
	}
}

/* What a driver cannot do is said before anything is touched. */
static void drivers_are_not_asked_for_more(void **state)
{
	static const char *const bad[] = {
		"--driver e1000 --attach poll", "--driver igb --attach patched",
		"--driver e1000 --size 16125", "--driver igb --size 9231",
		"--attach stock --size 16000", "--queues 2",
		"--driver e1000 --queues 2", "--driver virtio_net --queues 2",
		"--target node --function 1", "--target uml --function 1",
		"--target uml --attach patched", "--target uml --attach poll",
		"--target kernel --deterministic", "--target node --deterministic",
		"--target uml --restart",
	};
	struct plan plan;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_int_equal(read_words(&run, bad[i], &plan), 0);
		assert_int_equal(plan_check(&plan), 2);
	}
	assert_int_equal(read_words(&run, "--driver nfp", &plan), 2);
	assert_int_equal(read_words(&run, "--attach trap", &plan), 2);
	assert_int_equal(read_words(&run, "--function 9", &plan), 2);
	assert_int_equal(read_words(&run, "--queues 9", &plan), 2);
}

/* A function or a node says itself what it is. */
static void what_is_there_decides_the_driver(void **state)
{
	struct plan plan;

	assert_int_equal(read_words(&run,
		"--target kernel --function 3 --size 16384", &plan), 0);
	assert_int_not_equal(plan_check(&plan), 2);
	assert_int_equal(plan.function, 3);
	assert_null(plan.driver);
	assert_int_equal(plan.attachment, PLAN_DEFAULT);
	assert_int_equal(read_words(&run, "--target node --queues 4", &plan),
			 0);
	assert_int_equal(plan_check(&plan), 0);
	assert_null(plan.driver);
	assert_int_equal(plan.queues, 4);
}

static void a_sweep_has_ranges_and_lists(void **state)
{
	struct plan plan;

	assert_int_equal(read_words(&sweep,
		"--interval=500ns..2.5us --size 66,1500,16384 --points 7 --out t --plot p",
		&plan), 0);
	assert_int_equal(plan.from_ns, 500);
	assert_int_equal(plan.to_ns, 2500);
	assert_int_equal(plan.nsizes, 3);
	assert_int_equal(plan.sizes[2], 16384);
	assert_int_equal(plan_largest(&plan), 16384);
	assert_int_equal(plan.points, 7);
	assert_string_equal(plan.out, "t");
	assert_string_equal(plan.plot, "p");
}

static void verbs_have_their_own_options(void **state)
{
	struct plan plan;

	assert_int_equal(read_words(&run, "--points 7", &plan), 2);
	assert_int_equal(read_words(&run, "--interval 1us..2us", &plan), 2);
	assert_int_equal(read_words(&sweep, "--json", &plan), 2);
	assert_int_equal(read_words(&sweep, "--interval 38us", &plan), 2);
	assert_int_equal(read_words(&sweep, "--points 3 --step 1us", &plan), 2);
	assert_int_equal(read_words(&sweep, "--step 1us --points 3", &plan), 2);
	assert_int_equal(read_words(&run, "38us", &plan), 2);
}

static void targets_are_kernel_uml_and_nodes(void **state)
{
	static const char *const bad[] = {
		"--target node:0", "--target node:9", "--target node:",
		"--target node:1x", "--target nodes", "--target uml:1",
	};
	struct plan plan;
	size_t i;

	assert_int_equal(read_words(&run, "", &plan), 0);
	assert_null(plan.target);
	assert_int_equal(plan.node, 0);
	assert_int_equal(read_words(&run, "--target node --target uml", &plan),
			 0);
	assert_ptr_equal(plan.target, &target_uml);
	assert_int_equal(plan.node, 0);
	assert_int_equal(read_words(&run, "--target node --restart", &plan), 0);
	assert_int_equal(plan.node, 1);
	assert_true(plan.restart);
	assert_int_equal(read_words(&sweep, "--target node:8", &plan), 0);
	assert_int_equal(plan.node, 8);
	assert_ptr_equal(plan.target, &target_node);
	assert_int_equal(read_words(&run, "--target node:3 --target kernel",
				    &plan), 0);
	assert_int_equal(plan.node, 0);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(read_words(&run, bad[i], &plan), 2);
}

static void what_takes_time_is_a_list(void **state)
{
	static const char *const bad[] = {
		"--cost frame", "--cost frame=", "--cost frame=0ns", "--cost frames=1us",
		"--cost frame=2s", "--cost ,", "--cost access=1us,,frame=1us",
	};
	struct plan plan;
	size_t i;

	assert_int_equal(read_words(&run, "--cost access=50ns,interrupt=1us",
				    &plan), 0);
	assert_int_equal(plan.cost.access_ns, 50);
	assert_int_equal(plan.cost.frame_ns, 2000);
	assert_int_equal(plan.cost.interrupt_ns, 1000);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(read_words(&run, bad[i], &plan), 2);
}

/* A node numbers its CPUs by itself. */
static void a_node_has_cpus_of_its_own(void **state)
{
	struct plan plan;

	assert_int_equal(read_words(&run, "--target node", &plan), 0);
	assert_int_equal(plan_check(&plan), 0);
	assert_int_equal(plan.target_cpu, 0);
	assert_int_equal(read_words(&run,
		"--target node --cpu 0 --target-cpu 60000", &plan), 0);
	assert_int_equal(plan_check(&plan), 0);
	assert_int_equal(plan.target_cpu, 60000);
	assert_int_equal(read_words(&run, "--target node --cpu 60000", &plan),
			 0);
	assert_int_equal(plan_check(&plan), 2);
	assert_int_equal(read_words(&run, "--restart", &plan), 0);
	assert_int_equal(plan_check(&plan), 2);
}

static void cpu_lists_as_the_kernel_writes_them(void **state)
{
	static const char *const bad[] = {
		"", "x", "1-", "3-1", "1,,2", "1,", "-1", "0-99999999", "0 1",
	};
	cpu_set_t set;
	size_t i;

	assert_int_equal(cpus_parse("0-3,5\n", &set), 0);
	assert_int_equal(CPU_COUNT(&set), 5);
	assert_false(CPU_ISSET(4, &set));
	assert_int_equal(cpus_highest_but(&set, 0), 5);
	assert_int_equal(cpus_highest_but(&set, 5), 3);
	assert_int_equal(cpus_parse("0", &set), 0);
	assert_int_equal(cpus_highest_but(&set, 0), -1);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(cpus_parse(bad[i], &set), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_the_papers_run),
		cmocka_unit_test(every_option_lands_in_the_plan),
		cmocka_unit_test(drivers_have_their_usual_attachment),
		cmocka_unit_test(drivers_are_not_asked_for_more),
		cmocka_unit_test(what_is_there_decides_the_driver),
		cmocka_unit_test(a_sweep_has_ranges_and_lists),
		cmocka_unit_test(verbs_have_their_own_options),
		cmocka_unit_test(targets_are_kernel_uml_and_nodes),
		cmocka_unit_test(what_takes_time_is_a_list),
		cmocka_unit_test(a_node_has_cpus_of_its_own),
		cmocka_unit_test(cpu_lists_as_the_kernel_writes_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
