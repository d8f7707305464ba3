// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a node fares. Two watches, both only while nodes run:
 *
 * A timer in hard interrupt context looks for the reset byte. A kernel that
 * resets writes it, waits 15 ms (acpi_reboot()), and then resets the machine by
 * the keyboard controller: it must be stopped before.
 *
 * Ten times a second a work looks at everything else. Whether a node lives is
 * told by this kernel's clock alone: a heartbeat is a change of window->alive,
 * whatever it says.
 */
#include <linux/ctype.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/workqueue.h>

#include "compat.h"
#include "node/internal.h"
#include "window.h"

#define WATCH_RESET_NS	(2 * NSEC_PER_MSEC)
#define WATCH_LOOK_MS	100
#define WATCH_DEAD_NS	(INTMGR_DEAD_MS * NSEC_PER_MSEC)

static DEFINE_RAW_SPINLOCK(watch_lock);	/* watched, reset_seen; timer context */
static bool watching;			/* the timer runs; under watch_lock */
static struct hrtimer reset_timer;
static void watch_work(struct work_struct *work);
static DECLARE_DELAYED_WORK(look_work, watch_work);

/* ---- the reset byte ---- */

static void watch_reset(struct os_node *n)
{
	if (!n->watched || n->reset_seen ||
	    !READ_ONCE(memory_page(&n->memory)->reset))
		return;
	cores_stop(&n->cores);
	n->reset_seen = true;
}

static enum hrtimer_restart watch_timer(struct hrtimer *timer)
{
	struct os_node *n;
	bool any = false;
	u32 id;

	raw_spin_lock(&watch_lock);
	for (id = 1; (n = node_find(id)); id++) {
		watch_reset(n);
		any |= n->watched;
	}
	watching = any;
	if (any)
		hrtimer_forward_now(timer, WATCH_RESET_NS);
	raw_spin_unlock(&watch_lock);
	return any ? HRTIMER_RESTART : HRTIMER_NORESTART;
}

/* ---- the rest ---- */

/* Text from the node's page into @to: one line of what can be printed. */
static void watch_text(char *to, size_t size, const char *from, size_t len)
{
	size_t i;
	char c;

	for (i = 0; i < min(size - 1, len); i++) {
		c = READ_ONCE(from[i]);
		if (!c)
			break;
		to[i] = isascii(c) && isprint(c) ? c : ' ';
	}
	while (i && to[i - 1] == ' ')
		i--;
	to[i] = '\0';
}

void watch_ended(struct os_node *n, enum intmgr_node_state state, const char *reason)
{
	n->state = state;
	strscpy(n->reason, reason, sizeof(n->reason));
	if (!n->ended_ns)
		n->ended_ns = ktime_get_ns();
}

/* What the node itself said last: did that end it? */
static bool watch_progress(struct os_node *n)
{
	static const struct {
		enum intmgr_node_state state;
		const char *what;
	} ends[] = {
		[INTMGR_NODE_PANIC] = { INTMGR_NODE_STATE_PANIC, "panic" },
		[INTMGR_NODE_REBOOT] = { INTMGR_NODE_STATE_REBOOT, "asked for a restart" },
		[INTMGR_NODE_HALT] = { INTMGR_NODE_STATE_HALT, "halted" },
	};
	struct intmgr_node_page *page = memory_page(&n->memory);
	/* pairs with the node's release: the reason is written */
	u32 progress = smp_load_acquire(&page->progress);
	char text[sizeof(page->reason)], reason[sizeof(n->reason)];

	if (progress >= ARRAY_SIZE(ends) || !ends[progress].what)
		return false;
	watch_text(text, sizeof(text), page->reason, sizeof(page->reason));
	scnprintf(reason, sizeof(reason), "%s%s%s", ends[progress].what,
		  *text ? ": " : "", text);
	watch_ended(n, ends[progress].state, reason);
	return true;
}

/* A heartbeat of a window that is as it should be? */
static bool watch_heartbeat(struct os_node *n, const struct intmgr_window *w)
{
	u64 alive = READ_ONCE(w->alive);

	/* pairs with the target's release of @magic */
	if (smp_load_acquire(&w->magic) != INTMGR_WINDOW_MAGIC ||
	    READ_ONCE(w->state) != INTMGR_TARGET_UP || alive == n->alive)
		return false;
	n->alive = alive;
	n->alive_ns = ktime_get_ns();
	return true;
}

static void watch_alive(struct os_node *n)
{
	u64 silent;
	char text[64];

	if (watch_heartbeat(n, memory_at(&n->memory, n->memory.window))) {
		n->state = INTMGR_NODE_STATE_UP;
		n->ended_ns = 0;
		n->reason[0] = '\0';
		return;
	}
	silent = ktime_get_ns() - n->alive_ns;
	if (n->state == INTMGR_NODE_STATE_BOOTING || silent <= WATCH_DEAD_NS)
		return;
	silent = div_u64(silent, NSEC_PER_MSEC / 10);	/* 0.1 ms */
	snprintf(text, sizeof(text), "no heartbeat for %llu.%llu s",
		 silent / 10000, silent / 1000 % 10);
	watch_ended(n, INTMGR_NODE_STATE_HUNG, text);
}

static bool watch_may_change(const struct os_node *n)
{
	return n->state == INTMGR_NODE_STATE_BOOTING ||
	       n->state == INTMGR_NODE_STATE_UP ||
	       n->state == INTMGR_NODE_STATE_HUNG;
}

void watch_look(struct os_node *n)
{
	bool reset;

	if (!node_runs(n))
		return;
	guard_look(n);
	if (!watch_may_change(n) || watch_progress(n))
		return;
	raw_spin_lock_irq(&watch_lock);
	reset = n->reset_seen;
	raw_spin_unlock_irq(&watch_lock);
	if (reset)
		watch_ended(n, INTMGR_NODE_STATE_REBOOT, "asked for a reset");
	else
		watch_alive(n);
}

static void watch_work(struct work_struct *work)
{
	bool any = false;
	struct os_node *n;
	u32 id;

	mutex_lock(&node_lock);
	for (id = 1; (n = node_find(id)); id++) {
		watch_look(n);
		any |= node_runs(n);
	}
	mutex_unlock(&node_lock);
	if (any)
		schedule_delayed_work(&look_work, msecs_to_jiffies(WATCH_LOOK_MS));
}

void watch_begin(struct os_node *n)
{
	n->alive = 0;
	n->alive_ns = ktime_get_ns();
	raw_spin_lock_irq(&watch_lock);
	n->reset_seen = false;
	n->watched = true;
	if (!watching)
		hrtimer_start(&reset_timer, WATCH_RESET_NS, HRTIMER_MODE_REL_HARD);
	watching = true;
	raw_spin_unlock_irq(&watch_lock);
	schedule_delayed_work(&look_work, msecs_to_jiffies(WATCH_LOOK_MS));
}

void watch_end(struct os_node *n)
{
	raw_spin_lock_irq(&watch_lock);
	n->watched = false;
	raw_spin_unlock_irq(&watch_lock);
}

void watch_init(void)
{
	compat_hrtimer_setup(&reset_timer, watch_timer, CLOCK_MONOTONIC,
			     HRTIMER_MODE_REL_HARD);
}

void watch_exit(void)
{
	hrtimer_cancel(&reset_timer);
	cancel_delayed_work_sync(&look_work);
}
