// SPDX-License-Identifier: GPL-2.0-only
#include "uml/remains.h"

#include <linux/notifier.h>
#include <linux/panic_notifier.h>
#include <mem_user.h>

#include "support/module.h"

static struct run *running;
static u64 runs;

/*
 * Records that were fetched are among them: what they became may be lost with their
 * reader. The support side was not in the midst of anything: interrupts, and so the
 * driver's panics, come where virtual time passes.
 */
static void remains_fill(struct remains *remains)
{
	struct run *r = running;

	collect_dead(r);
	r->fetched = r->spec.warmup;
	while (remains->records < remains->room &&
	       records_next(r, &remains->record[remains->records]))
		remains->records++;
	summary_fill(r, &remains->stats);
	remains->run = runs;
}

static int remains_panic(struct notifier_block *block, unsigned long event,
			 void *text)
{
	unsigned long ignored;
	struct remains *remains = (void *)find_iomem(REMAINS_NAME, &ignored);

	if (remains)
		remains_fill(remains);
	return NOTIFY_DONE;
}

/* Before the one that ends the process (arch/um/kernel/um_arch.c). */
static struct notifier_block remains_block = {
	.notifier_call = remains_panic,
	.priority = INT_MAX,
};

void remains_begin(struct run *r)
{
	if (r->spec.against != INTMGR_AGAINST_DRIVER)
		return;
	runs++;
	running = r;
	atomic_notifier_chain_register(&panic_notifier_list, &remains_block);
}

void remains_end(struct run *r)
{
	if (r == running)
		atomic_notifier_chain_unregister(&panic_notifier_list,
						 &remains_block);
	running = NULL;
}
