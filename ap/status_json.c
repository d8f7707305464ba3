// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr status for a program.
 */
#include "status.h"

#include <json-c/json.h>

#include "kmod/window.h"

static void add(struct json_object *o, const char *key, struct json_object *v)
{
	json_object_object_add(o, key, v);
}

static void add_u64(struct json_object *o, const char *key, u64 value)
{
	add(o, key, json_object_new_uint64(value));
}

static void add_bool(struct json_object *o, const char *key, bool value)
{
	add(o, key, json_object_new_boolean(value));
}

static void add_text(struct json_object *o, const char *key, const char *text)
{
	add(o, key, text[0] ? json_object_new_string(text) : NULL);
}

static struct json_object *json_modules(const struct status *s)
{
	struct json_object *o = json_object_new_object();

	add_bool(o, "intmgr", s->support);
	add_bool(o, "intmgr_target", s->target);
	add_bool(o, "intmgr_node", s->node);
	return o;
}

static struct json_object *json_interface(const struct status_function *f)
{
	struct json_object *o;
	char mac[18];

	if (!f->linked)
		return NULL;
	o = json_object_new_object();
	add_text(o, "name", f->link.name);
	add_text(o, "mac", status_mac(&f->link, mac));
	add_u64(o, "mtu", f->link.mtu);
	add_bool(o, "up", f->link.up);
	add_bool(o, "carrier", f->link.carrier);
	add_u64(o, "ring", f->ring.rx);
	add_u64(o, "ring_max", f->ring.rx_max);
	add_u64(o, "queues", f->channels.now);
	add_u64(o, "queues_max", f->channels.most);
	return o;
}

static struct json_object *json_ring(const struct intmgr_query *q)
{
	struct json_object *o = json_object_new_object();

	add_u64(o, "base", q->rx_base);
	add_u64(o, "count", q->rx_count);
	add_u64(o, "head", q->rx_head);
	add_u64(o, "tail", q->rx_tail);
	return o;
}

static struct json_object *json_doorbell(const struct status_function *f, u32 i)
{
	struct json_object *o = json_object_new_object();
	u64 bell = f->query.doorbell[i];
	char name[16];

	add_text(o, "name", status_doorbell_name(f, i, name));
	add_bool(o, "asked", bell);
	add_u64(o, "vector", bell & INTMGR_DOORBELL_VECTOR);
	add_u64(o, "destination", bell >> INTMGR_DOORBELL_DEST_SHIFT);
	add_bool(o, "masked", bell & INTMGR_DOORBELL_MASKED);
	add_bool(o, "pending", bell & INTMGR_DOORBELL_PENDING);
	add_u64(o, "handled", f->query.handled[i]);
	return o;
}

static struct json_object *json_doorbells(const struct status_function *f)
{
	const struct intmgr_query *q = &f->query;
	struct json_object *o = json_object_new_array();
	u32 i;

	for (i = 0; i < q->doorbells && i < ARRAY_SIZE(q->doorbell); i++)
		json_object_array_add(o, json_doorbell(f, i));
	return o;
}

/* What the list says of a function, and how it is now. */
static struct json_object *json_function(const struct status_function *f)
{
	struct json_object *o = function_json(f->entry);

	add_bool(o, "attached", f->attached);
	add(o, "link", json_interface(f));
	add(o, "nic_ring", json_ring(&f->query));
	add_u64(o, "nic_queues", f->query.queues);
	add_u64(o, "nic_queues_max", f->query.queues_max);
	add(o, "doorbells", json_doorbells(f));
	return o;
}

static struct json_object *json_functions(const struct status *s)
{
	struct json_object *o = json_object_new_array();
	u32 i;

	for (i = 0; i < s->functions.functions; i++)
		json_object_array_add(o, json_function(&s->function[i]));
	return o;
}

/* Of the first function, what there was when there could be only one. */
static void add_first(struct json_object *o, const struct status *s)
{
	static const struct function_entry nobody;
	static const struct status_function none = { .entry = &nobody };
	const struct status_function *f =
		s->functions.functions ? &s->function[0] : &none;
	const struct intmgr_query *q = &f->query;

	add_bool(o, "attached", f->attached);
	add_bool(o, "target_up", q->target_up);
	add_u64(o, "target_cpu", q->target_cpu);
	add_bool(o, "running", q->running);
	add_text(o, "function", f->entry->info.bdf);
	add_text(o, "model", f->entry->info.model);
	add_text(o, "driver", function_driver(f->entry));
	add(o, "interface", json_interface(f));
	add(o, "nic_ring", json_ring(q));
	add(o, "doorbells", json_doorbells(f));
}

struct json_object *status_json(const struct status *s)
{
	struct json_object *o = json_object_new_object();

	add(o, "modules", json_modules(s));
	add_first(o, s);
	add(o, "functions", json_functions(s));
	add(o, "nodes", node_list_json(&s->nodes));
	return o;
}
