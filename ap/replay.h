/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two logs of one run, the one that was kept and the one of now, compared.
 */
#ifndef AP_REPLAY_H
#define AP_REPLAY_H

#include <stdbool.h>
#include <stdio.h>

struct replay {
	unsigned long line;	/* of the kept log, that was read last */
	char *kept, *now;	/* what is there and in the other one; NULL: its end */
	bool cut;		/* the kept line has no end */
};

/*
 * Read both from where they are, the kept one after @lines lines, to the first
 * line in which they differ; false: there is none. replay_free() it in any case.
 */
bool replay_differs(struct replay *r, unsigned long lines, FILE *kept,
		    FILE *now);

void replay_free(struct replay *r);

#endif
