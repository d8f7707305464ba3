// SPDX-License-Identifier: GPL-2.0-only
/*
 * The window that a program wants to use, and whether its doorbells and a run's
 * threads may have the CPUs that they name.
 */
#include <linux/cpu.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "support/module.h"

#define WINDOW_MAX_SIZE	(8ULL << 30)

#ifdef CONFIG_UML

/* One process is all CPUs there are: no doorbell names one. */
static int line_set(struct view *v, const struct intmgr_attach *spec)
{
	return spec->cores ? -EINVAL : 0;
}

#else

#include <asm/smp.h>

/*
 * A CPU that is there and that this kernel does not run on: so a doorbell of
 * another kernel can neither interrupt this one nor be a broadcast.
 */
static int core_check(u32 apic_id)
{
	unsigned int cpu;

	for_each_present_cpu(cpu)
		if (per_cpu(x86_cpu_to_apicid, cpu) == apic_id)
			return cpu_online(cpu) ? -EADDRINUSE : 0;
	return -EINVAL;
}

static int line_set(struct view *v, const struct intmgr_attach *spec)
{
	unsigned int i;
	int err = 0;

	BUILD_BUG_ON(sizeof(v->line.apic_id) != sizeof(spec->apic_id));
	if (!spec->cores != !v->foreign)
		return -EINVAL;
	v->line.cores = spec->cores;
	memcpy(v->line.apic_id, spec->apic_id, sizeof(spec->apic_id));
	cpus_read_lock();
	for (i = 0; i < spec->cores && !err; i++)
		err = core_check(spec->apic_id[i]);
	cpus_read_unlock();
	return err;
}

#endif

static int attach_check(const struct intmgr_attach *spec)
{
	/* The cores that are listed; what stands behind them must be zero. */
	if (spec->cores > ARRAY_SIZE(spec->apic_id) ||
	    memchr_inv(spec->apic_id + spec->cores, 0, sizeof(spec->apic_id) -
		       spec->cores * sizeof(spec->apic_id[0])))
		return -EINVAL;
	if (!PAGE_ALIGNED(spec->addr) || !PAGE_ALIGNED(spec->length) ||
	    spec->length < sizeof(struct intmgr_window) ||
	    spec->length > WINDOW_MAX_SIZE ||
	    spec->addr + spec->length < spec->addr)
		return -EINVAL;
	return 0;
}

struct attachment *attach_open(const struct intmgr_attach *spec)
{
	struct attachment *a;
	int err = attach_check(spec);

	if (err)
		return ERR_PTR(err);
	a = kzalloc(sizeof(*a), GFP_KERNEL);
	if (!a)
		return ERR_PTR(-ENOMEM);
	err = memory_take(&a->memory, spec->addr, spec->length);
	if (err)
		goto free;
	a->view.w = a->memory.va;
	a->view.size = a->memory.size;
	a->view.foreign = a->memory.kind->foreign;
	err = line_set(&a->view, spec) ?: view_read(&a->view);
	if (err)
		goto drop;
	return a;
drop:
	memory_drop(&a->memory);
free:
	kfree(a);
	return ERR_PTR(err);
}

void attach_close(struct attachment *a)
{
	if (!a)
		return;
	memory_drop(&a->memory);
	kfree(a);
}

/*
 * Whether the target has its CPU, the target says; another kernel counts its
 * CPUs from 0 too. Where time is virtual nobody paces.
 */
int attach_check_cpus(const struct attachment *a, const struct intmgr_run *spec)
{
	if (spec->support_cpu >= nr_cpu_ids || !cpu_online(spec->support_cpu))
		return -EHOSTDOWN;
	if (!IS_ENABLED(CONFIG_UML) && !a->view.foreign &&
	    spec->support_cpu == spec->target_cpu)
		return -EDEADLK;
	return 0;
}
