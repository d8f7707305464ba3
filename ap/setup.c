// SPDX-License-Identifier: GPL-2.0-only
#include "setup.h"

#include <stdio.h>
#include <unistd.h>

#include "driver_module.h"
#include "say.h"
#include "stop.h"
#include "target_device.h"

/* ---- one that is there ---- */

static int say_other(const struct plan *plan, const struct intmgr_function *f)
{
	bool attachment = plan->attachment != PLAN_DEFAULT;

	return say_usage("--function %u is a %s, attached as %s, which is not --driver %s%s%s: leave that out, or choose another function",
			 f->id, f->model, driver_attachment_name(f->attachment),
			 plan->driver ? plan->driver->name : DRIVER_USUAL,
			 attachment ? " --attach " : "",
			 attachment ? driver_attachment_name(plan->attachment) :
				      "");
}

static bool fits(const struct plan *plan, const struct intmgr_function *f)
{
	if (plan->driver && strcmp(plan->driver->model, f->model))
		return false;
	return plan->attachment == PLAN_DEFAULT ||
	       (u32)plan->attachment == f->attachment;
}

static int say_unbound(const struct setup *s, const struct intmgr_function *f)
{
	return say_cannot("no driver is bound to function %u (%s): load %s's module, %s, or remove the function (intmgr function remove %u) and let this command make one",
			  f->id, f->bdf, s->driver->name,
			  s->attachment == INTMGR_ATTACH_PATCHED ?
				  "the patched one" : "the distribution's",
			  f->id);
}

static int use(struct setup *s, const struct intmgr_function *f)
{
	struct function sysfs;

	if (f->dead)
		return say_cannot("function %u was taken off the bus after an instruction that is not known, see dmesg: intmgr function remove %u, and make another",
				  f->id, f->id);
	s->driver = driver_of_model(f->model);
	if (!s->driver)
		return say_cannot("function %u is a %s, which this build of intmgr does not know: load modules and command of one build",
				  f->id, f->model);
	s->attachment = f->attachment;
	s->id = f->id;
	function_read(&sysfs, f->bdf);
	if (!sysfs.driver[0])
		return say_unbound(s, f);
	return driver_module_check(s->driver, s->attachment);
}

static int use_named(struct setup *s, const struct plan *plan)
{
	struct intmgr_function f;
	int err = target_function(s->fd, plan->function, &f);

	if (err)
		return target_say_error(plan->function, err);
	if (!fits(plan, &f))
		return say_other(plan, &f);
	return use(s, &f);
}

/* Another command's goes with that command. */
static bool find(const struct setup *s, const struct plan *plan,
		 struct intmgr_function *f)
{
	u32 id;

	for (id = 1; id <= INTMGR_FUNCTIONS; id++)
		if (!target_function(s->fd, id, f) && !f->temporary &&
		    !f->dead && fits(plan, f))
			return true;
	return false;
}

/* ---- one that is made ---- */

static int make(struct setup *s, const struct plan *plan)
{
	int code;

	s->driver = plan->driver;
	s->attachment = plan->attachment;
	s->spec = (struct function_spec){
		.driver = plan->driver,
		.attachment = plan->attachment,
		.temporary = true,
	};
	code = function_make(s->fd, &s->spec, &s->own);
	s->made = !code;
	s->id = s->own.id;
	return code;
}

/* ---- both ---- */

int setup_open(struct setup *s, const struct plan *plan)
{
	struct intmgr_function f;
	int code;

	*s = SETUP_NONE;
	code = target_open(&s->fd);
	if (code)
		return code;
	if (plan->function)
		code = use_named(s, plan);
	else if (find(s, plan, &f))
		code = use(s, &f);
	else
		code = make(s, plan);
	if (code)
		setup_close(s);
	return code;
}

void setup_close(struct setup *s)
{
	if (s->fd < 0)
		return;
	if (s->made) {
		stop_not_here();	/* unloading shall not be interrupted */
		function_unmake(s->fd, &s->spec, &s->own);
	}
	close(s->fd);
	*s = SETUP_NONE;
}

bool setup_read(const struct setup *s, struct intmgr_function *f)
{
	return s->fd >= 0 && s->id && !target_function(s->fd, s->id, f);
}
