/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of intmgr_target.ko ask of each other. There is one window,
 * one function and one vnic in a kernel, so each file keeps its own as static
 * data. *_create() and *_destroy() are called by main.c, in that order and in
 * reverse; create returns 0 or -errno and leaves nothing behind when it fails.
 */
#ifndef INTMGR_TARGET_H
#define INTMGR_TARGET_H

#include <linux/types.h>

#include "injector/nic.h"
#include "window.h"

struct irq_domain;
struct pci_dev;

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

int window_create(const struct nic_ops *model, size_t pool_size);
void window_destroy(void);
/* Make /dev/intmgr_target; from here on the window may be found. */
int window_publish(void);
/* Say goodbye: whoever still has the pages sees the target as gone. */
void window_retire(void);

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
