// SPDX-License-Identifier: GPL-2.0-only
#include "initramfs.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "agent/job.h"
#include "agent_image.h"
#include "driver_module.h"
#include "file.h"
#include "identity.h"
#include "say.h"
#include "trace_file.h"

#define TARGET_MODULE	"intmgr_target"
#define SUPPORT_MODULE	"intmgr"
#define LIST_LINE	510	/* bytes, that the agent takes */

/* The folders that @path stands in. */
static void add_parents(struct cpio *archive, const char *path)
{
	const char *slash = path;
	char folder[PATH_MAX];

	while ((slash = strchr(slash + 1, '/'))) {
		snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path),
			 path);
		cpio_dir(archive, folder);
	}
}

/* The file @path of this system, as @as. 0 or -errno. */
static int add_file_as(struct cpio *archive, const char *path, const char *as)
{
	struct stat st;
	size_t len;
	char *data;
	int err;

	if (stat(path, &st))
		return -errno;
	err = file_map(path, &data, &len);
	if (err)
		return err;
	add_parents(archive, as);
	cpio_file(archive, as, st.st_mode, data, len);
	file_unmap(data, len);
	return archive->failed ? -ENOMEM : 0;
}

static int add_file(struct cpio *archive, const char *path)
{
	return add_file_as(archive, path, path);
}

/* ---- modules ---- */

/* A module to take; what may be NULL is no wish. */
struct wish {
	const char *name, *needs;	/* @needs goes before it */
	enum modules_which which;
	const char *own;		/* its file, in place of the folder's */
};

struct list {
	struct cpio *archive;
	const struct wish *wish;
	FILE *text;
	const char *failed;	/* the file that could not be taken */
	char path[PATH_MAX];
};

/* Is @path that of the module @name, as depmod has it? */
static bool is_module(const char *path, const char *name)
{
	const char *base = strrchr(path, '/');
	size_t len = strlen(name);

	base = base ? base + 1 : path;
	return !strncmp(base, name, len) && base[len] == '.';
}

static int list_module(void *arg, const char *path, const char *options)
{
	struct list *list = arg;
	const struct wish *wish = list->wish;
	const char *from = wish->own && is_module(path, wish->name) ?
				   wish->own : path;
	int err;

	snprintf(list->path, sizeof(list->path), "%s", from);
	list->failed = list->path;
	if (strlen(from) + 1 + strlen(options) > LIST_LINE ||
	    strchr(from, ' ') || strchr(options, '\n'))
		return -ENAMETOOLONG;
	err = add_file(list->archive, from);
	if (err)
		return err;
	list->failed = NULL;
	fprintf(list->text, "%s%s%s\n", from, *options ? " " : "", options);
	return 0;
}

static int say_no_module(const struct list *list, const char *folder, int err)
{
	const char *release = strrchr(folder, '/') + 1;
	const char *name = list->wish->name;

	if (err != -ENOENT)
		return say_cannot("cannot take the module %s of kernel %s: %s",
				  list->failed ? list->failed : name, release,
				  strerror(-err));
	if (list->failed)
		return say_cannot("%s is not there: install the modules of kernel %s again, then run depmod %s",
				  list->failed, release, release);
	if (list->wish->which == MODULES_STOCK)
		return say_cannot("%s has no module %s of the distribution: install that kernel's package of modules",
				  folder, name);
	return say_cannot("%s has no module %s: make install puts it there, for the kernel that KDIR= names",
			  folder, name);
}

/* Also what it is to be loaded by, /drivers/NAME. */
static int add_modules(struct cpio *archive, const char *folder,
		       const struct wish *wish)
{
	struct list list = { .archive = archive, .wish = wish };
	char path[64];
	char *text = NULL;
	size_t len = 0;
	int err = 0;

	list.text = open_memstream(&text, &len);
	if (!list.text)
		return say_cannot("no memory");
	if (wish->needs)
		err = modules_walk(folder, wish->needs, MODULES_PREFERRED,
				   list_module, &list);
	if (!err)
		err = modules_walk(folder, wish->name, wish->which, list_module,
				   &list);
	fclose(list.text);
	snprintf(path, sizeof(path), "/drivers/%s", wish->name);
	if (!err)
		cpio_file(archive, path, 0644, text, len);
	free(text);
	return err ? say_no_module(&list, folder, err) : EXIT_DONE;
}

/* A driver that is not in the table is whatever modprobe takes. */
static int add_driver(struct cpio *archive, const char *folder,
		      const struct node_spec *spec, const char *own)
{
	const struct driver *driver = driver_find(spec->driver);
	struct wish wish = { .name = spec->driver, .own = own };

	if (driver) {
		wish.needs = driver->needs;
		wish.which = driver_module_which(spec->attachment);
	}
	return add_modules(archive, folder, &wish);
}

/* ---- all of it ---- */

static void add_base(struct cpio *archive)
{
	static const char *const folders[] = {
		"/dev", "/proc", "/sys", "/drivers",
	};
	size_t i;

	cpio_file(archive, "/init", 0755, agent_image, agent_image_size);
	for (i = 0; i < ARRAY_SIZE(folders); i++)
		cpio_dir(archive, folders[i]);
	/* Opened by the kernel before there is a devtmpfs. */
	cpio_char_device(archive, "/dev/console", 0600, 5, 1);
}

static int add_files(struct cpio *archive, const struct node_spec *spec)
{
	int err;
	u32 i;

	for (i = 0; i < spec->files; i++) {
		err = add_file(archive, spec->file[i]);
		if (err)
			return say_cannot("--add: cannot read %s: %s",
					  spec->file[i],
					  err == -EINVAL ? "it is no file" :
							   strerror(-err));
	}
	return EXIT_DONE;
}

static int add_job(struct cpio *archive, const struct initramfs_more *more)
{
	int err = 0;

	cpio_file(archive, JOB_WORDS, 0644, more->job->text, more->job->len);
	if (more->trace)
		err = add_file_as(archive, more->trace, TRACE_OF_JOB);
	return err ? say_cannot("cannot read %s: %s", more->trace,
				strerror(-err)) : EXIT_DONE;
}

static int add_all_modules(struct cpio *archive, const char *folder,
			   const struct node_spec *spec,
			   const struct initramfs_more *more)
{
	static const struct wish target = { .name = TARGET_MODULE };
	static const struct wish support = { .name = SUPPORT_MODULE };
	int code = add_modules(archive, folder, &target);

	if (!code && more->job)
		code = add_modules(archive, folder, &support);
	if (!code && spec->driver[0])
		code = add_driver(archive, folder, spec, more->module);
	return code;
}

int initramfs_build(struct cpio *archive, const struct node_spec *spec,
		    const char *folder, const struct initramfs_more *more)
{
	int code;

	*archive = (struct cpio){ 0 };
	add_base(archive);
	code = add_all_modules(archive, folder, spec, more);
	if (!code)
		code = add_files(archive, spec);
	if (!code && more->identity)
		*more->identity = identity_add(*more->identity, archive->data,
					       archive->len);
	if (!code && more->job)
		code = add_job(archive, more);
	if (!code && cpio_end(archive))
		code = say_cannot("no memory for the initramfs");
	return code;
}
