// SPDX-License-Identifier: GPL-2.0-only
#include "csr.h"
#include "intel_regs.h"
#include "receive.h"
#include "rx_filter.h"
#include "rx_ring.h"

#define ETH_HEADER	14
#define ETH_MIN_FRAME	60	/* without FCS */
#define ETH_MAX_FRAME	1518	/* with a VLAN tag, without FCS */
#define ETH_FCS		4

/* BSIZE and BSEX, 10.2.5; 0: reserved */
static u32 buffer_size(u32 rctl)
{
	u32 bsize = rctl >> INTEL_RCTL_BSIZE_SHIFT & 3;

	if (rctl & INTEL_RCTL_BSEX)
		return bsize ? 32768 >> bsize : 0;
	return 2048 >> bsize;
}

/* Packet split (e1000e with an MTU above 1500) has descriptors unknown here. */
static enum outcome open_ring(const u32 *csr, const struct nic *nic,
			      struct rx_ring *r)
{
	enum outcome outcome;

	r->base = csr_get64(csr, INTEL_RDBAL, INTEL_RDBAH) & ~15ULL;
	r->bytes = csr_get(csr, INTEL_RDLEN);
	r->head = csr_get(csr, INTEL_RDH);
	r->tail = port_load_acquire(&csr[INTEL_RDT / 4]);
	r->room = buffer_size(csr_get(csr, INTEL_RCTL));
	r->extended = csr_get(csr, INTEL_RFCTL) & INTEL_RFCTL_EXTEN;
	outcome = rx_ring_open(r, nic);
	if (outcome == OUTCOME_DELIVERED &&
	    (csr_get(csr, INTEL_RCTL) & INTEL_RCTL_DTYP))
		return OUTCOME_BAD_DESCRIPTOR;
	return outcome;
}

bool receive_enabled(const u32 *csr)
{
	return (csr_get(csr, INTEL_RCTL) & INTEL_RCTL_EN) &&
	       !(csr_get(csr, INTEL_CTRL) & INTEL_CTRL_GIO_MASTER_DISABLE);
}

/* The refused are counted, save for those to other addresses. */
static bool passes(const u32 *csr, struct counters *stats,
		   const struct nic_frame *frame, enum rx_kind kind)
{
	if (frame->len < ETH_MIN_FRAME) {
		counters_add(stats, INTEL_RUC, 1);
		return false;
	}
	if (frame->len > ETH_MAX_FRAME &&
	    !(csr_get(csr, INTEL_RCTL) & INTEL_RCTL_LPE)) {
		counters_add(stats, INTEL_ROC, 1);
		return false;
	}
	return rx_filter(csr, kind, frame->data);
}

static void count_received(struct counters *stats, u32 wire, enum rx_kind kind)
{
	counters_add(stats, INTEL_TPR, 1);
	counters_add(stats, INTEL_GPRC, 1);
	counters_add(stats, INTEL_GORCL, wire);
	counters_add(stats, INTEL_TORL, wire);
	counters_add_size(stats, INTEL_PRC64, wire);
	if (kind == RX_MULTICAST)
		counters_add(stats, INTEL_MPRC, 1);
	else if (kind == RX_BROADCAST)
		counters_add(stats, INTEL_BPRC, 1);
}

/*
 * There is no packet buffer on chip: what finds no descriptor is missed. RXO
 * is not raised, because nothing is rung for a frame that was not delivered.
 */
static void count_missed(struct counters *stats, u32 wire)
{
	counters_add(stats, INTEL_TPR, 1);
	counters_add(stats, INTEL_TORL, wire);
	counters_add(stats, INTEL_MPC, 1);
	counters_add(stats, INTEL_RNBC, 1);
}

static u32 checksum_status(const u32 *csr, const struct nic_frame *frame)
{
	u32 rxcsum = csr_get(csr, INTEL_RXCSUM), status = 0;

	if (!frame->udp_checked)
		return 0;
	if (rxcsum & INTEL_RXCSUM_IPOFL)
		status |= RX_STATUS_IPCS;
	if (rxcsum & INTEL_RXCSUM_TUOFL)
		status |= RX_STATUS_UDPCS;
	return status;
}

