// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory of the window: a file that whoever started this process has mapped,
 * too (iomem=intmgr,FILE), or else this kernel's own.
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <asm/page.h>

#include "target/target.h"

/* arch/um/kernel/physmem.c */
unsigned long find_iomem(char *driver, unsigned long *len_out);

/* parse_iomem() takes one page more than the file, of whole pages, has. */
static void *shared(unsigned long *size)
{
	void *va = (void *)find_iomem("intmgr", size);

	if (va)
		*size -= PAGE_SIZE;
	return va;
}

u64 memory_fixed(void)
{
	unsigned long size;

	return shared(&size) ? size : 0;
}

void *memory_get(u64 size)
{
	unsigned long fixed;
	void *va = shared(&fixed);

	if (!va)
		return vmalloc_user(size);
	/* It is a new file: zeroes that take no memory until they are used. */
	return size <= fixed ? va : NULL;
}

void memory_put(void *va)
{
	if (is_vmalloc_addr(va))
		vfree(va);
}

int memory_map(struct vm_area_struct *vma, void *va)
{
	if (is_vmalloc_addr(va))
		return remap_vmalloc_range(vma, va, vma->vm_pgoff);
	return vm_iomap_memory(vma, __pa(va), memory_fixed());
}
