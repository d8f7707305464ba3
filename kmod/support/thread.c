// SPDX-License-Identifier: GPL-2.0-only
/*
 * The thread that paces, and the wait for it.
 */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched/task.h>
#include <linux/topology.h>

#include "support/module.h"

struct pacer {
	struct run *run;
	struct completion done;
};

static int pacer_thread(void *data)
{
	struct pacer *p = data;

	run_shots(p->run);
	complete(&p->done);
	return 0;
}

static void pacer_wait(struct pacer *p)
{
	u32 progress_ms = p->run->spec.progress_ms;
	long period = progress_ms ? msecs_to_jiffies(progress_ms) :
				    MAX_SCHEDULE_TIMEOUT;
	long left;

	do {
		left = wait_for_completion_interruptible_timeout(&p->done, period);
		if (!left)
			events_progress(p->run);
	} while (!left);
	if (left < 0) {
		run_stop(p->run);
		wait_for_completion(&p->done);
	}
}

/*
 * Before everything else, for everything else has other CPUs. Where the rest of
 * the support OS has none, because OS nodes have them, it gets a quarter of the
 * one: who looks after a node has to get through.
 */
static int pacer_nice(void)
{
	return num_online_cpus() > 1 ? MIN_NICE : -5;
}

void run_in_thread(struct run *r)
{
	struct pacer p = { .run = r };
	u32 cpu = r->spec.support_cpu;
	struct task_struct *task;

	init_completion(&p.done);
	task = kthread_create_on_node(pacer_thread, &p, cpu_to_node(cpu),
				      "intmgr/%u", cpu);
	if (IS_ERR(task)) {
		r->result = PTR_ERR(task);
		return;
	}
	kthread_bind(task, cpu);
	set_user_nice(task, pacer_nice());
	get_task_struct(task);
	events_started(r);
	remains_begin(r);
	wake_up_process(task);
	pacer_wait(&p);
	remains_end(r);
	kthread_stop(task);
	put_task_struct(task);
}
