// SPDX-License-Identifier: GPL-2.0-only
#include "function.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "driver.h"
#include "say.h"
#include "stop.h"

#define SYSFS_PCI "/sys/bus/pci/devices"
#define UDEV_QUEUE "/run/udev/queue"	/* there while udev is at work */

static void read_driver(struct function *f, const char *device)
{
	char path[PATH_MAX], target[PATH_MAX];
	const char *name;
	ssize_t len;

	snprintf(path, sizeof(path), "%s/driver", device);
	len = readlink(path, target, sizeof(target) - 1);
	if (len < 0)
		return;
	target[len] = '\0';
	name = strrchr(target, '/');
	snprintf(f->driver, sizeof(f->driver), "%.31s",
		 name ? name + 1 : target);
}

/* An entry of @folder that begins with @prefix; false: there is none. */
static bool find_entry(const char *folder, const char *prefix, char name[256])
{
	struct dirent *entry;
	bool found = false;
	DIR *dir;

	dir = opendir(folder);
	if (!dir)
		return false;
	while (!found && (entry = readdir(dir))) {
		found = entry->d_name[0] != '.' &&
			!strncmp(entry->d_name, prefix, strlen(prefix));
		if (found)
			snprintf(name, 256, "%s", entry->d_name);
	}
	closedir(dir);
	return found;
}

/* virtio's PCI driver makes a device of its own, which has the interface. */
static void read_interface(struct function *f, const char *device)
{
	char path[PATH_MAX], name[256];

	snprintf(path, sizeof(path), "%s/net", device);
	if (!find_entry(path, "", name)) {
		if (!find_entry(device, "virtio", name))
			return;
		snprintf(path, sizeof(path), "%s/%s/net", device, name);
		if (!find_entry(path, "", name))
			return;
	}
	snprintf(f->interface, sizeof(f->interface), "%.*s", IFNAMSIZ - 1,
		 name);
}

void function_read_in(struct function *f, const char *devices, const char *bdf)
{
	char device[512];

	*f = (struct function){ 0 };
	snprintf(device, sizeof(device), "%s/%s", devices, bdf);
	read_driver(f, device);
	read_interface(f, device);
}

void function_read(struct function *f, const char *bdf)
{
	function_read_in(f, SYSFS_PCI, bdf);
}

bool function_is_there(const char *bdf)
{
	char path[64];

	snprintf(path, sizeof(path), SYSFS_PCI "/%.16s", bdf);
	return !access(path, F_OK);
}

/* What the PCI bus calls @driver, which need not be in the table. */
static const char *pci_name(const char *driver)
{
	const struct driver *known = driver_find(driver);

	return known ? known->pci : driver;
}

int function_need(struct function *f, const char *bdf, const char *driver)
{
	function_read(f, bdf);
	if (!f->driver[0])
		return say_cannot("no driver is bound to the function %s: load its module, %s",
				  bdf, driver);
	if (strcmp(f->driver, pci_name(driver)))
		return say_cannot("the function %s is bound to %s, not to %s: unload that, and load %s",
				  bdf, f->driver, pci_name(driver), driver);
	if (!f->interface[0])
		return say_cannot("the function %s has no network interface here: is %s loaded? see dmesg for its reason; or is it in another network namespace?",
				  bdf, driver);
	return EXIT_DONE;
}

static bool is_ready(struct function *f, const char *bdf, const char *driver)
{
	function_read(f, bdf);
	return f->interface[0] && !strcmp(f->driver, pci_name(driver));
}

static void pause_10ms(void)
{
	const struct timespec step = { .tv_nsec = 10000000 };

	nanosleep(&step, NULL);
}

/* The interface may get its name only now, from udev. */
static void wait_named(void)
{
	unsigned int waited;

	for (waited = 0; waited < 2000 && !access(UDEV_QUEUE, F_OK);
	     waited += 10)
		pause_10ms();
}

/* A probe may go on after the driver's module is loaded. */
int function_wait(struct function *f, const char *bdf, const char *driver,
		  unsigned int timeout_ms)
{
	unsigned int waited;

	for (waited = 0; waited < timeout_ms && !stop_asked(); waited += 10) {
		if (is_ready(f, bdf, driver)) {
			wait_named();
			break;
		}
		pause_10ms();
	}
	return stop_asked() ? say_cannot("stopped") :
			      function_need(f, bdf, driver);
}
