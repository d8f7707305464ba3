// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupts whose message is a doorbell. Linux composes a message for a
 * device to write to the APIC; here it becomes one word of the window, and
 * whoever rings it sends the same vector to the same CPU as an IPI.
 *
 * All doorbells are in one domain that stands on what is below (vectors.h): the
 * control doorbell of each function, its INTx line if it has no MSI-X, and
 * below a PCI/MSI domain (msi_domain.c) its MSI-X entries.
 *
 * A doorbell starts masked and is unmasked when its interrupt is started. After
 * that the core masks an entry only while it shuts it down, and when it arrives
 * while disabled or still running on another CPU; a ring in that time stays
 * pending in the doorbell and is sent at unmask. An interrupt that is shut down
 * first loses its doorbell and then its vector; one IPI that was on its way
 * meanwhile is swallowed by the core (VECTOR_SHUTDOWN).
 */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/msi.h>
#include <linux/pci.h>
#include <linux/xarray.h>
#include <asm/cmpxchg.h>

#include "compat.h"
#include "cycles.h"
#include "doorbell.h"
#include "msi_domain.h"
#include "target.h"
#include "vectors.h"

/* The target's own rings go to CPUs of its own kernel. */
static const struct doorbell_line everywhere;

static struct irq_domain *doorbells;	/* all of them */
static struct irq_domain *functions;	/* what PCI functions get theirs from */

/* By the Linux interrupt: the handler entry probe asks for every interrupt. */
static DEFINE_XARRAY(bells);

static struct bell *bell_of(struct irq_data *d)
{
	return d->chip_data;
}

static u64 *doorbell_of(struct irq_data *d)
{
	return &bell_of(d)->f->window->doorbell[bell_of(d)->index];
}

