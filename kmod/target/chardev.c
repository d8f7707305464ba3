// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/intmgr_target: the ABI of kmod/uapi/intmgr_target.h. An open file is
 * for at most one function.
 */
#include <linux/capability.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "ioctl.h"
#include "target.h"

struct session {
	struct mutex lock;
	struct function *f;	/* NULL: none; set once, under @lock */
	bool reads;		/* opened for reading: an agent may wait here */
	bool owns;		/* the function goes with this file */
};

/* The session's function; it stays until the file's release. */
static struct function *session_function(struct session *s)
{
	struct function *f;

	mutex_lock(&s->lock);
	f = s->f;
	mutex_unlock(&s->lock);
	return f;
}

/* ---- the ioctls ---- */

/* The session takes over a reference. */
static void session_bind(struct session *s, struct function *f)
{
	s->f = f;
	if (s->reads)
		agent_open(f);
}

static int create_check(const struct intmgr_create *c)
{
	if (c->flags & ~INTMGR_CREATE_FLAGS ||
	    c->attachment >= INTMGR_ATTACHMENTS)
		return -EOPNOTSUPP;
	if (c->pool_mb > INTMGR_POOL_MB_MAX || c->sink >= INTMGR_SINKS || c->sink == INTMGR_SINK_PEER ||
	    strnlen(c->model, sizeof(c->model)) == sizeof(c->model) ||
	    memchr_inv(c->reserved, 0, sizeof(c->reserved)))
		return -EINVAL;
	return 0;
}

static int ioctl_create(struct session *s, void *arg)
{
	struct intmgr_create *c = arg;
	struct function *f;
	int err = create_check(c);

	if (err)
		return err;
	mutex_lock(&s->lock);
	err = -EBUSY;
	if (s->f)
		goto out;
	f = functions_add(c);
	err = PTR_ERR_OR_ZERO(f);
	if (err)
		goto out;
	s->owns = c->flags & INTMGR_CREATE_TEMPORARY;
	session_bind(s, f);
	c->id = f->id;
	strscpy(c->bdf, f->window->bdf, sizeof(c->bdf));
out:
	mutex_unlock(&s->lock);
	return err;
}

static int ioctl_bind(struct session *s, void *arg)
{
	struct intmgr_bind *b = arg;
	struct function *f;
	int err = 0;

	if (b->flags || b->reserved)
		return -EINVAL;
	f = functions_get(b->id);
	if (!f)
		return -ENOENT;
	mutex_lock(&s->lock);
	if (s->f)
		err = -EBUSY;
	else
		session_bind(s, f);
	mutex_unlock(&s->lock);
	if (err)
		functions_put(f);
	return err;
}

static int ioctl_remove(struct session *s, void *arg)
{
	struct intmgr_remove *r = arg;
	struct function *f;

	if (r->flags || r->reserved)
		return -EINVAL;
	f = functions_get(r->id);
	if (!f)
		return -ENOENT;
	functions_remove(f);
	functions_put(f);
	return 0;
}

static void report_faults(const struct function *f, struct intmgr_function *out)
{
	const struct faults *faults = &f->nic.port->faults;
	struct fault_report fault;
	unsigned int i;

	BUILD_BUG_ON(INTMGR_FAULTS < FAULTS);
	for (i = 0; i < FAULTS; i++)
		if (faults_get(faults, i, &fault))
			out->fault[out->faults++] = (struct intmgr_fault){
				.kind = fault.kind,
				.reg = fault.reg,
				.value = fault.value,
				.count = fault.count,
			};
}

/* Under functions_lock: the function is there, and so is its window. */
static void report(struct function *f, struct intmgr_function *out)
{
	const struct function *peer = rcu_access_pointer(f->wire.peer);

	out->attachment = f->attachment;
	strscpy(out->model, f->nic.ops->name, sizeof(out->model));
	strscpy(out->bdf, f->window->bdf, sizeof(out->bdf));
	out->sink = f->wire.sink;
	out->peer = peer ? peer->id : 0;
	out->dead = READ_ONCE(f->nic.port->dead);
	out->temporary = f->temporary;
	out->cpu = READ_ONCE(f->cpu);
	out->queues = f->nic.ops->rx_queues(&f->nic);
	out->pool_size = f->pool.size;
	out->pool_used = atomic64_read(&f->dma.used);
	out->accesses = atomic64_read(&f->accesses);
	out->trapped = atomic64_read(&f->trapped);
	out->sent = atomic64_read(&f->wire.sent);
	out->sent_bytes = atomic64_read(&f->wire.sent_bytes);
	out->returned = atomic64_read(&f->wire.returned);
	out->refused = atomic64_read(&f->wire.refused);
	out->bounced = atomic64_read(&f->dma.bounced);
	report_faults(f, out);
}

