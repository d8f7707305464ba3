// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/intmgr: the ABI of kmod/uapi/intmgr.h. An open file is a session: it
 * has at most one window and one run, and its end is their end.
 */
#include <linux/capability.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "ioctl.h"
#include "support/module.h"

struct session {
	struct mutex lock;		/* of all below */
	struct attachment *window;
	struct run *run;		/* the one going on, or the last one */
	bool running;
	fl_owner_t runner;		/* whose close() of the file ends the run */
};

/* One run at a time, whichever session's: there is one target. */
static struct session *active;
static DEFINE_MUTEX(active_lock);

static bool run_claim(struct session *s)
{
	bool free;

	mutex_lock(&active_lock);
	free = !active;
	if (free)
		active = s;
	mutex_unlock(&active_lock);
	return free;
}

static void run_release(void)
{
	mutex_lock(&active_lock);
	active = NULL;
	mutex_unlock(&active_lock);
}

/* ---- the ioctls: each gets its struct checked for size and copied in ---- */

static int ioctl_query(struct session *s, void *arg)
{
	struct intmgr_query *q = arg;

	if (q->flags || memchr_inv(q->reserved, 0, sizeof(q->reserved)))
		return -EINVAL;
	*q = (struct intmgr_query) { .size = q->size };
	q->abi = INTMGR_ABI_REVISION;
	q->record_capacity = RUN_RECORDS - RUN_IN_FLIGHT;
	q->running = !!READ_ONCE(active);
	mutex_lock(&s->lock);
	if (s->window)
		summary_view(&s->window->view, q);
	mutex_unlock(&s->lock);
	return 0;
}

static int ioctl_attach(struct session *s, void *arg)
{
	struct intmgr_attach *spec = arg;
	struct attachment *a;
	int err = 0;

	if (spec->flags || spec->reserved0 ||
	    memchr_inv(spec->reserved, 0, sizeof(spec->reserved)))
		return -EINVAL;
	mutex_lock(&s->lock);
	if (s->window) {
		err = -EBUSY;
		goto out;
	}
	a = attach_open(spec);
	if (IS_ERR(a))
		err = PTR_ERR(a);
	else
		s->window = a;
out:
	mutex_unlock(&s->lock);
	return err;
}

/* The session's window, NULL if it has none; it stays until the file's release. */
static struct attachment *session_window(struct session *s)
{
	struct attachment *a;

	mutex_lock(&s->lock);
	a = s->window;
	mutex_unlock(&s->lock);
	return a;
}

/* The session's run is @r: a new one in place of the last, or the last one again. */
static void session_start(struct session *s, struct run *r)
{
	mutex_lock(&s->lock);
	if (s->run != r)
		run_free(s->run);
	s->run = r;
	s->runner = current->files;
	s->running = true;
	mutex_unlock(&s->lock);
}

static void session_finish(struct session *s)
{
	mutex_lock(&s->lock);
	s->running = false;
	mutex_unlock(&s->lock);
}

/* @len bytes of the caller's at @from, NULL where there are none. */
static int copy_in(void **to, u64 from, size_t len)
{
	*to = len ? vmemdup_user(u64_to_user_ptr(from), len) : NULL;
	return PTR_ERR_OR_ZERO(*to);
}

static int session_begin(struct attachment *a, const struct intmgr_run *spec,
			 void *frame, struct run **r)
{
	void *trace;
	int err = copy_in(&trace, spec->trace, spec->trace_len * sizeof(u64));

	if (err) {
		kvfree(frame);
		return err;
	}
	return run_create(r, &a->view, spec, frame, trace);
}

/* A run that is ready to be executed; only who has the claim changes s->run. */
static int session_prepare(struct session *s, struct attachment *a,
			   const struct intmgr_run *spec, struct run **r)
{
	void *frame;
	int err;

	err = run_check(spec) ?: attach_check_cpus(a, spec) ?:
	      copy_in(&frame, spec->frame, spec->frame_len);
	if (err)
		return err;
	if (!(spec->flags & INTMGR_RUN_CONTINUE))
		return session_begin(a, spec, frame, r);
	*r = s->run;
	return run_continue(s->run, spec, frame);
}

static int ioctl_run(struct session *s, void *arg)
{
	struct attachment *a = session_window(s);
	struct intmgr_run *spec = arg;
	struct run *r;
	int err;

	if (spec->reserved0)
		return -EINVAL;
	if (!a)
		return -ENOTCONN;
	if (!run_claim(s))
		return -EBUSY;
	err = session_prepare(s, a, spec, &r);
	if (!err) {
		session_start(s, r);
		err = run_execute(r);
		events_finished(r, err);
		session_finish(s);
	}
	run_release();
	return err;
}

static int ioctl_stop(struct session *s, void *arg)
{
	struct intmgr_stop *stop = arg;
	int err = 0;

	if (stop->flags)
		return -EINVAL;
	mutex_lock(&s->lock);
	if (s->running)
		run_stop(s->run);
	else
		err = -EINVAL;
	mutex_unlock(&s->lock);
	return err;
}

