// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory of the window: a file that whoever started this process has mapped,
 * too (iomem=intmgr,FILE).
 */
#include <linux/mm.h>
#include <asm/page.h>
#include <mem_user.h>

#include "cycles.h"
#include "target/target.h"

/* parse_iomem() takes one page more than the file, of whole pages, has. */
u64 memory_fixed(void)
{
	unsigned long size;

	return find_iomem("intmgr", &size) ? size - PAGE_SIZE : 0;
}

/* It is a new file: zeroes that take no memory until they are used. */
void *memory_get(u64 size)
{
	unsigned long ignored;

	return size <= memory_fixed() ? (void *)find_iomem("intmgr", &ignored) :
					NULL;
}

/* A page's first write takes longer than a shot; in virtual time nobody waits. */
void memory_touch(void *va, u64 size)
{
	if (!clock_is_virtual())
		memset(va, 0, size);
}

void memory_put(void *va)
{
}

int memory_map(struct vm_area_struct *vma, void *va)
{
	return vm_iomap_memory(vma, __pa(va), memory_fixed());
}
