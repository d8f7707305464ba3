// SPDX-License-Identifier: GPL-2.0-only
#include "result.h"

#include <stdio.h>

#include <json-c/json.h>

#include "fault_list.h"
#include "injector/record.h"
#include "target.h"
#include "version.h"

double result_share(u64 count, u64 of)
{
	return of ? (double)count / of : 0;
}

double result_success(const struct intmgr_stats *s)
{
	return result_share(s->received, s->sent);
}

double result_accesses(const struct result *result)
{
	return result_share(result->accesses, result->stats.received);
}

/* What went to queues that nobody asked for is not hidden. */
u32 result_queues(const struct plan *plan, const struct intmgr_stats *s)
{
	u32 n = INTMGR_QUEUES;

	while (n > plan_queues(plan) && !s->queue_sent[n - 1] &&
	       !s->queue_received[n - 1])
		n--;
	return n;
}

bool result_has_floors(const struct plan *plan)
{
	return plan->floors && plan->against == INTMGR_AGAINST_DRIVER;
}

static void add(struct json_object *o, const char *key, struct json_object *v)
{
	json_object_object_add(o, key, v);
}

static void add_u64(struct json_object *o, const char *key, u64 value)
{
	add(o, key, json_object_new_uint64(value));
}

/* What is 0 is not known, or not there. */
static void add_fact(struct json_object *o, const char *key, u64 value)
{
	if (value)
		add_u64(o, key, value);
	else
		add(o, key, NULL);
}

static void add_text(struct json_object *o, const char *key, const char *text)
{
	add(o, key, text ? json_object_new_string(text) : NULL);
}

static void add_bool(struct json_object *o, const char *key, bool value)
{
	add(o, key, json_object_new_boolean(value));
}

/* json-c would write 0.1 with 17 digits. */
static void add_share(struct json_object *o, const char *key, double value)
{
	char text[32];

	snprintf(text, sizeof(text), "%.6g", value);
	add(o, key, json_object_new_double_s(value, text));
}

static struct json_object *add_object(struct json_object *o, const char *key)
{
	struct json_object *inner = json_object_new_object();

	add(o, key, inner);
	return inner;
}

static struct json_object *add_summary(struct json_object *o, const char *key,
				       const struct intmgr_summary *s)
{
	struct json_object *d = add_object(o, key);

	add_u64(d, "count", s->count);
	add_u64(d, "min", s->min);
	add_u64(d, "p50", s->p50);
	add_u64(d, "p90", s->p90);
	add_u64(d, "p99", s->p99);
	add_u64(d, "p999", s->p999);
	add_u64(d, "max", s->max);
	add_u64(d, "mean", s->mean);
	return d;
}

static void add_question(struct json_object *o, const struct plan *plan,
			 const struct facts *facts)
{
	add_text(o, "target", plan->target->name);
	add_text(o, "driver", facts->driver ? facts->driver->name : NULL);
	add_text(o, "attach", driver_attachment_name(facts->attachment));
	add_text(o, "module", plan->module);
	add_text(o, "model", facts->model);
	add_u64(o, "size", plan->size);
	add_u64(o, "interval_ns", plan->interval_ns);
	add_u64(o, "count", plan->count);
	add_text(o, "schedule", plan->schedule_text);
	add_u64(o, "seed", plan->seed);
}

static void add_shots(struct json_object *o, const struct plan *plan,
		      const struct result *result)
{
	const struct intmgr_stats *s = &result->stats;
	struct json_object *lost, *probe;
	u32 i;

	add_u64(o, "sent", s->sent);
	add_u64(o, "received", s->received);
	add_u64(o, "delivered", s->outcome[OUTCOME_DELIVERED]);
	if (plan->against == INTMGR_AGAINST_DRIVER && s->sent)
		add_share(o, "success", result_success(s));
	else
		add(o, "success", NULL);
	lost = add_object(o, "lost");
	for (i = OUTCOME_DELIVERED + 1; i < OUTCOMES; i++)
		add_u64(lost, outcome_name(i), s->outcome[i]);
	probe = add_object(o, "probe");
	add_u64(probe, "sent", result->probed);
	add_u64(probe, "lost", result->probe_lost);
	add_u64(o, "skipped", s->skipped);
	add_u64(o, "late", s->late);
	add_u64(o, "records_lost", s->records_lost);
	add_u64(o, "elapsed_ns", s->elapsed_ns);
	add_bool(o, "interrupted", result->interrupted);
}

static void add_interrupts(struct json_object *o, const struct intmgr_stats *s)
{
	struct json_object *d = add_object(o, "interrupts");

	add_u64(d, "fired", s->fired);
	add_u64(d, "reraised", s->reraised);
	add_u64(d, "handled", s->handled);
	add_u64(d, "merged", s->merged);
}

static void add_times(struct json_object *o, const struct intmgr_stats *s)
{
	struct json_object *gap = add_summary(o, "gap_ns", &s->gap);

	add_share(gap, "outside_2us",
		  result_share(s->gap_outside_2us, s->gap.count));
	add_summary(o, "latency_ns", &s->latency);
	add_summary(o, "send_ns", &s->send);
	add_summary(o, "copy_ns", &s->copy);
	add_summary(o, "lateness_ns", &s->lateness);
}

static void add_floor(struct json_object *o, const struct plan *plan,
		      const struct floors *f)
{
	struct json_object *d;

	if (!result_has_floors(plan)) {
		add(o, "floor", NULL);
		return;
	}
	d = add_object(o, "floor");
	add_share(d, "gap_outside_2us", f->gap_outside_2us);
	add_u64(d, "memcpy_ns", f->memcpy_ns);
	add_u64(d, "ipi_ns", f->ipi_ns);
}

