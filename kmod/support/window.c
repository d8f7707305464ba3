// SPDX-License-Identifier: GPL-2.0-only
/*
 * The support side's view of the window. The program that attaches has the
 * window mapped; its pages are pinned here, so they stay whatever becomes of
 * the module that allocated them.
 */
#include <linux/err.h>
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "support/support.h"

#define WINDOW_MAX_SIZE	(8ULL << 30)

static int view_pin(struct view *v, u64 addr)
{
	unsigned long done = 0;
	int n;

	v->page = kvmalloc_array(v->pages, sizeof(*v->page), GFP_KERNEL);
	if (!v->page)
		return -ENOMEM;
	while (done < v->pages) {
		n = pin_user_pages_fast(addr + (done << PAGE_SHIFT),
					min(v->pages - done, 4096UL),
					FOLL_WRITE | FOLL_LONGTERM,
					v->page + done);
		if (n <= 0)
			break;
		done += n;
	}
	if (done == v->pages)
		return 0;
	unpin_user_pages(v->page, done);
	kvfree(v->page);
	return n < 0 ? n : -EFAULT;
}

/* @area as this side sees it, NULL unless it lies in the window and holds @least bytes. */
static void *view_area(const struct view *v, const struct intmgr_area *area,
		       u64 least)
{
	u64 offset = READ_ONCE(area->offset), size = READ_ONCE(area->size);

	if (size < least || size > v->size || offset > v->size - size ||
	    !IS_ALIGNED(offset, 64))
		return NULL;
	return (void *)v->w + offset;
}

static int view_nic(struct view *v)
{
	struct nic_region *pool = &v->nic.region[0];
	char model[sizeof(v->w->model)];

	strscpy(model, v->w->model, sizeof(model));
	v->nic.ops = nic_model(model);
	if (!v->nic.ops)
		return -EPROTO;
	if (READ_ONCE(v->w->nic.size) != v->nic.ops->state_size)
		return -EPROTO;		/* the two modules are not of one build */
	v->nic.state = view_area(v, &v->w->nic, v->nic.ops->state_size);
	pool->bus = READ_ONCE(v->w->pool_bus);
	pool->size = READ_ONCE(v->w->pool.size);
	pool->va = view_area(v, &v->w->pool, pool->size);
	v->nic.regions = 1;
	v->rx_doorbell = INTMGR_DOORBELL_MSIX(v->nic.ops->rx_vector);
	return v->nic.state && pool->va ? 0 : -EPROTO;
}

static int view_check(struct view *v)
{
	/* pairs with the target's release: the header is written */
	if (smp_load_acquire(&v->w->magic) != INTMGR_WINDOW_MAGIC ||
	    v->w->revision != INTMGR_WINDOW_REVISION ||
	    v->w->header_size < sizeof(*v->w) || v->w->size != v->size)
		return -EPROTO;
	if (!view_target_up(v))
		return -ENODEV;
	strscpy(v->bdf, v->w->bdf, sizeof(v->bdf));
	v->slot = view_area(v, &v->w->slots,
			    INTMGR_SLOTS * sizeof(struct intmgr_slot));
	v->entry = view_area(v, &v->w->entries,
			     INTMGR_ENTRIES * sizeof(struct intmgr_entry));
	if (!v->slot || !v->entry)
		return -EPROTO;
	return view_nic(v);
}

struct view *view_open(u64 addr, u64 length)
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
	v->size = length;
	v->pages = length >> PAGE_SHIFT;
	err = view_pin(v, addr);
	if (err)
		goto free;
	err = -ENOMEM;
	v->w = vmap(v->page, v->pages, VM_MAP, PAGE_KERNEL);
	if (!v->w)
		goto unpin;
	err = view_check(v);
	if (err)
		goto unmap;
	return v;
unmap:
	vunmap(v->w);
unpin:
	unpin_user_pages(v->page, v->pages);
	kvfree(v->page);
free:
	kfree(v);
	return ERR_PTR(err);
}

void view_close(struct view *v)
{
	if (!v)
		return;
	vunmap(v->w);
	unpin_user_pages_dirty_lock(v->page, v->pages, true);
	kvfree(v->page);
	kfree(v);
}

bool view_ring(const struct view *v, u32 doorbell)
{
	return doorbell_ring(&v->w->doorbell[doorbell], &v->reach);
}
