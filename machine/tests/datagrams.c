// SPDX-License-Identifier: GPL-2.0-only
/*
 * usage: datagrams answer ADDRESS
 *        datagrams ask|send ADDRESS COUNT SIZE
 * UDP datagrams to port 5000, at once, or each when the one before has come back
 * from whoever answers there until it is killed.
 */
#include <arpa/inet.h>
#include <err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

static char buffer[65536];

static int udp(struct sockaddr_in *peer, const char *address)
{
	const struct timeval patience = { .tv_sec = 5 };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	peer->sin_family = AF_INET;
	peer->sin_port = htons(5000);
	if (!inet_aton(address, &peer->sin_addr))
		errx(2, "%s is no address", address);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
				 sizeof(patience)))
		err(1, "socket");
	return fd;
}

static int answer(const char *address)
{
	struct sockaddr_in own = { 0 }, from;
	int fd = udp(&own, address);
	socklen_t len;
	ssize_t size;

	if (bind(fd, (struct sockaddr *)&own, sizeof(own)))
		err(1, "bind");
	for (;;) {
		len = sizeof(from);
		size = recvfrom(fd, buffer, sizeof(buffer), 0,
				(struct sockaddr *)&from, &len);
		if (size >= 0)
			sendto(fd, buffer, size, 0, (struct sockaddr *)&from,
			       len);
	}
}

static int ask(const char *address, size_t count, size_t size, bool wait)
{
	struct sockaddr_in to = { 0 };
	int fd = udp(&to, address);

	if (size > sizeof(buffer))
		errx(2, "at most %zu bytes", sizeof(buffer));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)))
		err(1, "connect");
	while (count--) {
		if (send(fd, buffer, size, 0) != (ssize_t)size)
			err(1, "send");
		if (wait && recv(fd, buffer, sizeof(buffer), 0) !=
			    (ssize_t)size)
			err(1, "receive");
	}
	return 0;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "answer") && argc == 3)
		return answer(argv[2]);
	if ((!strcmp(what, "ask") || !strcmp(what, "send")) && argc == 5)
		return ask(argv[2], strtoul(argv[3], NULL, 0),
			   strtoul(argv[4], NULL, 0), what[0] == 'a');
	errx(2, "usage: datagrams answer ADDRESS | ask|send ADDRESS COUNT SIZE");
}
