/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an OS node shares with the support OS beside the window: a page that
 * intmgr_node.ko fills in before it starts the node's kernel, and that
 * intmgr_target.ko finds there by its physical address, the parameter "node".
 *
 *	physical memory of a node
 *	base ┌───────────────────────────────┐
 *	     │ RAM of the node's kernel      │ e820: usable
 *	     ├───────────────────────────────┤
 *	     │ guard page                    │
 *	     │ node page (this struct)       │
 *	     │ console ring                  │ e820: reserved
 *	     │ boot parameters, ACPI tables  │
 *	     │ window                        │
 *	     │ guard page                    │
 *	     ├───────────────────────────────┤
 *	     │ space for the function's BARs │ e820: not there at all
 *	     └───────────────────────────────┘
 *
 * The function's interrupts are MSI-X: the node's FADT must not say NO_MSI, for
 * which its kernel refuses them to all functions (drivers/pci/pci-acpi.c).
 *
 * Addresses are physical and the same in both kernels. "W:" names the only
 * writer; where nothing else is said the support side writes once, before the
 * node's kernel starts.
 */
#ifndef INTMGR_NODE_H
#define INTMGR_NODE_H

#include <linux/types.h>

#define INTMGR_NODE_MAGIC	0x65646f6e6d746e69ULL	/* "intmnode" */
#define INTMGR_NODE_REVISION	1

#define INTMGR_NODE_BAR_SIZE	(1ULL << 20)	/* the function's BARs; else they would lie on the support OS's memory */

/* How far the node's kernel has come; W: node, and what it says last stays. */
enum intmgr_node_progress {
	INTMGR_NODE_NOT_YET,	/* nothing heard of it */
	INTMGR_NODE_STARTED,	/* the trampoline runs on its first core; W: trampoline */
	INTMGR_NODE_UP,		/* intmgr_target.ko is there, console and all */
	INTMGR_NODE_PANIC,	/* panic; @reason is its text */
	INTMGR_NODE_REBOOT,	/* it wants to start again, and is parked */
	INTMGR_NODE_HALT,	/* it was halted or switched off, and is parked */
};

struct intmgr_node_page {
	__u64 magic;
	__u32 revision;
	__u32 id;			/* 1, 2, ... */
	__u64 page;			/* where this page lies */
	__u64 console, console_size;	/* a ring of bytes; size: power of two */
	__u64 window, window_size;	/* the whole of it is intmgr_target.ko's to lay out */
	__u64 bar, bar_size;		/* address space for the function */

	/* W: node */
	__u32 progress __attribute__((aligned(64)));	/* store-release, after @reason */
	char reason[240];		/* NUL-terminated */
	__u64 console_head;		/* bytes written so far; store-release after the bytes */

	/* W: node. The reset register of its FADT: writing 1 asks to be reset. */
	__u8 reset __attribute__((aligned(64)));
};

#endif
