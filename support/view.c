// SPDX-License-Identifier: GPL-2.0-only
/*
 * The support side's view of the window: what its header says is read once
 * and checked. The target may be a dying kernel, or one that never was.
 */
#include "support/support.h"

#define WINDOW_ALIGN	64	/* of an area, bytes */
#define POOL_ALIGN	4096	/* of the pool's bus address */

/*
 * How far the target's clock may be ahead. Both read one machine's TSC; more
 * than this is no time of day but garbage, which would never grow old.
 */
#define WINDOW_SKEW_MS	1

/* A part of the window that holds @least bytes, NULL if it does not lie in it. */
static void *view_area(const struct view *v, const struct intmgr_area *area,
		       u64 least)
{
	if (area->size < least || area->size > v->size ||
	    area->offset > v->size - area->size || area->offset % WINDOW_ALIGN)
		return NULL;
	return (void *)v->w + area->offset;
}

static int view_nic(struct view *v, struct intmgr_window *header)
{
	header->model[sizeof(header->model) - 1] = 0;
	v->nic.ops = nic_model(header->model);
	if (!v->nic.ops)
		return -EPROTO;
	if (header->nic.size != v->nic.ops->state_size)
		return -EPROTO;		/* the two sides are not of one build */
	v->nic.state = view_area(v, &header->nic, v->nic.ops->state_size);
	v->nic.port = view_area(v, &header->port, sizeof(struct nic_port));
	v->nic.region[0] = (struct nic_region) {
		.bus = header->pool_bus,
		.size = header->pool.size,
		.va = view_area(v, &header->pool, 0),
		.extent = view_area(v, &header->extent,
				    (header->pool.size + NIC_GRANULE - 1) /
					    NIC_GRANULE * sizeof(u64)),
	};
	v->nic.regions = 1;
	v->polled = header->polled && v->nic.ops->poll;
	return v->nic.state && v->nic.port && v->nic.region[0].va &&
	       v->nic.region[0].extent && !(header->pool_bus % POOL_ALIGN) ?
		       0 : -EPROTO;
}

/* A copy of the header is checked: it may change meanwhile. */
int view_read(struct view *v)
{
	struct intmgr_window header;

	/* pairs with the target's release: the header is written */
	if (port_load_acquire(&v->w->magic) != INTMGR_WINDOW_MAGIC)
		return -EPROTO;
	memcpy(&header, v->w, sizeof(header));
	if (header.revision != INTMGR_WINDOW_REVISION ||
	    header.header_size < sizeof(header) ||
	    header.size != v->size)
		return -EPROTO;
	if (!view_target_up(v))
		return -ENODEV;
	v->slot = view_area(v, &header.slots,
			    INTMGR_SLOTS * sizeof(struct intmgr_slot));
	v->entry = view_area(v, &header.entries,
			     INTMGR_ENTRIES * sizeof(struct intmgr_entry));
	if (!v->slot || !v->entry)
		return -EPROTO;
	return view_nic(v, &header);
}

static bool nic_is(const struct nic *a, const struct nic *b)
{
	return a->ops == b->ops && a->state == b->state &&
	       a->port == b->port &&
	       a->region[0].extent == b->region[0].extent &&
	       a->region[0].bus == b->region[0].bus &&
	       a->region[0].size == b->region[0].size &&
	       a->region[0].va == b->region[0].va;
}

int view_check_again(const struct view *v)
{
	struct view now = { .w = v->w, .size = v->size };
	int err = view_read(&now);

	if (err)
		return err;
	return now.slot == v->slot && now.entry == v->entry &&
	       nic_is(&now.nic, &v->nic) ? 0 : -EPROTO;
}

bool view_ring(const struct view *v, u32 doorbell)
{
	return doorbell_ring(v->w, doorbell, &v->line);
}

bool view_ring_vectors(const struct view *v, u32 vectors)
{
	bool rung = false;
	u32 i;

	for (i = 0; i < NIC_MAX_VECTORS && vectors >> i; i++)
		if (vectors >> i & 1)
			rung |= view_ring(v, INTMGR_DOORBELL_MSIX(i));
	return rung;
}

void view_poll(struct view *v)
{
	u32 vectors;

	if (!v->polled || !port_cas64((u64 *)&v->w->polling, 0, 1))
		return;
	vectors = v->nic.ops->poll(&v->nic);
	/* What was done before is done for who polls next. */
	port_store_release(&v->w->polling, 0);
	view_ring_vectors(v, vectors);
}

u64 view_latest(void)
{
	return clock_read() + WINDOW_SKEW_MS * clock_khz();
}

u64 view_silent_ms(const struct view *v)
{
	u64 alive = port_load(&v->w->alive), latest = view_latest();

	return alive > latest ? (~0ULL) : div_u64(latest - alive, clock_khz());
}
