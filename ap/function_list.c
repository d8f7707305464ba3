// SPDX-License-Identifier: GPL-2.0-only
#include "function_list.h"

#include <json-c/json.h>

#include "driver.h"
#include "fault_list.h"
#include "number.h"
#include "sink.h"
#include "target_device.h"

void function_list_read(struct function_list *list, int fd)
{
	struct function_entry *entry;
	u32 id;

	list->functions = 0;
	for (id = 1; fd >= 0 && id <= INTMGR_FUNCTIONS; id++) {
		entry = &list->entry[list->functions];
		if (target_function(fd, id, &entry->info))
			continue;
		function_read(&entry->sysfs, entry->info.bdf);
		list->functions++;
	}
}

const char *function_driver(const struct function_entry *entry)
{
	const struct driver *usual = driver_of_model(entry->info.model);

	if (usual && !strcmp(usual->pci, entry->sysfs.driver))
		return usual->name;
	return entry->sysfs.driver;
}

/* ---- for a person ---- */

static const char *or_dash(const char *text)
{
	return text[0] ? text : "-";
}

static const char *state_text(const struct intmgr_function *f)
{
	if (f->dead)
		return "dead";
	return f->temporary ? "temporary" : "-";
}

static void write_function(const struct function_entry *entry, FILE *out)
{
	const struct intmgr_function *f = &entry->info;
	char sink[16], pool[32], accesses[48], frames[80];

	snprintf(accesses, sizeof(accesses), "%llu/%llu", f->accesses,
		 f->trapped);
	snprintf(frames, sizeof(frames), "%llu/%llu/%llu", f->sent,
		 f->returned, f->refused);
	fprintf(out, "%-3u %-10s %-8s %-11s %-13s %-10s %6u  %-7s %-8s %-17s %-20s %6u  %s\n",
		f->id, or_dash(function_driver(entry)),
		driver_attachment_name(f->attachment), f->model, f->bdf,
		or_dash(entry->sysfs.interface), f->queues,
		sink_text(f->sink, f->peer, sink),
		number_show_size(f->pool_size, pool), accesses, frames,
		f->faults, state_text(f));
}

void function_list_write(const struct function_list *list, FILE *out)
{
	u32 i;

	if (!list->functions)
		return;
	fprintf(out, "%-3s %-10s %-8s %-11s %-13s %-10s %6s  %-7s %-8s %-17s %-20s %6s  %s\n",
		"id", "driver", "attach", "model", "function", "interface",
		"queues", "sink", "pool", "accesses/trapped",
		"sent/returned/refused", "faults", "state");
	for (i = 0; i < list->functions; i++)
		write_function(&list->entry[i], out);
}

/* ---- for a program ---- */

static void add(struct json_object *o, const char *key, struct json_object *v)
{
	json_object_object_add(o, key, v);
}

static void add_u64(struct json_object *o, const char *key, u64 value)
{
	add(o, key, json_object_new_uint64(value));
}

static void add_text(struct json_object *o, const char *key, const char *text)
{
	add(o, key, text[0] ? json_object_new_string(text) : NULL);
}

static void add_bool(struct json_object *o, const char *key, bool value)
{
	add(o, key, json_object_new_boolean(value));
}

static void add_figures(struct json_object *o, const struct intmgr_function *f)
{
	add_u64(o, "pool_size", f->pool_size);
	add_u64(o, "pool_used", f->pool_used);
	add_u64(o, "accesses", f->accesses);
	add_u64(o, "trapped", f->trapped);
	add_u64(o, "sent", f->sent);
	add_u64(o, "sent_bytes", f->sent_bytes);
	add_u64(o, "returned", f->returned);
	add_u64(o, "refused", f->refused);
	add_u64(o, "bounced", f->bounced);
}

struct json_object *function_json(const struct function_entry *entry)
{
	struct json_object *o = json_object_new_object();
	const struct intmgr_function *f = &entry->info;
	char sink[16];

	add_u64(o, "id", f->id);
	add_text(o, "driver", function_driver(entry));
	add_text(o, "attach", driver_attachment_name(f->attachment));
	add_text(o, "model", f->model);
	add_text(o, "function", f->bdf);
	add_text(o, "interface", entry->sysfs.interface);
	add_u64(o, "queues", f->queues);
	add_text(o, "sink", sink_text(f->sink, f->peer, sink));
	add_u64(o, "cpu", f->cpu);
	add_bool(o, "dead", f->dead);
	add_bool(o, "temporary", f->temporary);
	add_figures(o, f);
	add(o, "faults", fault_list_json(f));
	return o;
}

struct json_object *function_list_json(const struct function_list *list)
{
	struct json_object *o = json_object_new_array();
	u32 i;

	for (i = 0; i < list->functions; i++)
		json_object_array_add(o, function_json(&list->entry[i]));
	return o;
}
