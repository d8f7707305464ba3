/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which CPUs there are, and where this command's own threads may run.
 */
#ifndef AP_CPUS_H
#define AP_CPUS_H

#include <sched.h>

#include "injector/port.h"

/* Read a list as the kernel writes it, "0-3,5". 0 or -EINVAL. */
int cpus_parse(const char *list, cpu_set_t *set);

/* The CPUs that are online now. 0 or -errno. */
int cpus_online(cpu_set_t *set);

/* The CPUs that there are, online or not. 0 or -errno. */
int cpus_present(cpu_set_t *set);

/* How many CPUs this thread may run on; 0: that is not known. */
int cpus_allowed(void);

/* The highest CPU of @set but @other; -1: there is none. */
int cpus_highest_but(const cpu_set_t *set, int other);

/*
 * Keep this thread, and those it starts from now on, off CPU @cpu, which the
 * kernel's pacing loop will occupy.
 */
void cpus_stay_off(int cpu);

/* Keep this thread on @cpu; where that is forbidden it stays where it is. 0 or errno. */
int cpus_pin(int cpu);

/*
 * Run this thread only when nobody else wants the CPU: the driver's share comes
 * first. Once NAPI is pushed into ksoftirqd, a thread of equal weight would hold
 * it up for milliseconds.
 */
void cpus_give_way(void);

/*
 * Ask for no deep idle states, whose wake-up costs tens of us, until the file
 * returned is closed (Documentation/power/pm_qos_interface.rst). -1: the
 * machine has no such thing.
 */
int cpus_hold_awake(void);

#endif
