// SPDX-License-Identifier: GPL-2.0-only
#include "number.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>

struct number_unit {
	const char *name;
	u64 scale;
};

struct number_kind {
	struct number_unit unit[6];	/* ends at a NULL name */
	const char *bad_unit;
	const char *too_fine;
	const char *(*show)(u64 value, char buf[32]);
};

static const char *show_plain(u64 value, char buf[32])
{
	snprintf(buf, 32, "%" PRIu64, value);
	return buf;
}

#define NO_UNIT_YET	"has no unit: add ns, us, ms or s"

const struct number_kind number_time = {
	.unit = { { "ns", 1 }, { "us", 1000 }, { "ms", 1000000 },
		  { "s", 1000000000 } },
	.bad_unit = "ends in an unknown unit: use ns, us, ms or s",
	.too_fine = "is finer than 1 ns",
	.show = number_show_time,
};

const struct number_kind number_ns = {
	.unit = { { "", 1 }, { "ns", 1 }, { "us", 1000 }, { "ms", 1000000 },
		  { "s", 1000000000 } },
	.bad_unit = "ends in an unknown unit: use ns, us, ms or s",
	.too_fine = "is finer than 1 ns",
	.show = number_show_exact,
};

const struct number_kind number_count = {
	.unit = { { "", 1 }, { "k", 1000 }, { "M", 1000000 } },
	.bad_unit = "has something after the number: only k or M may follow",
	.too_fine = "is not a whole number",
	.show = show_plain,
};

const struct number_kind number_plain = {
	.unit = { { "", 1 } },
	.bad_unit = "has something after the number",
	.too_fine = "is not a whole number",
	.show = show_plain,
};

const struct number_kind number_size = {
	.unit = { { "", 1 }, { "K", 1 << 10 }, { "M", 1 << 20 },
		  { "G", 1 << 30 } },
	.bad_unit = "ends in an unknown unit: use K, M or G",
	.too_fine = "is not a whole number of bytes",
	.show = number_show_size,
};

/* Digits before and after the point; the places after it as a power of ten. */
struct decimal {
	u64 whole, part, places;
};

static bool take_digit(u64 *value, char digit)
{
	return !__builtin_mul_overflow(*value, 10, value) &&
	       !__builtin_add_overflow(*value, (u64)(digit - '0'), value);
}

static const char *take_fraction(const char **text, struct decimal *d)
{
	const char *p = *text + 1;

	if (!isdigit((unsigned char)*p))
		return "has no digits after the point";
	for (; isdigit((unsigned char)*p); p++) {
		if (d->places >= 1000000000000ULL)
			return "has too many digits after the point";
		take_digit(&d->part, *p);
		d->places *= 10;
	}
	*text = p;
	return NULL;
}

static const char *take_decimal(const char **text, struct decimal *d)
{
	const char *p = *text;

	*d = (struct decimal){ .places = 1 };
	if (!*p)
		return "is empty";
	if (*p == '-')
		return "is negative";
	if (!isdigit((unsigned char)*p))
		return "is not a number";
	for (; isdigit((unsigned char)*p); p++)
		if (!take_digit(&d->whole, *p))
			return "is too large";
	*text = p;
	return *p == '.' ? take_fraction(text, d) : NULL;
}

static const struct number_unit *find_unit(const struct number_kind *kind,
					   const char *name)
{
	const struct number_unit *u;

	for (u = kind->unit; u->name; u++)
		if (!strcmp(u->name, name))
			return u;
	return NULL;
}

static const char *scale(const struct number_kind *kind,
			 const struct decimal *d, u64 by, u64 *out)
{
	unsigned __int128 part = (unsigned __int128)d->part * by;
	u64 value;

	if (part % d->places)
		return kind->too_fine;
	if (__builtin_mul_overflow(d->whole, by, &value) ||
	    __builtin_add_overflow(value, (u64)(part / d->places), &value))
		return "is too large";
	*out = value;
	return NULL;
}

const char *number_parse(const struct number_kind *kind, const char *text,
			 u64 *out)
{
	const struct number_unit *unit;
	struct decimal d;
	const char *why;

	why = take_decimal(&text, &d);
	if (why)
		return why;
	unit = find_unit(kind, text);
	if (!unit)
		return *text ? kind->bad_unit : NO_UNIT_YET;
	return scale(kind, &d, unit->scale, out);
}

const char *number_parse_in(const struct number_kind *kind, const char *text,
			    u64 least, u64 most, u64 *out, char why[96])
{
	const char *wrong = number_parse(kind, text, out);
	char limit[32];

	if (wrong)
		return wrong;
	if (*out < least)
		snprintf(why, 96, "is %s: the least is %s",
			 *out ? "too small" : "zero",
			 kind->show(least, limit));
	else if (*out > most)
		snprintf(why, 96, "is too large: the most is %s",
			 kind->show(most, limit));
	else
		return NULL;
	return why;
}

const char *number_show_time(u64 ns, char buf[32])
{
	if (ns < 1000)
		snprintf(buf, 32, "%" PRIu64 " ns", ns);
	else if (ns < 1000000)
		snprintf(buf, 32, "%.4g us", ns / 1e3);
	else if (ns < 1000000000)
		snprintf(buf, 32, "%.4g ms", ns / 1e6);
	else
		snprintf(buf, 32, "%.6g s", ns / 1e9);
	return buf;
}

/* Exactly, with the largest of the units, each @step of the one before. */
static const char *show_exact(u64 value, u64 step, const char *const *names,
			      size_t n, char buf[32])
{
	size_t i = 0;

	while (value && !(value % step) && i < n - 1) {
		value /= step;
		i++;
	}
	snprintf(buf, 32, "%" PRIu64 " %s", value, names[i]);
	return buf;
}

const char *number_show_exact(u64 ns, char buf[32])
{
	static const char *const names[] = { "ns", "us", "ms", "s" };

	return show_exact(ns, 1000, names, ARRAY_SIZE(names), buf);
}

const char *number_show_size(u64 bytes, char buf[32])
{
	static const char *const names[] = { "bytes", "KiB", "MiB", "GiB" };

	return show_exact(bytes, 1024, names, ARRAY_SIZE(names), buf);
}