/*
 * With RCTL.SECRC clear four bytes of FCS follow the frame. They are 0: the
 * driver only takes them off the length.
 */
static u32 fcs_length(const u32 *csr)
{
	return csr_get(csr, INTEL_RCTL) & INTEL_RCTL_SECRC ? 0 : ETH_FCS;
}

static void place(u32 *csr, const struct rx_ring *r, void *buffer,
		  const struct nic_frame *frame, u32 fcs)
{
	memcpy(buffer, frame->data, frame->len);
	memset((u8 *)buffer + frame->len, 0, fcs);
	rx_ring_fill(r, r->head, frame->len + fcs, RX_STATUS_DD |
		     RX_STATUS_EOP | checksum_status(csr, frame));
	port_store_release(&csr[INTEL_RDH / 4], rx_ring_ahead(r, r->head, 1));
}

static enum outcome refuse(struct nic_gift *gift, u64 bus)
{
	gift->bad_bus = bus;
	return OUTCOME_BAD_DESCRIPTOR;
}

static enum outcome deliver(u32 *csr, const struct nic *nic,
			    const struct nic_frame *frame,
			    struct nic_gift *gift)
{
	u32 fcs = fcs_length(csr);
	enum outcome outcome;
	struct rx_ring r;
	void *buffer;
	u64 bus;

	outcome = open_ring(csr, nic, &r);
	if (outcome == OUTCOME_NO_DESCRIPTOR)
		return outcome;
	if (outcome == OUTCOME_BAD_DESCRIPTOR)
		return refuse(gift, r.base);

	buffer = rx_ring_buffer(&r, nic, r.head, &bus);
	if (!buffer || (u64)frame->len + fcs > r.room)
		return refuse(gift, bus);
	gift->slot = r.head;
	place(csr, &r, buffer, frame, fcs);
	return OUTCOME_DELIVERED;
}

enum outcome receive_frame(u32 *csr, struct counters *stats,
			   const struct nic *nic,
			   const struct nic_frame *frame,
			   struct nic_gift *gift)
{
	enum rx_kind kind;
	enum outcome o;

	if (frame->len < ETH_HEADER)
		return OUTCOME_FILTERED;
	kind = rx_kind(frame->data);
	if (!passes(csr, stats, frame, kind))
		return OUTCOME_FILTERED;

	o = deliver(csr, nic, frame, gift);
	if (o == OUTCOME_DELIVERED)
		count_received(stats, frame->len + ETH_FCS, kind);
	else if (o == OUTCOME_NO_DESCRIPTOR)
		count_missed(stats, frame->len + ETH_FCS);
	return o;
}

void *receive_peek(const u32 *csr, const struct nic *nic, u32 ahead, u32 len)
{
	struct rx_ring r;
	u32 ready;
	u64 bus;

	if (open_ring(csr, nic, &r) != OUTCOME_DELIVERED)
		return NULL;
	ready = r.tail - r.head + (r.tail < r.head ? r.count : 0);
	if (ahead >= ready || len > r.room)
		return NULL;
	return rx_ring_buffer(&r, nic, rx_ring_ahead(&r, r.head, ahead), &bus);
}

/*
 * The device cannot know how far the driver has come, but the driver clears
 * DD when it takes a frame. So this answers for the frame last put into the
 * slot; and false after a reset, for then the frame is lost.
 */
bool receive_waiting(const u32 *csr, const struct nic *nic, u32 slot)
{
	struct rx_ring r;

	if (open_ring(csr, nic, &r) == OUTCOME_BAD_DESCRIPTOR)
		return false;
	return slot < r.count && rx_ring_filled(&r, slot);
}

void receive_show(const u32 *csr, struct nic_ring *ring)
{
	ring->base = csr_get64(csr, INTEL_RDBAL, INTEL_RDBAH) & ~15ULL;
	ring->count = csr_get(csr, INTEL_RDLEN) / 16;
	ring->head = csr_get(csr, INTEL_RDH);
	ring->tail = csr_get(csr, INTEL_RDT);
}
