/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All that differs between the kernels we build for: 6.1, 6.12 and 7.2.
 * Version numbers stand here and nowhere else.
 */
#ifndef INTMGR_COMPAT_H
#define INTMGR_COMPAT_H

#include <linux/hrtimer.h>
#include <linux/irq.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/version.h>

/*
 * Since 6.11 the kfree_skb tracepoint also names the receiving socket, by 7.2
 * one that is not to be changed.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 0, 0)
#define COMPAT_KFREE_SKB_ARGS						\
	struct sk_buff *skb, void *location,				\
	enum skb_drop_reason reason, const struct sock *rx_sk
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
#define COMPAT_KFREE_SKB_ARGS						\
	struct sk_buff *skb, void *location,				\
	enum skb_drop_reason reason, struct sock *rx_sk
#else
#define COMPAT_KFREE_SKB_ARGS						\
	struct sk_buff *skb, void *location, enum skb_drop_reason reason
#endif

/* Moving an interrupt at once is something to ask for until 6.14. */
#ifdef CONFIG_GENERIC_PENDING_IRQ
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 14, 0)
#define COMPAT_IRQ_MOVE_PCNTXT	IRQ_MOVE_PCNTXT
#endif
#endif
#ifndef COMPAT_IRQ_MOVE_PCNTXT
#define COMPAT_IRQ_MOVE_PCNTXT	0
#endif

/*
 * The page frame at @address of a VM_PFNMAP mapping, under mmap_read_lock();
 * good for as long as the mapping's file keeps its memory. follow_pfn() went
 * in 6.12.
 */
static inline int compat_follow_pfn(struct vm_area_struct *vma,
				    unsigned long address, unsigned long *pfn)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
	struct follow_pfnmap_args args = { .vma = vma, .address = address };
	int err = follow_pfnmap_start(&args);

	if (err)
		return err;
	*pfn = args.pfn;
	follow_pfnmap_end(&args);
	return 0;
#else
	return follow_pfn(vma, address, pfn);
#endif
}

/* A timer's function is set with the rest since 6.13. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
#define compat_hrtimer_setup	hrtimer_setup
#else
static inline void
compat_hrtimer_setup(struct hrtimer *timer,
		     enum hrtimer_restart (*function)(struct hrtimer *),
		     clockid_t clock, enum hrtimer_mode mode)
{
	hrtimer_init(timer, clock, mode);
	timer->function = function;
}
#endif

/*
 * By 7.2 pci_msi_create_irq_domain() has gone: the core makes the domain that
 * a function's interrupts come from, below one of ours.
 */
#define COMPAT_MSI_PARENT	(LINUX_VERSION_CODE >= KERNEL_VERSION(7, 0, 0))

/* By 7.2 DMA is mapped by physical address, not by page. */
#define COMPAT_DMA_MAP_PHYS	(LINUX_VERSION_CODE >= KERNEL_VERSION(7, 0, 0))

/* Where a module's code lies, without what is freed after its load. */
static inline void compat_module_text(const struct module *module,
				      const void **text, unsigned int *size)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
	*text = module->mem[MOD_TEXT].base;
	*size = module->mem[MOD_TEXT].size;
#else
	*text = module->core_layout.base;
	*size = module->core_layout.text_size;
#endif
}

#endif
