/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * /dev/intmgr and the generic-netlink family "intmgr".
 *
 * Every ioctl takes a struct whose first field is its size. A smaller size
 * than this header's is -EINVAL; a larger one is taken if all that the kernel
 * does not know is zero, else -E2BIG. Reserved fields must be zero, else
 * -EINVAL. Unknown flags of RUN are -EOPNOTSUPP; the others have none yet, and
 * theirs must be zero like reserved fields. A struct written back is written to
 * the size that was passed in, never beyond.
 *
 * Times end in _ns. Unless a field says otherwise they are CLOCK_MONOTONIC
 * derived from the TSC; durations are TSC cycles converted to ns.
 *
 *	errno		from	what it says
 *	EPERM		open	CAP_SYS_ADMIN is missing
 *	EINVAL		any	a field is out of range or reserved and not zero
 *	EINVAL		RUN	the trace goes backwards, or is shorter than the run
 *	E2BIG		any	the struct is larger than the kernel knows, with a nonzero tail
 *	EINVAL		STOP	no run is going on
 *	EOPNOTSUPP	RUN	an unknown flag
 *	ENOTTY		any	a number that is not an ioctl here
 *	EFAULT		any	a pointer is bad
 *	ENOMEM		open, ATTACH, RUN	no memory
 *	ENOTCONN	RUN, LINK, AGENT	no window is attached
 *	ENODATA		STATS, RECORDS	this file has not run yet
 *	EBUSY		ATTACH	this file has a window already
 *	EBUSY		RUN	a run is going on, this file's or another's
 *	EPROTO		ATTACH	that memory is no window of this revision
 *	EPROTO		RUN	to be continued, and the window is not as it was
 *	EADDRINUSE	ATTACH	a core of the node is online in this kernel
 *	EBADFD		RUN	there is no run to continue, or not this one
 *	ENODEV		any	the target is gone or hangs; if it died during the run, its figures can be fetched
 *	ENETDOWN	RUN	the function's driver has not set its receiver up
 *	ENXIO		RUN, LINK, AGENT	the doorbell is empty: nobody has asked for the interrupt
 *	EMSGSIZE	RUN	the frame is longer than the receiver takes, as the driver set it up
 *	EBADMSG		RUN	the frame is not one that injector/frame.h builds
 *	EDEADLK		RUN	the pacing CPU is the CPU that takes the interrupts, in one kernel
 *	EOPNOTSUPP	RUN	more queues than the driver has set up, or its NIC cannot be made to use them all
 *	EHOSTDOWN	RUN	a CPU is offline or does not exist; if it went during the run, its figures can be fetched
 *	EIO		RUN, LINK, AGENT	the target refused an order
 *	ETIMEDOUT	RUN, LINK, AGENT	the target did not obey an order in time
 *	EINTR		RUN, LINK, AGENT	a signal or STOP ended it early; a run's figures can be fetched
 */
#ifndef UAPI_INTMGR_H
#define UAPI_INTMGR_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define INTMGR_ABI_REVISION	4

#define INTMGR_DEVICE		"/dev/intmgr"
#define INTMGR_QUEUES		8	/* RX queues of a function at most */
#define INTMGR_QUERY_DOORBELLS	16	/* kmod/window.h */
#define INTMGR_OUTCOMES		10	/* enum outcome, injector/record.h */

/* INTMGR_IOC_QUERY: what is there, and what is going on. */
struct intmgr_query {
	__u32 size;
	__u32 flags;			/* in: 0 */
	__u64 features;			/* out: feature bits, none yet */
	__u32 abi;			/* out: INTMGR_ABI_REVISION */
	__u32 attached;			/* out: 1 if this file has a window */
	__u32 running;			/* out: 1 while a run goes on, whoever started it */
	__u32 target_up;		/* out: 1 while the target is there */
	__u32 target_hung;		/* out: 1 while its heartbeat has stopped */
	__u32 foreign;			/* out: 1 if the target is another kernel */
	__u32 target_cpu;		/* out: the CPU that takes the interrupts, as the target counts */
	__u32 record_capacity;		/* out: records kept until fetched */
	__u64 window_size;		/* out: bytes */
	char model[16];			/* out: NIC model, NUL-terminated */
	char bdf[16];			/* out: PCI address of the function */
	__u64 rx_base;			/* out: RX ring of queue 0: bus address */
	__u32 rx_count, rx_head, rx_tail;	/* out: descriptors, RDH, RDT */
	__u32 doorbells;		/* out: how many of the next are in use */
	__u64 doorbell[INTMGR_QUERY_DOORBELLS];	/* out: kmod/window.h's encoding; 0: empty */
	__u64 handled[INTMGR_QUERY_DOORBELLS];	/* out: handler entries of each */
	__u32 queues;			/* out: RX queues in use */
	__u32 queues_max;		/* out: RX queues that the model has */
	__u64 reserved[4];
};

