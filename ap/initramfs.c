// SPDX-License-Identifier: GPL-2.0-only
#include "initramfs.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "agent_image.h"
#include "driver_module.h"
#include "file.h"
#include "say.h"

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

/* The file @path of this system, at the same place. 0 or -errno. */
static int add_file(struct cpio *archive, const char *path)
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
	add_parents(archive, path);
	cpio_file(archive, path, st.st_mode, data, len);
	file_unmap(data, len);
	return archive->failed ? -ENOMEM : 0;
}

/* ---- modules ---- */

struct list {
	struct cpio *archive;
	FILE *text;
	const char *failed;	/* the file that could not be taken */
	char path[PATH_MAX];
};

static int list_module(void *arg, const char *path, const char *options)
{
	struct list *list = arg;
	int err;

	snprintf(list->path, sizeof(list->path), "%s", path);
	list->failed = list->path;
	if (strlen(path) + 1 + strlen(options) > LIST_LINE ||
	    strchr(path, ' ') || strchr(options, '\n'))
		return -ENAMETOOLONG;
	err = add_file(list->archive, path);
	if (err)
		return err;
	list->failed = NULL;
	fprintf(list->text, "%s%s%s\n", path, *options ? " " : "", options);
	return 0;
}

static int say_no_module(const struct list *list, const char *folder,
			 const char *name, enum modules_which which, int err)
{
	const char *release = strrchr(folder, '/') + 1;

	if (err != -ENOENT)
		return say_cannot("cannot take the module %s of kernel %s: %s",
				  list->failed ? list->failed : name, release,
				  strerror(-err));
	if (list->failed)
		return say_cannot("%s is not there: install the modules of kernel %s again, then run depmod %s",
				  list->failed, release, release);
	if (which == MODULES_STOCK)
		return say_cannot("%s has no module %s of the distribution: install that kernel's package of modules",
				  folder, name);
	return say_cannot("%s has no module %s: make install puts it there, for the kernel that KDIR= names",
			  folder, name);
}

/* What /drivers/@name loads: @needs first, unless it is NULL, then @name. */
static int add_modules(struct cpio *archive, const char *folder,
		       const char *needs, const char *name,
		       enum modules_which which)
{
	struct list list = { .archive = archive };
	char path[64];
	char *text = NULL;
	size_t len = 0;
	int err = 0;

	list.text = open_memstream(&text, &len);
	if (!list.text)
		return say_cannot("no memory");
	if (needs)
		err = modules_walk(folder, needs, MODULES_PREFERRED,
				   list_module, &list);
	if (!err)
		err = modules_walk(folder, name, which, list_module, &list);
	fclose(list.text);
	snprintf(path, sizeof(path), "/drivers/%s", name);
	if (!err)
		cpio_file(archive, path, 0644, text, len);
	free(text);
	return err ? say_no_module(&list, folder, name, which, err) : EXIT_DONE;
}

/* A driver that is not in the table is whatever modprobe takes. */
static int add_driver(struct cpio *archive, const char *folder,
		      const struct node_spec *spec)
{
	const struct driver *driver = driver_find(spec->driver);

	if (!driver)
		return add_modules(archive, folder, NULL, spec->driver,
				   MODULES_PREFERRED);
	return add_modules(archive, folder, driver->needs, driver->name,
			   driver_module_which(spec->attachment));
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

int initramfs_build(struct cpio *archive, const struct node_spec *spec,
		    const char *folder, const struct initramfs_text *job)
{
	int code;

	*archive = (struct cpio){ 0 };
	add_base(archive);
	code = add_modules(archive, folder, NULL, TARGET_MODULE,
			   MODULES_PREFERRED);
	if (!code && job) {
		cpio_file(archive, job->path, 0644, job->data, job->len);
		code = add_modules(archive, folder, NULL, SUPPORT_MODULE,
				   MODULES_PREFERRED);
	}
	if (!code && spec->driver[0])
		code = add_driver(archive, folder, spec);
	if (!code)
		code = add_files(archive, spec);
	if (!code && cpio_end(archive))
		code = say_cannot("no memory for the initramfs");
	return code;
}
