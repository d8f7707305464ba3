/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The process that User-Mode Linux is: files without names go in, and all of it
 * ends with this one.
 */
#ifndef AP_UML_PROCESS_H
#define AP_UML_PROCESS_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "standing.h"

#define UML_WORDS	32	/* of the kernel's command line */
#define UML_WORD	256	/* bytes */

struct uml_process {
	char program[PATH_MAX];
	pid_t pid;		/* 0: it does not run */
	int status;		/* of waitpid(), when it has ended */
	bool ended;
	struct standing standing;	/* if it was to stay on a CPU */
	int words;
	char word[UML_WORDS][UML_WORD];
};

/* Add a word to the command line to come. */
void uml_process_word(struct uml_process *p, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* A file without a name, @size bytes; it goes to the process. -1 and errno. */
int uml_process_file(const char *name, size_t size);

/*
 * Start the program with the words, @console as its stdout and stderr, on CPU
 * @cpu (-1: any). 0 or -errno.
 */
int uml_process_start(struct uml_process *p, int console, int cpu);

/* Has it ended? Cheap. */
bool uml_process_ended(struct uml_process *p);

/* End it and all that it started. */
void uml_process_kill(struct uml_process *p);

#endif
