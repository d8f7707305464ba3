// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signs that a run cannot go on.
 */
#include "support/support.h"

#define ALIVE_LOOK_NS	10000000	/* between two looks at the heartbeat */

/* Not at each shot: the line it is in has to come from the other CPU. */
static bool target_hangs(struct run *r, u64 now)
{
	if ((s64)(now - r->look_alive) < 0)
		return false;
	r->look_alive = now + clock_from_ns(&r->clock, ALIVE_LOOK_NS);
	return !view_target_alive(r->v);
}

bool run_may_go_on(struct run *r, u64 now)
{
	if (os_moved_off(r->spec.support_cpu))
		r->result = -EHOSTDOWN;		/* it was set offline */
	else if (!view_target_up(r->v))
		r->result = -ENODEV;
	else if (port_load(&r->v->w->cpu) != r->spec.target_cpu)
		r->result = -EHOSTDOWN;		/* the target set it offline */
	else if (target_hangs(r, now))
		r->result = -ENODEV;
	else if (run_stopping(r))
		r->result = -EINTR;
	return !r->result;
}
