// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupts whose message is a doorbell. Linux composes a message for a
 * device to write to the APIC; here it becomes one word of the window, and
 * whoever rings it sends the same vector to the same CPU as an IPI.
 *
 * Two domains stand on the CPUs' vector domain: one for the function's MSI-X
 * entries, and one for the control doorbell, which belongs to no device.
 *
 * A doorbell starts masked and is unmasked when its interrupt is started. After
 * that the core masks an entry only while it shuts it down, and when it arrives
 * while disabled or still running on another CPU; a ring in that time stays
 * pending in the doorbell and is sent at unmask. An interrupt that is shut down
 * first loses its doorbell and then its vector; one IPI that was on its way
 * meanwhile is swallowed by the core (VECTOR_SHUTDOWN).
 */
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/msi.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <asm/cmpxchg.h>
#include <asm/hw_irq.h>
#include <asm/msi.h>
#include <asm/smp.h>
#include <asm/tsc.h>

#include "compat.h"
#include "doorbell.h"
#include "target.h"

#define MOVE_TRIES	50	/* of a ring and at most a millisecond each */

/*
 * The Linux interrupt of each doorbell, 0: none. Written under virq_lock,
 * which also keeps them allocated; the handler entry probe reads without.
 */
static int virq[INTMGR_DOORBELLS];
static DEFINE_MUTEX(virq_lock);

/* The target's own rings go to CPUs of its own kernel. */
static const struct doorbell_reach everywhere;

static struct irq_domain *function_domain, *control_domain;
static unsigned int current_cpu;

static u64 *doorbell_of(struct irq_data *d)
{
	return &window->doorbell[(unsigned long)d->chip_data];
}

/* Replace the bits @clear of a doorbell by @set; an empty one stays empty. */
static u64 doorbell_change(u64 *doorbell, u64 clear, u64 set)
{
	u64 old = READ_ONCE(*doorbell), seen;

	while (old) {
		seen = cmpxchg64(doorbell, old, (old & ~clear) | set);
		if (seen == old)
			break;
		old = seen;
	}
	return old;
}

static void doorbell_close(struct irq_data *d)
{
	WRITE_ONCE(*doorbell_of(d), 0);
}

/* Publish where the interrupt goes now. */
static void doorbell_open(struct irq_data *d)
{
	const u64 kept = INTMGR_DOORBELL_MASKED | INTMGR_DOORBELL_PENDING;
	const struct irq_cfg *cfg = irqd_cfg(d);
	u64 *doorbell = doorbell_of(d);
	unsigned int cpu;
	u64 word;

	/* Reserved, not activated: that vector is nobody's. */
	if (cfg->vector == MANAGED_IRQ_SHUTDOWN_VECTOR) {
		doorbell_close(d);
		return;
	}
	cpu = cpumask_first(irq_data_get_effective_affinity_mask(d));
	word = doorbell_encode(cfg->vector, per_cpu(x86_cpu_to_apicid, cpu));
	if (!READ_ONCE(*doorbell))
		WRITE_ONCE(*doorbell, word | INTMGR_DOORBELL_MASKED);
	else
		doorbell_change(doorbell, ~kept, word);
}

static void chip_mask(struct irq_data *d)
{
	doorbell_change(doorbell_of(d), 0, INTMGR_DOORBELL_MASKED);
}

static void chip_unmask(struct irq_data *d)
{
	const u64 bits = INTMGR_DOORBELL_MASKED | INTMGR_DOORBELL_PENDING;
	u64 old = doorbell_change(doorbell_of(d), bits, 0);

	if (old & INTMGR_DOORBELL_PENDING)
		doorbell_send(old);
}

/* The window gets a copy: what stands there is not to be relied on. */
static void cpu_took(unsigned int cpu)
{
	WRITE_ONCE(current_cpu, cpu);
	WRITE_ONCE(window->cpu, cpu);
}

unsigned int msi_cpu(void)
{
	return READ_ONCE(current_cpu);
}

static int chip_set_affinity(struct irq_data *d, const struct cpumask *mask,
			     bool force)
{
	int ret = irq_chip_set_affinity_parent(d, mask, force);

	if (ret < 0)
		return ret;
	doorbell_open(d);
	if (d->domain == control_domain)
		cpu_took(cpumask_first(irq_data_get_effective_affinity_mask(d)));
	return ret;
}

