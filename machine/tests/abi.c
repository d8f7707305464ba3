// SPDX-License-Identifier: GPL-2.0-only
/*
 * The promises of kmod/uapi/intmgr.h, asked of the loaded modules: sizes,
 * reserved fields, flags, and the errnos that a program alone can bring about.
 * Runs in the machine, with function 1 and its interface set up; as "abi N" with
 * function N, as "abi node" where node 1 is up.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "function.h"
#include "injector/frame.h"
#include "injector/record.h"
#include "injector/schedule.h"
#include "intmgr_node.h"

static int device = -1;
static uint32_t function = 1;

static int call(unsigned long cmd, void *arg)
{
	return ioctl(device, cmd, arg) ? -errno : 0;
}

static int open_device(void **state)
{
	(void)state;
	device = open(INTMGR_DEVICE, O_RDWR | O_CLOEXEC);
	return device < 0;
}

static int close_device(void **state)
{
	(void)state;
	return close(device);
}

/* ---- sizes, on every ioctl ---- */

struct abi {
	const char *name;
	unsigned long cmd;
	size_t size;
};

#define ABI(NAME, type) { #NAME, INTMGR_IOC_##NAME, sizeof(struct type) }

static const struct abi abi[] = {
	ABI(QUERY, intmgr_query),
	ABI(ATTACH, intmgr_attach),
	ABI(RUN, intmgr_run),
	ABI(STOP, intmgr_stop),
	ABI(STATS, intmgr_stats),
	ABI(RECORDS, intmgr_records),
	ABI(LINK, intmgr_link),
	ABI(AGENT, intmgr_agent),
};

/* @size in the struct's first field, @tail in the first byte beyond it. */
static int call_sized(const struct abi *a, uint32_t size, char tail)
{
	_Alignas(8) char arg[8192] = { 0 };

	memcpy(arg, &size, sizeof(size));
	arg[a->size] = tail;
	return call(a->cmd, arg);
}

static void sizes_too_short(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(abi); i++) {
		assert_int_equal(call_sized(&abi[i], 0, 0), -EINVAL);
		assert_int_equal(call_sized(&abi[i], 4, 0), -EINVAL);
		assert_int_equal(call_sized(&abi[i], abi[i].size - 1, 0), -EINVAL);
	}
}

static void sizes_too_long(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(abi); i++) {
		const struct abi *a = &abi[i];

		assert_int_equal(call_sized(a, a->size + 8, 1), -E2BIG);
		assert_int_equal(call_sized(a, 4097, 0), -E2BIG);
		assert_int_equal(call_sized(a, UINT32_MAX, 0), -E2BIG);
		/* a zero tail is what a newer program sends: as if it were not there */
		assert_int_equal(call_sized(a, a->size + 8, 0),
				 call_sized(a, a->size, 0));
	}
}

static void bad_pointers(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(abi); i++) {
		assert_int_equal(call(abi[i].cmd, NULL), -EFAULT);
		assert_int_equal(call(abi[i].cmd, (void *)-4096L), -EFAULT);
	}
}

/* Every byte after size that is not an input must be zero where it says so. */
static void reserved_fields(void **state)
{
	struct intmgr_query query = { .size = sizeof(query) };
	struct intmgr_attach attach = { .size = sizeof(attach) };
	struct intmgr_run run = {
		.size = sizeof(run), .queues = 1, .reserved0 = 1,
	};
	struct intmgr_stats stats = { .size = sizeof(stats) };
	struct intmgr_records records = { .size = sizeof(records), .capacity = 1 };
	struct intmgr_link link = { .size = sizeof(link), .reserved = 1 };

	(void)state;
	query.reserved[3] = 1;
	attach.reserved[1] = 1;
	stats.reserved[0] = 1;
	records.reserved[1] = 1;
	assert_int_equal(call(INTMGR_IOC_QUERY, &query), -EINVAL);
	assert_int_equal(call(INTMGR_IOC_ATTACH, &attach), -EINVAL);
	attach = (struct intmgr_attach){ .size = sizeof(attach), .reserved0 = 1 };
	assert_int_equal(call(INTMGR_IOC_ATTACH, &attach), -EINVAL);
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -EINVAL);
	assert_int_equal(call(INTMGR_IOC_STATS, &stats), -EINVAL);
	assert_int_equal(call(INTMGR_IOC_RECORDS, &records), -EINVAL);
	assert_int_equal(call(INTMGR_IOC_LINK, &link), -EINVAL);
}

static void reserved_flags(void **state)
{
	struct intmgr_query query = { .size = sizeof(query), .flags = 1 };
	struct intmgr_attach attach = { .size = sizeof(attach), .flags = 1 };
	struct intmgr_stop stop = { .size = sizeof(stop), .flags = 1 };
	struct intmgr_stats stats = { .size = sizeof(stats), .flags = 1 };
	struct intmgr_records records = {
		.size = sizeof(records), .flags = 1, .capacity = 1,
	};
	struct intmgr_link link = { .size = sizeof(link), .flags = 1 };
	struct intmgr_agent agent = { .size = sizeof(agent), .flags = 1 };

	(void)state;
	assert_int_equal(call(INTMGR_IOC_AGENT, &agent), -EINVAL);
	assert_int_equal(call(INTMGR_IOC_QUERY, &query), -EINVAL);
	assert_int_equal(call(INTMGR_IOC_ATTACH, &attach), -EINVAL);
	assert_int_equal(call(INTMGR_IOC_STOP, &stop), -EINVAL);
	assert_int_equal(call(INTMGR_IOC_STATS, &stats), -EINVAL);
	assert_int_equal(call(INTMGR_IOC_RECORDS, &records), -EINVAL);
	assert_int_equal(call(INTMGR_IOC_LINK, &link), -EINVAL);
}

static void unknown_ioctls(void **state)
{
	struct intmgr_query query = { .size = sizeof(query) };

	(void)state;
	assert_int_equal(call(_IO(INTMGR_IOC_MAGIC, 8), &query), -ENOTTY);
	assert_int_equal(call(_IO(INTMGR_IOC_MAGIC, 255), &query), -ENOTTY);
	assert_int_equal(call(_IO('x', 0), &query), -ENOTTY);
	assert_int_equal(call(_IOW(INTMGR_IOC_MAGIC, 0, int), &query), -ENOTTY);
}

/* ---- before a window is attached ---- */

