// SPDX-License-Identifier: GPL-2.0-only
#include "device.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "say.h"

#define LOAD_ORDER \
	"as root, insmod intmgr_target.ko, the patched e1000e.ko and " \
	"intmgr.ko, in this order"

static int open_one(const char *path, int *fd)
{
	*fd = open(path, O_RDWR | O_CLOEXEC);
	if (*fd >= 0)
		return EXIT_DONE;
	if (errno == ENOENT || errno == ENODEV || errno == ENXIO)
		return say_cannot("%s is not there: " LOAD_ORDER, path);
	if (errno == EPERM || errno == EACCES)
		return say_cannot("no permission for %s: run intmgr as root",
				  path);
	if (errno == EBUSY)
		return say_cannot("%s is in use: end the other intmgr first",
				  path);
	return say_cannot("cannot open %s: %s", path, strerror(errno));
}

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

static int map_window(struct device *dev, int fd)
{
	void *map;

	dev->size = window_size(fd);
	if (!dev->size)
		return say_cannot("%s shows no window of revision %d: load modules and command of one build",
				  INTMGR_TARGET_DEVICE, INTMGR_WINDOW_REVISION);
	map = mmap(NULL, dev->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return say_cannot("cannot map the window of %zu bytes: %s",
				  dev->size, strerror(errno));
	dev->window = map;
	if (!area_fits(&dev->window->slots, dev->size,
		       INTMGR_SLOTS * sizeof(struct intmgr_slot)))
		return say_cannot("the window's slots lie outside it: reload intmgr_target.ko");
	return EXIT_DONE;
}

int device_open(struct device *dev)
{
	int target, code;

	*dev = (struct device){ .fd = -1 };
	code = open_one(INTMGR_DEVICE, &dev->fd);
	if (code)
		return code;
	code = open_one(INTMGR_TARGET_DEVICE, &target);
	if (code)
		goto close;
	code = map_window(dev, target);
	close(target);
	if (code)
		goto close;
	return EXIT_DONE;
close:
	device_close(dev);
	return code;
}

void device_close(struct device *dev)
{
	if (dev->window)
		munmap(dev->window, dev->size);
	if (dev->fd >= 0)
		close(dev->fd);
	*dev = (struct device){ .fd = -1 };
}

static int call(const struct device *dev, unsigned long request, void *arg)
{
	return ioctl(dev->fd, request, arg) ? -errno : 0;
}

int device_attach(const struct device *dev)
{
	struct intmgr_attach attach = {
		.size = sizeof(attach),
		.addr = (uintptr_t)dev->window,
		.length = dev->size,
	};

	return call(dev, INTMGR_IOC_ATTACH, &attach);
}

int device_query(const struct device *dev, struct intmgr_query *query)
{
	*query = (struct intmgr_query){ .size = sizeof(*query) };
	return call(dev, INTMGR_IOC_QUERY, query);
}

int device_run(const struct device *dev, struct intmgr_run *run)
{
	run->size = sizeof(*run);
	return call(dev, INTMGR_IOC_RUN, run);
}

int device_stats(const struct device *dev, struct intmgr_stats *stats)
{
	*stats = (struct intmgr_stats){ .size = sizeof(*stats) };
	return call(dev, INTMGR_IOC_STATS, stats);
}

int device_records(const struct device *dev, struct intmgr_record *buffer,
		   __u32 capacity, __u32 *count)
{
	struct intmgr_records records = {
		.size = sizeof(records),
		.buffer = (uintptr_t)buffer,
		.capacity = capacity,
	};
	int err = call(dev, INTMGR_IOC_RECORDS, &records);

	*count = err ? 0 : records.count;
	return err;
}

const char *device_error_text(int err)
{
	switch (-err) {
	case EPERM:
		return "no permission: run intmgr as root";
	case EINVAL:
	case E2BIG:
	case EOPNOTSUPP:
	case ENOTTY:
		return "intmgr.ko does not take this command's request: load modules and command of one build";
	case ENOTCONN:
		return "no window is attached: is intmgr_target.ko still loaded?";
	case EBUSY:
		return "another run is going on: end it first";
	case EPROTO:
		return "the window is not of this revision: load modules and command of one build";
	case ENODEV:
		return "the target is gone: load intmgr_target.ko and the patched e1000e.ko again";
	case ENETDOWN:
		return "the driver has not set its receiver up: set the interface up, and see dmesg for the driver's reason";
	case ENXIO:
		return "no driver has asked for the interrupt: load the patched e1000e.ko and set its interface up";
	case EMSGSIZE:
		return "the frame is larger than the driver's receive buffers: take a smaller --size or a larger --mtu";
	case EBADMSG:
		return "intmgr.ko refused the frame: load modules and command of one build";
	case EDEADLK:
		return "the pacing CPU is the CPU that takes the interrupts: give --cpu and --target-cpu two different ones";
	case EHOSTDOWN:
		return "a CPU is offline or does not exist: choose --cpu and --target-cpu from /sys/devices/system/cpu/online";
	case EIO:
		return "the target refused an order: see dmesg";
	case ETIMEDOUT:
		return "the target did not obey in time: is its CPU stuck? see dmesg";
	case EINTR:
		return "stopped";
	default:
		return strerror(-err);
	}
}

struct intmgr_slot *device_slots(const struct device *dev)
{
	return (void *)((char *)dev->window + dev->window->slots.offset);
}
