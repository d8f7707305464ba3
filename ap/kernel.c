// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#include <stdio.h>
#include <sys/utsname.h>
#include <time.h>

void kernel_release(char release[65])
{
	struct utsname name;

	release[0] = '\0';
	if (!uname(&name))
		snprintf(release, 65, "%.64s", name.release);
}

u64 kernel_uptime_ns(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_BOOTTIME, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

void kernel_cpu_model(char model[64])
{
	FILE *f = fopen("/proc/cpuinfo", "re");
	char line[256];

	model[0] = '\0';
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "model name : %63[^\n]", model) == 1)
			break;
	if (f)
		fclose(f);
}
