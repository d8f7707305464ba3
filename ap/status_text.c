// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr status for a person.
 */
#include "status.h"

#include "driver.h"
#include "fault_list.h"
#include "kmod/window.h"
#include "number.h"
#include "sink.h"

static void write_doorbell(const struct status_function *f, u32 i, FILE *out)
{
	const struct intmgr_query *q = &f->query;
	u64 bell = q->doorbell[i];
	char name[16];

	fprintf(out, "%-12s ", status_doorbell_name(f, i, name));
	if (!bell)
		fprintf(out, "%6s %-12s %7s", "-", "-", "-");
	else
		fprintf(out, "0x%02x   %-12llu %7s",
			(unsigned int)(bell & INTMGR_DOORBELL_VECTOR),
			(unsigned long long)bell >> INTMGR_DOORBELL_DEST_SHIFT,
			bell & INTMGR_DOORBELL_MASKED ? "yes" : "no");
	fprintf(out, " %12llu\n", q->handled[i]);
}

static void write_doorbells(const struct status_function *f, FILE *out)
{
	const struct intmgr_query *q = &f->query;
	u32 i;

	fprintf(out, "%-12s %6s %-12s %7s %12s\n", "doorbell", "vector",
		"APIC id", "masked", "handled");
	for (i = 0; i < q->doorbells && i < ARRAY_SIZE(q->doorbell); i++)
		write_doorbell(f, i, out);
}

static void write_interface(const struct status_function *f, FILE *out)
{
	const struct link *link = &f->link;
	char mac[18];

	fprintf(out, "%-12s %s, %s, MTU %u, %s, %s\n", "interface", link->name,
		status_mac(link, mac), link->mtu, link->up ? "up" : "down",
		link->carrier ? "carrier" : "no carrier");
	fprintf(out, "%-12s %u descriptors, at most %u\n", "ring", f->ring.rx,
		f->ring.rx_max);
	fprintf(out, "%-12s %u of the driver, at most %u\n", "queues",
		f->channels.now, f->channels.most);
}

static void write_support(const struct status_function *f, FILE *out)
{
	const struct intmgr_query *q = &f->query;

	fprintf(out, "%-12s %s, interrupts on CPU %u\n", "target",
		q->target_hung ? "hung" : q->target_up ? "up" : "gone",
		q->target_cpu);
	fprintf(out, "%-12s base %#llx, %u descriptors, RDH %u, RDT %u\n",
		"NIC ring", q->rx_base, q->rx_count, q->rx_head, q->rx_tail);
	fprintf(out, "%-12s %u in use, at most %u\n", "NIC queues", q->queues,
		q->queues_max);
	fprintf(out, "%-12s %s\n", "run", q->running ? "going on" : "none");
	write_doorbells(f, out);
}

static void write_figures(const struct intmgr_function *f, FILE *out)
{
	char sink[16], size[32], used[32];

	fprintf(out, "%-12s %llu of registers, %llu trapped\n", "accesses",
		f->accesses, f->trapped);
	fprintf(out, "%-12s %s: %llu frames sent, %llu returned, %llu refused\n",
		"sink", sink_text(f->sink, f->peer, sink), f->sent,
		f->returned, f->refused);
	fprintf(out, "%-12s %s, %s used, %llu bytes bounced\n", "pool",
		number_show_size(f->pool_size, size),
		number_show_size(f->pool_used, used), f->bounced);
}

static void write_function(const struct status_function *f, FILE *out)
{
	const struct function_entry *entry = f->entry;
	const struct intmgr_function *info = &entry->info;
	const char *driver = function_driver(entry);

	fprintf(out, "\n%-9s %2u %s, model %s, %s%s%s\n", "function", info->id,
		info->bdf, info->model,
		driver_attachment_name(info->attachment),
		info->temporary ? ", of a command that goes on" : "",
		info->dead ? ", DEAD: taken off the bus" : "");
	fprintf(out, "%-12s %s\n", "driver", driver[0] ? driver : "none");
	if (f->linked)
		write_interface(f, out);
	write_figures(info, out);
	fault_list_write(out, info);
	if (f->attached)
		write_support(f, out);
}

static const char *module_text(bool there)
{
	return there ? "loaded" : "missing";
}

void status_write(const struct status *s, FILE *out)
{
	u32 i;

	fprintf(out, "%-12s intmgr %s, intmgr_target %s, intmgr_node %s\n",
		"modules", module_text(s->support), module_text(s->target),
		module_text(s->node));
	if (s->target && !s->functions.functions)
		fprintf(out, FUNCTION_LIST_NONE "\n");
	for (i = 0; i < s->functions.functions; i++)
		write_function(&s->function[i], out);
	if (s->nodes.nodes)
		putc('\n', out);
	node_list_write(&s->nodes, out);
}
