// SPDX-License-Identifier: GPL-2.0-only
#include "driver_module.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include <libkmod.h>

#include "file.h"
#include "kernel.h"
#include "say.h"

#define SYSFS_MODULES "/sys/module"

/* ---- what is loaded ---- */

/* Has @folder, of a driver in /sys/bus/.../drivers, a device beside "module"? */
static bool drives(const char *folder)
{
	struct dirent *entry;
	bool found = false;
	DIR *dir;

	dir = opendir(folder);
	if (!dir)
		return false;
	while (!found && (entry = readdir(dir)))
		found = entry->d_type == DT_LNK &&
			strcmp(entry->d_name, "module");
	closedir(dir);
	return found;
}

/* A bound device holds no reference to its driver's module. */
static bool drives_any(const char *module)
{
	char folder[PATH_MAX], one[PATH_MAX + 256];
	struct dirent *entry;
	bool found = false;
	DIR *dir;

	snprintf(folder, sizeof(folder), "%s/drivers", module);
	dir = opendir(folder);
	if (!dir)
		return false;
	while (!found && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(one, sizeof(one), "%s/%s", folder, entry->d_name);
		found = drives(one);
	}
	closedir(dir);
	return found;
}

static void read_attribute(const char *module, const char *name, char text[64])
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", module, name);
	file_read_text(path, text, 64);
}

void module_read_in(struct module_state *state, const char *modules,
		    const char *name)
{
	char path[PATH_MAX - 64], text[64];
	DIR *dir;

	*state = (struct module_state){ 0 };
	snprintf(path, sizeof(path), "%s/%s", modules, name);
	dir = opendir(path);
	if (!dir)
		return;
	closedir(dir);
	state->there = true;
	read_attribute(path, "taint", text);
	state->added = strchr(text, 'O');
	read_attribute(path, "refcnt", text);
	state->used = strtol(text, NULL, 10) > 0 || drives_any(path);
}

void module_read(struct module_state *state, const char *name)
{
	module_read_in(state, SYSFS_MODULES, name);
}

/* ---- which it should be ---- */

static bool wants_added(u32 attachment)
{
	return attachment == INTMGR_ATTACH_PATCHED;
}

enum modules_which driver_module_which(u32 attachment)
{
	return wants_added(attachment) ? MODULES_ADDED : MODULES_STOCK;
}

static int say_wrong(const struct driver *driver, u32 attachment)
{
	const char *name = driver->name;

	if (wants_added(attachment))
		return say_cannot("the %s that is loaded is the distribution's, and --attach %s needs the patched one: remove what it drives, rmmod %s, then try again",
				  name, driver_attachment_name(attachment),
				  name);
	return say_cannot("the %s that is loaded is not the distribution's, which --attach %s needs: remove what it drives (intmgr function remove all), rmmod %s, then try again",
			  name, driver_attachment_name(attachment), name);
}

int driver_module_check(const struct driver *driver, u32 attachment)
{
	struct module_state state;

	module_read(&state, driver->name);
	if (!state.there || state.added == wants_added(attachment))
		return EXIT_DONE;
	return say_wrong(driver, attachment);
}

/* ---- loading ---- */

struct load {
	struct kmod_ctx *ctx;
	char failed[PATH_MAX];	/* the file that the kernel did not take */
};

static int insert(void *arg, const char *path, const char *options)
{
	struct load *load = arg;
	struct kmod_module *module;
	int err;

	snprintf(load->failed, sizeof(load->failed), "%s", path);
	err = kmod_module_new_from_path(load->ctx, path, &module);
	if (err)
		return err;
	err = kmod_module_insert_module(module, 0, options);
	kmod_module_unref(module);
	if (err && err != -EEXIST)
		return err;
	load->failed[0] = '\0';
	return 0;
}

static int say_no_module(const char *name, const char *folder,
			 enum modules_which which)
{
	if (which == MODULES_ADDED)
		return say_cannot("%s has no patched %s: make install puts it there for the kernels that patches/%s is for; or take the distribution's, --attach stock",
				  folder, name, name);
	return say_cannot("%s has no module %s: install the kernel's package of modules, then run depmod",
			  folder, name);
}

static int say_failed(const struct load *load, const char *name, int err)
{
	const char *what = load->failed[0] ? load->failed : name;

	if (err == -EINTR)
		return say_cannot("stopped");
	if (err == -EPERM)
		return say_cannot("no permission to load %s: run intmgr as root, and where the kernel is locked down or wants signatures, sign it",
				  what);
	return say_cannot("the kernel does not take the module %s: %s (see dmesg)",
			  what, strerror(-err));
}

static int load_one(const char *name, enum modules_which which)
{
	char release[65], folder[128];
	struct load load = { 0 };
	int err = -ENOMEM;

	kernel_release(release);
	snprintf(folder, sizeof(folder), "/lib/modules/%s", release);
	load.ctx = kmod_new(folder, NULL);
	if (load.ctx) {
		err = modules_walk(folder, name, which, insert, &load);
		kmod_unref(load.ctx);
	}
	if (err == -ENOENT && !load.failed[0])
		return say_no_module(name, folder, which);
	return err ? say_failed(&load, name, err) : EXIT_DONE;
}

/*
 * What only the module needed goes with it, as modprobe -r has it: @needs is in
 * the order of loading.
 */
static void unload_needed(struct kmod_list *needs)
{
	struct kmod_module *need;
	struct kmod_list *i;

	kmod_list_foreach_reverse(i, needs) {
		need = kmod_module_get_module(i);
		if (!kmod_module_get_refcnt(need))
			kmod_module_remove_module(need, 0);
		kmod_module_unref(need);
	}
	kmod_module_unref_list(needs);
}

/* 0 or -errno. */
static int unload(const char *name)
{
	struct kmod_ctx *ctx = kmod_new(NULL, NULL);
	struct kmod_module *module;
	struct kmod_list *needs;
	int err;

	if (!ctx)
		return -ENOMEM;
	err = kmod_module_new_from_name(ctx, name, &module);
	if (!err) {
		needs = kmod_module_get_dependencies(module);
		err = kmod_module_remove_module(module, 0);
		if (!err)
			unload_needed(needs);
		else
			kmod_module_unref_list(needs);
		kmod_module_unref(module);
	}
	kmod_unref(ctx);
	return err;
}

int driver_module_load(const struct driver *driver, u32 attachment,
		       bool *loaded)
{
	struct module_state state;
	int code = EXIT_DONE;

	*loaded = false;
	module_read(&state, driver->name);
	if (state.there && state.added != wants_added(attachment)) {
		if (state.used || unload(driver->name))
			return say_wrong(driver, attachment);
		state.there = false;
	}
	if (driver->needs)
		code = load_one(driver->needs, MODULES_PREFERRED);
	if (code || state.there)
		return code;
	code = load_one(driver->name, driver_module_which(attachment));
	*loaded = !code;
	return code;
}

void driver_module_unload(const struct driver *driver)
{
	struct module_state state;
	int err;

	module_read(&state, driver->name);
	if (!state.there || state.used)
		return;
	err = unload(driver->name);
	if (err && err != -EBUSY && err != -EAGAIN)
		say_note("cannot unload %s: %s", driver->name, strerror(-err));
}
