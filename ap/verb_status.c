// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr status: what is loaded, bound, set up and going on.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <json-c/json.h>

#include "device.h"
#include "function.h"
#include "link.h"
#include "node_device.h"
#include "node_list.h"
#include "options.h"
#include "plan.h"
#include "ring.h"
#include "say.h"
#include "verbs.h"

static const struct usage usage = {
	.verb = VERB_STATUS,
	.name = "status",
	.synopsis = "intmgr status [OPTION]...",
	.about = "Say which modules are there, who drives the virtual function, where its\n"
		 "interrupts go, and how the OS nodes are. Exit 3 where a run could not start.",
};

struct status {
	bool attached;
	struct intmgr_query query;	/* meaningful if attached */
	struct function function;
	struct link link;		/* sock NULL: no interface */
	struct ring ring;
	struct node_list nodes;
};

static bool module_there(const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/sys/module/%s", name);
	return !access(path, F_OK);
}

/* The target in this kernel, as far as one gets; what stopped it was said. */
static int read_target(struct status *s, struct device *dev)
{
	int err, code;

	code = device_open(dev);
	if (code)
		return code;
	err = device_attach(dev);
	if (!err)
		err = device_query(dev, &s->query);
	if (err)
		return say_cannot("%s", device_error_text(err));
	s->attached = true;
	code = function_need(&s->function, s->query.bdf, "e1000e");
	if (code)
		return code;
	err = link_open(&s->link, s->function.interface);
	if (err)
		return say_cannot("cannot read the interface %s: %s",
				  s->function.interface, strerror(-err));
	ring_read(s->link.index, &s->ring);
	return EXIT_DONE;
}

static void read_nodes(struct status *s)
{
	int fd = node_device();

	node_list_read(&s->nodes, fd);
	if (fd >= 0)
		close(fd);
}

/* Where nodes are what there is, nobody misses a target in this kernel. */
static int status_read(struct status *s, struct device *dev)
{
	*s = (struct status){ 0 };
	read_nodes(s);
	if (module_there("intmgr_target") || !module_there("intmgr_node"))
		return read_target(s, dev);
	if (!module_there("intmgr"))
		return say_cannot("intmgr.ko is not loaded: as root, insmod it");
	if (!node_list_up(&s->nodes))
		return say_cannot("no node is up: intmgr target start");
	return EXIT_DONE;
}

static void mac_text(const struct link *link, char text[18])
{
	const u8 *m = link->mac;

	snprintf(text, 18, "%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2],
		 m[3], m[4], m[5]);
}

static const char *doorbell_name(u32 i, char text[16])
{
	if (i == INTMGR_DOORBELL_CONTROL)
		return "control";
	snprintf(text, 16, "msix%u", i - INTMGR_DOORBELL_MSIX(0));
	return text;
}

/* ---- for a person ---- */

static void show_doorbells(const struct intmgr_query *q)
{
	char name[16];
	u64 bell;
	u32 i;

	printf("\n%-12s %6s %-12s %7s %12s\n", "doorbell", "vector",
	       "APIC id", "masked", "handled");
	for (i = 0; i < q->doorbells && i < ARRAY_SIZE(q->doorbell); i++) {
		bell = q->doorbell[i];
		if (!bell)
			printf("%-12s %6s %-12s %7s %12llu\n",
			       doorbell_name(i, name), "-", "-", "-",
			       q->handled[i]);
		else
			printf("%-12s 0x%02x   %-12llu %7s %12llu\n",
			       doorbell_name(i, name),
			       (unsigned int)(bell & INTMGR_DOORBELL_VECTOR),
			       (unsigned long long)bell >> INTMGR_DOORBELL_DEST_SHIFT,
			       bell & INTMGR_DOORBELL_MASKED ? "yes" : "no",
			       q->handled[i]);
	}
}

static void show_interface(const struct status *s)
{
	char mac[18];

	if (!s->link.sock)
		return;
	mac_text(&s->link, mac);
	printf("%-12s %s, %s, MTU %u, %s, %s\n", "interface", s->link.name,
	       mac, s->link.mtu, s->link.up ? "up" : "down",
	       s->link.carrier ? "carrier" : "no carrier");
	printf("%-12s %u descriptors, at most %u\n", "ring", s->ring.rx,
	       s->ring.rx_max);
}

static const char *module_text(const char *name)
{
	return module_there(name) ? "loaded" : "missing";
}

