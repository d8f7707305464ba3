// SPDX-License-Identifier: GPL-2.0-only
#include "report.h"

#include "fault_list.h"
#include "injector/record.h"
#include "number.h"

#define MARGIN	12	/* where figures begin */

static void write_kernels(FILE *out, const struct plan *plan,
			  const struct facts *facts)
{
	char here[32], there[32];

	fprintf(out, "CPU %d to CPU %d of node %u\n"
		"support OS Linux %s, up %s; node %u Linux %s, up %s\n\n",
		plan->cpu, plan->target_cpu, plan->node, facts->support_kernel,
		number_show_time(facts->support_uptime_ns, here), plan->node,
		facts->site.kernel,
		number_show_time(facts->site.uptime_ns, there));
}

static void write_virtual(FILE *out, const struct plan *plan,
			  const struct facts *facts)
{
	char access[32], frame[32], interrupt[32];

	fprintf(out, "Linux %s\nvirtual time, seed %llu; an access costs %s, a frame %s, an interrupt %s\n\n",
		facts->site.kernel, (unsigned long long)plan->seed,
		number_show_time(plan->cost.access_ns, access),
		number_show_time(plan->cost.frame_ns, frame),
		number_show_time(plan->cost.interrupt_ns, interrupt));
}

static void write_schedule(FILE *out, const struct plan *plan)
{
	char interval[32], to[32];

	number_show_time(plan->interval_ns, interval);
	if (plan->schedule == SCHEDULE_POISSON)
		fprintf(out, "Poisson, in the mean one each %s", interval);
	else if (plan->schedule == SCHEDULE_BURST)
		fprintf(out, "bursts of %u, in the mean one each %s",
			plan->burst, interval);
	else if (plan->schedule == SCHEDULE_RAMP)
		fprintf(out, "a ramp from one each %s to one each %s",
			number_show_time(plan->ramp_from_ns, interval),
			number_show_time(plan->ramp_to_ns, to));
	else if (plan->schedule == SCHEDULE_TRACE)
		fprintf(out, "at the times of %s%s%s", plan->trace,
			plan->interval_ns ? ", in the mean one each " : "",
			plan->interval_ns ? interval : "");
	else
		fprintf(out, "one each %s", interval);
}

static void write_title(FILE *out, const struct plan *plan,
			const struct facts *facts)
{
	fprintf(out, "%llu shots of %u bytes, ",
		(unsigned long long)plan->count, plan->size);
	if (plan->closed_loop)
		fputs("closed loop", out);
	else
		write_schedule(out, plan);
	if (plan->against == INTMGR_AGAINST_DRIVER)
		fprintf(out, ", against %s (%s) on %s",
			facts->driver ? facts->driver->name : "unknown",
			plan->module ? plan->module :
			driver_attachment_name(facts->attachment),
			facts->site.interface);
	else
		fprintf(out, ", against the floor '%s'",
			plan_against_name(plan->against));
	fprintf(out, "\nring %u, MTU %u, ", facts->site.ring, facts->site.mtu);
	if (plan->node)
		write_kernels(out, plan, facts);
	else if (plan->deterministic)
		write_virtual(out, plan, facts);
	else
		fprintf(out, "CPU %d to CPU %d, Linux %s\n\n", plan->cpu,
			plan->target_cpu, facts->site.kernel);
}

static void write_sent(FILE *out, const struct intmgr_stats *s)
{
	char elapsed[32], each[32];

	fprintf(out, "%-*s%10llu  in %s, one in %s\n", MARGIN, "sent", s->sent,
		number_show_time(s->elapsed_ns, elapsed),
		number_show_time(s->sent ? s->elapsed_ns / s->sent : 0, each));
}

static void write_losses(FILE *out, const struct intmgr_stats *s)
{
	u64 lost = s->sent - s->outcome[OUTCOME_DELIVERED];
	u32 i;

	fprintf(out, "%-*s%10llu\n", MARGIN, "lost", (unsigned long long)lost);
	for (i = OUTCOME_DELIVERED + 1; i < OUTCOMES; i++)
		if (s->outcome[i])
			fprintf(out, "  %-*s%8llu  %s\n", MARGIN,
				outcome_name(i), s->outcome[i],
				outcome_text(i));
}

static void write_frames(FILE *out, const struct intmgr_stats *s)
{
	fprintf(out, "%-*s%10llu  %.5g %%: put into a socket buffer by the driver\n",
		MARGIN, "received", s->received, 100 * result_success(s));
	fprintf(out, "%-*s%10llu  %.5g %%: %s\n", MARGIN, "delivered",
		s->outcome[OUTCOME_DELIVERED],
		100 * result_share(s->outcome[OUTCOME_DELIVERED], s->sent),
		outcome_text(OUTCOME_DELIVERED));
	write_losses(out, s);
}

static void write_queues(FILE *out, const struct plan *plan,
			 const struct intmgr_stats *s)
{
	u32 i, n = result_queues(plan, s);

	for (i = 0; n > 1 && i < n; i++)
		fprintf(out, "  queue %-*u%8llu  sent, %llu received\n",
			MARGIN - 6, i, s->queue_sent[i], s->queue_received[i]);
}

static void write_accesses(FILE *out, const struct result *r)
{
	if (r->counted)
		fprintf(out, "%-*s%10llu  of the driver, %.3g for each frame received\n",
			MARGIN, "accesses", (unsigned long long)r->accesses,
			result_accesses(r));
}

static void write_interrupts(FILE *out, const struct intmgr_stats *s)
{
	fprintf(out, "%-*s%10llu  fired, %llu handled, %llu shots merged into another's, %llu raised again\n",
		MARGIN, "interrupts", s->fired, s->handled, s->merged,
		s->reraised);
}

