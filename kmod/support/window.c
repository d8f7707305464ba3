// SPDX-License-Identifier: GPL-2.0-only
/*
 * The support side's view of the window: what its header says is read once
 * and checked. The target may be a dying kernel, or one that never was.
 */
#include <linux/cpu.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <asm/smp.h>

#include "support/support.h"

#define WINDOW_MAX_SIZE	(8ULL << 30)

/*
 * How far the target's clock may be ahead. Both read one machine's TSC; more
 * than this is no time of day but garbage, which would never grow old.
 */
#define WINDOW_SKEW_MS	1

/* A part of the window that holds @least bytes, NULL if it does not lie in it. */
static void *view_area(const struct view *v, const struct intmgr_area *area,
		       u64 least)
{
	if (area->size < least || area->size > v->memory.size ||
	    area->offset > v->memory.size - area->size ||
	    !IS_ALIGNED(area->offset, 64))
		return NULL;
	return v->memory.va + area->offset;
}

static int view_nic(struct view *v, struct intmgr_window *header)
{
	header->model[sizeof(header->model) - 1] = 0;
	v->nic.ops = nic_model(header->model);
	if (!v->nic.ops)
		return -EPROTO;
	if (header->nic.size != v->nic.ops->state_size)
		return -EPROTO;		/* the two modules are not of one build */
	v->nic.state = view_area(v, &header->nic, v->nic.ops->state_size);
	v->nic.port = view_area(v, &header->port, sizeof(struct nic_port));
	v->nic.region[0] = (struct nic_region) {
		.bus = header->pool_bus,
		.size = header->pool.size,
		.va = view_area(v, &header->pool, 0),
		.extent = view_area(v, &header->extent,
				    DIV_ROUND_UP(header->pool.size, NIC_GRANULE) *
				    sizeof(u64)),
	};
	v->nic.regions = 1;
	v->polled = header->polled && v->nic.ops->poll;
	return v->nic.state && v->nic.port && v->nic.region[0].va &&
	       v->nic.region[0].extent &&
	       PAGE_ALIGNED(header->pool_bus) ? 0 : -EPROTO;
}

/* Fill in @v from the header, of which a copy is checked: it may change meanwhile. */
static int view_read(struct view *v)
{
	struct intmgr_window header;

	/* pairs with the target's release: the header is written */
	if (smp_load_acquire(&v->w->magic) != INTMGR_WINDOW_MAGIC)
		return -EPROTO;
	memcpy(&header, v->w, sizeof(header));
	if (header.revision != INTMGR_WINDOW_REVISION ||
	    header.header_size < sizeof(header) ||
	    header.size != v->memory.size)
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
	struct view now = { .memory = v->memory, .w = v->w };
	int err = view_read(&now);

	if (err)
		return err;
	return now.slot == v->slot && now.entry == v->entry &&
	       nic_is(&now.nic, &v->nic) ? 0 : -EPROTO;
}

/*
 * A CPU that is there and that this kernel does not run on: so a doorbell of
 * another kernel can neither interrupt this one nor be a broadcast.
 */
static int core_check(u32 apic_id)
{
	unsigned int cpu;

	for_each_present_cpu(cpu)
		if (per_cpu(x86_cpu_to_apicid, cpu) == apic_id)
			return cpu_online(cpu) ? -EADDRINUSE : 0;
	return -EINVAL;
}

static int cores_check(const struct view *v)
{
	const struct doorbell_reach *reach = &v->reach;
	unsigned int i;
	int err = 0;

	if (!reach->cores != !view_foreign(v))
		return -EINVAL;
	cpus_read_lock();
	for (i = 0; i < reach->cores && !err; i++)
		err = core_check(reach->apic_id[i]);
	cpus_read_unlock();
	return err;
}

struct view *view_open(u64 addr, u64 length, const struct doorbell_reach *reach)
{
	struct view *v;
	int err;

	if (!PAGE_ALIGNED(addr) || !PAGE_ALIGNED(length) ||
	    length < sizeof(struct intmgr_window) || length > WINDOW_MAX_SIZE ||
	    addr + length < addr)
		return ERR_PTR(-EINVAL);
	v = kzalloc(sizeof(*v), GFP_KERNEL);
	if (!v)
		return ERR_PTR(-ENOMEM);
	err = memory_take(&v->memory, addr, length);
	if (err)
		goto free;
	v->w = v->memory.va;
	v->reach = *reach;
	err = cores_check(v);
	if (err)
		goto drop;
	err = view_read(v);
	if (err)
		goto drop;
	return v;
drop:
	memory_drop(&v->memory);
free:
	kfree(v);
	return ERR_PTR(err);
}

void view_close(struct view *v)
{
	if (!v)
		return;
	memory_drop(&v->memory);
	kfree(v);
}

bool view_ring(const struct view *v, u32 doorbell)
{
	return doorbell_ring(&v->w->doorbell[doorbell], &v->reach);
}

bool view_ring_vectors(const struct view *v, u32 vectors)
{
	bool rung = false;
	u32 i;

	vectors &= GENMASK(NIC_MAX_VECTORS - 1, 0);
	for (; vectors; vectors &= vectors - 1) {
		i = __ffs(vectors);
		rung |= view_ring(v, INTMGR_DOORBELL_MSIX(i));
	}
	return rung;
}

void view_poll(struct view *v)
{
	u32 vectors;

	if (!v->polled || cmpxchg64(&v->w->polling, 0, 1))
		return;
	vectors = v->nic.ops->poll(&v->nic);
	/* What was done before is done for who polls next. */
	smp_store_release(&v->w->polling, 0);
	view_ring_vectors(v, vectors);
}

u64 view_latest(void)
{
	return clock_read() + WINDOW_SKEW_MS * tsc_khz;
}

u64 view_silent_ms(const struct view *v)
{
	u64 alive = READ_ONCE(v->w->alive), latest = view_latest();

	return alive > latest ? U64_MAX : div_u64(latest - alive, tsc_khz);
}
