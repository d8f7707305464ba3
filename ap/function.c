// SPDX-License-Identifier: GPL-2.0-only
#include "function.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "say.h"

#define SYSFS_PCI "/sys/bus/pci/devices"

static void read_driver(struct function *f, const char *bdf)
{
	char path[PATH_MAX], target[PATH_MAX];
	const char *name;
	ssize_t len;

	snprintf(path, sizeof(path), SYSFS_PCI "/%s/driver", bdf);
	len = readlink(path, target, sizeof(target) - 1);
	if (len < 0)
		return;
	target[len] = '\0';
	name = strrchr(target, '/');
	snprintf(f->driver, sizeof(f->driver), "%.31s",
		 name ? name + 1 : target);
}

static void read_interface(struct function *f, const char *bdf)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), SYSFS_PCI "/%s/net", bdf);
	dir = opendir(path);
	if (!dir)
		return;
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			snprintf(f->interface, sizeof(f->interface), "%.*s",
				 IFNAMSIZ - 1, entry->d_name);
	closedir(dir);
}

void function_read(struct function *f, const char *bdf)
{
	*f = (struct function){ 0 };
	read_driver(f, bdf);
	read_interface(f, bdf);
}

int function_need(struct function *f, const char *bdf, const char *driver)
{
	function_read(f, bdf);
	if (!f->driver[0])
		return say_cannot("no driver is bound to the function %s: load the patched %s.ko",
				  bdf, driver);
	if (strcmp(f->driver, driver))
		return say_cannot("the function %s is bound to %s: unload it and load the patched %s.ko",
				  bdf, f->driver, driver);
	if (!f->interface[0])
		return say_cannot("the function %s has no network interface here: see dmesg for %s's reason, or is it in another network namespace?",
				  bdf, driver);
	return EXIT_DONE;
}
