// SPDX-License-Identifier: GPL-2.0-only
#include "table.h"

#include <inttypes.h>

#include "injector/record.h"
#include "target.h"
#include "version.h"

static void write_settings(FILE *out, const struct plan *plan,
			   const struct facts *facts)
{
	fprintf(out, "# kernel: %s\n", facts->site.kernel);
	if (plan->node)
		fprintf(out, "# node: %u, support kernel: %s\n", plan->node,
			facts->support_kernel);
	fprintf(out, "# cpu: %s\n", facts->site.cpu_model);
	fprintf(out, "# commit: %s\n", version_commit());
	fprintf(out, "# target: %s, driver: %s, attach: %s, model: %s\n",
		plan->target->name,
		facts->driver ? facts->driver->name : "unknown",
		driver_attachment_name(facts->attachment), facts->model);
	fprintf(out, "# count: %" PRIu64 ", schedule: %s, seed: %" PRIu64 ", late: %s\n",
		plan->count, plan->schedule_text, plan->seed,
		schedule_late_name(plan->late));
	fprintf(out, "# ring: %u, mtu: %u, queues: %u, cpu: %d, target-cpu: %d\n",
		facts->site.ring, facts->site.mtu, plan_queues(plan), plan->cpu,
		plan->target_cpu);
	fputs("# times in ns; success, gap_outside: shares, 0 to 1\n", out);
}

void table_write_header(FILE *out, const struct plan *plan,
			const struct facts *facts)
{
	u32 i;

	write_settings(out, plan, facts);
	fputs("size\tinterval_ns\tsent\treceived\tdelivered\tsuccess", out);
	for (i = OUTCOME_DELIVERED + 1; i < OUTCOMES; i++)
		fprintf(out, "\tlost_%s", outcome_name(i));
	fputs("\tgap_p50\tgap_outside\tlatency_p50\tsend_p50\tsend_mean\tfloor_memcpy\tfloor_ipi\tfloor_gap_outside\tsend_min\n",
	      out);
}

static void write_floors(FILE *out, const struct plan *plan,
			 const struct floors *f)
{
	if (result_has_floors(plan))
		fprintf(out, "\t%" PRIu64 "\t%" PRIu64 "\t%.6g", f->memcpy_ns,
			f->ipi_ns, f->gap_outside_2us);
	else
		fputs("\t-\t-\t-", out);
}

void table_write_point(FILE *out, const struct plan *plan,
		       const struct result *result)
{
	const struct intmgr_stats *s = &result->stats;
	u32 i;

	fprintf(out, "%u\t%" PRIu64 "\t%llu\t%llu\t%llu\t%.6g", plan->size,
		plan->interval_ns, s->sent, s->received,
		s->outcome[OUTCOME_DELIVERED], result_success(s));
	for (i = OUTCOME_DELIVERED + 1; i < OUTCOMES; i++)
		fprintf(out, "\t%llu", s->outcome[i]);
	fprintf(out, "\t%llu\t%.6g\t%llu\t%llu\t%llu", s->gap.p50,
		result_share(s->gap_outside_2us, s->gap.count), s->latency.p50,
		s->send.p50, s->send.mean);
	write_floors(out, plan, &result->floors);
	fprintf(out, "\t%llu\n", s->send.min);
	fflush(out);
}
