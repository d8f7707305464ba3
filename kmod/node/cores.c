// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cores: which are a node's, and how one is stopped and started. To this
 * kernel they are offline CPUs; while a node owns one it stays so.
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/percpu.h>
#include <asm/apic.h>
#include <asm/processor.h>
#include <asm/smp.h>

#include "node/internal.h"

/* Intel SDM vol. 3, 9.4.4.1: 10 ms from INIT to SIPI. */
#define CORES_INIT_US	10000

/* CPUs that belong to nodes. W: under the CPU hotplug lock for reading, and node_lock. */
static struct cpumask owned;
static int cores_state;		/* of the hotplug callback */

/* A CPU is about to come up here. */
static int cores_prepare(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, &owned) ? -EBUSY : 0;
}

int cores_init(void)
{
	cores_state = cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN,
						"intmgr_node:prepare",
						cores_prepare, NULL);
	return cores_state < 0 ? cores_state : 0;
}

void cores_exit(void)
{
	cpuhp_remove_state_nocalls(cores_state);
}

static bool cores_has(const u32 *cpu, u32 count, u32 which)
{
	while (count)
		if (cpu[--count] == which)
			return true;
	return false;
}

static int cores_check_one(const struct node_cores *own, u32 cpu)
{
	if (cpu >= nr_cpu_ids || !cpu_present(cpu))
		return -ENODEV;
	if (!cpu)	/* the boot core; the firmware and kexec want it */
		return -EDEADLK;
	if (cpu_online(cpu))
		return -EISCONN;
	if (cpumask_test_cpu(cpu, &owned) &&
	    !cores_has(own->cpu, own->count, cpu))
		return -EADDRINUSE;
	return 0;
}

int cores_check(const struct node_cores *own, u32 count, const u32 *cpu)
{
	int err = 0;
	u32 i;

	for (i = 0; i < count && !err; i++)
		err = cores_has(cpu, i, cpu[i]) ? -EINVAL :
						  cores_check_one(own, cpu[i]);
	return err;
}

int cores_claim(struct node_cores *c, u32 count, const u32 *cpu)
{
	const struct node_cores none = { 0 };
	int err;
	u32 i;

	cpus_read_lock();
	err = cores_check(&none, count, cpu);
	for (i = 0; i < count && !err; i++) {
		cpumask_set_cpu(cpu[i], &owned);
		c->cpu[i] = cpu[i];
		c->apic_id[i] = per_cpu(x86_cpu_to_apicid, cpu[i]);
	}
	if (!err)
		c->count = count;
	cpus_read_unlock();
	return err;
}

void cores_release(struct node_cores *c)
{
	u32 i;

	cpus_read_lock();
	for (i = 0; i < c->count; i++)
		cpumask_clear_cpu(c->cpu[i], &owned);
	cpus_read_unlock();
	c->count = 0;
}

/* One write of the interrupt command register (Intel SDM vol. 3, 11.6.1). */
static void cores_send(u32 command, u32 apic_id)
{
	unsigned long flags;

	local_irq_save(flags);
	weak_wrmsr_fence();
	if (apic->safe_wait_icr_idle)
		apic->safe_wait_icr_idle();
	apic->icr_write(command, apic_id);
	local_irq_restore(flags);
}

void cores_stop(const struct node_cores *c)
{
	u32 i;

	for (i = 0; i < c->count; i++) {
		cores_send(APIC_INT_LEVELTRIG | APIC_INT_ASSERT | APIC_DM_INIT,
			   c->apic_id[i]);
		cores_send(APIC_INT_LEVELTRIG | APIC_DM_INIT, c->apic_id[i]);
	}
}

void cores_settle(void)
{
	usleep_range(CORES_INIT_US, CORES_INIT_US + CORES_INIT_US / 10);
}

void cores_start(const struct node_cores *c, u64 page)
{
	cores_send(APIC_DM_STARTUP | (page >> PAGE_SHIFT), c->apic_id[0]);
}
