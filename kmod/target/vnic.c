// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver's side of the NIC: register accesses become calls of the model's
 * table, memory that the NIC may write comes out of the window's pool.
 */
#include <linux/export.h>
#include <linux/genalloc.h>
#include <linux/mm.h>
#include <linux/numa.h>
#include <linux/string.h>

#include "target.h"
#include "vnic.h"

/* Locally administered; the driver reads it from the model's NVM. */
static const u8 vnic_mac[6] = { 0x02, 'i', 'n', 't', 'm', 0x01 };

static struct nic nic;
static struct gen_pool *pool;

static u32 vnic_read(struct intmgr_vnic *vnic, u32 reg)
{
	return nic.ops->read(&nic, reg);
}

static void vnic_write(struct intmgr_vnic *vnic, u32 reg, u32 value)
{
	u32 vectors = nic.ops->write(&nic, reg, value);

	if (vectors)
		msi_ring(vectors);
}

static void *vnic_alloc(struct intmgr_vnic *vnic, size_t size, dma_addr_t *bus)
{
	void *va = gen_pool_dma_alloc(pool, size, bus);

	return va ? memset(va, 0, size) : NULL;
}

static void vnic_free(struct intmgr_vnic *vnic, void *va, size_t size)
{
	gen_pool_free(pool, (unsigned long)va, size);
}

static const struct intmgr_vnic_ops vnic_ops = {
	.read = vnic_read,
	.write = vnic_write,
	.alloc = vnic_alloc,
	.free = vnic_free,
};

static struct intmgr_vnic vnic = { .ops = &vnic_ops };

struct intmgr_vnic *intmgr_vnic_find(struct pci_dev *pdev)
{
	return bus_has(pdev) ? &vnic : NULL;
}
EXPORT_SYMBOL_GPL(intmgr_vnic_find);

void vnic_set_link(bool up)
{
	msi_ring(nic.ops->set_link(&nic, up));
}

static int pool_create(const struct nic_region *region)
{
	int err;

	pool = gen_pool_create(PAGE_SHIFT, NUMA_NO_NODE);
	if (!pool)
		return -ENOMEM;
	err = gen_pool_add_virt(pool, (unsigned long)region->va, region->bus,
				region->size, NUMA_NO_NODE);
	if (err)
		gen_pool_destroy(pool);
	return err;
}

int vnic_create(const struct nic_ops *model)
{
	nic.ops = model;
	nic.state = window_nic;
	nic.region[0] = window_pool;
	nic.regions = 1;
	model->power_on(&nic, vnic_mac);
	return pool_create(&nic.region[0]);
}

void vnic_destroy(void)
{
	/*
	 * gen_pool_destroy() is a BUG() while anything is allocated. A driver
	 * that leaked from the pool costs the pool's bitmap, not the kernel.
	 */
	if (WARN_ON(gen_pool_avail(pool) != gen_pool_size(pool)))
		return;
	gen_pool_destroy(pool);
}
