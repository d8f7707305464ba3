// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr status: what is there and what is going on.
 */
#include "json_print.h"
#include "options.h"
#include "plan.h"
#include "say.h"
#include "status.h"
#include "verbs.h"

static const struct usage usage = {
	.verb = VERB_STATUS,
	.name = "status",
	.synopsis = "intmgr status [OPTION]...",
	.about = "Say which modules are there, who drives each virtual function, where its\n"
		 "interrupts go, what its driver did wrong, and how the OS nodes are. Exit 3\n"
		 "where a run could not start.",
};

int verb_status(int argc, char **argv)
{
	static struct status status;
	struct plan plan;
	int code;

	plan_init(&plan);
	code = options_read(&usage, argc, argv, &plan);
	if (code)
		return code == OPTIONS_HELP ? EXIT_DONE : code;
	code = status_read(&status);
	if (plan.json)
		json_print(status_json(&status));
	else
		status_write(&status, stdout);
	return code;
}
