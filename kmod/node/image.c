// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel files: a bzImage, which unpacks itself, or the ELF vmlinux that such a
 * one carries, which starts sooner. Both run where they are put. The file is
 * its user's memory: what is looked at is copied first, every offset is checked
 * against the length.
 */
#include <linux/elf.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/bootparam.h>
#include <asm/page_types.h>

#include "node/internal.h"

/* Documentation/arch/x86/boot.rst */
#define BZ_BOOT_FLAG		0xaa55
#define BZ_MAGIC		0x53726448	/* "HdrS" */
#define BZ_VERSION		0x020c		/* the first with xloadflags */
#define BZ_HEADER		0x1f1
#define BZ_HEADER_END		0x202		/* and the byte at 0x201 more */
#define BZ_SECTOR		512
#define BZ_SECTORS		4		/* what setup_sects 0 means */
#define BZ_PARAGRAPH		16
#define BZ_ENTRY_64		0x200

/* Documentation/arm64/booting.rst: what else may come as a kernel file */
#define ARM64_MAGIC_AT		56
#define ARM64_MAGIC		0x644d5241

#define IMAGE_ALIGN		SZ_2M		/* CONFIG_PHYSICAL_ALIGN, at least */
#define IMAGE_NEED_MAX		SZ_1G		/* an x86-64 kernel has no more for itself */

static int image_read(const struct image *image, u64 offset, void *to, size_t len)
{
	if (offset > image->len || image->len - offset < len)
		return -ENODATA;
	if (copy_from_user(to, u64_to_user_ptr(image->data + offset), len))
		return -EFAULT;
	return 0;
}

/* ---- bzImage ---- */

static int image_bz_check(const struct setup_header *h)
{
	if (h->boot_flag != BZ_BOOT_FLAG || h->header != BZ_MAGIC)
		return -ENOEXEC;
	if (h->version < BZ_VERSION || !(h->xloadflags & XLF_KERNEL_64) ||
	    !h->relocatable_kernel || !(h->loadflags & LOADED_HIGH) ||
	    h->kernel_alignment > IMAGE_ALIGN)
		return -ELIBBAD;
	return 0;
}

static int image_bz(struct image *image)
{
	struct setup_header *h = &image->params->hdr;
	struct image_segment *s = image->segment;
	u8 jump;
	int err;

	err = image_read(image, BZ_HEADER_END - 1, &jump, sizeof(jump));
	if (err)
		return err;
	err = image_read(image, BZ_HEADER, h,
			 min_t(size_t, sizeof(*h), BZ_HEADER_END + jump - BZ_HEADER));
	if (err)
		return err;
	err = image_bz_check(h);
	if (err)
		return err;
	s->offset = (1 + (h->setup_sects ?: BZ_SECTORS)) * BZ_SECTOR;
	s->length = (u64)h->syssize * BZ_PARAGRAPH;
	if (s->offset > image->len || s->length > image->len - s->offset)
		return -ENODATA;
	if (s->length <= BZ_ENTRY_64 || h->init_size < s->length ||
	    h->init_size > IMAGE_NEED_MAX)
		return -ENOEXEC;
	s->size = s->length;
	image->segments = 1;
	image->need = h->init_size;
	image->entry = BZ_ENTRY_64;
	image->below_4g = !(h->xloadflags & XLF_CAN_BE_LOADED_ABOVE_4G);
	return 0;
}

/* ---- ELF ---- */

static int image_elf_header(const Elf64_Ehdr *e)
{
	if (e->e_ident[EI_CLASS] != ELFCLASS64 ||
	    e->e_ident[EI_DATA] != ELFDATA2LSB || e->e_machine != EM_X86_64)
		return -ELIBBAD;
	if (e->e_type != ET_EXEC || e->e_phentsize != sizeof(Elf64_Phdr))
		return -ENOEXEC;
	return 0;
}

