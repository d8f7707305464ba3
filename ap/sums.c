// SPDX-License-Identifier: GPL-2.0-only
#include "sums.h"

#include <inttypes.h>
#include <stdio.h>

#include "injector/record.h"

static u64 sum_outcomes(const struct intmgr_stats *s)
{
	u64 sum = 0;
	u32 i;

	for (i = 0; i < INTMGR_OUTCOMES; i++)
		sum += s->outcome[i];
	return sum;
}

u64 sums_read_late(const struct intmgr_stats *s,
		   const struct receiver_counts *c)
{
	u64 delivered = s->outcome[OUTCOME_DELIVERED];

	return c->read > delivered ? c->read - delivered : 0;
}

/* What of the outcomes may have been read all the same. */
static u64 given_up(const struct intmgr_stats *s, u32 died)
{
	return s->outcome[OUTCOME_SOCKET] +
	       (died ? s->outcome[OUTCOME_TARGET_DEAD] : 0);
}

bool sums_plausible(const struct receiver_counts *c, u64 sent)
{
	return c->read <= sent && c->duplicate <= sent;
}

static const char *check_reader(const struct intmgr_stats *s,
				const struct receiver_counts *c, u32 died,
				char why[160])
{
	u64 delivered = s->outcome[OUTCOME_DELIVERED];

	if (c->read < delivered || sums_read_late(s, c) > given_up(s, died))
		snprintf(why, 160, "%" PRIu64 " frames were read from the socket, but %" PRIu64 " shots count as delivered",
			 c->read, delivered);
	else if (c->duplicate)
		snprintf(why, 160, "%" PRIu64 " frames came twice",
			 c->duplicate);
	else
		return NULL;
	return why;
}

const char *sums_check(const struct intmgr_stats *s,
		       const struct receiver_counts *c, u32 died,
		       char why[160])
{
	u64 delivered = s->outcome[OUTCOME_DELIVERED], sum = sum_outcomes(s);

	if (s->pending)
		snprintf(why, 160, "%llu shots have no outcome", s->pending);
	else if (s->sent != sum)
		snprintf(why, 160, "%llu shots were sent, but the outcomes are of %" PRIu64,
			 s->sent, sum);
	else if (s->received < delivered || s->received > s->sent)
		snprintf(why, 160, "of %llu sent the stack received %llu and the socket delivered %" PRIu64,
			 s->sent, s->received, delivered);
	else
		return c ? check_reader(s, c, died, why) : NULL;
	return why;
}
