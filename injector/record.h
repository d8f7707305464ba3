/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One record a shot (contract 6), and what can become of a shot.
 */
#ifndef INTMGR_RECORD_H
#define INTMGR_RECORD_H

#include "port.h"

/*
 * Each shot ends in exactly one of these, so that
 * sent = delivered + the sum of all others.
 */
enum outcome {
	OUTCOME_DELIVERED,	/* read from the socket */
	OUTCOME_NO_DESCRIPTOR,	/* no free RX descriptor: RDH == RDT */
	OUTCOME_RX_OFF,		/* receiver off or link down: nothing written */
	OUTCOME_FILTERED,	/* the address filters took it out */
	OUTCOME_BAD_DESCRIPTOR,	/* ring or buffer outside declared memory, or too small */
	OUTCOME_MASKED,		/* in the ring, the interrupt masked to the end */
	OUTCOME_DRIVER,		/* in the ring, and the driver dropped it */
	OUTCOME_STACK,		/* given to the stack, which dropped it */
	OUTCOME_SOCKET,		/* reached the socket, which had no room or was not read */
	OUTCOME_TARGET_DEAD,	/* the target was gone or had stopped taking interrupts */
	OUTCOMES
};

const char *outcome_name(enum outcome o);	/* "no_descriptor", ... */
const char *outcome_text(enum outcome o);	/* for a person: what to look at */

/* Times are in the pacing clock's units; 0 where it did not happen. */
struct shot_record {
	u64 seq;	/* 1, 2, ... */
	u64 due;
	u64 start;	/* the send operation began */
	u64 copied;	/* frame, descriptor and cause are written */
	u64 rung;	/* the IPI is sent; 0: none was due (cause masked or pending) */
	u64 handler;	/* handler entry of its own interrupt; 0: merged into another's */
	u64 poll;	/* the poll that took it began */
	u64 delivered;	/* the driver gave it to the stack */
	u64 socket;	/* a reader took it from the socket */
	u32 outcome;	/* enum outcome */
	u32 reason;	/* the kernel's drop reason, where the stack or the socket dropped it */
};

/* What the target side is known to have done with a shot that it was given. */
struct shot_trace {
	u64 delivered, socket;
	u32 reason;
	bool dropped_by_socket;	/* @reason is one of a socket's */
	bool dropped;
};

/* The state of the target when a shot is judged. */
struct shot_context {
	bool dead;		/* it said goodbye, or hangs: nothing more will come of it */
	bool silent;		/* it took no interrupt, or showed no life, after the shot */
	bool in_ring;		/* the descriptor still waits for the driver */
};

/*
 * The outcome of a shot that was placed in the ring, judged when nothing more
 * can happen to it.
 */
enum outcome shot_judge(const struct shot_trace *t, const struct shot_context *c);

/*
 * The outcome of a shot that was not placed in the ring, for the reason @at_once
 * that was seen when it was fired: a dead target's ring is full, or worse.
 */
enum outcome shot_judge_refused(enum outcome at_once,
				const struct shot_context *c);

#endif
