// SPDX-License-Identifier: GPL-2.0-only
#include "uml_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "standing.h"

void uml_process_word(struct uml_process *p, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (p->words < UML_WORDS)
		vsnprintf(p->word[p->words++], UML_WORD, format, args);
	va_end(args);
}

int uml_process_file(const char *name, size_t size)
{
	int fd = memfd_create(name, 0);

	if (fd >= 0 && ftruncate(fd, size)) {
		close(fd);
		return -1;
	}
	return fd;
}

/* What it has of the machine, said through @tell. */
static void take_standing(int cpu, int tell)
{
	struct standing s;

	if (cpu < 0)
		return;
	s = standing_take_session(cpu);
	if (write(tell, &s, sizeof(s)) != sizeof(s))
		_exit(1);
}

/* Between fork and exec: signals as they were, a session and a death of its own. */
static void become(const struct uml_process *p, int console, int cpu, int tell,
		   pid_t parent)
{
	char *argv[UML_WORDS + 2] = { (char *)p->program };
	char *const env[] = { "PATH=/", "HOME=/", NULL };
	int i, null = open("/dev/null", O_RDWR);
	const struct rlimit none = { 0 };
	sigset_t set;

	setsid();
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);	/* it died before that was said */
	sigemptyset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
	setrlimit(RLIMIT_CORE, &none);
	take_standing(cpu, tell);
	dup2(null, STDIN_FILENO);
	dup2(console, STDOUT_FILENO);
	dup2(console, STDERR_FILENO);
	for (i = 0; i < p->words; i++)
		argv[i + 1] = (char *)p->word[i];
	execve(p->program, argv, env);
	dprintf(STDERR_FILENO, "cannot start %s: %m\n", p->program);
	_exit(127);
}

int uml_process_start(struct uml_process *p, int console, int cpu)
{
	pid_t self = getpid();
	int tell[2], err = 0;

	if (pipe2(tell, O_CLOEXEC))
		return -errno;
	p->ended = false;
	p->pid = fork();
	if (!p->pid)
		become(p, console, cpu, tell[1], self);
	if (p->pid < 0) {
		err = -errno;
		p->pid = 0;
	}
	close(tell[1]);
	while (!err && read(tell[0], &p->standing, sizeof(p->standing)) < 0)
		err = errno == EINTR ? 0 : -errno;
	close(tell[0]);
	return err;
}

bool uml_process_ended(struct uml_process *p)
{
	if (!p->ended && p->pid)
		p->ended = waitpid(p->pid, &p->status, WNOHANG) == p->pid;
	return p->ended;
}

void uml_process_kill(struct uml_process *p)
{
	if (!p->pid)
		return;
	kill(-p->pid, SIGKILL);
	if (!p->ended)
		waitpid(p->pid, &p->status, 0);
	p->ended = true;
	p->pid = 0;
}
