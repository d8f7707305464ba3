// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory of a window, of either kind that a program can have mapped:
 *
 *	pages	this kernel's: pinned here, so they stay whatever becomes of the
 *		module that allocated them
 *	frames	another kernel's, which this one has no struct page for (or of
 *		User-Mode Linux, a file of the host's): the mapping's page frames
 *		are mapped here too, and stay while its file is open
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/vmalloc.h>

#include "compat.h"
#include "support/module.h"

#define FRAMES_FLAGS	(VM_PFNMAP | VM_SHARED | VM_WRITE)

static int pages_pin(struct memory *m, u64 addr, unsigned long pages)
{
	unsigned long done = 0;
	int n;

	m->page = kvmalloc_array(pages, sizeof(*m->page), GFP_KERNEL);
	if (!m->page)
		return -ENOMEM;
	while (done < pages) {
		n = pin_user_pages_fast(addr + (done << PAGE_SHIFT),
					min(pages - done, 4096UL),
					FOLL_WRITE | FOLL_LONGTERM,
					m->page + done);
		if (n <= 0)
			break;
		done += n;
	}
	if (done == pages)
		return 0;
	unpin_user_pages(m->page, done);
	kvfree(m->page);
	return n < 0 ? n : -EFAULT;
}

static int pages_take(struct memory *m, u64 addr)
{
	unsigned long pages = m->size >> PAGE_SHIFT;
	int err = pages_pin(m, addr, pages);

	if (err)
		return err;
	m->va = vmap(m->page, pages, VM_MAP, PAGE_KERNEL);
	if (m->va)
		return 0;
	unpin_user_pages(m->page, pages);
	kvfree(m->page);
	return -ENOMEM;
}

static void pages_drop(struct memory *m)
{
	vunmap(m->va);
	unpin_user_pages_dirty_lock(m->page, m->size >> PAGE_SHIFT, true);
	kvfree(m->page);
}

static const struct memory_kind pages = {
	.take = pages_take,
	.drop = pages_drop,
};

/* Where @m->size bytes at @addr lie; -EPROTO: not in one piece. */
static int frames_place(const struct memory *m, struct vm_area_struct *vma,
			u64 addr, u64 *physical)
{
	unsigned long first, frame, i;
	int err = compat_follow_pfn(vma, addr, &first);

	if (err)
		return -EFAULT;
	for (i = 1; i < m->size >> PAGE_SHIFT; i++) {
		err = compat_follow_pfn(vma, addr + (i << PAGE_SHIFT), &frame);
		if (err)
			return -EFAULT;
		if (frame != first + i)
			return -EPROTO;
		cond_resched();
	}
	*physical = PFN_PHYS(first);
	return 0;
}

/* The same, and hold the file that the mapping is of. */
static int frames_find(struct memory *m, u64 addr, u64 *physical)
{
	struct vm_area_struct *vma;
	int err = -EFAULT;

	mmap_read_lock(current->mm);
	vma = vma_lookup(current->mm, addr);
	if (!vma || (vma->vm_flags & FRAMES_FLAGS) != FRAMES_FLAGS ||
	    addr + m->size > vma->vm_end || !vma->vm_file)
		goto out;
	err = frames_place(m, vma, addr, physical);
	if (!err)
		m->file = get_file(vma->vm_file);
out:
	mmap_read_unlock(current->mm);
	return err;
}

#ifdef CONFIG_UML

/* A file of the host's is mapped here for good. */
static void *frames_map(u64 physical, u64 size)
{
	return __va(physical);
}

static void frames_unmap(void *va)
{
}

#else

static void *frames_map(u64 physical, u64 size)
{
	return memremap(physical, size, MEMREMAP_WB);
}

static void frames_unmap(void *va)
{
	memunmap(va);
}

#endif

static int frames_take(struct memory *m, u64 addr)
{
	u64 physical;
	int err = frames_find(m, addr, &physical);

	if (err)
		return err;
	err = -EPROTO;
	if (region_intersects(physical, m->size, IORESOURCE_SYSTEM_RAM,
			      IORES_DESC_NONE) != REGION_DISJOINT)
		goto put_file;		/* it is this kernel's after all */
	err = -ENOMEM;
	m->va = frames_map(physical, m->size);
	if (m->va)
		return 0;
put_file:
	fput(m->file);
	return err;
}

static void frames_drop(struct memory *m)
{
	frames_unmap(m->va);
	fput(m->file);
}

static const struct memory_kind frames = {
	.take = frames_take,
	.drop = frames_drop,
	.foreign = !IS_ENABLED(CONFIG_UML),
};

static const struct memory_kind *kind_at(u64 addr)
{
	const struct memory_kind *kind = &pages;
	struct vm_area_struct *vma;

	mmap_read_lock(current->mm);
	vma = vma_lookup(current->mm, addr);
	if (vma && (vma->vm_flags & VM_PFNMAP))
		kind = &frames;
	mmap_read_unlock(current->mm);
	return kind;
}

int memory_take(struct memory *m, u64 addr, u64 length)
{
	m->kind = kind_at(addr);
	m->size = length;
	return m->kind->take(m, addr);
}

void memory_drop(struct memory *m)
{
	m->kind->drop(m);
}
