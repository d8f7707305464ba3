// SPDX-License-Identifier: GPL-2.0-only
#include "transfer.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

#define PERIOD		251	/* bytes: prime, so no size hides a shift */
#define QUIET_US	50000	/* no datagram for so long: look for the end */

/*
 * At a system call a User-Mode Linux's program is stopped, and its kernel woken;
 * asking for the time is one, too. So streams are read in large pieces, and who
 * writes looks at the clock now and then.
 */
#define READ_MOST	(512 * 1024)	/* bytes of a stream */
#define WRITES		16		/* between two looks at the clock */

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

/* What stands at @offset of a stream or a datagram, and behind that. */
static const uint8_t *pattern(uint64_t offset)
{
	static uint8_t bytes[READ_MOST + PERIOD];
	uint32_t i;

	if (!bytes[1])
		for (i = 0; i < sizeof(bytes); i++)
			bytes[i] = i % PERIOD;
	return bytes + offset % PERIOD;
}

/* A datagram that finds no room or nobody is lost, as on any wire. */
static bool is_lost(const struct job *job)
{
	return job->udp && (errno == ENOBUFS || errno == ECONNREFUSED);
}

bool transfer_send(const struct job *job, int data)
{
	uint64_t until = now_ns() + job->ms * 1000000ULL, sent = 0;
	uint32_t writes = 0;
	ssize_t n;

	while (writes++ % WRITES || now_ns() < until) {
		n = send(data, pattern(job->udp ? 0 : sent), job->size,
			 MSG_NOSIGNAL);
		if (n < 0 && !is_lost(job))
			return false;
		if (n > 0)
			sent += n;
	}
	return true;
}

static bool is_over(int control)
{
	char byte;

	return recv(control, &byte, 1, MSG_DONTWAIT) == 0;
}

static void take(const struct job *job, const uint8_t *buffer, size_t n,
		 struct outcome *o)
{
	uint64_t at = job->udp ? 0 : o->bytes;

	if (job->check && (memcmp(buffer, pattern(at), n) ||
			   (job->udp && n != job->size)))
		o->wrong++;
	o->bytes += n;
}

/* To the end of the stream, from the first byte's coming. */
static bool take_stream(const struct job *job, int data, struct outcome *o)
{
	static uint8_t buffer[READ_MOST];
	uint64_t first;
	ssize_t n;

	n = recv(data, buffer, 1, MSG_PEEK);
	first = now_ns();
	while (n > 0) {
		n = recv(data, buffer, sizeof(buffer), MSG_WAITALL);
		if (n > 0)
			take(job, buffer, n, o);
	}
	o->ns = now_ns() - first;
	return n == 0;
}

/* From the first datagram to the last one before the sender said that it is over. */
static bool take_datagrams(const struct job *job, int data, int control,
			   struct outcome *o)
{
	const struct timeval quiet = { .tv_usec = QUIET_US };
	static uint8_t buffer[TRANSFER_MOST];
	uint64_t first = 0, last = 0;
	ssize_t n;

	setsockopt(data, SOL_SOCKET, SO_RCVTIMEO, &quiet, sizeof(quiet));
	for (;;) {
		n = recv(data, buffer, sizeof(buffer), 0);
		if (n > 0) {
			last = now_ns();
			if (!first)
				first = last;
			take(job, buffer, n, o);
		} else if (n < 0 && errno != EAGAIN) {
			return false;
		} else if (is_over(control)) {
			break;
		}
	}
	o->ns = last - first;
	return true;
}

bool transfer_take(const struct job *job, int data, int control,
		   struct outcome *o)
{
	*o = (struct outcome){ 0 };
	return job->udp ? take_datagrams(job, data, control, o) :
			  take_stream(job, data, o);
}
