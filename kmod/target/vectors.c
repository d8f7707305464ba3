// SPDX-License-Identifier: GPL-2.0-only
/*
 * Doorbells on the CPUs' own vectors.
 */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <asm/hw_irq.h>
#include <asm/irqdomain.h>
#include <asm/msi.h>
#include <asm/smp.h>

#include "doorbell.h"
#include "target.h"
#include "vectors.h"

#define MOVE_TRIES	50	/* of a ring and at most a millisecond each */

struct irq_domain *vectors_domain(void)
{
	return x86_vector_domain;
}

int vectors_alloc(struct irq_domain *d, unsigned int irq, unsigned int count,
		  void *arg)
{
	return irq_domain_alloc_irqs_parent(d, irq, count, arg);
}

u64 vectors_word(struct irq_data *d)
{
	const struct irq_cfg *cfg = irqd_cfg(d);
	unsigned int cpu;

	/* Reserved, not activated: that vector is nobody's. */
	if (cfg->vector == MANAGED_IRQ_SHUTDOWN_VECTOR)
		return 0;
	cpu = cpumask_first(irq_data_get_effective_affinity_mask(d));
	return doorbell_encode(cfg->vector, per_cpu(x86_cpu_to_apicid, cpu));
}

void vectors_ack(struct irq_data *d)
{
	irq_chip_ack_parent(d);
}

int vectors_retrigger(struct irq_data *d)
{
	return irq_chip_retrigger_hierarchy(d);
}

int vectors_set_affinity(struct irq_data *d, const struct cpumask *mask,
			 bool force)
{
	return irq_chip_set_affinity_parent(d, mask, force);
}

/* The parent's would not do for x2APIC ids over 255. */
void vectors_message(struct irq_data *d, struct msi_msg *msg)
{
	memset(msg, 0, sizeof(*msg));
	msg->arch_addr_lo.base_address = X86_MSI_BASE_ADDRESS_LOW;
	msg->arch_data.vector = irqd_cfg(d)->vector;
}

static bool virq_on(int irq, unsigned int cpu)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return cpumask_test_cpu(cpu, irq_data_get_effective_affinity_mask(d));
}

/*
 * A move is over only when the interrupt came in at its new place, and until
 * then the next one is put off (arch/x86/kernel/apic/vector.c). Handlers take
 * an interrupt without a cause, so ring it.
 */
int vectors_move(struct bell *bell, unsigned int cpu)
{
	static const struct doorbell_line everywhere;
	int i, err = irq_set_affinity(bell->virq, cpumask_of(cpu));

	if (err)
		return err;
	for (i = 0; i < MOVE_TRIES; i++) {
		if (virq_on(bell->virq, cpu))
			return 0;
		doorbell_ring(bell->f->window, bell->index, &everywhere);
		usleep_range(500, 1000);
	}
	return -EBUSY;
}
