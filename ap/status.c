// SPDX-License-Identifier: GPL-2.0-only
#include "status.h"

#include <netlink/errno.h>
#include <unistd.h>

#include "device.h"
#include "driver.h"
#include "node_device.h"
#include "say.h"
#include "target_device.h"

static bool module_there(const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/sys/module/%s", name);
	return !access(path, F_OK);
}

/* ---- one function ---- */

/* What the support side sees; it is attached for a moment. */
static int read_query(struct status_function *f)
{
	struct device dev;
	int code, err;

	code = device_open(&dev);
	if (code)
		return code;
	code = device_bind(&dev, f->entry->info.id);
	if (!code) {
		err = device_attach(&dev);
		if (!err)
			err = device_query(&dev, &f->query);
		f->attached = !err;
		if (err)
			code = say_cannot("function %u: %s", f->entry->info.id,
					  device_error_text(err));
	}
	device_close(&dev);
	return code;
}

static int read_link(struct status_function *f)
{
	const char *name = f->entry->sysfs.interface;
	int err = link_open(&f->link, name);

	if (err)
		return say_cannot("cannot read the interface %s: %s", name,
				  strerror(-err));
	ring_read(f->link.index, &f->ring);
	channels_read(f->link.index, &f->channels);
	f->linked = true;
	link_close(&f->link);
	return EXIT_DONE;
}

static int check_bound(const struct function_entry *entry)
{
	const struct driver *driver = driver_of_model(entry->info.model);
	struct function ignored;

	if (entry->info.dead)
		return say_cannot("function %u was taken off the bus after an instruction that is not known, see dmesg: intmgr function remove %u",
				  entry->info.id, entry->info.id);
	if (driver)
		return function_need(&ignored, entry->info.bdf, driver->name);
	return say_cannot("function %u is a %s, which this build of intmgr does not know",
			  entry->info.id, entry->info.model);
}

/* The first thing that is missing was said. */
static int read_function(struct status_function *f, bool support)
{
	int code = EXIT_DONE, bound, linked = EXIT_DONE;

	if (support && !f->entry->info.dead)
		code = read_query(f);
	bound = check_bound(f->entry);
	if (f->entry->sysfs.interface[0])
		linked = read_link(f);
	if (!code)
		code = bound;
	return code ? code : linked;
}

static int read_functions(struct status *s)
{
	int code = EXIT_DONE, one;
	u32 i;

	for (i = 0; i < s->functions.functions; i++) {
		s->function[i].entry = &s->functions.entry[i];
		one = read_function(&s->function[i], s->support);
		if (!code)
			code = one;
	}
	return code;
}

/* ---- all ---- */

static int read_target(struct status *s)
{
	struct device dev;
	int fd, code, one;

	code = target_open(&fd);
	if (code)
		return code;
	function_list_read(&s->functions, fd);
	close(fd);
	if (!s->support) {
		code = device_open(&dev);	/* says what to load */
		device_close(&dev);
	}
	one = read_functions(s);
	return code ? code : one;
}

static void read_nodes(struct status *s)
{
	int fd = node_device();

	node_list_read(&s->nodes, fd);
	if (fd >= 0)
		close(fd);
}

/* Where nodes are what there is, nobody misses a target in this kernel. */
int status_read(struct status *s)
{
	*s = (struct status){
		.support = module_there("intmgr"),
		.target = module_there("intmgr_target"),
		.node = module_there("intmgr_node"),
	};
	read_nodes(s);
	if (s->target || !s->node)
		return read_target(s);
	if (!s->support)
		return say_cannot("intmgr.ko is not loaded: as root, insmod it");
	if (!node_list_up(&s->nodes))
		return say_cannot("no node is up: intmgr target start");
	return EXIT_DONE;
}

/* ---- names ---- */

const char *status_mac(const struct link *link, char text[18])
{
	const u8 *m = link->mac;

	snprintf(text, 18, "%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2],
		 m[3], m[4], m[5]);
	return text;
}

const char *status_doorbell_name(const struct status_function *f, u32 i,
				 char text[16])
{
	const struct driver *driver = driver_of_model(f->entry->info.model);

	if (i == INTMGR_DOORBELL_CONTROL)
		return "control";
	if (driver && driver->intx)
		return "intx";
	snprintf(text, 16, "msix%u", i - INTMGR_DOORBELL_MSIX(0));
	return text;
}
