/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A User-Mode Linux put together: its process, what goes in and what comes out,
 * all in files without names.
 */
#ifndef AP_UML_MACHINE_H
#define AP_UML_MACHINE_H

#include <stdio.h>

#include "driver.h"
#include "initramfs.h"
#include "uml_process.h"

#define UML_HOW		200	/* bytes */
#define UML_LINES	4	/* serial lines */

/* Bytes: 4096 buffers of 16 KiB, rings, slots, mailbox. What is not touched costs nothing. */
#define UML_WINDOW	(96UL << 20)

struct uml_machine {
	struct uml_process process;
	int console;			/* what its kernel says; -1: none */
	int archive;			/* its initramfs, until it is started; -1: none */
};

#define UML_MACHINE_NONE	{ .console = -1, .archive = -1 }

/* EXIT_DONE, or EXIT_CANNOT after saying why. */

/*
 * Give it the modules for the driver of @spec, attached as that says, its files,
 * the agent and @more; then add words as you like, and start it on CPU @cpu (-1:
 * any). The executable is a part of what more->identity is of.
 */
int uml_machine_make(struct uml_machine *m, const struct node_spec *spec,
		     const struct initramfs_more *more);
int uml_machine_start(struct uml_machine *m, int cpu);

/* A new file of @size bytes that goes to the machine, -1 after saying why not. */
int uml_machine_file(const char *name, size_t size);

/* The file that its window lies in; the same. */
int uml_machine_give_window(struct uml_machine *m);

/* Has it ended? Then how, if not NULL, gets that in one line. */
bool uml_machine_ended(struct uml_machine *m, char how[UML_HOW]);

/* The last lines of its console. */
void uml_machine_show_console(const struct uml_machine *m, FILE *out);

/* End it, and forget it. Safe on one that was never made. */
void uml_machine_free(struct uml_machine *m);

#endif
