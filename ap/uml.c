// SPDX-License-Identifier: GPL-2.0-only
#include "uml.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent.h"
#include "cpus.h"
#include "driver.h"
#include "initramfs.h"
#include "kmod/cycles.h"
#include "node_cmdline.h"
#include "say.h"
#include "support/support.h"
#include "uml_home.h"
#include "uml_process.h"

#define MEMORY_MB	128		/* of the kernel; what it does not touch costs nothing */
#define WINDOW_SIZE	(96UL << 20)	/* 4096 buffers of 16 KiB, rings, slots, mailbox; the same */
#define UP_MS		10000
#define CONSOLE_TAIL	2048		/* bytes */

struct uml {
	struct uml_process process;
	struct uml_support support;
	int window, console;		/* files; -1: none */
};

/* ---- what it is given ---- */

static int say_no_file(void)
{
	return say_cannot("cannot make a file in memory: %s", strerror(errno));
}

static int give_initramfs(struct uml *uml, const struct uml_spec *spec,
			  const struct uml_home *home)
{
	struct node_spec parts = { .attachment = spec->attachment };
	struct cpio archive;
	int code, fd = -1;

	snprintf(parts.driver, sizeof(parts.driver), "%s", spec->driver->name);
	code = initramfs_build(&archive, &parts, home->modules);
	if (!code) {
		fd = uml_process_file("initramfs", 0);
		if (fd < 0 || write(fd, archive.data, archive.len) !=
				      (ssize_t)archive.len)
			code = say_no_file();
	}
	cpio_free(&archive);
	if (!code)
		uml_process_word(&uml->process, "initrd=/proc/self/fd/%d", fd);
	return code;
}

static int give_window(struct uml *uml)
{
	uml->window = uml_process_file("window", WINDOW_SIZE);
	if (uml->window < 0)
		return say_no_file();
	uml_process_word(&uml->process, "iomem=intmgr,/proc/self/fd/%d",
			 uml->window);
	return EXIT_DONE;
}

/* Its messages on stderr, no tick that comes and goes with idleness, no core file. */
static void give_words(struct uml *uml, const struct uml_spec *spec)
{
	struct node_spec function = { .attachment = spec->attachment };
	char word[64];

	snprintf(function.driver, sizeof(function.driver), "%s",
		 spec->driver->name);
	node_function_word(&function, word);
	uml_process_word(&uml->process, "mem=%dM", MEMORY_MB);
	uml_process_word(&uml->process, "stderr=1");
	uml_process_word(&uml->process, "con=null");
	uml_process_word(&uml->process, "ssl=null");
	uml_process_word(&uml->process, "nohz=off");
	uml_process_word(&uml->process, "panic_on_oops=1");
	uml_process_word(&uml->process, "%s", word);
	uml_process_word(&uml->process, "intmgr_tsc_khz=%u", clock_khz());
}

static int start(struct uml *uml, const struct uml_spec *spec)
{
	struct uml_home home;
	int code = uml_home_find(&home), err;

	if (!code)
		code = give_window(uml);
	if (!code)
		code = give_initramfs(uml, spec, &home);
	if (code)
		return code;
	give_words(uml, spec);
	uml->console = uml_process_file("console", 0);
	if (uml->console < 0)
		return say_no_file();
	err = uml_process_start(&uml->process, home.linux_path, uml->console,
				spec->cpu);
	return err ? say_cannot("cannot start a process: %s", strerror(-err)) :
		     EXIT_DONE;
}

/* ---- life ---- */

static struct uml *uml_new(void)
{
	struct uml *uml = calloc(1, sizeof(*uml));

	if (uml)
		uml->window = uml->console = -1;
	return uml;
}

int uml_open(struct device *dev, const struct uml_spec *spec)
{
	int code;

	*dev = (struct device){ .ops = &uml_ops, .fd = -1, .uml = uml_new() };
	if (!dev->uml)
		return say_cannot("no memory");
	strcpy(dev->name, "the target");
	code = start(dev->uml, spec);
	if (!code)
		code = device_map_size(dev, dev->uml->window, WINDOW_SIZE);
	if (!code)
		code = agent_wait_first(dev, UP_MS);
	if (!code)
		code = agent_load(dev, spec->driver->name);
	if (code)
		device_close(dev);
	return code;
}

void uml_stop(struct uml *uml)
{
	uml_process_kill(&uml->process);
	run_free(uml->support.run);
	free(uml->support.view);
	if (uml->window >= 0)
		close(uml->window);
	if (uml->console >= 0)
		close(uml->console);
	free(uml);
}

struct uml_support *uml_support(struct uml *uml)
{
	return &uml->support;
}

void uml_wake(void *arg)
{
	struct uml *uml = arg;

	kill(uml->process.pid, SIGIO);
}

/* ---- its end ---- */

/* The end of the console, NUL-terminated. */
static void read_console(const struct uml *uml, char text[CONSOLE_TAIL])
{
	off_t len = lseek(uml->console, 0, SEEK_END);
	off_t from = len > CONSOLE_TAIL - 1 ? len - (CONSOLE_TAIL - 1) : 0;
	ssize_t n = pread(uml->console, text, CONSOLE_TAIL - 1, from);

	text[max(n, (ssize_t)0)] = '\0';
}

/* What its kernel said of its end, "" if nothing. */
static void last_words(const struct uml *uml, char how[UML_HOW])
{
	static const char mark[] = "Kernel panic - not syncing: ";
	char text[CONSOLE_TAIL], *found;

	read_console(uml, text);
	found = strstr(text, mark);
	if (found)
		snprintf(how, UML_HOW, "panic: %.*s",
			 (int)strcspn(found + strlen(mark), "\n"),
			 found + strlen(mark));
	else
		how[0] = '\0';
}

bool uml_ended(struct uml *uml, char how[UML_HOW])
{
	int status;

	if (!uml_process_ended(&uml->process))
		return false;
	status = uml->process.status;
	if (!how)
		return true;
	last_words(uml, how);
	if (how[0])
		return true;
	if (WIFSIGNALED(status))
		snprintf(how, UML_HOW, "killed by signal %d (%s)",
			 WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		snprintf(how, UML_HOW, "exit %d", WEXITSTATUS(status));
	return true;
}

void uml_show_console(const struct uml *uml, FILE *out)
{
	char text[CONSOLE_TAIL];

	read_console(uml, text);
	fputs(text, out);
}
