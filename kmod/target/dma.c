// SPDX-License-Identifier: GPL-2.0-only
/*
 * The DMA API of a function. All memory that its NIC may touch lies in the
 * window's pool: what a driver maps for a transfer is bounced, as by swiotlb,
 * and what it allocates for long lies there. So the support side writes only
 * what the window declared (contract 3), in this kernel and in a node; and for
 * each granule of the pool, window.extent says what is mapped at the time, so a
 * stale or invented address is refused as by an IOMMU.
 *
 * A mapping starts at a granule. Drivers map and unmap a buffer a frame, so
 * freed blocks of the usual sizes are kept in lists, and go back to the general
 * pool only when that has no room.
 */
#include <linux/dma-map-ops.h>
#include <linux/genalloc.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

#include "compat.h"
#include "target.h"

struct dma_granule {
	void *orig;	/* the driver's memory behind this granule; NULL: none, it is the pool's own */
	u32 count;	/* granules of the mapping that begins here; 0: none does */
	u32 next;	/* in a list of free blocks: the next one's granule + 1 */
};

static struct function *function_of(struct device *dev)
{
	return bus_function(to_pci_dev(dev));
}

static void *granule_va(struct function *f, u32 g)
{
	return f->pool.va + (u64)g * NIC_GRANULE;
}

static dma_addr_t granule_bus(struct function *f, u32 g)
{
	return f->pool.bus + (u64)g * NIC_GRANULE;
}

/* ---- blocks ---- */

static u32 granules(size_t size)
{
	return DIV_ROUND_UP(size, NIC_GRANULE);
}

static unsigned int order_of(u32 count)
{
	return order_base_2(count);
}

/* What a block for @count granules takes, bytes; one of a list its list's size. */
static size_t block_size(u32 count)
{
	unsigned int order = order_of(count);

	return (size_t)NIC_GRANULE * (order < DMA_ORDERS ? 1 << order : count);
}

/* Free blocks of all lists go back to where they join. Under the lock. */
static void lists_empty(struct function *f)
{
	struct dma_pool_state *p = &f->dma;
	unsigned int order;
	u32 g;

	for (order = 0; order < DMA_ORDERS; order++)
		for (g = p->free[order]; g; g = p->free[order]) {
			p->free[order] = p->granule[g - 1].next;
			gen_pool_free(p->all,
				      (unsigned long)granule_va(f, g - 1),
				      NIC_GRANULE << order);
		}
}

/* @align: bytes, a power of two. Returns the granule + 1, 0: no room. */
static u32 block_find(struct function *f, size_t size, size_t align)
{
	struct genpool_data_align data = { .align = align };
	unsigned long va;

	va = gen_pool_alloc_algo(f->dma.all, size, gen_pool_first_fit_align,
				 &data);
	return va ? (va - (unsigned long)f->pool.va) / NIC_GRANULE + 1 : 0;
}

static u32 block_take(struct function *f, u32 count, size_t align)
{
	struct dma_pool_state *p = &f->dma;
	unsigned int order = order_of(count);
	size_t size = block_size(count);
	unsigned long flags;
	u32 g;

	spin_lock_irqsave(&p->lock, flags);
	g = align <= NIC_GRANULE && order < DMA_ORDERS ? p->free[order] : 0;
	if (g) {
		p->free[order] = p->granule[g - 1].next;
	} else {
		g = block_find(f, size, align);
		if (!g) {
			lists_empty(f);
			g = block_find(f, size, align);
		}
	}
	spin_unlock_irqrestore(&p->lock, flags);
	if (g)
		atomic64_add(size, &p->used);
	return g;
}

static void block_put(struct function *f, u32 g, u32 count)
{
	struct dma_pool_state *p = &f->dma;
	unsigned int order = order_of(count);
	size_t size = block_size(count);
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	if (order < DMA_ORDERS) {
		p->granule[g].next = p->free[order];
		p->free[order] = g + 1;
	} else {
		gen_pool_free(p->all, (unsigned long)granule_va(f, g), size);
	}
	spin_unlock_irqrestore(&p->lock, flags);
	atomic64_sub(size, &p->used);
}

/* ---- mappings ---- */

/* @orig: the driver's memory, NULL: none. */
static void mapping_set(struct function *f, u32 g, void *orig, size_t size,
			bool readonly)
{
	u64 extent = (u64)g * NIC_GRANULE + size;
	u32 i, count = granules(size);

	if (readonly)
		extent |= NIC_EXTENT_READONLY;
	f->dma.granule[g].count = count;
	for (i = 0; i < count; i++) {
		f->dma.granule[g + i].orig = orig ? orig + i * NIC_GRANULE : NULL;
		WRITE_ONCE(f->extent[g + i], extent);
	}
}

