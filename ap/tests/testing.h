/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What CMocka wants included before it, and what the tests of the command
 * share.
 */
#ifndef AP_TESTS_TESTING_H
#define AP_TESTS_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "injector/port.h"

/* What @write puts into a file, as a string to free(). */
#define WRITTEN(out, write)						\
({									\
	char *_text = NULL;						\
	size_t _len;							\
	FILE *out = open_memstream(&_text, &_len);			\
									\
	write;								\
	fclose(out);							\
	_text;								\
})

#endif
