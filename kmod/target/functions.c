// SPDX-License-Identifier: GPL-2.0-only
/*
 * The functions of this kernel: what they are made of, and who may use them.
 *
 * A function is in the table while it is whole. Trap, probes and interrupts
 * look it up there under RCU; everybody else holds functions_lock or, for the
 * struct alone, a reference.
 */
#include <linux/err.h>
#include <linux/rcupdate.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include "target.h"

/*
 * 4096 buffers of 16 KiB, and the rings; for each further queue 4096 of a page.
 */
#define POOL_MB		80
#define POOL_MB_QUEUE	16

DEFINE_MUTEX(functions_lock);

static struct function __rcu *table[INTMGR_FUNCTIONS];
static DEFINE_MUTEX(change_lock);	/* one is made or taken away at a time */

static int nic_power_on(struct function *f)
{
	/* Locally administered; the driver reads it from the model's NVM. */
	const u8 mac[6] = { 0x02, 'i', 'n', 't', 'm', f->id };

	f->nic.ops->power_on(&f->nic, mac);
	return 0;
}

static void nic_power_off(struct function *f)
{
}

/* In the order in which they are made. The window is older than all. */
static const struct function_part {
	int (*create)(struct function *f);
	void (*destroy)(struct function *f);
} function_parts[] = {
	{ entry_create, entry_destroy },
	{ dma_create, dma_destroy },
	{ wire_create, wire_destroy },
	{ nic_power_on, nic_power_off },
	{ agent_create, agent_destroy },
	{ worker_create, worker_destroy },
#ifdef CONFIG_UML
	{ raised_create, raised_destroy },
#endif
	{ msi_function_create, msi_function_destroy },
	{ alive_create, alive_destroy },
	{ poll_create, poll_destroy },
	{ bus_create, bus_destroy },
	{ vnic_create, vnic_destroy },
};

static void parts_destroy(struct function *f, int count)
{
	while (count--)
		function_parts[count].destroy(f);
}

static int parts_create(struct function *f)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(function_parts); i++) {
		err = function_parts[i].create(f);
		if (err) {
			parts_destroy(f, i);
			return err;
		}
	}
	return 0;
}

static void function_free(struct kref *ref)
{
	kfree(container_of(ref, struct function, ref));
}

void functions_put(struct function *f)
{
	kref_put(&f->ref, function_free);
}

struct function *functions_at(u32 id)
{
	if (!id || id > INTMGR_FUNCTIONS)
		return NULL;
	return rcu_dereference_check(table[id - 1], true);
}

struct function *functions_next(u32 id)
{
	struct function *f;

	for (; id <= INTMGR_FUNCTIONS; id++) {
		f = functions_at(id);
		if (f)
			return f;
	}
	return NULL;
}

struct function *functions_get(u32 id)
{
	struct function *f;

	mutex_lock(&functions_lock);
	f = functions_at(id);
	if (f)
		kref_get(&f->ref);
	mutex_unlock(&functions_lock);
	return f;
}

static u32 id_free(void)
{
	u32 id;

	for (id = 1; id <= INTMGR_FUNCTIONS; id++)
		if (!rcu_access_pointer(table[id - 1]))
			return id;
	return 0;
}

static struct function *function_new(const struct intmgr_create *spec, u32 id)
{
	struct function *f = kzalloc(sizeof(*f), GFP_KERNEL);

	if (!f)
		return NULL;
	f->id = id;
	f->attachment = spec->attachment;
	f->temporary = spec->flags & INTMGR_CREATE_TEMPORARY;
	f->nic.ops = nic_model(spec->model);
	f->wire.sink = spec->sink;
	kref_init(&f->ref);
	return f;
}

static u32 pool_default(const struct nic_ops *model)
{
	return POOL_MB + (model->queues - 1) * POOL_MB_QUEUE;
}

static int function_build(struct function *f, u32 pool_mb)
{
	int err;

	if (!pool_mb)
		pool_mb = pool_default(f->nic.ops);
	err = window_create(f, (u64)pool_mb * SZ_1M);
	if (err)
		return err;
	err = parts_create(f);
	if (err)
		window_destroy(f);
	return err;
}

static struct function *add(const struct intmgr_create *spec)
{
	u32 id = id_free();
	struct function *f;
	int err;

	/* Where the window's memory is fixed, there is one window. */
	if (!id || (memory_fixed() && id != 1))
		return ERR_PTR(-ENOSPC);
	f = function_new(spec, id);
	if (!f)
		return ERR_PTR(-ENOMEM);
	err = function_build(f, spec->pool_mb);
	if (err) {
		functions_put(f);
		return ERR_PTR(err);
	}
	kref_get(&f->ref);	/* the caller's, before anybody may remove it */
	window_publish(f);
	mutex_lock(&functions_lock);
	rcu_assign_pointer(table[id - 1], f);
	mutex_unlock(&functions_lock);
	/* Traps find it now, so drivers may come. */
	bus_enable(f);
	return f;
}

struct function *functions_add(const struct intmgr_create *spec)
{
	const struct nic_ops *model = nic_model(spec->model);
	struct function *f;

	if (!model)
		return ERR_PTR(-ENOENT);
	if (spec->attachment == INTMGR_ATTACH_POLL && !model->poll)
		return ERR_PTR(-EOPNOTSUPP);
	mutex_lock(&change_lock);
	f = add(spec);
	mutex_unlock(&change_lock);
	return f;
}

/* No cable leads to a function that goes. */
static void unplug_peers(struct function *f)
{
	struct function *other;

	mutex_lock(&functions_lock);
	for_each_function(other)
		if (rcu_access_pointer(other->wire.peer) == f)
			wire_set_sink(other, INTMGR_SINK_DROP, NULL);
	mutex_unlock(&functions_lock);
}

/*
 * The driver's last accesses still find the function; then nobody finds it any
 * more, and what it was made of goes.
 */
static void take_away(struct function *f)
{
	unplug_peers(f);
	window_retire(f);
	bus_disable(f);
	mutex_lock(&functions_lock);
	WRITE_ONCE(f->removed, true);
	RCU_INIT_POINTER(table[f->id - 1], NULL);
	mutex_unlock(&functions_lock);
	synchronize_rcu();
	parts_destroy(f, ARRAY_SIZE(function_parts));
	window_destroy(f);
	functions_put(f);
}

void functions_remove(struct function *f)
{
	mutex_lock(&change_lock);
	if (!f->removed)
		take_away(f);
	mutex_unlock(&change_lock);
}

void functions_remove_all(void)
{
	struct function *f;
	u32 id;

	for (id = 1; id <= INTMGR_FUNCTIONS; id++) {
		f = functions_get(id);
		if (!f)
			continue;
		functions_remove(f);
		functions_put(f);
	}
}
