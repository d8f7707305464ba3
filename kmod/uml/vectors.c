// SPDX-License-Identifier: GPL-2.0-only
/*
 * Doorbells of a User-Mode Linux process: nothing is below them, and there is
 * one CPU.
 */
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/string.h>

#include "doorbell.h"
#include "target/target.h"
#include "target/vectors.h"

struct irq_domain *vectors_domain(void)
{
	return NULL;
}

int vectors_alloc(struct irq_domain *d, unsigned int irq, unsigned int count,
		  void *arg)
{
	return 0;
}

u64 vectors_word(struct irq_data *d)
{
	return DOORBELL_WORD;
}

void vectors_ack(struct irq_data *d)
{
}

int vectors_retrigger(struct irq_data *d)
{
	static const struct doorbell_line here;
	struct bell *bell = irq_data_get_irq_chip_data(d);

	doorbell_send(bell->f->window, bell->index, DOORBELL_WORD, &here);
	return 1;
}

int vectors_set_affinity(struct irq_data *d, const struct cpumask *mask,
			 bool force)
{
	return IRQ_SET_MASK_OK;
}

void vectors_message(struct irq_data *d, struct msi_msg *msg)
{
	memset(msg, 0, sizeof(*msg));
	msg->address_lo = d->irq;
}

int vectors_move(struct bell *bell, unsigned int cpu)
{
	return 0;
}
