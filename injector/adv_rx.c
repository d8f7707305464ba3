// SPDX-License-Identifier: GPL-2.0-only
#include "adv_rx.h"

#include "adv_rx_ring.h"
#include "csr.h"
#include "intel_regs.h"
#include "packet.h"
#include "rss.h"
#include "rx_stats.h"

#define ETH_MAX_FRAME	1518	/* with a VLAN tag, without FCS */

#define PACKET_TYPE_SHIFT	4	/* behind the RSS type, 7.1.5 */
#define SRRCTL_DISTANCE		0x0c	/* from RDBAL, as ring_blame() wants it */

/* Enabled? */

bool adv_rx_enabled(const u32 *csr)
{
	return (csr_get(csr, INTEL_RCTL) & INTEL_RCTL_EN) &&
	       !(csr_get(csr, INTEL_CTRL) & INTEL_CTRL_GIO_MASTER_DISABLE);
}

bool adv_rx_queue_enabled(const u32 *csr, u32 queue)
{
	const u32 *rxdctl = &csr[I82576_RXDCTL(queue) / 4];

	/* The ring's registers were written before: look at them after this. */
	return queue < ADV_RX_QUEUES &&
	       (port_load_acquire(rxdctl) & I82576_QUEUE_ENABLE);
}

/* Queues */

static bool rss_on(const u32 *csr)
{
	return (csr_get(csr, I82576_MRQC) & I82576_MRQC_MODE) ==
	       I82576_MRQC_RSS;
}

static struct rss classify(const u32 *csr, const void *frame, u32 len)
{
	u32 fields = rss_on(csr) ? csr_get(csr, I82576_MRQC) : 0;

	return rss_hash(&csr[I82576_RSSRK / 4], fields,
			(u16)csr_get(csr, INTEL_VET), frame, len);
}

/* 7.1.1.7: what is not hashed goes to queue 0. igb names no queue above 7. */
static u32 queue_of(const u32 *csr, const struct rss *rss)
{
	if (rss->type == RSS_TYPE_NONE)
		return 0;
	return rss_redirect(&csr[I82576_RETA / 4], rss->hash) %
	       ADV_RX_QUEUES;
}

u32 adv_rx_steer(const u32 *csr, const void *frame, u32 len)
{
	struct rss rss = classify(csr, frame, len);

	return queue_of(csr, &rss);
}

u32 adv_rx_spread(const u32 *csr)
{
	u32 queues = 0, hash;

	if (!rss_on(csr))
		return 1;
	for (hash = 0; hash < RSS_ENTRIES; hash++)
		queues |= 1u << rss_redirect(&csr[I82576_RETA / 4], hash) %
			  ADV_RX_QUEUES;
	return queues;
}

/* Filters */

/* RLPML holds for long packets only, and counts the FCS (8.10.5). */
u32 adv_rx_longest(const u32 *csr)
{
	u32 most = csr_get(csr, I82576_RLPML) & I82576_RLPML_LENGTH;

	if (!(csr_get(csr, INTEL_RCTL) & INTEL_RCTL_LPE))
		return ETH_MAX_FRAME;
	return most > ETH_FCS ? most - ETH_FCS : 0;
}

static bool vlan_passes(const u32 *csr, const struct rss *rss)
{
	u32 id = rss->tag & 0xfff;

	if (!rss->tagged || !(csr_get(csr, INTEL_RCTL) & INTEL_RCTL_VFE))
		return true;
	return csr_get(csr, INTEL_VFTA + id / 32 * 4) >> (id % 32) & 1;
}

/* The refused are counted, save for those to other addresses and VLANs. */
static bool passes(const struct adv_rx *rx, const struct nic_frame *frame,
		   enum rx_kind kind, const struct rss *rss)
{
	return rx_stats_fits(rx->stats, frame->len, adv_rx_longest(rx->csr)) &&
	       (rx_filter(rx->csr, kind, frame->data) ||
		rx_filter_exact(rx->csr, I82576_RAL2(0), I82576_ADDRESSES2,
				frame->data)) &&
	       vlan_passes(rx->csr, rss);
}

/* Counters */

