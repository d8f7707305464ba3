// SPDX-License-Identifier: GPL-2.0-only
#include "virtual.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "say.h"
#include "splat.h"
#include "stop.h"

#define START_NS	"1700000000000000000"	/* of its calendar: any, but always the same */
#define LOOK_NS		2000000
#define WORDS		16384	/* bytes */
#define LOG_LINE	"/dev/ttyS2"

/* ---- starting ---- */

static bool append(char *text, size_t *len, const char *word)
{
	size_t n = strlen(word) + 1;

	if (*len + n > WORDS)
		return false;
	memcpy(text + *len, word, n);
	*len += n;
	return true;
}

/* The same words, but that the log goes to a line of the machine's. */
static int job_words(const struct plan *plan, int argc, char *const *argv,
		     char text[WORDS], size_t *len)
{
	bool fits = true;
	int i;

	*len = 0;
	for (i = 0; i < argc; i++)
		fits = fits && append(text, len, argv[i]);
	if (plan->log)
		fits = fits && append(text, len, "--log") &&
		       append(text, len, LOG_LINE);
	return fits ? EXIT_DONE :
		      say_usage("the command line is longer than %d bytes",
				WORDS);
}

static int give_files(struct virtual *v)
{
	int i;

	v->window = uml_machine_give_window(&v->machine);
	if (v->window < 0)
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

int virtual_start(struct virtual *v, const struct plan *plan, int argc,
		  char *const *argv)
{
	char words[WORDS];
	struct initramfs_text job = { "/job", words, 0 };
	struct node_spec spec = { .attachment = plan->attachment };
	int code;

	*v = (struct virtual){
		.machine = UML_MACHINE_NONE,
		.window = -1,
		.line = { -1, -1, -1, -1 },
	};
	code = job_words(plan, argc, argv, words, &job.len);
	if (code)
		return code;
	strcpy(spec.driver, plan->driver->name);
	code = uml_machine_make(&v->machine, &spec, &job);
	if (!code)
		code = give_files(v);
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
static void copy_out(int from, int to)
{
	char text[65536];
	ssize_t n, done;
	off_t at = 0;

	fflush(NULL);
	while ((n = pread(from, text, sizeof(text), at)) > 0) {
		done = write(to, text, n);
		if (done <= 0)
			return;
		at += done;
	}
}

/* All of the file @from to @path, "-" for stdout, or nowhere if that is NULL. */
static int copy_to(int from, const char *path)
{
	int fd, bad;

	if (!path || from < 0)
		return EXIT_DONE;
	if (!strcmp(path, "-")) {
		copy_out(from, STDOUT_FILENO);
		return EXIT_DONE;
	}
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		return say_cannot("cannot write %s: %s", path, strerror(errno));
	copy_out(from, fd);
	bad = lseek(fd, 0, SEEK_END) != lseek(from, 0, SEEK_END);
	bad |= close(fd);
	return bad ? say_cannot("%s is not whole", path) : EXIT_DONE;
}

static void wait_for(struct virtual *v)
{
	const struct timespec step = { .tv_nsec = LOOK_NS };

	while (!uml_machine_ended(&v->machine, NULL) && !stop_asked())
		nanosleep(&step, NULL);
}

static int hand_out(struct virtual *v, const struct plan *plan)
{
	char how[UML_HOW];
	int code = virtual_code(v, how);
	int log = copy_to(v->line[VIRTUAL_LOG], plan->log);
	int console = copy_to(v->machine.console, plan->console);

	copy_out(v->line[VIRTUAL_ERR], STDERR_FILENO);
	copy_out(v->line[VIRTUAL_OUT], STDOUT_FILENO);
	if (how[0]) {
		uml_machine_show_console(&v->machine, stderr);
		say_cannot("the target's kernel: %s", how);
	}
	if (!code)
		code = log;
	return code ? code : console;
}

int virtual_run(const struct plan *plan, int argc, char *const *argv)
{
	struct virtual v;
	int code;

	stop_catch();
	code = virtual_start(&v, plan, argc, argv);
	if (!code) {
		wait_for(&v);
		code = hand_out(&v, plan);
	}
	virtual_free(&v);
	return code;
}
