// SPDX-License-Identifier: GPL-2.0-only
/*
 * The program that waits in read() of the window's device, and the orders that
 * wake it: a count of those since the last read, as an eventfd gives it.
 */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#include "target.h"

static DECLARE_WAIT_QUEUE_HEAD(agent_queue);
/* Both under agent_queue.lock. */
static unsigned int readers;
static u64 orders;

int agent_wake(void)
{
	int err = 0;

	spin_lock_irq(&agent_queue.lock);
	if (readers) {
		orders++;
		wake_up_locked_poll(&agent_queue, EPOLLIN);
	} else {
		err = -EIO;
	}
	spin_unlock_irq(&agent_queue.lock);
	return err;
}

void agent_open(const struct file *file)
{
	if (!(file->f_mode & FMODE_READ))
		return;
	spin_lock_irq(&agent_queue.lock);
	readers++;
	spin_unlock_irq(&agent_queue.lock);
}

/* What nobody is left to read is not kept for the next who comes. */
void agent_release(const struct file *file)
{
	if (!(file->f_mode & FMODE_READ))
		return;
	spin_lock_irq(&agent_queue.lock);
	if (!--readers)
		orders = 0;
	spin_unlock_irq(&agent_queue.lock);
}

ssize_t agent_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	int err = 0;
	u64 count;

	if (len < sizeof(count))
		return -EINVAL;
	spin_lock_irq(&agent_queue.lock);
	if (!orders && file->f_flags & O_NONBLOCK)
		err = -EAGAIN;
	else
		err = wait_event_interruptible_locked_irq(agent_queue, orders);
	count = orders;
	if (!err)
		orders = 0;
	spin_unlock_irq(&agent_queue.lock);
	if (err)
		return err;
	return copy_to_user(buf, &count, sizeof(count)) ? -EFAULT :
							  sizeof(count);
}

__poll_t agent_poll(struct file *file, poll_table *table)
{
	poll_wait(file, &agent_queue, table);
	return READ_ONCE(orders) ? EPOLLIN | EPOLLRDNORM : 0;
}
