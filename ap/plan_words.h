/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The command line of a plan: what options.c reads, the other way round.
 */
#ifndef AP_PLAN_WORDS_H
#define AP_PLAN_WORDS_H

#include "plan.h"
#include "words.h"

/*
 * The verb, run or sweep, and the words that decide what happens in virtual time,
 * of a @plan that was checked; none of those that say where it is to be told.
 */
void plan_words(const struct plan *plan, struct words *w);

/* And those of --expect. */
void plan_words_expect(const struct plan *plan, struct words *w);

#endif
