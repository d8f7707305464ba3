// SPDX-License-Identifier: GPL-2.0-only
#include "receiver.h"

#include <arpa/inet.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <x86intrin.h>

#include "cpus.h"
#include "injector/frame.h"
#include "stop.h"
#include "warm.h"

/*
 * Frames read by one system call. What a program does between two of them, a
 * User-Mode Linux has interrupted by signals, which cost more than the frames.
 */
#define BATCH		1024
#define ROOM_MIN	(4ULL << 20)
#define ROOM_MAX	(512ULL << 20)	/* the kernel doubles it */

/*
 * Each wake-up on the target's CPU delays the handler: at 38 us, every 2 ms
 * instead of every 20 ms doubles the gaps that are off by more than 2 us. But
 * the support side waits for stamps only 100 ms after a stopped run, follows
 * INTMGR_SLOTS shots at most, and the kernel's memory for UDP is limited.
 */
#define PERIOD_MIN_NS	2000000ULL
#define PERIOD_MAX_NS	20000000ULL
#define WAITING_SHOTS	(INTMGR_SLOTS / 8)
#define WAITING_BYTES	(64ULL << 20)
#define WARM_MORE	(8ULL << 20)	/* bytes: the kernel takes not just what it had last */

/*
 * The kernel charges a frame by the memory behind it: a power of two that holds
 * it and struct skb_shared_info, and the socket buffer's head.
 */
static u64 charge_for(u32 size)
{
	u64 data = 256;

	while (data < size + 320ULL)
		data *= 2;
	return data + 1024;
}

/*
 * Of UDP's memory the first limit counts, whatever Documentation/networking/
 * ip-sysctl.rst says of the others: UDP has no memory_pressure, and without it
 * __sk_mem_raise_allocated() refuses what lies between them. Half is left to
 * others. What is free just now has no say: it differs from run to run, which
 * virtual time would show.
 */
u64 receiver_room(void)
{
	FILE *f = fopen("/proc/sys/net/ipv4/udp_mem", "re");
	u64 page = sysconf(_SC_PAGESIZE);
	unsigned long long pages;

	if (!f || fscanf(f, "%llu", &pages) != 1)
		pages = WAITING_BYTES;	/* no limit is known */
	if (f)
		fclose(f);
	return min(WAITING_BYTES, pages * page / 2);
}

u64 receiver_period(const struct receiver_load *load, u64 room)
{
	u64 waiting = room / charge_for(load->size);
	u64 period = min(waiting, (u64)WAITING_SHOTS) * load->interval_ns;

	return max(PERIOD_MIN_NS, min(period, PERIOD_MAX_NS));
}

/*
 * May all frames wait in the socket until the run is over? Then the reader need
 * not run beside the driver at all; else it must keep up.
 */
bool receiver_may_wait(const struct receiver_load *load, u64 room)
{
	return load->count <= room / charge_for(load->size);
}

static int room_for(const struct receiver_load *load)
{
	u64 frames = min(load->count, (u64)INTMGR_SLOTS);
	u64 room = frames * charge_for(load->size);

	return max(ROOM_MIN, min(room, ROOM_MAX));
}

/* Where frames are read to: of each its mark alone. */
struct receiver_batch {
	struct frame_mark mark[BATCH];
	struct iovec iov[BATCH];
	struct mmsghdr msg[BATCH];
};

static struct receiver_batch *batch_new(void)
{
	struct receiver_batch *b = calloc(1, sizeof(*b));
	int i;

	for (i = 0; b && i < BATCH; i++) {
		b->iov[i] = (struct iovec){ &b->mark[i], sizeof(b->mark[i]) };
		b->msg[i].msg_hdr.msg_iov = &b->iov[i];
		b->msg[i].msg_hdr.msg_iovlen = 1;
	}
	return b;
}

static int bind_socket(struct receiver *r, int room)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(RECEIVER_ADDRESS),
	};
	socklen_t len = sizeof(addr);

	if (setsockopt(r->sock, SOL_SOCKET, SO_RCVBUFFORCE, &room,
		       sizeof(room)) ||
	    bind(r->sock, (struct sockaddr *)&addr, len) ||
	    getsockname(r->sock, (struct sockaddr *)&addr, &len))
		return -errno;
	r->port = ntohs(addr.sin_port);
	return 0;
}

