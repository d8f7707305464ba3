// SPDX-License-Identifier: GPL-2.0-only
#include "expect.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include <json-c/json.h>

static const struct {
	const char *sign;
	enum expect_op op;
} ops[] = {	/* a sign that begins another one stands after it */
	{ ">=", EXPECT_GE }, { "<=", EXPECT_LE }, { "==", EXPECT_EQ },
	{ "!=", EXPECT_NE }, { ">", EXPECT_GT }, { "<", EXPECT_LT },
};

static const char *skip_space(const char *p)
{
	while (isspace((unsigned char)*p))
		p++;
	return p;
}

static const char *take_name(const char **text, struct expectation *e)
{
	const char *start = skip_space(*text);
	size_t len = strcspn(start, "<>=! \t\n");

	if (!len)
		return "has no name in front: write it as 'success>=0.999'";
	if (len >= sizeof(e->name))
		return "names no figure of a run";
	memcpy(e->name, start, len);
	e->name[len] = '\0';
	*text = skip_space(start + len);
	return NULL;
}

static const char *take_op(const char **text, struct expectation *e)
{
	size_t i, len;

	for (i = 0; i < ARRAY_SIZE(ops); i++) {
		len = strlen(ops[i].sign);
		if (strncmp(*text, ops[i].sign, len))
			continue;
		e->op = ops[i].op;
		*text = skip_space(*text + len);
		return NULL;
	}
	return "has no comparison: use one of >= <= == != > <";
}

static const char *take_bound(const char *text, struct expectation *e)
{
	char *end;

	if (!isdigit((unsigned char)*text) && !strchr("+-.", *text))
		return "compares with no number";
	e->bound = strtod(text, &end);
	if (end == text || *skip_space(end))
		return "compares with no number";
	return isfinite(e->bound) ? NULL : "compares with too large a number";
}

const char *expect_parse(const char *text, struct expectation *e)
{
	const char *why;

	*e = (struct expectation){ .text = text };
	why = take_name(&text, e);
	if (!why)
		why = take_op(&text, e);
	return why ? why : take_bound(text, e);
}

static int number_of(struct json_object *value, double *out)
{
	switch (json_object_get_type(value)) {
	case json_type_null:
		return -ENODATA;
	case json_type_boolean:
	case json_type_int:
	case json_type_double:
		*out = json_object_get_double(value);
		return 0;
	default:
		return -ENOENT;
	}
}

int expect_find(struct json_object *result, const char *name, double *value)
{
	char key[64];
	size_t len;

	for (;; name += len + 1) {
		len = strcspn(name, ".");
		if (len >= sizeof(key))
			return -ENOENT;
		memcpy(key, name, len);
		key[len] = '\0';
		if (!json_object_is_type(result, json_type_object) ||
		    !json_object_object_get_ex(result, key, &result))
			return -ENOENT;
		if (!name[len])
			return number_of(result, value);
	}
}

bool expect_holds(const struct expectation *e, double value)
{
	switch (e->op) {
	case EXPECT_GE:
		return value >= e->bound;
	case EXPECT_LE:
		return value <= e->bound;
	case EXPECT_EQ:
		return value == e->bound;
	case EXPECT_NE:
		return value != e->bound;
	case EXPECT_GT:
		return value > e->bound;
	case EXPECT_LT:
		return value < e->bound;
	}
	return false;
}
