// SPDX-License-Identifier: GPL-2.0-only
#include "boot.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../say.h"
#include "injector/port.h"

static const struct {
	const char *type, *where;
} mounts[] = {
	{ "devtmpfs", "/dev" },
	{ "proc", "/proc" },
	{ "sysfs", "/sys" },
};

/* One write a line: each write to /dev/kmsg is a record of its own. */
static void speak_to_kernel_log(void)
{
	int null = open("/dev/null", O_RDWR), log = open("/dev/kmsg", O_WRONLY);

	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(log < 0 ? null : log, STDERR_FILENO);
	setvbuf(stderr, NULL, _IOLBF, 1024);
	if (null > STDERR_FILENO)
		close(null);
	if (log > STDERR_FILENO)
		close(log);
}

int boot_mount(void)
{
	int err = 0, code = EXIT_DONE;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(mounts); i++) {
		mkdir(mounts[i].where, 0755);
		/* the kernel may have mounted /dev by itself */
		err = mount(mounts[i].type, mounts[i].where, mounts[i].type, 0,
			    NULL) && errno != EBUSY ? errno : 0;
		if (!i)
			speak_to_kernel_log();
		if (err)
			code = say_cannot("cannot mount %s: %s",
					  mounts[i].where, strerror(err));
	}
	return code;
}

void boot_let_frames_wait(void)
{
	long pages = sysconf(_SC_PHYS_PAGES) / 2;
	FILE *f = fopen("/proc/sys/net/ipv4/udp_mem", "we");

	if (!f)
		return;
	fprintf(f, "%ld %ld %ld", pages, pages, pages);
	fclose(f);
}

static void on_signal(int number)
{
	switch (number) {
	case SIGTERM:
		reboot(RB_AUTOBOOT);
		break;
	case SIGUSR1:
		reboot(RB_HALT_SYSTEM);
		break;
	case SIGUSR2:
		reboot(RB_POWER_OFF);
		break;
	}
}

void boot_obey_signals(void)
{
	const struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGUSR1, &action, NULL);
	sigaction(SIGUSR2, &action, NULL);
}

bool boot_setting(const char *name, char *value, size_t size)
{
	FILE *f = fopen("/proc/cmdline", "re");
	size_t len = strlen(name);
	bool found = false;
	char word[256];

	while (f && !found && fscanf(f, "%255s", word) == 1) {
		found = !strncmp(word, name, len) && word[len] == '=';
		if (found)
			snprintf(value, size, "%s", word + len + 1);
	}
	if (f)
		fclose(f);
	return found;
}