int receiver_open(struct receiver *r, struct intmgr_slot *slot,
		  const __u64 *now, const struct receiver_load *load,
		  struct receiver_counts *counts)
{
	u64 room = receiver_room();
	int err;

	*r = (struct receiver){
		.slot = slot,
		.now = now,
		.counts = counts,
		.may_wait = receiver_may_wait(load, room),
	};
	r->period_ns = r->may_wait ? PERIOD_MAX_NS : receiver_period(load, room);
	if (r->may_wait && !port_load(now))
		warm_memory(load->count * charge_for(load->size) + WARM_MORE);
	*counts = (struct receiver_counts){ 0 };
	r->sock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (r->sock < 0)
		return -errno;
	r->last = calloc(INTMGR_SLOTS, sizeof(*r->last));
	r->batch = batch_new();
	err = r->last && r->batch ? bind_socket(r, room_for(load)) : -ENOMEM;
	if (err)
		receiver_close(r);
	return err;
}

void receiver_close(struct receiver *r)
{
	free(r->batch);
	free(r->last);
	close(r->sock);
}

/* A release: who sees the slot's stamp sees the count. */
static void count(u64 *counter)
{
	port_store_release(counter, *counter + 1);
}

void receiver_take(struct receiver *r, const void *payload, size_t len, u64 now)
{
	u64 seq = frame_payload_seq(payload, len, r->run);
	u64 i = seq % INTMGR_SLOTS;

	if (!seq) {
		count(&r->counts->foreign);
		return;
	}
	if (r->last[i] == seq) {
		count(&r->counts->duplicate);
		return;
	}
	r->last[i] = seq;
	count(&r->counts->read);
	/* a slot that a later shot has by now is not stamped */
	if (port_load_acquire(&r->slot[i].seq) == seq)
		port_store_release(&r->slot[i].socket, now);
}

static u64 read_clock(const struct receiver *r)
{
	u64 now = port_load(r->now);

	return now ? now : __rdtsc();
}

/* One batch; how many frames it held, 0 when the socket is empty. */
static int drain_batch(struct receiver *r)
{
	struct receiver_batch *b = r->batch;
	int i, n;

	n = recvmmsg(r->sock, b->msg, BATCH, MSG_DONTWAIT | MSG_TRUNC, NULL);
	for (i = 0; i < n; i++)
		receiver_take(r, &b->mark[i],
			      min(b->msg[i].msg_len, sizeof(b->mark[i])),
			      read_clock(r));
	return n > 0 ? n : 0;
}

/* Bytes that the kernel charges for what waits in the socket, @otherwise if it does not say. */
static u32 bytes_waiting(const struct receiver *r, u32 otherwise)
{
	u32 info[SK_MEMINFO_VARS];
	socklen_t len = sizeof(info);

	return getsockopt(r->sock, SOL_SOCKET, SO_MEMINFO, info, &len) ?
	       otherwise : info[SK_MEMINFO_RMEM_ALLOC];
}

/*
 * Where all may wait until the run is over, frames are left alone while more
 * come: a program that runs is slower to interrupt than a kernel that sleeps.
 */
static bool more_come(struct receiver *r)
{
	u32 before = r->waiting;

	r->waiting = bytes_waiting(r, before);
	return r->waiting != before;
}

static void *receive(void *arg)
{
	struct receiver *r = arg;
	const struct timespec period = { .tv_nsec = r->period_ns };
	bool last = false;

	stop_not_here();
	cpus_pin(r->cpu);
	if (r->may_wait)
		cpus_give_way();
	for (;;) {
		if (last || !r->may_wait || !more_come(r))
			while (drain_batch(r))
				;
		if (last)
			return NULL;
		last = port_load_acquire(&r->stop);
		if (!last)
			nanosleep(&period, NULL);
	}
}

int receiver_start(struct receiver *r, u64 run, int cpu)
{
	r->run = run;
	r->cpu = cpu;
	return -pthread_create(&r->thread, NULL, receive, r);
}

void receiver_stop(struct receiver *r)
{
	port_store_release(&r->stop, true);
	pthread_join(r->thread, NULL);
}
