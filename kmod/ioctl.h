/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The ioctls of a device file, by the rules at the top of uapi/intmgr.h: each
 * has a line in a table, its struct is checked for size, copied in, and
 * written back when the call succeeds.
 */
#ifndef INTMGR_IOCTL_H
#define INTMGR_IOCTL_H

#include <linux/errno.h>
#include <linux/ioctl.h>
#include <linux/mm.h>
#include <linux/uaccess.h>

struct session;			/* each device file's own */

struct ioctl {
	u32 size;		/* of its struct; the first revision's is the least taken */
	int (*call)(struct session *s, void *arg);
};

/*
 * Call @cmd, of @magic and one of table[count], with the struct at @user in
 * @arg, which is zeroed and has room for the largest.
 */
static inline long ioctl_call(const struct ioctl *table, unsigned int count,
			      unsigned int magic, unsigned int cmd,
			      void __user *user, struct session *s, void *arg)
{
	unsigned int nr = _IOC_NR(cmd);
	u32 size;
	int err;

	if (nr >= count || cmd != _IO(magic, nr))
		return -ENOTTY;
	if (get_user(size, (u32 __user *)user))
		return -EFAULT;
	if (size < table[nr].size)
		return -EINVAL;
	if (size > PAGE_SIZE)
		return -E2BIG;
	err = copy_struct_from_user(arg, table[nr].size, user, size);
	if (!err)
		err = table[nr].call(s, arg);
	if (!err && copy_to_user(user, arg, table[nr].size))
		return -EFAULT;
	return err;
}

#endif
