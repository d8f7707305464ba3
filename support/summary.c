// SPDX-License-Identifier: GPL-2.0-only
/*
 * A run's figures and records, in the units of the ABI.
 */
#include "support/support.h"

static_assert(INTMGR_OUTCOMES == OUTCOMES, "the ABI has a place for each");
static_assert(INTMGR_DOORBELLS == INTMGR_QUERY_DOORBELLS,
	      "the ABI has a place for each");
static_assert(INTMGR_QUEUES == NIC_MAX_QUEUES, "the ABI has a place for each");

static void summary_of(const struct histogram *h, struct intmgr_summary *out)
{
	out->count = h->count;
	out->min = h->count ? h->min : 0;
	out->p50 = histogram_quantile(h, 500000);
	out->p90 = histogram_quantile(h, 900000);
	out->p99 = histogram_quantile(h, 990000);
	out->p999 = histogram_quantile(h, 999000);
	out->max = h->max;
	out->mean = histogram_mean(h);
}

static void summary_times(const struct run *r, struct intmgr_stats *out)
{
	const struct histogram *h = r->histogram;

	if (r->begin && r->end > r->begin)
		out->elapsed_ns = clock_to_ns(&r->clock, r->end - r->begin);
	summary_of(&h[RUN_GAP], &out->gap);
	summary_of(&h[RUN_LATENCY], &out->latency);
	summary_of(&h[RUN_SEND], &out->send);
	summary_of(&h[RUN_COPY], &out->copy);
	summary_of(&h[RUN_LATENESS], &out->lateness);
}

void summary_fill(struct run *r, struct intmgr_stats *out)
{
	u64 judged = port_load(&r->judged);	/* first: never more than sent */
	u64 sent = port_load(&r->sent);
	unsigned int i;

	out->run = r->spec.run;
	out->sent = run_counts(r, sent) ? sent - r->spec.warmup : 0;
	out->pending = sent - judged;
	for (i = 0; i < OUTCOMES; i++)
		out->outcome[i] = r->outcome[i];
	out->received = r->received;
	out->skipped = r->schedule.skipped;
	out->fired = r->fired;
	out->reraised = r->over ? r->reraised :
			port_load(&r->v->w->reraised) - r->reraised_base;
	out->handled = r->handled;
	out->merged = r->wanted > r->handled ? r->wanted - r->handled : 0;
	out->late = r->late;
	out->bad_bus = r->bad_bus;
	out->records_lost = r->records_lost;
	for (i = 0; i < NIC_MAX_QUEUES; i++) {
		out->queue_sent[i] = r->queue_sent[i];
		out->queue_received[i] = r->queue_received[i];
	}
	summary_times(r, out);
	out->gap_outside_2us = out->gap.count -
			       min((u64)out->gap.count, r->gap_exact);
}

/*
 * Counted from the shot's due time, which is exact: what a factor between two
 * clocks lacks would add up over a long run.
 */
static s64 summary_ns(const struct run *r, const struct shot *s, u64 tsc)
{
	s64 since = tsc - s->rec.due;

	if (!tsc)
		return INTMGR_NEVER;
	return s->due_ns + (since < 0 ? -clock_to_ns(&r->clock, -since) :
					clock_to_ns(&r->clock, since));
}

void summary_record(const struct run *r, const struct shot *s,
		    struct intmgr_record *out)
{
	const struct shot_record *rec = &s->rec;

	*out = (struct intmgr_record) {
		.seq = rec->seq - r->spec.warmup,
		.due_ns = s->due_ns,
		.start_ns = summary_ns(r, s, rec->start),
		.copied_ns = summary_ns(r, s, rec->copied),
		.rung_ns = summary_ns(r, s, rec->rung),
		.handler_ns = summary_ns(r, s, rec->handler),
		.poll_ns = summary_ns(r, s, rec->poll),
		.delivered_ns = summary_ns(r, s, rec->delivered),
		.socket_ns = summary_ns(r, s, rec->socket),
		.outcome = rec->outcome,
		.reason = rec->reason,
		.queue = s->queue,
	};
}

/*
 * A PCI address as the target wrote it, "" if it is none. It is read anew each
 * time: a target that was started again may have another.
 */
static void query_bdf(const struct view *v, char bdf[16])
{
	memcpy(bdf, v->w->bdf, 16);
	bdf[15] = 0;
	if (strspn(bdf, "0123456789abcdef:.") != strlen(bdf))
		bdf[0] = 0;
}

void summary_view(const struct view *v, struct intmgr_query *q)
{
	const struct intmgr_window *w = v->w;
	struct nic nic = v->nic;
	struct nic_ring ring;
	unsigned int i;

	nic.ops->rx_ring(&nic, 0, &ring);
	q->attached = 1;
	q->target_up = view_target_up(v);
	q->target_hung = q->target_up && !view_target_alive(v);
	q->foreign = v->foreign;
	q->target_cpu = port_load(&w->cpu);
	q->window_size = v->size;
	memcpy(q->model, v->nic.ops->name,
	       min(strlen(v->nic.ops->name), sizeof(q->model) - 1));
	query_bdf(v, q->bdf);
	q->rx_base = ring.base;
	q->rx_count = ring.count;
	q->rx_head = ring.head;
	q->rx_tail = ring.tail;
	q->queues = nic.ops->rx_queues(&nic);
	q->queues_max = nic.ops->queues;
	/* An INTx line is one vector, too. */
	q->doorbells = 1 + max(nic.ops->identity.vectors, (u8)1);
	for (i = 0; i < INTMGR_DOORBELLS; i++) {
		q->doorbell[i] = port_load(&w->doorbell[i]);
		q->handled[i] = port_load(&w->handled[i]);
	}
}