static void add_receiver(struct json_object *o, const struct result *result)
{
	struct json_object *d = add_object(o, "receiver");

	add_u64(d, "read_late", result->read_late);
	add_u64(d, "duplicate", result->duplicates);
	add_u64(d, "foreign", result->foreign);
	add_bool(d, "uncounted", result->uncounted);
}

static void add_queues(struct json_object *o, const struct plan *plan,
		       const struct intmgr_stats *s)
{
	struct json_object *list = json_object_new_array(), *d;
	u32 i, n = result_queues(plan, s);

	for (i = 0; i < n; i++) {
		d = json_object_new_object();
		add_u64(d, "sent", s->queue_sent[i]);
		add_u64(d, "received", s->queue_received[i]);
		json_object_array_add(list, d);
	}
	add(o, "queues", list);
}

static void add_accesses(struct json_object *o, const struct result *result)
{
	if (result->counted)
		add_u64(o, "accesses", result->accesses);
	else
		add(o, "accesses", NULL);
	if (result->counted && result->stats.received)
		add_share(o, "accesses_per_frame", result_accesses(result));
	else
		add(o, "accesses_per_frame", NULL);
}

/* A node's kernel is not asked. */
static void add_conduct(struct json_object *o, const struct result *result)
{
	if (result->watched) {
		add_bool(o, "dead", result->function.dead);
		add(o, "faults", fault_list_json(&result->function));
		add_u64(o, "fault_kinds", result->function.faults);
	} else {
		add(o, "dead", NULL);
		add(o, "faults", NULL);
		add(o, "fault_kinds", NULL);
	}
}

/* How the target fared; of many deaths the first and the last are listed. */
static void add_lives(struct json_object *o, const struct result *result)
{
	struct json_object *list = json_object_new_array(), *d;
	u32 i;

	add_u64(o, "restarts", result->restarts);
	for (i = 0; i < min(result->deaths, (u32)RESULT_DEATHS); i++) {
		d = json_object_new_object();
		add_u64(d, "sent", result->death[i].sent);
		add_text(d, "how", result->death[i].how);
		json_object_array_add(list, d);
	}
	add(o, "deaths", list);
}

/* What takes time where time is virtual. */
static void add_costs(struct json_object *o, const struct plan *plan)
{
	struct json_object *d;

	if (!plan->deterministic) {
		add(o, "cost_ns", NULL);
		return;
	}
	d = add_object(o, "cost_ns");
	add_u64(d, "access", plan->cost.access_ns);
	add_u64(d, "frame", plan->cost.frame_ns);
	add_u64(d, "interrupt", plan->cost.interrupt_ns);
}

static void add_standing(struct json_object *o, const char *key,
			 const struct standing *s)
{
	struct json_object *d = add_object(o, key);

	add_u64(d, "cpu", s->cpu);
	add_bool(d, "pinned", !s->pin_error);
	add_text(d, "priority", standing_priority_name(s));
	add_text(d, "refused", standing_why(s));
}

static void add_standings(struct json_object *o, const struct standings *s)
{
	struct json_object *d;

	if (!s->known) {
		add(o, "scheduling", NULL);
		return;
	}
	d = add_object(o, "scheduling");
	add_standing(d, "pacing", &s->pacing);
	add_standing(d, "target", &s->target);
}

static void add_settings(struct json_object *o, const struct plan *plan,
			 const struct facts *facts)
{
	struct json_object *d = add_object(o, "settings");

	add_text(d, "against", plan_against_name(plan->against));
	add_bool(d, "closed_loop", plan->closed_loop);
	add_text(d, "late", schedule_late_name(plan->late));
	add_text(d, "interface", facts->site.interface);
	add_text(d, "function", facts->bdf);
	add_fact(d, "function_id", facts->function);
	add_fact(d, "ring", facts->site.ring);
	add_fact(d, "queues", facts->site.queues);
	add_fact(d, "mtu", facts->site.mtu);
	add_fact(d, "node", plan->node);
	add_costs(d, plan);
	add_u64(d, "cpu", plan->cpu);
	add_u64(d, "target_cpu", plan->target_cpu);
}

struct json_object *result_json(const struct plan *plan,
				const struct facts *facts,
				const struct result *result)
{
	struct json_object *o = json_object_new_object();

	if (!o)
		return NULL;
	add_question(o, plan, facts);
	add_shots(o, plan, result);
	add_queues(o, plan, &result->stats);
	add_accesses(o, result);
	add_conduct(o, result);
	add_interrupts(o, &result->stats);
	add_times(o, &result->stats);
	add_floor(o, plan, &result->floors);
	add_receiver(o, result);
	add_lives(o, result);
	add_settings(o, plan, facts);
	add_standings(o, &result->standings);
	add_text(o, "kernel", facts->site.kernel);
	add_fact(o, "uptime_ns", facts->site.uptime_ns);
	add_text(o, "support_kernel", facts->support_kernel);
	add_fact(o, "support_uptime_ns", facts->support_uptime_ns);
	add_fact(o, "open_ns", facts->open_ns);
	add_text(o, "cpu_model", facts->site.cpu_model);
	add_text(o, "commit", version_commit());
	return o;
}

struct json_object *result_template(const struct plan *plan)
{
	const struct facts facts = { 0 };
	const struct result result = { 0 };

	return result_json(plan, &facts, &result);
}
