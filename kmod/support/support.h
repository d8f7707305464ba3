/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The support module from the inside: what its files share.
 *
 *	main.c	load, unload		chardev.c /dev/intmgr and its ioctls
 *	window.c  what the window holds	memory.c  how this kernel gets at it
 *	orders.c  telling the target what to do
 *	run.c	a run's life		pace.c	  waiting for due times
 *	shot.c	one shot		collect.c what became of each shot
 *	summary.c figures		events.c  generic netlink
 */
#ifndef INTMGR_SUPPORT_H
#define INTMGR_SUPPORT_H

#include <linux/completion.h>
#include <linux/mutex.h>
#include <linux/types.h>

#include "doorbell.h"
#include "injector/entries.h"
#include "injector/frame.h"
#include "injector/histogram.h"
#include "injector/nic.h"
#include "injector/record.h"
#include "injector/schedule.h"
#include "intmgr.h"
#include "support/clock.h"
#include "window.h"

/* ---- memory.c: the memory of a window ---- */

struct memory {
	void *va;			/* where this side sees it */
	u64 size;			/* bytes */
	const struct memory_kind *kind;
	union {
		struct page **page;	/* this kernel's memory, pinned */
		struct file *file;	/* another kernel's: who keeps it */
	};
};

struct memory_kind {
	/* Set @va and what holds the memory, from @size and the caller's mapping. */
	int (*take)(struct memory *m, u64 addr);
	void (*drop)(struct memory *m);
	bool foreign;			/* another kernel's */
};

/*
 * Take the memory that the caller has mapped at @addr, both page aligned.
 * -EFAULT: it is not mapped whole, shared and writable; -EPROTO: it is not in
 * one piece, or not another kernel's; -ENOMEM.
 */
int memory_take(struct memory *m, u64 addr, u64 length);
void memory_drop(struct memory *m);

/* ---- window.c: this side's view of the window ---- */

/*
 * Everything but *w was read from the window once, checked, and is used from
 * here: the target may write what it likes into its header later on.
 */
struct view {
	struct memory memory;
	struct intmgr_window *w;
	struct intmgr_slot *slot;
	const struct intmgr_entry *entry;
	struct nic nic;
	bool polled;			/* this side looks what the driver wrote into BAR 0 */
	struct doorbell_reach reach;	/* none listed: this kernel's CPUs */
};

/*
 * Take and check the window that the caller has mapped at @addr; @reach lists
 * the CPUs of the kernel whose memory it is, none for this kernel. ERR_PTR:
 * -EINVAL, -EADDRINUSE, -EFAULT, -ENOMEM, -EPROTO, -ENODEV.
 */
struct view *view_open(u64 addr, u64 length, const struct doorbell_reach *reach);
void view_close(struct view *v);

/* A new kernel laid the window out: as the last one did? 0, -EPROTO, -ENODEV. */
int view_check_again(const struct view *v);

/* Is the target another kernel? */
static inline bool view_foreign(const struct view *v)
{
	return v->memory.kind->foreign;
}

/* It has not said goodbye: one read, for use at each shot. */
static inline bool view_target_up(const struct view *v)
{
	return READ_ONCE(v->w->state) == INTMGR_TARGET_UP;
}

/* A stamp of the target's that is later than this is garbage. */
u64 view_latest(void);

/* How old the target's last heartbeat is; that of garbage is U64_MAX. */
u64 view_silent_ms(const struct view *v);

/* It has not said goodbye, and does not hang. */
static inline bool view_target_alive(const struct view *v)
{
	return view_target_up(v) && view_silent_ms(v) <= INTMGR_DEAD_MS;
}

/* Ring one doorbell with interrupts off; false if nobody asked for the interrupt. */
bool view_ring(const struct view *v, u32 doorbell);

/* Ring MSI-X entries, one bit each; true if one of them was rung. The same. */
bool view_ring_vectors(const struct view *v, u32 vectors);

/* If its BAR is polled, act upon what the driver wrote; takes about 0.1 us. */
void view_poll(struct view *v);

/* ---- orders.c ---- */

/*
 * Give the target an order and wait until it is obeyed.
 * 0, -EHOSTDOWN (no such CPU there), -EIO (refused), -ENODEV, -ENXIO (no
 * doorbell), -ETIMEDOUT, -EINTR (a signal).
 */
int order_give(struct view *v, enum intmgr_order order, u32 arg);

/* ---- run.c ---- */

#define RUN_RECORDS	131072U		/* shots in flight and records to fetch; power of two */
#define RUN_EXACT_NS		2000		/* later is late, further off is outside (the paper's 38 +- 2 us) */
#define RUN_NO_DOORBELL	U32_MAX		/* struct shot.doorbell of shots that ring none */
#define RUN_IN_FLIGHT	61440U		/* shots followed at most; below INTMGR_SLOTS */

struct shot {
	struct shot_record rec;
	u64 due_ns;			/* rec.due as the schedule has it */
	u64 nth;			/* how many frames had gone into the ring, this one too; 0: it did not */
	u32 descriptor;			/* RX descriptor it went into */
	u32 queue;			/* RX queue that it was for */
	u32 doorbell;			/* that its interrupt comes by */
	bool unanswered;		/* rung, and no handler entry came */
};

/* One RX queue that shots go to. */
struct run_queue {
	u32 queue;
	u32 doorbell;
	__be32 source;			/* the IP address that steers there; 0: the frame's own */
};

/* Where pairing is in the log, for one doorbell. */
struct run_cursor {
	struct entry_pairing pairing;
	u64 tail;			/* next entry of the log to look at */
};

enum run_histogram { RUN_GAP, RUN_LATENCY, RUN_SEND, RUN_COPY, RUN_LATENESS, RUN_HISTOGRAMS };

