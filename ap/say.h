/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the command says when it cannot go on: one sentence on stderr that says
 * what to do. Each call returns the exit code that goes with it, so that a
 * caller can return it at once.
 */
#ifndef AP_SAY_H
#define AP_SAY_H

#include <stdbool.h>
#include <stddef.h>

enum exit_code {
	EXIT_DONE,
	EXIT_EXPECTATION,	/* an --expect did not hold */
	EXIT_USAGE,
	EXIT_CANNOT,		/* could not run, or not to the end */
};

/* EXIT_USAGE: the command line is wrong. */
int say_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* EXIT_CANNOT: the machine or the run is. */
int say_cannot(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A remark; no exit code. */
void say_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * From now on, what this thread says goes to text[size], a line each, as far as
 * there is room; NULL: to stderr again.
 */
void say_into(char *text, size_t size);

/* Does somebody watch stderr on a terminal? Not after say_plainly(). */
bool say_to_terminal(void);
void say_plainly(void);

#endif