static void nothing_attached(void **state)
{
	struct intmgr_query query = { .size = sizeof(query) };
	struct intmgr_stats stats = { .size = sizeof(stats) };
	struct intmgr_records records = { .size = sizeof(records), .capacity = 1 };
	struct intmgr_link link = { .size = sizeof(link), .up = 1 };
	struct intmgr_agent agent = { .size = sizeof(agent) };
	struct intmgr_stop stop = { .size = sizeof(stop) };
	struct intmgr_run run = { .size = sizeof(run), .count = 1, .queues = 1 };

	(void)state;
	assert_int_equal(call(INTMGR_IOC_QUERY, &query), 0);
	assert_int_equal(query.abi, INTMGR_ABI_REVISION);
	assert_int_equal(query.attached, 0);
	assert_int_equal(query.running, 0);
	assert_int_equal(call(INTMGR_IOC_STATS, &stats), -ENODATA);
	assert_int_equal(call(INTMGR_IOC_RECORDS, &records), -ENODATA);
	assert_int_equal(query.target_up, 0);
	assert_int_equal(query.target_hung, 0);
	assert_int_equal(query.foreign, 0);
	assert_int_equal(call(INTMGR_IOC_LINK, &link), -ENOTCONN);
	assert_int_equal(call(INTMGR_IOC_AGENT, &agent), -ENOTCONN);
	assert_int_equal(call(INTMGR_IOC_STOP, &stop), -EINVAL);
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -ENOTCONN);
}

static int try_attach(void *addr, size_t length)
{
	struct intmgr_attach attach = {
		.size = sizeof(attach), .addr = (uintptr_t)addr, .length = length,
	};

	return call(INTMGR_IOC_ATTACH, &attach);
}

static void attach_what_is_no_window(void **state)
{
	char *zeroes = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)state;
	assert_int_equal(try_attach(zeroes, 1 << 20), -EPROTO);
	assert_int_equal(try_attach(zeroes + 8, 1 << 20), -EINVAL);
	assert_int_equal(try_attach(zeroes, 4095), -EINVAL);
	assert_int_equal(try_attach(zeroes, 0), -EINVAL);
	assert_int_equal(try_attach(zeroes, (size_t)1 << 40), -EINVAL);
	assert_int_equal(try_attach((void *)-4096L, 1 << 20), -EINVAL);
	munmap(zeroes, 1 << 20);
	assert_int_equal(try_attach(zeroes, 1 << 20), -EFAULT);
}

/* ---- memory that is not this kernel's ---- */

#define ROM		0xf0000		/* of the firmware: no System RAM on any PC */
#define ROM_SIZE	0x10000

static void *map_physical(off_t at, size_t length, int flags)
{
	int mem = open("/dev/mem", O_RDWR | O_CLOEXEC);
	void *to;

	assert_true(mem >= 0);
	to = mmap(NULL, length, PROT_READ | PROT_WRITE, flags, mem, at);
	close(mem);
	assert_ptr_not_equal(to, MAP_FAILED);
	return to;
}

static int try_attach_of(void *addr, size_t length, uint32_t cores,
			 uint32_t apic_id)
{
	struct intmgr_attach attach = {
		.size = sizeof(attach), .addr = (uintptr_t)addr,
		.length = length, .cores = cores, .apic_id = { apic_id },
	};

	return call(INTMGR_IOC_ATTACH, &attach);
}

/* The id of an online CPU; the machine has CPU 1. */
static uint32_t apic_id_of(unsigned int cpu)
{
	unsigned int at = -1, id = -1;
	FILE *f = fopen("/proc/cpuinfo", "r");
	char line[4096];

	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "processor : %u", &at) == 1)
			continue;
		if (at == cpu && sscanf(line, "apicid : %u", &id) == 1)
			break;
	}
	fclose(f);
	assert_int_not_equal(id, -1);
	return id;
}

static void set_online(unsigned int cpu, int online)
{
	char path[64];
	FILE *f;

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/online", cpu);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "%d", online);
	assert_int_equal(fclose(f), 0);
}

static void attach_says_whose_cpus(void **state)
{
	char *rom = map_physical(ROM, ROM_SIZE, MAP_SHARED);
	char *zeroes = mmap(NULL, ROM_SIZE, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint32_t id = apic_id_of(1);

	(void)state;
	assert_int_equal(try_attach_of(zeroes, ROM_SIZE, 1, id), -EINVAL);
	assert_int_equal(try_attach_of(zeroes, ROM_SIZE, 0, id), -EINVAL);
	assert_int_equal(try_attach_of(rom, ROM_SIZE, 0, 0), -EINVAL);
	assert_int_equal(try_attach_of(rom, ROM_SIZE, 17, id), -EINVAL);
	assert_int_equal(try_attach_of(rom, ROM_SIZE, UINT32_MAX, id), -EINVAL);
	/* no CPU's, and what would reach all of them */
	assert_int_equal(try_attach_of(rom, ROM_SIZE, 1, 77), -EINVAL);
	assert_int_equal(try_attach_of(rom, ROM_SIZE, 1, 0xff), -EINVAL);
	assert_int_equal(try_attach_of(rom, ROM_SIZE, 1, UINT32_MAX), -EINVAL);
	assert_int_equal(try_attach_of(rom, ROM_SIZE, 1, apic_id_of(0)), -EADDRINUSE);
	assert_int_equal(try_attach_of(rom, ROM_SIZE, 1, id), -EADDRINUSE);
	set_online(1, 0);
	/* the cores are right now, but that is no window */
	assert_int_equal(try_attach_of(rom, ROM_SIZE, 1, id), -EPROTO);
	/* the second core listed is 0's, and online */
	assert_int_equal(try_attach_of(rom, ROM_SIZE, 2, id), -EADDRINUSE);
	set_online(1, 1);
	munmap(zeroes, ROM_SIZE);
	munmap(rom, ROM_SIZE);
}

static void attach_wants_one_shared_piece(void **state)
{
	char *at = map_physical(ROM, ROM_SIZE, MAP_SHARED);
	char *ram = map_physical(0x10000, 0x1000, MAP_SHARED);
	uint32_t id = apic_id_of(1);

	(void)state;
	set_online(1, 0);
	/* beyond the mapping's end, and with a hole */
	assert_int_equal(try_attach_of(at, ROM_SIZE + 4096, 1, id), -EFAULT);
	munmap(at + 8192, 4096);
	assert_int_equal(try_attach_of(at, ROM_SIZE, 1, id), -EFAULT);
	munmap(at, ROM_SIZE);
	at = map_physical(ROM, ROM_SIZE, MAP_PRIVATE);
	assert_int_equal(try_attach_of(at, ROM_SIZE, 1, id), -EFAULT);
	munmap(at, ROM_SIZE);
	/* this kernel's own, by a back door */
	assert_int_equal(try_attach_of(ram, 0x1000, 1, id), -EPROTO);
	munmap(ram, 0x1000);
	set_online(1, 1);
}

/* ---- with a window ---- */

static struct intmgr_window *window;
static size_t window_size;
static uint32_t target_cpu = 1;		/* as the target counts */

static int attach(void **state)
{
	int target = function_open(function, O_RDWR);

	if (open_device(state) || target < 0)
		return 1;
	window = function_map(target);
	close(target);
	if (!window)
		return 1;
	window_size = window->size;
	return try_attach(window, window_size);
}

static int detach(void **state)
{
	munmap(window, window_size);
	return close_device(state);
}

static void attach_twice(void **state)
{
	(void)state;
	assert_int_equal(try_attach(window, window_size), -EBUSY);
}

/* A run that is right in all it says, against the bare handler. */
static struct intmgr_run good_floor(void)
{
	return (struct intmgr_run) {
		.size = sizeof(struct intmgr_run),
		.against = INTMGR_AGAINST_HANDLER,
		.support_cpu = 0, .target_cpu = target_cpu,
		.interval_ns = 20000, .count = 100, .queues = 1,
	};
}

static uint8_t frame[FRAME_MAX_SIZE];

static struct intmgr_run good_driver(void)
{
	const struct frame_spec spec = {
		.dst = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
		.size = 1000, .run = 77,
	};
	struct intmgr_run run = good_floor();

	frame_build(frame, sizeof(frame), &spec);
	run.against = INTMGR_AGAINST_DRIVER;
	run.frame = (uintptr_t)frame;
	run.frame_len = spec.size;
	run.run = spec.run;
	return run;
}

#define REFUSED(base, field, value, error) do {			\
		struct intmgr_run run_ = base();		\
		run_.field = (value);				\
		assert_int_equal(call(INTMGR_IOC_RUN, &run_), -(error)); \
	} while (0)

