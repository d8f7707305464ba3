// SPDX-License-Identifier: GPL-2.0-only
/*
 * TCP and UDP traffic between two stacks, the same program in both.
 *
 *	traffic serve [INTERFACE]		for clients, one after the other, for ever;
 *						"off" first
 *	traffic off INTERFACE			its offloads off, and TCP buffers of the
 *						usual sizes in its namespace
 *	traffic tcp|udp in|out ADDRESS SIZE MS [check]
 *
 * The last one has the server at ADDRESS take (in) or send (out) for MS ms, SIZE
 * bytes a write or datagram, and prints what arrived: bytes, nanoseconds from the
 * first to the last, and with check reads in which a byte was wrong.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "offloads.h"
#include "transfer.h"

#define PORT	5201
#define TRIES	100		/* to connect, 100 ms each */

static int say(const char *what)
{
	fprintf(stderr, "traffic: %s: %s\n", what, strerror(errno));
	return 1;
}

static struct sockaddr_in address_of(const char *text)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_port = htons(PORT) };

	if (text)
		inet_pton(AF_INET, text, &a.sin_addr);
	return a;
}

/* All of it, or false. */
static bool get(int control, void *data, size_t len)
{
	return recv(control, data, len, MSG_WAITALL) == (ssize_t)len;
}

static bool put(int control, const void *data, size_t len)
{
	return send(control, data, len, MSG_NOSIGNAL) == (ssize_t)len;
}

/*
 * TCP like the target's, whatever this kernel's own way is; and a server that is
 * not there yet is asked again soon.
 */
static int open_socket(int type)
{
	static const char cubic[] = "cubic";
	int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0), once = 1;

	if (fd >= 0 && type == SOCK_STREAM) {
		setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, cubic,
			   sizeof(cubic) - 1);
		setsockopt(fd, IPPROTO_TCP, TCP_SYNCNT, &once, sizeof(once));
	}
	return fd;
}

/* ---- the stack ---- */

static bool set(const char *file, const char *sizes)
{
	int fd = open(file, O_WRONLY | O_CLOEXEC);
	bool done = fd >= 0 && write(fd, sizes, strlen(sizes)) > 0;

	if (!done)
		say(file);
	if (fd >= 0)
		close(fd);
	return done;
}

/* A kernel sizes by its memory what TCP may buffer. The usual sizes, in all stacks. */
static bool prepare(const char *interface)
{
	if (!offloads_off(interface)) {
		say(interface);
		return false;
	}
	return set("/proc/sys/net/ipv4/tcp_rmem", "4096 131072 6291456") &&
	       set("/proc/sys/net/ipv4/tcp_wmem", "4096 16384 4194304");
}

/* ---- a job, the same at both ends ---- */

static bool send_all(const struct job *job, int data, int control,
		     struct outcome *o)
{
	return transfer_send(job, data) && !shutdown(control, SHUT_WR) &&
	       get(control, o, sizeof(*o));
}

static bool take_all(const struct job *job, int data, int control,
		     struct outcome *o)
{
	return transfer_take(job, data, control, o) &&
	       put(control, o, sizeof(*o));
}

/* ---- the server ---- */

static int open_server(int type)
{
	const struct sockaddr_in here = address_of(NULL);
	int fd = open_socket(type), on = 1;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (const struct sockaddr *)&here, sizeof(here)) ||
	    (type == SOCK_STREAM && listen(fd, 8))) {
		close(fd);
		return -1;
	}
	return fd;
}

/* The client's first datagram says where it is. */
static bool connect_back(int data)
{
	struct sockaddr_in from;
	socklen_t len = sizeof(from);
	char byte;

	return recvfrom(data, &byte, 1, 0, (struct sockaddr *)&from, &len) == 1 &&
	       !connect(data, (struct sockaddr *)&from, len);
}

static void serve_one(int control)
{
	struct outcome o;
	struct job job;
	int data = control;
	bool ready = get(control, &job, sizeof(job)) &&
		     job.size <= TRANSFER_MOST;

	if (ready && job.udp)
		data = open_server(SOCK_DGRAM);
	ready = ready && data >= 0 && put(control, "", 1);
	if (ready && job.udp)
		ready = connect_back(data);
	if (!ready || !(job.out ? send_all : take_all)(&job, data, control, &o))
		say("a job failed");
	if (data != control && data >= 0)
		close(data);
}

static int serve(void)
{
	int fd = open_server(SOCK_STREAM), control;

	if (fd < 0)
		return say("cannot open the port");
	while ((control = accept4(fd, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
		serve_one(control);
		close(control);
	}
	return say("cannot accept");
}

/* ---- the client ---- */

static int connect_to(int type, const char *text)
{
	const struct sockaddr_in to = address_of(text);
	int fd = open_socket(type);

	if (fd >= 0 && connect(fd, (const struct sockaddr *)&to, sizeof(to))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* The server may be about to start. */
static int reach(const char *text)
{
	const struct timespec step = { .tv_nsec = 100000000 };
	int fd, i;

	for (i = 0; i < TRIES; i++) {
		fd = connect_to(SOCK_STREAM, text);
		if (fd >= 0)
			return fd;
		nanosleep(&step, NULL);
	}
	return -1;
}

static int run(const struct job *job, const char *server)
{
	int control = reach(server), data = control;
	struct outcome o;
	char byte;

	if (control < 0)
		return say("cannot connect");
	if (!put(control, job, sizeof(*job)) || !get(control, &byte, 1))
		return say("the server does not answer");
	if (job->udp) {
		data = connect_to(SOCK_DGRAM, server);
		if (data < 0 || !put(data, "", 1))
			return say("cannot send");
	}
	if (!(job->out ? take_all : send_all)(job, data, control, &o))
		return say("the transfer failed");
	printf("%llu %llu %llu\n", (unsigned long long)o.bytes,
	       (unsigned long long)o.ns, (unsigned long long)o.wrong);
	return 0;
}

/* ---- words ---- */

static int say_words(void)
{
	fprintf(stderr, "usage: traffic serve [INTERFACE]\n"
		"       traffic off INTERFACE\n"
		"       traffic tcp|udp in|out ADDRESS SIZE MS [check]\n");
	return 2;
}

static int client(int argc, char **argv)
{
	struct job job = {
		.udp = !strcmp(argv[1], "udp"),
		.out = !strcmp(argv[2], "out"),
		.size = strtoul(argv[4], NULL, 10),
		.ms = strtoul(argv[5], NULL, 10),
		.check = argc > 6,
	};

	if (!job.size || job.size > TRANSFER_MOST)
		return say_words();
	return run(&job, argv[3]);
}

int main(int argc, char **argv)
{
	bool serves = argc >= 2 && !strcmp(argv[1], "serve");
	bool off = argc == 3 && !strcmp(argv[1], "off");

	if ((off || (serves && argc == 3)) && !prepare(argv[2]))
		return 1;
	if (off)
		return 0;
	if (serves)
		return serve();
	return argc >= 6 ? client(argc, argv) : say_words();
}
