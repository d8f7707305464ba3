/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What doorbells stand on: the CPUs' vectors (vectors.c) or, in User-Mode Linux,
 * nothing (uml/vectors.c).
 */
#ifndef INTMGR_VECTORS_H
#define INTMGR_VECTORS_H

#include <linux/cpumask.h>
#include <linux/msi.h>
#include <linux/types.h>

struct bell;
struct irq_data;
struct irq_domain;

/* Which doorbell one of our own interrupts is for, in what its domain is asked with. */
#ifdef CONFIG_UML
#define vectors_data(info)	((info)->scratchpad[0].ptr)
#else
#define vectors_data(info)	((info)->data)
#endif

/* NULL: there is none. */
struct irq_domain *vectors_domain(void);
int vectors_alloc(struct irq_domain *d, unsigned int irq, unsigned int count,
		  void *arg);

/* What a doorbell holds for an interrupt that comes by @d; 0: it is not activated. */
u64 vectors_word(struct irq_data *d);

void vectors_ack(struct irq_data *d);
int vectors_retrigger(struct irq_data *d);
int vectors_set_affinity(struct irq_data *d, const struct cpumask *mask,
			 bool force);

/*
 * The message itself goes nowhere. It only has to differ from the all-zero one
 * of a deactivated entry.
 */
void vectors_message(struct irq_data *d, struct msi_msg *msg);

/* Move the interrupt of @bell to @cpu, and wait until it is there. */
int vectors_move(struct bell *bell, unsigned int cpu);

#endif