/* Take a program header; where it lies is physical until image_elf_place(). */
static int image_elf_segment(struct image *image, const Elf64_Phdr *ph)
{
	struct image_segment *s = image->segment + image->segments;

	if (ph->p_type != PT_LOAD || !ph->p_memsz)
		return 0;
	if (image->segments == IMAGE_SEGMENTS || ph->p_filesz > ph->p_memsz ||
	    ph->p_memsz > IMAGE_NEED_MAX || ph->p_paddr > U64_MAX - ph->p_memsz)
		return -ENOEXEC;
	if (ph->p_offset > image->len || ph->p_filesz > image->len - ph->p_offset)
		return -ENODATA;
	*s = (struct image_segment){
		.offset = ph->p_offset,
		.length = ph->p_filesz,
		.at = ph->p_paddr,
		.size = ph->p_memsz,
	};
	image->segments++;
	return 0;
}

/*
 * A kernel is linked to run in the highest 2 GiB; a program is not. Where it
 * is entered does not have to be marked executable: 7.2's is among its data.
 */
static bool image_elf_is_kernel(const Elf64_Ehdr *e, const Elf64_Phdr *ph)
{
	return ph->p_type == PT_LOAD && ph->p_vaddr >= __START_KERNEL_map &&
	       e->e_entry >= ph->p_paddr &&
	       e->e_entry - ph->p_paddr < ph->p_filesz;
}

static int image_elf_segments(struct image *image, const Elf64_Ehdr *e)
{
	bool kernel = false;
	Elf64_Phdr ph;
	unsigned int i;
	int err;

	for (i = 0; i < e->e_phnum; i++) {
		if (e->e_phoff > image->len)
			return -ENODATA;
		err = image_read(image, e->e_phoff + i * sizeof(ph), &ph, sizeof(ph));
		if (!err)
			err = image_elf_segment(image, &ph);
		if (err)
			return err;
		kernel |= image_elf_is_kernel(e, &ph);
	}
	return kernel ? 0 : -ENOEXEC;
}

/*
 * From addresses to places behind the lowest. Moved as a whole, by a multiple
 * of 2 MiB, the kernel finds out by itself where it is (__startup_64()).
 */
static int image_elf_place(struct image *image, u64 entry)
{
	struct image_segment *s, *end = image->segment + image->segments;
	u64 link = U64_MAX;

	for (s = image->segment; s < end; s++)
		link = min(link, s->at);
	if (!IS_ALIGNED(link, IMAGE_ALIGN))
		return -ELIBBAD;
	for (s = image->segment; s < end; s++) {
		s->at -= link;
		if (s->at > IMAGE_NEED_MAX - s->size)
			return -ENOEXEC;
		image->need = max(image->need, s->at + s->size);
	}
	image->entry = entry - link;
	return 0;
}

static int image_elf(struct image *image)
{
	struct setup_header *h = &image->params->hdr;
	Elf64_Ehdr e;
	int err;

	err = image_read(image, 0, &e, sizeof(e));
	if (!err)
		err = image_elf_header(&e);
	if (!err)
		err = image_elf_segments(image, &e);
	if (!err)
		err = image_elf_place(image, e.e_entry);
	h->boot_flag = BZ_BOOT_FLAG;
	h->header = BZ_MAGIC;
	h->version = BZ_VERSION;
	return err;
}

/* ---- either ---- */

static int image_which(struct image *image)
{
	u8 magic[ARM64_MAGIC_AT + sizeof(u32)];
	u32 arm64;
	int err = image_read(image, 0, magic, sizeof(magic));

	if (err)
		return err == -ENODATA ? -ENOEXEC : err;
	if (!memcmp(magic, ELFMAG, SELFMAG))
		return image_elf(image);
	memcpy(&arm64, magic + ARM64_MAGIC_AT, sizeof(arm64));
	return arm64 == ARM64_MAGIC ? -ELIBBAD : image_bz(image);
}

int image_open(struct image *image, u64 data, u64 len)
{
	int err;

	*image = (struct image){ .data = data, .len = len };
	image->params = kzalloc(sizeof(*image->params), GFP_KERNEL);
	if (!image->params)
		return -ENOMEM;
	err = image_which(image);
	if (err)
		image_close(image);
	return err;
}

int image_load(const struct image *image, void *to)
{
	const struct image_segment *s;

	for (s = image->segment; s < image->segment + image->segments; s++) {
		if (copy_from_user(to + s->at,
				   u64_to_user_ptr(image->data + s->offset),
				   s->length))
			return -EFAULT;
		memset(to + s->at + s->length, 0, s->size - s->length);
	}
	return 0;
}

void image_close(struct image *image)
{
	kfree(image->params);
	image->params = NULL;
}