/* The granule of a mapping that begins at @bus, false: none does. */
static bool mapping_find(struct function *f, dma_addr_t bus, u32 *g)
{
	u64 at = bus - f->pool.bus;

	*g = at / NIC_GRANULE;
	return at < f->pool.size && IS_ALIGNED(at, NIC_GRANULE) &&
	       f->dma.granule[*g].count;
}

static void mapping_clear(struct function *f, u32 g)
{
	u32 i, count = f->dma.granule[g].count;

	for (i = 0; i < count; i++)
		WRITE_ONCE(f->extent[g + i], 0);
	f->dma.granule[g].count = 0;
	block_put(f, g, count);
}

/* Copy @size bytes at @bus, which may lie anywhere in a mapping. */
static void bounce(struct function *f, dma_addr_t bus, size_t size,
		   bool to_device)
{
	u64 at = bus - f->pool.bus;
	void *pool = f->pool.va + at, *orig;

	if (at >= f->pool.size || size > f->pool.size - at)
		return;
	orig = f->dma.granule[at / NIC_GRANULE].orig;
	if (!orig)
		return;
	orig += at % NIC_GRANULE;
	if (to_device)
		memcpy(pool, orig, size);
	else
		memcpy(orig, pool, size);
	atomic64_add(size, &f->dma.bounced);
}

static dma_addr_t map(struct device *dev, void *va, size_t size,
		      enum dma_data_direction dir, unsigned long attrs)
{
	struct function *f = function_of(dev);
	u32 g = block_take(f, granules(size), NIC_GRANULE);

	if (!g)
		return DMA_MAPPING_ERROR;
	mapping_set(f, g - 1, va, size, dir == DMA_TO_DEVICE);
	if (dir != DMA_FROM_DEVICE && !(attrs & DMA_ATTR_SKIP_CPU_SYNC))
		bounce(f, granule_bus(f, g - 1), size, true);
	return granule_bus(f, g - 1);
}

static void unmap(struct device *dev, dma_addr_t bus, size_t size,
		  enum dma_data_direction dir, unsigned long attrs)
{
	struct function *f = function_of(dev);
	u32 g;

	if (!mapping_find(f, bus, &g)) {
		dev_warn_once(dev, "%pad is unmapped, and was not mapped\n", &bus);
		return;
	}
	if (dir != DMA_TO_DEVICE && !(attrs & DMA_ATTR_SKIP_CPU_SYNC))
		bounce(f, bus, size, false);
	mapping_clear(f, g);
}

/* ---- the pool's own memory ---- */

void *dma_take(struct function *f, size_t size, dma_addr_t *bus)
{
	u32 g;

	size = PAGE_ALIGN(size);
	g = block_take(f, granules(size), PAGE_SIZE);
	if (!g)
		return NULL;
	mapping_set(f, g - 1, NULL, size, false);
	*bus = granule_bus(f, g - 1);
	return memset(granule_va(f, g - 1), 0, size);
}

void dma_give_back(struct function *f, dma_addr_t bus)
{
	u32 g;

	if (mapping_find(f, bus, &g))
		mapping_clear(f, g);
}

/* ---- the operations ---- */

static void *ops_alloc(struct device *dev, size_t size, dma_addr_t *bus,
		       gfp_t gfp, unsigned long attrs)
{
	return dma_take(function_of(dev), size, bus);
}

static void ops_free(struct device *dev, size_t size, void *va, dma_addr_t bus,
		     unsigned long attrs)
{
	dma_give_back(function_of(dev), bus);
}

#if COMPAT_DMA_MAP_PHYS
static dma_addr_t ops_map(struct device *dev, phys_addr_t phys, size_t size,
			  enum dma_data_direction dir, unsigned long attrs)
{
	return map(dev, phys_to_virt(phys), size, dir, attrs);
}
#else
static dma_addr_t ops_map(struct device *dev, struct page *page,
			  unsigned long offset, size_t size,
			  enum dma_data_direction dir, unsigned long attrs)
{
	return map(dev, page_address(page) + offset, size, dir, attrs);
}
#endif

