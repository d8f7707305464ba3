// SPDX-License-Identifier: GPL-2.0-only
/*
 * The window and /dev/intmgr_target, which maps it. The support side pins the
 * pages through a program's mapping, so they outlive this module; what stays
 * in them then is a target that is gone and has no doorbells.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

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
	return capable(CAP_SYS_ADMIN) ? 0 : -EPERM;
}

/* The whole window or its front; a private mapping would be a copy. */
static int window_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	return remap_vmalloc_range(vma, window, vma->vm_pgoff);
}

static const struct file_operations window_fops = {
	.owner = THIS_MODULE,
	.open = window_open,
	.mmap = window_mmap,
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

static void lay_out(struct intmgr_window *w, u32 state_size, size_t pool_size)
{
	u64 end = PAGE_ALIGN(sizeof(*w));

	place(&end, &w->nic, state_size);
	place(&end, &w->slots, INTMGR_SLOTS * sizeof(struct intmgr_slot));
	place(&end, &w->entries, INTMGR_ENTRIES * sizeof(struct intmgr_entry));
	place(&end, &w->pool, pool_size);
	w->size = end;
}

int window_create(const struct nic_ops *model, size_t pool_size)
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
	lay_out(&layout, model->state_size, pool_size);
	/* vmalloc() would rather kill processes than fail. */
	if (layout.size >> PAGE_SHIFT > si_mem_available())
		return -ENOMEM;
	window = vmalloc_user(layout.size);
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
	vfree(window);
	window = NULL;
}

int window_publish(void)
{
	WRITE_ONCE(window->state, INTMGR_TARGET_UP);
	/* A window with its magic is complete. */
	smp_store_release(&window->magic, INTMGR_WINDOW_MAGIC);
	return misc_register(&window_device);
}

void window_retire(void)
{
	misc_deregister(&window_device);
	WRITE_ONCE(window->state, INTMGR_TARGET_GONE);
}
