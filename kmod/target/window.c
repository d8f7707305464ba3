// SPDX-License-Identifier: GPL-2.0-only
/*
 * The window and /dev/intmgr_target, which maps it. The support side holds the
 * pages, so they outlive this module; what stays in them then is a target that
 * is gone and has no doorbells.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "target.h"

/*
 * Beyond the 52 bits of any x86 physical address: an address that a driver
 * took from the DMA API instead of the window is never inside the pool.
 */
#define POOL_BUS	(1ULL << 52)

struct intmgr_window *window;
struct intmgr_slot *window_slots;
struct intmgr_entry *window_entries;
void *window_nic;
struct nic_region window_pool;

static int window_open(struct inode *inode, struct file *file)
{
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	agent_open(file);
	return 0;
}

static int window_release(struct inode *inode, struct file *file)
{
	agent_release(file);
	return 0;
}

/* The whole window or its front; a private mapping would be a copy. */
static int window_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	return memory_map(vma, window);
}

static const struct file_operations window_fops = {
	.owner = THIS_MODULE,
	.open = window_open,
	.release = window_release,
	.mmap = window_mmap,
	.read = agent_read,
	.poll = agent_poll,
	.llseek = noop_llseek,
};

static struct miscdevice window_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "intmgr_target",
	.fops = &window_fops,
	.mode = 0600,
};

/* Place @size bytes behind all that is placed already. */
static void place(u64 *end, struct intmgr_area *area, u64 size)
{
	area->offset = *end;
	area->size = size;
	*end += PAGE_ALIGN(size);
}

/* All but the pool, which is the last. */
static void lay_out(struct intmgr_window *w, u32 state_size)
{
	w->size = PAGE_ALIGN(sizeof(*w));
	place(&w->size, &w->nic, state_size);
	place(&w->size, &w->slots, INTMGR_SLOTS * sizeof(struct intmgr_slot));
	place(&w->size, &w->entries,
	      INTMGR_ENTRIES * sizeof(struct intmgr_entry));
	place(&w->size, &w->agent, INTMGR_AGENT_SIZE);
}

int window_create(const struct nic_ops *model, u64 pool_size)
{
	struct intmgr_window layout = {
		.revision = INTMGR_WINDOW_REVISION,
		.header_size = sizeof(layout),
		.pool_bus = POOL_BUS,
	};

	BUILD_BUG_ON(sizeof(struct intmgr_slot) != SMP_CACHE_BYTES);
	BUILD_BUG_ON(ARRAY_SIZE(window->doorbell) <
		     INTMGR_DOORBELL_MSIX(NIC_MAX_VECTORS));

	strscpy(layout.model, model->name, sizeof(layout.model));
	lay_out(&layout, model->state_size);
	if (node_page) {
		/* A node's window is as large as it is: the pool gets the rest. */
		if (node_window.size <= layout.size)
			return -ENOSPC;
		pool_size = node_window.size - layout.size;
	}
	place(&layout.size, &layout.pool, pool_size);
	window = memory_get(layout.size);
	if (!window)
		return -ENOMEM;
	*window = layout;
	window_slots = (void *)window + layout.slots.offset;
	window_entries = (void *)window + layout.entries.offset;
	window_nic = (void *)window + layout.nic.offset;
	window_pool = (struct nic_region){
		.bus = layout.pool_bus,
		.size = layout.pool.size,
		.va = (void *)window + layout.pool.offset,
	};
	return 0;
}

void window_destroy(void)
{
	memory_put(window);
	window = NULL;
}

int window_publish(void)
{
	int err;

	WRITE_ONCE(window->state, INTMGR_TARGET_UP);
	/* A window with its magic is complete. */
	smp_store_release(&window->magic, INTMGR_WINDOW_MAGIC);
	err = misc_register(&window_device);
	if (err)
		WRITE_ONCE(window->state, INTMGR_TARGET_GONE);
	else
		node_tell(INTMGR_NODE_UP);
	return err;
}

void window_retire(void)
{
	misc_deregister(&window_device);
	WRITE_ONCE(window->state, INTMGR_TARGET_GONE);
	node_tell(INTMGR_NODE_STARTED);
}

void window_abandon(void)
{
	int i;

	for (i = 0; i < INTMGR_DOORBELLS; i++)
		WRITE_ONCE(window->doorbell[i], 0);
	/* Pairs with whoever asks why: what was written before tells it. */
	smp_store_release(&window->state, INTMGR_TARGET_GONE);
}
