/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Many runs in virtual time, each with a seed and a pattern of its own, several
 * at a time, until one of them goes wrong.
 */
#ifndef AP_EXPLORE_H
#define AP_EXPLORE_H

#include "plan.h"
#include "words.h"

struct exploration {
	u32 tried;			/* runs that came to their end */
	u64 elapsed_ns;
	bool broken_off;		/* the user stopped it, with runs under way */
	bool found;
	u64 seed;			/* of the first run that went wrong */
	char what[256];			/* ... and how */
	struct words command;		/* ... and what does it again */
};

/*
 * Runs as @plan says, of which each draws its pattern (pattern.h) by a seed of
 * its own: plan->seed and those that follow. EXIT_DONE; EXIT_EXPECTATION: one
 * went wrong, and all with a lower seed did not, unless it was broken off; else
 * EXIT_USAGE or EXIT_CANNOT after saying why.
 */
int explore(const struct plan *plan, struct exploration *e);

#endif