static void run_refuses(void **state)
{
	(void)state;
	REFUSED(good_floor, flags, 4, EOPNOTSUPP);
	REFUSED(good_floor, against, INTMGR_AGAINSTS, EINVAL);
	REFUSED(good_floor, schedule, 99, EINVAL);
	REFUSED(good_floor, late, 99, EINVAL);
	REFUSED(good_floor, interval_ns, 0, EINVAL);
	REFUSED(good_floor, interval_ns, 99, EINVAL);
	REFUSED(good_floor, interval_ns, 10000000001ULL, EINVAL);
	REFUSED(good_floor, interval_ns, UINT64_MAX, EINVAL);
	REFUSED(good_floor, count, 0, EINVAL);
	REFUSED(good_floor, count, INTMGR_MAX_COUNT + 1, EINVAL);
	REFUSED(good_floor, count, UINT64_MAX, EINVAL);
	REFUSED(good_floor, warmup, 10001, EINVAL);
	REFUSED(good_floor, frame_len, 100, EINVAL);
	REFUSED(good_floor, run, 1, EINVAL);
	REFUSED(good_floor, reserved0, 1, EINVAL);
	REFUSED(good_floor, queues, 0, EINVAL);
	REFUSED(good_floor, queues, 2, EINVAL);
	REFUSED(good_floor, support_cpu, 1, EDEADLK);
	REFUSED(good_floor, support_cpu, 4096, EHOSTDOWN);
	REFUSED(good_floor, target_cpu, UINT32_MAX, EHOSTDOWN);
	REFUSED(good_driver, frame_len, 0, EINVAL);
	REFUSED(good_driver, frame_len, FRAME_MIN_SIZE - 1, EINVAL);
	REFUSED(good_driver, frame_len, FRAME_MAX_SIZE + 1, EINVAL);
	REFUSED(good_driver, frame_len, UINT32_MAX, EINVAL);
	REFUSED(good_driver, frame_len, 999, EBADMSG);
	REFUSED(good_driver, frame, 0, EFAULT);
	REFUSED(good_driver, frame, (uintptr_t)-4096L, EFAULT);
	REFUSED(good_driver, frame, (uintptr_t)frame + 1, EBADMSG);
	REFUSED(good_driver, run, 0, EINVAL);
	REFUSED(good_driver, run, 78, EBADMSG);
	REFUSED(good_driver, warmup, 1, EINVAL);
	REFUSED(good_driver, queues, 0, EINVAL);
	REFUSED(good_driver, queues, INTMGR_QUEUES + 1, EINVAL);
	/* more than this driver has */
	REFUSED(good_driver, queues, INTMGR_QUEUES, EOPNOTSUPP);
}

/* ---- schedules: each kind with its own fields, and no other's ---- */

#define TIMES	150

static uint64_t times[TIMES];

/* Gentle, so that each shot is followed; catching up keeps the due times. */
static struct intmgr_run good_schedule(enum schedule_kind kind)
{
	struct intmgr_run run = good_driver();

	run.schedule = kind;
	run.late = LATE_CATCH_UP;
	run.interval_ns = 100000;
	run.count = TIMES;
	run.seed = 42;
	return run;
}

static struct intmgr_run good_poisson(void)
{
	return good_schedule(SCHEDULE_POISSON);
}

static struct intmgr_run good_burst(void)
{
	struct intmgr_run run = good_schedule(SCHEDULE_BURST);

	run.burst = 8;
	return run;
}

static struct intmgr_run good_ramp(void)
{
	struct intmgr_run run = good_schedule(SCHEDULE_RAMP);

	run.ramp_ns = 20000;
	return run;
}

/* One in three is due together with the next. */
static struct intmgr_run good_trace(void)
{
	struct intmgr_run run = good_schedule(SCHEDULE_TRACE);

	for (int i = 0; i < TIMES; i++)
		times[i] = 12345 + i / 3 * 5 * 33333 + i % 3 / 2 * 11111;
	run.interval_ns = 0;
	run.trace = (uintptr_t)times;
	run.trace_len = TIMES;
	return run;
}