/* With SRRCTL.DROP_EN the queue counts what finds no descriptor. */
static void count_lost(const struct adv_rx *rx, u32 queue)
{
	if (csr_get(rx->csr, I82576_SRRCTL(queue)) & I82576_SRRCTL_DROP_EN)
		port_store(&rx->dropped[queue],
			   port_load(&rx->dropped[queue]) + 1);
	else
		rx_stats_missed(rx->stats);
}

/* Delivery */

/* BSIZEPKT is in KB; 0 leaves it to RCTL.BSIZE (8.10.2). */
static u32 buffer_size(const u32 *csr, u32 queue)
{
	u32 kb = csr_get(csr, I82576_SRRCTL(queue)) & I82576_SRRCTL_BSIZEPKT;

	if (kb)
		return kb * 1024;
	return 2048 >> (csr_get(csr, INTEL_RCTL) >> INTEL_RCTL_BSIZE_SHIFT & 3);
}

static enum ring_state open_ring(const u32 *csr, const struct nic *nic,
				 u32 queue, struct adv_rx_ring *r)
{
	u32 srrctl = csr_get(csr, I82576_SRRCTL(queue));
	enum ring_state state;

	ring_load(&r->ring, csr, I82576_RDBAL(queue));
	r->room = buffer_size(csr, queue);
	state = ring_check(&r->ring, nic);
	if (state == RING_READY &&
	    (srrctl & I82576_SRRCTL_DESCTYPE) != I82576_SRRCTL_ONE_BUFFER) {
		ring_blame(&r->ring, FAULT_DESCRIPTOR, SRRCTL_DISTANCE, srrctl);
		return RING_BAD;
	}
	return state;
}

static u32 checksum_status(const u32 *csr, const struct nic_frame *frame)
{
	u32 rxcsum = csr_get(csr, INTEL_RXCSUM), status = 0;

	if (!frame->udp_checked)
		return 0;
	if (rxcsum & INTEL_RXCSUM_IPOFL)
		status |= ADV_RX_IPCS;
	if (rxcsum & INTEL_RXCSUM_TUOFL)
		status |= ADV_RX_UDPCS | ADV_RX_L4CS;
	return status;
}

/*
 * With RCTL.SECRC clear four bytes of FCS follow the frame. They are 0: the
 * driver only takes them off the length. With CTRL.VME the VLAN tag goes into
 * the descriptor.
 */
static struct adv_rx_frame describe(const u32 *csr,
				    const struct nic_frame *frame,
				    const struct rss *rss)
{
	struct adv_rx_frame f = {
		.data = frame->data,
		.split = frame->len,
		.len = frame->len,
		.status = checksum_status(csr, frame),
		.info = rss->type | rss->packet << PACKET_TYPE_SHIFT,
	};

	if (csr_get(csr, INTEL_RXCSUM) & I82576_RXCSUM_PCSD)
		f.hash = rss->hash;
	if (!(csr_get(csr, INTEL_RCTL) & INTEL_RCTL_SECRC))
		f.fcs = ETH_FCS;
	if (rss->tagged && (csr_get(csr, INTEL_CTRL) & INTEL_CTRL_VME)) {
		f.split = ETH_ADDRESSES;
		f.skip = VLAN_TAG;
		f.len -= VLAN_TAG;
		f.status |= ADV_RX_VP;
		f.tag = rss->tag;
	}
	return f;
}

static enum outcome refuse(const struct adv_rx_ring *r, const struct nic *nic,
			   struct nic_gift *gift, u64 bus)
{
	ring_note(&r->ring, nic);
	gift->bad_bus = bus;
	return OUTCOME_BAD_DESCRIPTOR;
}