/*
 * The message itself goes nowhere. It only has to differ from the all-zero one
 * of a deactivated entry; the parent's would not do for x2APIC ids over 255.
 */
static void chip_compose(struct irq_data *d, struct msi_msg *msg)
{
	memset(msg, 0, sizeof(*msg));
	msg->arch_addr_lo.base_address = X86_MSI_BASE_ADDRESS_LOW;
	msg->arch_data.vector = irqd_cfg(d)->vector;
}

static void chip_write(struct irq_data *d, struct msi_msg *msg)
{
	if (msg->address_lo)
		doorbell_open(d);
	else
		doorbell_close(d);
}

static struct irq_chip doorbell_chip = {
	.name = "intmgr",
	.irq_ack = irq_chip_ack_parent,
	.irq_mask = chip_mask,
	.irq_unmask = chip_unmask,
	.irq_set_affinity = chip_set_affinity,
	.irq_retrigger = irq_chip_retrigger_hierarchy,
	.irq_compose_msi_msg = chip_compose,
	.irq_write_msi_msg = chip_write,
	.flags = IRQCHIP_SKIP_SET_WAKE | IRQCHIP_AFFINITY_PRE_STARTUP,
};

static void virq_claim(struct irq_domain *d, unsigned int irq,
		       unsigned int doorbell)
{
	irq_domain_set_info(d, irq, doorbell, &doorbell_chip,
			    (void *)(unsigned long)doorbell, handle_edge_irq,
			    NULL, "edge");
	irq_set_status_flags(irq, COMPAT_IRQ_MOVE_PCNTXT);

	mutex_lock(&virq_lock);
	WRITE_ONCE(virq[doorbell], irq);
	mutex_unlock(&virq_lock);
}

static void virq_drop(unsigned int doorbell)
{
	mutex_lock(&virq_lock);
	WRITE_ONCE(virq[doorbell], 0);
	mutex_unlock(&virq_lock);
}

/* The function's domain. */

static int function_init(struct irq_domain *d, struct msi_domain_info *info,
			 unsigned int irq, irq_hw_number_t hwirq,
			 msi_alloc_info_t *arg)
{
	unsigned int doorbell = INTMGR_DOORBELL_MSIX(arg->desc->msi_index);

	if (doorbell >= INTMGR_DOORBELLS)
		return -ENOSPC;
	virq_claim(d, irq, doorbell);
	/* Where the last order wanted them; kept until activation. */
	irq_set_affinity(irq, cpumask_of(msi_cpu()));
	return 0;
}

static void function_free(struct irq_domain *d, struct msi_domain_info *info,
			  unsigned int irq)
{
	virq_drop(irq_domain_get_irq_data(d, irq)->hwirq);
}

static irq_hw_number_t function_hwirq(struct msi_domain_info *info,
				      msi_alloc_info_t *arg)
{
	return INTMGR_DOORBELL_MSIX(arg->desc->msi_index);
}

static struct msi_domain_ops function_ops = {
	.get_hwirq = function_hwirq,
	.msi_init = function_init,
	.msi_free = function_free,
	.msi_prepare = pci_msi_prepare,
};

static struct msi_domain_info function_info = {
	.flags = MSI_FLAG_USE_DEF_DOM_OPS | MSI_FLAG_USE_DEF_CHIP_OPS |
		 MSI_FLAG_PCI_MSIX,
	.ops = &function_ops,
	.chip = &doorbell_chip,
};

/* The control doorbell's domain, of one interrupt. */

static int control_alloc(struct irq_domain *d, unsigned int irq,
			 unsigned int count, void *arg)
{
	int err = irq_domain_alloc_irqs_parent(d, irq, count, arg);

	if (!err)
		virq_claim(d, irq, INTMGR_DOORBELL_CONTROL);
	return err;
}

static void control_free(struct irq_domain *d, unsigned int irq,
			 unsigned int count)
{
	virq_drop(INTMGR_DOORBELL_CONTROL);
	irq_domain_free_irqs_common(d, irq, count);
}

static int control_activate(struct irq_domain *d, struct irq_data *data,
			    bool early)
{
	doorbell_open(data);
	return 0;
}

static void control_deactivate(struct irq_domain *d, struct irq_data *data)
{
	doorbell_close(data);
}

static const struct irq_domain_ops control_ops = {
	.alloc = control_alloc,
	.free = control_free,
	.activate = control_activate,
	.deactivate = control_deactivate,
};

