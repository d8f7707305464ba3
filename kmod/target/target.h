/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of intmgr_target.ko ask of each other. There is one window,
 * one function and one vnic in a kernel, so each file keeps its own as static
 * data. *_create() and *_destroy() are called by main.c, in that order and in
 * reverse; create returns 0 or -errno and leaves nothing behind when it fails.
 * In a kernel that is no OS node, the files of a node do nothing.
 */
#ifndef INTMGR_TARGET_H
#define INTMGR_TARGET_H

#include <linux/poll.h>
#include <linux/types.h>

#include "injector/nic.h"
#include "node.h"
#include "window.h"

struct file;
struct irq_domain;
struct pci_dev;
struct vm_area_struct;

/* node.c: what the support OS says to the node that this kernel is. */
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

/* console.c: a node's console. */
int console_create(void);
void console_destroy(void);

/* park.c: how a node's kernel ends. */
int park_create(void);
void park_destroy(void);

/* memory.c: @size bytes, zeroed; NULL: there are not as many. */
void *memory_get(u64 size);
void memory_put(void *va);
int memory_map(struct vm_area_struct *vma, void *va);

/* window.c: the memory of window.h, and the device that maps it. */
extern struct intmgr_window *window;

/*
 * Its areas. Programs and the support side can write to the header; this side
 * never follows what is there.
 */
extern struct intmgr_slot *window_slots;
extern struct intmgr_entry *window_entries;
extern void *window_nic;
extern struct nic_region window_pool;

/* In a node, the pool is what is left of the node's window. */
int window_create(const struct nic_ops *model, u64 pool_size);
void window_destroy(void);
/* Make /dev/intmgr_target; from here on the window may be found. */
int window_publish(void);
/* Say goodbye: whoever still has the pages sees the target as gone. */
void window_retire(void);
/* This kernel dies: nobody may ring it any more; any context. */
void window_abandon(void);

/* agent.c: the program that reads the window's device. */
void agent_open(const struct file *file);
void agent_release(const struct file *file);
ssize_t agent_read(struct file *file, char __user *buf, size_t len,
		   loff_t *pos);
__poll_t agent_poll(struct file *file, poll_table *table);
/* Let its read() return; -EIO if no program has the device open for it. */
int agent_wake(void);

/* alive.c: the heartbeat; its first beat is before alive_create() returns. */
int alive_create(void);
void alive_destroy(void);

/* entry.c: the log of handler entries. */

/* Log that the handler of @doorbell was entered at @tsc; any context. */
void entry_log(u32 doorbell, u64 tsc);
/* Count it only. */
void entry_count(u32 doorbell);

/* msi.c: interrupts whose message is a doorbell. */
int msi_create(void);
void msi_destroy(void);
/* The domain of the function's MSI-X entries. */
struct irq_domain *msi_domain(void);
/* The doorbell that Linux interrupt @irq answers, -1 if it is not ours. */
int msi_doorbell(int irq);
/* Move all our interrupts to @cpu, and wait until they are there. */
int msi_move(unsigned int cpu);
/* The CPU that takes them. */
unsigned int msi_cpu(void);
/* Ring our own doorbells: @vectors has a bit for each MSI-X entry. */
void msi_ring(u32 vectors);

/* vnic.c: the driver's side of the NIC model. */
int vnic_create(const struct nic_ops *model);
void vnic_destroy(void);
void vnic_set_link(bool up);

/* bus.c: the PCI function. */
int bus_create(const struct nic_identity *id);
/* Let drivers bind. */
void bus_enable(void);
void bus_destroy(void);
bool bus_has(struct pci_dev *pdev);

/* stamps.c: probes that say what the kernel does with a shot. */
int stamps_create(void);
void stamps_destroy(void);

/* worker.c: the thread that obeys orders. */
int worker_create(void);
void worker_destroy(void);
/* Look for an order; any context. */
void worker_wake(void);

#endif