static void ops_unmap_sg(struct device *dev, struct scatterlist *list, int count,
			 enum dma_data_direction dir, unsigned long attrs)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(list, sg, count, i)
		unmap(dev, sg->dma_address, sg_dma_len(sg), dir, attrs);
}

static int ops_map_sg(struct device *dev, struct scatterlist *list, int count,
		      enum dma_data_direction dir, unsigned long attrs)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(list, sg, count, i) {
		sg->dma_address = map(dev, sg_virt(sg), sg->length, dir, attrs);
		sg_dma_len(sg) = sg->length;
		if (sg->dma_address == DMA_MAPPING_ERROR) {
			ops_unmap_sg(dev, list, i, dir, attrs);
			return -ENOMEM;
		}
	}
	return count;
}

static void ops_sync_for_cpu(struct device *dev, dma_addr_t bus, size_t size,
			     enum dma_data_direction dir)
{
	if (dir != DMA_TO_DEVICE)
		bounce(function_of(dev), bus, size, false);
}

static void ops_sync_for_device(struct device *dev, dma_addr_t bus,
				size_t size, enum dma_data_direction dir)
{
	if (dir != DMA_FROM_DEVICE)
		bounce(function_of(dev), bus, size, true);
}

static void ops_sync_sg_for_cpu(struct device *dev, struct scatterlist *list,
				int count, enum dma_data_direction dir)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(list, sg, count, i)
		ops_sync_for_cpu(dev, sg->dma_address, sg->length, dir);
}

static void ops_sync_sg_for_device(struct device *dev, struct scatterlist *list,
				   int count, enum dma_data_direction dir)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(list, sg, count, i)
		ops_sync_for_device(dev, sg->dma_address, sg->length, dir);
}

/* Bus addresses need more bits than any part of before 64-bit DMA has. */
static int ops_supported(struct device *dev, u64 mask)
{
	struct function *f = function_of(dev);

	return mask >= f->pool.bus + f->pool.size - 1;
}

static u64 ops_required_mask(struct device *dev)
{
	return DMA_BIT_MASK(64);
}

static const struct dma_map_ops function_dma_ops = {
	.alloc = ops_alloc,
	.free = ops_free,
#if COMPAT_DMA_MAP_PHYS
	.map_phys = ops_map,
	.unmap_phys = unmap,
#else
	.map_page = ops_map,
	.unmap_page = unmap,
#endif
	.map_sg = ops_map_sg,
	.unmap_sg = ops_unmap_sg,
	.sync_single_for_cpu = ops_sync_for_cpu,
	.sync_single_for_device = ops_sync_for_device,
	.sync_sg_for_cpu = ops_sync_sg_for_cpu,
	.sync_sg_for_device = ops_sync_sg_for_device,
	.dma_supported = ops_supported,
	.get_required_mask = ops_required_mask,
};

void dma_adopt(struct function *f, struct device *dev)
{
	set_dma_ops(dev, &function_dma_ops);
}

/* ---- life ---- */

static int pool_create(struct function *f)
{
	struct dma_pool_state *p = &f->dma;
	int err;

	p->all = gen_pool_create(ilog2(NIC_GRANULE), NUMA_NO_NODE);
	if (!p->all)
		return -ENOMEM;
	err = gen_pool_add_virt(p->all, (unsigned long)f->pool.va, f->pool.bus,
				f->pool.size, NUMA_NO_NODE);
	if (err)
		gen_pool_destroy(p->all);
	return err;
}

int dma_create(struct function *f)
{
	struct dma_pool_state *p = &f->dma;
	int err;

	spin_lock_init(&p->lock);
	p->granule = kvcalloc(granules(f->pool.size), sizeof(*p->granule),
			      GFP_KERNEL);
	if (!p->granule)
		return -ENOMEM;
	err = pool_create(f);
	if (err)
		kvfree(p->granule);
	return err;
}

/* What a driver has not given back when it is gone, it never will. */
static void forget_leaks(struct function *f)
{
	u32 g, leaks = 0;

	for (g = 0; g < granules(f->pool.size); g++) {
		if (!f->dma.granule[g].count)
			continue;
		mapping_clear(f, g);
		leaks++;
	}
	if (leaks)
		pr_warn("intmgr: function %u (%s): its driver left %u DMA mappings behind\n",
			f->id, f->window->bdf, leaks);
}

void dma_destroy(struct function *f)
{
	struct dma_pool_state *p = &f->dma;

	forget_leaks(f);
	lists_empty(f);
	gen_pool_destroy(p->all);
	kvfree(p->granule);
}
