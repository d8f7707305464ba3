// SPDX-License-Identifier: GPL-2.0-only
#include "function_make.h"

#include <stdio.h>

#include "driver_module.h"
#include "say.h"
#include "target_device.h"

#define BIND_MS	10000	/* a probe resets its NIC, which sleeps */

static int create(int fd, const struct function_spec *spec,
		  struct function_made *made)
{
	bool peer = spec->sink == INTMGR_SINK_PEER;
	struct intmgr_create c = {
		.flags = spec->temporary ? INTMGR_CREATE_TEMPORARY : 0,
		.attachment = spec->attachment,
		.pool_mb = spec->pool_mb,
		.sink = peer ? INTMGR_SINK_DROP : spec->sink,
	};
	int err;

	snprintf(c.model, sizeof(c.model), "%s", spec->driver->model);
	err = target_create(fd, &c);
	if (err)
		return target_say_create_error(&c, err);
	made->id = c.id;
	snprintf(made->bdf, sizeof(made->bdf), "%s", c.bdf);
	if (peer)
		err = target_set_sink(fd, c.id, spec->sink, spec->peer);
	return err ? target_say_sink_error(fd, c.id, spec->peer, err) :
		     EXIT_DONE;
}

/* What the driver did may have been more than the function could follow. */
static int wait_bound(int fd, const struct function_spec *spec,
		      struct function_made *made)
{
	struct intmgr_function f;
	int code;

	code = function_wait(&made->sysfs, made->bdf, spec->driver->name,
			     BIND_MS);
	if (code && !target_function(fd, made->id, &f) && f.dead)
		say_note("function %u was taken off the bus: %s accessed its registers by an instruction that is not known, see dmesg",
			 made->id, spec->driver->name);
	return code;
}

int function_make(int fd, const struct function_spec *spec,
		  struct function_made *made)
{
	int code;

	*made = (struct function_made){ 0 };
	if (spec->no_load)	/* one that is loaded will bind, though */
		code = driver_module_check(spec->driver, spec->attachment);
	else
		code = driver_module_load(spec->driver, spec->attachment,
					  &made->loaded);
	if (!code)
		code = create(fd, spec, made);
	if (!code && !spec->no_load)
		code = wait_bound(fd, spec, made);
	if (code)
		function_unmake(fd, spec, made);
	return code;
}

void function_unmake(int fd, const struct function_spec *spec,
		     const struct function_made *made)
{
	if (made->id)
		target_remove(fd, made->id);
	if (made->loaded)
		driver_module_unload(spec->driver);
}
