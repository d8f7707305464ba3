/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a patched driver finds behind a virtual function. intmgr_target.ko
 * exports intmgr_vnic_find(); a driver takes it with symbol_get(), so that it
 * loads and works without the module, and the module stays while a driver
 * holds it.
 *
 *	find = symbol_get(intmgr_vnic_find);
 *	vnic = find ? find(pdev) : NULL;
 *	if (find && !vnic)
 *		symbol_put(intmgr_vnic_find);
 *
 * and symbol_put() again when the driver lets go of a vnic it found.
 */
#ifndef INTMGR_VNIC_H
#define INTMGR_VNIC_H

#include <linux/types.h>

struct pci_dev;
struct intmgr_vnic;

struct intmgr_vnic_ops {
	/* A 32-bit access at byte offset @reg of BAR 0; any context, any CPU. */
	u32 (*read)(struct intmgr_vnic *vnic, u32 reg);
	void (*write)(struct intmgr_vnic *vnic, u32 reg, u32 value);

	/*
	 * @size bytes of the window, page aligned and zeroed, and in *bus the
	 * address to tell the NIC. NULL: no room. May sleep; free() may not
	 * be called from an interrupt.
	 */
	void *(*alloc)(struct intmgr_vnic *vnic, size_t size, dma_addr_t *bus);
	void (*free)(struct intmgr_vnic *vnic, void *va, size_t size);
};

struct intmgr_vnic {
	const struct intmgr_vnic_ops *ops;
};

/* The virtual NIC behind @pdev, NULL if @pdev is any other device. */
struct intmgr_vnic *intmgr_vnic_find(struct pci_dev *pdev);

#endif
