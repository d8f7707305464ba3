// SPDX-License-Identifier: GPL-2.0-only
#include "modules.h"

#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <libkmod.h>

struct walk {
	struct kmod_ctx *ctx;
	const char *folder;
	modules_take take;
	void *arg;
};

/* Built-in modules have no path. */
static int give(const struct walk *w, struct kmod_module *module)
{
	const char *path = kmod_module_get_path(module);
	const char *options = kmod_module_get_options(module);

	return path ? w->take(w->arg, path, options ? options : "") : 0;
}

static int give_all(const struct walk *w, struct kmod_module *module)
{
	struct kmod_list *needs = kmod_module_get_dependencies(module), *i;
	struct kmod_module *need;
	int err = 0;

	kmod_list_foreach(i, needs) {
		need = kmod_module_get_module(i);
		err = give(w, need);
		kmod_module_unref(need);
		if (err)
			break;
	}
	kmod_module_unref_list(needs);
	return err ? err : give(w, module);
}

/* Is @path one of the kernel's own, as the distribution ships it? */
static bool is_stock(const struct walk *w, const char *path)
{
	size_t len = strlen(w->folder);

	return !strncmp(path, w->folder, len) &&
	       !strncmp(path + len, "/kernel/", strlen("/kernel/"));
}

static int walk_preferred(const struct walk *w, const char *name, bool added)
{
	struct kmod_list *found = NULL;
	struct kmod_module *module;
	const char *path;
	int err;

	err = kmod_module_new_from_lookup(w->ctx, name, &found);
	if (err || !found)
		return err ? err : -ENOENT;
	module = kmod_module_get_module(found);
	path = kmod_module_get_path(module);
	if (added && (!path || is_stock(w, path)))
		err = -ENOENT;
	else
		err = give_all(w, module);
	kmod_module_unref(module);
	kmod_module_unref_list(found);
	return err;
}

/* ---- the distribution's ---- */

/* Is @file, such as e1000e.ko.xz, module @name? Both - and _ are one letter. */
static bool is_of_module(const char *file, const char *name)
{
	for (; *name; name++, file++)
		if (*file != *name && !(*file == '-' && *name == '_') &&
		    !(*file == '_' && *name == '-'))
			return false;
	return !strncmp(file, ".ko", 3) && (!file[3] || file[3] == '.');
}

/* modules.dep names one file a module, and that may be another's. */
static int find_stock(const char *folder, const char *name, char path[PATH_MAX])
{
	char top[PATH_MAX];
	char *const roots[] = { top, NULL };
	bool found = false;
	FTSENT *entry;
	FTS *tree;

	snprintf(top, sizeof(top), "%s/kernel", folder);
	tree = fts_open(roots, FTS_PHYSICAL | FTS_NOSTAT | FTS_NOCHDIR, NULL);
	if (!tree)
		return -errno;
	while (!found && (entry = fts_read(tree))) {
		found = entry->fts_info != FTS_D && entry->fts_info != FTS_DP &&
			is_of_module(entry->fts_name, name);
		if (found)
			snprintf(path, PATH_MAX, "%s", entry->fts_path);
	}
	fts_close(tree);
	return found ? 0 : -ENOENT;
}

/* Walk the modules of @list, as MODULE_INFO(depends) has it. */
static int walk_list(const struct walk *w, const char *list)
{
	char name[256];
	size_t len;
	int err = 0;

	for (; *list && !err; list += len + (list[len] == ',')) {
		len = strcspn(list, ",");
		snprintf(name, sizeof(name), "%.*s", (int)len, list);
		err = walk_preferred(w, name, false);
	}
	return err;
}

/* What modules.dep says is of the file that modprobe takes: ask this one. */
static int walk_needs(const struct walk *w, struct kmod_module *module)
{
	struct kmod_list *info = NULL, *i;
	int err = kmod_module_get_info(module, &info);

	if (err < 0)
		return err;
	err = 0;
	kmod_list_foreach(i, info) {
		if (!strcmp(kmod_module_info_get_key(i), "depends"))
			err = walk_list(w, kmod_module_info_get_value(i));
		if (err)
			break;
	}
	kmod_module_info_free_list(info);
	return err;
}

static bool is_built_in(const struct walk *w, const char *name)
{
	struct kmod_list *found = NULL;
	struct kmod_module *module;
	bool built_in;

	if (kmod_module_new_from_lookup(w->ctx, name, &found) || !found)
		return false;
	module = kmod_module_get_module(found);
	built_in = !kmod_module_get_path(module);
	kmod_module_unref(module);
	kmod_module_unref_list(found);
	return built_in;
}

static int walk_stock(const struct walk *w, const char *name)
{
	struct kmod_module *module;
	char path[PATH_MAX];
	int err;

	err = find_stock(w->folder, name, path);
	if (err == -ENOENT && is_built_in(w, name))
		return 0;
	if (!err)
		err = kmod_module_new_from_path(w->ctx, path, &module);
	if (err)
		return err;
	err = walk_needs(w, module);
	if (!err)
		err = give(w, module);
	kmod_module_unref(module);
	return err;
}

int modules_walk(const char *folder, const char *name, enum modules_which which,
		 modules_take take, void *arg)
{
	struct walk w = { .folder = folder, .take = take, .arg = arg };
	int err;

	w.ctx = kmod_new(folder, NULL);
	if (!w.ctx)
		return -ENOMEM;
	err = which == MODULES_STOCK ?
		      walk_stock(&w, name) :
		      walk_preferred(&w, name, which == MODULES_ADDED);
	kmod_unref(w.ctx);
	return err;
}
