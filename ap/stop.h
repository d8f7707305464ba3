/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * SIGINT and SIGTERM end a run early: its figures are still shown.
 */
#ifndef AP_STOP_H
#define AP_STOP_H

#include <stdbool.h>

/*
 * Catch both signals from now on. A blocking call of the main thread then
 * returns EINTR, however close to its start the signal came. Threads started
 * later must call stop_not_here() first.
 */
void stop_catch(void);

/* Keep both signals out of this thread. */
void stop_not_here(void);

/* Has one of them come? */
bool stop_asked(void);

#endif
