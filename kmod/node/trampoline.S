/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The first instructions of a node's first core: from real mode straight to
 * 64-bit mode (Intel SDM vol. 3, 10.8.5, without the stop in protected mode),
 * then into the node's kernel by its 64-bit entry, as
 * Documentation/arch/x86/boot.rst wants it: paging on with an identity map, CS
 * 0x10 and the data segments 0x18, interrupts off, RSI at boot_params.
 *
 * This is data to the kernel that is built with it: it is copied below 1 MiB,
 * its arguments (struct trampoline of boot.c) are filled in there, and a
 * startup IPI sends the core to its first byte, CS being the page's.
 */
#include <linux/linkage.h>

#define CR0_PE_ET_PG	0x80000011	/* and the caches on, which INIT left off */
#define CR4_BITS	0x620		/* PAE, OSFXSR, OSXMMEXCPT */
#define EFER		0xc0000080
#define EFER_LME	0x100
#define CODE		0x10
#define DATA		0x18
#define STARTED		1		/* INTMGR_NODE_STARTED */

	.section .rodata, "a"
	.balign	16
	.code16
SYM_DATA_START(trampoline_start)
	cli
	cld
	movw	%cs, %ax
	movw	%ax, %ds
	lgdtl	trampoline_gdt - trampoline_start
	movl	$CR4_BITS, %eax
	movl	%eax, %cr4
	movl	trampoline_cr3 - trampoline_start, %eax
	movl	%eax, %cr3
	movl	$EFER, %ecx
	movl	$EFER_LME, %eax
	xorl	%edx, %edx
	wrmsr
	movl	$CR0_PE_ET_PG, %eax
	movl	%eax, %cr0
	ljmpl	*(trampoline_jump - trampoline_start)

	.code64
trampoline_long:
	movl	$DATA, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %ss
	movl	%eax, %fs
	movl	%eax, %gs
	movq	trampoline_params(%rip), %rsi
	movq	trampoline_entry(%rip), %rax
	movq	trampoline_progress(%rip), %rdx
	movl	$STARTED, (%rdx)	/* the page is the next node's from here on */
	jmp	*%rax

	.balign	8
	/* struct trampoline of boot.c */
SYM_DATA_START(trampoline_arguments)
	.quad	0
	.quad	0
	.quad	0x00af9b000000ffff	/* 64-bit code */
	.quad	0x00cf93000000ffff	/* data */
trampoline_progress:
	.quad	0
trampoline_params:
	.quad	0
trampoline_entry:
	.quad	0
trampoline_cr3:
	.long	0
trampoline_jump:
	.long	trampoline_long - trampoline_start	/* the page is added */
	.word	CODE
trampoline_gdt:
	.word	4 * 8 - 1
	.long	trampoline_arguments - trampoline_start	/* the page is added */
SYM_DATA_END(trampoline_arguments)
SYM_DATA_END_LABEL(trampoline_start, SYM_L_GLOBAL, trampoline_end)
