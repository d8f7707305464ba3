/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * /dev/intmgr_node: OS nodes, each a second kernel on cores and memory of its
 * own. The rules of intmgr.h hold here too: size first, reserved fields zero,
 * open needs CAP_SYS_ADMIN.
 *
 * A file that has SELECTed a node can mmap() the node's window (MAP_SHARED,
 * offset 0) and read() its console from the node's start on; read() returns 0
 * at the end of what there is, and continues where it was. What a node wrote
 * stays to be read when it has ended, until it is started again. A node's
 * memory is given back when it is stopped and no file has its window mapped.
 *
 *	errno		from	what it says
 *	EPERM		open	CAP_SYS_ADMIN is missing
 *	EPERM		START	the kernel is locked down
 *	EINVAL		any	a field is out of range or reserved and not zero
 *	E2BIG		any	the struct is larger than the kernel knows, with a nonzero tail
 *	ENOTTY		any	a number that is not an ioctl here
 *	EFAULT		any	a pointer is bad
 *	ENOMEM		START	the support OS has no memory
 *	ENOENT		STOP, SELECT	the node was never started
 *	EBUSY		START	the node is running, or its window is still mapped
 *	EBUSY		mmap	this file has another node's window mapped
 *	ESRCH		STOP	the node is not running
 *	ESRCH		mmap	its memory was given back
 *	ENXIO		START	no memory is reserved for nodes
 *	ENOSPC		START	not as much reserved memory is left in one piece
 *	EADDRNOTAVAIL	START	no memory below 1 MiB is reserved, or none is left
 *	EISCONN		START	a core is online
 *	ENODEV		START	a core does not exist
 *	EDEADLK		START	a core is the boot core
 *	EADDRINUSE	START	a core belongs to another node
 *	ENOEXEC		START	the image is no Linux kernel
 *	ENODATA		START	the image is cut short
 *	ELIBBAD		START	the image is not of this architecture, or cannot be relocated
 *	EFBIG		START	kernel and initramfs do not fit the memory
 *	EOPNOTSUPP	START	this machine cannot: no local APIC, no TSC, encrypted memory
 *	ETIMEDOUT	START	the core did not start
 *	ESHUTDOWN	START	this kernel is going down
 *	ENOTCONN	read, mmap	no node was selected
 */
#ifndef UAPI_INTMGR_NODE_H
#define UAPI_INTMGR_NODE_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define INTMGR_NODE_DEVICE	"/dev/intmgr_node"

#define INTMGR_NODES		8	/* ids 1 ... 8; 0 is the support OS */
#define INTMGR_NODE_CORES	16
#define INTMGR_NODE_CMDLINE	2048	/* bytes with the NUL */
#define INTMGR_NODE_LABEL	4096	/* bytes */

/*
 * INTMGR_NODE_IOC_START: load and start a kernel; returns when its first core
 * runs. intmgr_node=ADDRESS (of struct intmgr_node_page) is added to @cmdline,
 * and all that a second kernel needs.
 */
struct intmgr_node_start {
	__u32 size;
	__u32 flags;			/* in: 0 */
	__u32 id;			/* in: 1 ... INTMGR_NODES */
	__u32 cores;			/* in: how many */
	__u32 core[INTMGR_NODE_CORES];	/* in: CPU numbers of this kernel; the first boots */
	__u64 memory;			/* in: bytes, all of it, window included; a multiple of 2 MiB */
	__u64 window;			/* in: bytes of it for the window; page aligned */
	__u64 kernel, kernel_len;	/* in: bzImage or ELF vmlinux */
	__u64 initrd, initrd_len;	/* in: initramfs; 0, 0: none */
	__u64 cmdline;			/* in: string */
	__u64 label, label_len;		/* in: kept with the node for QUERY; 0, 0: none */
	__u64 reserved[4];
};

/* INTMGR_NODE_IOC_STOP: stop its cores by INIT, whatever they do. */
struct intmgr_node_stop {
	__u32 size;
	__u32 flags;			/* in: 0 */
	__u32 id;			/* in */
	__u32 reserved;
};

enum intmgr_node_state {
	INTMGR_NODE_STATE_NONE,		/* never started */
	INTMGR_NODE_STATE_STOPPED,	/* its cores are given back */
	INTMGR_NODE_STATE_BOOTING,	/* no window yet */
	INTMGR_NODE_STATE_UP,
	INTMGR_NODE_STATE_HUNG,		/* was up; its heartbeat has stopped */
	INTMGR_NODE_STATE_PANIC,
	INTMGR_NODE_STATE_REBOOT,	/* it asked to be started again */
	INTMGR_NODE_STATE_HALT,
	INTMGR_NODE_STATES
};

/* What does not read as it was written: bits of intmgr_node_query.damage. */
#define INTMGR_NODE_DAMAGE_BOOT		(1U << 0)	/* its boot structures */
#define INTMGR_NODE_DAMAGE_GUARD	(1U << 1)	/* its guard pages */
#define INTMGR_NODE_DAMAGE_TEXT		(1U << 2)	/* the code of intmgr_node.ko; tracing it does that, too */

/* INTMGR_NODE_IOC_QUERY: one node, started or not, and the memory reserved for all. */
struct intmgr_node_query {
	__u32 size;
	__u32 flags;			/* in: 0 */
	__u32 id;			/* in */
	__u32 state;			/* out: enum intmgr_node_state */
	__u32 cores;			/* out */
	__u32 core[INTMGR_NODE_CORES];	/* out: CPU numbers of this kernel */
	__u32 apic_id[INTMGR_NODE_CORES];	/* out */
	__u32 damage;			/* out: INTMGR_NODE_DAMAGE_*, found since the start */
	__u32 starts;			/* out: since the module was loaded */
	__u64 uptime_ns;			/* out: since the last start, until its end */
	__u64 base, memory;		/* out: physical; bytes */
	__u64 window_size;		/* out: bytes */
	__u64 console_len;		/* out: bytes written so far */
	__u64 reserved_total, reserved_free;	/* out: above 1 MiB, all nodes; bytes */
	__u64 reserved_largest;		/* out: the largest free piece */
	__u64 low_total, low_free;	/* out: below 1 MiB */
	__u64 label, label_len;		/* in: a buffer, 0: none; out: the label's length */
	char reason[240];		/* out: how it ended the last time, "": it has not */
	__u64 reserved[4];
};

/* INTMGR_NODE_IOC_SELECT: what mmap() and read() of this file are of. */
struct intmgr_node_select {
	__u32 size;
	__u32 flags;			/* in: 0 */
	__u32 id;			/* in */
	__u32 reserved;
};

#define INTMGR_NODE_IOC_MAGIC	0xB8
#define INTMGR_NODE_IOC_START	_IO(INTMGR_NODE_IOC_MAGIC, 0)
#define INTMGR_NODE_IOC_STOP	_IO(INTMGR_NODE_IOC_MAGIC, 1)
#define INTMGR_NODE_IOC_QUERY	_IO(INTMGR_NODE_IOC_MAGIC, 2)
#define INTMGR_NODE_IOC_SELECT	_IO(INTMGR_NODE_IOC_MAGIC, 3)

#endif
