// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/intmgr_node: the ABI of kmod/uapi/intmgr_node.h. A file that mapped a
 * window holds the node's memory until it is closed, and whoever has the
 * mapping has the file.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>

#include "ioctl.h"
#include "node/internal.h"

/* An open file; all under node_lock. */
struct session {
	struct os_node *selected;
	struct os_node *held;		/* whose window it mapped */
	u32 life;			/* of which start @pos is */
	u64 pos;			/* next byte of the console */
};

/* ---- the ioctls: each gets its struct checked for size and copied in ---- */

static int ioctl_start(struct session *s, void *arg)
{
	return life_start(arg);
}

static int ioctl_stop(struct session *s, void *arg)
{
	const struct intmgr_node_stop *stop = arg;

	if (stop->flags || stop->reserved)
		return -EINVAL;
	return life_stop(stop->id);
}

static void query_node(struct os_node *n, struct intmgr_node_query *q)
{
	watch_look(n);
	q->state = n->state;
	q->cores = n->cores.count;
	memcpy(q->core, n->cores.cpu, sizeof(q->core));
	memcpy(q->apic_id, n->cores.apic_id, sizeof(q->apic_id));
	q->damage = n->damage;
	q->starts = n->starts;
	if (n->starts)
		q->uptime_ns = (n->ended_ns ?: ktime_get_ns()) - n->started_ns;
	q->base = n->memory.base;
	q->memory = n->memory.size;
	q->window_size = n->memory.window_size;
	q->console_len = console_head(n);
	q->label_len = n->label_len;
	strscpy(q->reason, n->reason, sizeof(q->reason));
	memory_query(q);
}

static int ioctl_query(struct session *s, void *arg)
{
	struct intmgr_node_query *q = arg;
	struct os_node *n = node_find(q->id);
	void __user *to = u64_to_user_ptr(q->label);
	u64 room = q->label ? q->label_len : 0;
	void *label;
	int err = 0;

	if (!n || q->flags || memchr_inv(q->reserved, 0, sizeof(q->reserved)))
		return -EINVAL;
	label = kmalloc(INTMGR_NODE_LABEL, GFP_KERNEL);
	if (!label)
		return -ENOMEM;
	*q = (struct intmgr_node_query){
		.size = q->size,
		.id = q->id,
		.label = q->label,
	};
	mutex_lock(&node_lock);
	query_node(n, q);
	memcpy(label, n->label, n->label_len);
	mutex_unlock(&node_lock);
	if (copy_to_user(to, label, min(room, q->label_len)))
		err = -EFAULT;
	kfree(label);
	return err;
}

static int ioctl_select(struct session *s, void *arg)
{
	const struct intmgr_node_select *select = arg;
	struct os_node *n = node_find(select->id);
	int err = 0;

	if (!n || select->flags || select->reserved)
		return -EINVAL;
	mutex_lock(&node_lock);
	if (n->state == INTMGR_NODE_STATE_NONE) {
		err = -ENOENT;
	} else {
		s->selected = n;
		s->life = n->starts;
		s->pos = 0;
	}
	mutex_unlock(&node_lock);
	return err;
}

static const struct ioctl ioctls[] = {
	[_IOC_NR(INTMGR_NODE_IOC_START)] = { sizeof(struct intmgr_node_start), ioctl_start },
	[_IOC_NR(INTMGR_NODE_IOC_STOP)] = { sizeof(struct intmgr_node_stop), ioctl_stop },
	[_IOC_NR(INTMGR_NODE_IOC_QUERY)] = { sizeof(struct intmgr_node_query), ioctl_query },
	[_IOC_NR(INTMGR_NODE_IOC_SELECT)] = { sizeof(struct intmgr_node_select), ioctl_select },
};

/* Every ioctl's struct, in one place on the stack. */
union ioctl_arg {
	u32 size;
	struct intmgr_node_start start;
	struct intmgr_node_stop stop;
	struct intmgr_node_query query;
	struct intmgr_node_select select;
};

static long chardev_ioctl(struct file *file, unsigned int cmd, unsigned long ptr)
{
	union ioctl_arg arg = { 0 };

	return ioctl_call(ioctls, ARRAY_SIZE(ioctls), INTMGR_NODE_IOC_MAGIC, cmd,
			  (void __user *)ptr, file->private_data, &arg);
}

/* ---- the window ---- */

static int session_map(struct session *s, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;
	struct os_node *n = s->selected;
	int err;

	if (!n)
		return -ENOTCONN;
	if (!n->memory.size)
		return -ESRCH;
	if (s->held && s->held != n)
		return -EBUSY;
	if (vma->vm_pgoff || size > n->memory.window_size)
		return -EINVAL;
	err = remap_pfn_range(vma, vma->vm_start, PHYS_PFN(n->memory.window),
			      size, vma->vm_page_prot);
	if (!err && !s->held) {
		s->held = n;
		life_hold(n);
	}
	return err;
}

static int chardev_mmap(struct file *file, struct vm_area_struct *vma)
{
	int err;

	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	mutex_lock(&node_lock);
	err = session_map(file->private_data, vma);
	mutex_unlock(&node_lock);
	return err;
}

/* ---- the console ---- */

static ssize_t session_read(struct session *s, char *to, size_t len)
{
	struct os_node *n = s->selected;

	if (!n)
		return -ENOTCONN;
	if (s->life != n->starts) {
		s->life = n->starts;
		s->pos = 0;
	}
	return console_copy(n, &s->pos, to, len);
}

static ssize_t chardev_read(struct file *file, char __user *user, size_t len,
			    loff_t *unused)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	ssize_t got;

	if (!page)
		return -ENOMEM;
	mutex_lock(&node_lock);
	got = session_read(file->private_data, page, min(len, PAGE_SIZE));
	mutex_unlock(&node_lock);
	if (got > 0 && copy_to_user(user, page, got))
		got = -EFAULT;
	free_page((unsigned long)page);
	return got;
}

/* ---- the file ---- */

static int chardev_open(struct inode *inode, struct file *file)
{
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	file->private_data = kzalloc(sizeof(struct session), GFP_KERNEL);
	return file->private_data ? nonseekable_open(inode, file) : -ENOMEM;
}

static int chardev_release(struct inode *inode, struct file *file)
{
	struct session *s = file->private_data;

	mutex_lock(&node_lock);
	if (s->held)
		life_drop(s->held);
	mutex_unlock(&node_lock);
	kfree(s);
	return 0;
}

static const struct file_operations chardev_fops = {
	.owner = THIS_MODULE,
	.open = chardev_open,
	.release = chardev_release,
	.unlocked_ioctl = chardev_ioctl,
	.mmap = chardev_mmap,
	.read = chardev_read,
};

static struct miscdevice chardev = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "intmgr_node",
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
