// SPDX-License-Identifier: GPL-2.0-only
#include "fault_list.h"

#include <json-c/json.h>

#include "injector/faults.h"
#include "register_name.h"

void fault_list_write(FILE *out, const struct intmgr_function *f)
{
	const struct intmgr_fault *fault;
	char name[32];
	u32 i;

	for (i = 0; i < min(f->faults, (u32)INTMGR_FAULTS); i++) {
		fault = &f->fault[i];
		fprintf(out, "driver faults: %s: %s=%#llx, %llu time%s (%s)\n",
			fault_name(fault->kind),
			register_name(f->model, fault->reg, name), fault->value,
			fault->count, fault->count == 1 ? "" : "s",
			fault_text(fault->kind));
	}
}

static void add_text(struct json_object *o, const char *key, const char *text)
{
	json_object_object_add(o, key, json_object_new_string(text));
}

static void add_u64(struct json_object *o, const char *key, u64 value)
{
	json_object_object_add(o, key, json_object_new_uint64(value));
}

static struct json_object *json_fault(const char *model,
				      const struct intmgr_fault *fault)
{
	struct json_object *o = json_object_new_object();
	char name[32];

	add_text(o, "kind", fault_name(fault->kind));
	add_text(o, "text", fault_text(fault->kind));
	add_text(o, "register", register_name(model, fault->reg, name));
	add_u64(o, "offset", fault->reg);
	add_u64(o, "value", fault->value);
	add_u64(o, "count", fault->count);
	return o;
}

struct json_object *fault_list_json(const struct intmgr_function *f)
{
	struct json_object *list = json_object_new_array();
	u32 i;

	for (i = 0; i < min(f->faults, (u32)INTMGR_FAULTS); i++)
		json_object_array_add(list, json_fault(f->model, &f->fault[i]));
	return list;
}