static void show_target(const struct status *s)
{
	const struct intmgr_query *q = &s->query;

	printf("%-12s %s, interrupts on CPU %u\n", "target",
	       q->target_up ? "up" : "gone", q->target_cpu);
	printf("%-12s %s, model %s\n", "function", q->bdf, q->model);
	printf("%-12s %s\n", "driver",
	       s->function.driver[0] ? s->function.driver : "none");
	show_interface(s);
	printf("%-12s base %#llx, %u descriptors, RDH %u, RDT %u\n", "NIC ring",
	       q->rx_base, q->rx_count, q->rx_head, q->rx_tail);
	printf("%-12s %s\n", "run", q->running ? "going on" : "none");
	show_doorbells(q);
}

static void show_person(const struct status *s)
{
	printf("%-12s intmgr %s, intmgr_target %s, intmgr_node %s\n", "modules",
	       module_text("intmgr"), module_text("intmgr_target"),
	       module_text("intmgr_node"));
	if (s->attached)
		show_target(s);
	if (s->nodes.nodes)
		putchar('\n');
	node_list_write(&s->nodes, stdout);
}

/* ---- for a program ---- */

static void add_u64(struct json_object *o, const char *key, u64 value)
{
	json_object_object_add(o, key, json_object_new_uint64(value));
}

static void add_bool(struct json_object *o, const char *key, bool value)
{
	json_object_object_add(o, key, json_object_new_boolean(value));
}

static void add_text(struct json_object *o, const char *key, const char *text)
{
	json_object_object_add(o, key, text[0] ? json_object_new_string(text) :
						 NULL);
}

static struct json_object *json_modules(void)
{
	struct json_object *o = json_object_new_object();

	add_bool(o, "intmgr", module_there("intmgr"));
	add_bool(o, "intmgr_target", module_there("intmgr_target"));
	add_bool(o, "intmgr_node", module_there("intmgr_node"));
	return o;
}

static struct json_object *json_interface(const struct status *s)
{
	struct json_object *o;
	char mac[18];

	if (!s->link.sock)
		return NULL;
	o = json_object_new_object();
	mac_text(&s->link, mac);
	add_text(o, "name", s->link.name);
	add_text(o, "mac", mac);
	add_u64(o, "mtu", s->link.mtu);
	add_bool(o, "up", s->link.up);
	add_bool(o, "carrier", s->link.carrier);
	add_u64(o, "ring", s->ring.rx);
	add_u64(o, "ring_max", s->ring.rx_max);
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

static struct json_object *json_doorbell(const struct intmgr_query *q, u32 i)
{
	struct json_object *o = json_object_new_object();
	u64 bell = q->doorbell[i];
	char name[16];

	add_text(o, "name", doorbell_name(i, name));
	add_bool(o, "asked", bell);
	add_u64(o, "vector", bell & INTMGR_DOORBELL_VECTOR);
	add_u64(o, "destination", bell >> INTMGR_DOORBELL_DEST_SHIFT);
	add_bool(o, "masked", bell & INTMGR_DOORBELL_MASKED);
	add_bool(o, "pending", bell & INTMGR_DOORBELL_PENDING);
	add_u64(o, "handled", q->handled[i]);
	return o;
}

static struct json_object *json_doorbells(const struct intmgr_query *q)
{
	struct json_object *o = json_object_new_array();
	u32 i;

	for (i = 0; i < q->doorbells && i < ARRAY_SIZE(q->doorbell); i++)
		json_object_array_add(o, json_doorbell(q, i));
	return o;
}

static void show_json(const struct status *s)
{
	struct json_object *o = json_object_new_object();
	const struct intmgr_query *q = &s->query;

	json_object_object_add(o, "modules", json_modules());
	add_bool(o, "attached", s->attached);
	add_bool(o, "target_up", q->target_up);
	add_u64(o, "target_cpu", q->target_cpu);
	add_bool(o, "running", q->running);
	add_text(o, "function", q->bdf);
	add_text(o, "model", q->model);
	add_text(o, "driver", s->function.driver);
	json_object_object_add(o, "interface", json_interface(s));
	json_object_object_add(o, "nic_ring", json_ring(q));
	json_object_object_add(o, "doorbells", json_doorbells(q));
	json_object_object_add(o, "nodes", node_list_json(&s->nodes));
	puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PRETTY |
					       JSON_C_TO_STRING_SPACED |
					       JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(o);
}

int verb_status(int argc, char **argv)
{
	struct device dev = { .fd = -1 };
	struct status status;
	struct plan plan;
	int code;

	plan_init(&plan);
	code = options_read(&usage, argc, argv, &plan);
	if (code)
		return code == OPTIONS_HELP ? EXIT_DONE : code;
	code = status_read(&status, &dev);
	if (plan.json)
		show_json(&status);
	else
		show_person(&status);
	if (status.link.sock)
		link_close(&status.link);
	device_close(&dev);
	return code;
}
