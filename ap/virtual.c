// SPDX-License-Identifier: GPL-2.0-only
#include "virtual.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "log_head.h"
#include "plan_words.h"
#include "plot.h"
#include "say.h"
#include "splat.h"
#include "stop.h"

#define START_NS	"1700000000000000000"	/* of its calendar: any, but always the same */
#define LOOK_NS		2000000
#define LOG_LINE	"/dev/ttyS2"

/* ---- starting ---- */

/* The plan's words, and where what it tells is to go there. */
static int job_words(const struct plan *plan, struct words *words)
{
	words_init(words);
	plan_words(plan, words);
	plan_words_expect(plan, words);
	if (plan->json)
		words_add(words, "--json");
	if (plan->quiet)
		words_add(words, "--quiet");
	if (plan->log || plan->nsizes) {
		words_add(words, plan->nsizes ? "--out" : "--log");
		words_add(words, LOG_LINE);
	}
	return words->full ? say_usage("the command line is too long") :
			     EXIT_DONE;
}

static int make(struct virtual *v, const struct plan *plan)
{
	struct words words;
	const struct initramfs_more more = {
		.module = plan->module,
		.job = &words,
		.trace = plan->trace,
		.identity = plan->log ? &v->identity : NULL,
	};
	struct node_spec spec = { .attachment = plan->attachment };
	int code = job_words(plan, &words);

	if (code)
		return code;
	strcpy(spec.driver, plan->driver->name);
	return uml_machine_make(&v->machine, &spec, &more);
}

static int give_files(struct virtual *v, const struct plan *plan)
{
	int i;

	v->window = uml_machine_give_window(&v->machine);
	if (v->window < 0)
		return EXIT_CANNOT;
	if (remains_give(&v->remains, &v->machine, plan))
		return EXIT_CANNOT;
	for (i = 0; i < UML_LINES; i++) {
		v->line[i] = uml_machine_file("line", 0);
		if (v->line[i] < 0)
			return EXIT_CANNOT;
		uml_process_word(&v->machine.process, "ssl%d=null,fd:%d", i,
				 v->line[i]);
	}
	return EXIT_DONE;
}

static void give_words(struct virtual *v, const struct plan *plan)
{
	struct uml_process *p = &v->machine.process;

	uml_process_word(p, "time-travel=inf-cpu");
	uml_process_word(p, "time-travel-start=" START_NS);
	uml_process_word(p, "random-seed=%llu",
			 (unsigned long long)plan->seed);
	uml_process_word(p, "intmgr_cost=%u,%u,%u", plan->cost.access_ns,
			 plan->cost.frame_ns, plan->cost.interrupt_ns);
}

int virtual_start(struct virtual *v, const struct plan *plan)
{
	int code;

	*v = (struct virtual){
		.machine = UML_MACHINE_NONE,
		.window = -1,
		.remains = REMAINS_NO_FILE,
		.line = { -1, -1, -1, -1 },
	};
	code = make(v, plan);
	if (!code)
		code = give_files(v, plan);
	if (code)
		return code;
	give_words(v, plan);
	return uml_machine_start(&v->machine, -1);
}

void virtual_free(struct virtual *v)
{
	int i;

	uml_machine_free(&v->machine);
	if (v->window >= 0)
		close(v->window);
	remains_free(&v->remains);
	for (i = 0; i < UML_LINES; i++)
		if (v->line[i] >= 0)
			close(v->line[i]);
}

/* ---- ending ---- */

int virtual_code(struct virtual *v, char how[UML_HOW])
{
	char text[16], console[64];
	ssize_t n = pread(v->line[VIRTUAL_CODE], text, sizeof(text) - 1, 0);

	how[0] = '\0';
	snprintf(console, sizeof(console), "/proc/self/fd/%d",
		 v->machine.console);
	if (splat_find(console, how, UML_HOW))
		return EXIT_CANNOT;
	if (n > 0 && text[0] >= '0' && text[0] <= '9')
		return text[0] - '0';
	if (!uml_machine_ended(&v->machine, how))
		strcpy(how, "it was stopped");
	return EXIT_CANNOT;
}

