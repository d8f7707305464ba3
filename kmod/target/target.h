/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of intmgr_target.ko ask of each other.
 *
 * A function is a virtual PCI function with its window; functions.c makes it
 * out of parts, a file each. A part's *_create() and *_destroy() are called in
 * the order of functions.c's table and in reverse; create returns 0 or -errno
 * and leaves nothing behind when it fails. The same goes for the parts that a
 * kernel has once, whose table is in main.c; in a kernel that is no OS node,
 * those of a node do nothing.
 */
#ifndef INTMGR_TARGET_H
#define INTMGR_TARGET_H

#include <linux/hrtimer.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/poll.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "injector/frame_ring.h"
#include "injector/nic.h"
#include "intmgr_target.h"
#include "node.h"
#include "vnic.h"
#include "window.h"

#ifdef CONFIG_UML
/* What a root bus is said to be; only x86 has a struct of its own for it. */
struct pci_sysdata {
	int domain, node;
};
#endif

struct dma_granule;
struct file;
struct function;
struct gen_pool;
struct irq_domain;
struct vm_area_struct;

/* msi.c: an interrupt whose message is a doorbell. */
struct bell {
	struct function *f;
	unsigned int index;	/* of window->doorbell[] */
	int virq;		/* Linux's number, 0: none; under irq_lock, read without */
};

/* dma.c: the pool's free blocks of one size, 2^order granules. */
#define DMA_ORDERS	6	/* 2 KiB to 64 KiB */

struct dma_pool_state {
	spinlock_t lock;
	struct gen_pool *all;
	struct dma_granule *granule;	/* one for each NIC_GRANULE bytes */
	u32 free[DMA_ORDERS];		/* first free block's granule + 1, 0: none */
	atomic64_t used, bounced;	/* bytes */
};

/* wire.c: where frames go. */
struct wire_state {
	struct nic_wire nic;
	u32 sink;			/* enum intmgr_sink */
	struct function __rcu *peer;	/* with SINK_PEER, else NULL; W: under functions_lock */
	spinlock_t lock;
	void *reply;
	struct frame_ring_end ring;	/* in the window; under lock */
	atomic64_t sent, sent_bytes, returned, refused;
};

struct function {
	u32 id;				/* 1 ... INTMGR_FUNCTIONS */
	u32 attachment;			/* enum intmgr_attachment */
	bool temporary;
	bool removed;			/* under functions_lock */
	struct kref ref;		/* the table's, and one for each file */
	struct nic nic;			/* nic.state, nic.port: in the window */

	/*
	 * window.c. Programs and the support side can write to the header;
	 * this side never follows what is there.
	 */
	struct intmgr_window *window;
	struct intmgr_slot *slots;
	struct intmgr_entry *entries;
	u64 *extent;
	struct nic_region pool;

	raw_spinlock_t entry_lock;	/* entry.c: writers of the log */
	struct dma_pool_state dma;
	struct wire_state wire;
	struct timer_list alive;	/* alive.c */
	struct hrtimer poll;		/* poll.c */

	/* msi.c */
	struct bell bell[INTMGR_DOORBELLS];
	struct mutex irq_lock;
	unsigned int cpu;		/* that takes the interrupts */

	/* worker.c */
	struct task_struct *worker;
	wait_queue_head_t worker_queue;

	/* agent.c; all under agent_queue.lock */
	wait_queue_head_t agent_queue;
	unsigned int agent_readers;
	u64 agent_orders;

	/* bus.c */
	u8 config[PCI_CFG_SPACE_SIZE];
	u8 writable[PCI_CFG_SPACE_SIZE];
	struct pci_sysdata sysdata;
	struct resource memory, numbers;
	struct pci_bus *bus;
	u64 bar;			/* bus address of BAR 0 */
	struct work_struct unplug;

	struct intmgr_vnic vnic;
	atomic64_t accesses, trapped;	/* register accesses of the driver */
};

/* ---- functions.c: the functions there are ---- */

/*
 * Make one, as @spec says, and let drivers bind. ERR_PTR, or the function with
 * a reference for the caller.
 */
struct function *functions_add(const struct intmgr_create *spec);
/* Take it away, its driver first; done already: does nothing. In a process. */
void functions_remove(struct function *f);
void functions_remove_all(void);
/* The function @id with a reference, NULL: there is none. */
struct function *functions_get(u32 id);
void functions_put(struct function *f);

/* Keeps every function there is from being removed. */
extern struct mutex functions_lock;

/*
 * The function @id, or its first at or after @id, without a reference: for
 * RCU readers, or under functions_lock. NULL: there is none.
 */
struct function *functions_at(u32 id);
struct function *functions_next(u32 id);

#define for_each_function(f) \
	for (f = functions_next(1); f; f = functions_next(f->id + 1))

/* ---- parts.c, uml/parts.c: what a kernel has once, in the order of making ---- */
struct part {
	int (*create)(void);
	void (*destroy)(void);
};

extern const struct part parts[];
extern const int parts_count;

/* ---- node.c, uml/node.c: what the support OS says to the node that this kernel is ---- */

struct node_range {
	u64 start, size;	/* physical; bytes, whole pages */
};

/* NULL: this kernel is no node. Programs can write there; copies are used. */
extern struct intmgr_node_page *node_page;
extern struct node_range node_console, node_window, node_bar;

/* @page: physical address of struct intmgr_node_page; 0: no node. */
int node_create(u64 page);
void node_destroy(void);
/* Say how far this kernel has come, if it is a node; any context. */
void node_tell(enum intmgr_node_progress progress);

/* ---- console.c: a node's console ---- */
int console_create(void);
void console_destroy(void);

