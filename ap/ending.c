// SPDX-License-Identifier: GPL-2.0-only
#include "ending.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "node.h"

#define SEEN_MS	1500	/* a heartbeat may be missing so long, and a little more */

int ending_query(int node_fd, __u32 id, struct intmgr_node_query *query)
{
	const struct timespec step = { .tv_nsec = 10000000 };
	unsigned int waited;
	int err;

	for (waited = 0; waited < SEEN_MS; waited += 10) {
		err = node_query(node_fd, id, query);
		if (err || query->state != INTMGR_NODE_STATE_UP)
			return err;
		nanosleep(&step, NULL);
	}
	return 0;
}

void ending_text(const struct intmgr_node_query *query, char text[ENDING_TEXT])
{
	const char *state = node_state_name(query->state);
	char *c;

	snprintf(text, ENDING_TEXT, "%.*s", (int)sizeof(query->reason),
		 query->reason);
	if (query->state == INTMGR_NODE_STATE_UP)	/* the reason is of another life */
		strcpy(text, "silent for a while, and up again");
	else if (strncmp(text, state, strlen(state)))	/* it may name the state */
		snprintf(text, ENDING_TEXT, "%s%s%.*s", state,
			 query->reason[0] ? ": " : "",
			 (int)sizeof(query->reason), query->reason);
	for (c = text; *c; c++)
		if (!isprint((unsigned char)*c))
			*c = '?';
}
