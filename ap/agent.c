// SPDX-License-Identifier: GPL-2.0-only
#include "agent.h"

#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "mailbox.h"
#include "monotonic.h"
#include "say.h"
#include "site.h"
#include "stop.h"

#define STEP_NS		500000		/* between two looks at the mailbox */
#define REACH_STEP_NS	5000000		/* ... while the target starts */
#define LOOK_MS		100		/* between two looks whether the node lives */
#define LONG_MS		100		/* what takes longer is looked after seldom */
#define LONG_STEP_NS	50000000
#define WAKES		100		/* tries, each ended by a signal */
#define ANSWER_MS	5000		/* for what the agent does at once */
#define PREPARE_MS	20000		/* a carrier may take 10 s */
#define LOAD_MS		20000

/* What a request is waited for with. */
struct patience {
	u64 timeout_ms;
	bool to_the_end;		/* even if the user wants to stop */
};

static void pause_for(long ns)
{
	const struct timespec step = { .tv_nsec = ns };

	nanosleep(&step, NULL);
}

/* ---- is anybody there ---- */

static int say_death(const struct device *dev)
{
	return dev->ops->say_end(dev);
}

bool agent_is_dead(const struct device *dev)
{
	struct intmgr_query query;

	return device_query(dev, &query) || !query.target_up ||
	       query.target_hung;
}

/* ---- requests ---- */

/*
 * One command at a time in each channel. The lock is one byte of the device
 * file, the node's and the channel's, and goes with its file.
 */
static int lock_channel(const struct device *dev, int channel)
{
	struct flock lock = {
		.l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = dev->node * MAILBOX_CHANNELS + channel,
		.l_len = 1,
	};
	u64 until = monotonic_ms() + ANSWER_MS;

	if (dev->fd < 0)
		return EXIT_DONE;	/* nobody else has it */
	while (fcntl(dev->fd, F_OFD_SETLK, &lock)) {
		if (errno != EAGAIN && errno != EACCES)
			return say_cannot("cannot lock the agent's mailbox: %m");
		if (monotonic_ms() > until)
			return say_cannot("%s is doing something for another intmgr: wait for that or end it",
					  dev->name);
		pause_for(10000000);
	}
	return EXIT_DONE;
}

static void unlock_channel(const struct device *dev, int channel)
{
	struct flock lock = {
		.l_type = F_UNLCK,
		.l_whence = SEEK_SET,
		.l_start = dev->node * MAILBOX_CHANNELS + channel,
		.l_len = 1,
	};

	if (dev->fd >= 0)
		fcntl(dev->fd, F_OFD_SETLK, &lock);
}

/* Why the reply is not there: EXIT_DONE, wait on. */
static int look_around(const struct device *dev, const struct patience *p,
		       u64 until)
{
	char advice[64];

	if (agent_is_dead(dev))
		return say_death(dev);
	if (!p->to_the_end && stop_asked())
		return say_cannot("stopped");
	if (monotonic_ms() > until)
		return say_cannot("the agent of %s does not answer: %s",
				  dev->name, dev->ops->advice(dev, advice));
	return EXIT_DONE;
}

/*
 * A run may go on meanwhile, on the only CPU that this kernel has left: a
 * program that takes long is looked after seldom.
 */
static int wait_reply(const struct device *dev, struct mailbox_channel *channel,
		      u64 seq, u32 kind, const struct patience *p,
		      struct mailbox_reply *reply)
{
	u64 began = monotonic_ms(), until = began + p->timeout_ms;
	u64 look = began + LOOK_MS, now;
	int code;

	while (!mailbox_collect(channel, seq, kind, reply)) {
		now = monotonic_ms();
		if (now >= look) {
			code = look_around(dev, p, until);
			if (code)
				return code;
			look = now + LOOK_MS;
		}
		pause_for(now - began < LONG_MS ? STEP_NS : LONG_STEP_NS);
	}
	return EXIT_DONE;
}

