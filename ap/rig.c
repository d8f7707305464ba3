// SPDX-License-Identifier: GPL-2.0-only
#include "rig.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <netlink/errno.h>

#include "cpus.h"
#include "function.h"
#include "injector/frame.h"
#include "receiver.h"
#include "ring.h"
#include "say.h"

#define CARRIER_TIMEOUT_MS	10000

static void read_cpu_model(char model[64])
{
	FILE *f = fopen("/proc/cpuinfo", "re");
	char line[256];

	model[0] = '\0';
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "model name : %63[^\n]", model) == 1)
			break;
	if (f)
		fclose(f);
}

static void read_kernel(char kernel[65])
{
	struct utsname name;

	if (!uname(&name))
		snprintf(kernel, 65, "%.64s", name.release);
}

static int attach(struct rig *rig)
{
	struct intmgr_query query;
	int err, code;

	code = device_open(&rig->dev);
	if (code)
		return code;
	err = device_attach(&rig->dev);
	if (!err)
		err = device_query(&rig->dev, &query);
	if (err)
		return say_cannot("%s", device_error_text(err));
	snprintf(rig->facts.model, sizeof(rig->facts.model), "%.16s",
		 query.model);
	snprintf(rig->facts.bdf, sizeof(rig->facts.bdf), "%.16s", query.bdf);
	return EXIT_DONE;
}

static int find_link(struct rig *rig)
{
	struct function function;
	int err, code;

	code = function_need(&function, rig->facts.bdf, "e1000e");
	if (code)
		return code;
	snprintf(rig->facts.interface, sizeof(rig->facts.interface), "%s",
		 function.interface);
	err = link_open(&rig->link, function.interface);
	if (err)
		return say_cannot("cannot read the interface %s: %s",
				  function.interface, strerror(-err));
	return EXIT_DONE;
}

static int say_link(const struct rig *rig, const char *what, int err)
{
	return say_cannot("cannot %s of %s: %s", what, rig->link.name,
			  nl_geterror(err));
}

/* The MTU that the plan needs: as it is when that is enough. */
static int choose_mtu(const struct rig *rig, const struct plan *plan, u32 *mtu)
{
	u32 least = plan_largest(plan) - FRAME_ETH_LEN;
	u32 most = rig->link.max_mtu;

	*mtu = plan->mtu ? plan->mtu : max(rig->link.mtu, least);
	if (!most || *mtu <= most)
		return EXIT_DONE;
	if (plan->mtu)
		return say_usage("--mtu %u: the driver's most is %u", *mtu,
				 most);
	return say_usage("--size %u: the driver's largest frame has %u bytes",
			 plan_largest(plan), most + FRAME_ETH_LEN);
}

static int choose_ring(const struct rig *rig, const struct plan *plan,
		       struct ring *ring)
{
	int err = ring_read(rig->link.index, ring);

	if (err && plan->ring)
		return say_link(rig, "read the ring depth", err);
	if (plan->ring && plan->ring > ring->rx_max)
		return say_usage("--ring %u: the driver's most is %u descriptors",
				 plan->ring, ring->rx_max);
	return EXIT_DONE;
}

/* Drivers allocate their rings when set up: change what shapes them before. */
static int reshape(struct rig *rig, u32 mtu, u32 ring)
{
	int err;

	if (rig->link.up) {
		err = link_set_up(&rig->link, false);
		if (err)
			return say_link(rig, "change the state", err);
	}
	if (mtu != rig->link.mtu) {
		err = link_set_mtu(&rig->link, mtu);
		if (err)
			return say_link(rig, "set the MTU", err);
	}
	if (ring) {
		err = ring_set(rig->link.index, ring);
		if (err)
			return say_link(rig, "set the ring depth", err);
	}
	return EXIT_DONE;
}

static int set_up(struct rig *rig)
{
	int err;

	err = link_add_address(&rig->link, htonl(RECEIVER_ADDRESS),
			       RECEIVER_PREFIX);
	if (err)
		return say_link(rig, "set the address", err);
	err = rig->link.up ? 0 : link_set_up(&rig->link, true);
	if (err)
		return say_link(rig, "change the state", err);
	err = link_wait_carrier(&rig->link, CARRIER_TIMEOUT_MS);
	if (err == -ETIMEDOUT)
		return say_cannot("%s has no carrier after %d s: see dmesg, and plug the virtual cable in if it was pulled",
				  rig->link.name, CARRIER_TIMEOUT_MS / 1000);
	if (err == -EINTR)
		return say_cannot("stopped before the first shot");
	return err ? say_link(rig, "read the state", err) : EXIT_DONE;
}

static int prepare_link(struct rig *rig, const struct plan *plan)
{
	struct ring ring;
	u32 mtu, want;
	int code;

	code = choose_mtu(rig, plan, &mtu);
	if (!code)
		code = choose_ring(rig, plan, &ring);
	if (code)
		return code;
	want = plan->ring != ring.rx ? plan->ring : 0;
	if (want || mtu != rig->link.mtu)
		code = reshape(rig, mtu, want);
	if (!code)
		code = set_up(rig);
	if (code)
		return code;
	ring_read(rig->link.index, &ring);
	rig->facts.ring = ring.rx;
	rig->facts.mtu = rig->link.mtu;
	return EXIT_DONE;
}

int rig_open(struct rig *rig, const struct plan *plan)
{
	int code;

	*rig = (struct rig){ .dev.fd = -1, .awake = -1 };
	read_kernel(rig->facts.kernel);
	read_cpu_model(rig->facts.cpu_model);
	code = attach(rig);
	if (!code)
		code = find_link(rig);
	if (!code)
		code = prepare_link(rig, plan);
	if (code) {
		rig_close(rig);
		return code;
	}
	cpus_stay_off(plan->cpu);
	rig->awake = cpus_hold_awake();
	return EXIT_DONE;
}

void rig_close(struct rig *rig)
{
	if (rig->awake >= 0)
		close(rig->awake);
	if (rig->link.sock)
		link_close(&rig->link);
	device_close(&rig->dev);
}