static void schedules_refuse(void **state)
{
	(void)state;
	REFUSED(good_floor, schedule, SCHEDULE_POISSON, EINVAL);
	REFUSED(good_driver, burst, 1, EINVAL);
	REFUSED(good_driver, ramp_ns, 1000, EINVAL);
	REFUSED(good_driver, trace, (uintptr_t)times, EINVAL);
	REFUSED(good_driver, trace_len, 1, EFAULT);
	REFUSED(good_poisson, flags, INTMGR_RUN_CLOSED_LOOP, EINVAL);
	REFUSED(good_poisson, interval_ns, 99, EINVAL);
	REFUSED(good_poisson, burst, 8, EINVAL);
	REFUSED(good_burst, burst, 0, EINVAL);
	REFUSED(good_burst, burst, 65537, EINVAL);
	REFUSED(good_burst, ramp_ns, 1000, EINVAL);
	REFUSED(good_ramp, ramp_ns, 0, EINVAL);
	REFUSED(good_ramp, ramp_ns, 10000000001ULL, EINVAL);
	REFUSED(good_ramp, count, 1000000001ULL, EINVAL);
	REFUSED(good_ramp, interval_ns, 0, EINVAL);
	REFUSED(good_trace, interval_ns, 1000, EINVAL);
	REFUSED(good_trace, count, TIMES + 1, EINVAL);
	REFUSED(good_trace, trace_len, 0, EINVAL);
	REFUSED(good_trace, trace_len, TIMES - 1, EINVAL);
	REFUSED(good_trace, trace_len, (1U << 24) + 1, EINVAL);
	REFUSED(good_trace, trace_len, UINT32_MAX, EINVAL);
	REFUSED(good_trace, trace, 0, EFAULT);
	REFUSED(good_trace, trace, (uintptr_t)-4096L, EFAULT);
	REFUSED(good_trace, schedule, SCHEDULE_CBR, EINVAL);
}

static void traces_refuse(void **state)
{
	struct intmgr_run run = good_trace();

	(void)state;
	times[TIMES / 2] = 0;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -EINVAL);
	run = good_trace();
	times[TIMES - 1] = 1000000000000001ULL;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -EINVAL);
}

static void refused_runs_leave_nothing(void **state)
{
	struct intmgr_query query = { .size = sizeof(query) };
	struct intmgr_stats stats = { .size = sizeof(stats) };

	(void)state;
	assert_int_equal(call(INTMGR_IOC_QUERY, &query), 0);
	assert_int_equal(query.running, 0);
	assert_int_equal(call(INTMGR_IOC_STATS, &stats), -ENODATA);
	assert_int_equal(window->run, 0);
}

static void a_floor_runs(void **state)
{
	struct intmgr_run run = good_floor();
	struct intmgr_stats stats = { .size = sizeof(stats) };
	static struct intmgr_record got[200];
	struct intmgr_records records = {
		.size = sizeof(records), .buffer = (uintptr_t)got, .capacity = 200,
	};

	(void)state;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), 0);
	assert_int_equal(call(INTMGR_IOC_STATS, &stats), 0);
	assert_int_equal(stats.sent, 100);
	assert_int_equal(stats.outcome[0], 100);
	assert_int_equal(stats.pending, 0);
	assert_int_equal(stats.fired, 100);
	assert_int_equal(stats.handled + stats.merged, 100);
	assert_int_equal(call(INTMGR_IOC_RECORDS, &records), 0);
	assert_int_equal(records.count, 100);
	for (unsigned int i = 0; i < 100; i++)
		assert_int_equal(got[i].seq, i + 1);
	assert_int_equal(call(INTMGR_IOC_RECORDS, &records), 0);
	assert_int_equal(records.count, 0);
}

/* An interval of nobody's: one shot due now, the next in ten seconds. */
static void a_run_stops_when_its_file_closes(void **state)
{
	struct intmgr_run run = good_floor();
	struct intmgr_query query = { .size = sizeof(query) };
	int status;
	pid_t child;

	(void)state;
	run.interval_ns = 10000000000ULL;
	child = fork();
	if (!child) {
		void *none = NULL;

		close(device);
		if (attach(&none))
			_exit(1);
		call(INTMGR_IOC_RUN, &run);
		_exit(2);
	}
	usleep(300000);
	assert_int_equal(call(INTMGR_IOC_QUERY, &query), 0);
	assert_int_equal(query.running, 1);
	run = good_floor();
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -EBUSY);
	kill(child, 9);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(call(INTMGR_IOC_QUERY, &query), 0);
	assert_int_equal(query.running, 0);
	assert_int_equal(call(INTMGR_IOC_RUN, &run), 0);
}

static void *stop_later(void *unused)
{
	struct intmgr_stop stop = { .size = sizeof(stop) };

	(void)unused;
	usleep(300000);
	return (void *)(intptr_t)call(INTMGR_IOC_STOP, &stop);
}

/* Stopped by another thread, while a third would read its figures. */
static void a_run_is_stopped(void **state)
{
	struct intmgr_run run = good_floor();
	struct intmgr_stats stats = { .size = sizeof(stats) };
	pthread_t thread;
	void *result;

	(void)state;
	run.interval_ns = 5000000000ULL;
	assert_int_equal(pthread_create(&thread, NULL, stop_later, NULL), 0);
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -EINTR);
	assert_int_equal(pthread_join(thread, &result), 0);
	assert_ptr_equal(result, NULL);
	assert_int_equal(call(INTMGR_IOC_STATS, &stats), 0);
	assert_int_equal(stats.sent, 1);
	assert_int_equal(stats.pending, 0);
	assert_int_equal(stats.outcome[0], 1);
	assert_true(stats.elapsed_ns < 1000000000ULL);
}

/* ---- a target that leaves in a run, and comes back ---- */

