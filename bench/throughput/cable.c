// SPDX-License-Identifier: GPL-2.0-only
/*
 * A User-Mode Linux with a driver under test, on a cable to an interface here, one
 * of a pair, until it is ended or PROGRAM is, which runs in the target.
 *
 *	this stack ◀── pair ──▶ cable ◀── window ──▶ driver, stack, PROGRAM
 *
 *	cable INTERFACE DRIVER MTU FRAMES PROGRAM [ARGUMENT]
 *
 * FRAMES: how many frames one doorbell is for, at most. PROGRAM gets one argument
 * more, the target's interface, whose address is 198.18.0.1/24.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent.h"
#include "carry.h"
#include "cpus.h"
#include "driver.h"
#include "say.h"
#include "site.h"
#include "stop.h"
#include "uml.h"

#define FOREVER_MS	86400000

struct cable {
	const char *name;		/* of the interface here */
	struct uml_spec spec;
	struct site_want want;
	struct site_facts facts;
	u32 frames;
	char *program[4];		/* and its arguments, NULL */

	struct device dev;
	struct wire wire;
	struct carry carry;
	pthread_t thread;
	int code;			/* of the program's thread */
	bool over;			/* W: that */
	char said[4096];		/* why */
};

/*
 * The interface as wide as it is wanted, up, with its address. Its rings stay as
 * deep as the driver makes them: in a deep one no buffer is in the caches any more
 * when its turn comes again.
 */
static int prepare(struct cable *c)
{
	struct intmgr_query query;
	struct site site;

	if (device_query(&c->dev, &query))
		return say_cannot("the target cannot be asked");
	snprintf(c->want.bdf, sizeof(c->want.bdf), "%.15s", query.bdf);
	site_init(&site, &site_agent, &c->dev, NULL);
	return site.ops->prepare(&site, &c->want, &c->facts);
}

static void *execute(void *arg)
{
	struct cable *c = arg;
	static char output[4096];
	int code = 0;

	stop_not_here();
	say_into(c->said, sizeof(c->said));
	c->code = agent_exec(&c->dev, c->program, FOREVER_MS, output,
			     sizeof(output), &code);
	if (!c->code)
		c->code = say_cannot("%s ended with exit code %d: %s",
				     c->program[0], code, output);
	port_store(&c->over, true);
	return NULL;
}

static bool is_over(void *arg)
{
	struct cable *c = arg;

	return stop_asked() || port_load(&c->over);
}

static int say_why(const struct cable *c)
{
	fputs(c->said, stderr);
	return c->code;
}

static int work(struct cable *c)
{
	int code = EXIT_CANNOT, err = wire_open(&c->wire, c->name);

	if (err)
		return say_cannot("cannot open %s: %s", c->name, strerror(-err));
	if (carry_open(&c->carry, uml_support(c->dev.uml)->view, &c->wire,
		       c->frames))
		say_cannot("the window has no room for what is sent");
	else
		code = prepare(c);
	if (!code && pthread_create(&c->thread, NULL, execute, c))
		code = say_cannot("cannot start a thread");
	if (!code) {
		carry_on(&c->carry, is_over, c);
		pthread_join(c->thread, NULL);
		code = stop_asked() ? EXIT_DONE : say_why(c);
	}
	wire_close(&c->wire);
	return code;
}

/*
 * Where the target stays: a program and its kernel hand over to each other at each
 * system call, which takes far longer between two CPUs. -1: anywhere.
 */
static int home(void)
{
	cpu_set_t online;

	return cpus_online(&online) ? -1 : cpus_highest_but(&online, -1);
}

static int read_words(struct cable *c, char **argv)
{
	c->name = argv[1];
	c->spec.driver = driver_find(argv[2]);
	if (!c->spec.driver)
		return say_usage("there is no driver %s", argv[2]);
	snprintf(c->want.driver, sizeof(c->want.driver), "%s",
		 c->spec.driver->name);
	c->want.mtu = strtoul(argv[3], NULL, 10);
	c->want.largest = c->want.mtu + FRAME_ETH_LEN;
	c->frames = strtoul(argv[4], NULL, 10);
	c->spec.file = argv[5];
	c->program[0] = argv[5];
	c->program[1] = argv[6] ? argv[6] : c->facts.interface;
	c->program[2] = argv[6] ? c->facts.interface : NULL;
	return EXIT_DONE;
}

int main(int argc, char **argv)
{
	struct cable c = {
		.spec = { .sink = INTMGR_SINK_WINDOW, .cpu = home() },
	};
	int code;

	if (argc < 6 || argc > 7)
		return say_usage("cable INTERFACE DRIVER MTU FRAMES PROGRAM [ARGUMENT]");
	code = read_words(&c, argv);
	stop_catch();
	if (!code)
		code = uml_open(&c.dev, &c.spec);
	if (code)
		return code;
	code = work(&c);
	device_close(&c.dev);
	return code;
}
