// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver that brings its kernel down, for the tests of OS nodes: to be loaded
 * in a node's kernel, never elsewhere.
 *
 *	insmod intmgr_crash.ko node=ADDRESS	(intmgr_node= of /proc/cmdline)
 *	cat /sys/module/intmgr_crash/parameters/entries		(is there traffic?)
 *	echo panic > /sys/module/intmgr_crash/parameters/now
 */
#include <linux/io.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/sysfs.h>
#include <linux/workqueue.h>

#include "node.h"
#include "window.h"

#define SCRIBBLE_MS	3000

static unsigned long node;
module_param(node, ulong, 0400);
MODULE_PARM_DESC(node, "physical address of the node page");

static struct intmgr_node_page page;	/* as it was when this was loaded */
static struct intmgr_window *window;

static int *volatile nowhere;
static volatile bool forever = true;

/* ---- in a hard interrupt ---- */

static void crash_panic(struct irq_work *work)
{
	panic("intmgr_crash: as asked");
}

static void crash_null(struct irq_work *work)
{
	*nowhere = 1;
}

static void crash_loop(struct irq_work *work)
{
	while (forever)
		;
}

/* ---- in a process ---- */

static noinline int crash_deeper(int depth)
{
	volatile char room[512];

	room[depth % sizeof(room)] = depth;
	if (!forever)
		return depth;
	return crash_deeper(depth + 1) + room[0];
}

static void crash_stack(void)
{
	crash_deeper(0);
}

static void crash_deadlock(void)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock_irq(&lock);
	spin_lock(&lock);
	spin_unlock(&lock);
	spin_unlock_irq(&lock);
}

/* Until the out-of-memory killer has nobody left to kill. */
static void crash_memory(void)
{
	while (forever) {
		if (!alloc_page(GFP_KERNEL | __GFP_NOWARN))
			cond_resched();
	}
}

/* ---- over what is shared with the support OS ---- */

/* Marsaglia's xorshift: random enough, and fast. */
static u64 next_random(void)
{
	static u64 state = 0x9e3779b97f4a7c15ULL;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

/*
 * Nonsense of four kinds. The last reads as a doorbell with an interrupt vector
 * of the support OS's own boot core.
 */
static u64 nonsense(unsigned int kind)
{
	switch (kind % 4) {
	case 0:
		return next_random();
	case 1:
		return ~0ULL;
	case 2:
		return 0;
	default:
		return next_random() & INTMGR_DOORBELL_VECTOR;
	}
}

static void scribble(u64 address, u64 size)
{
	unsigned long end = jiffies + msecs_to_jiffies(SCRIBBLE_MS);
	u64 *word = memremap(address, size, MEMREMAP_WB);
	unsigned int kind;
	u64 i;

	if (!word)
		return;
	for (kind = 0; time_before(jiffies, end); kind++) {
		for (i = 0; i < size / sizeof(*word); i++)
			WRITE_ONCE(word[i], nonsense(kind));
		cond_resched();
	}
	memunmap(word);
}

static void crash_scribble(void)
{
	scribble(page.window, page.window_size);
}

/* The page itself, and the console's ring. */
static void crash_page(void)
{
	scribble(page.console, page.console_size);
	scribble(page.page, sizeof(page));
}

/* ---- what to do, and when ---- */

static const struct crash {
	const char *name;
	void (*process)(void);
	void (*interrupt)(struct irq_work *work);
} crashes[] = {
	{ "panic",	NULL,		crash_panic },
	{ "null",	NULL,		crash_null },
	{ "loop",	NULL,		crash_loop },
	{ "stack",	crash_stack,	NULL },
	{ "deadlock",	crash_deadlock,	NULL },
	{ "memory",	crash_memory,	NULL },
	{ "scribble",	crash_scribble,	NULL },
	{ "page",	crash_page,	NULL },
};

static const struct crash *chosen;
static struct irq_work in_interrupt;

static void crash_now(struct work_struct *work)
{
	if (chosen->process) {
		chosen->process();
		return;
	}
	init_irq_work(&in_interrupt, chosen->interrupt);
	irq_work_queue(&in_interrupt);
}

static DECLARE_WORK(crash_work, crash_now);

static int set_now(const char *text, const struct kernel_param *kp)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(crashes); i++) {
		if (!sysfs_streq(text, crashes[i].name))
			continue;
		chosen = &crashes[i];
		queue_work(system_unbound_wq, &crash_work);
		return 0;
	}
	return -EINVAL;
}

static const struct kernel_param_ops now_ops = { .set = set_now };

module_param_cb(now, &now_ops, NULL, 0200);
MODULE_PARM_DESC(now, "panic, null, loop, stack, deadlock, memory, scribble, page");

/* Handler entries so far, as the window counts them. */
static int get_entries(char *text, const struct kernel_param *kp)
{
	return sysfs_emit(text, "%llu\n", READ_ONCE(window->entry_head));
}

static const struct kernel_param_ops entries_ops = { .get = get_entries };

module_param_cb(entries, &entries_ops, NULL, 0400);
MODULE_PARM_DESC(entries, "handler entries so far");

static int read_page(void)
{
	struct intmgr_node_page *there;

	there = node ? memremap(node, sizeof(page), MEMREMAP_WB) : NULL;
	if (!there)
		return -ENODEV;
	page = *there;
	memunmap(there);
	return page.magic == INTMGR_NODE_MAGIC ? 0 : -ENODEV;
}

static int __init crash_init(void)
{
	int err = read_page();

	if (err)
		return err;
	window = memremap(page.window, sizeof(*window), MEMREMAP_WB);
	return window ? 0 : -ENOMEM;
}

static void __exit crash_exit(void)
{
	cancel_work_sync(&crash_work);
	irq_work_sync(&in_interrupt);
	memunmap(window);
}

module_init(crash_init);
module_exit(crash_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Brings its kernel down");
