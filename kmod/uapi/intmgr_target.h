/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * /dev/intmgr_target: the virtual functions of this kernel, and their windows.
 *
 * The rules for structs, reserved fields and errnos are those of intmgr.h. An
 * open file is for at most one function: the one it created, or was bound to.
 * mmap() gives that function's window. read() waits for INTMGR_IOC_AGENT on it
 * and gives the number of them since the last read, a u64; EINVAL: the buffer
 * is smaller; ENOTCONN: the file is for no function; ENODEV: it was removed.
 *
 *	errno		from	what it says
 *	EPERM		open	CAP_SYS_ADMIN is missing
 *	EINVAL		any	a field is out of range or reserved and not zero
 *	E2BIG		any	the struct is larger than the kernel knows, with a nonzero tail
 *	EOPNOTSUPP	CREATE	an unknown flag or attachment, or one that the model does not allow
 *	EOPNOTSUPP	SINK	WINDOW for a function that was not made with it
 *	ENOTTY		any	a number that is not an ioctl here
 *	EFAULT		any	a pointer is bad
 *	ENOENT		CREATE	there is no such model
 *	ENOENT		BIND, FUNCTION, SINK, REMOVE	there is no such function
 *	EBUSY		CREATE, BIND	this file is for a function already
 *	ENOSPC		CREATE	there are INTMGR_FUNCTIONS already, or no address space or window for one more
 *	ENOMEM		CREATE	no memory
 *	ENOTCONN	mmap, read	this file is for no function
 */
#ifndef UAPI_INTMGR_TARGET_H
#define UAPI_INTMGR_TARGET_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define INTMGR_TARGET_DEVICE	"/dev/intmgr_target"

#define INTMGR_FUNCTIONS	8	/* at most at a time; ids are 1 ... 8 */
#define INTMGR_POOL_MB_MAX	4096
#define INTMGR_FAULTS		32	/* injector/faults.h */

/* How register accesses of the driver reach the model. */
enum intmgr_attachment {
	INTMGR_ATTACH_STOCK,	/* trapped, one by one: any driver, unmodified */
	INTMGR_ATTACH_PATCHED,	/* called by the driver (patches/) */
	INTMGR_ATTACH_POLL,	/* BAR 0 is memory that the device's side polls: for models that allow it */
	INTMGR_ATTACHMENTS
};

/* What becomes of the frames that the driver sends. */
enum intmgr_sink {
	INTMGR_SINK_DROP,	/* nothing looks at them; completed, and counted by the NIC alone */
	INTMGR_SINK_COUNT,	/* looked at whole, counted and dropped */
	INTMGR_SINK_ECHO,	/* come back, source and destination address exchanged */
	INTMGR_SINK_ANSWER,	/* ARP requests and ICMP echo requests are answered, for any address */
	INTMGR_SINK_PEER,	/* received by another function, and its frames by this one: a cable between the two */
	INTMGR_SINK_WINDOW,	/* lie in the window, whole, until the support side takes them */
	INTMGR_SINKS
};

#define INTMGR_CREATE_TEMPORARY	(1U << 0)	/* the function goes when the file is closed */
#define INTMGR_CREATE_FLAGS	INTMGR_CREATE_TEMPORARY

/* INTMGR_TARGET_IOC_CREATE: make a function; this file is for it from then on. */
struct intmgr_create {
	__u32 size;
	__u32 flags;		/* in: INTMGR_CREATE_* */
	char model[16];		/* in: "82574l", ...; NUL-terminated */
	__u32 attachment;	/* in: enum intmgr_attachment */
	__u32 pool_mb;		/* in: memory for rings and buffers, MiB; 0: the default; in a node, what its window has */
	__u32 sink;		/* in: enum intmgr_sink, not PEER; WINDOW: its window has room for that */
	__u32 id;		/* out */
	char bdf[16];		/* out: its PCI address, NUL-terminated */
	__u64 reserved[4];
};

/* INTMGR_TARGET_IOC_BIND: this file is for function @id. */
struct intmgr_bind {
	__u32 size;
	__u32 flags;		/* in: 0 */
	__u32 id;		/* in */
	__u32 reserved;
};

/* INTMGR_TARGET_IOC_REMOVE: as if it had been unplugged; its window stays while it is mapped. */
struct intmgr_remove {
	__u32 size;
	__u32 flags;		/* in: 0 */
	__u32 id;		/* in */
	__u32 reserved;
};

/* INTMGR_TARGET_IOC_SINK: where its frames go, from now on. */
struct intmgr_set_sink {
	__u32 size;
	__u32 flags;		/* in: 0 */
	__u32 id;		/* in */
	__u32 sink;		/* in: enum intmgr_sink */
	__u32 peer;		/* in: with PEER, the other function's id; else 0 */
	__u32 reserved;
};

/* One thing that a driver should not have done (injector/faults.h). */
struct intmgr_fault {
	__u32 kind;		/* enum fault_kind */
	__u32 reg;		/* byte offset in BAR 0 */
	__u64 value;		/* the first one seen */
	__u64 count;
};

/*
 * INTMGR_TARGET_IOC_FUNCTION: what function @id is and has done. All but size,
 * flags and id are out. To list all, ask for 1 ... INTMGR_FUNCTIONS.
 */
struct intmgr_function {
	__u32 size;
	__u32 flags;		/* in: 0 */
	__u32 id;		/* in */
	__u32 attachment;	/* enum intmgr_attachment */
	char model[16];
	char bdf[16];
	__u32 sink, peer;	/* enum intmgr_sink; the other function's id, 0 */
	__u32 dead;		/* 1: taken off the bus after an instruction that is not known */
	__u32 temporary;	/* 1: goes with the file that created it */
	__u32 cpu;		/* the CPU that takes the interrupts */
	__u32 queues;		/* RX queues in use */
	__u64 pool_size, pool_used;	/* bytes */
	__u64 accesses;		/* register accesses of the driver */
	__u64 trapped;		/* of these, by a trap */
	__u64 sent, sent_bytes;	/* frames that the driver sent and the sink got (not DROP) */
	__u64 returned;		/* frames that the sink gave a driver: echoes, answers, the peer's */
	__u64 refused;		/* ... and that found no descriptor, or no open receiver */
	__u64 bounced;		/* bytes copied between driver memory and window */
	__u32 faults;		/* of fault[], in use */
	__u32 reserved0;
	struct intmgr_fault fault[INTMGR_FAULTS];
	__u64 reserved[4];
};

#define INTMGR_TARGET_IOC_MAGIC		0xB9
#define INTMGR_TARGET_IOC_CREATE	_IO(INTMGR_TARGET_IOC_MAGIC, 0)
#define INTMGR_TARGET_IOC_BIND		_IO(INTMGR_TARGET_IOC_MAGIC, 1)
#define INTMGR_TARGET_IOC_REMOVE	_IO(INTMGR_TARGET_IOC_MAGIC, 2)
#define INTMGR_TARGET_IOC_FUNCTION	_IO(INTMGR_TARGET_IOC_MAGIC, 3)
#define INTMGR_TARGET_IOC_SINK		_IO(INTMGR_TARGET_IOC_MAGIC, 4)

#endif
