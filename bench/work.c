// SPDX-License-Identifier: GPL-2.0-only
/*
 * Work whose time says what another kernel beside it costs: register
 * increments, copies of memory, reads at random places of a file (the
 * evaluation of "KVM on Mint", section 5.4.2), each timed by the TSC.
 *
 * The TSC is one clock for all kernels of a machine, so two of them can be told
 * to do the same work in the same cycles: --from TSC, --slice CYCLES.
 *
 * The file is in memory (tmpfs): its reads are system calls and copies out of
 * the page cache, no disk's.
 *
 * Statically linked: in a node there is nothing beside it.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include <x86intrin.h>

#define INCREMENTS	100000
#define FILE_SIZE	(16UL << 20)	/* much more than one read takes */
#define FILE_BLOCK	4096
#define BUFFER_SIZE	(1UL << 20)	/* the largest work's */
#define BUFFER_ALIGN	(2UL << 20)	/* the same place in its pages each time */
#define SAMPLES		65536		/* kept of a slice */

struct work {
	const char *name;
	size_t size;
	void (*once)(size_t size);
};

static char *from_buffer, *to_buffer;
static int file;

static void fail(const char *what)
{
	fprintf(stderr, "work: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void refuse(void)
{
	fputs("usage: work [--from TSC] [--slice CYCLES]\n"
	      "                                 time each kind of work for so long, from then on\n"
	      "       work --load cpu|memory|io [--seconds N] [--detach FILE]\n"
	      "                                 only work, until killed or for so long;\n"
	      "                                 detached: in the background, noted in FILE\n"
	      "       work --stop FILE          end the work noted there\n"
	      "       work --clock              the TSC now, and how often it ticks in a second\n"
	      "all of them: --cpu N, --nice N\n",
	      stderr);
	exit(2);
}

/* ---- the work ---- */

static void increments(size_t size)
{
	uint64_t n = 0;

	(void)size;
	while (n < INCREMENTS)
		asm volatile("inc %0" : "+r"(n));
}

static void copy(size_t size)
{
	memcpy(to_buffer, from_buffer, size);
	asm volatile("" : : "r"(to_buffer) : "memory");
}

/* xorshift64 (Marsaglia 2003): the same places in every kernel. */
static uint64_t next_random(void)
{
	static uint64_t x = 88172645463325252ULL;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x;
}

static void read_somewhere(size_t size)
{
	uint64_t places = (FILE_SIZE - size) / FILE_BLOCK + 1;
	off_t place = next_random() % places * FILE_BLOCK;

	if (lseek(file, place, SEEK_SET) != place)
		fail("lseek");
	if (read(file, to_buffer, size) != (ssize_t)size)
		fail("read");
}

static const struct work works[] = {
	{ "cpu", 0, increments },
	{ "memory", 256 << 10, copy },
	{ "memory", 512 << 10, copy },
	{ "memory", 1024 << 10, copy },
	{ "io", 256 << 10, read_somewhere },
	{ "io", 512 << 10, read_somewhere },
	{ "io", 1024 << 10, read_somewhere },
	{ NULL, 0, NULL },
};

/*
 * Pages of 4 KiB: whether a huge one is to be had depends on what ran before in
 * that kernel, and would be measured in its place.
 */
static char *new_buffer(void)
{
	char *buffer = aligned_alloc(BUFFER_ALIGN, BUFFER_ALIGN);

	if (!buffer)
		fail("memory");
	if (madvise(buffer, BUFFER_ALIGN, MADV_NOHUGEPAGE) && errno != EINVAL)
		fail("madvise");
	memset(buffer, 0x5a, BUFFER_SIZE);
	return buffer;
}

static void set_up(void)
{
	size_t done;

	from_buffer = new_buffer();
	to_buffer = new_buffer();
	file = memfd_create("work", 0);
	if (file < 0)
		fail("memfd_create");
	for (done = 0; done < FILE_SIZE; done += BUFFER_SIZE)
		if (write(file, from_buffer, BUFFER_SIZE) != BUFFER_SIZE)
			fail("write");
}

static void stay_on(uint64_t cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		fail("--cpu");
}

/* ---- clocks ---- */

/* Intel SDM vol. 2, RDTSC: not before what precedes, nor after what follows. */
static uint64_t tsc(void)
{
	uint64_t now;

	_mm_lfence();
	now = __rdtsc();
	_mm_lfence();
	return now;
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec * 1e-9;
}

static void show_clock(void)
{
	double t0 = seconds(), t1;
	uint64_t c0 = tsc(), c1;

	usleep(200000);
	t1 = seconds();
	c1 = tsc();
	printf("%" PRIu64 " %.0f\n", c1, (c1 - c0) / (t1 - t0));
}

/* A processor may be shared with the program that starts the other side. */
static void wait_for(uint64_t moment)
{
	while (tsc() < moment)
		usleep(100);
}

/* ---- measuring ---- */

static int by_size(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void print_row(const struct work *w, uint64_t *sample, size_t n)
{
	char size[24] = "-";

	if (!n) {
		fprintf(stderr, "work: not once %s in a slice: it has to be longer\n",
			w->name);
		exit(1);
	}
	qsort(sample, n, sizeof(*sample), by_size);
	if (w->size)
		snprintf(size, sizeof(size), "%zu", w->size >> 10);
	printf("%s\t%s\t%zu\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\n", w->name,
	       size, n, sample[0], sample[(n - 1) / 2],
	       sample[(n - 1) * 99 / 100]);
}

/* Works on when the samples are full: the other side counts on being disturbed. */
static void measure(const struct work *w, uint64_t from, uint64_t until)
{
	static uint64_t sample[SAMPLES];
	uint64_t begin, end;
	size_t n = 0;

	wait_for(from);
	w->once(w->size);	/* cold: not counted */
	for (begin = tsc(); begin < until; begin = tsc()) {
		w->once(w->size);
		end = tsc();
		if (n < SAMPLES && end <= until)
			sample[n++] = end - begin;
	}
	print_row(w, sample, n);
}

static void measure_all(uint64_t from, uint64_t slice)
{
	const struct work *w;

	if (!from)
		from = tsc();
	else if (tsc() > from) {
		fputs("work: the moment to begin has passed: choose a later one\n",
		      stderr);
		exit(1);
	}
	puts("work\tsize_kb\tn\tmin_cycles\tp50_cycles\tp99_cycles");
	for (w = works; w->name; w++, from += slice)
		measure(w, from, from + slice);
}

/* ---- loading ---- */

/*
 * Whoever started it goes on at once: nothing of theirs is kept open. Its
 * process id is left in @path, for stop().
 */
static void detach(const char *path)
{
	int null = open("/dev/null", O_RDWR), fd;
	FILE *note = fopen(path, "w");
	pid_t child;

	if (null < 0 || !note)
		fail(path);
	child = fork();
	if (child < 0)
		fail("fork");
	if (child) {
		fprintf(note, "%d\n", child);
		if (fclose(note))
			fail(path);
		_exit(0);
	}
	setsid();
	for (fd = 0; fd < 3; fd++)
		dup2(null, fd);
}

static void stop(const char *path)
{
	FILE *note = fopen(path, "r");
	pid_t child;

	if (!note || fscanf(note, "%d", &child) != 1 || child <= 1)
		fail(path);
	if (kill(child, SIGKILL) || unlink(path))
		fail(path);
	exit(0);
}

static void load(const char *name, double for_seconds)
{
	const struct work *w, *kind = NULL;
	double end;

	for (w = works; w->name; w++)
		if (!strcmp(w->name, name))
			kind = w;	/* the largest of its kind */
	if (!kind)
		refuse();
	end = seconds() + for_seconds;
	while (!for_seconds || seconds() < end)
		kind->once(kind->size);
}

struct task {
	uint64_t from, slice;	/* cycles */
	const char *load;	/* NULL: measure */
	double seconds;		/* of load; 0: for ever */
};

static uint64_t number(const char *text)
{
	char *end;
	uint64_t value = strtoull(text, &end, 10);

	if (*end || end == text || *text == '-')
		refuse();
	return value;
}

static void take(struct task *task, int option)
{
	switch (option) {
	case 'c':
		stay_on(number(optarg));
		break;
	case 'n':
		if (setpriority(PRIO_PROCESS, 0, number(optarg)))
			fail("--nice");
		break;
	case 'f':
		task->from = number(optarg);
		break;
	case 's':
		task->slice = number(optarg);
		break;
	case 'l':
		task->load = optarg;
		break;
	case 't':
		task->seconds = number(optarg);
		break;
	case 'd':
		detach(optarg);
		break;
	case 'e':
		stop(optarg);
		break;
	case 'k':
		show_clock();
		exit(0);
	default:
		refuse();
	}
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "cpu", required_argument, NULL, 'c' },
		{ "nice", required_argument, NULL, 'n' },
		{ "from", required_argument, NULL, 'f' },
		{ "slice", required_argument, NULL, 's' },
		{ "load", required_argument, NULL, 'l' },
		{ "seconds", required_argument, NULL, 't' },
		{ "detach", required_argument, NULL, 'd' },
		{ "stop", required_argument, NULL, 'e' },
		{ "clock", no_argument, NULL, 'k' },
		{ NULL, 0, NULL, 0 },
	};
	struct task task = { .slice = 1000000000 };
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		take(&task, option);
	if (optind < argc)
		refuse();
	set_up();
	if (task.load)
		load(task.load, task.seconds);
	else
		measure_all(task.from, task.slice);
	return 0;
}
