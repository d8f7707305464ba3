/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * intmgr.ko from the inside: what puts the support side (support/) into a
 * kernel.
 *
 *	main.c	  load, unload		chardev.c /dev/intmgr and its ioctls
 *	attach.c  which window, and who may be interrupted through it
 *	memory.c  how this kernel gets at it
 *	thread.c  the thread that paces	events.c  generic netlink
 *	../uml/remains.c  what is left after a panic in virtual time
 */
#ifndef INTMGR_MODULE_H
#define INTMGR_MODULE_H

#include <linux/types.h>

#include "support/support.h"

struct file;
struct page;

/* ---- memory.c: the memory of a window ---- */

struct memory {
	void *va;			/* where this side sees it */
	u64 size;			/* bytes */
	const struct memory_kind *kind;
	union {
		struct page **page;	/* this kernel's memory, pinned */
		struct file *file;	/* another kernel's: who keeps it */
	};
};

struct memory_kind {
	/* Set @va and what holds the memory, from @size and the caller's mapping. */
	int (*take)(struct memory *m, u64 addr);
	void (*drop)(struct memory *m);
	bool foreign;			/* another kernel's */
};

/*
 * Take the memory that the caller has mapped at @addr, both page aligned.
 * -EFAULT: it is not mapped whole, shared and writable; -EPROTO: it is not in
 * one piece, or not another kernel's; -ENOMEM.
 */
int memory_take(struct memory *m, u64 addr, u64 length);
void memory_drop(struct memory *m);

/* ---- attach.c ---- */

struct attachment {
	struct view view;
	struct memory memory;
};

/*
 * Take and check the window that the caller has mapped as @spec says. ERR_PTR:
 * -EINVAL, -EADDRINUSE, -EFAULT, -ENOMEM, -EPROTO, -ENODEV.
 */
struct attachment *attach_open(const struct intmgr_attach *spec);
void attach_close(struct attachment *a);

/* Can a run with @spec have its two CPUs? 0, -EHOSTDOWN, -EDEADLK. */
int attach_check_cpus(const struct attachment *a, const struct intmgr_run *spec);

/* ---- thread.c: run_in_thread() ---- */

/* ---- uml/remains.c ---- */

/* @r is going on, from the one to the other. */
#ifdef CONFIG_UML
void remains_begin(struct run *r);
void remains_end(struct run *r);
#else
#define remains_begin(r)	do { } while (0)
#define remains_end(r)		do { } while (0)
#endif

/* ---- events.c ---- */

int events_register(void);
void events_unregister(void);
void events_started(const struct run *r);
void events_progress(const struct run *r);
void events_finished(const struct run *r, int result);

/* ---- chardev.c ---- */

int chardev_register(void);
void chardev_unregister(void);

#endif