/* Replace the bits @clear of a doorbell by @set; an empty one stays empty. */
static u64 doorbell_change(u64 *doorbell, u64 clear, u64 set)
{
	u64 old = READ_ONCE(*doorbell), seen;

	while (old) {
		seen = sync_cmpxchg(doorbell, old, (old & ~clear) | set);
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
	u64 *doorbell = doorbell_of(d);
	u64 word = vectors_word(d);

	if (!word) {
		doorbell_close(d);
		return;
	}
	if (!READ_ONCE(*doorbell))
		WRITE_ONCE(*doorbell, word | INTMGR_DOORBELL_MASKED);
	else
		doorbell_change(doorbell, ~kept, word);
}

/* ---- the chip ---- */

static void chip_mask(struct irq_data *d)
{
	doorbell_change(doorbell_of(d), 0, INTMGR_DOORBELL_MASKED);
}

static void chip_unmask(struct irq_data *d)
{
	const u64 bits = INTMGR_DOORBELL_MASKED | INTMGR_DOORBELL_PENDING;
	u64 old = doorbell_change(doorbell_of(d), bits, 0);

	if (old & INTMGR_DOORBELL_PENDING)
		doorbell_send(bell_of(d)->f->window, bell_of(d)->index, old,
			      &everywhere);
}

/* The window gets a copy: what stands there is not to be relied on. */
static void cpu_took(struct function *f, unsigned int cpu)
{
	WRITE_ONCE(f->cpu, cpu);
	WRITE_ONCE(f->window->cpu, cpu);
}

static int chip_set_affinity(struct irq_data *d, const struct cpumask *mask,
			     bool force)
{
	int ret = vectors_set_affinity(d, mask, force);
	unsigned int cpu;

	if (ret < 0)
		return ret;
	doorbell_open(d);
	cpu = cpumask_first(irq_data_get_effective_affinity_mask(d));
	if (bell_of(d)->index == INTMGR_DOORBELL_CONTROL)
		cpu_took(bell_of(d)->f, cpu);
	return ret;
}

static struct irq_chip doorbell_chip = {
	.name = "intmgr",
	.irq_ack = vectors_ack,
	.irq_mask = chip_mask,
	.irq_unmask = chip_unmask,
	.irq_set_affinity = chip_set_affinity,
	.irq_retrigger = vectors_retrigger,
	.irq_compose_msi_msg = vectors_message,
	.flags = IRQCHIP_SKIP_SET_WAKE | IRQCHIP_AFFINITY_PRE_STARTUP,
};

/* ---- the domain ---- */

/* For which doorbell is an interrupt asked: of an MSI-X entry, or our own. */
static struct bell *bell_wanted(const msi_alloc_info_t *info)
{
	struct function *f;
	unsigned int index;

	if (!info->desc)
		return vectors_data(info);
	f = bus_function(to_pci_dev(info->desc->dev));
	index = INTMGR_DOORBELL_MSIX(info->desc->msi_index);
	return f && index < INTMGR_DOORBELLS ? &f->bell[index] : NULL;
}

static int bell_claim(struct bell *bell, unsigned int irq)
{
	int err = xa_err(xa_store(&bells, irq, bell, GFP_KERNEL));

	if (err)
		return err;
	mutex_lock(&bell->f->irq_lock);
	bell->virq = irq;
	mutex_unlock(&bell->f->irq_lock);
	return 0;
}

static void bell_drop(struct bell *bell)
{
	mutex_lock(&bell->f->irq_lock);
	xa_erase(&bells, bell->virq);
	bell->virq = 0;
	mutex_unlock(&bell->f->irq_lock);
}

static int domain_alloc(struct irq_domain *d, unsigned int irq,
			unsigned int count, void *arg)
{
	struct bell *bell = bell_wanted(arg);
	int err;

	if (!bell || count != 1)
		return -ENOSPC;
	err = vectors_alloc(d, irq, count, arg);
	if (err)
		return err;
	err = bell_claim(bell, irq);
	if (err) {
		irq_domain_free_irqs_common(d, irq, count);
		return err;
	}
	irq_domain_set_info(d, irq, bell->index, &doorbell_chip, bell,
			    handle_edge_irq, NULL, "edge");
	irq_set_status_flags(irq, COMPAT_IRQ_MOVE_PCNTXT);
	return 0;
}

static void domain_free(struct irq_domain *d, unsigned int irq,
			unsigned int count)
{
	bell_drop(bell_of(irq_domain_get_irq_data(d, irq)));
	irq_domain_free_irqs_common(d, irq, count);
}

static int domain_activate(struct irq_domain *d, struct irq_data *data,
			   bool early)
{
	doorbell_open(data);
	return 0;
}

static void domain_deactivate(struct irq_domain *d, struct irq_data *data)
{
	doorbell_close(data);
}

static const struct irq_domain_ops domain_ops = {
	.alloc = domain_alloc,
	.free = domain_free,
	.activate = domain_activate,
	.deactivate = domain_deactivate,
};

int msi_create(void)
{
	struct fwnode_handle *fwnode;

	fwnode = irq_domain_alloc_named_fwnode("intmgr");
	if (!fwnode)
		return -ENOMEM;
	doorbells = msi_domain_doorbells(fwnode, &domain_ops);
	if (!doorbells)
		goto free_fwnode;
	functions = msi_domain_functions(doorbells);
	if (!functions)
		goto remove_doorbells;
	return 0;

remove_doorbells:
	irq_domain_remove(doorbells);
free_fwnode:
	irq_domain_free_fwnode(fwnode);
	return -ENOMEM;
}

void msi_destroy(void)
{
	struct fwnode_handle *fwnode = doorbells->fwnode;

	msi_domain_functions_remove(functions, doorbells);
	irq_domain_remove(doorbells);
	irq_domain_free_fwnode(fwnode);
}

struct irq_domain *msi_domain(void)
{
	return functions;
}

/* ---- interrupts of our own ---- */

/* The least that a handler can do: the floor of every other. */
static irqreturn_t control_handler(int irq, void *arg)
{
	struct function *f = arg;

	entry_log(f, INTMGR_DOORBELL_CONTROL, clock_read());
	worker_wake(f);
	return IRQ_HANDLED;
}

static int own_alloc(struct function *f, unsigned int doorbell)
{
	msi_alloc_info_t info = { 0 };
	int irq;

	vectors_data(&info) = &f->bell[doorbell];
	irq = irq_domain_alloc_irqs(doorbells, 1, NUMA_NO_NODE, &info);
	if (irq > 0)
		msi_settle(irq);
	return irq;
}

static void own_free(struct function *f, unsigned int doorbell)
{
	if (f->bell[doorbell].virq)
		irq_dispose_mapping(f->bell[doorbell].virq);
}

static int control_request(struct function *f)
{
	int irq = own_alloc(f, INTMGR_DOORBELL_CONTROL), err;

	if (irq < 0)
		return irq;
	err = request_irq(irq, control_handler, IRQF_NO_THREAD, "intmgr", f);
	if (err)
		own_free(f, INTMGR_DOORBELL_CONTROL);
	return err;
}

static void control_release(struct function *f)
{
	free_irq(f->bell[INTMGR_DOORBELL_CONTROL].virq, f);
	own_free(f, INTMGR_DOORBELL_CONTROL);
}

static int intx_create(struct function *f)
{
	int irq;

	if (f->nic.ops->identity.vectors)
		return 0;
	irq = own_alloc(f, INTMGR_DOORBELL_MSIX(0));
	return min(irq, 0);
}

int msi_intx(const struct function *f)
{
	return f->nic.ops->identity.vectors ? 0 :
	       f->bell[INTMGR_DOORBELL_MSIX(0)].virq;
}

int msi_function_create(struct function *f)
{
	int i, err;

	mutex_init(&f->irq_lock);
	for (i = 0; i < INTMGR_DOORBELLS; i++)
		f->bell[i] = (struct bell){ .f = f, .index = i };
	cpu_took(f, cpumask_last(cpu_online_mask));
	err = control_request(f);
	if (err)
		return err;
	err = intx_create(f);
	if (err)
		control_release(f);
	return err;
}

void msi_function_destroy(struct function *f)
{
	if (msi_intx(f))
		own_free(f, INTMGR_DOORBELL_MSIX(0));
	control_release(f);
}

/* ---- all ---- */

struct bell *msi_bell(int irq)
{
	return xa_load(&bells, irq);
}

/* Kept until the interrupt is activated. */
void msi_settle(unsigned int irq)
{
	struct bell *bell = msi_bell(irq);

	if (bell)
		irq_set_affinity(irq, cpumask_of(READ_ONCE(bell->f->cpu)));
}

int msi_move(struct function *f, unsigned int cpu)
{
	int i, err = 0;

	mutex_lock(&f->irq_lock);
	for (i = 0; i < INTMGR_DOORBELLS && !err; i++)
		if (f->bell[i].virq)
			err = vectors_move(&f->bell[i], cpu);
	mutex_unlock(&f->irq_lock);
	return err;
}

void msi_ring(struct function *f, u32 vectors)
{
	unsigned long bits = vectors & GENMASK(NIC_MAX_VECTORS - 1, 0);
	unsigned int i;

	for_each_set_bit(i, &bits, NIC_MAX_VECTORS)
		if (doorbell_ring(f->window, INTMGR_DOORBELL_MSIX(i),
				  &everywhere))
			xadd(&f->window->reraised, 1);
}