/*
 * INTMGR_IOC_ATTACH: use the window that the caller has mapped: this kernel's
 * memory (of /dev/intmgr_target), or a node's (of /dev/intmgr_node). Doorbells
 * of a node may name no CPU but those that are listed here.
 */
struct intmgr_attach {
	__u32 size;
	__u32 flags;			/* in: 0 */
	__u64 addr;			/* in: where it is mapped, page aligned */
	__u64 length;			/* in: bytes, page aligned */
	__u32 cores;			/* in: of the node, at most 16; this kernel's memory: 0 */
	__u32 reserved0;
	__u32 apic_id[16];		/* in: of the cores, none of which is online here */
	__u64 reserved[2];
};

/* What the shots of a run are fired against. The last three are floors. */
enum intmgr_against {
	INTMGR_AGAINST_DRIVER,	/* frame, descriptor, cause, IPI: the real thing */
	INTMGR_AGAINST_HANDLER,	/* a bare IPI to a handler that only stamps */
	INTMGR_AGAINST_MEMORY,	/* a word that the target CPU polls: no interrupt */
	INTMGR_AGAINST_COPY,	/* a bare copy of the frame into the RX buffers */
	INTMGR_AGAINSTS
};

#define INTMGR_RUN_CLOSED_LOOP	(1U << 0)	/* next shot when the last was taken; interval unused */
/*
 * Go on with this file's last run, which ended with ENODEV, now that the target
 * is back: its shots, figures and records are continued, and each shot in flight
 * when the target died has its outcome. All fields but frame are as they were.
 */
#define INTMGR_RUN_CONTINUE	(1U << 1)
#define INTMGR_RUN_FLAGS	(INTMGR_RUN_CLOSED_LOOP | INTMGR_RUN_CONTINUE)

#define INTMGR_MAX_COUNT	1000000000000ULL

/*
 * INTMGR_IOC_RUN: run, and return when the run is over (0), was stopped or
 * interrupted (-EINTR), or could not start.
 */
struct intmgr_run {
	__u32 size;
	__u32 flags;			/* in: INTMGR_RUN_* */
	__u32 against;			/* in: enum intmgr_against */
	__u32 schedule;			/* in: enum schedule_kind; floors and CLOSED_LOOP: CBR */
	__u32 late;			/* in: enum schedule_late */
	__u32 support_cpu;		/* in: the CPU that paces */
	__u32 target_cpu;		/* in: the CPU that takes the interrupts, as the target counts */
	__u32 progress_ms;		/* in: how often to multicast progress; 0: never */
	__u64 interval_ns;		/* in: 100 ... 10^10; a ramp's first; a trace: 0 */
	__u64 count;			/* in: 1 ... INTMGR_MAX_COUNT, of a ramp 10^9, of a trace trace_len */
	__u64 seed;			/* in: of POISSON; others do not use it */
	__u64 frame;			/* in: pointer to the frame (injector/frame.h); floors but COPY: 0 */
	__u32 frame_len;		/* in: bytes, without FCS; floors but COPY: 0 */
	__u32 warmup;			/* in: shots before the first that counts, at most 10000; floors only */
	__u64 run;			/* in: the frame's mark; 0 for floors */
	__u32 queues;			/* in: RX queues to spread the shots over, one after the other; 1 for floors */
	__u32 burst;			/* in: BURST: shots of each, 1 ... 65536; else 0 */
	__u64 ramp_ns;			/* in: RAMP: the last interval, 100 ... 10^10; else 0 */
	/*
	 * TRACE, else 0: due times, __u64[trace_len] in ns since the run's start,
	 * none before the one that precedes it, the last at most 10^15. A run
	 * that is continued has the same pointer, and does not read again.
	 */
	__u64 trace;			/* in: pointer */
	__u32 trace_len;		/* in: 1 ... 2^24 */
	__u32 reserved0;
};

/* INTMGR_IOC_STOP: end the run within one shot or 100 ms. -EINVAL: none is going on. */
struct intmgr_stop {
	__u32 size;
	__u32 flags;			/* in: 0 */
};

struct intmgr_summary {			/* durations in ns */
	__u64 count, min, p50, p90, p99, p999, max, mean;
};

