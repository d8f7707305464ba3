/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The socket that a run's frames end in. Its thread reads them, tells the
 * support side by the window (struct intmgr_slot.socket), and counts.
 */
#ifndef AP_RECEIVER_H
#define AP_RECEIVER_H

#include <pthread.h>

#include <linux/types.h>

#include "injector/port.h"
#include "kmod/window.h"

/* RFC 2544 test network: nobody else's addresses. */
#define RECEIVER_ADDRESS	0xc6120001u	/* 198.18.0.1 */
#define SENDER_ADDRESS		0xc6120002u	/* 198.18.0.2 */
#define RECEIVER_PREFIX		24

struct receiver_counts {
	u64 read;	/* frames of this run, each once */
	u64 duplicate;	/* those that came again */
	u64 foreign;	/* all others */
};

/* What is to come. */
struct receiver_load {
	u64 count;
	u64 interval_ns;	/* between two frames, about */
	u32 size;
};

struct receiver_batch;

struct receiver {
	pthread_t thread;
	int sock;
	u16 port;			/* host order */
	int cpu;
	u64 period_ns;			/* between two wake-ups */
	bool may_wait;			/* until no more come, and nobody else wants the CPU */
	u32 waiting;			/* bytes in the socket when last looked at */
	u64 run;			/* frame_mark.run */
	struct intmgr_slot *slot;
	const __u64 *now;	/* of the window */
	struct receiver_batch *batch;
	u64 *last;			/* last[seq % INTMGR_SLOTS]: a seq seen */
	bool stop;			/* atomic */
	/* W: the thread; a frame is counted before its slot is stamped */
	struct receiver_counts *counts;
};

/*
 * Open the socket, with room for what @load costs the kernel, within reason.
 * *@now is the time, in cycles, or 0 where the TSC has it (kmod/window.h).
 * Counts begin at 0 in *counts, which may be memory that somebody else reads.
 * 0 or -errno.
 */
int receiver_open(struct receiver *r, struct intmgr_slot *slot,
		  const __u64 *now, const struct receiver_load *load,
		  struct receiver_counts *counts);

/* Read what comes, from a thread on CPU @cpu. 0 or -errno. */
int receiver_start(struct receiver *r, u64 run, int cpu);

/* Drain a last time and end the thread. */
void receiver_stop(struct receiver *r);
void receiver_close(struct receiver *r);

/* Take @payload of one frame, whose first @len bytes are known, at time @now. */
void receiver_take(struct receiver *r, const void *payload, size_t len, u64 now);

/* How many bytes of frames this kernel lets wait in sockets, within reason. */
u64 receiver_room(void);

/*
 * How long the socket may be left alone under @load, if @room bytes may wait
 * there; until the run is over?
 */
u64 receiver_period(const struct receiver_load *load, u64 room);
bool receiver_may_wait(const struct receiver_load *load, u64 room);

#endif
