// SPDX-License-Identifier: GPL-2.0-only
#include "uml_machine.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"
#include "identity.h"
#include "node_cmdline.h"
#include "say.h"
#include "uml_home.h"

#define MEMORY_MB	128	/* of the kernel; what it does not touch costs nothing */
#define CONSOLE_TAIL	4096	/* bytes */

/* ---- what it is given ---- */

int uml_machine_file(const char *name, size_t size)
{
	int fd = uml_process_file(name, size);

	if (fd < 0)
		say_cannot("cannot make a file in memory: %s", strerror(errno));
	return fd;
}

static void forget_file(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

int uml_machine_give_window(struct uml_machine *m)
{
	int fd = uml_machine_file("window", UML_WINDOW);

	if (fd >= 0)
		uml_process_word(&m->process, "iomem=intmgr,/proc/self/fd/%d",
				 fd);
	return fd;
}

static int give_archive(struct uml_machine *m, const struct cpio *archive)
{
	int err;

	m->archive = uml_machine_file("initramfs", 0);
	if (m->archive < 0)
		return EXIT_CANNOT;
	err = file_write(m->archive, archive->data, archive->len);
	if (err)
		return say_cannot("cannot write the initramfs: %s",
				  strerror(-err));
	uml_process_word(&m->process, "initrd=/proc/self/fd/%d", m->archive);
	return EXIT_DONE;
}

/* No messages of the program that it is, no tick that comes and goes with idleness. */
static void give_words(struct uml_machine *m, const struct node_spec *function)
{
	char word[64];

	node_function_word(function, word);
	uml_process_word(&m->process, "mem=%dM", MEMORY_MB);
	uml_process_word(&m->process, "quiet");
	uml_process_word(&m->process, "loglevel=7");
	uml_process_word(&m->process, "con0=null,fd:1");
	uml_process_word(&m->process, "con=null");
	uml_process_word(&m->process, "ssl=null");
	uml_process_word(&m->process, "nohz=off");
	uml_process_word(&m->process, "panic_on_oops=1");
	uml_process_word(&m->process, "noreboot");
	uml_process_word(&m->process, "%s", word);
}

int uml_machine_make(struct uml_machine *m, const struct node_spec *spec,
		     const struct initramfs_more *more)
{
	struct uml_home home;
	struct cpio archive;
	int code = uml_home_find(&home);

	*m = (struct uml_machine)UML_MACHINE_NONE;
	if (code)
		return code;
	strcpy(m->process.program, home.linux_path);
	if (more->identity && identity_add_file(more->identity, home.linux_path))
		return say_cannot("cannot read %s", home.linux_path);
	code = initramfs_build(&archive, spec, home.modules, more);
	if (!code)
		code = give_archive(m, &archive);
	cpio_free(&archive);
	if (!code)
		give_words(m, spec);
	return code;
}

int uml_machine_start(struct uml_machine *m, int cpu)
{
	int err;

	m->console = uml_machine_file("console", 0);
	if (m->console < 0)
		return EXIT_CANNOT;
	err = uml_process_start(&m->process, m->console, cpu);
	forget_file(&m->archive);
	return err ? say_cannot("cannot start a process: %s", strerror(-err)) :
		     EXIT_DONE;
}

void uml_machine_free(struct uml_machine *m)
{
	uml_process_kill(&m->process);
	forget_file(&m->console);
	forget_file(&m->archive);
}

/* ---- its end ---- */

/* The end of the console, NUL-terminated. */
static void read_console(const struct uml_machine *m, char text[CONSOLE_TAIL])
{
	off_t len = lseek(m->console, 0, SEEK_END);
	off_t from = len > CONSOLE_TAIL - 1 ? len - (CONSOLE_TAIL - 1) : 0;
	ssize_t n = pread(m->console, text, CONSOLE_TAIL - 1, from);

	text[max(n, (ssize_t)0)] = '\0';
}

/* What its kernel said of its end, "" if nothing. */
static void last_words(const struct uml_machine *m, char how[UML_HOW])
{
	static const char mark[] = "Kernel panic - not syncing: ";
	char text[CONSOLE_TAIL], *found;

	read_console(m, text);
	found = strstr(text, mark);
	if (found)
		snprintf(how, UML_HOW, "panic: %.*s",
			 (int)strcspn(found + strlen(mark), "\r\n"),
			 found + strlen(mark));
	else
		how[0] = '\0';
}

bool uml_machine_ended(struct uml_machine *m, char how[UML_HOW])
{
	int status;

	if (!uml_process_ended(&m->process))
		return false;
	status = m->process.status;
	if (!how)
		return true;
	last_words(m, how);
	if (how[0])
		return true;
	if (WIFSIGNALED(status))
		snprintf(how, UML_HOW, "killed by signal %d (%s)",
			 WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		snprintf(how, UML_HOW, "exit %d", WEXITSTATUS(status));
	return true;
}

void uml_machine_show_console(const struct uml_machine *m, FILE *out)
{
	char text[CONSOLE_TAIL];

	read_console(m, text);
	fputs(text, out);
}