static void *leave_later(void *unused)
{
	(void)unused;
	usleep(300000);
	__atomic_store_n(&window->state, INTMGR_TARGET_GONE, __ATOMIC_RELEASE);
	return NULL;
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* Run, and have the target say goodbye after 0.3 s. */
static int run_to_its_death(struct intmgr_run *run)
{
	int64_t began = now_ms();
	pthread_t thread;
	int result;

	assert_int_equal(pthread_create(&thread, NULL, leave_later, NULL), 0);
	result = call(INTMGR_IOC_RUN, run);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_in_range(now_ms() - began, 250, 1500);
	return result;
}

static void come_back(void)
{
	__atomic_store_n(&window->state, INTMGR_TARGET_UP, __ATOMIC_RELEASE);
}

static struct intmgr_stats get_stats(void)
{
	struct intmgr_stats stats = { .size = sizeof(stats) };

	assert_int_equal(call(INTMGR_IOC_STATS, &stats), 0);
	return stats;
}

static void assert_sums(const struct intmgr_stats *stats)
{
	uint64_t sum = 0;

	for (int i = 0; i < INTMGR_OUTCOMES; i++)
		sum += stats->outcome[i];
	assert_int_equal(stats->sent, sum);
	assert_int_equal(stats->pending, 0);
}

/* Records of the last run, all of them. */
static const struct intmgr_record *get_records(uint32_t count)
{
	static struct intmgr_record got[TIMES + 1];
	struct intmgr_records records = {
		.size = sizeof(records), .buffer = (uintptr_t)got,
		.capacity = TIMES + 1,
	};

	assert_int_equal(call(INTMGR_IOC_RECORDS, &records), 0);
	assert_int_equal(records.count, count);
	return got;
}

/* What the engine says here is what it said there, to the ns. */
static void assert_due(const struct intmgr_run *run)
{
	const struct schedule_spec spec = {
		.kind = run->schedule, .interval_ns = run->interval_ns,
		.seed = run->seed, .count = run->count, .ramp_ns = run->ramp_ns,
		.trace = (const u64 *)(uintptr_t)run->trace,
		.trace_len = run->trace_len, .burst = run->burst,
	};
	const struct intmgr_record *got = get_records(run->count);
	struct schedule s;

	assert_int_equal(schedule_init(&s, &spec, 0), 0);
	for (uint64_t i = 0; i < run->count; i++) {
		assert_int_equal(got[i].seq, i + 1);
		assert_int_equal(got[i].due_ns, schedule_due(&s));
		assert_true(got[i].start_ns >= got[i].due_ns);
		schedule_advance(&s, 0);
	}
}

static void each_kind_runs(void **state)
{
	struct intmgr_run run[] = {
		good_schedule(SCHEDULE_CBR), good_poisson(), good_burst(),
		good_ramp(), good_trace(),
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(run); i++) {
		struct intmgr_stats stats;

		assert_int_equal(call(INTMGR_IOC_RUN, &run[i]), 0);
		stats = get_stats();
		assert_sums(&stats);
		assert_int_equal(stats.sent, TIMES);
		assert_int_equal(stats.skipped, 0);
		assert_true(stats.gap_outside_2us <= stats.gap.count);
		assert_due(&run[i]);
	}
}

/* A trace of which most is over before it can be fired ends before its count. */
static void a_trace_is_skipped_to_its_end(void **state)
{
	struct intmgr_run run = good_trace();
	struct intmgr_stats stats;

	(void)state;
	for (int i = 0; i < TIMES; i++)
		times[i] = i;
	run.late = LATE_SKIP;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), 0);
	stats = get_stats();
	assert_sums(&stats);
	assert_true(stats.sent < TIMES);
	assert_int_equal(stats.sent + stats.skipped, TIMES);
}

static void nothing_to_continue(void **state)
{
	struct intmgr_run run = good_floor();

	(void)state;
	run.flags = INTMGR_RUN_CONTINUE;
	/* none yet */
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -EBADFD);
	/* one that came to its end */
	run.flags = 0;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), 0);
	run.flags = INTMGR_RUN_CONTINUE;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -EBADFD);
}

#define NOT_THIS_ONE(base, field, value) do {			\
		struct intmgr_run run_ = base;			\
		run_.field = (value);				\
		assert_int_equal(call(INTMGR_IOC_RUN, &run_), -EBADFD); \
	} while (0)

/* 0.8 s of shots; the target leaves after 0.3 s, and again, and then stays. */
static void a_run_goes_on(void **state, uint32_t late)
{
	struct intmgr_run run = good_floor();
	struct intmgr_stats before, after;
	int64_t began = now_ms();

	(void)state;
	run.interval_ns = 1000000;
	run.count = 800;
	run.late = late;
	assert_int_equal(run_to_its_death(&run), -ENODEV);
	before = get_stats();
	/* a busy host makes shots late, which may be left out only then */
	assert_in_range(before.sent + before.skipped, 10, 500);
	assert_sums(&before);
	if (late != LATE_SKIP)
		assert_int_equal(before.skipped, 0);

	run.flags = INTMGR_RUN_CONTINUE;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -ENODEV);
	come_back();
	NOT_THIS_ONE(run, interval_ns, 1000001);
	NOT_THIS_ONE(run, count, 801);
	NOT_THIS_ONE(run, target_cpu, 7);
	NOT_THIS_ONE(run, warmup, 1);
	window->slots.offset += 64;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -EPROTO);
	window->slots.offset -= 64;
	window->magic++;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -EPROTO);
	window->magic--;
	after = get_stats();
	assert_memory_equal(&before, &after, sizeof(before));

	assert_int_equal(run_to_its_death(&run), -ENODEV);
	after = get_stats();
	assert_in_range(after.sent + after.skipped,
			before.sent + before.skipped + 10,
			before.sent + before.skipped + 500);
	assert_sums(&after);
	come_back();
	sleep(3);
	assert_int_equal(call(INTMGR_IOC_RUN, &run), 0);
	after = get_stats();
	assert_int_equal(after.sent, 800);
	assert_sums(&after);
	assert_true(after.outcome[OUTCOME_DELIVERED] > 790);
	assert_true(after.fired >= after.handled);
	/* the time between does not count, nor is any of it made good in a burst */
	assert_in_range(after.elapsed_ns / 1000000, 700, now_ms() - began - 2900);
	assert_true(after.gap.max < 2900000000);
	assert_true(after.gap.p50 > 900000);
	if (late != LATE_SKIP)
		assert_int_equal(after.skipped, 0);
}

static void a_run_goes_on_shifted(void **state)
{
	a_run_goes_on(state, LATE_SHIFT);
}

static void a_run_goes_on_catching_up(void **state)
{
	a_run_goes_on(state, LATE_CATCH_UP);
}

static void a_run_goes_on_skipping(void **state)
{
	a_run_goes_on(state, LATE_SKIP);
}

/* Numbers and times go on, each shot has one record. */
static void records_go_on(void **state)
{
	static struct intmgr_record got[400];
	struct intmgr_records records = {
		.size = sizeof(records), .buffer = (uintptr_t)got, .capacity = 400,
	};
	struct intmgr_run run = good_floor();
	uint64_t first;

	(void)state;
	run.interval_ns = 2000000;
	run.count = 300;
	assert_int_equal(run_to_its_death(&run), -ENODEV);
	first = get_stats().sent;
	come_back();
	usleep(200000);
	run.flags = INTMGR_RUN_CONTINUE;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), 0);
	assert_int_equal(call(INTMGR_IOC_RECORDS, &records), 0);
	assert_int_equal(records.count, 300);
	for (uint32_t i = 0; i < records.count; i++) {
		assert_int_equal(got[i].seq, i + 1);
		assert_true(i == 0 || got[i].start_ns > got[i - 1].start_ns);
	}
	assert_true(got[first].due_ns - got[first - 1].due_ns > 200000000);
}

