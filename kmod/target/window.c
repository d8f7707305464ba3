// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function's window. The support side holds the pages, so they outlive the
 * function; what stays in them then is a target that is gone and has no
 * doorbells.
 */
#include <linux/mm.h>
#include <linux/string.h>

#include "target.h"

/*
 * Beyond the 52 bits of any x86 physical address: an address that a driver
 * did not take from the DMA API is never inside the pool.
 */
#define POOL_BUS	(1ULL << 52)

/* Place @size bytes behind all that is placed already. */
static void place(u64 *end, struct intmgr_area *area, u64 size)
{
	area->offset = *end;
	area->size = size;
	*end += PAGE_ALIGN(size);
}

static u64 extents(u64 pool_size)
{
	return DIV_ROUND_UP(pool_size, NIC_GRANULE) * sizeof(u64);
}

/* All but what describes the pool, and the pool, which is the last. */
static void lay_out(struct intmgr_window *w, u32 state_size, u32 sink)
{
	w->size = PAGE_ALIGN(sizeof(*w));
	place(&w->size, &w->nic, state_size);
	place(&w->size, &w->port, sizeof(struct nic_port));
	place(&w->size, &w->slots, INTMGR_SLOTS * sizeof(struct intmgr_slot));
	place(&w->size, &w->entries,
	      INTMGR_ENTRIES * sizeof(struct intmgr_entry));
	place(&w->size, &w->agent, INTMGR_AGENT_SIZE);
	place(&w->size, &w->sent,
	      sink == INTMGR_SINK_WINDOW ? INTMGR_SENT_SIZE : 0);
}

/* A window of a fixed size is as large as it is: pool and extents get the rest. */
static u64 pool_that_fits(u64 taken)
{
	u64 left = memory_fixed() > taken ? memory_fixed() - taken : 0;
	u64 extent = PAGE_ALIGN(extents(left));

	return left > extent ? left - extent : 0;
}

/* Where the areas that this side uses lie. */
static void find_areas(struct function *f, const struct intmgr_window *layout)
{
	void *w = f->window;

	f->slots = w + layout->slots.offset;
	f->entries = w + layout->entries.offset;
	f->extent = w + layout->extent.offset;
	f->pool = (struct nic_region){
		.bus = layout->pool_bus,
		.size = layout->pool.size,
		.va = w + layout->pool.offset,
		.extent = f->extent,
	};
	frame_ring_open(&f->wire.ring, w + layout->sent.offset,
			layout->sent.size);
	f->nic.state = w + layout->nic.offset;
	f->nic.port = w + layout->port.offset;
	f->nic.region[0] = f->pool;
	f->nic.regions = 1;
}

int window_create(struct function *f, u64 pool_size)
{
	const struct nic_ops *model = f->nic.ops;
	struct intmgr_window layout = {
		.revision = INTMGR_WINDOW_REVISION,
		.header_size = sizeof(layout),
		.pool_bus = POOL_BUS,
		.polled = f->attachment == INTMGR_ATTACH_POLL,
	};

	BUILD_BUG_ON(sizeof(struct intmgr_slot) != SMP_CACHE_BYTES);
	BUILD_BUG_ON(ARRAY_SIZE(f->window->doorbell) <
		     INTMGR_DOORBELL_MSIX(NIC_MAX_VECTORS));

	strscpy(layout.model, model->name, sizeof(layout.model));
	lay_out(&layout, model->state_size, f->wire.sink);
	if (memory_fixed())
		pool_size = pool_that_fits(layout.size);
	if (!pool_size)
		return -ENOSPC;
	place(&layout.size, &layout.extent, extents(pool_size));
	place(&layout.size, &layout.pool, pool_size);
	/* Less than a page of extents may be left over. */
	if (memory_fixed())
		layout.size = memory_fixed();
	f->window = memory_get(layout.size);
	if (!f->window)
		return -ENOMEM;
	memory_touch(f->window, layout.agent.offset);
	*f->window = layout;
	find_areas(f, &layout);
	return 0;
}

void window_destroy(struct function *f)
{
	memory_put(f->window);
}

void window_publish(struct function *f)
{
	WRITE_ONCE(f->window->state, INTMGR_TARGET_UP);
	/* A window with its magic is complete. */
	smp_store_release(&f->window->magic, INTMGR_WINDOW_MAGIC);
	node_tell(INTMGR_NODE_UP);
}

void window_retire(struct function *f)
{
	WRITE_ONCE(f->window->state, INTMGR_TARGET_GONE);
	node_tell(INTMGR_NODE_STARTED);
}

void window_abandon(struct function *f)
{
	int i;

	for (i = 0; i < INTMGR_DOORBELLS; i++)
		WRITE_ONCE(f->window->doorbell[i], 0);
	/* Pairs with whoever asks why: what was written before tells it. */
	smp_store_release(&f->window->state, INTMGR_TARGET_GONE);
}
