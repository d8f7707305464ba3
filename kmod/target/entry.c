// SPDX-License-Identifier: GPL-2.0-only
/*
 * The log of handler entries. Interrupts of different vectors may be taken on
 * different CPUs, so writers of the target exclude each other; the support
 * side reads without a lock and finds out by @entry_head what it missed.
 */
#include <linux/spinlock.h>

#include "target.h"

static DEFINE_RAW_SPINLOCK(entry_lock);

static void count(u32 doorbell)
{
	WRITE_ONCE(window->handled[doorbell], window->handled[doorbell] + 1);
}

void entry_log(u32 doorbell, u64 tsc)
{
	unsigned long flags;
	u64 head;

	raw_spin_lock_irqsave(&entry_lock, flags);
	head = window->entry_head;
	window_entries[head % INTMGR_ENTRIES] = (struct intmgr_entry){
		.tsc = tsc,
		.doorbell = doorbell,
	};
	count(doorbell);
	/* The entry before the head that announces it. */
	smp_store_release(&window->entry_head, head + 1);
	raw_spin_unlock_irqrestore(&entry_lock, flags);
}

void entry_count(u32 doorbell)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&entry_lock, flags);
	count(doorbell);
	raw_spin_unlock_irqrestore(&entry_lock, flags);
}
