/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the support side needs of the place that it runs in: intmgr.ko in a
 * kernel, or the command as an ordinary program. Like injector/port.h, for
 * what that does not have.
 */
#ifndef INTMGR_OS_H
#define INTMGR_OS_H

#include "injector/port.h"

#ifdef __KERNEL__

#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/smp.h>
#include <linux/vmalloc.h>

#define os_sleep_us(least, most)	usleep_range(least, most)
#define os_resched()			cond_resched()
#define os_irq_off()			local_irq_disable()
#define os_irq_on()			local_irq_enable()

/* Has this thread been taken off @cpu, which it was bound to? */
static inline bool os_moved_off(u32 cpu)
{
	return raw_smp_processor_id() != cpu;
}

/* Does a signal want the caller to give up? */
static inline bool os_interrupted(void)
{
	return signal_pending(current);
}

/* @size bytes, zeroed; NULL: no memory. */
static inline void *os_alloc(size_t size)
{
	return vzalloc(size);
}

static inline void os_free(void *memory)
{
	kvfree(memory);
}

#define OS_MUTEX(name)			DEFINE_MUTEX(name)
#define os_lock(mutex)			mutex_lock(mutex)
#define os_unlock(mutex)		mutex_unlock(mutex)

#else /* a program */

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

static inline void os_sleep_us(u32 least, u32 most)
{
	const struct timespec span = { .tv_nsec = (least + most) / 2 * 1000L };

	nanosleep(&span, NULL);
}

#define os_resched()			do { } while (0)
#define os_irq_off()			do { } while (0)
#define os_irq_on()			do { } while (0)

/* Nobody takes a CPU from a program for good. */
static inline bool os_moved_off(u32 cpu)
{
	return false;
}

/* An order is short: who wants the program to stop waits for it. */
static inline bool os_interrupted(void)
{
	return false;
}

static inline void *os_alloc(size_t size)
{
	return calloc(1, size);
}

static inline void os_free(void *memory)
{
	free(memory);
}

#define OS_MUTEX(name)	pthread_mutex_t name = PTHREAD_MUTEX_INITIALIZER
#define os_lock(mutex)			pthread_mutex_lock(mutex)
#define os_unlock(mutex)		pthread_mutex_unlock(mutex)

#endif
#endif