static void write_row(FILE *out, const char *name,
		      const struct intmgr_summary *s, const char *remark)
{
	const u64 figure[] = { s->min, s->p50, s->mean, s->p99, s->max };
	char text[32];
	size_t i;

	if (!s->count)
		return;
	fprintf(out, "%-*s", MARGIN - 2, name);
	for (i = 0; i < ARRAY_SIZE(figure); i++)
		fprintf(out, "%12s", number_show_time(figure[i], text));
	fprintf(out, "  %s\n", remark);
}

static void gap_remark(char text[96], const struct plan *plan,
		       const struct result *r)
{
	int len;

	text[0] = '\0';
	if (plan->closed_loop)
		return;
	len = snprintf(text, 96, "%.3g %% outside 2 us",
		       100 * result_share(r->stats.gap_outside_2us,
					  r->stats.gap.count));
	if (result_has_floors(plan))
		snprintf(text + len, 96 - len, " (floor %.3g %%)",
			 100 * r->floors.gap_outside_2us);
}

static void send_remark(char text[96], const struct plan *plan,
			const struct floors *f)
{
	char copy[32], ipi[32];

	text[0] = '\0';
	if (result_has_floors(plan))
		snprintf(text, 96, "(floor: copy %s + IPI %s)",
			 number_show_time(f->memcpy_ns, copy),
			 number_show_time(f->ipi_ns, ipi));
}

static void write_times(FILE *out, const struct plan *plan,
			const struct result *r)
{
	char remark[96];

	fprintf(out, "\n%-*s%12s%12s%12s%12s%12s\n", MARGIN - 2, "", "min", "p50",
		"mean", "p99", "max");
	gap_remark(remark, plan, r);
	write_row(out, "gap", &r->stats.gap, remark);
	write_row(out, "latency", &r->stats.latency,
		  "doorbell to handler entry");
	send_remark(remark, plan, &r->floors);
	write_row(out, "send", &r->stats.send, remark);
	write_row(out, "lateness", &r->stats.lateness, "due to start");
	if (plan->against == INTMGR_AGAINST_DRIVER && !plan->floors)
		fputs("no floors were measured (--no-floor): compare these times with no other machine's\n",
		      out);
}

static void write_standings(FILE *out, const struct standings *s)
{
	char pacing[STANDING_TEXT], target[STANDING_TEXT];

	if (s->known)
		fprintf(out, "scheduling: %s; %s\n",
			standing_text(&s->pacing, "pacing", pacing),
			standing_text(&s->target, "the target", target));
}

static void write_death(FILE *out, const struct death *death)
{
	if (death->sent)
		fprintf(out, "the target died after %llu shots: %s\n",
			(unsigned long long)death->sent, death->how);
	else
		fprintf(out, "the target died before the first shot: %s\n",
			death->how);
}

static void write_deaths(FILE *out, const struct result *r)
{
	u32 i;

	for (i = 0; i < min(r->deaths, (u32)RESULT_DEATHS); i++)
		write_death(out, &r->death[i]);
	if (r->deaths)
		fprintf(out, "deaths: %u, restarts: %u\n", r->deaths,
			r->restarts);
	if (r->uncounted)
		fputs("what its reader had counted is lost: what was delivered is not checked by it\n",
		      out);
}

static void write_conduct(FILE *out, const struct result *r)
{
	if (!r->watched)
		return;
	fault_list_write(out, &r->function);
	if (r->function.dead)
		fputs("THE FUNCTION WAS TAKEN OFF THE BUS: an instruction that accessed its registers is not known, see dmesg\n",
		      out);
}

static void write_remarks(FILE *out, const struct result *r)
{
	const struct intmgr_stats *s = &r->stats;

	write_standings(out, &r->standings);
	if (s->late)
		fprintf(out, "%llu shots began more than 2 us late\n", s->late);
	if (s->skipped)
		fprintf(out, "%llu due times were left out\n", s->skipped);
	if (r->read_late)
		fprintf(out, "%llu frames were read from the socket too late to count as delivered\n",
			(unsigned long long)r->read_late);
	if (s->bad_bus)
		fprintf(out, "the last bus address refused was %#llx\n",
			s->bad_bus);
	if (s->records_lost)
		fprintf(out, "%llu lines are missing in the log: it was written too slowly\n",
			s->records_lost);
	if (r->probe_lost)
		fprintf(out, "A QUEUE HANGS: %llu of %llu probes 1 ms apart, after the run, did not arrive\n",
			(unsigned long long)r->probe_lost,
			(unsigned long long)r->probed);
	write_conduct(out, r);
	write_deaths(out, r);
	if (r->interrupted)
		fputs("stopped early: these are partial figures\n", out);
	if (r->disagreement[0])
		fprintf(out, "THE SUMS DISAGREE: %s\n", r->disagreement);
}

static void write_shots(FILE *out, const struct plan *plan,
			const struct intmgr_stats *s)
{
	write_sent(out, s);
	if (plan->against == INTMGR_AGAINST_DRIVER)
		write_frames(out, s);
	write_queues(out, plan, s);
}

void report_shots(FILE *out, const struct plan *plan, const struct result *r)
{
	write_shots(out, plan, &r->stats);
	write_deaths(out, r);
}

void report_write(FILE *out, const struct plan *plan, const struct facts *facts,
		  const struct result *r)
{
	write_title(out, plan, facts);
	write_shots(out, plan, &r->stats);
	if (plan->against == INTMGR_AGAINST_DRIVER)
		write_accesses(out, r);
	if (plan->against != INTMGR_AGAINST_COPY)
		write_interrupts(out, &r->stats);
	write_times(out, plan, r);
	write_remarks(out, r);
}
