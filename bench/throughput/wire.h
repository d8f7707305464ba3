/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An interface of this kernel as a program's cable: frames that come out of it,
 * and such as go in, in two rings that both have mapped (packet(7), TPACKET_V2),
 * so that a system call is for many.
 */
#ifndef BENCH_WIRE_H
#define BENCH_WIRE_H

#include "injector/port.h"

#define WIRE_SLOT	16384		/* bytes of a frame, and what stands before it */
#define WIRE_SLOTS	512		/* of each ring */
#define WIRE_MOST	(WIRE_SLOT - 128)

struct wire {
	int fd;
	u8 *in, *out;			/* WIRE_SLOTS slots each */
	u32 next_in, next_out;
	bool unsent;			/* frames are in the ring, and not told of */
};

/* The end of interface @name: what is sent there comes out here. 0 or -errno. */
int wire_open(struct wire *w, const char *name);
void wire_close(struct wire *w);

/* The oldest frame that came out, until wire_drop(); NULL: there is none. */
u8 *wire_peek(struct wire *w, u32 *len);
void wire_drop(struct wire *w);

/* Put a frame in, if there is room; it goes with the next wire_flush(). */
bool wire_put(struct wire *w, const void *frame, u32 len);
void wire_flush(struct wire *w);

#endif
