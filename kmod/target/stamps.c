// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel does with a shot, seen from its tracepoints: handler entry,
 * the poll that takes the frame, its delivery to the stack, and its end where
 * it is dropped. The probes run at every interrupt and for every packet of the
 * machine, so each leaves early when no run goes on or the frame is not ours.
 */
#include <linux/interrupt.h>
#include <linux/percpu.h>
#include <linux/skbuff.h>
#include <trace/events/irq.h>
#include <trace/events/napi.h>
#include <trace/events/net.h>
#include <trace/events/skb.h>

#include "compat.h"
#include "cycles.h"
#include "injector/frame.h"
#include "probes.h"
#include "target.h"

/* The earliest time at which a poll going on can have begun. */
static DEFINE_PER_CPU(u64, poll_began);

/* The function that a run goes on with, at or after @id; NULL: there is none. */
static struct function *running(u32 id)
{
	struct function *f;

	for (f = functions_next(id); f; f = functions_next(f->id + 1))
		if (READ_ONCE(f->window->run))
			return f;
	return NULL;
}

static void probe_handler(void *data, int irq, struct irqaction *action)
{
	struct bell *bell = msi_bell(irq);

	/* The control doorbell's handler logs its own entry. */
	if (!bell || bell->index == INTMGR_DOORBELL_CONTROL)
		return;
	if (READ_ONCE(bell->f->window->run))
		entry_log(bell->f, bell->index, clock_read());
	else
		entry_count(bell->f, bell->index);
}

static void probe_softirq(void *data, unsigned int nr)
{
	if (nr == NET_RX_SOFTIRQ && running(1))
		__this_cpu_write(poll_began, clock_read());
}

/* This tracepoint is at the end of a poll: the next one begins no earlier. */
static void probe_poll(void *data, struct napi_struct *napi, int work,
		       int budget)
{
	if (running(1))
		this_cpu_write(poll_began, clock_read());
}

/* The slot of shot @seq in a window, NULL: it is not followed there. */
static struct intmgr_slot *slot_at(struct function *f, u64 seq)
{
	struct intmgr_slot *slot = &f->slots[seq % INTMGR_SLOTS];

	return seq && READ_ONCE(slot->seq) == seq ? slot : NULL;
}

/* The slot of the shot that @skb carries, NULL if it carries none of a run. */
static struct intmgr_slot *slot_of(const struct sk_buff *skb)
{
	struct function *f = running(1);
	struct intmgr_slot *slot = NULL;
	u8 copy[FRAME_MIN_SIZE];
	const void *frame;

	if (!f || !skb_mac_header_was_set(skb))
		return NULL;
	/* Drivers may have put no more than the first header into the head. */
	frame = skb_header_pointer(skb, skb_mac_offset(skb), sizeof(copy),
				   copy);
	if (!frame)
		return NULL;
	for (; f && !slot; f = running(f->id + 1))
		slot = slot_at(f, frame_seq(frame, sizeof(copy),
					    READ_ONCE(f->window->run)));
	return slot;
}

/* A frame may pass more than one of the entries to the stack: the first counts. */
static void delivered(const struct sk_buff *skb)
{
	struct intmgr_slot *slot = slot_of(skb);

	if (!slot || READ_ONCE(slot->delivered))
		return;
	WRITE_ONCE(slot->poll, this_cpu_read(poll_began));
	/* @delivered says that @poll is there. */
	smp_store_release(&slot->delivered, clock_read());
}

static void probe_gro(void *data, const struct sk_buff *skb)
{
	delivered(skb);
}

static void probe_gro_frags(void *data, const struct sk_buff *skb)
{
	delivered(skb);
}

static void probe_receive(void *data, const struct sk_buff *skb)
{
	delivered(skb);
}

static void probe_receive_list(void *data, const struct sk_buff *skb)
{
	delivered(skb);
}

static void probe_rx(void *data, const struct sk_buff *skb)
{
	delivered(skb);
}

static enum intmgr_dropped dropped_by(enum skb_drop_reason reason)
{
	switch (reason) {
	case SKB_DROP_REASON_SOCKET_FILTER:
	case SKB_DROP_REASON_SOCKET_RCVBUFF:
	case SKB_DROP_REASON_SOCKET_BACKLOG:
	case SKB_DROP_REASON_PROTO_MEM:
		return INTMGR_DROPPED_BY_SOCKET;
	default:
		return INTMGR_DROPPED_BY_STACK;
	}
}

/* What is freed before it was delivered is the driver's own affair. */
static void probe_kfree(void *data, COMPAT_KFREE_SKB_ARGS)
{
	struct intmgr_slot *slot = slot_of(skb);

	if (!slot || !READ_ONCE(slot->delivered))
		return;
	WRITE_ONCE(slot->reason, reason);
	/* @dropped says that @reason is there. */
	smp_store_release(&slot->dropped, dropped_by(reason));
}

static struct probe probes[] = {
	{ "irq_handler_entry", probe_handler },
	{ "softirq_entry", probe_softirq },
	{ "napi_poll", probe_poll },
	{ "napi_gro_receive_entry", probe_gro },
	{ "napi_gro_frags_entry", probe_gro_frags },
	{ "netif_receive_skb_entry", probe_receive },
	{ "netif_receive_skb_list_entry", probe_receive_list },
	{ "netif_rx_entry", probe_rx },
	{ "kfree_skb", probe_kfree },
};

/* A probe of the wrong type would be called all the same: let the compiler see. */
static inline void check_types(void)
{
	check_trace_callback_type_irq_handler_entry(probe_handler);
	check_trace_callback_type_softirq_entry(probe_softirq);
	check_trace_callback_type_napi_poll(probe_poll);
	check_trace_callback_type_napi_gro_receive_entry(probe_gro);
	check_trace_callback_type_napi_gro_frags_entry(probe_gro_frags);
	check_trace_callback_type_netif_receive_skb_entry(probe_receive);
	check_trace_callback_type_netif_receive_skb_list_entry(probe_receive_list);
	check_trace_callback_type_netif_rx_entry(probe_rx);
	check_trace_callback_type_kfree_skb(probe_kfree);
}

int stamps_create(void)
{
	check_types();
	return probes_register(probes, ARRAY_SIZE(probes));
}

void stamps_destroy(void)
{
	probes_unregister(probes, ARRAY_SIZE(probes));
}
