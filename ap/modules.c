// SPDX-License-Identifier: GPL-2.0-only
#include "modules.h"

#include <errno.h>
#include <stddef.h>

#include <libkmod.h>

/* Built-in modules have no path. */
static int give(struct kmod_module *module, modules_take take, void *arg)
{
	const char *path = kmod_module_get_path(module);
	const char *options = kmod_module_get_options(module);

	return path ? take(arg, path, options ? options : "") : 0;
}

static int give_all(struct kmod_module *module, modules_take take, void *arg)
{
	struct kmod_list *needs = kmod_module_get_dependencies(module), *i;
	struct kmod_module *need;
	int err = 0;

	kmod_list_foreach(i, needs) {
		need = kmod_module_get_module(i);
		err = give(need, take, arg);
		kmod_module_unref(need);
		if (err)
			break;
	}
	kmod_module_unref_list(needs);
	return err ? err : give(module, take, arg);
}

int modules_walk(const char *folder, const char *name, modules_take take,
		 void *arg)
{
	struct kmod_list *found = NULL;
	struct kmod_module *module;
	struct kmod_ctx *ctx;
	int err;

	ctx = kmod_new(folder, NULL);
	if (!ctx)
		return -ENOMEM;
	err = kmod_module_new_from_lookup(ctx, name, &found);
	if (!err && !found)
		err = -ENOENT;
	if (err)
		goto unref;
	module = kmod_module_get_module(found);
	err = give_all(module, take, arg);
	kmod_module_unref(module);
	kmod_module_unref_list(found);
unref:
	kmod_unref(ctx);
	return err;
}
