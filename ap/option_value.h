/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Values of options. @name is the option's, for the sentence. Each returns
 * EXIT_DONE, or EXIT_USAGE after saying what is wrong.
 */
#ifndef AP_OPTION_VALUE_H
#define AP_OPTION_VALUE_H

#include "number.h"

int option_number(const char *name, const char *text,
		  const struct number_kind *kind, u64 least, u64 most,
		  u64 *out);
int option_small(const char *name, const char *text, u32 least, u32 most,
		 u32 *out);

/* The index of @text among names[n]; NULL entries are not to be chosen. */
int option_one_of(const char *name, const char *text, const char *const *names,
		  u32 n, u32 *out);

#endif