/* Not by sendfile(): it does not append, which is how make opens its output. */
static void copy_out(int from, FILE *to)
{
	char text[65536];
	ssize_t n;
	off_t at = 0;

	for (; (n = pread(from, text, sizeof(text), at)) > 0; at += n)
		if (fwrite(text, 1, n, to) != (size_t)n)
			break;
}

static FILE *open_output(const char *path)
{
	return strcmp(path, "-") ? fopen(path, "we") : stdout;
}

static int close_output(FILE *out, const char *path)
{
	int bad = ferror(out);

	bad |= out == stdout ? fflush(out) : fclose(out);
	return bad ? say_cannot("%s is not whole", path) : EXIT_DONE;
}

static int write_console(const struct virtual *v, const char *path)
{
	FILE *out = open_output(path);

	if (!out)
		return say_cannot("cannot write %s: %m", path);
	copy_out(v->machine.console, out);
	return close_output(out, path);
}

/* gnuplot inherits the file that the table is in. */
static int write_table(const struct virtual *v, const struct plan *plan)
{
	FILE *out = plan->out ? fopen(plan->out, "we") : stdout;
	char table[64];
	int code;

	if (!out)
		return say_cannot("cannot write %s: %m", plan->out);
	copy_out(v->line[VIRTUAL_LOG], out);
	code = close_output(out, plan->out ? plan->out : "stdout");
	if (code || !plan->plot)
		return code;
	snprintf(table, sizeof(table), "/proc/self/fd/%d",
		 v->line[VIRTUAL_LOG]);
	return plot_draw(table, plan->plot);
}

static int write_log(const struct virtual *v, const struct plan *plan)
{
	FILE *log = open_output(plan->log);

	if (!log)
		return say_cannot("cannot write %s: %m", plan->log);
	log_head_write(log, plan, v->identity);
	copy_out(v->line[VIRTUAL_LOG], log);
	return close_output(log, plan->log);
}

bool virtual_wait(struct virtual *v, const struct plan *plan)
{
	const struct timespec step = { .tv_nsec = LOOK_NS };
	const struct remains *left;
	int err;

	while (!uml_machine_ended(&v->machine, NULL)) {
		if (stop_asked())
			return false;
		nanosleep(&step, NULL);
	}
	left = remains_find(&v->remains, plan);
	err = left && plan->log ? remains_log(left, v->line[VIRTUAL_LOG]) : 0;
	if (err)
		say_note("the log is not whole: %s", strerror(-err));
	return true;
}

void virtual_said(const struct virtual *v, char *line, size_t size)
{
	ssize_t n = pread(v->line[VIRTUAL_ERR], line, size - 1, 0);

	line[max(n, (ssize_t)0)] = '\0';
	line[strcspn(line, "\n")] = '\0';
}

static int hand_out(struct virtual *v, const struct plan *plan)
{
	const struct remains *left = remains_find(&v->remains, plan);
	bool log_on_stdout = plan->log && !strcmp(plan->log, "-");
	FILE *out = log_on_stdout ? stderr : stdout;
	char how[UML_HOW];
	int code = virtual_code(v, how), bad = EXIT_DONE;

	copy_out(v->line[VIRTUAL_ERR], stderr);
	if (plan->log)
		bad = write_log(v, plan);
	if (plan->nsizes && !how[0])
		bad = write_table(v, plan);
	if (plan->console && !bad)
		bad = write_console(v, plan->console);
	copy_out(v->line[VIRTUAL_OUT], out);
	if (left)
		remains_report(out, left, plan, how);
	if (how[0]) {
		uml_machine_show_console(&v->machine, stderr);
		say_cannot("the target's kernel: %s", how);
	}
	return code ? code : bad;
}

int virtual_run(const struct plan *plan)
{
	struct virtual v;
	int code;

	stop_catch();
	code = virtual_start(&v, plan);
	if (!code) {
		virtual_wait(&v, plan);
		code = hand_out(&v, plan);
	}
	virtual_free(&v);
	return code;
}
