// SPDX-License-Identifier: GPL-2.0-only
/*
 * The heartbeat. It beats where the function's interrupts are taken, from a
 * timer's softirq: a CPU that is stuck with interrupts off, in a handler or in
 * a softirq does not beat.
 */
#include <linux/compiler.h>
#include <linux/cpu.h>
#include <linux/jiffies.h>

#include "cycles.h"
#include "target.h"

static void beat(struct function *f)
{
	WRITE_ONCE(f->window->alive, clock_read());
	f->alive.expires = jiffies + msecs_to_jiffies(INTMGR_ALIVE_MS);
	add_timer_on(&f->alive, READ_ONCE(f->cpu));
}

static void alive_beat(struct timer_list *timer)
{
	beat(container_of(timer, struct function, alive));
}

int alive_create(struct function *f)
{
	timer_setup(&f->alive, alive_beat, TIMER_PINNED);
	/* A timer that is put on a CPU after its timers were moved off is lost. */
	cpus_read_lock();
	beat(f);
	cpus_read_unlock();
	return 0;
}

void alive_destroy(struct function *f)
{
	timer_shutdown_sync(&f->alive);
}