/* A trace that the target dies in goes on where it was, from the kernel's copy. */
static void a_trace_goes_on(void **state)
{
	struct intmgr_run run = good_trace();
	const struct intmgr_record *got;
	uint64_t first;

	(void)state;
	for (int i = 0; i < TIMES; i++)
		times[i] = i * 4000000;
	assert_int_equal(run_to_its_death(&run), -ENODEV);
	first = get_stats().sent;
	assert_in_range(first, 10, TIMES - 10);
	come_back();
	run.flags = INTMGR_RUN_CONTINUE;
	NOT_THIS_ONE(run, trace, run.trace + 8);
	NOT_THIS_ONE(run, trace_len, TIMES + 1);
	memset(times, 0xff, sizeof(times));
	assert_int_equal(call(INTMGR_IOC_RUN, &run), 0);
	got = get_records(TIMES);
	for (int i = 1; i < TIMES; i++)
		if ((uint64_t)i != first)
			assert_int_equal(got[i].due_ns - got[i - 1].due_ns,
					 4000000);
}

/* Found at once though the next shot is ten seconds away. */
static void a_death_between_two_shots(void **state)
{
	struct intmgr_run run = good_floor();

	(void)state;
	run.interval_ns = 10000000000ULL;
	assert_int_equal(run_to_its_death(&run), -ENODEV);
	assert_int_equal(get_stats().sent, 1);
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -ENODEV);
	come_back();
}

static void *garble_heart(void *stop)
{
	while (!__atomic_load_n((int *)stop, __ATOMIC_ACQUIRE))
		__atomic_store_n(&window->alive, ~0ULL, __ATOMIC_RELAXED);
	return NULL;
}

/* A heartbeat from the end of time says nothing. */
static void a_garbled_heartbeat(void **state)
{
	struct intmgr_query query = { .size = sizeof(query) };
	struct intmgr_agent agent = { .size = sizeof(agent) };
	pthread_t thread;
	int stop = 0;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, garble_heart, &stop), 0);
	usleep(10000);
	assert_int_equal(call(INTMGR_IOC_AGENT, &agent), -ENODEV);
	assert_int_equal(call(INTMGR_IOC_QUERY, &query), 0);
	assert_int_equal(query.target_up, 1);
	assert_int_equal(query.target_hung, 1);
	__atomic_store_n(&stop, 1, __ATOMIC_RELEASE);
	assert_int_equal(pthread_join(thread, NULL), 0);
	usleep(300000);
	assert_int_equal(call(INTMGR_IOC_QUERY, &query), 0);
	assert_int_equal(query.target_hung, 0);
	assert_int_equal(call(INTMGR_IOC_AGENT, &agent), 0);
}

static void *garble_doorbell(void *word)
{
	struct intmgr_stop stop = { .size = sizeof(stop) };

	usleep(200000);
	window->doorbell[INTMGR_DOORBELL_CONTROL] = *(uint64_t *)word;
	usleep(100000);
	return (void *)(intptr_t)call(INTMGR_IOC_STOP, &stop);
}

/* What names no device's vector is not rung, and no shot is lost sight of. */
static void garbled_doorbells(void **state)
{
	static uint64_t word[] = {
		0, ~0ULL, 1, 0x0e, INTMGR_DOORBELL_MASKED, 0xff, 2 | 1ULL << 32,
	};
	uint64_t was = window->doorbell[INTMGR_DOORBELL_CONTROL];
	struct intmgr_run run = good_floor();
	struct intmgr_stats stats;
	pthread_t thread;
	void *result;

	(void)state;
	run.interval_ns = 100000;
	run.count = 20000;
	for (size_t i = 0; i < ARRAY_SIZE(word); i++) {
		assert_int_equal(pthread_create(&thread, NULL, garble_doorbell,
						&word[i]), 0);
		assert_int_equal(call(INTMGR_IOC_RUN, &run), -EINTR);
		assert_int_equal(pthread_join(thread, &result), 0);
		assert_ptr_equal(result, NULL);
		window->doorbell[INTMGR_DOORBELL_CONTROL] = was;
		stats = get_stats();
		assert_sums(&stats);
		assert_true(stats.outcome[OUTCOME_DELIVERED] > 100);
		assert_true(stats.fired < stats.sent - 100);
		assert_int_equal(stats.outcome[OUTCOME_MASKED],
				 stats.sent - stats.fired);
	}
	run.count = 100;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), 0);
}

static void a_frame_larger_than_the_buffers(void **state)
{
	const struct frame_spec spec = { .size = 9000, .run = 77 };
	struct intmgr_run run = good_driver();

	(void)state;
	frame_build(frame, sizeof(frame), &spec);
	run.frame_len = spec.size;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -EMSGSIZE);
}

/* What the caller had in the fields that the kernel fills is gone. */
static void out_fields_are_the_kernels(void **state)
{
	struct intmgr_query query;
	struct intmgr_stats stats;

	(void)state;
	memset(&query, 0xff, sizeof(query));
	query.size = sizeof(query);
	query.flags = 0;
	memset(query.reserved, 0, sizeof(query.reserved));
	assert_int_equal(call(INTMGR_IOC_QUERY, &query), 0);
	assert_int_equal(query.attached, 1);
	assert_int_equal(query.running, 0);
	assert_int_equal(query.features, 0);
	assert_int_equal(query.target_up, 1);
	assert_int_equal(query.foreign, 0);
	assert_in_range(query.doorbells, 2, INTMGR_QUERY_DOORBELLS);
	assert_in_range(query.queues, 1, query.queues_max);
	assert_in_range(query.queues_max, 1, INTMGR_QUEUES);
	memset(&stats, 0xff, sizeof(stats));
	stats.size = sizeof(stats);
	stats.flags = 0;
	memset(stats.reserved, 0, sizeof(stats.reserved));
	assert_int_equal(call(INTMGR_IOC_STATS, &stats), 0);
	assert_int_equal(stats.bad_bus, 0);
	assert_int_equal(stats.skipped, 0);
}

static void links_are_0_or_1(void **state)
{
	struct intmgr_link link = { .size = sizeof(link), .up = 2 };

	(void)state;
	assert_int_equal(call(INTMGR_IOC_LINK, &link), -EINVAL);
}

static void records_capacity(void **state)
{
	struct intmgr_records records = { .size = sizeof(records) };

	(void)state;
	assert_int_equal(call(INTMGR_IOC_RECORDS, &records), -EINVAL);
	records.capacity = 65537;
	assert_int_equal(call(INTMGR_IOC_RECORDS, &records), -EINVAL);
}

/* ---- who waits for orders in the window's device ---- */

/* A mapping keeps the file that it is of open, which may be read. */
static int attach_unmapped(void **state)
{
	return attach(state) || munmap(window, window_size);
}

