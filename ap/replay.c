// SPDX-License-Identifier: GPL-2.0-only
#include "replay.h"

#include <stdlib.h>
#include <string.h>

/* The next line without its end; *line is NULL where there is none. */
static void read_line(FILE *f, char **line, size_t *room, bool *cut)
{
	ssize_t len = getline(line, room, f);

	*cut = false;
	if (len < 0) {
		free(*line);
		*line = NULL;
		*room = 0;
	} else if ((*line)[len - 1] == '\n') {
		(*line)[len - 1] = '\0';
	} else {
		*cut = true;
	}
}

bool replay_differs(struct replay *r, unsigned long lines, FILE *kept,
		    FILE *now)
{
	size_t room[2] = { 0 };
	bool cut;

	*r = (struct replay){ .line = lines };
	do {
		read_line(kept, &r->kept, &room[0], &r->cut);
		read_line(now, &r->now, &room[1], &cut);
		r->line++;
	} while (r->kept && r->now && r->cut == cut &&
		 !strcmp(r->kept, r->now));
	return r->kept || r->now;
}

void replay_free(struct replay *r)
{
	free(r->kept);
	free(r->now);
}
