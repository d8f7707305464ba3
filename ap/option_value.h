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

/* An interval of shots, and a range of them, as 1us..60us; either may be longer. */
int option_interval(const char *name, const char *text, u64 *ns);
int option_range(const char *name, const char *text, u64 *from_ns, u64 *to_ns);

/* A file's name; it is not looked for. */
int option_path(const char *name, const char *text, const char **path);

/* The index of @text among names[n]; NULL entries are not to be chosen. */
int option_one_of(const char *name, const char *text, const char *const *names,
		  u32 n, u32 *out);

#endif
