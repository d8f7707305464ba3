// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory of the window: this kernel's own, or what the node page names.
 */
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "target.h"

struct source {
	void *(*get)(u64 size);
	void (*put)(void *va);
	int (*map)(struct vm_area_struct *vma, void *va);
};

static void *own_get(u64 size)
{
	/* vmalloc() would rather kill processes than fail. */
	if (size >> PAGE_SHIFT > si_mem_available())
		return NULL;
	return vmalloc_user(size);
}

static void own_put(void *va)
{
	vfree(va);
}

static int own_map(struct vm_area_struct *vma, void *va)
{
	return remap_vmalloc_range(vma, va, vma->vm_pgoff);
}

static const struct source own = {
	.get = own_get,
	.put = own_put,
	.map = own_map,
};

static void *node_get(u64 size)
{
	void *va = memremap(node_window.start, size, MEMREMAP_WB);

	return va ? memset(va, 0, size) : NULL;
}

static int node_map(struct vm_area_struct *vma, void *va)
{
	return vm_iomap_memory(vma, node_window.start, node_window.size);
}

static const struct source node = {
	.get = node_get,
	.put = memunmap,
	.map = node_map,
};

static const struct source *source(void)
{
	return node_page ? &node : &own;
}

u64 memory_fixed(void)
{
	return node_page ? node_window.size : 0;
}

void *memory_get(u64 size)
{
	return source()->get(size);
}

/* They were zeroed by writing. */
void memory_touch(void *va, u64 size)
{
}

void memory_put(void *va)
{
	source()->put(va);
}

int memory_map(struct vm_area_struct *vma, void *va)
{
	return source()->map(vma, va);
}