static int order_agent(void)
{
	struct intmgr_agent agent = { .size = sizeof(agent) };

	return call(INTMGR_IOC_AGENT, &agent);
}

static int open_waiting(int flags)
{
	int fd = function_open(function, flags);

	assert_true(fd >= 0);
	return fd;
}

/* What read() gives within @timeout_ms, -errno if it gives nothing. */
static int64_t orders_of(int fd, int timeout_ms)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	int ready = poll(&poll_fd, 1, timeout_ms);
	uint64_t count;
	ssize_t got = read(fd, &count, sizeof(count));
	int64_t result = got < 0 ? -errno : (int64_t)count;

	/* read() has something if, and only if, poll() said so */
	assert_int_equal(ready, got > 0);
	if (got > 0)
		assert_int_equal(got, sizeof(count));
	return result;
}

static void an_order_without_a_reader(void **state)
{
	int writer = open_waiting(O_WRONLY);
	int reader;

	(void)state;
	assert_int_equal(order_agent(), -EIO);
	close(writer);
	reader = open_waiting(O_RDONLY | O_NONBLOCK);
	assert_int_equal(orders_of(reader, 100), -EAGAIN);
	close(reader);
}

static void orders_are_counted(void **state)
{
	int reader = open_waiting(O_RDWR | O_NONBLOCK);
	char small[7];

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(order_agent(), 0);
	assert_int_equal(read(reader, small, sizeof(small)), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(orders_of(reader, 1000), 3);
	assert_int_equal(orders_of(reader, 100), -EAGAIN);
	/* what was not read is not the next reader's */
	assert_int_equal(order_agent(), 0);
	close(reader);
	reader = open_waiting(O_RDONLY | O_NONBLOCK);
	assert_int_equal(orders_of(reader, 100), -EAGAIN);
	close(reader);
}

static void *order_later(void *unused)
{
	(void)unused;
	usleep(300000);
	return (void *)(intptr_t)order_agent();
}

static void on_alarm(int number)
{
	(void)number;
}

/* It waits, until there is an order or a signal. */
static void a_reader_waits(void **state)
{
	const struct sigaction alarmed = { .sa_handler = on_alarm };
	int reader = open_waiting(O_RDONLY);
	uint64_t count = 0;
	pthread_t thread;
	void *result;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, order_later, NULL), 0);
	assert_int_equal(read(reader, &count, sizeof(count)), sizeof(count));
	assert_int_equal(count, 1);
	assert_int_equal(pthread_join(thread, &result), 0);
	assert_ptr_equal(result, NULL);
	sigaction(SIGALRM, &alarmed, NULL);
	alarm(1);
	assert_int_equal(read(reader, &count, sizeof(count)), -1);
	assert_int_equal(errno, EINTR);
	close(reader);
}

/* The heartbeat goes on, wherever the interrupts are taken. */
static void the_target_is_alive(void **state)
{
	struct intmgr_run run = good_floor();

	(void)state;
	for (int cpu = 0; cpu < 2; cpu++) {
		uint64_t before;

		run.support_cpu = !cpu;
		run.target_cpu = cpu;
		assert_int_equal(call(INTMGR_IOC_RUN, &run), 0);
		usleep(1000 * 3 * INTMGR_ALIVE_MS);
		before = *(volatile uint64_t *)&window->alive;
		usleep(1000 * 5 * INTMGR_ALIVE_MS);
		assert_true(*(volatile uint64_t *)&window->alive > before);
	}
	run = good_floor();
	assert_int_equal(call(INTMGR_IOC_RUN, &run), 0);
}