/* The least that a handler can do: the floor of every other. */
static irqreturn_t control_handler(int irq, void *unused)
{
	entry_log(INTMGR_DOORBELL_CONTROL, rdtsc_ordered());
	worker_wake();
	return IRQ_HANDLED;
}

static int control_request(void)
{
	struct irq_alloc_info info = {};
	unsigned int cpu = cpumask_last(cpu_online_mask);
	int irq, err;

	irq = irq_domain_alloc_irqs(control_domain, 1, NUMA_NO_NODE, &info);
	if (irq < 0)
		return irq;
	cpu_took(cpu);
	irq_set_affinity(irq, cpumask_of(cpu));
	err = request_irq(irq, control_handler, IRQF_NO_THREAD, "intmgr", NULL);
	if (err)
		irq_dispose_mapping(irq);
	return err;
}

static void control_release(void)
{
	int irq = virq[INTMGR_DOORBELL_CONTROL];

	free_irq(irq, NULL);
	irq_dispose_mapping(irq);
}

static void domain_destroy(struct irq_domain *d)
{
	struct fwnode_handle *fwnode = d->fwnode;

	irq_domain_remove(d);
	irq_domain_free_fwnode(fwnode);
}

static int function_domain_create(void)
{
	struct fwnode_handle *fwnode;

	fwnode = irq_domain_alloc_named_fwnode("intmgr-msi");
	if (!fwnode)
		return -ENOMEM;
	function_domain = pci_msi_create_irq_domain(fwnode, &function_info,
						    x86_vector_domain);
	if (!function_domain) {
		irq_domain_free_fwnode(fwnode);
		return -ENOMEM;
	}
	/* A plain PCI/MSI domain loses its devices to interrupt remapping. */
	irq_domain_update_bus_token(function_domain, DOMAIN_BUS_VMD_MSI);
	return 0;
}

static int control_domain_create(void)
{
	struct fwnode_handle *fwnode;

	fwnode = irq_domain_alloc_named_fwnode("intmgr-control");
	if (!fwnode)
		return -ENOMEM;
	control_domain = irq_domain_create_hierarchy(x86_vector_domain, 0, 1,
						     fwnode, &control_ops,
						     NULL);
	if (!control_domain) {
		irq_domain_free_fwnode(fwnode);
		return -ENOMEM;
	}
	return 0;
}

int msi_create(void)
{
	int err = control_domain_create();

	if (err)
		return err;
	err = control_request();
	if (err)
		goto destroy_control;
	err = function_domain_create();
	if (err)
		goto release_control;
	return 0;

release_control:
	control_release();
destroy_control:
	domain_destroy(control_domain);
	return err;
}

void msi_destroy(void)
{
	domain_destroy(function_domain);
	control_release();
	domain_destroy(control_domain);
}

struct irq_domain *msi_domain(void)
{
	return function_domain;
}

int msi_doorbell(int irq)
{
	int i;

	for (i = 0; i < INTMGR_DOORBELLS; i++)
		if (READ_ONCE(virq[i]) == irq)
			return i;
	return -1;
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
static int virq_move(unsigned int doorbell, unsigned int cpu)
{
	int irq = virq[doorbell];
	int i, err = irq_set_affinity(irq, cpumask_of(cpu));

	if (err)
		return err;
	for (i = 0; i < MOVE_TRIES; i++) {
		if (virq_on(irq, cpu))
			return 0;
		doorbell_ring(&window->doorbell[doorbell], &everywhere);
		usleep_range(500, 1000);
	}
	return -EBUSY;
}

int msi_move(unsigned int cpu)
{
	int i, err = 0;

	mutex_lock(&virq_lock);
	for (i = 0; i < INTMGR_DOORBELLS && !err; i++)
		if (virq[i])
			err = virq_move(i, cpu);
	mutex_unlock(&virq_lock);
	return err;
}

void msi_ring(u32 vectors)
{
	unsigned long bits = vectors & GENMASK(NIC_MAX_VECTORS - 1, 0);
	unsigned int i;

	for_each_set_bit(i, &bits, NIC_MAX_VECTORS)
		if (doorbell_ring(&window->doorbell[INTMGR_DOORBELL_MSIX(i)],
				  &everywhere))
			xadd(&window->reraised, 1);
}
