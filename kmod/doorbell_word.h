/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Doorbells of a User-Mode Linux process: bits of a word in the window. The
 * process looks at it when it is idle and each time it enables interrupts; when
 * it sleeps, or one of its programs runs, a signal makes it look.
 *
 * Both sides store, then load what the other stores: the one that rings sets a
 * bit and asks whether the target looks, the target says that it will not look
 * and asks for bits once more (um_remote_away() in patches/um/). One of them sees
 * the other.
 */
#ifndef INTMGR_DOORBELL_WORD_H
#define INTMGR_DOORBELL_WORD_H

#include "injector/port.h"
#include "window.h"

/* How a target that does not look is woken; NULL: the one that rings is the target. */
struct doorbell_line {
	void (*wake)(void *arg);
	void *arg;
};

/* The word of an open doorbell: any device's vector will do. */
#define DOORBELL_WORD	0x20ULL

static inline bool doorbell_reaches(const struct doorbell_line *line, u64 word)
{
	return word & INTMGR_DOORBELL_VECTOR;
}

static inline void doorbell_send(struct intmgr_window *w, u32 index, u64 word,
				 const struct doorbell_line *line)
{
	port_fetch_or((u32 *)&w->raised, 1U << index);
	if (line->wake && !port_load(&w->looks))
		line->wake(line->arg);
}

#endif