/* Once the user wants to stop, signals come every 20 ms. */
static int wake(const struct device *dev)
{
	int tries, err = -EINTR;

	for (tries = 0; tries < WAKES && err == -EINTR; tries++)
		err = device_wake_agent(dev);
	if (!err)
		return EXIT_DONE;
	return agent_is_dead(dev) ? say_death(dev) :
			      say_cannot("the agent of %s cannot be woken: %s",
					 dev->name, device_error_text(err));
}

static void say_lines(const char *who, char *said)
{
	char *line;

	while ((line = strsep(&said, "\n")))
		if (*line)
			say_note("%s: %s", who, line);
}

static int exchange(const struct device *dev, struct mailbox_channel *channel,
		    const struct mailbox_request *request,
		    const struct patience *p, struct mailbox_reply *reply)
{
	u64 seq = mailbox_post(channel, request);
	int code;

	code = wake(dev);
	if (!code)
		code = wait_reply(dev, channel, seq, request->kind, p, reply);
	if (code) {
		port_store(&channel->give_up, seq);
		return code;
	}
	say_lines(dev->name, reply->said);
	return reply->code;
}

/* Ask @request; the agent's exit code, or why there is none was said. */
static int ask(const struct device *dev, const struct mailbox_request *request,
	       const struct patience *p, struct mailbox_reply *reply)
{
	int which = request->kind == MAILBOX_EXECUTE ? MAILBOX_PROGRAM :
						       MAILBOX_SITE;
	struct mailbox *box = device_agent_area(dev, sizeof(*box));
	int code;

	if (!box || !mailbox_is_ready(box))
		return agent_is_dead(dev) ? say_death(dev) :
				      say_cannot("%s has no agent of this build: start it again",
						 dev->name);
	code = lock_channel(dev, which);
	if (code)
		return code;
	code = exchange(dev, &box->channel[which], request, p, reply);
	unlock_channel(dev, which);
	return code;
}

/* ---- starting ---- */

/* One look: 0, -EAGAIN as long as there is nobody yet, or -errno. */
static int try_reach(const struct device *dev, bool *attached)
{
	struct mailbox *box;
	int err;

	if (!*attached) {
		err = device_attach(dev);
		if (err == -EPROTO || err == -ENODEV)
			return -EAGAIN;
		if (err)
			return err;
		*attached = true;
	}
	box = device_agent_area(dev, sizeof(*box));
	return box && mailbox_is_ready(box) ? 0 : -EAGAIN;
}

static int reach(const struct device *dev, unsigned int timeout_ms,
		 bool attached)
{
	u64 until = monotonic_ms() + timeout_ms;
	char advice[64];
	int err;

	while ((err = try_reach(dev, &attached)) == -EAGAIN) {
		if (dev->ops->ended(dev))
			return say_death(dev);
		if (stop_asked())
			return say_cannot("stopped");
		if (monotonic_ms() > until)
			return say_cannot("%s did not come up in %u s: %s",
					  dev->name, timeout_ms / 1000,
					  dev->ops->advice(dev, advice));
		pause_for(REACH_STEP_NS);
	}
	return err ? say_cannot("%s", device_error_text(err)) : EXIT_DONE;
}

int agent_open(struct device *dev, u32 node, unsigned int timeout_ms)
{
	int code = device_open_node(dev, node);

	if (code)
		return code;
	code = reach(dev, timeout_ms, false);
	if (code)
		device_close(dev);
	return code;
}

int agent_wait(const struct device *dev, unsigned int timeout_ms)
{
	return reach(dev, timeout_ms, true);
}

int agent_wait_first(const struct device *dev, unsigned int timeout_ms)
{
	return reach(dev, timeout_ms, false);
}

int agent_load(const struct device *dev, const char *driver)
{
	struct mailbox_request request = { .kind = MAILBOX_LOAD,
					   .timeout_ms = LOAD_MS };
	const struct patience p = { .timeout_ms = LOAD_MS + ANSWER_MS };
	struct mailbox_reply reply;

	snprintf(request.driver, sizeof(request.driver), "%s", driver);
	return ask(dev, &request, &p, &reply);
}

