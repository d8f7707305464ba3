// SPDX-License-Identifier: GPL-2.0-only
#include "transmit.h"

#include "csr.h"
#include "intel_regs.h"
#include "packet.h"
#include "rx_filter.h"

#define MAX_FRAME	16384	/* without segmentation */
#define MARGIN		64	/* of scratch memory, for a tag to be inserted */

/*
 * Frames that one doorbell lets leave: a full ring of whole 64 KiB segmentations
 * is less. More is a driver gone mad, with segments of a few bytes, whose CPU
 * this runs on.
 */
#define BUDGET		(1u << 18)

struct run {
	struct transmitter *t;
	u8 *scratch;	/* NULL: contents are not looked at */
	u32 budget;
};

static bool transmit_enabled(const struct transmitter *t)
{
	const struct nic_port *port = t->nic->port;

	return (csr_get(t->csr, INTEL_TCTL) & INTEL_TCTL_EN) &&
	       !(csr_get(t->csr, INTEL_CTRL) & t->master_disable) &&
	       port_load(&port->master) && !port_load(&port->dead);
}

static u8 *scratch_of(const struct transmitter *t)
{
	const struct nic_wire *wire = t->nic->wire;

	if (!t->link || !wire || !wire->send || !wire->scratch[0])
		return NULL;
	return (u8 *)wire->scratch[0] + MARGIN;
}

/* @n frames of @len bytes each. Short ones go out padded, all with an FCS. */
static void count_sent(struct counters *stats, u32 len, u32 n)
{
	u32 wire = max(len, (u32)ETH_MIN_FRAME) + ETH_FCS;

	if (!n)
		return;
	counters_add(stats, INTEL_TPT, n);
	counters_add(stats, INTEL_GPTC, n);
	counters_add(stats, INTEL_GOTCL, (u64)wire * n);
	counters_add(stats, INTEL_TOTL, (u64)wire * n);
	counters_add_sizes(stats, INTEL_PTC64, wire, n);
}

static void count_kind(struct counters *stats, const u8 *frame)
{
	enum rx_kind kind = rx_kind(frame);

	if (kind == RX_MULTICAST)
		counters_add(stats, INTEL_MPTC, 1);
	else if (kind == RX_BROADCAST)
		counters_add(stats, INTEL_BPTC, 1);
}

static void give_back(struct transmitter *t, const void *frame, u32 len)
{
	struct nic_frame back = { .data = frame, .len = len };
	struct nic_gift gift;

	nic_give(t->nic, &back, &gift);
	t->vectors |= gift.vectors;
}

/* TCTL.PSP pads short frames, 10.2.6. */
static void send_one(void *to, const void *frame, u32 len)
{
	struct run *run = to;
	struct transmitter *t = run->t;
	u8 padded[ETH_MIN_FRAME] = { 0 };

	if (len >= 6)
		count_kind(t->stats, frame);
	count_sent(t->stats, len, 1);
	if (len < ETH_MIN_FRAME &&
	    (csr_get(t->csr, INTEL_TCTL) & INTEL_TCTL_PSP)) {
		memcpy(padded, frame, len);
		frame = padded;
		len = ETH_MIN_FRAME;
	}
	if (t->loopback)
		give_back(t, frame, len);
	else
		t->nic->wire->send(t->nic, frame, len);
}

/* What will leave; 0: not to be done. */
static u32 frames_of(const struct offload *o, u32 len)
{
	if (!o->segment)
		return 1;
	if (!o->mss || len <= o->header)
		return 0;
	return (len - o->header + o->mss - 1) / o->mss;
}

/* Count what offload_do() would have sent: all but the last are full. */
static void count_unseen(const struct transmitter *t, const struct offload *o,
			 u32 len, u32 frames)
{
	u32 tag = o->vlan ? 4 : 0;

	count_sent(t->stats, o->header + o->mss + tag, frames - 1);
	count_sent(t->stats, len - (frames - 1) * o->mss + tag, 1);
}

/* The payload length of the context is what the frame must have, 7.2. */
static bool is_legal(const struct run *run, const struct tx_frame *frame,
		     const struct offload *o)
{
	u32 payload = run->t->context->command & 0xfffff;

	if (o->segment)
		return frame->len == o->header + payload &&
		       frame->len <= OFFLOAD_MAX;
	return frame->len <= MAX_FRAME;
}

static bool send_frame(struct run *run, const struct tx_frame *frame,
		       const struct offload *o)
{
	u32 frames = frames_of(o, frame->len), len = frame->len;
	u64 bytes;

	if (!frames || frames > run->budget || !is_legal(run, frame, o))
		return false;
	run->budget -= frames;
	if (tx_frame_has_fcs(frame) && len > ETH_FCS && !o->segment)
		len -= ETH_FCS;
	if (run->scratch)
		return offload_do(run->scratch, len, o, send_one, run, &bytes);
	count_unseen(run->t, o, len, frames);
	return true;
}

static void finish(struct run *run, const struct tx_frame *frame)
{
	bool tags = csr_get(run->t->csr, INTEL_CTRL) & INTEL_CTRL_VME;
	struct offload o = tx_frame_offload(frame, run->t->context, tags);

	/* without data: a driver flushing its ring */
	if (!frame->len || frame->broken)
		return;
	if (!send_frame(run, frame, &o))
		nic_fault(run->t->nic, FAULT_DESCRIPTOR, INTEL_TDT,
			  frame->first_command);
	else if (o.segment)
		counters_add(run->t->stats, INTEL_TSCTC, 1);
}

bool transmit_drain(struct transmitter *t)
{
	struct run run = { t, scratch_of(t), BUDGET };
	struct tx_frame frame;
	struct tx_ring r;
	bool report = false;

	if (!transmit_enabled(t))
		return false;
	ring_load(&r.ring, t->csr, INTEL_TDBAL);
	if (!tx_ring_open(&r, t->nic))
		return false;
	while (tx_ring_read(&r, t->nic, t->context, &frame, run.scratch,
			    OFFLOAD_MAX)) {
		finish(&run, &frame);
		tx_ring_complete(&r, &frame);
		csr_set(t->csr, INTEL_TDH, r.head);
		report |= frame.report;
	}
	return report;
}
