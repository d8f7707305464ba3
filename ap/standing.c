// SPDX-License-Identifier: GPL-2.0-only
#include "standing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cpus.h"

#define NICE	(-20)

/* ---- how long a FIFO thread may spin ---- */

static bool read_us(const char *path, long long *us)
{
	FILE *f = fopen(path, "re");
	bool found = f && fscanf(f, "%lld", us) == 1;

	if (f)
		fclose(f);
	return found;
}

/*
 * Two CPU-bound threads on the pacing CPU make a run's latest shot 4 to 24 ms
 * late at nice -20, which counts within a session only, and less than 0.2 ms with
 * SCHED_FIFO. But a kernel lets such threads have a CPU for sched_rt_runtime_us of
 * a period (95 % of 1 s) and then stops them for the rest of it: worse than none.
 * So they are for runs that stay below, with floors and warm-up, which take as
 * long again: that is half. Where there is no limit, the period is ours.
 */
bool standing_may_spin(u64 ns)
{
	long long period, runtime;

	if (!read_us("/proc/sys/kernel/sched_rt_period_us", &period) ||
	    !read_us("/proc/sys/kernel/sched_rt_runtime_us", &runtime))
		return false;
	if (runtime < 0)
		runtime = period;
	return ns / 1000 <= (u64)runtime / 2;
}

/* ---- having it ---- */

static bool take_fifo(struct standing *s)
{
	const struct sched_param param = {
		.sched_priority = sched_get_priority_min(SCHED_FIFO),
	};

	if (sched_setscheduler(0, SCHED_FIFO, &param)) {
		s->error = errno;
		return false;
	}
	s->priority = STANDING_FIFO;
	return true;
}

static bool take_nice(struct standing *s)
{
	if (setpriority(PRIO_PROCESS, 0, NICE)) {
		s->error = errno;
		return false;
	}
	s->priority = STANDING_NICE;
	return true;
}

struct standing standing_take(int cpu, bool spin)
{
	struct standing s = { .cpu = cpu, .pin_error = cpus_pin(cpu) };

	if (!spin || !take_fifo(&s))
		take_nice(&s);
	return s;
}

/*
 * Where the kernel groups by session (CONFIG_SCHED_AUTOGROUP), a nice value counts
 * within it only; the group has one, too (sched(7)).
 */
static void take_nice_of_session(struct standing *s)
{
	int fd = open("/proc/self/autogroup", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;		/* there are no such groups */
	if (dprintf(fd, "%d", NICE) < 0)
		s->error = errno;
	close(fd);
}

struct standing standing_take_session(int cpu)
{
	struct standing s = standing_take(cpu, false);

	if (s.priority != STANDING_NONE)
		take_nice_of_session(&s);
	return s;
}

/* ---- saying it ---- */

const char *standing_priority_name(const struct standing *s)
{
	static const char *const name[] = {
		[STANDING_NICE] = "nice",
		[STANDING_FIFO] = "fifo",
	};

	return name[s->priority];
}

const char *standing_why(const struct standing *s)
{
	if (s->pin_error)
		return strerror(s->pin_error);
	return s->error ? strerror(s->error) : NULL;
}

static const char *priority_text(const struct standing *s)
{
	static const char *const text[] = {
		[STANDING_NONE] = "without priority",
		[STANDING_NICE] = "nice -20",
		[STANDING_FIFO] = "SCHED_FIFO",
	};

	return text[s->priority];
}

const char *standing_text(const struct standing *s, const char *who,
			  char text[STANDING_TEXT])
{
	const char *why = standing_why(s);

	snprintf(text, STANDING_TEXT, "%s %s, %s CPU %d%s%s%s", who,
		 priority_text(s), s->pin_error ? "not kept on" : "on", s->cpu,
		 why ? " (" : "", why ? why : "", why ? ")" : "");
	return text;
}
