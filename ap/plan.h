/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the user wants: the command line, read and checked.
 */
#ifndef AP_PLAN_H
#define AP_PLAN_H

#include "driver.h"
#include "expect.h"
#include "injector/port.h"
#include "injector/schedule.h"

#define PLAN_SIZES	16
#define PLAN_EXPECTS	32
#define PLAN_POINTS	1000
#define PLAN_DEFAULT	(-1)
#define PLAN_WARMUP	(~0U)

struct target;

struct plan {
	/* one run */
	u64 interval_ns;		/* the mean one, once plan_check() is done */
	u64 count, seed;
	bool interval_given, count_given;
	u32 schedule;			/* enum schedule_kind */
	const char *schedule_text;	/* as it was asked for */
	u32 burst;			/* shots of one; other schedules: 0 */
	u64 ramp_from_ns, ramp_to_ns;	/* other schedules: 0 */
	const char *trace;		/* the file; other schedules: NULL */
	u64 *times;			/* what is in it, once plan_check() is done */
	u32 ntimes;
	u32 size;
	u32 against;			/* enum intmgr_against */
	u32 late;			/* enum schedule_late */
	bool closed_loop;
	bool floors;
	u32 probe;			/* slow shots after the run, all of which must arrive */
	u32 warmup;			/* uncounted shots before a run; PLAN_WARMUP until plan_check() */
	int cpu, target_cpu;		/* PLAN_DEFAULT until plan_check() */
	u32 ring, mtu;			/* 0: leave, fit */
	const struct target *target;
	u32 node;			/* which one, with the target "node"; else 0 */
	const struct driver *driver;	/* NULL: that of the function or the node */
	const char *module;		/* file of the driver's; NULL: the one that is there */
	int attachment;			/* enum intmgr_attachment; PLAN_DEFAULT: the same */
	u32 function;			/* 0: one that fits, or a new one */
	u32 queues;			/* RX queues to spread over; 0: one, and leave the driver's */
	bool restart;			/* a node that dies, and go on */
	bool deterministic;		/* in virtual time */
	struct {
		u32 access_ns, frame_ns, interrupt_ns;
	} cost;				/* of the target's work, there (kmod/uml/cost.c) */

	/* a sweep */
	u64 from_ns, to_ns;
	u64 step_ns;			/* 0: geometric */
	u32 points;			/* 0: the usual number */
	u32 sizes[PLAN_SIZES], nsizes;	/* nsizes 0: no sweep */

	/* an exploration, whose intervals are a sweep's */
	u32 seeds, jobs;		/* jobs 0: one on each CPU */

	/* what comes out */
	const char *log, *out, *plot, *console;	/* NULL: none */
	bool json, quiet;
	struct expectation expect[PLAN_EXPECTS];
	u32 expects;
};

void plan_init(struct plan *plan);

/*
 * Choose what was left open and check what one option alone cannot: sizes
 * against the MTU, the two CPUs, two things on stdout, names that --expect
 * uses, the schedule's file. Says what is wrong; EXIT_DONE, EXIT_USAGE or
 * EXIT_CANNOT.
 */
int plan_check(struct plan *plan);

/* Safe on a plan that was never checked. */
void plan_free(struct plan *plan);

/*
 * Choose target, driver and attachment where they were left open, unless a function or a
 * node decides them. Who names an attachment alone means the usual driver.
 */
void plan_choose_driver(struct plan *plan);

/* The largest frame of the plan; of its driver, as far as that is known. */
u32 plan_largest(const struct plan *plan);
u32 plan_largest_possible(const struct plan *plan);

/* RX queues that shots are spread over. */
u32 plan_queues(const struct plan *plan);

const char *plan_against_name(u32 against);

/* Is --cpu there, and are two CPUs for pacing and driver? For target.check(). */
int plan_check_cpu(const struct plan *plan);
int plan_check_cpus_here(struct plan *plan);

#endif
