/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs the programs that are asked for, one at a time, in a thread of its own:
 * a run goes on beside them. The same thread reaps what has no other parent.
 */
#ifndef AP_AGENT_PROGRAMS_H
#define AP_AGENT_PROGRAMS_H

#include <pthread.h>

#include "../mailbox.h"

struct programs {
	struct mailbox *box;
	pthread_t thread;
	int wake;		/* eventfd: there may be a request */
	int children;		/* signalfd of SIGCHLD */
};

/* Once, before other threads are started. EXIT_DONE or EXIT_CANNOT. */
int programs_start(struct programs *p, struct mailbox *box);

/* Look whether there is a request. */
void programs_wake(struct programs *p);

#endif