static int ioctl_function(struct session *s, void *arg)
{
	struct intmgr_function *out = arg;
	struct function *f;

	if (out->flags || memchr_inv(out->reserved, 0, sizeof(out->reserved)))
		return -EINVAL;
	*out = (struct intmgr_function){ .size = out->size, .id = out->id };
	mutex_lock(&functions_lock);
	f = functions_at(out->id);
	if (f)
		report(f, out);
	mutex_unlock(&functions_lock);
	return f ? 0 : -ENOENT;
}

static int ioctl_sink(struct session *s, void *arg)
{
	struct intmgr_set_sink *set = arg;
	struct function *f, *peer = NULL;
	int err = -ENOENT;

	if (set->flags || set->reserved || set->sink >= INTMGR_SINKS ||
	    (set->sink == INTMGR_SINK_PEER ? set->peer == set->id : set->peer))
		return -EINVAL;
	mutex_lock(&functions_lock);
	f = functions_at(set->id);
	if (set->peer)
		peer = functions_at(set->peer);
	if (f && (peer || set->sink != INTMGR_SINK_PEER))
		err = wire_set_sink(f, set->sink, peer);
	mutex_unlock(&functions_lock);
	return err;
}

static const struct ioctl ioctls[] = {
	[_IOC_NR(INTMGR_TARGET_IOC_CREATE)] = { sizeof(struct intmgr_create), ioctl_create },
	[_IOC_NR(INTMGR_TARGET_IOC_BIND)] = { sizeof(struct intmgr_bind), ioctl_bind },
	[_IOC_NR(INTMGR_TARGET_IOC_REMOVE)] = { sizeof(struct intmgr_remove), ioctl_remove },
	[_IOC_NR(INTMGR_TARGET_IOC_FUNCTION)] = { sizeof(struct intmgr_function), ioctl_function },
	[_IOC_NR(INTMGR_TARGET_IOC_SINK)] = { sizeof(struct intmgr_set_sink), ioctl_sink },
};

/* Every ioctl's struct, in one place on the stack. */
union ioctl_arg {
	u32 size;
	struct intmgr_create create;
	struct intmgr_bind bind;
	struct intmgr_remove remove;
	struct intmgr_function function;
	struct intmgr_set_sink sink;
};

static long chardev_ioctl(struct file *file, unsigned int cmd, unsigned long ptr)
{
	union ioctl_arg *arg = kzalloc(sizeof(*arg), GFP_KERNEL);
	long ret;

	if (!arg)
		return -ENOMEM;
	ret = ioctl_call(ioctls, ARRAY_SIZE(ioctls), INTMGR_TARGET_IOC_MAGIC,
			 cmd, (void __user *)ptr, file->private_data, arg);
	kfree(arg);
	return ret;
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
	s->reads = file->f_mode & FMODE_READ;
	file->private_data = s;
	return nonseekable_open(inode, file);
}

static int chardev_release(struct inode *inode, struct file *file)
{
	struct session *s = file->private_data;
	struct function *f = s->f;

	if (f) {
		if (s->owns)
			functions_remove(f);
		if (s->reads)
			agent_release(f);
		functions_put(f);
	}
	kfree(s);
	return 0;
}

/* The whole window or its front; a private mapping would be a copy. */
static int chardev_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct function *f = session_function(file->private_data);
	int err = -ENODEV;

	if (!f)
		return -ENOTCONN;
	if (!(vma->vm_flags & VM_MAYSHARE))
		return -EINVAL;
	mutex_lock(&functions_lock);
	if (!f->removed)
		err = memory_map(vma, f->window);
	mutex_unlock(&functions_lock);
	return err;
}

static ssize_t chardev_read(struct file *file, char __user *buf, size_t len,
			    loff_t *pos)
{
	struct function *f = session_function(file->private_data);

	return f ? agent_read(f, buf, len, !(file->f_flags & O_NONBLOCK)) :
		   -ENOTCONN;
}

static __poll_t chardev_poll(struct file *file, poll_table *table)
{
	struct function *f = session_function(file->private_data);

	return f ? agent_poll(f, file, table) : EPOLLERR;
}

static const struct file_operations chardev_fops = {
	.owner = THIS_MODULE,
	.open = chardev_open,
	.release = chardev_release,
	.unlocked_ioctl = chardev_ioctl,
	.mmap = chardev_mmap,
	.read = chardev_read,
	.poll = chardev_poll,
};

static struct miscdevice chardev = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "intmgr_target",
	.fops = &chardev_fops,
	.mode = 0600,
};

int chardev_create(void)
{
	return misc_register(&chardev);
}

void chardev_destroy(void)
{
	misc_deregister(&chardev);
}
