// SPDX-License-Identifier: GPL-2.0-only
#include "uml.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"
#include "say.h"
#include "support/support.h"

#define UP_MS		10000

struct uml {
	struct uml_machine machine;
	struct uml_support support;
	int window;			/* the file; -1: none */
};

static int give_window(struct uml *uml)
{
	uml->window = uml_machine_give_window(&uml->machine);
	if (uml->window < 0)
		return EXIT_CANNOT;
	uml_process_word(&uml->machine.process, "intmgr_tsc_khz=%u",
			 clock_khz());
	return EXIT_DONE;
}

static int start(struct uml *uml, const struct uml_spec *spec)
{
	const struct initramfs_more more = { .module = spec->module };
	struct node_spec node = { .attachment = spec->attachment,
				  .sink = spec->sink };
	int code;

	strcpy(node.driver, spec->driver->name);
	if (spec->file)
		snprintf(node.file[node.files++], sizeof(node.file[0]), "%s",
			 spec->file);
	code = uml_machine_make(&uml->machine, &node, &more);
	if (!code)
		code = give_window(uml);
	return code ? code : uml_machine_start(&uml->machine, spec->cpu);
}

static struct uml *uml_new(void)
{
	struct uml *uml = calloc(1, sizeof(*uml));

	if (!uml)
		return NULL;
	uml->machine = (struct uml_machine)UML_MACHINE_NONE;
	uml->window = -1;
	pthread_mutex_init(&uml->support.lock, NULL);
	return uml;
}

int uml_open(struct device *dev, const struct uml_spec *spec)
{
	int code;

	*dev = (struct device){ .fd = -1, .uml = uml_new() };
	if (!dev->uml)
		return say_cannot("no memory");
	dev->ops = &uml_ops;
	strcpy(dev->name, "the target");
	code = start(dev->uml, spec);
	if (!code)
		code = device_map_size(dev, dev->uml->window, UML_WINDOW);
	if (!code)
		code = agent_wait_first(dev, UP_MS);
	if (!code)
		code = agent_load(dev, spec->driver->name);
	if (code)
		device_close(dev);
	return code;
}

void uml_stop(struct uml *uml)
{
	uml_machine_free(&uml->machine);
	run_free(uml->support.run);
	free(uml->support.view);
	if (uml->window >= 0)
		close(uml->window);
	free(uml);
}

struct uml_support *uml_support(struct uml *uml)
{
	return &uml->support;
}

struct uml_machine *uml_machine(struct uml *uml)
{
	return &uml->machine;
}

void uml_wake(void *arg)
{
	struct uml *uml = arg;

	kill(uml->machine.process.pid, SIGIO);
}
