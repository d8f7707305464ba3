/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a thread or a process of ours has of the machine: a CPU to stay on, and
 * that others come after it. Neither is needed, but figures without are others.
 */
#ifndef AP_STANDING_H
#define AP_STANDING_H

#include <stdbool.h>

#include "injector/port.h"

#define STANDING_TEXT	128	/* bytes */

enum standing_priority { STANDING_NONE, STANDING_NICE, STANDING_FIFO };

struct standing {
	int cpu;		/* that was asked for */
	int pin_error;		/* 0: it stays there, else errno */
	enum standing_priority priority;
	int error;			/* errno of what was refused; 0: nothing */
};

/* Those of a run. */
struct standings {
	bool known;		/* they are this command's */
	struct standing pacing, target;
};

/*
 * May a thread spin with real-time priority for @ns, and again soon, without
 * keeping others off a CPU so long that the kernel stops it?
 */
bool standing_may_spin(u64 ns);

/* For this thread: stay on @cpu, and come first; with @spin, by SCHED_FIFO. */
struct standing standing_take(int cpu, bool spin);

/*
 * The same for a process whose threads are all to come, and which leads a
 * session of its own. It is never SCHED_FIFO.
 */
struct standing standing_take_session(int cpu);

/* "fifo", "nice", or NULL: none. */
const char *standing_priority_name(const struct standing *s);

/* Why something of it was not had; NULL: all was. */
const char *standing_why(const struct standing *s);

/* "pacing FIFO on CPU 0", of @who. */
const char *standing_text(const struct standing *s, const char *who,
			  char text[STANDING_TEXT]);

#endif
