// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a node is started: look what is missing, gather kernel and initramfs,
 * start them, wait for the agent and let it load the driver. What fails after
 * the start stops the node again.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "agent.h"
#include "driver.h"
#include "file.h"
#include "initramfs.h"
#include "kernel_file.h"
#include "monotonic.h"
#include "node.h"
#include "node_check.h"
#include "node_cmdline.h"
#include "node_device.h"
#include "node_errors.h"
#include "node_label.h"
#include "number.h"
#include "say.h"
#include "stop.h"

/* All that START takes. */
struct parts {
	struct node_spec spec;
	struct kernel_file kernel;
	struct cpio initramfs;
	char cmdline[INTMGR_NODE_CMDLINE];
	char label[INTMGR_NODE_LABEL];
	int label_len;
};

/* ---- gathering ---- */

static int gather_text(struct parts *parts)
{
	char running[INTMGR_NODE_CMDLINE], function[64];
	int err;

	err = file_read_text("/proc/cmdline", running, sizeof(running));
	if (err)
		return say_cannot("cannot read /proc/cmdline: %s",
				  strerror(-err));
	node_function_word(&parts->spec, function);
	if (node_cmdline(running, function, parts->spec.append,
			 parts->cmdline))
		return say_cannot("--append: the node's command line becomes longer than %d bytes",
				  INTMGR_NODE_CMDLINE);
	parts->label_len = node_label_write(&parts->spec, parts->label);
	if (parts->label_len < 0)
		return say_cannot("the names of --kernel, --add and --append are longer than %d bytes together",
				  INTMGR_NODE_LABEL);
	return EXIT_DONE;
}

static int gather(struct parts *parts)
{
	struct node_spec *spec = &parts->spec;
	char folder[128];
	int code;

	code = kernel_file_read(&parts->kernel, spec->kernel);
	if (code)
		return code;
	strcpy(spec->kernel, parts->kernel.path);
	snprintf(folder, sizeof(folder), "/lib/modules/%s",
		 parts->kernel.release);
	code = initramfs_build(&parts->initramfs, spec, folder,
			       &(struct initramfs_more){ 0 });
	if (code)
		return code;
	code = node_check_fit(spec, parts->kernel.len, parts->initramfs.len);
	return code ? code : gather_text(parts);
}

static void parts_free(struct parts *parts)
{
	kernel_file_free(&parts->kernel);
	cpio_free(&parts->initramfs);
}

/* ---- starting ---- */

static int start(int fd, const struct parts *parts)
{
	const struct node_spec *spec = &parts->spec;
	struct intmgr_node_start start = {
		.id = spec->id,
		.cores = spec->cores,
		.memory = spec->memory,
		.window = node_window_size(spec->pool),
		.kernel = (uintptr_t)parts->kernel.data,
		.kernel_len = parts->kernel.len,
		.initrd = (uintptr_t)parts->initramfs.data,
		.initrd_len = parts->initramfs.len,
		.cmdline = (uintptr_t)parts->cmdline,
		.label = (uintptr_t)parts->label,
		.label_len = parts->label_len,
	};
	int err;

	memcpy(start.core, spec->core, sizeof(start.core));
	/* One that is started again, or ended by itself, still has its cores. */
	node_ioc_stop(fd, spec->id);
	err = node_ioc_start(fd, &start);
	return err ? node_say_start_error(spec, spec->kernel, err) : EXIT_DONE;
}

static int bring_up(const struct node_spec *spec)
{
	struct device dev = { .fd = -1 };
	int code;

	code = agent_open(&dev, spec->id, spec->wait_ns / 1000000);
	if (code)
		return code;
	if (spec->driver[0])
		code = agent_load(&dev, spec->driver);
	device_close(&dev);
	return code;
}

static void show_cores(const struct node_spec *spec)
{
	u32 i;

	fprintf(stderr, " on core%s ", spec->cores > 1 ? "s" : "");
	for (i = 0; i < spec->cores; i++)
		fprintf(stderr, "%s%u", i ? "," : "", spec->core[i]);
}

/* On stderr: a run that starts its node again has its figures on stdout. */
static void show_up(int fd, const struct parts *parts, u64 took_ns)
{
	const struct node_spec *spec = &parts->spec;
	struct intmgr_node_query query;
	char size[32];

	fprintf(stderr, "node %u: Linux %s", spec->id, parts->kernel.release);
	show_cores(spec);
	fprintf(stderr, ", %s", number_show_size(spec->memory, size));
	if (!node_query(fd, spec->id, &query))
		fprintf(stderr, " at %#llx", (unsigned long long)query.base);
	fprintf(stderr, ", up in %.2f s", took_ns / 1e9);
	if (spec->driver[0])
		fprintf(stderr, ", driver %s (%s)", spec->driver,
			driver_attachment_name(spec->attachment));
	fputc('\n', stderr);
}

static int start_and_wait(int fd, const struct parts *parts, u64 began_ns)
{
	u32 id = parts->spec.id;
	int code;

	code = start(fd, parts);
	if (code)
		return code;
	code = bring_up(&parts->spec);
	if (code) {
		if (!stop_asked())
			node_report_end(stderr, id);
		node_ioc_stop(fd, id);
		return code;
	}
	show_up(fd, parts, monotonic_ns() - began_ns);
	return EXIT_DONE;
}

static int start_checked(int fd, const struct node_spec *spec, bool again)
{
	struct parts parts = { .spec = *spec };
	u64 began_ns = monotonic_ns();
	int code;

	code = node_check(fd, &parts.spec, again);
	if (!code)
		code = gather(&parts);
	if (!code)
		code = start_and_wait(fd, &parts, began_ns);
	parts_free(&parts);
	return code;
}

int node_start(const struct node_spec *spec)
{
	int fd, code = node_device_need(&fd);

	if (code)
		return code;
	code = start_checked(fd, spec, false);
	close(fd);
	return code;
}

/* ---- starting again ---- */

int node_read_spec(int fd, u32 id, struct node_spec *spec)
{
	char label[INTMGR_NODE_LABEL];
	size_t len;
	int err;

	err = node_label(fd, id, label, &len);
	if (err)
		return node_say_error(id, err);
	if (!len)
		return node_say_error(id, -ENOENT);
	if (node_label_read(label, len, spec) || spec->id != id)
		return say_cannot("node %u was not started by this build of intmgr: stop it, and start it anew",
				  id);
	return EXIT_DONE;
}

/* What is missing is found before the node is stopped. */
int node_restart(u32 id)
{
	struct node_spec spec;
	int fd, code = node_device_need(&fd);

	if (code)
		return code;
	code = node_read_spec(fd, id, &spec);
	if (!code)
		code = start_checked(fd, &spec, true);
	close(fd);
	return code;
}
