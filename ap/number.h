/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Numbers as people type them: times with a unit, counts with k or M,
 * sizes with K, M or G.
 */
#ifndef AP_NUMBER_H
#define AP_NUMBER_H

#include "injector/port.h"

/* A kind of number: which units may follow, and what to say if none fits. */
struct number_kind;

extern const struct number_kind number_time;	/* 38us, 1.5ms: in ns */
extern const struct number_kind number_ns;	/* the same, and 38000 */
extern const struct number_kind number_count;	/* 5000, 10k, 1.5M */
extern const struct number_kind number_plain;	/* 1500 */
extern const struct number_kind number_size;	/* 256M, 1.5G: in bytes, K is 1024 */

/*
 * Read @text whole. Returns NULL and the number in *out, or what is wrong with
 * it, to follow the text in a sentence.
 */
const char *number_parse(const struct number_kind *kind, const char *text,
			 u64 *out);

/*
 * The same, with its range. @why holds the sentence when it is not one of
 * number_parse()'s.
 */
const char *number_parse_in(const struct number_kind *kind, const char *text,
			    u64 least, u64 most, u64 *out, char why[96]);

/* Write @ns with the unit that suits it: "950 ns", "38.03 us". */
const char *number_show_time(u64 ns, char buf[32]);

/* Write @ns exactly, with the largest unit that can: "38 us", "38030 ns". */
const char *number_show_exact(u64 ns, char buf[32]);

/* Write @bytes exactly, with the largest unit that can: "68 MiB". */
const char *number_show_size(u64 bytes, char buf[32]);

#endif
