// SPDX-License-Identifier: GPL-2.0-only
/*
 * A run's figures and records, in the units of the ABI.
 */
#include "support/support.h"

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
	u64 judged = READ_ONCE(r->judged);	/* first: never more than sent */
	u64 sent = READ_ONCE(r->sent);
	unsigned int i;

	BUILD_BUG_ON(INTMGR_OUTCOMES != OUTCOMES);
	out->run = r->spec.run;
	out->sent = run_counts(r, sent) ? sent - r->spec.warmup : 0;
	out->pending = sent - judged;
	for (i = 0; i < OUTCOMES; i++)
		out->outcome[i] = r->outcome[i];
	out->received = r->received;
	out->skipped = r->schedule.skipped;
	out->fired = r->fired;
	out->reraised = r->over ? r->reraised :
			READ_ONCE(r->v->w->reraised) - r->reraised_base;
	out->handled = r->handled;
	out->merged = r->wanted > r->handled ? r->wanted - r->handled : 0;
	out->late = r->late;
	out->bad_bus = r->bad_bus;
	out->records_lost = r->records_lost;
	BUILD_BUG_ON(INTMGR_QUEUES != NIC_MAX_QUEUES);
	for (i = 0; i < NIC_MAX_QUEUES; i++) {
		out->queue_sent[i] = r->queue_sent[i];
		out->queue_received[i] = r->queue_received[i];
	}
	summary_times(r, out);
	out->gap_outside_2us = out->gap.count -
			       min_t(u64, out->gap.count, r->gap_exact);
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
