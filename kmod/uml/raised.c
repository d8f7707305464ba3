// SPDX-License-Identifier: GPL-2.0-only
/*
 * Doorbells that another process rang: bits of a word in the window
 * (doorbell_word.h), which the kernel looks at whenever it enables interrupts,
 * in its idle loop, and when a signal wakes it (patches/um/). While a run goes
 * on, an idle kernel does not sleep.
 */
#include <linux/bitops.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/um_remote.h>

#include "target/target.h"

static void handle(void *arg)
{
	struct function *f = arg;
	unsigned long bits = xchg(&f->window->raised, 0);
	unsigned int i;

	for_each_set_bit(i, &bits, INTMGR_DOORBELLS)
		if (READ_ONCE(f->bell[i].virq))
			generic_handle_irq(f->bell[i].virq);
}

static bool awake(void *arg)
{
	struct function *f = arg;

	return READ_ONCE(f->window->run);
}

int raised_create(struct function *f)
{
	const struct um_remote remote = {
		.raised = &f->window->raised,
		.looks = &f->window->looks,
		.now = &f->window->now,
		.handle = handle,
		.awake = awake,
		.arg = f,
	};

	WRITE_ONCE(f->window->looks, 1);
	return um_remote_set(&remote);
}

void raised_destroy(struct function *f)
{
	um_remote_set(NULL);
}
