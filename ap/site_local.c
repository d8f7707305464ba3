// SPDX-License-Identifier: GPL-2.0-only
/*
 * The site in the kernel of this process.
 */
#include "site.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <unistd.h>

#include <netlink/errno.h>

#include "channels.h"
#include "cpus.h"
#include "function.h"
#include "injector/frame.h"
#include "kernel.h"
#include "ring.h"
#include "say.h"

#define CARRIER_TIMEOUT_MS	10000

void site_init(struct site *site, const struct site_ops *ops,
	       const struct device *dev, struct receiver_counts *counts)
{
	*site = (struct site){
		.ops = ops,
		.dev = dev,
		.counts = counts ? counts : &site->own,
		.awake = -1,
	};
}

/* ---- the interface ---- */

static int find_link(struct link *link, const struct site_want *want)
{
	struct function function;
	int err, code;

	code = function_need(&function, want->bdf, want->driver);
	if (code)
		return code;
	err = link_open(link, function.interface);
	if (err)
		return say_cannot("cannot read the interface %s: %s",
				  function.interface, strerror(-err));
	return EXIT_DONE;
}

static int say_link(const struct link *link, const char *what, int err)
{
	return say_cannot("cannot %s of %s: %s", what, link->name,
			  nl_geterror(err));
}

/* What of the interface is to be changed before it is up; ring, queues 0: nothing. */
struct shape {
	u32 mtu, ring, queues;
};

/* The MTU that is wanted: as it is when that is enough. */
static int choose_mtu(const struct link *link, const struct site_want *want,
		      struct shape *shape)
{
	u32 least = want->largest - FRAME_ETH_LEN, most = link->max_mtu;

	shape->mtu = want->mtu ? want->mtu : max(link->mtu, least);
	if (!most || shape->mtu <= most)
		return EXIT_DONE;
	if (want->mtu)
		return say_usage("--mtu %u: the driver's most is %u",
				 shape->mtu, most);
	return say_usage("--size %u: the driver's largest frame has %u bytes",
			 want->largest, most + FRAME_ETH_LEN);
}

static int choose_ring(const struct link *link, const struct site_want *want,
		       struct shape *shape)
{
	struct ring ring;
	int err = ring_read(link->index, &ring);

	if (err && want->ring)
		return say_link(link, "read the ring depth", err);
	if (want->ring && want->ring > ring.rx_max)
		return say_usage("--ring %u: the driver's most is %u descriptors",
				 want->ring, ring.rx_max);
	shape->ring = want->ring ? want->ring :
				   min(want->ring_wish, ring.rx_max);
	if (shape->ring == ring.rx)
		shape->ring = 0;
	return EXIT_DONE;
}

static int choose_queues(const struct link *link, const struct site_want *want,
			 struct shape *shape)
{
	struct channels channels;
	int err;

	if (!want->queues)
		return EXIT_DONE;
	err = channels_read(link->index, &channels);
	if (err)
		return say_link(link, "read the number of queues", err);
	if (want->queues > channels.most)
		return say_usage("--queues %u: the driver's most is %u",
				 want->queues, channels.most);
	if (want->queues != channels.now)
		shape->queues = want->queues;
	return EXIT_DONE;
}

/* Drivers allocate their rings when set up: change what shapes them before. */
static int reshape(struct link *link, const struct shape *shape)
{
	int err;

	if (link->up) {
		err = link_set_up(link, false);
		if (err)
			return say_link(link, "change the state", err);
	}
	if (shape->mtu != link->mtu) {
		err = link_set_mtu(link, shape->mtu);
		if (err)
			return say_link(link, "set the MTU", err);
	}
	if (shape->ring) {
		err = ring_set(link->index, shape->ring);
		if (err)
			return say_link(link, "set the ring depth", err);
	}
	if (shape->queues) {
		err = channels_set(link->index, shape->queues);
		if (err)
			return say_link(link, "set the number of queues", err);
	}
	return EXIT_DONE;
}

static int set_up(struct link *link)
{
	int err;

	err = link_add_address(link, htonl(RECEIVER_ADDRESS), RECEIVER_PREFIX);
	if (err)
		return say_link(link, "set the address", err);
	err = link->up ? 0 : link_set_up(link, true);
	if (err)
		return say_link(link, "change the state", err);
	err = link_wait_carrier(link, CARRIER_TIMEOUT_MS);
	if (err == -ETIMEDOUT)
		return say_cannot("%s has no carrier after %d s: see dmesg, and plug the virtual cable in if it was pulled",
				  link->name, CARRIER_TIMEOUT_MS / 1000);
	if (err == -EINTR)
		return say_cannot("stopped before the first shot");
	return err ? say_link(link, "read the state", err) : EXIT_DONE;
}

static void read_facts(const struct link *link, struct site_facts *facts)
{
	struct channels channels;
	struct ring ring;

	ring_read(link->index, &ring);
	channels_read(link->index, &channels);
	snprintf(facts->interface, sizeof(facts->interface), "%s", link->name);
	memcpy(facts->mac, link->mac, sizeof(facts->mac));
	facts->ring = ring.rx;
	facts->queues = channels.now;
	facts->mtu = link->mtu;
}

static int prepare_link(struct link *link, const struct site_want *want,
			struct site_facts *facts)
{
	struct shape shape = { 0 };
	int code;

	code = choose_mtu(link, want, &shape);
	if (!code)
		code = choose_ring(link, want, &shape);
	if (!code)
		code = choose_queues(link, want, &shape);
	if (code)
		return code;
	if (shape.ring || shape.queues || shape.mtu != link->mtu)
		code = reshape(link, &shape);
	if (!code)
		code = set_up(link);
	if (!code)
		read_facts(link, facts);
	return code;
}

/* ---- the operations ---- */

static int local_finish(struct site *site, struct receiver_counts *counts)
{
	receiver_stop(&site->receiver);
	receiver_close(&site->receiver);
	site->receiving = false;
	*counts = *site->counts;
	return EXIT_DONE;
}

static void local_release(struct site *site)
{
	struct receiver_counts ignored;

	if (site->receiving)
		local_finish(site, &ignored);
	if (site->awake >= 0)
		close(site->awake);
	site->awake = -1;
	if (site->link.sock)
		link_close(&site->link);
}

static int local_prepare(struct site *site, const struct site_want *want,
			 struct site_facts *facts)
{
	int code;

	local_release(site);
	*facts = (struct site_facts){ 0 };
	kernel_release(facts->kernel);
	kernel_cpu_model(facts->cpu_model);
	code = find_link(&site->link, want);
	if (!code)
		code = prepare_link(&site->link, want, facts);
	if (code) {
		local_release(site);
		return code;
	}
	site->awake = cpus_hold_awake();
	facts->uptime_ns = kernel_uptime_ns();
	return EXIT_DONE;
}

static int local_receive(struct site *site, const struct receiver_load *load,
			 u64 run, int cpu, u16 *port)
{
	int err;

	err = receiver_open(&site->receiver, device_slots(site->dev),
			    &site->dev->window->now, load, site->counts);
	if (err)
		return say_cannot("cannot open the receiving socket: %s",
				  strerror(-err));
	*port = site->receiver.port;
	err = receiver_start(&site->receiver, run, cpu);
	if (err) {
		receiver_close(&site->receiver);
		return say_cannot("cannot start the reader: %s",
				  strerror(-err));
	}
	site->receiving = true;
	return EXIT_DONE;
}

const struct site_ops site_local = {
	.prepare = local_prepare,
	.receive = local_receive,
	.finish = local_finish,
	.release = local_release,
};
