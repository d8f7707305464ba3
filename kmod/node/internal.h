/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * intmgr_node.ko from the inside: what its files ask of each other.
 *
 *	main.c	  load, unload		chardev.c  /dev/intmgr_node
 *	life.c	  start, stop		watch.c	   how a node fares
 *	pool.c	  address ranges	memory.c   a node's memory
 *	image.c	  kernel files		boot.c	   what a kernel is told
 *	acpi.c	  the tables it finds	trampoline.S  a core's first instructions
 *	cores.c	  whose a core is, INIT and SIPI
 *	console.c what a node wrote	guard.c	   what nobody may write
 *
 * Locks, outermost first: life_lock (one start or stop at a time; user memory
 * may be read under it), mmap_lock, node_lock (all of struct os_node; nothing that
 * faults under it), and watch.c's own, taken with interrupts off.
 */
#ifndef INTMGR_NODE_INTERNAL_H
#define INTMGR_NODE_INTERNAL_H

#include <linux/align.h>
#include <linux/mutex.h>
#include <linux/sizes.h>
#include <linux/types.h>

#include "intmgr_node.h"
#include "node.h"

struct boot_params;

/* ---- pool.c: address ranges, and which parts of them are taken ---- */

#define POOL_RANGES	32

struct piece {
	u64 base, size;
};

struct pool {
	u64 align;			/* of every piece; power of two */
	struct piece range[POOL_RANGES];
	unsigned int ranges;
	struct piece taken[INTMGR_NODES + 1];
	unsigned int takens;
};

struct pool_figures {
	u64 total, free, largest;	/* bytes; the largest free piece */
};

/* Add a range, shrunk to whole pieces of alignment; ranges too many are left out. */
void pool_add(struct pool *pool, u64 base, u64 size);
/* Take @size bytes in one piece, at the lowest place: its base, or 0. */
u64 pool_take(struct pool *pool, u64 size);
void pool_give(struct pool *pool, u64 base);
void pool_figures(const struct pool *pool, struct pool_figures *f);

/* ---- memory.c ---- */

#define MEMORY_ALIGN	SZ_2M
#define MEMORY_CONSOLE	SZ_64K		/* the console ring */
#define MEMORY_LOW	SZ_64K		/* below 1 MiB */

/* A node's memory; addresses are physical. The order is that of kmod/node.h. */
struct node_memory {
	u64 base, size;			/* all of it, above 1 MiB; size 0: there is none */
	u64 low;			/* MEMORY_LOW bytes below 1 MiB */
	u64 guard, page, console, tables, window, last_guard, bar;
	u64 window_size;
	void *va;			/* @base ... @bar */
	void *low_va;
};

/* What of it the node's kernel may use as RAM above 1 MiB, bytes from @base on. */
static inline u64 memory_ram(const struct node_memory *m)
{
	return m->guard - m->base;
}

static inline void *memory_at(const struct node_memory *m, u64 address)
{
	return m->va + (address - m->base);
}

static inline struct intmgr_node_page *memory_page(const struct node_memory *m)
{
	return memory_at(m, m->page);
}

int memory_init(void);
void memory_exit(void);
/* Lay a node's memory out from @base on: 0, or -EFBIG if the window leaves no RAM. */
int memory_layout(struct node_memory *m, u64 base, u64 size, u64 window_size);
/* Take memory: 0, -ENXIO, -ENOSPC, -EADDRNOTAVAIL, -EFBIG, -ENOMEM. */
int memory_take(struct node_memory *m, u64 size, u64 window_size);
void memory_give(struct node_memory *m);
/* The page below 1 MiB where every core starts. */
u64 memory_trampoline(void **va);
void memory_query(struct intmgr_node_query *q);

/* ---- image.c ---- */

#define IMAGE_SEGMENTS	16

struct image_segment {
	u64 offset, length;		/* in the file */
	u64 at, size;			/* from the kernel's first byte; size >= length: zeroes follow */
};

/* A kernel file that was checked; read by its user's address. */
struct image {
	u64 data, len;
	struct boot_params *params;	/* only the setup header is filled in */
	struct image_segment segment[IMAGE_SEGMENTS];
	unsigned int segments;
	u64 need;			/* bytes from its first on: BSS, room to unpack */
	u64 entry;			/* of 64-bit code, from its first byte */
	bool below_4g;			/* it must be loaded there */
};

/* 0, -ENOEXEC, -ENODATA, -ELIBBAD, -EFAULT, -ENOMEM; image_close() after 0. */
int image_open(struct image *image, u64 data, u64 len);
/* Copy it to @to, where @image->need bytes are: 0 or -EFAULT. */
int image_load(const struct image *image, void *to);
void image_close(struct image *image);

/* ---- cores.c ---- */

