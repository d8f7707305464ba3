// SPDX-License-Identifier: GPL-2.0-only
#include "serve.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../device.h"
#include "../driver.h"
#include "../function.h"
#include "../mailbox.h"
#include "../node_cmdline.h"
#include "../say.h"
#include "../sink.h"
#include "../site.h"
#include "../target_device.h"
#include "boot.h"
#include "modules.h"
#include "programs.h"

struct agent {
	struct device dev;
	int fd;				/* of the target's device: read() waits for a request */
	char bdf[16];			/* of the function */
	struct mailbox *box;
	struct site site;
	struct programs programs;
};

/* ---- requests ---- */

static int load_driver(struct agent *a, struct mailbox_request *request,
		       struct mailbox_reply *reply)
{
	char *driver = request->driver;
	struct function function;
	int code;

	driver[sizeof(request->driver) - 1] = '\0';
	code = modules_load(driver, "");
	return code ? code : function_wait(&function, a->bdf, driver,
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

/* What stands behind @text's first comma, which ends @text. */
static char *cut(char *text)
{
	char *rest = text + strcspn(text, ",");

	if (*rest)
		*rest++ = '\0';
	return rest;
}

/* What the command line says that it shall be: MODEL,ATTACHMENT,SINK. */
static void read_wish(struct intmgr_create *create)
{
	char text[64] = "", *attachment, *sink;
	u32 i, no_peer;

	boot_setting(NODE_FUNCTION_WORD, text, sizeof(text));
	attachment = cut(text);
	sink = cut(attachment);
	sink_parse(sink, &create->sink, &no_peer);
	snprintf(create->model, sizeof(create->model), "%.15s", text);
	for (i = 0; i < INTMGR_ATTACHMENTS; i++)
		if (!strcmp(attachment, driver_attachments[i]))
			create->attachment = i;
}

/* The node's only function; an agent that was here before has made it. */
static int make_function(struct agent *a)
{
	struct intmgr_create create = { 0 };
	struct intmgr_function f;
	int err;

	if (!target_bind(a->fd, 1)) {
		err = target_function(a->fd, 1, &f);
		memcpy(a->bdf, f.bdf, sizeof(a->bdf));
		return err ? target_say_error(1, err) : EXIT_DONE;
	}
	read_wish(&create);
	err = target_create(a->fd, &create);
	memcpy(a->bdf, create.bdf, sizeof(a->bdf));
	return err ? target_say_create_error(&create, err) : EXIT_DONE;
}

static int open_window(struct agent *a)
{
	int code;

	code = target_open(&a->fd);
	if (!code)
		code = make_function(a);
	if (!code)
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
