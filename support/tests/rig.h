/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A window, a card and a target's kernel that the tests play. All is one thread:
 * the kernel has its turn when it is rung, and each time the support side polls.
 *
 *	run ──give()──▶ card's ring ──▶ kernel_napi() ──▶ slots
 *	    ──wake()──▶ kernel_interrupt() ──▶ log of handler entries
 */
#ifndef SUPPORT_TESTS_RIG_H
#define SUPPORT_TESTS_RIG_H

#include "testing.h"

#include "support/support.h"

#define RIG_RING	256U
#define RIG_RUN		0x1234ULL	/* mark of all runs */

/* What becomes of a frame that was put into the ring. */
enum fate {
	FATE_READ,		/* from the socket */
	FATE_UNREAD,
	FATE_DROPPED_BY_SOCKET,
	FATE_DROPPED_BY_STACK,
	FATE_DROPPED_BY_DRIVER,
	FATE_LEFT,		/* in the ring */
};

struct rig {
	struct intmgr_window *w;
	struct view view;
	struct nic_port port;
	struct run *run;		/* the one going on, or the last one */

	/* the card */
	u64 seq[RIG_RING];		/* that wait in the ring; 0: none */
	u64 given, taken;		/* frames so far */
	u64 shots;			/* given or refused */
	u64 fetched_ahead;		/* announced to be given soon */
	u32 longest;

	/* What the test wants; NULL: nothing special. */
	enum fate (*fate)(u64 seq);
	enum outcome (*refuse)(u64 seq);	/* OUTCOME_DELIVERED: do not */
	void (*at)(struct rig *rig, u64 seq);	/* when shot @seq is given */
	void (*turn)(struct rig *rig);		/* of the kernel */
	int (*obey)(struct rig *rig, u32 order);	/* the result */

	bool masked;			/* the card raises no interrupt */
	u32 merge;			/* interrupts that one handler takes; 0: 1 */
	u32 waiting;			/* ... so far */
	bool deaf, hung;		/* it takes no interrupt; its heart stands still */
	bool ignores_orders;
	u8 buffer[FRAME_MAX_SIZE];
};

void rig_open(struct rig *rig);
void rig_close(struct rig *rig);

/* A run of @count shots, one each @interval_ns, to be changed. */
struct intmgr_run rig_spec(u64 count, u64 interval_ns);

/* The frame that goes with it, NULL: none. A run frees its own. */
void *rig_frame(const struct intmgr_run *spec);

/* Do it, from the beginning to the end; its result is in it. run_free() it. */
struct run *rig_run(struct rig *rig, const struct intmgr_run *spec,
		    const u64 *trace);

/* All figures; sent = the sum of all outcomes, and nothing is under way. */
struct intmgr_stats rig_stats(struct run *r);

/* The kernel's heart beats, unless it hangs. It does at each shot and each turn. */
void rig_beat(struct rig *rig);

/* Let time go by. */
void rig_spin_ns(u64 ns);

#endif
