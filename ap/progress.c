// SPDX-License-Identifier: GPL-2.0-only
#include "progress.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "kmod/uapi/intmgr.h"
#include "say.h"
#include "stop.h"

bool progress_wanted(void)
{
	return say_to_terminal();
}

static void show(const struct event *event, void *arg)
{
	const struct progress *p = arg;

	if (event->command == INTMGR_CMD_STARTED)
		fprintf(stderr, "\r%s: started\033[K", p->label);
	if (event->command != INTMGR_CMD_PROGRESS || !event->count)
		return;
	fprintf(stderr,
		"\r%s: %" PRIu64 " of %" PRIu64 " shots, %.0f %%, %" PRIu64 " received\033[K",
		p->label, event->sent, event->count,
		100.0 * event->sent / event->count, event->received);
}

/* Floors have no number. */
static void look(const struct progress *p)
{
	struct event event = { .command = INTMGR_CMD_PROGRESS };
	struct intmgr_stats stats;

	if (device_stats(p->dev, &stats) || !stats.run || stats.sent > p->count)
		return;
	event.count = p->count;
	event.sent = stats.sent;
	event.received = stats.received;
	show(&event, (void *)p);
}

static void *watch(void *arg)
{
	struct progress *p = arg;
	struct pollfd fd[] = {
		{ .fd = p->wake, .events = POLLIN },
		{ .fd = p->dev ? -1 : events_fd(&p->events), .events = POLLIN },
	};

	stop_not_here();
	while (poll(fd, 2, p->dev ? PROGRESS_PERIOD_MS : -1) < 0 ||
	       !fd[0].revents)
		if (p->dev)
			look(p);
		else if (fd[1].revents)
			events_read(&p->events);
	return NULL;
}

void progress_start(struct progress *p, const char *label,
		    const struct device *dev, u64 count)
{
	*p = (struct progress){ .wake = -1, .count = count };
	snprintf(p->label, sizeof(p->label), "%s", label);
	if (dev->ops->fires_here)
		p->dev = dev;
	else if (events_open(&p->events, show, p))
		return;
	p->wake = eventfd(0, EFD_CLOEXEC);
	if (p->wake < 0)
		goto close;
	p->shown = !pthread_create(&p->thread, NULL, watch, p);
	if (p->shown)
		return;
	close(p->wake);
close:
	if (!p->dev)
		events_close(&p->events);
}

void progress_stop(struct progress *p)
{
	const u64 one = 1;

	if (!p->shown)
		return;
	if (write(p->wake, &one, sizeof(one)) == sizeof(one))
		pthread_join(p->thread, NULL);
	close(p->wake);
	if (!p->dev)
		events_close(&p->events);
	fputs("\r\033[K", stderr);
	*p = (struct progress){ 0 };
}
