// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the target's work costs where time is virtual: there, all computation
 * takes no time, so without these three costs nothing could ever be late, lost
 * or race. They are stated, not measured, and each can be set.
 */
#include <linux/interrupt.h>
#include <linux/moduleparam.h>
#include <linux/skbuff.h>
#include <trace/events/irq.h>
#include <trace/events/net.h>

#include "cycles.h"
#include "target/probes.h"
#include "target/target.h"

static unsigned int access_ns = 100;
module_param_named(cost_access, access_ns, uint, 0444);
MODULE_PARM_DESC(cost_access, "of a register access, ns of virtual time (default 100)");

static unsigned int frame_ns = 2000;
module_param_named(cost_frame, frame_ns, uint, 0444);
MODULE_PARM_DESC(cost_frame, "of a frame that the driver gives to the stack, ns of virtual time (default 2000)");

static unsigned int interrupt_ns = 500;
module_param_named(cost_interrupt, interrupt_ns, uint, 0444);
MODULE_PARM_DESC(cost_interrupt, "of the entry of an interrupt, ns of virtual time (default 500)");

/*
 * Step by step from event to event: between two of them the interrupts that the
 * first one raised are taken, if they are enabled here.
 */
static void spend(u64 ns)
{
	u64 now, next, step;

	for (; ns && clock_is_virtual(); ns -= step) {
		now = time_travel_now();
		next = time_travel_next();
		step = next - now < ns ? next - now : ns;
		time_travel_ndelay(step);
	}
}

void cost_access(void)
{
	spend(access_ns);
}

/* The control doorbell's handler is the floor of all others. */
static void probe_interrupt(void *data, int irq, struct irqaction *action)
{
	struct bell *bell = msi_bell(irq);

	if (bell && bell->index != INTMGR_DOORBELL_CONTROL)
		spend(interrupt_ns);
}

static void probe_gro(void *data, const struct sk_buff *skb)
{
	spend(frame_ns);
}

static void probe_receive(void *data, const struct sk_buff *skb)
{
	spend(frame_ns);
}

static struct probe probes[] = {
	{ "irq_handler_entry", probe_interrupt },
	{ "napi_gro_receive_entry", probe_gro },
	{ "netif_receive_skb_entry", probe_receive },
};

static inline void check_types(void)
{
	check_trace_callback_type_irq_handler_entry(probe_interrupt);
	check_trace_callback_type_napi_gro_receive_entry(probe_gro);
	check_trace_callback_type_netif_receive_skb_entry(probe_receive);
}

int cost_create(void)
{
	check_types();
	return clock_is_virtual() ? probes_register(probes, ARRAY_SIZE(probes)) : 0;
}

void cost_destroy(void)
{
	if (clock_is_virtual())
		probes_unregister(probes, ARRAY_SIZE(probes));
}
