// SPDX-License-Identifier: GPL-2.0-only
#include "explore.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "monotonic.h"
#include "pattern.h"
#include "plan_words.h"
#include "say.h"
#include "stop.h"
#include "virtual.h"

#define LOOK_NS		1000000

/* A run that goes on for longer hangs; each shot has its interval, too. */
#define LIMIT_NS	120000000000ULL
#define LIMIT_SHOT_NS	50000

/* One run. */
struct trial {
	struct plan plan;
	char pattern[PATTERN_TEXT];
	struct virtual v;
	u64 began;		/* 0: it is not going on */
	u64 limit_ns;		/* later it hangs */
};

struct explorer {
	const struct plan *plan;
	struct exploration *e;
	struct trial *trial;	/* plan->jobs of them */
	u32 started, running;
};

/* ---- one run ---- */

static u64 limit_ns(const struct plan *plan)
{
	u64 shot = LIMIT_SHOT_NS + max(plan->interval_ns,
				       max(plan->ramp_from_ns, plan->ramp_to_ns));

	return plan->count > (UINT64_MAX - LIMIT_NS) / shot ?
		       UINT64_MAX : LIMIT_NS + plan->count * shot;
}

static int trial_start(struct trial *t, const struct plan *plan, u64 seed)
{
	int code;

	t->plan = *plan;
	t->plan.seed = seed;
	pattern_draw(&t->plan, t->pattern);
	code = plan_check(&t->plan);
	if (code)
		return code;
	t->limit_ns = limit_ns(&t->plan);
	t->began = monotonic_ns();
	return virtual_start(&t->v, &t->plan);
}

static void trial_end(struct trial *t)
{
	if (t->began)
		virtual_free(&t->v);
	t->began = 0;
}

/* It has ended, or will not; did it go wrong, and how? */
static bool trial_wrong(struct trial *t, bool ended, char what[256])
{
	char how[UML_HOW];
	int code = virtual_code(&t->v, how);

	if (!ended)
		snprintf(what, 256, "it hangs: no end after %llu s",
			 (unsigned long long)t->limit_ns / 1000000000);
	else if (how[0])
		snprintf(what, 256, "its kernel: %s", how);
	else if (code)
		virtual_said(&t->v, what, 256);
	else
		return false;
	return true;
}

/* ---- all of them ---- */

static void found(struct explorer *x, const struct trial *t, const char *what)
{
	struct exploration *e = x->e;

	if (e->found && e->seed < t->plan.seed)
		return;
	e->found = true;
	e->seed = t->plan.seed;
	snprintf(e->what, sizeof(e->what), "%s", what);
	words_init(&e->command);
	plan_words(&t->plan, &e->command);
	plan_words_expect(&t->plan, &e->command);
}

/* Is it of no use any more, as one with a lower seed went wrong? */
static bool beaten(const struct explorer *x, const struct trial *t)
{
	return x->e->found && t->plan.seed > x->e->seed;
}

static void look(struct explorer *x, struct trial *t)
{
	bool ended = uml_machine_ended(&t->v.machine, NULL);
	bool out = monotonic_ns() - t->began > t->limit_ns;
	char what[256];

	if (!ended && !out && !beaten(x, t))
		return;
	if (ended || out) {
		x->e->tried++;
		if (trial_wrong(t, ended, what))
			found(x, t, what);
	}
	trial_end(t);
	x->running--;
}

static bool more(const struct explorer *x)
{
	return x->started < x->plan->seeds && !x->e->found && !stop_asked();
}

static int look_at_all(struct explorer *x)
{
	struct trial *t;
	int code = EXIT_DONE;
	u32 i;

	for (i = 0; i < x->plan->jobs && !code; i++) {
		t = &x->trial[i];
		if (t->began)
			look(x, t);
		if (t->began || !more(x))
			continue;
		code = trial_start(t, x->plan, x->plan->seed + x->started++);
		x->running++;
	}
	return code;
}

/* One line, written anew. */
static void show_progress(const struct explorer *x)
{
	if (!x->plan->quiet && say_to_terminal())
		fprintf(stderr, "\r%u of %u runs\033[K", x->e->tried,
			x->plan->seeds);
}

static void end_progress(const struct explorer *x)
{
	if (!x->plan->quiet && say_to_terminal())
		fputs("\r\033[K", stderr);
}

/* Each run has some files; if there may not be as many, one will say so. */
static void have_files(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files))
		return;
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
}

int explore(const struct plan *plan, struct exploration *e)
{
	struct explorer x = { .plan = plan, .e = e };
	const struct timespec step = { .tv_nsec = LOOK_NS };
	u64 began = monotonic_ns();
	u32 i, tried;
	int code;

	have_files();
	e->found = false;
	e->tried = 0;
	x.trial = calloc(plan->jobs, sizeof(*x.trial));
	if (!x.trial)
		return say_cannot("no memory");
	code = look_at_all(&x);
	while (!code && x.running && !stop_asked()) {
		nanosleep(&step, NULL);
		tried = e->tried;
		code = look_at_all(&x);
		if (e->tried != tried)
			show_progress(&x);
	}
	end_progress(&x);
	e->broken_off = x.running;
	for (i = 0; i < plan->jobs; i++)
		trial_end(&x.trial[i]);
	free(x.trial);
	e->elapsed_ns = monotonic_ns() - began;
	if (!code && e->found)
		code = EXIT_EXPECTATION;
	return code;
}