/* INTMGR_IOC_STATS: figures of the run going on or of the last one; all out. */
struct intmgr_stats {
	__u32 size;
	__u32 flags;			/* in: 0 */
	__u64 run;			/* struct intmgr_run's */
	__u64 sent;			/* shots; = the sum of outcome[] once the run is over */
	__u64 outcome[INTMGR_OUTCOMES];
	__u64 received;			/* frames that the driver gave to the stack */
	__u64 pending;			/* shots not judged yet; 0 once the run is over */
	__u64 skipped;			/* due times left out by the late policy; with a trace's last ones the run ends */
	__u64 fired;			/* IPIs sent by the support side */
	__u64 reraised;			/* ... and by the target: a cause pending at unmask */
	__u64 handled;			/* handler entries */
	__u64 merged;			/* frames in the ring (floors: doorbells rung) beyond the handler entries */
	__u64 elapsed_ns;		/* first due time to the last shot's end, less the time a dead target was away */
	__u64 late;			/* shots that began more than 2 us late */
	/*
	 * Gaps that miss the interval by more than 2 us. But for CBR: all gaps
	 * less those between the entries of two successive shots with an entry
	 * of their own that are as far apart, to 2 us, as these shots' due times.
	 */
	__u64 gap_outside_2us;
	__u64 bad_bus;			/* the last bus address refused, 0: none */
	__u64 records_lost;		/* records overwritten before they were fetched */
	__u64 queue_sent[INTMGR_QUEUES];	/* of sent, frames that went into each RX queue's ring */
	__u64 queue_received[INTMGR_QUEUES];	/* of received */
	struct intmgr_summary gap;	/* between two handler entries */
	struct intmgr_summary latency;	/* just before the doorbell is rung, to handler entry */
	struct intmgr_summary send;	/* start of the shot to IPI sent */
	struct intmgr_summary copy;	/* start of the shot to frame and descriptor written */
	struct intmgr_summary lateness;	/* due to start */
	__u64 reserved[4];
};

/* One shot. Times in ns since the run's first due time, of a trace since its time 0; INTMGR_NEVER: it did not happen. */
#define INTMGR_NEVER	((__s64)(-0x7fffffffffffffffLL - 1))

struct intmgr_record {
	__u64 seq;			/* 1, 2, ... */
	__s64 due_ns, start_ns, copied_ns, rung_ns;
	__s64 handler_ns, poll_ns, delivered_ns, socket_ns;
	__u32 outcome;			/* enum outcome */
	__u32 reason;			/* the kernel's drop reason, 0: none */
	__u32 queue;			/* the RX queue that it was for */
	__u32 reserved;
};

/*
 * INTMGR_IOC_RECORDS: fetch judged records, oldest first; each is given once.
 * Returns with count 0 when there is none now. The oldest are overwritten, and
 * counted as records_lost, when nobody fetches.
 */
struct intmgr_records {
	__u32 size;
	__u32 flags;			/* in: 0 */
	__u64 buffer;			/* in: pointer to struct intmgr_record[capacity] */
	__u32 capacity;			/* in: 1 ... 65536 */
	__u32 count;			/* out */
	__u64 reserved[2];
};

/* INTMGR_IOC_LINK: plug or pull the function's cable. */
struct intmgr_link {
	__u32 size;
	__u32 flags;			/* in: 0 */
	__u32 up;			/* in: 0 or 1 */
	__u32 reserved;
};

/* INTMGR_IOC_AGENT: wake the program that waits in read() of the target's device. */
struct intmgr_agent {
	__u32 size;
	__u32 flags;			/* in: 0 */
};

#define INTMGR_IOC_MAGIC	0xB7
#define INTMGR_IOC_QUERY	_IO(INTMGR_IOC_MAGIC, 0)
#define INTMGR_IOC_ATTACH	_IO(INTMGR_IOC_MAGIC, 1)
#define INTMGR_IOC_RUN		_IO(INTMGR_IOC_MAGIC, 2)
#define INTMGR_IOC_STOP		_IO(INTMGR_IOC_MAGIC, 3)
#define INTMGR_IOC_STATS	_IO(INTMGR_IOC_MAGIC, 4)
#define INTMGR_IOC_RECORDS	_IO(INTMGR_IOC_MAGIC, 5)
#define INTMGR_IOC_LINK		_IO(INTMGR_IOC_MAGIC, 6)
#define INTMGR_IOC_AGENT	_IO(INTMGR_IOC_MAGIC, 7)

/* Generic netlink: family "intmgr", version 1, multicast group "events". */
#define INTMGR_GENL_NAME	"intmgr"
#define INTMGR_GENL_VERSION	1
#define INTMGR_GENL_GROUP	"events"

enum intmgr_genl_cmd {
	INTMGR_CMD_UNSPEC,
	INTMGR_CMD_STARTED,	/* RUN, AGAINST, COUNT */
	INTMGR_CMD_PROGRESS,	/* RUN, SENT, COUNT, RECEIVED */
	INTMGR_CMD_FINISHED,	/* RUN, SENT, COUNT, RECEIVED, RESULT */
	INTMGR_CMD_COUNT
};

enum intmgr_genl_attr {
	INTMGR_ATTR_UNSPEC,
	INTMGR_ATTR_RUN,	/* u64 */
	INTMGR_ATTR_AGAINST,	/* u32, enum intmgr_against */
	INTMGR_ATTR_COUNT,	/* u64, shots asked for */
	INTMGR_ATTR_SENT,	/* u64 */
	INTMGR_ATTR_RECEIVED,	/* u64 */
	INTMGR_ATTR_RESULT,	/* s32, 0 or -errno */
	INTMGR_ATTR_PAD,
	INTMGR_ATTR_END
};

#endif
