// SPDX-License-Identifier: GPL-2.0-only
#include "transfer.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

#define PERIOD		251	/* bytes: prime, so no size hides a shift */
#define QUIET_US	50000	/* no datagram for so long: look for the end */

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

/* What stands at @offset of a stream or a datagram, and behind that. */
static const uint8_t *pattern(uint64_t offset)
{
	static uint8_t bytes[TRANSFER_MOST + PERIOD];
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
	ssize_t n;

	while (now_ns() < until) {
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

bool transfer_take(const struct job *job, int data, int control,
		   struct outcome *o)
{
	const struct timeval quiet = { .tv_usec = QUIET_US };
	uint64_t first = 0, last = 0;
	static uint8_t buffer[TRANSFER_MOST];
	ssize_t n;

	*o = (struct outcome){ 0 };
	if (job->udp)
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
		} else if (n == 0 || is_over(control)) {
			break;
		}
	}
	o->ns = last - first;
	return true;
}
