/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The support side: what fires the shots at the window and judges what became
 * of them. It is the same in intmgr.ko, where the driver runs in this kernel or
 * in an OS node, and in the command, where it runs in a User-Mode Linux process.
 *
 *	view.c	  what the window holds	orders.c  telling the target what to do
 *	run.c	  a run's life		pace.c	  waiting for due times
 *	signs.c	  signs that it cannot go on
 *	shot.c	  one shot		collect.c what became of each shot
 *	summary.c figures		records.c one line a shot
 *	os.h	  what it needs of its place
 */
#ifndef INTMGR_SUPPORT_H
#define INTMGR_SUPPORT_H

#include "injector/entries.h"
#include "injector/frame.h"
#include "injector/histogram.h"
#include "injector/nic.h"
#include "injector/record.h"
#include "injector/schedule.h"
#include "kmod/doorbell.h"
#include "kmod/uapi/intmgr.h"
#include "kmod/window.h"
#include "support/clock.h"
#include "support/os.h"

/* ---- view.c: this side's view of the window ---- */

/*
 * Everything but *w was read from the window once, checked, and is used from
 * here: the target may write what it likes into its header later on.
 */
struct view {
	struct intmgr_window *w;
	u64 size;			/* of the window, bytes */
	bool foreign;			/* it is another kernel's */
	struct doorbell_line line;
	struct intmgr_slot *slot;
	const struct intmgr_entry *entry;
	struct nic nic;
	bool polled;			/* this side looks what the driver wrote into BAR 0 */
};

/*
 * Check the window of which @w, @size, @foreign and @line are set, and fill in
 * the rest. 0, -EPROTO, -ENODEV.
 */
int view_read(struct view *v);

/* A new kernel laid the window out: as the last one did? 0, -EPROTO, -ENODEV. */
int view_check_again(const struct view *v);

/* It has not said goodbye: one read, for use at each shot. */
static inline bool view_target_up(const struct view *v)
{
	return port_load(&v->w->state) == INTMGR_TARGET_UP;
}

/* A stamp of the target's that is later than this is garbage. */
u64 view_latest(void);

/* How old the target's last heartbeat is; that of garbage is ~0. */
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

#define RUN_RECORDS	131072U		/* shots in flight and records to fetch at most; power of two */
#define RUN_EXACT_NS		2000		/* later is late, further off is outside (the paper's 38 +- 2 us) */
#define RUN_NO_DOORBELL	(~0U)		/* struct shot.doorbell of shots that ring none */
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
 * other threads read the counters racily while it runs, and exactly when it
 * is over.
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
	int result;			/* 0 or -errno */

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
	u32 records;			/* constant; power of two, up to RUN_RECORDS */
	struct shot shot[];		/* shot[seq % records] */
};

static inline struct shot *run_shot(struct run *r, u64 seq)
{
	return &r->shot[seq & (r->records - 1)];
}

/* Is @spec a possible one? 0, -EINVAL, -EOPNOTSUPP. Before anything else. */
int run_check(const struct intmgr_run *spec);

/*
 * Set a run with @spec up in *out, and have the target ready for it:
 * run_execute() must follow. @frame and @trace, which @spec says the lengths of,
 * are the run's from here on, whatever is returned; NULL where it has none. 0, or
 * the errno of intmgr.h's table, and nothing changed.
 */
int run_create(struct run **out, struct view *v, const struct intmgr_run *spec,
	       void *frame, u64 *trace);
void run_free(struct run *r);

/*
 * The same for the run @r that ended with -ENODEV, which is to go on: -EBADFD
 * where there is none or @spec is not its own. It stays to be continued where
 * an error is returned. Its trace is the one that it had.
 */
int run_continue(struct run *r, const struct intmgr_run *spec, void *frame);

/* Run to the end; called by the thread that waits for it. 0 or -errno as in intmgr.h. */
int run_execute(struct run *r);

/* All shots, and what became of them; for run_in_thread(). */
void run_shots(struct run *r);

/* Does a run with @spec have a frame? */
bool run_has_frame(const struct intmgr_run *spec);

/*
 * Number and due time (cycles) of the next shot, for which all is made ready;
 * 0: that was the last. Then fire it, with interrupts off.
 */
u64 run_next(struct run *r, u64 *due);
void run_fire(struct run *r, u64 seq);
/* It was fired: when is the next one due? With interrupts on again. */
void run_fired(struct run *r, u64 seq);

static inline bool run_closed_loop(const struct run *r)
{
	return r->spec.flags & INTMGR_RUN_CLOSED_LOOP;
}

/* The place that the run is in has this one: run_shots() in a thread that paces. */
void run_in_thread(struct run *r);

/* Does shot @seq count, or is it one of the warm-up? */
static inline bool run_counts(const struct run *r, u64 seq)
{
	return seq > r->spec.warmup;
}

static inline void run_stop(struct run *r)
{
	port_store(&r->stop, true);
}

static inline bool run_stopping(const struct run *r)
{
	return port_load(&r->stop);
}

/* ---- pace.c ---- */

#define PACE_TAKEN_NS	100000000	/* a closed loop waits for a shot at most this long */

/* Fire each shot when it is due, until the last one or until the run is to end. */
void pace_shots(struct run *r);

/* ---- signs.c ---- */

/* May the run go on at @now (cycles)? If not, its result is set. */
bool run_may_go_on(struct run *r, u64 now);

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
	/* Soon @s will be fired: fetch what it will touch. NULL: nothing. */
	void (*fetch_ahead)(struct run *r, const struct shot *s);
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

/* The target is dead: judge all at once. In any context. */
void collect_dead(struct run *r);

/* ---- summary.c ---- */

void summary_fill(struct run *r, struct intmgr_stats *out);
void summary_record(const struct run *r, const struct shot *s,
		    struct intmgr_record *out);
/* What the window shows of the target; only what is about it is set. */
void summary_view(const struct view *v, struct intmgr_query *q);

/* ---- records.c; one caller at a time ---- */

/* The next record of a shot that was judged; false: there is none now. */
bool records_next(struct run *r, struct intmgr_record *out);
/* The last one is to be given once more. */
void records_put_back(struct run *r);

#endif
