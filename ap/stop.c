// SPDX-License-Identifier: GPL-2.0-only
#include "stop.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

static volatile sig_atomic_t asked;
static timer_t again;
static bool have_timer;

/*
 * The signal may come after stop_asked() was read and before the kernel
 * sleeps in the ioctl. So it comes again, every 20 ms, until the exit.
 */
static void on_signal(int number)
{
	const struct itimerspec every_20ms = {
		.it_value.tv_nsec = 20000000,
		.it_interval.tv_nsec = 20000000,
	};

	if (number == SIGALRM || asked)
		return;
	asked = 1;
	if (have_timer)
		timer_settime(again, 0, &every_20ms, NULL);
}

void stop_catch(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	have_timer = !timer_create(CLOCK_MONOTONIC, NULL, &again);
	sigaction(SIGALRM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

void stop_not_here(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

bool stop_asked(void)
{
	return asked;
}