/* ---- programs ---- */

static void copy_output(const struct device *dev, u32 from_len, char *out,
			size_t len)
{
	const struct mailbox *box = device_agent_area(dev, sizeof(*box));
	u32 n = min((size_t)from_len, len - 1);

	if (!box)
		n = 0;
	else
		memcpy(out, box->output + from_len - n, n);
	out[n] = '\0';
}

int agent_exec(const struct device *dev, char *const *argv,
	       unsigned int timeout_ms, char *out, size_t len, int *code)
{
	struct mailbox_request request = { .kind = MAILBOX_EXECUTE,
					   .timeout_ms = timeout_ms };
	const struct patience p = { .timeout_ms = (u64)timeout_ms + ANSWER_MS };
	struct mailbox_reply reply;
	int err;

	out[0] = '\0';
	if (mailbox_pack(&request, argv))
		return say_usage("the program's arguments are longer than %d bytes",
				 MAILBOX_ARGS);
	err = ask(dev, &request, &p, &reply);
	if (err)
		return err;
	copy_output(dev, reply.execute.len, out, len);
	*code = reply.execute.code;
	return EXIT_DONE;
}

/* ---- the site ---- */

static int agent_prepare(struct site *site, const struct site_want *want,
			 struct site_facts *facts)
{
	const struct mailbox_request request = { .kind = MAILBOX_PREPARE,
						 .want = *want };
	const struct patience p = { .timeout_ms = PREPARE_MS };
	struct mailbox_reply reply;
	int code = ask(site->dev, &request, &p, &reply);

	if (!code)
		*facts = reply.facts;
	return code;
}

static int agent_receive(struct site *site, const struct receiver_load *load,
			 u64 run, int cpu, u16 *port)
{
	const struct mailbox_request request = {
		.kind = MAILBOX_RECEIVE,
		.receive = { .load = *load, .run = run, .cpu = cpu },
	};
	const struct patience p = { .timeout_ms = ANSWER_MS };
	struct mailbox_reply reply;
	int code = ask(site->dev, &request, &p, &reply);

	if (!code)
		*port = reply.port;
	return code;
}

/* The last counts of a reader that nobody can be asked for any more. */
static int last_counts(const struct device *dev, struct receiver_counts *counts)
{
	const struct mailbox *box = device_agent_area(dev, sizeof(*box));

	*counts = (struct receiver_counts){ 0 };
	if (!box)
		return say_cannot("what %s counted is lost: it wrote over its window",
				  dev->name);
	counts->read = port_load_acquire(&box->counts.read);
	counts->duplicate = port_load(&box->counts.duplicate);
	counts->foreign = port_load(&box->counts.foreign);
	return EXIT_DONE;
}

static int agent_finish(struct site *site, struct receiver_counts *counts)
{
	const struct mailbox_request request = { .kind = MAILBOX_FINISH };
	const struct patience p = { .timeout_ms = ANSWER_MS,
				    .to_the_end = true };
	struct mailbox_reply reply;
	int code;

	if (agent_is_dead(site->dev))
		return last_counts(site->dev, counts);
	code = ask(site->dev, &request, &p, &reply);
	if (code && agent_is_dead(site->dev))
		return last_counts(site->dev, counts);
	if (!code)
		*counts = reply.counts;
	return code;
}

static void agent_release(struct site *site)
{
	const struct mailbox_request request = { .kind = MAILBOX_RELEASE };
	const struct patience p = { .timeout_ms = ANSWER_MS,
				    .to_the_end = true };
	struct mailbox_reply reply;

	if (site->dev->window && !agent_is_dead(site->dev))
		ask(site->dev, &request, &p, &reply);
}

const struct site_ops site_agent = {
	.prepare = agent_prepare,
	.receive = agent_receive,
	.finish = agent_finish,
	.release = agent_release,
};
