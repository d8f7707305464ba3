// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a node's kernel is told by its loader: boot parameters, memory map,
 * command line, an identity map to run in until it has its own; and the
 * trampoline that brings its first core there.
 */
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <asm/bootparam.h>
#include <asm/e820/types.h>
#include <asm/pgtable_types.h>
#include <asm/tsc.h>

#include "node/internal.h"

#define BOOT_LOADER	0xff		/* boot.rst: no id assigned */

/* Ours come last on the command line, so they win. */
static const char *const boot_words[] = {
	"nokaslr",		/* a node's memory is where it was put */
	"pci=off",		/* the devices are the support OS's, */
	"8250.nr_uarts=0",	/* and so is the serial port, */
	"apic_extnmi=none",	/* and external NMIs */
	"no_ipi_broadcast=1",	/* one to all but oneself would reach other kernels */
	"tsc=reliable",		/* there is no other clock to compare with */
	"nowatchdog",		/* performance counters send NMIs */
	"cryptomgr.notests",	/* seconds; the support OS's kernel did these on this machine */
	"reboot=acpi",		/* by the reset register, a byte of ours */
	"panic=0",		/* stay as it is, to be looked at */
	"oops=panic",
};

int boot_cmdline(const struct node_memory *m, char cmdline[INTMGR_NODE_CMDLINE],
		 const char *user)
{
	const size_t size = INTMGR_NODE_CMDLINE;
	size_t i;
	int len;

	len = snprintf(cmdline, size, "%s%s", user, *user ? " " : "");
	for (i = 0; i < ARRAY_SIZE(boot_words) && len < size; i++)
		len += snprintf(cmdline + len, size - len, "%s ", boot_words[i]);
	/* There is no timer to calibrate against. Addresses have one length. */
	if (len < size)
		len += snprintf(cmdline + len, size - len,
				"tsc_early_khz=%u intmgr_node=0x%012llx",
				tsc_khz, m->page);
	return len < size ? 0 : -EINVAL;
}

static void boot_e820(struct boot_params *p, u64 start, u64 end,
		      enum e820_type type)
{
	p->e820_table[p->e820_entries++] = (struct boot_e820_entry){
		.addr = start,
		.size = end - start,
		.type = type,
	};
}

/* The BARs' space is not in the map: else nothing could be put there. */
static void boot_memory_map(struct boot_params *p, const struct node_memory *m)
{
	boot_e820(p, m->low + PAGE_SIZE, m->low + MEMORY_LOW, E820_TYPE_RAM);
	boot_e820(p, m->base, m->guard, E820_TYPE_RAM);
	boot_e820(p, m->guard, m->bar, E820_TYPE_RESERVED);
}

static void boot_params(const struct node_memory *m, const struct image *image,
			u64 initrd, u64 initrd_len, u64 rsdp)
{
	struct boot_params *p = memory_at(m, m->tables + BOOT_PARAMS);
	u64 cmdline = m->tables + BOOT_CMDLINE;

	*p = *image->params;
	p->hdr.type_of_loader = BOOT_LOADER;
	p->hdr.loadflags = LOADED_HIGH;
	p->hdr.code32_start = lower_32_bits(m->base);
	p->hdr.cmd_line_ptr = lower_32_bits(cmdline);
	p->ext_cmd_line_ptr = upper_32_bits(cmdline);
	p->hdr.ramdisk_image = lower_32_bits(initrd);
	p->ext_ramdisk_image = upper_32_bits(initrd);
	p->hdr.ramdisk_size = lower_32_bits(initrd_len);
	p->ext_ramdisk_size = upper_32_bits(initrd_len);
	p->acpi_rsdp_addr = rsdp;
	boot_memory_map(p, m);
}

/*
 * Page tables lie below 1 MiB, as CR3 takes 32 bits in real mode: behind the
 * IOAPIC's stand-in a PML4, a PDPT, and a directory of 2 MiB pages for each GiB
 * that is needed. That is all of the low 4, and what the kernel and the tables
 * lie in: 4 more at most. The last pages of the low memory stay free, as the
 * decompressor uses them; later on the kernel has it all as RAM.
 */
