// SPDX-License-Identifier: GPL-2.0-only
/*
 * Orders: what the support side has the target do before and after a run, by
 * the window and the control doorbell.
 */
#include "support/support.h"

#define ORDER_TIMEOUT_MS	2000

/* The window holds one order at a time, whichever file gives it. */
static OS_MUTEX(order_lock);

/* What the target answered; it may be anything. */
static int order_result(const struct view *v)
{
	int result = port_load(&v->w->order_result);

	return !result || result == -EHOSTDOWN ? result : -EIO;
}

static int order_wait(struct view *v, u64 seq)
{
	u64 until = clock_read() + (u64)ORDER_TIMEOUT_MS * clock_khz();

	while ((s64)(until - clock_read()) > 0) {
		/* pairs with the target's release: the result is written */
		if (port_load_acquire(&v->w->order_done) == seq)
			return order_result(v);
		if (!view_target_alive(v))
			return -ENODEV;
		if (os_interrupted())
			return -EINTR;
		os_sleep_us(100, 200);
	}
	return -ETIMEDOUT;
}

static bool order_ring(struct view *v)
{
	bool rung;

	os_irq_off();
	rung = view_ring(v, INTMGR_DOORBELL_CONTROL);
	os_irq_on();
	return rung;
}

int order_give(struct view *v, enum intmgr_order order, u32 arg)
{
	u64 seq;
	int err;

	if (!view_target_alive(v))
		return -ENODEV;
	os_lock(&order_lock);
	seq = port_load(&v->w->order_seq) + 1;
	port_store(&v->w->order, order);
	port_store(&v->w->order_arg, arg);
	/* order and argument before the number that announces them */
	port_store_release(&v->w->order_seq, seq);
	err = order_ring(v) ? order_wait(v, seq) : -ENXIO;
	os_unlock(&order_lock);
	return err;
}
