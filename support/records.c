// SPDX-License-Identifier: GPL-2.0-only
/*
 * Records of judged shots, for whoever fetches them, each once. They lie where
 * later shots will lie: those that nobody fetched in time are lost.
 */
#include "support/support.h"

/* Pass over, at once, what was overwritten since the last call. */
static void records_skip(struct run *r)
{
	u64 sent = port_load(&r->sent);
	u64 oldest = sent + 2 > r->records ? sent + 2 - r->records : 1;

	if (r->fetched + 1 < oldest) {
		r->records_lost += oldest - 1 - r->fetched;
		r->fetched = oldest - 1;
	}
}

/* Copy the record after the last one fetched; false if it was overwritten. */
static bool records_copy(struct run *r, struct intmgr_record *out)
{
	u64 seq = r->fetched + 1;
	struct shot s = *run_shot(r, seq);

	port_rmb();	/* the copy is whole if its place was not reused by now */
	r->fetched = seq;
	if (port_load(&r->sent) + 1 >= seq + r->records || s.rec.seq != seq)
		return false;
	summary_record(r, &s, out);
	return true;
}

bool records_next(struct run *r, struct intmgr_record *out)
{
	/* pairs with the release in judge_step(): the records are whole */
	u64 judged = port_load_acquire(&r->judged);

	records_skip(r);
	while (r->fetched < judged) {
		if (records_copy(r, out))
			return true;
		r->records_lost++;
	}
	return false;
}

void records_put_back(struct run *r)
{
	r->fetched--;
}
