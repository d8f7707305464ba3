// SPDX-License-Identifier: GPL-2.0-only
/*
 * The thread that obeys the support side's orders. An order lies in the window
 * and is announced through doorbell 0, whose handler wakes this thread.
 */
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/sched.h>

#include "cycles.h"
#include "target.h"

/* Reads of @ping between two looks at everything else: some microseconds. */
#define PINGS_AT_A_TIME	4096

static u64 ordered(const struct function *f)
{
	/* Pairs with the support side's release after order and argument. */
	return smp_load_acquire(&f->window->order_seq);
}

static void done(struct function *f, u64 seq, int result)
{
	WRITE_ONCE(f->window->order_result, result);
	/* @order_done says that the result is there. */
	smp_store_release(&f->window->order_done, seq);
}

static int bind_to(unsigned int cpu)
{
	return set_cpus_allowed_ptr(current, cpumask_of(cpu));
}

static int take_cpu(struct function *f, u32 cpu)
{
	int err = -EHOSTDOWN;

	cpus_read_lock();
	if (cpu < nr_cpu_ids && cpu_online(cpu))
		err = msi_move(f, cpu);
	if (!err)
		err = bind_to(cpu);
	cpus_read_unlock();
	return err;
}

/*
 * Read @ping until it is no longer @last. Nothing but the read and the count:
 * a PAUSE here would leave an emulator's translated loop and cost the floor
 * that this loop is there to measure.
 */
static u64 watch(const struct intmgr_window *w, u64 last)
{
	unsigned int i;
	u64 ping;

	for (i = 0; i < PINGS_AT_A_TIME; i++) {
		ping = READ_ONCE(w->ping);
		if (ping != last)
			return ping;
		clock_pass();
	}
	return last;
}

/*
 * Answer pings until the next order, or until none came for @idle_ms. The
 * order is done as soon as this thread is ready to answer the first one.
 */
static void answer(struct function *f, u64 seq, u32 idle_ms)
{
	u64 idle = (u64)idle_ms * clock_khz();
	struct intmgr_window *w = f->window;
	u64 last = READ_ONCE(w->ping);
	u64 since = clock_read();
	u64 ping;

	done(f, seq, 0);
	do {
		ping = watch(w, last);
		if (ping != last) {
			since = clock_read();
			entry_log(f, INTMGR_DOORBELL_CONTROL, since);
			/* The entry before the answer. */
			smp_store_release(&w->pong, ping);
			last = ping;
		}
		cond_resched();
	} while (ordered(f) == seq && !kthread_should_stop() &&
		 clock_read() - since < idle);
}

static void obey(struct function *f, u64 seq)
{
	u32 arg = READ_ONCE(f->window->order_arg);
	int err = 0;

	switch (READ_ONCE(f->window->order)) {
	case INTMGR_ORDER_NONE:
		break;
	case INTMGR_ORDER_CPU:
		err = take_cpu(f, arg);
		break;
	case INTMGR_ORDER_LINK:
		vnic_set_link(f, arg);
		break;
	case INTMGR_ORDER_POLL:
		err = bind_to(READ_ONCE(f->cpu));
		if (!err) {
			answer(f, seq, arg);
			return;
		}
		break;
	case INTMGR_ORDER_AGENT:
		err = agent_wake(f);
		break;
	default:
		err = -EOPNOTSUPP;
	}
	done(f, seq, err);
}

static int worker_run(void *arg)
{
	struct function *f = arg;
	u64 seq;

	while (!kthread_should_stop()) {
		wait_event_interruptible(f->worker_queue,
					 kthread_should_stop() ||
					 ordered(f) != f->window->order_done);
		seq = ordered(f);
		if (seq != f->window->order_done)
			obey(f, seq);
	}
	return 0;
}

void worker_wake(struct function *f)
{
	if (ordered(f) != READ_ONCE(f->window->order_done))
		wake_up(&f->worker_queue);
}

int worker_create(struct function *f)
{
	init_waitqueue_head(&f->worker_queue);
	f->worker = kthread_run(worker_run, f, "intmgr_target/%u", f->id);
	return PTR_ERR_OR_ZERO(f->worker);
}

void worker_destroy(struct function *f)
{
	kthread_stop(f->worker);
}