/* ---- park.c: how a node's kernel ends ---- */
int park_create(void);
void park_destroy(void);

/* ---- memory.c, uml/memory.c: the memory of windows ---- */
/* The size of the only window there can be, bytes; 0: there can be any. */
u64 memory_fixed(void);
/* @size bytes, zeroed; NULL: there are not as many. */
void *memory_get(u64 size);
/* The first @size of them are wanted at every shot: have them there. */
void memory_touch(void *va, u64 size);
void memory_put(void *va);
int memory_map(struct vm_area_struct *vma, void *va);

/* ---- chardev.c: /dev/intmgr_target ---- */
int chardev_create(void);
void chardev_destroy(void);

/* ---- window.c: the memory of window.h ---- */

/* @pool_size bytes of pool; in a node, what is left of the node's window. */
int window_create(struct function *f, u64 pool_size);
void window_destroy(struct function *f);
/* It is complete: whoever finds it may use it. */
void window_publish(struct function *f);
/* Say goodbye: whoever still has the pages sees the target as gone. */
void window_retire(struct function *f);
/* This kernel dies: nobody may ring it any more; any context. */
void window_abandon(struct function *f);

/* ---- agent.c: the program that reads the window's device ---- */
int agent_create(struct function *f);
void agent_destroy(struct function *f);
void agent_open(struct function *f);
void agent_release(struct function *f);
ssize_t agent_read(struct function *f, char __user *buf, size_t len,
		   bool wait);
__poll_t agent_poll(struct function *f, struct file *file, poll_table *table);
/* Let its read() return; -EIO if no program has the device open for it. */
int agent_wake(struct function *f);

/* ---- alive.c: the heartbeat; its first beat is before it returns ---- */
int alive_create(struct function *f);
void alive_destroy(struct function *f);

/* ---- poll.c: who looks at the registers of a polled BAR ---- */
int poll_create(struct function *f);
void poll_destroy(struct function *f);

/* ---- entry.c: the log of handler entries ---- */
int entry_create(struct function *f);
void entry_destroy(struct function *f);
/* Log that the handler of @doorbell was entered at @tsc; any context. */
void entry_log(struct function *f, u32 doorbell, u64 tsc);
/* Count it only. */
void entry_count(struct function *f, u32 doorbell);

/* ---- msi.c: interrupts whose message is a doorbell ---- */
int msi_create(void);
void msi_destroy(void);
int msi_function_create(struct function *f);
void msi_function_destroy(struct function *f);
/* The domain of functions' MSI-X entries. */
struct irq_domain *msi_domain(void);
/* The Linux interrupt of an INTx function, 0: it has MSI-X. */
int msi_intx(const struct function *f);
/* The doorbell that Linux interrupt @irq answers, NULL if it is not ours. */
struct bell *msi_bell(int irq);
/* Move all interrupts of @f to @cpu, and wait until they are there. */
int msi_move(struct function *f, unsigned int cpu);
/* Ring our own doorbells: @vectors has a bit for each MSI-X entry. */
void msi_ring(struct function *f, u32 vectors);

/* ---- registers.c: accesses of the driver, however they come ---- */
u64 registers_read(struct function *f, u32 reg, unsigned int size);
void registers_write(struct function *f, u32 reg, unsigned int size,
		     u64 value);

/* ---- vnic.c: what a patched driver finds ---- */
int vnic_create(struct function *f);
void vnic_destroy(struct function *f);
void vnic_set_link(struct function *f, bool up);

/* ---- trap.c: register accesses of drivers that know nothing of us ---- */
int trap_create(void);
void trap_destroy(void);

/* ---- uml/iomem.c: the same, where they are function calls ---- */
int iomem_create(void);
void iomem_destroy(void);
/* Where BARs lie. */
extern struct resource iomem_bars;

/* ---- uml/raised.c: doorbells that are bits of a word ---- */
int raised_create(struct function *f);
void raised_destroy(struct function *f);

/* ---- uml/cost.c: what virtual time the target's work takes ---- */
int cost_create(void);
void cost_destroy(void);
/* A register access; any context. */
void cost_access(void);

/* ---- dma.c: the DMA API of the function, and the pool behind it ---- */
int dma_create(struct function *f);
void dma_destroy(struct function *f);
/* The device behind @f gets its addresses from here. */
void dma_adopt(struct function *f, struct device *dev);
/* @size bytes of the pool, page aligned and zeroed; NULL: no room. */
void *dma_take(struct function *f, size_t size, dma_addr_t *bus);
void dma_give_back(struct function *f, dma_addr_t bus);

/* ---- wire.c: the other end of the cable ---- */
int wire_create(struct function *f);
void wire_destroy(struct function *f);
/* @peer: with INTMGR_SINK_PEER, else NULL. Under functions_lock. */
int wire_set_sink(struct function *f, u32 sink, struct function *peer);

/* ---- bus.c: the PCI function ---- */
int bus_create(struct function *f);
void bus_destroy(struct function *f);
/* Let drivers bind; and have them let go, the function gone. In a process. */
void bus_enable(struct function *f);
void bus_disable(struct function *f);
/* Take it off the bus: from now on it answers ~0, and soon it is unplugged. */
void bus_kill(struct function *f);
/* The function behind @pdev, NULL if @pdev is any other device. */
struct function *bus_function(const struct pci_dev *pdev);

/* ---- stamps.c: probes that say what the kernel does with a shot ---- */
int stamps_create(void);
void stamps_destroy(void);

/* ---- worker.c: the thread that obeys orders ---- */
int worker_create(struct function *f);
void worker_destroy(struct function *f);
/* Look for an order; any context. */
void worker_wake(struct function *f);

#endif
