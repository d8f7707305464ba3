// SPDX-License-Identifier: GPL-2.0-only
/*
 * The heartbeat. It beats where the function's interrupts are taken, from a
 * timer's softirq: a CPU that is stuck with interrupts off, in a handler or in
 * a softirq does not beat.
 */
#include <linux/compiler.h>
#include <linux/cpu.h>
#include <linux/jiffies.h>
#include <linux/timer.h>
#include <asm/tsc.h>

#include "target.h"

static struct timer_list alive_timer;

static void beat(void)
{
	WRITE_ONCE(window->alive, rdtsc_ordered());
	alive_timer.expires = jiffies + msecs_to_jiffies(INTMGR_ALIVE_MS);
	add_timer_on(&alive_timer, msi_cpu());
}

static void alive_beat(struct timer_list *unused)
{
	beat();
}

int alive_create(void)
{
	timer_setup(&alive_timer, alive_beat, TIMER_PINNED);
	/* A timer that is put on a CPU after its timers were moved off is lost. */
	cpus_read_lock();
	beat();
	cpus_read_unlock();
	return 0;
}

void alive_destroy(void)
{
	timer_shutdown_sync(&alive_timer);
}