static int ioctl_stats(struct session *s, void *arg)
{
	struct intmgr_stats *stats = arg;
	int err = 0;

	if (stats->flags || memchr_inv(stats->reserved, 0, sizeof(stats->reserved)))
		return -EINVAL;
	*stats = (struct intmgr_stats) { .size = stats->size };
	mutex_lock(&s->lock);
	if (s->run)
		summary_fill(s->run, stats);
	else
		err = -ENODATA;
	mutex_unlock(&s->lock);
	return err;
}

static int records_copy(struct run *r, struct intmgr_records *a)
{
	struct intmgr_record __user *to = u64_to_user_ptr(a->buffer);
	struct intmgr_record rec;

	for (a->count = 0; a->count < a->capacity && records_next(r, &rec);
	     a->count++)
		if (copy_to_user(to + a->count, &rec, sizeof(rec))) {
			records_put_back(r);
			return a->count ? 0 : -EFAULT;
		}
	return 0;
}

static int ioctl_records(struct session *s, void *arg)
{
	struct intmgr_records *a = arg;
	int err;

	if (a->flags || !a->capacity || a->capacity > 65536 ||
	    memchr_inv(a->reserved, 0, sizeof(a->reserved)))
		return -EINVAL;
	mutex_lock(&s->lock);
	err = s->run ? records_copy(s->run, a) : -ENODATA;
	mutex_unlock(&s->lock);
	return err;
}

static int ioctl_link(struct session *s, void *arg)
{
	struct intmgr_link *link = arg;
	struct attachment *a = session_window(s);

	if (link->flags || link->reserved || link->up > 1)
		return -EINVAL;
	return a ? order_give(&a->view, INTMGR_ORDER_LINK, link->up) : -ENOTCONN;
}

static int ioctl_agent(struct session *s, void *arg)
{
	struct intmgr_agent *agent = arg;
	struct attachment *a = session_window(s);

	if (agent->flags)
		return -EINVAL;
	return a ? order_give(&a->view, INTMGR_ORDER_AGENT, 0) : -ENOTCONN;
}

static const struct ioctl ioctls[] = {
	[_IOC_NR(INTMGR_IOC_QUERY)] = { sizeof(struct intmgr_query), ioctl_query },
	[_IOC_NR(INTMGR_IOC_ATTACH)] = { sizeof(struct intmgr_attach), ioctl_attach },
	[_IOC_NR(INTMGR_IOC_RUN)] = { sizeof(struct intmgr_run), ioctl_run },
	[_IOC_NR(INTMGR_IOC_STOP)] = { sizeof(struct intmgr_stop), ioctl_stop },
	[_IOC_NR(INTMGR_IOC_STATS)] = { sizeof(struct intmgr_stats), ioctl_stats },
	[_IOC_NR(INTMGR_IOC_RECORDS)] = { sizeof(struct intmgr_records), ioctl_records },
	[_IOC_NR(INTMGR_IOC_LINK)] = { sizeof(struct intmgr_link), ioctl_link },
	[_IOC_NR(INTMGR_IOC_AGENT)] = { sizeof(struct intmgr_agent), ioctl_agent },
};

/* Every ioctl's struct, in one place on the stack. */
union ioctl_arg {
	u32 size;
	struct intmgr_query query;
	struct intmgr_attach attach;
	struct intmgr_run run;
	struct intmgr_stop stop;
	struct intmgr_stats stats;
	struct intmgr_records records;
	struct intmgr_link link;
	struct intmgr_agent agent;
};

static long chardev_ioctl(struct file *file, unsigned int cmd, unsigned long ptr)
{
	union ioctl_arg arg = { 0 };

	return ioctl_call(ioctls, ARRAY_SIZE(ioctls), INTMGR_IOC_MAGIC, cmd,
			  (void __user *)ptr, file->private_data, &arg);
}

/* ---- the file ---- */

static int chardev_open(struct inode *inode, struct file *file)
{
	struct session *s;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	s = kzalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	mutex_init(&s->lock);
	file->private_data = s;
	return nonseekable_open(inode, file);
}

/* A close() of the program that runs ends its run, though the ioctl holds the file. */
static int chardev_flush(struct file *file, fl_owner_t owner)
{
	struct session *s = file->private_data;

	mutex_lock(&s->lock);
	if (s->running && s->runner == owner)
		run_stop(s->run);
	mutex_unlock(&s->lock);
	return 0;
}

static int chardev_release(struct inode *inode, struct file *file)
{
	struct session *s = file->private_data;

	run_free(s->run);
	attach_close(s->window);
	kfree(s);
	return 0;
}

static const struct file_operations chardev_fops = {
	.owner = THIS_MODULE,
	.open = chardev_open,
	.flush = chardev_flush,
	.release = chardev_release,
	.unlocked_ioctl = chardev_ioctl,
};

static struct miscdevice chardev = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "intmgr",
	.fops = &chardev_fops,
	.mode = 0600,
};

int chardev_register(void)
{
	return misc_register(&chardev);
}

void chardev_unregister(void)
{
	misc_deregister(&chardev);
}