#define BOOT_ENTRIES	512		/* of 8 bytes in a table */
#define BOOT_TABLE	(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED)
#define BOOT_PAGE	(BOOT_TABLE | _PAGE_DIRTY | _PAGE_PSE)

enum { BOOT_PML4 = 1, BOOT_PDPT, BOOT_DIRECTORY };	/* pages of the low memory */

struct boot_map {
	u64 (*table)[BOOT_ENTRIES];
	u64 address;			/* of the first */
	unsigned int used;		/* so many of them */
};

static u64 boot_table(const struct boot_map *map, unsigned int n)
{
	return map->address + n * SZ_4K;
}

static void boot_map_gib(struct boot_map *map, u64 gib)
{
	u64 *pd = map->table[map->used];
	u64 i;

	if (map->table[BOOT_PDPT][gib])
		return;
	map->table[BOOT_PDPT][gib] = boot_table(map, map->used++) | BOOT_TABLE;
	for (i = 0; i < BOOT_ENTRIES; i++)
		pd[i] = (gib << 30) | (i * SZ_2M) | BOOT_PAGE;
}

static void boot_map_range(struct boot_map *map, u64 start, u64 end)
{
	u64 gib;

	for (gib = start >> 30; gib <= (end - 1) >> 30; gib++)
		boot_map_gib(map, gib);
}

static u64 boot_map(const struct node_memory *m, u64 kernel_size)
{
	struct boot_map map = { m->low_va, m->low, BOOT_DIRECTORY };

	memset(m->low_va, 0, MEMORY_LOW);
	map.table[BOOT_PML4][0] = boot_table(&map, BOOT_PDPT) | BOOT_TABLE;
	boot_map_range(&map, 0, SZ_4G);
	boot_map_range(&map, m->base, m->base + kernel_size);
	boot_map_range(&map, m->guard, m->window);
	return boot_table(&map, BOOT_PML4);
}

/* The end of trampoline.S. */
struct trampoline {
	u64 gdt[4];
	u64 progress, params, entry;	/* addresses */
	u32 cr3;
	u32 jump;			/* is an offset when copied */
	u16 jump_segment;
	u16 gdt_limit;
	u32 gdt_base;			/* is an offset when copied */
} __packed;

static void boot_trampoline(const struct node_memory *m, u64 entry, u64 cr3)
{
	struct trampoline *t;
	void *va;
	u64 page = memory_trampoline(&va);

	memcpy(va, trampoline_start, trampoline_end - trampoline_start);
	t = va + (trampoline_arguments - trampoline_start);
	t->progress = m->page + offsetof(struct intmgr_node_page, progress);
	t->params = m->tables + BOOT_PARAMS;
	t->entry = entry;
	t->cr3 = cr3;
	t->jump += page;
	t->gdt_base += page;
}

static void boot_page(const struct os_node *n)
{
	const struct node_memory *m = &n->memory;

	*memory_page(m) = (struct intmgr_node_page){
		.magic = INTMGR_NODE_MAGIC,
		.revision = INTMGR_NODE_REVISION,
		.id = n->id,
		.page = m->page,
		.console = m->console,
		.console_size = MEMORY_CONSOLE,
		.window = m->window,
		.window_size = m->window_size,
		.bar = m->bar,
		.bar_size = INTMGR_NODE_BAR_SIZE,
	};
}

void boot_write(const struct os_node *n, const struct image *image,
		const char *cmdline, u64 initrd, u64 initrd_len)
{
	const struct node_memory *m = &n->memory;
	u64 rsdp;

	memset(memory_at(m, m->guard), 0, m->bar - m->guard);
	boot_page(n);
	strscpy(memory_at(m, m->tables + BOOT_CMDLINE), cmdline,
		INTMGR_NODE_CMDLINE);
	rsdp = acpi_tables_write(n, m->tables + BOOT_ACPI,
			  memory_at(m, m->tables + BOOT_ACPI));
	boot_params(m, image, initrd, initrd_len, rsdp);
	boot_trampoline(m, m->base + image->entry, boot_map(m, image->need));
	/* pairs with nothing here: the core starts from reset, after all this */
	wmb();
}
