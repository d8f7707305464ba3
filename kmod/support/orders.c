// SPDX-License-Identifier: GPL-2.0-only
/*
 * Orders: what the support side has the target do before and after a run, by
 * the window and the control doorbell.
 */
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/sched/signal.h>

#include "support/support.h"

#define ORDER_TIMEOUT_MS	2000

/* The window holds one order at a time, whichever file gives it. */
static DEFINE_MUTEX(order_lock);

/* What the target answered; it may be anything. */
static int order_result(const struct view *v)
{
	int result = READ_ONCE(v->w->order_result);

	return !result || result == -EHOSTDOWN ? result : -EIO;
}

static int order_wait(struct view *v, u64 seq)
{
	unsigned int waited;

	for (waited = 0; waited < ORDER_TIMEOUT_MS * 10; waited++) {
		/* pairs with the target's release: the result is written */
		if (smp_load_acquire(&v->w->order_done) == seq)
			return order_result(v);
		if (!view_target_alive(v))
			return -ENODEV;
		if (signal_pending(current))
			return -EINTR;
		usleep_range(100, 200);
	}
	return -ETIMEDOUT;
}

static bool order_ring(struct view *v)
{
	unsigned long flags;
	bool rung;

	local_irq_save(flags);
	rung = view_ring(v, INTMGR_DOORBELL_CONTROL);
	local_irq_restore(flags);
	return rung;
}

int order_give(struct view *v, enum intmgr_order order, u32 arg)
{
	u64 seq;
	int err;

	if (!view_target_alive(v))
		return -ENODEV;
	mutex_lock(&order_lock);
	seq = READ_ONCE(v->w->order_seq) + 1;
	WRITE_ONCE(v->w->order, order);
	WRITE_ONCE(v->w->order_arg, arg);
	/* order and argument before the number that announces them */
	smp_store_release(&v->w->order_seq, seq);
	err = order_ring(v) ? order_wait(v, seq) : -ENXIO;
	mutex_unlock(&order_lock);
	return err;
}
