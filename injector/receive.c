// SPDX-License-Identifier: GPL-2.0-only
#include "receive.h"

#include "csr.h"
#include "intel_regs.h"
#include "packet.h"
#include "rx_header.h"
#include "rx_ring.h"
#include "rx_stats.h"

#define ETH_MAX_FRAME	1518	/* with a VLAN tag, without FCS */
#define ETH_MAX_LONG	16384	/* with RCTL.LPE, 10.2.5 */

/* BSIZE and BSEX, 10.2.5; 0: reserved */
static u32 buffer_size(u32 rctl)
{
	u32 bsize = rctl >> INTEL_RCTL_BSIZE_SHIFT & 3;

	if (rctl & INTEL_RCTL_BSEX)
		return bsize ? 32768 >> bsize : 0;
	return 2048 >> bsize;
}

/* PSRCTL: the first size in units of 128 bytes, the others of 1 KiB. */
static void split_sizes(u32 psrctl, u32 room[RX_BUFFERS])
{
	room[0] = (psrctl & 0x7f) * 128;
	room[1] = (psrctl >> 8 & 0x3f) * 1024;
	room[2] = (psrctl >> 16 & 0x3f) * 1024;
	room[3] = (psrctl >> 24 & 0x3f) * 1024;
}

static enum rx_format format(const u32 *csr, const struct receive_rules *rules)
{
	if (!rules->formats)
		return RX_LEGACY;
	if ((csr_get(csr, INTEL_RCTL) & INTEL_RCTL_DTYP) ==
	    INTEL_RCTL_DTYP_SPLIT)
		return RX_SPLIT;
	return csr_get(csr, INTEL_RFCTL) & INTEL_RFCTL_EXTEN ? RX_EXTENDED :
							       RX_LEGACY;
}

static enum outcome open_ring(const u32 *csr, const struct nic *nic,
			      const struct receive_rules *rules,
			      struct rx_ring *r)
{
	memset(r, 0, sizeof(*r));
	ring_load(&r->ring, csr, INTEL_RDBAL);
	r->format = format(csr, rules);
	if (r->format == RX_SPLIT)
		split_sizes(csr_get(csr, INTEL_PSRCTL), r->room);
	else
		r->room[0] = buffer_size(csr_get(csr, INTEL_RCTL));
	return rx_ring_open(r, nic);
}

bool receive_enabled(const u32 *csr, const struct receive_rules *rules)
{
	return (csr_get(csr, INTEL_RCTL) & INTEL_RCTL_EN) &&
	       !(csr_get(csr, INTEL_CTRL) & rules->master_disable);
}

static bool is_tagged(const u32 *csr, const struct nic_frame *frame)
{
	const u8 *type = (const u8 *)frame->data + ETH_ADDRESSES;

	return (u32)(type[0] << 8 | type[1]) == csr_get(csr, INTEL_VET) &&
	       frame->len >= ETH_HEADER + VLAN_TAG;
}

static u16 tag_of(const struct nic_frame *frame)
{
	const u8 *tag = (const u8 *)frame->data + ETH_HEADER;

	return (u16)(tag[0] << 8 | tag[1]);
}

/* The VLAN filter, 10.2.5: one bit in VFTA for each VLAN. */
static bool passes_vlan(const u32 *csr, const struct nic_frame *frame)
{
	u32 id = tag_of(frame) & 0xfff;

	if (!(csr_get(csr, INTEL_RCTL) & INTEL_RCTL_VFE))
		return true;
	return csr_get(csr, INTEL_VFTA + id / 32 * 4) >> (id % 32) & 1;
}

u32 receive_longest(const u32 *csr)
{
	return csr_get(csr, INTEL_RCTL) & INTEL_RCTL_LPE ? ETH_MAX_LONG :
							   ETH_MAX_FRAME;
}

/* The refused are counted, save for those to other addresses and VLANs. */
static bool passes(const u32 *csr, struct counters *stats,
		   const struct nic_frame *frame, enum rx_kind kind)
{
	return rx_stats_fits(stats, frame->len, receive_longest(csr)) &&
	       rx_filter(csr, kind, frame->data) &&
	       (!is_tagged(csr, frame) || passes_vlan(csr, frame));
}

static u32 l4_status(const struct receive_rules *rules,
		     const struct nic_frame *frame)
{
	if (rules->udp_as_tcp)
		return RX_STATUS_TCPCS;
	return rx_header_protocol(frame->data, frame->len) == PROTOCOL_TCP ?
	       RX_STATUS_TCPCS : RX_STATUS_UDPCS;
}

static u32 checksum_status(const u32 *csr, const struct receive_rules *rules,
			   const struct nic_frame *frame)
{
	u32 rxcsum = csr_get(csr, INTEL_RXCSUM), status = 0;

	if (!frame->udp_checked)
		return 0;
	if (rxcsum & INTEL_RXCSUM_IPOFL)
		status |= RX_STATUS_IPCS;
	if (rxcsum & INTEL_RXCSUM_TUOFL)
		status |= l4_status(rules, frame);
	return status;
}

/*
 * What reaches memory: the frame without the VLAN tag that goes into the
 * descriptor (@gap bytes behind the addresses), and, unless RCTL.SECRC strips
 * it, four bytes of FCS. Those are 0: the driver only takes them off the length.
 */
struct image {
	const u8 *data;
	u32 cut;	/* where the gap is */
	u32 gap;
	u32 body;	/* bytes without gap and FCS */
	u32 total;
};

static struct image make_image(const u32 *csr, const struct nic_frame *frame)
{
	u32 fcs = csr_get(csr, INTEL_RCTL) & INTEL_RCTL_SECRC ? 0 : ETH_FCS;
	bool strip = (csr_get(csr, INTEL_CTRL) & INTEL_CTRL_VME) &&
		     is_tagged(csr, frame);
	struct image i = { .data = frame->data };