static void only_root_opens(void **state)
{
	int status;
	pid_t child = fork();

	(void)state;
	if (!child) {
		if (setuid(65534))
			_exit(1);
		_exit(open(INTMGR_DEVICE, O_RDWR) >= 0 ||
		      open(INTMGR_TARGET_DEVICE, O_RDWR) >= 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

/* ---- with the window of node 1, which is up ---- */

static int node = -1;
static struct intmgr_node_query node_facts;

static int open_node(void **state)
{
	struct intmgr_node_select select = { .size = sizeof(select), .id = 1 };

	target_cpu = 0;
	node = open(INTMGR_NODE_DEVICE, O_RDWR | O_CLOEXEC);
	node_facts = (struct intmgr_node_query){
		.size = sizeof(node_facts), .id = 1,
	};
	if (open_device(state) || node < 0 ||
	    ioctl(node, INTMGR_NODE_IOC_QUERY, &node_facts) ||
	    ioctl(node, INTMGR_NODE_IOC_SELECT, &select))
		return 1;
	window_size = node_facts.window_size;
	window = mmap(NULL, window_size, PROT_READ | PROT_WRITE, MAP_SHARED,
		      node, 0);
	return window == MAP_FAILED;
}

static int attach_node(void **state)
{
	return open_node(state) ||
	       try_attach_of(window, window_size, 1, node_facts.apic_id[0]);
}

static int detach_node(void **state)
{
	munmap(window, window_size);
	close(node);
	return close_device(state);
}

static void a_node_has_cores_of_its_own(void **state)
{
	uint32_t id = node_facts.apic_id[0];

	(void)state;
	assert_int_equal(try_attach(window, window_size), -EINVAL);
	assert_int_equal(try_attach_of(window, window_size, 1, apic_id_of(0)),
			 -EADDRINUSE);
	assert_int_equal(try_attach_of(window, window_size, 2, id), -EADDRINUSE);
	assert_int_equal(try_attach_of(window, window_size - 4096, 1, id),
			 -EPROTO);
	assert_int_equal(try_attach_of((char *)window + 4096,
				       window_size - 4096, 1, id), -EPROTO);
	assert_int_equal(try_attach_of(window, window_size + 4096, 1, id),
			 -EFAULT);
}

static void a_node_is_foreign(void **state)
{
	struct intmgr_query query = { .size = sizeof(query) };
	struct intmgr_agent agent = { .size = sizeof(agent) };

	(void)state;
	assert_int_equal(call(INTMGR_IOC_QUERY, &query), 0);
	assert_int_equal(query.foreign, 1);
	assert_int_equal(query.target_up, 1);
	assert_int_equal(query.target_hung, 0);
	assert_int_equal(query.target_cpu, 0);
	assert_int_equal(query.doorbell[INTMGR_DOORBELL_CONTROL] >>
			 INTMGR_DOORBELL_DEST_SHIFT, node_facts.apic_id[0]);
	assert_int_equal(call(INTMGR_IOC_AGENT, &agent), 0);
}

/* Each kernel has a CPU 0, and they are two. */
static void the_same_number_on_both_sides(void **state)
{
	struct intmgr_run run = good_floor();
	struct intmgr_stats stats;

	(void)state;
	assert_int_equal(run.support_cpu, run.target_cpu);
	assert_int_equal(call(INTMGR_IOC_RUN, &run), 0);
	stats = get_stats();
	assert_int_equal(stats.outcome[OUTCOME_DELIVERED], 100);
	run.target_cpu = 1;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -EHOSTDOWN);
}

/* A doorbell that names this kernel's CPU, or all of them, is not rung. */
static void a_doorbell_out_of_reach(void **state)
{
	uint64_t was = window->doorbell[INTMGR_DOORBELL_CONTROL];
	static const uint64_t dest[] = { 0, 0xff, 0xffffffff, 5 };
	struct intmgr_agent agent = { .size = sizeof(agent) };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(dest); i++) {
		window->doorbell[INTMGR_DOORBELL_CONTROL] =
			(was & INTMGR_DOORBELL_VECTOR) |
			dest[i] << INTMGR_DOORBELL_DEST_SHIFT;
		assert_int_equal(call(INTMGR_IOC_AGENT, &agent), -ENXIO);
	}
	window->doorbell[INTMGR_DOORBELL_CONTROL] = was;
	assert_int_equal(call(INTMGR_IOC_AGENT, &agent), 0);
}

static void *stop_node(void *unused)
{
	(void)unused;
	usleep(500000);
	return (void *)(intptr_t)system("intmgr target stop 1");
}

/* The window stays mapped and attached over the restart; the run goes on. */
static void a_node_restarts_in_a_run(void **state)
{
	struct intmgr_run run = good_floor();
	struct intmgr_stats before, after;
	pthread_t thread;
	void *result;
	sigset_t set;

	(void)state;
	/* the end of what another thread starts is no signal to end a run */
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	/* slow enough to leave this CPU to who stops the node */
	run.interval_ns = 4000000;
	run.count = 1500;
	assert_int_equal(pthread_create(&thread, NULL, stop_node, NULL), 0);
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -ENODEV);
	before = get_stats();
	assert_sums(&before);
	assert_int_equal(pthread_join(thread, &result), 0);
	assert_ptr_equal(result, NULL);
	run.flags = INTMGR_RUN_CONTINUE;
	assert_int_equal(call(INTMGR_IOC_RUN, &run), -ENODEV);
	assert_int_equal(system("intmgr target restart 1"), 0);
	assert_int_equal(call(INTMGR_IOC_RUN, &run), 0);
	after = get_stats();
	assert_sums(&after);
	assert_int_equal(after.sent, run.count);
	assert_true(before.outcome[OUTCOME_TARGET_DEAD] > 0);
	assert_int_equal(after.outcome[OUTCOME_TARGET_DEAD],
			 before.outcome[OUTCOME_TARGET_DEAD]);
	assert_int_equal(after.outcome[OUTCOME_DELIVERED] +
			 after.outcome[OUTCOME_TARGET_DEAD], run.count);
}

static int test_node(void)
{
	const struct CMUnitTest mapped[] = {
		cmocka_unit_test(a_node_has_cores_of_its_own),
	};
	const struct CMUnitTest attached[] = {
		cmocka_unit_test(a_node_is_foreign),
		cmocka_unit_test(the_same_number_on_both_sides),
		cmocka_unit_test(a_doorbell_out_of_reach),
		cmocka_unit_test(a_run_goes_on_shifted),
		cmocka_unit_test(records_go_on),
		cmocka_unit_test(a_death_between_two_shots),
		cmocka_unit_test(garbled_doorbells),
		cmocka_unit_test(a_node_restarts_in_a_run),
	};

	return cmocka_run_group_tests_name("abi, a node's memory", mapped,
					   open_node, detach_node) +
	       cmocka_run_group_tests_name("abi, with a node's window", attached,
					   attach_node, detach_node);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest bare[] = {
		cmocka_unit_test(sizes_too_short),
		cmocka_unit_test(sizes_too_long),
		cmocka_unit_test(bad_pointers),
		cmocka_unit_test(reserved_fields),
		cmocka_unit_test(reserved_flags),
		cmocka_unit_test(unknown_ioctls),
		cmocka_unit_test(nothing_attached),
		cmocka_unit_test(attach_what_is_no_window),
		cmocka_unit_test(attach_says_whose_cpus),
		cmocka_unit_test(attach_wants_one_shared_piece),
		cmocka_unit_test(only_root_opens),
	};
	const struct CMUnitTest attached[] = {
		cmocka_unit_test(attach_twice),
		cmocka_unit_test(run_refuses),
		cmocka_unit_test(schedules_refuse),
		cmocka_unit_test(traces_refuse),
		cmocka_unit_test(refused_runs_leave_nothing),
		cmocka_unit_test(nothing_to_continue),
		cmocka_unit_test(a_run_goes_on_shifted),
		cmocka_unit_test(a_run_goes_on_catching_up),
		cmocka_unit_test(a_run_goes_on_skipping),
		cmocka_unit_test(records_go_on),
		cmocka_unit_test(a_trace_goes_on),
		cmocka_unit_test(a_death_between_two_shots),
		cmocka_unit_test(a_garbled_heartbeat),
		cmocka_unit_test(garbled_doorbells),
		cmocka_unit_test(records_capacity),
		cmocka_unit_test(links_are_0_or_1),
		cmocka_unit_test(a_floor_runs),
		cmocka_unit_test(each_kind_runs),
		cmocka_unit_test(a_trace_is_skipped_to_its_end),
		cmocka_unit_test(a_run_is_stopped),
		cmocka_unit_test(a_frame_larger_than_the_buffers),
		cmocka_unit_test(out_fields_are_the_kernels),
		cmocka_unit_test(a_run_stops_when_its_file_closes),
		cmocka_unit_test(the_target_is_alive),
	};
	const struct CMUnitTest orders[] = {
		cmocka_unit_test(an_order_without_a_reader),
		cmocka_unit_test(orders_are_counted),
		cmocka_unit_test(a_reader_waits),
	};

	if (argc > 1 && !strcmp(argv[1], "node"))
		return test_node();
	if (argc > 1)
		function = strtoul(argv[1], NULL, 0);
	return cmocka_run_group_tests_name("abi, no window", bare, open_device,
					   close_device) +
	       cmocka_run_group_tests_name("abi, with a window", attached,
					   attach, detach) +
	       cmocka_run_group_tests_name("abi, orders to a program", orders,
					   attach_unmapped, close_device);
}
