// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/intmgr: the ABI of kmod/uapi/intmgr.h. An open file is a session: it
 * has at most one window and one run, and its end is their end.
 */
#include <linux/capability.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "ioctl.h"
#include "support/support.h"

struct session {
	struct mutex lock;		/* of all below */
	struct view *view;
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

/*
 * A PCI address as the target wrote it, "" if it is none. It is read anew each
 * time: a target that was started again may have another.
 */
static void query_bdf(const struct view *v, char bdf[16])
{
	memcpy(bdf, v->w->bdf, 16);
	bdf[15] = 0;
	if (strspn(bdf, "0123456789abcdef:.") != strlen(bdf))
		bdf[0] = 0;
}

static void query_view(const struct view *v, struct intmgr_query *q)
{
	const struct intmgr_window *w = v->w;
	struct nic nic = v->nic;
	struct nic_ring ring;
	unsigned int i;

	BUILD_BUG_ON(INTMGR_DOORBELLS != INTMGR_QUERY_DOORBELLS);
	nic.ops->rx_ring(&nic, 0, &ring);
	q->attached = 1;
	q->target_up = view_target_up(v);
	q->target_hung = q->target_up && !view_target_alive(v);
	q->foreign = view_foreign(v);
	q->target_cpu = READ_ONCE(w->cpu);
	q->window_size = v->memory.size;
	strscpy(q->model, v->nic.ops->name, sizeof(q->model));
	query_bdf(v, q->bdf);
	q->rx_base = ring.base;
	q->rx_count = ring.count;
	q->rx_head = ring.head;
	q->rx_tail = ring.tail;
	q->queues = nic.ops->rx_queues(&nic);
	q->queues_max = nic.ops->queues;
	/* An INTx line is one vector, too. */
	q->doorbells = 1 + max_t(u32, nic.ops->identity.vectors, 1);
	for (i = 0; i < INTMGR_DOORBELLS; i++) {
		q->doorbell[i] = READ_ONCE(w->doorbell[i]);
		q->handled[i] = READ_ONCE(w->handled[i]);
	}
}

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
	if (s->view)
		query_view(s->view, q);
	mutex_unlock(&s->lock);
	return 0;
}

/* The cores that are listed; what stands behind them must be zero. */
static int attach_reach(const struct intmgr_attach *a,
			struct doorbell_reach *reach)
{
	BUILD_BUG_ON(sizeof(reach->apic_id) != sizeof(a->apic_id));
	if (a->cores > ARRAY_SIZE(a->apic_id) ||
	    memchr_inv(a->apic_id + a->cores, 0,
		       sizeof(a->apic_id) - a->cores * sizeof(a->apic_id[0])))
		return -EINVAL;
	reach->cores = a->cores;
	memcpy(reach->apic_id, a->apic_id, sizeof(a->apic_id));
	return 0;
}

static int ioctl_attach(struct session *s, void *arg)
{
	struct intmgr_attach *a = arg;
	struct doorbell_reach reach;
	struct view *v;
	int err;

	if (a->flags || a->reserved0 ||
	    memchr_inv(a->reserved, 0, sizeof(a->reserved)))
		return -EINVAL;
	err = attach_reach(a, &reach);
	if (err)
		return err;
	mutex_lock(&s->lock);
	if (s->view) {
		err = -EBUSY;
		goto out;
	}
	v = view_open(a->addr, a->length, &reach);
	if (IS_ERR(v))
		err = PTR_ERR(v);
	else
		s->view = v;
out:
	mutex_unlock(&s->lock);
	return err;
}

/* The session's window, NULL if it has none; it stays until the file's release. */
static struct view *session_view(struct session *s)
{
	struct view *v;

	mutex_lock(&s->lock);
	v = s->view;
	mutex_unlock(&s->lock);
	return v;
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

/* A run that is ready to be executed; only who has the claim changes s->run. */
static struct run *session_prepare(struct session *s, struct view *v,
				   const struct intmgr_run *spec)
{
	int err;

	if (!(spec->flags & INTMGR_RUN_CONTINUE))
		return run_create(v, spec);
	err = run_continue(s->run, spec);
	return err ? ERR_PTR(err) : s->run;
}

static int ioctl_run(struct session *s, void *arg)
{
	struct view *v = session_view(s);
	struct intmgr_run *spec = arg;
	struct run *r;
	int err;

	if (spec->reserved0)
		return -EINVAL;
	if (!v)
		return -ENOTCONN;
	if (!run_claim(s))
		return -EBUSY;
	r = session_prepare(s, v, spec);
	err = PTR_ERR_OR_ZERO(r);
	if (!err) {
		session_start(s, r);
		err = run_execute(r);
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

/* Copy the record after the last one fetched; false if it was overwritten. */
static bool record_next(struct run *r, struct intmgr_record *out)
{
	u64 seq = r->fetched + 1;
	struct shot s = *run_shot(r, seq);

	smp_rmb();	/* the copy is whole if its place was not reused by now */
	r->fetched = seq;
	if (READ_ONCE(r->sent) + 1 >= seq + RUN_RECORDS || s.rec.seq != seq)
		return false;
	summary_record(r, &s, out);
	return true;
}

/* Pass over, at once, what was overwritten since the last call. */
static void records_skip(struct run *r)
{
	u64 sent = READ_ONCE(r->sent);
	u64 oldest = sent + 2 > RUN_RECORDS ? sent + 2 - RUN_RECORDS : 1;

	if (r->fetched + 1 < oldest) {
		r->records_lost += oldest - 1 - r->fetched;
		r->fetched = oldest - 1;
	}
}

static int records_copy(struct run *r, struct intmgr_records *a)
{
	struct intmgr_record __user *to = u64_to_user_ptr(a->buffer);
	/* pairs with the release in judge_step(): the records are whole */
	u64 judged = smp_load_acquire(&r->judged);
	struct intmgr_record rec;

	records_skip(r);
	for (a->count = 0; a->count < a->capacity && r->fetched < judged;) {
		if (!record_next(r, &rec)) {
			r->records_lost++;
			continue;
		}
		if (copy_to_user(to + a->count, &rec, sizeof(rec))) {
			r->fetched--;
			return a->count ? 0 : -EFAULT;
		}
		a->count++;
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
	struct view *v = session_view(s);

	if (link->flags || link->reserved || link->up > 1)
		return -EINVAL;
	return v ? order_give(v, INTMGR_ORDER_LINK, link->up) : -ENOTCONN;
}

static int ioctl_agent(struct session *s, void *arg)
{
	struct intmgr_agent *agent = arg;
	struct view *v = session_view(s);

	if (agent->flags)
		return -EINVAL;
	return v ? order_give(v, INTMGR_ORDER_AGENT, 0) : -ENOTCONN;
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
	view_close(s->view);
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
