// SPDX-License-Identifier: GPL-2.0-only
#include "option_value.h"

#include <stdio.h>

#include "injector/schedule.h"
#include "say.h"

int option_number(const char *name, const char *text,
		  const struct number_kind *kind, u64 least, u64 most, u64 *out)
{
	const char *wrong;
	char why[96];

	wrong = number_parse_in(kind, text, least, most, out, why);
	if (wrong)
		return say_usage("--%s: '%s' %s", name, text, wrong);
	return EXIT_DONE;
}

int option_small(const char *name, const char *text, u32 least, u32 most,
		 u32 *out)
{
	u64 value;
	int code = option_number(name, text, &number_plain, least, most,
				 &value);

	if (!code)
		*out = value;
	return code;
}

int option_interval(const char *name, const char *text, u64 *ns)
{
	return option_number(name, text, &number_time, SCHEDULE_MIN_INTERVAL_NS,
			     SCHEDULE_MAX_INTERVAL_NS, ns);
}

int option_range(const char *name, const char *text, u64 *from_ns, u64 *to_ns)
{
	const char *dots = strstr(text, "..");
	char from[64];
	int code;

	if (!dots || dots - text >= (ptrdiff_t)sizeof(from))
		return say_usage("--%s: '%s' is no range: write it as 1us..60us",
				 name, text);
	memcpy(from, text, dots - text);
	from[dots - text] = '\0';
	code = option_interval(name, from, from_ns);
	return code ? code : option_interval(name, dots + 2, to_ns);
}

int option_path(const char *name, const char *text, const char **path)
{
	if (!*text)
		return say_usage("--%s: the file's name is empty", name);
	*path = text;
	return EXIT_DONE;
}

int option_one_of(const char *name, const char *text, const char *const *names,
		  u32 n, u32 *out)
{
	char list[256] = "";
	u32 i;

	for (i = 0; i < n; i++) {
		if (!names[i])
			continue;
		if (!strcmp(text, names[i])) {
			*out = i;
			return EXIT_DONE;
		}
		snprintf(list + strlen(list), sizeof(list) - strlen(list),
			 "%s%s", list[0] ? ", " : "", names[i]);
	}
	return say_usage("--%s: there is no '%s': choose one of %s", name, text,
			 list);
}