struct node_cores {
	u32 count;
	u32 cpu[INTMGR_NODE_CORES];
	u32 apic_id[INTMGR_NODE_CORES];
};

int cores_init(void);
void cores_exit(void);
/*
 * Could these CPUs be taken? 0, -EINVAL, -ENODEV, -EDEADLK, -EISCONN or
 * -EADDRINUSE; those of @own count as free.
 */
int cores_check(const struct node_cores *own, u32 count, const u32 *cpu);
/* Take them: as above. */
int cores_claim(struct node_cores *c, u32 count, const u32 *cpu);
void cores_release(struct node_cores *c);
/* INIT: whatever they do, they stop, and wait to be started. Any context. */
void cores_stop(const struct node_cores *c);
/* Sleep until cores that were sent an INIT have surely stopped. */
void cores_settle(void);
/* SIPI to the first one, after INIT: start at @page, an address below 1 MiB. */
void cores_start(const struct node_cores *c, u64 page);

/* ---- life.c ---- */

struct os_node {
	u32 id;				/* constant */
	enum intmgr_node_state state;
	struct node_cores cores;
	struct node_memory memory;
	unsigned int holders;		/* files that had its window mapped */
	u32 starts;
	u64 started_ns, ended_ns;	/* ended 0: it has not */
	char reason[240];
	void *label;
	u64 label_len;

	/* console.c: a copy, made when the memory is given back */
	char *kept;
	u64 kept_head;

	/* guard.c */
	u32 damage;
	u32 boot_crc;
	u64 guarded_ns;			/* when it was last looked at */

	/* watch.c */
	u64 alive, alive_ns;		/* the last heartbeat, and when it was seen */
	bool watched, reset_seen;	/* under its lock */
};

extern struct mutex life_lock, node_lock;

/* Node @id, NULL if there can be none. */
struct os_node *node_find(u32 id);
/* Does it own cores? */
static inline bool node_runs(const struct os_node *n)
{
	return n->state > INTMGR_NODE_STATE_STOPPED;
}

/* As the ioctls say; they take life_lock. */
int life_start(const struct intmgr_node_start *spec);
int life_stop(u32 id);
/* A file maps the window, or has been closed; under node_lock. */
void life_hold(struct os_node *n);
void life_drop(struct os_node *n);
int life_init(void);
void life_exit(void);

/* ---- watch.c ---- */

/* From now on, until watch_end(). Under node_lock. */
void watch_begin(struct os_node *n);
void watch_end(struct os_node *n);
/* Bring its state up to date. Under node_lock. */
void watch_look(struct os_node *n);
/* It is over, for @reason, unless that was said before. */
void watch_ended(struct os_node *n, enum intmgr_node_state state,
		 const char *reason);
void watch_init(void);
void watch_exit(void);

/* ---- boot.c ---- */

#define BOOT_PARAMS	0		/* offsets in the tables */
#define BOOT_CMDLINE	SZ_4K
#define BOOT_ACPI	SZ_8K
#define BOOT_TABLES	(SZ_8K + SZ_4K)

/* The whole command line of node @n into @cmdline: 0 or -EINVAL, too long. */
int boot_cmdline(const struct node_memory *m, char cmdline[INTMGR_NODE_CMDLINE],
		 const char *user);
/* Write all that its kernel is told, and arm the trampoline. */
void boot_write(const struct os_node *n, const struct image *image,
		const char *cmdline, u64 initrd, u64 initrd_len);

/* trampoline.S: what is copied to the page below 1 MiB, and its arguments there. */
extern const char trampoline_start[], trampoline_end[], trampoline_arguments[];

/* ---- acpi.c ---- */

#define ACPI_IOAPIC	0		/* offset of the stand-in in the low memory */

/* Write the tables for @n at @address, mapped at @va: the RSDP's address. */
u64 acpi_tables_write(const struct os_node *n, u64 address, void *va);

/* ---- console.c ---- */

/* A buffer for @n: 0 or -ENOMEM. */
int console_create(struct os_node *n);
void console_destroy(struct os_node *n);
/* Keep what is in the ring: the memory goes. */
void console_keep(struct os_node *n);
/* Bytes written since the start. */
u64 console_head(const struct os_node *n);
/*
 * Copy from position @pos on, at most @len bytes: how many. What was
 * overwritten before it was read is passed over.
 */
size_t console_copy(const struct os_node *n, u64 *pos, char *to, size_t len);

/* ---- guard.c ---- */

/* Fill and sum up what nobody may write from now on. */
void guard_set(struct os_node *n);
/* Add to @n->damage what does not read as it was written. */
void guard_look(struct os_node *n);

/* ---- chardev.c ---- */

int chardev_register(void);
void chardev_unregister(void);

#endif
