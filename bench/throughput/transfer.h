/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bytes from one socket to another: for a time on one side, until the end on the
 * other, which counts. What byte goes where is known, so that it can be checked.
 */
#ifndef BENCH_TRANSFER_H
#define BENCH_TRANSFER_H

#include <stdbool.h>
#include <stdint.h>

#define TRANSFER_MOST	65536	/* bytes of a write or a datagram */

struct job {
	uint32_t udp;
	uint32_t out;		/* the server sends */
	uint32_t size;		/* of a write, or of a datagram's payload */
	uint32_t ms;
	uint32_t check;		/* compare each byte */
};

struct outcome {
	uint64_t bytes;
	uint64_t ns;		/* from the first of them to the last */
	uint64_t wrong;		/* reads with a byte that was not sent there */
};

/*
 * Over @data, connected; datagrams end when @control does, TCP's at its own
 * end. False: errno says why not.
 */
bool transfer_send(const struct job *job, int data);
bool transfer_take(const struct job *job, int data, int control,
		   struct outcome *outcome);

#endif
