// SPDX-License-Identifier: GPL-2.0-only
#include "node_list.h"

#include <json-c/json.h>

#include "node.h"
#include "number.h"

static const struct {
	u32 bit;
	const char *name;
} damages[] = {
	{ INTMGR_NODE_DAMAGE_BOOT, "boot" },
	{ INTMGR_NODE_DAMAGE_GUARD, "guard" },
	{ INTMGR_NODE_DAMAGE_TEXT, "text" },
};

void node_list_read(struct node_list *list, int fd)
{
	struct intmgr_node_query *query;
	u32 id;

	list->nodes = 0;
	for (id = 1; fd >= 0 && id <= INTMGR_NODES; id++) {
		query = &list->node[list->nodes];
		if (node_query(fd, id, query) ||
		    query->state == INTMGR_NODE_STATE_NONE)
			continue;
		if (query->cores > INTMGR_NODE_CORES)
			query->cores = INTMGR_NODE_CORES;
		query->reason[sizeof(query->reason) - 1] = '\0';
		list->nodes++;
	}
}

u32 node_list_up(const struct node_list *list)
{
	u32 i;

	for (i = 0; i < list->nodes; i++)
		if (list->node[i].state == INTMGR_NODE_STATE_UP)
			return list->node[i].id;
	return 0;
}

/* ---- for a person ---- */

static const char *cores_text(const struct intmgr_node_query *q, char text[128])
{
	int len = 0;
	u32 i;

	text[0] = '\0';
	for (i = 0; i < q->cores; i++)
		len += snprintf(text + len, 128 - len, "%s%u", i ? "," : "",
				q->core[i] & 0xffff);
	return text;
}

static const char *damage_text(u32 damage, char text[32])
{
	int len = 0;
	size_t i;

	strcpy(text, "-");
	for (i = 0; i < ARRAY_SIZE(damages); i++)
		if (damage & damages[i].bit)
			len += snprintf(text + len, 32 - len, "%s%s",
					len ? "," : "", damages[i].name);
	return text;
}

static void write_node(const struct intmgr_node_query *q, FILE *out)
{
	char uptime[32], cores[128], memory[32], damage[32];

	snprintf(uptime, sizeof(uptime), "%.1f s", q->uptime_ns / 1e9);
	fprintf(out, "%-4u  %-8s  %-10s  %6u  %-8s  %-8s  %-10s  %s\n", q->id,
		node_state_name(q->state), uptime, q->starts,
		cores_text(q, cores), number_show_size(q->memory, memory),
		damage_text(q->damage, damage), q->reason[0] ? q->reason : "-");
}

void node_list_write(const struct node_list *list, FILE *out)
{
	u32 i;

	if (!list->nodes)
		return;
	fprintf(out, "%-4s  %-8s  %-10s  %6s  %-8s  %-8s  %-10s  %s\n", "node",
		"state", "uptime", "starts", "cores", "memory", "damage",
		"last reason");
	for (i = 0; i < list->nodes; i++)
		write_node(&list->node[i], out);
}

/* ---- for a program ---- */

static struct json_object *json_cores(const struct intmgr_node_query *q)
{
	struct json_object *o = json_object_new_array();
	u32 i;

	for (i = 0; i < q->cores; i++)
		json_object_array_add(o, json_object_new_uint64(q->core[i]));
	return o;
}

static struct json_object *json_damage(u32 damage)
{
	struct json_object *o = json_object_new_array();
	size_t i;

	for (i = 0; i < ARRAY_SIZE(damages); i++)
		if (damage & damages[i].bit)
			json_object_array_add(o, json_object_new_string(damages[i].name));
	return o;
}

static void add_u64(struct json_object *o, const char *key, u64 value)
{
	json_object_object_add(o, key, json_object_new_uint64(value));
}

static struct json_object *json_node(const struct intmgr_node_query *q)
{
	struct json_object *o = json_object_new_object();

	add_u64(o, "id", q->id);
	json_object_object_add(o, "state",
			       json_object_new_string(node_state_name(q->state)));
	add_u64(o, "uptime_ns", q->uptime_ns);
	add_u64(o, "starts", q->starts);
	json_object_object_add(o, "cores", json_cores(q));
	add_u64(o, "base", q->base);
	add_u64(o, "memory", q->memory);
	json_object_object_add(o, "reason",
			       q->reason[0] ? json_object_new_string(q->reason) :
					      NULL);
	json_object_object_add(o, "damage", json_damage(q->damage));
	return o;
}

struct json_object *node_list_json(const struct node_list *list)
{
	struct json_object *o = json_object_new_array();
	u32 i;

	for (i = 0; i < list->nodes; i++)
		json_object_array_add(o, json_node(&list->node[i]));
	return o;
}
