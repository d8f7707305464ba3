// SPDX-License-Identifier: GPL-2.0-only
/*
 * intmgr replay: a run in virtual time once more, from its log.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "log_head.h"
#include "options.h"
#include "plan.h"
#include "replay.h"
#include "say.h"
#include "stop.h"
#include "verbs.h"
#include "virtual.h"

static const struct usage usage = {
	.verb = VERB_REPLAY,
	.name = "replay",
	.synopsis = "intmgr replay LOG",
	.about = "Repeat the run in virtual time that wrote LOG (intmgr run --deterministic --log\n"
		 "LOG), and say the first difference, if there is one; exit code 1 then.",
};

static const struct usage usage_of_run = { .verb = VERB_RUN, .name = "run" };

struct repeat {
	const char *path;
	FILE *log;
	struct words words;
	u64 identity;		/* of the binaries that wrote it */
	struct plan plan;
};

static void say_end(const struct repeat *r, const struct replay *d)
{
	if (d->cut)
		say_note("%s:%lu: the log was cut short in this line", r->path,
			 d->line);
	else if (!d->kept)
		say_note("%s:%lu: the log was cut short: it has no such line, and now there is\n  %s",
			 r->path, d->line, d->now);
	else
		say_note("%s:%lu: this line is one too many: now the run ends before\n  %s",
			 r->path, d->line, d->kept);
}

static int say_difference(const struct repeat *r, const struct replay *d,
			  bool same_binaries)
{
	if (d->cut || !d->kept || !d->now)
		say_end(r, d);
	else
		say_note("%s:%lu: the first difference:\n  log  %s\n  now  %s",
			 r->path, d->line, d->kept, d->now);
	if (same_binaries)
		say_note("the binaries are those that wrote it: the log was altered, or something in the run is not repeated");
	else
		say_note("the log was written with other binaries than these (command, kernel, modules)");
	return EXIT_EXPECTATION;
}

static int compare(const struct repeat *r, const struct virtual *v)
{
	bool same = r->identity == v->identity;
	FILE *now = fdopen(dup(v->line[VIRTUAL_LOG]), "r");
	struct replay d;
	int code = EXIT_DONE;

	if (!now)
		return say_cannot("cannot read the log of now: %m");
	rewind(now);
	if (replay_differs(&d, LOG_HEAD_LINES, r->log, now))
		code = say_difference(r, &d, same);
	else
		printf("no difference: %lu lines, with %s binaries\n",
		       d.line - 1, same ? "the same" : "other");
	replay_free(&d);
	fclose(now);
	return code;
}

/* Its kernel may have ended in the recorded run, too: that is in the log. */
static int repeat(struct repeat *r)
{
	char how[UML_HOW];
	struct virtual v;
	int code;

	stop_catch();
	code = virtual_start(&v, &r->plan);
	if (!code && !virtual_wait(&v, &r->plan))
		code = say_cannot("stopped");
	if (!code) {
		virtual_code(&v, how);
		if (how[0])
			say_note("the target's kernel: %s", how);
		code = compare(r, &v);
	}
	virtual_free(&v);
	return code;
}

/* Line 1 is a command line like any other, but for where it tells what. */
static int read_plan(struct repeat *r)
{
	int code = options_read(&usage_of_run, r->words.count, r->words.word,
				&r->plan);

	if (!code) {
		r->plan.log = r->path;	/* has one; nothing is written there */
		r->plan.json = false;
		r->plan.quiet = true;
		r->plan.console = NULL;
		r->plan.expects = 0;
		code = plan_check(&r->plan);
	}
	if (!code && !r->plan.deterministic)
		code = say_usage("it has no --deterministic");
	if (code)
		return say_usage("%s:1: its command line is none that can be repeated",
				 r->path);
	return EXIT_DONE;
}

static int replay_log(struct repeat *r)
{
	int code;

	r->log = fopen(r->path, "re");
	if (!r->log)
		return say_cannot("cannot read %s: %m", r->path);
	plan_init(&r->plan);
	code = log_head_read(r->log, r->path, &r->words, &r->identity);
	if (!code)
		code = read_plan(r);
	if (!code)
		code = repeat(r);
	plan_free(&r->plan);
	fclose(r->log);
	return code;
}

int verb_replay(int argc, char **argv)
{
	static struct repeat r;
	struct plan none;
	int code, rest;

	plan_init(&none);
	code = options_read_rest(&usage, argc, argv, &none, &rest);
	if (code)
		return code == OPTIONS_HELP ? EXIT_DONE : code;
	if (rest == argc)
		return say_usage("replay wants the log of a run: intmgr replay LOG");
	if (rest + 1 < argc)
		return option_say_place(&usage, argv[rest + 1]);
	r.path = argv[rest];
	return replay_log(&r);
}
