// SPDX-License-Identifier: GPL-2.0-only
/*
 * The program that waits in read() of the window's device, and the orders that
 * wake it: a count of those since the last read, as an eventfd gives it.
 */
#include <linux/errno.h>
#include <linux/uaccess.h>

#include "target.h"

int agent_create(struct function *f)
{
	init_waitqueue_head(&f->agent_queue);
	return 0;
}

/* Who reads on learns that there is nothing more to wait for. */
void agent_destroy(struct function *f)
{
	wake_up_all(&f->agent_queue);
}

int agent_wake(struct function *f)
{
	int err = 0;

	spin_lock_irq(&f->agent_queue.lock);
	if (f->agent_readers) {
		f->agent_orders++;
		wake_up_locked_poll(&f->agent_queue, EPOLLIN);
	} else {
		err = -EIO;
	}
	spin_unlock_irq(&f->agent_queue.lock);
	return err;
}

void agent_open(struct function *f)
{
	spin_lock_irq(&f->agent_queue.lock);
	f->agent_readers++;
	spin_unlock_irq(&f->agent_queue.lock);
}

/* What nobody is left to read is not kept for the next who comes. */
void agent_release(struct function *f)
{
	spin_lock_irq(&f->agent_queue.lock);
	if (!--f->agent_readers)
		f->agent_orders = 0;
	spin_unlock_irq(&f->agent_queue.lock);
}

static bool due(const struct function *f)
{
	return f->agent_orders || READ_ONCE(f->removed);
}

ssize_t agent_read(struct function *f, char __user *buf, size_t len, bool wait)
{
	int err = 0;
	u64 count;

	if (len < sizeof(count))
		return -EINVAL;
	spin_lock_irq(&f->agent_queue.lock);
	if (!due(f) && !wait)
		err = -EAGAIN;
	else
		err = wait_event_interruptible_locked_irq(f->agent_queue, due(f));
	count = f->agent_orders;
	if (!err)
		f->agent_orders = 0;
	spin_unlock_irq(&f->agent_queue.lock);
	if (!err && !count)
		err = -ENODEV;
	if (err)
		return err;
	return copy_to_user(buf, &count, sizeof(count)) ? -EFAULT :
							  sizeof(count);
}

__poll_t agent_poll(struct function *f, struct file *file, poll_table *table)
{
	poll_wait(file, &f->agent_queue, table);
	if (READ_ONCE(f->removed))
		return EPOLLERR | EPOLLHUP;
	return READ_ONCE(f->agent_orders) ? EPOLLIN | EPOLLRDNORM : 0;
}
