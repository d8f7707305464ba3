// SPDX-License-Identifier: GPL-2.0-only
/*
 * The log of handler entries. Interrupts of different vectors may be taken on
 * different CPUs, so writers of the target exclude each other; the support
 * side reads without a lock and finds out by @entry_head what it missed.
 */
#include "target.h"

int entry_create(struct function *f)
{
	raw_spin_lock_init(&f->entry_lock);
	return 0;
}

void entry_destroy(struct function *f)
{
}

static void count(struct intmgr_window *w, u32 doorbell)
{
	WRITE_ONCE(w->handled[doorbell], w->handled[doorbell] + 1);
}

void entry_log(struct function *f, u32 doorbell, u64 tsc)
{
	struct intmgr_window *w = f->window;
	unsigned long flags;
	u64 head;

	raw_spin_lock_irqsave(&f->entry_lock, flags);
	head = w->entry_head;
	f->entries[head % INTMGR_ENTRIES] = (struct intmgr_entry){
		.tsc = tsc,
		.doorbell = doorbell,
	};
	count(w, doorbell);
	/* The entry before the head that announces it. */
	smp_store_release(&w->entry_head, head + 1);
	raw_spin_unlock_irqrestore(&f->entry_lock, flags);
}

void entry_count(struct function *f, u32 doorbell)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&f->entry_lock, flags);
	count(f->window, doorbell);
	raw_spin_unlock_irqrestore(&f->entry_lock, flags);
}
