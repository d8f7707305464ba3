// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a patched driver finds behind a function: its registers by call, and
 * memory that the NIC may write out of the window's pool.
 */
#include <linux/export.h>

#include "target.h"
#include "vnic.h"

static struct function *function_of(struct intmgr_vnic *vnic)
{
	return container_of(vnic, struct function, vnic);
}

static u32 vnic_read(struct intmgr_vnic *vnic, u32 reg)
{
	return registers_read(function_of(vnic), reg, sizeof(u32));
}

static void vnic_write(struct intmgr_vnic *vnic, u32 reg, u32 value)
{
	registers_write(function_of(vnic), reg, sizeof(u32), value);
}

static void *vnic_alloc(struct intmgr_vnic *vnic, size_t size, dma_addr_t *bus)
{
	return dma_take(function_of(vnic), size, bus);
}

static void vnic_free(struct intmgr_vnic *vnic, void *va, size_t size)
{
	struct function *f = function_of(vnic);

	dma_give_back(f, f->pool.bus + (va - f->pool.va));
}

static const struct intmgr_vnic_ops vnic_ops = {
	.read = vnic_read,
	.write = vnic_write,
	.alloc = vnic_alloc,
	.free = vnic_free,
};

/* A function for drivers as they are looks like any other device to them. */
struct intmgr_vnic *intmgr_vnic_find(struct pci_dev *pdev)
{
	struct function *f = bus_function(pdev);

	return f && f->attachment == INTMGR_ATTACH_PATCHED ? &f->vnic : NULL;
}
EXPORT_SYMBOL_GPL(intmgr_vnic_find);

int vnic_create(struct function *f)
{
	f->vnic.ops = &vnic_ops;
	return 0;
}

void vnic_destroy(struct function *f)
{
}

void vnic_set_link(struct function *f, bool up)
{
	msi_ring(f, f->nic.ops->set_link(&f->nic, up));
}
