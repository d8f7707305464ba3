// SPDX-License-Identifier: GPL-2.0-only
#include "cpus.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int parse_number(const char **p, unsigned long *out)
{
	char *end;

	*out = strtoul(*p, &end, 10);
	if (end == *p || *out >= CPU_SETSIZE)
		return -EINVAL;
	*p = end;
	return 0;
}

static int parse_range(const char **p, cpu_set_t *set)
{
	unsigned long first, last;

	if (parse_number(p, &first))
		return -EINVAL;
	last = first;
	if (**p == '-') {
		(*p)++;
		if (parse_number(p, &last) || last < first)
			return -EINVAL;
	}
	for (; first <= last; first++)
		CPU_SET(first, set);
	return 0;
}

int cpus_parse(const char *list, cpu_set_t *set)
{
	CPU_ZERO(set);
	for (;;) {
		if (parse_range(&list, set))
			return -EINVAL;
		if (!*list || *list == '\n')
			return 0;
		if (*list++ != ',')
			return -EINVAL;
	}
}

static int read_list(const char *path, cpu_set_t *set)
{
	FILE *f = fopen(path, "re");
	char line[4096];
	int err = -EINVAL;

	if (!f)
		return -errno;
	if (fgets(line, sizeof(line), f))
		err = cpus_parse(line, set);
	fclose(f);
	return err;
}

int cpus_online(cpu_set_t *set)
{
	return read_list("/sys/devices/system/cpu/online", set);
}

int cpus_present(cpu_set_t *set)
{
	return read_list("/sys/devices/system/cpu/present", set);
}

int cpus_allowed(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) ? 0 : CPU_COUNT(&set);
}

int cpus_highest_but(const cpu_set_t *set, int other)
{
	int cpu;

	for (cpu = CPU_SETSIZE - 1; cpu >= 0; cpu--)
		if (CPU_ISSET(cpu, set) && cpu != other)
			return cpu;
	return -1;
}

void cpus_stay_off(int cpu)
{
	cpu_set_t set;

	if (cpus_online(&set))
		return;
	CPU_CLR(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

int cpus_pin(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	return sched_setaffinity(0, sizeof(set), &set) ? errno : 0;
}

void cpus_give_way(void)
{
	const struct sched_param param = { 0 };

	sched_setscheduler(0, SCHED_IDLE, &param);
}

int cpus_hold_awake(void)
{
	const s32 latency_us = 0;
	int fd = open("/dev/cpu_dma_latency", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	if (write(fd, &latency_us, sizeof(latency_us)) != sizeof(latency_us)) {
		close(fd);
		return -1;
	}
	return fd;
}
