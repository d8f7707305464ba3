// SPDX-License-Identifier: GPL-2.0-only
/*
 * The window as a program has it mapped.
 */
#include "device.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kmod/uapi/intmgr_target.h"
#include "say.h"

/* The size of the window that @fd maps, 0 if it is none of this revision. */
static size_t window_size(int fd)
{
	size_t page = sysconf(_SC_PAGESIZE), size = 0;
	const struct intmgr_window *w;

	w = mmap(NULL, page, PROT_READ, MAP_SHARED, fd, 0);
	if (w == MAP_FAILED)
		return 0;
	if (__atomic_load_n(&w->magic, __ATOMIC_ACQUIRE) ==
	    INTMGR_WINDOW_MAGIC && w->revision == INTMGR_WINDOW_REVISION &&
	    w->header_size >= sizeof(*w) && !(w->size % page))
		size = w->size;
	munmap((void *)w, page);
	return size;
}

static bool area_fits(const struct intmgr_area *a, size_t window, size_t need)
{
	return a->size >= need && a->offset <= window &&
	       a->size <= window - a->offset && !(a->offset % 64);
}

bool device_areas_fit(const struct device *dev)
{
	const struct intmgr_area slots = dev->window->slots;

	return area_fits(&slots, dev->size,
			 INTMGR_SLOTS * sizeof(struct intmgr_slot));
}

int device_map_size(struct device *dev, int fd, size_t size)
{
	void *map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (map == MAP_FAILED)
		return say_cannot("cannot map the window of %zu bytes: %s",
				  size, strerror(errno));
	dev->window = map;
	dev->size = size;
	return EXIT_DONE;
}

int device_map(struct device *dev, int fd)
{
	size_t size = window_size(fd);
	int code;

	if (!size)
		return say_cannot("%s shows no window of revision %d: load modules and command of one build",
				  INTMGR_TARGET_DEVICE, INTMGR_WINDOW_REVISION);
	code = device_map_size(dev, fd, size);
	if (!code && !device_areas_fit(dev))
		code = say_cannot("the window's slots lie outside it: reload intmgr_target.ko");
	return code;
}

void device_unmap(struct device *dev)
{
	if (dev->window)
		munmap(dev->window, dev->size);
	dev->window = NULL;
}

struct intmgr_slot *device_slots(const struct device *dev)
{
	return (void *)((char *)dev->window + dev->window->slots.offset);
}

void *device_agent_area(const struct device *dev, size_t least)
{
	const struct intmgr_area area = dev->window->agent;

	return area_fits(&area, dev->size, least) ?
		       (char *)dev->window + area.offset : NULL;
}
