// SPDX-License-Identifier: GPL-2.0-only
#include "programs.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../monotonic.h"
#include "../say.h"

#define ARGS		256	/* of a program, at most */
#define LOOK_MS		50	/* between two looks whether it is still wanted */
#define PIECE		4096	/* of output, bytes */
#define PIPE_PIECES	16	/* that a pipe holds (pipe(7)) */

/* A program and what it writes: the end of it, where that is too much. */
struct program {
	pid_t pid;
	int out;			/* its stdout and stderr */
	int status;
	bool over;			/* it was reaped; @status is known */
	u32 len;
	char output[MAILBOX_OUTPUT];
};

/* ---- children ---- */

/* Between fork and exec only what a signal handler might call, too. */
static void become(char **argv, int out)
{
	static const char *const env[] = {
		"PATH=/bin:/sbin:/usr/bin:/usr/sbin", "HOME=/", NULL,
	};
	static const char sorry[] = "cannot run this program\n";
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setsid();
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	execvpe(argv[0], argv, (char **)env);
	if (write(STDERR_FILENO, sorry, sizeof(sorry) - 1) < 0)
		_exit(126);
	_exit(127);
}

static int spawn(struct program *program, char **argv)
{
	int pipes[2];

	if (pipe2(pipes, O_CLOEXEC | O_NONBLOCK))
		return say_cannot("cannot make a pipe: %m");
	fcntl(pipes[1], F_SETFL, 0);
	program->pid = fork();
	if (!program->pid)
		become(argv, pipes[1]);
	close(pipes[1]);
	if (program->pid < 0) {
		close(pipes[0]);
		return say_cannot("cannot fork: %m");
	}
	program->out = pipes[0];
	return EXIT_DONE;
}

/* Reap all that have ended; note it if @program, which may be NULL, has. */
static void reap(const struct programs *p, struct program *program)
{
	struct signalfd_siginfo ignored[8];
	int status;
	pid_t pid;

	while (read(p->children, ignored, sizeof(ignored)) > 0)
		;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (program && pid == program->pid) {
			program->status = status;
			program->over = true;
		}
	}
}

/* ---- output ---- */

static void keep(struct program *program, const char *text, u32 n)
{
	u32 room = sizeof(program->output) - program->len;

	if (n > room) {
		memmove(program->output, program->output + n - room,
			program->len - (n - room));
		program->len -= n - room;
	}
	memcpy(program->output + program->len, text, n);
	program->len += n;
}

/* What is there now; false at the end, or when nothing is. */
static bool drain(struct program *program)
{
	char text[PIECE];
	ssize_t n = read(program->out, text, sizeof(text));

	if (n > 0)
		keep(program, text, n);
	return n > 0;
}

/* ---- one program ---- */

static void attend(const struct programs *p, struct program *program)
{
	struct pollfd fd[] = {
		{ .fd = p->children, .events = POLLIN },
		{ .fd = program->out, .events = POLLIN },
	};

	poll(fd, 2, LOOK_MS);
	if (fd[1].revents & POLLHUP && !(fd[1].revents & POLLIN))
		poll(fd, 1, LOOK_MS);	/* closed, and still running */
	drain(program);
	reap(p, program);
}

/* Its exit code as the mailbox has it. */
static int attend_all(const struct programs *p, struct program *program,
		      u64 seq, u32 timeout_ms)
{
	const struct mailbox_channel *channel =
		&p->box->channel[MAILBOX_PROGRAM];
	u64 until = monotonic_ms() + timeout_ms;
	bool ended = false;
	int i;

	while (!program->over) {
		if (!ended && (monotonic_ms() >= until ||
			       mailbox_given_up(channel, seq))) {
			kill(-program->pid, SIGKILL);
			kill(program->pid, SIGKILL);	/* it has no group yet */
			ended = true;
		}
		attend(p, program);
	}
	/* What it left; its children may write on and on. */
	for (i = 0; i <= PIPE_PIECES && drain(program); i++)
		;
	if (ended)
		return -1;
	return WIFEXITED(program->status) ? WEXITSTATUS(program->status) :
					    128 + WTERMSIG(program->status);
}

static int execute(const struct programs *p, struct mailbox_request *request,
		   u64 seq, struct mailbox_reply *reply)
{
	static struct program program;
	char *argv[ARGS];
	int code;

	program.over = false;
	program.len = 0;
	if (mailbox_unpack(request, argv, ARGS))
		return say_cannot("the program has no name, or more than %d arguments",
				  ARGS - 1);
	code = spawn(&program, argv);
	if (code)
		return code;
	reply->execute.code = attend_all(p, &program, seq, request->timeout_ms);
	close(program.out);
	memcpy(p->box->output, program.output, program.len);
	reply->execute.len = program.len;
	return EXIT_DONE;
}

/* ---- the thread ---- */

static void handle_waiting(struct programs *p)
{
	struct mailbox_channel *channel = &p->box->channel[MAILBOX_PROGRAM];
	struct mailbox_request request;
	u64 seq;

	while (mailbox_take(channel, &request, &seq)) {
		struct mailbox_reply reply = { 0 };

		say_into(reply.said, sizeof(reply.said));
		reply.code = mailbox_given_up(channel, seq) ?
				     say_cannot("nobody waits for it any more") :
				     execute(p, &request, seq, &reply);
		say_into(NULL, 0);
		mailbox_answer(channel, seq, &reply);
	}
}

static void *work(void *arg)
{
	struct programs *p = arg;
	struct pollfd fd[] = {
		{ .fd = p->wake, .events = POLLIN },
		{ .fd = p->children, .events = POLLIN },
	};
	u64 ignored;

	for (;;) {
		poll(fd, 2, -1);
		reap(p, NULL);
		if (read(p->wake, &ignored, sizeof(ignored)) > 0)
			handle_waiting(p);
	}
	return NULL;
}

int programs_start(struct programs *p, struct mailbox *box)
{
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	*p = (struct programs){
		.box = box,
		.wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
		.children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK),
	};
	if (p->wake < 0 || p->children < 0 ||
	    pthread_create(&p->thread, NULL, work, p))
		return say_cannot("cannot start the thread for programs: %m");
	return EXIT_DONE;
}

void programs_wake(struct programs *p)
{
	const u64 one = 1;

	if (write(p->wake, &one, sizeof(one)) < 0)
		say_note("cannot wake the thread for programs: %m");
}