/*
 * A run. The pacing thread owns every field that is not said to be another's;
 * other threads read the counters racily while it runs, and exactly after
 * @done.
 */
struct run {
	struct intmgr_run spec;		/* constant */
	struct view *v;			/* constant */
	const struct shot_ops *ops;	/* constant */
	struct clock clock;		/* constant once started */
	u64 late_after;			/* cycles, constant */
	struct schedule schedule;
	u64 *trace;			/* of the schedule, NULL: it has none */
	void *frame;			/* the frame, marked anew for each shot */

	bool stop;			/* W: anyone */
	int result;			/* 0 or -errno; stable after @done */
	struct completion done;

	u64 look_alive;			/* when to look at the heartbeat again */
	u64 begin, end;			/* first counted due time, end of the last shot */
	u64 sent;			/* shots fired, warm-up too; store-release */
	u64 in_ring[NIC_MAX_QUEUES];	/* of these, frames that went into each ring */
	u64 paired, judged;		/* shots 1 ... n are; @judged with store-release */
	u64 fetched, records_lost;	/* W: RECORDS ioctl, under the session's lock */

	struct run_queue queue[NIC_MAX_QUEUES];	/* spec.queues of them, in turns */
	u32 piece;			/* of the frame that is copied into one buffer, bytes */
	u32 doorbells;			/* whose handler entries count, one bit each */
	struct run_cursor cursor[INTMGR_DOORBELLS];
	u64 log_tail;			/* next entry of the log to count */
	u64 last_entry;			/* time of the one before, 0: none */
	u64 own_entry, own_due;		/* of the last shot with an entry of its own; 0: none */
	u64 handled_base, reraised_base;	/* the target's counts where ours are 0 */

	u64 last_delivery;		/* the last stamp read of a frame given to the stack */
	u64 life;			/* the target's last sign of life that was needed */
	bool dead;			/* what is left is judged, and the target is dead */

	/* Of judged shots after the warm-up. */
	u64 outcome[OUTCOMES];
	u64 received, fired, late;
	u64 queue_sent[NIC_MAX_QUEUES], queue_received[NIC_MAX_QUEUES];
	u64 wanted;			/* an interrupt: frames in the ring, or doorbells rung */
	u64 handled, gap_exact, bad_bus;
	u64 reraised;			/* while @over; else counted from the base */
	bool over;
	struct histogram histogram[RUN_HISTOGRAMS];
	struct shot shot[RUN_RECORDS];	/* shot[seq % RUN_RECORDS] */
};

static inline struct shot *run_shot(struct run *r, u64 seq)
{
	return &r->shot[seq % RUN_RECORDS];
}

/*
 * Check @spec, set a run up, and have the target ready for it: run_execute()
 * must follow. ERR_PTR with the errno of intmgr.h's table, and nothing changed.
 */
struct run *run_create(struct view *v, const struct intmgr_run *spec);
void run_free(struct run *r);

/*
 * The same for the run @r that ended with -ENODEV, which is to go on: -EBADFD
 * where there is none or @spec is not its own. It stays to be continued where
 * an error is returned.
 */
int run_continue(struct run *r, const struct intmgr_run *spec);

/* Run to the end; called by the thread that waits for it. 0 or -errno as in intmgr.h. */
int run_execute(struct run *r);

/* Does shot @seq count, or is it one of the warm-up? */
static inline bool run_counts(const struct run *r, u64 seq)
{
	return seq > r->spec.warmup;
}

static inline void run_stop(struct run *r)
{
	WRITE_ONCE(r->stop, true);
}

static inline bool run_stopping(const struct run *r)
{
	return READ_ONCE(r->stop);
}

/* ---- pace.c ---- */

/*
 * Wait until the clock reads @due, doing the run's chores meanwhile. Returns
 * with interrupts off, or false with interrupts on if the run is to stop.
 */
bool pace_until(struct run *r, u64 due);

/* Wait, at most 100 ms, until the last shot was taken; false if it was not. */
bool pace_until_taken(struct run *r);

/* ---- shot.c ---- */

/* One way to fire a shot (enum intmgr_against). */
struct shot_ops {
	/* Once before the first shot, in a process. 0 or -errno. */
	int (*prepare)(struct run *r);
	/*
	 * Fire: fill rec.start, .copied, .rung and rec.outcome where the shot
	 * ended at once. Interrupts are off.
	 */
	void (*fire)(struct run *r, struct shot *s);
	/* Was shot @seq taken by the target? */
	bool (*taken)(struct run *r, u64 seq);
	/* After the last shot, in a process. */
	void (*finish)(struct run *r);
	bool rings;			/* rec.rung is an IPI's */
};

extern const struct shot_ops *const shot_ops[INTMGR_AGAINSTS];

/* Make ready what the next shot, number @seq, writes, outside its timed part. */
void shot_make_ready(struct run *r, u64 seq);

/* It is due now, whatever the schedule says. */
void shot_due_now(const struct run *r, struct shot *s);

/* ---- collect.c ---- */

/* Do a bounded piece (< 1 us) of pairing and judging; false if there is nothing to do. */
bool collect_some(struct run *r);

/* Make room for one more shot in flight: judge the oldest if it must be. */
void collect_make_room(struct run *r);

/* Wait for what is still under way, then judge all. In a process. */
void collect_all(struct run *r);

/* ---- summary.c ---- */

void summary_fill(struct run *r, struct intmgr_stats *out);
void summary_record(const struct run *r, const struct shot *s,
		    struct intmgr_record *out);

/* ---- events.c ---- */

int events_register(void);
void events_unregister(void);
void events_started(const struct run *r);
void events_progress(const struct run *r);
void events_finished(const struct run *r, int result);

/* ---- chardev.c ---- */

int chardev_register(void);
void chardev_unregister(void);

#endif
