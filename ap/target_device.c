// SPDX-License-Identifier: GPL-2.0-only
#include "target_device.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#include "device_file.h"
#include "driver.h"
#include "say.h"

#define OTHER_BUILD \
	"intmgr_target.ko does not take this command's request: load modules and command of one build"

int target_open(int *fd)
{
	return device_file_open(INTMGR_TARGET_DEVICE, DEVICE_LOAD_ORDER, fd);
}

static int call(int fd, unsigned long request, void *arg)
{
	return ioctl(fd, request, arg) ? -errno : 0;
}

int target_create(int fd, struct intmgr_create *create)
{
	int err;

	create->size = sizeof(*create);
	err = call(fd, INTMGR_TARGET_IOC_CREATE, create);
	create->bdf[sizeof(create->bdf) - 1] = '\0';
	return err;
}

int target_bind(int fd, u32 id)
{
	struct intmgr_bind bind = { .size = sizeof(bind), .id = id };

	return call(fd, INTMGR_TARGET_IOC_BIND, &bind);
}

int target_remove(int fd, u32 id)
{
	struct intmgr_remove remove = { .size = sizeof(remove), .id = id };

	return call(fd, INTMGR_TARGET_IOC_REMOVE, &remove);
}

int target_set_sink(int fd, u32 id, u32 sink, u32 peer)
{
	struct intmgr_set_sink set = {
		.size = sizeof(set),
		.id = id,
		.sink = sink,
		.peer = peer,
	};

	return call(fd, INTMGR_TARGET_IOC_SINK, &set);
}

int target_function(int fd, u32 id, struct intmgr_function *f)
{
	int err;

	*f = (struct intmgr_function){ .size = sizeof(*f), .id = id };
	err = call(fd, INTMGR_TARGET_IOC_FUNCTION, f);
	f->model[sizeof(f->model) - 1] = '\0';
	f->bdf[sizeof(f->bdf) - 1] = '\0';
	f->faults = min(f->faults, (u32)INTMGR_FAULTS);
	return err;
}

int target_say_error(u32 id, int err)
{
	switch (-err) {
	case ENOENT:
		return say_cannot("there is no function %u: intmgr function list shows which there are",
				  id);
	case ENODEV:
		return say_cannot("function %u was removed: intmgr function list shows what is left",
				  id);
	case EINVAL:
	case E2BIG:
	case ENOTTY:
	case EOPNOTSUPP:
		return say_cannot(OTHER_BUILD);
	case EINTR:
		return say_cannot("stopped");
	default:
		return say_cannot("function %u: %s", id, strerror(-err));
	}
}

int target_say_sink_error(int fd, u32 id, u32 peer, int err)
{
	struct intmgr_function f;

	if (err == -ENOENT && peer && !target_function(fd, id, &f))
		id = peer;
	return target_say_error(id, err);
}

int target_say_create_error(const struct intmgr_create *create, int err)
{
	switch (-err) {
	case ENOENT:
		return say_cannot("intmgr_target.ko has no model %s: load modules and command of one build",
				  create->model);
	case EOPNOTSUPP:
		return say_cannot("intmgr_target.ko cannot attach a driver to a %s as %s: choose another --attach",
				  create->model,
				  driver_attachment_name(create->attachment));
	case ENOSPC:
		return say_cannot("there are %d functions already, or no address space or window for one more: intmgr function remove takes one away",
				  INTMGR_FUNCTIONS);
	case ENOMEM:
		return say_cannot("this kernel has no memory for the function: take a smaller --pool, or remove another function");
	case EINVAL:
	case E2BIG:
	case ENOTTY:
		return say_cannot(OTHER_BUILD);
	case EINTR:
		return say_cannot("stopped");
	default:
		return say_cannot("cannot make a function: %s", strerror(-err));
	}
}
