// SPDX-License-Identifier: GPL-2.0-only
/*
 * A polled BAR: the driver's accesses are loads and stores of the window, and
 * somebody has to look what it wrote. While a run goes on that is who paces it,
 * on the support CPU; else a timer here, which an endless wait of the driver
 * for a register does not keep from coming.
 */
#include <linux/cpumask.h>
#include <linux/ktime.h>

#include "compat.h"
#include "target.h"

#define POLL_NS		50000

static void look(struct function *f)
{
	struct intmgr_window *w = f->window;
	u32 vectors = 0;

	if (sync_cmpxchg(&w->polling, 0, 1))
		return;
	vectors = f->nic.ops->poll(&f->nic);
	/* What was done before is done for who polls next. */
	smp_store_release(&w->polling, 0);
	msi_ring(f, vectors);
}

static enum hrtimer_restart poll_due(struct hrtimer *timer)
{
	struct function *f = container_of(timer, struct function, poll);

	if (!READ_ONCE(f->window->run))
		look(f);
	hrtimer_forward_now(timer, ns_to_ktime(POLL_NS));
	return HRTIMER_RESTART;
}

int poll_create(struct function *f)
{
	if (f->attachment != INTMGR_ATTACH_POLL)
		return 0;
	compat_hrtimer_setup(&f->poll, poll_due, CLOCK_MONOTONIC,
			     HRTIMER_MODE_REL_HARD);
	hrtimer_start(&f->poll, ns_to_ktime(POLL_NS), HRTIMER_MODE_REL_HARD);
	return 0;
}

void poll_destroy(struct function *f)
{
	if (f->attachment == INTMGR_ATTACH_POLL)
		hrtimer_cancel(&f->poll);
}
