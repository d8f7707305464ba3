// SPDX-License-Identifier: GPL-2.0-only
#include "serve.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../device.h"
#include "../function.h"
#include "../mailbox.h"
#include "../say.h"
#include "../site.h"
#include "modules.h"
#include "programs.h"

struct agent {
	struct device dev;
	int fd;				/* of the target's device: read() waits for a request */
	struct mailbox *box;
	struct site site;
	struct programs programs;
};

/* ---- requests ---- */

/* The driver's probe may go on after its module is loaded. */
static int wait_bound(const char *bdf, const char *driver,
		      unsigned int timeout_ms)
{
	const struct timespec step = { .tv_nsec = 10000000 };
	struct function function;
	unsigned int waited;

	for (waited = 0; waited < timeout_ms; waited += 10) {
		function_read(&function, bdf);
		if (function.interface[0] && !strcmp(function.driver, driver))
			return EXIT_DONE;
		nanosleep(&step, NULL);
	}
	return function_need(&function, bdf, driver);
}

static int load_driver(struct agent *a, struct mailbox_request *request,
		       struct mailbox_reply *reply)
{
	char *driver = request->driver;
	int code;

	driver[sizeof(request->driver) - 1] = '\0';
	code = modules_load(driver, "");
	return code ? code : wait_bound(a->dev.window->bdf, driver,
					request->timeout_ms);
}

static int prepare(struct agent *a, struct mailbox_request *request,
		   struct mailbox_reply *reply)
{
	struct site_want *want = &request->want;

	want->driver[sizeof(want->driver) - 1] = '\0';
	want->bdf[sizeof(want->bdf) - 1] = '\0';
	return a->site.ops->prepare(&a->site, want, &reply->facts);
}

/* A reader that a killed command left behind is ended first. */
static int receive(struct agent *a, struct mailbox_request *request,
		   struct mailbox_reply *reply)
{
	struct receiver_counts ignored;

	if (a->site.receiving)
		a->site.ops->finish(&a->site, &ignored);
	return a->site.ops->receive(&a->site, &request->receive.load,
				    request->receive.run, request->receive.cpu,
				    &reply->port);
}

static int finish(struct agent *a, struct mailbox_request *request,
		  struct mailbox_reply *reply)
{
	if (!a->site.receiving)
		return say_cannot("no reader is at work: did another intmgr end it?");
	return a->site.ops->finish(&a->site, &reply->counts);
}

static int release(struct agent *a, struct mailbox_request *request,
		   struct mailbox_reply *reply)
{
	a->site.ops->release(&a->site);
	return EXIT_DONE;
}

static int (*const handlers[])(struct agent *a,
			       struct mailbox_request *request,
			       struct mailbox_reply *reply) = {
	[MAILBOX_LOAD] = load_driver,
	[MAILBOX_PREPARE] = prepare,
	[MAILBOX_RECEIVE] = receive,
	[MAILBOX_FINISH] = finish,
	[MAILBOX_RELEASE] = release,
};

static void handle(struct agent *a, struct mailbox_request *request,
		   struct mailbox_reply *reply)
{
	say_into(reply->said, sizeof(reply->said));
	if (request->kind < ARRAY_SIZE(handlers) && handlers[request->kind])
		reply->code = handlers[request->kind](a, request, reply);
	else
		reply->code = say_cannot("the agent does not know this request: start the node again with this intmgr");
	say_into(NULL, 0);
}

/* ---- the loop ---- */

static void handle_waiting(struct agent *a)
{
	struct mailbox_channel *channel = &a->box->channel[MAILBOX_SITE];
	struct mailbox_request request;
	u64 seq;

	while (mailbox_take(channel, &request, &seq)) {
		struct mailbox_reply reply = { 0 };

		handle(a, &request, &reply);
		mailbox_answer(channel, seq, &reply);
	}
}

static int open_window(struct agent *a)
{
	int code;

	a->fd = open(INTMGR_TARGET_DEVICE, O_RDWR | O_CLOEXEC);
	if (a->fd < 0)
		return say_cannot("cannot open %s: %m", INTMGR_TARGET_DEVICE);
	code = device_map(&a->dev, a->fd);
	if (code)
		return code;
	a->box = device_agent_area(&a->dev, sizeof(*a->box));
	if (!a->box)
		return say_cannot("the window has no room for the agent: load modules and command of one build");
	return EXIT_DONE;
}

int serve(void)
{
	static struct agent agent = { .dev.fd = -1 };
	u64 orders;
	int code;

	code = open_window(&agent);
	if (code)
		return code;
	site_init(&agent.site, &site_local, &agent.dev, &agent.box->counts);
	code = programs_start(&agent.programs, agent.box);
	if (code)
		return code;
	mailbox_open(agent.box);
	do {
		handle_waiting(&agent);
		programs_wake(&agent.programs);
	} while (read(agent.fd, &orders, sizeof(orders)) == sizeof(orders) ||
		 errno == EINTR);
	return say_cannot("cannot wait for requests: %m");
}
