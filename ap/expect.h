/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * --expect 'NAME OP NUMBER': a bound on a figure of run --json. NAME is the
 * figure's path there, its parts joined by dots.
 */
#ifndef AP_EXPECT_H
#define AP_EXPECT_H

#include "injector/port.h"

struct json_object;

enum expect_op { EXPECT_GE, EXPECT_LE, EXPECT_EQ, EXPECT_NE, EXPECT_GT, EXPECT_LT };

struct expectation {
	const char *text;	/* as typed */
	char name[64];
	enum expect_op op;
	double bound;
};

/* NULL, or what is wrong with @text, to follow it in a sentence. */
const char *expect_parse(const char *text, struct expectation *e);

/*
 * The figure called @name in @result. 0; -ENOENT: there is none such, or it is
 * no number; -ENODATA: it has no value in this run (null).
 */
int expect_find(struct json_object *result, const char *name, double *value);

bool expect_holds(const struct expectation *e, double value);

#endif