static enum outcome deliver(u32 *csr, const struct nic *nic,
			    const struct adv_rx_frame *f, struct nic_gift *gift)
{
	u8 *buffer[ADV_RX_SPREAD];
	struct adv_rx_ring r;
	enum ring_state state;
	u64 bus = 0;
	u32 head;
	int n;

	state = open_ring(csr, nic, gift->queue, &r);
	if (state == RING_BAD)
		return refuse(&r, nic, gift, r.ring.base);
	if (state == RING_EMPTY)
		return OUTCOME_NO_DESCRIPTOR;

	n = adv_rx_ring_find(&r, nic, f->len + f->fcs, buffer, &bus);
	if (n < 0) {
		ring_blame(&r.ring, FAULT_BUFFER, RING_TAIL, bus);
		return refuse(&r, nic, gift, bus);
	}
	if (!n)
		return OUTCOME_NO_DESCRIPTOR;
	head = adv_rx_ring_fill(&r, buffer, (unsigned int)n, f);
	gift->slot = adv_rx_ring_ahead(&r, r.ring.head, (u32)n - 1);
	port_store_release(&csr[I82576_RDH(gift->queue) / 4], head);
	return OUTCOME_DELIVERED;
}

enum outcome adv_rx_frame(const struct adv_rx *rx, const struct nic *nic,
			  const struct nic_frame *frame, struct nic_gift *gift)
{
	struct adv_rx_frame f;
	enum rx_kind kind;
	enum outcome o;
	struct rss rss;

	if (frame->len < ETH_HEADER)
		return OUTCOME_FILTERED;
	rss = classify(rx->csr, frame->data, frame->len);
	kind = rx_kind(frame->data);
	if (!passes(rx, frame, kind, &rss))
		return OUTCOME_FILTERED;
	gift->queue = queue_of(rx->csr, &rss);
	if (!adv_rx_queue_enabled(rx->csr, gift->queue))
		return OUTCOME_RX_OFF;

	f = describe(rx->csr, frame, &rss);
	o = deliver(rx->csr, nic, &f, gift);
	if (o != OUTCOME_BAD_DESCRIPTOR)
		rx_stats_passed(rx->stats, frame->len);
	if (o == OUTCOME_DELIVERED)
		rx_stats_received(rx->stats, frame->len, kind);
	else if (o == OUTCOME_NO_DESCRIPTOR)
		count_lost(rx, gift->queue);
	return o;
}

/* Rings that are not in use may hold anything: a self-test writes patterns. */
void adv_rx_check(const u32 *csr, const struct nic *nic, u32 queue)
{
	struct adv_rx_ring r;

	if (adv_rx_enabled(csr) && adv_rx_queue_enabled(csr, queue) &&
	    open_ring(csr, nic, queue, &r) == RING_BAD)
		ring_note(&r.ring, nic);
}

/* What the engine asks */

void *adv_rx_peek(const u32 *csr, const struct nic *nic, u32 queue, u32 ahead,
		  u32 len)
{
	u8 *buffer[ADV_RX_SPREAD];
	struct adv_rx_ring r;
	u64 bus;

	if (open_ring(csr, nic, queue, &r) != RING_READY)
		return NULL;
	if (ahead >= adv_rx_ring_ready(&r) || !len || len > r.room)
		return NULL;
	r.ring.head = adv_rx_ring_ahead(&r, r.ring.head, ahead);
	return adv_rx_ring_find(&r, nic, len, buffer, &bus) == 1 ?
	       buffer[0] : NULL;
}

void adv_rx_fetch_ahead(const u32 *csr, const struct nic *nic, u32 queue,
			u32 len)
{
	struct adv_rx_ring r;

	if (open_ring(csr, nic, queue, &r) == RING_READY)
		adv_rx_ring_fetch_ahead(&r, nic, len);
}

/*
 * The device cannot know how far the driver has come, but the descriptor says
 * whether its frame was taken. So this answers for the frame last put into the
 * slot; and false after a reset, for then the frame is lost.
 */
bool adv_rx_waiting(const u32 *csr, const struct nic *nic, u32 queue, u32 slot)
{
	struct adv_rx_ring r;

	open_ring(csr, nic, queue, &r);
	return r.ring.at && slot < adv_rx_ring_count(&r) &&
	       adv_rx_ring_filled(&r, slot);
}

void adv_rx_show(const u32 *csr, u32 queue, struct nic_ring *ring)
{
	struct ring r;

	ring_load(&r, csr, I82576_RDBAL(queue));
	ring->base = r.base;
	ring->count = r.bytes / RING_UNIT;
	ring->head = r.head;
	ring->tail = r.tail;
}
