/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The agent's end of the mailbox: takes requests and answers them.
 */
#ifndef AP_AGENT_SERVE_H
#define AP_AGENT_SERVE_H

/* Serve for ever; EXIT_CANNOT, after saying why, where that cannot be. */
int serve(void);

#endif