	i.gap = strip ? VLAN_TAG : 0;
	i.body = frame->len - i.gap;
	i.cut = strip ? ETH_ADDRESSES : i.body;
	i.total = i.body + fcs;
	return i;
}

static void copy_image(const struct image *i, u32 from, u8 *to, u32 len)
{
	u32 end = from + len, n;

	for (; from < end; from += n, to += n) {
		if (from < i->cut) {
			n = min(end, i->cut) - from;
			memcpy(to, i->data + from, n);
		} else if (from < i->body) {
			n = min(end, i->body) - from;
			memcpy(to, i->data + from + i->gap, n);
		} else {
			n = end - from;
			memset(to, 0, n);
		}
	}
}

/* A header that does not fit its buffer is not split off, 7.1. */
static u32 header_to_split(const struct rx_ring *r, const struct image *i)
{
	u32 header;

	if (r->format != RX_SPLIT || i->gap)
		return 0;
	header = rx_header_length(i->data, i->body);
	return header <= r->room[0] ? header : 0;
}

static void place(u32 *csr, const struct rx_ring *r, const struct image *i,
		  const struct rx_spread *s, const struct rx_report *report)
{
	u32 pieces = s->slots * rx_ring_pieces(r), from = 0, n;

	for (n = 0; n < pieces; n++) {
		copy_image(i, from, s->at[n], s->len[n]);
		from += s->len[n];
	}
	rx_ring_fill(r, s, report);
	n = rx_ring_ahead(r, r->head, s->slots);
	port_store_release(&csr[INTEL_RDH / 4], rx_ring_units(r, n));
}

static enum outcome deliver(u32 *csr, const struct nic *nic,
			    const struct receive_rules *rules,
			    const struct nic_frame *frame,
			    struct nic_gift *gift)
{
	struct image i = make_image(csr, frame);
	struct rx_report report = { 0 };
	struct rx_spread s;
	enum outcome outcome;
	struct rx_ring r;

	outcome = open_ring(csr, nic, rules, &r);
	gift->bad_bus = r.ring.base;
	if (outcome == OUTCOME_BAD_DESCRIPTOR)
		ring_note(&r.ring, nic);
	if (outcome != OUTCOME_DELIVERED)
		return outcome;
	report.header = (u16)header_to_split(&r, &i);
	outcome = rx_ring_spread(&r, nic, report.header, i.total, &s,
				 &gift->bad_bus);
	if (outcome != OUTCOME_DELIVERED)
		return outcome;

	report.status = checksum_status(csr, rules, frame);
	if (i.gap) {
		report.status |= RX_STATUS_VP;
		report.vlan = tag_of(frame);
	}
	gift->slot = rx_ring_ahead(&r, r.head, s.slots - 1);
	place(csr, &r, &i, &s, &report);
	return OUTCOME_DELIVERED;
}

enum outcome receive_frame(u32 *csr, struct counters *stats,
			   const struct nic *nic,
			   const struct receive_rules *rules,
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

	o = deliver(csr, nic, rules, frame, gift);
	if (o != OUTCOME_BAD_DESCRIPTOR) {
		gift->bad_bus = 0;
		rx_stats_passed(stats, frame->len);
	}
	if (o == OUTCOME_DELIVERED)
		rx_stats_received(stats, frame->len, kind);
	else if (o == OUTCOME_NO_DESCRIPTOR)
		rx_stats_missed(stats);
	return o;
}

/* Rings that are not in use may hold anything: a self-test writes patterns. */
void receive_check(const u32 *csr, const struct nic *nic,
		   const struct receive_rules *rules)
{
	struct rx_ring r;

	if (receive_enabled(csr, rules) &&
	    open_ring(csr, nic, rules, &r) == OUTCOME_BAD_DESCRIPTOR)
		ring_note(&r.ring, nic);
}

void *receive_peek(const u32 *csr, const struct nic *nic,
		   const struct receive_rules *rules, u32 ahead, u32 len)
{
	struct rx_ring r;

	if (open_ring(csr, nic, rules, &r) != OUTCOME_DELIVERED ||
	    ahead >= rx_ring_free(&r))
		return NULL;
	return rx_ring_buffer(&r, nic, rx_ring_ahead(&r, r.head, ahead), len);
}

void receive_fetch_ahead(const u32 *csr, const struct nic *nic,
			 const struct receive_rules *rules, u32 len)
{
	struct rx_ring r;

	if (open_ring(csr, nic, rules, &r) == OUTCOME_DELIVERED)
		rx_ring_fetch_ahead(&r, nic, len);
}

/*
 * The device cannot know how far the driver has come, but the driver clears
 * DD when it takes a frame. So this answers for the frame last put into the
 * slot; and false after a reset, for then the frame is lost.
 */
bool receive_waiting(const u32 *csr, const struct nic *nic,
		     const struct receive_rules *rules, u32 slot)
{
	struct rx_ring r;

	open_ring(csr, nic, rules, &r);
	return r.ring.at && slot < r.count && rx_ring_filled(&r, slot);
}

void receive_show(const u32 *csr, const struct receive_rules *rules,
		  struct nic_ring *ring)
{
	u32 units = format(csr, rules) == RX_SPLIT ? 2 : 1;

	ring->base = csr_get64(csr, INTEL_RDBAL, INTEL_RDBAH) & ~15ULL;
	ring->count = csr_get(csr, INTEL_RDLEN) / RING_UNIT / units;
	ring->head = csr_get(csr, INTEL_RDH) / units;
	ring->tail = csr_get(csr, INTEL_RDT) / units;
}
