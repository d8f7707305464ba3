/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The receive path that Intel's gigabit parts share: filters, VLAN tags, queue
 * 0's ring, counters (82574 data sheet 7.1, 7.5, 10.2.5, 10.2.7). Device's
 * side; @csr is the model's register file, in which only RDH is written.
 *
 * Frames of up to 16 KiB pass with RCTL.LPE set, where the 82574's silicon ends
 * at 9 KiB: the buffers may be that large, and the experiment needs them.
 */
#ifndef INTMGR_RECEIVE_H
#define INTMGR_RECEIVE_H

#include "counters.h"
#include "nic.h"
#include "port.h"

/* In what the parts differ. */
struct receive_rules {
	u32 master_disable;	/* the bit of CTRL that keeps the part off the bus */
	bool formats;		/* has extended and packet split descriptors */
	bool udp_as_tcp;	/* reports a good UDP checksum in TCPCS, as the 8254x do */
};

/* Is the receiver enabled, and may it write to memory? */
bool receive_enabled(const u32 *csr, const struct receive_rules *rules);

/* The longest frame that passes, bytes without FCS. */
u32 receive_longest(const u32 *csr);

/*
 * Shot steps 4 and 5 in contract 4's order, up to RDH; raising the cause is
 * the model's. Sets gift->slot or gift->bad_bus. Hot path.
 */
enum outcome receive_frame(u32 *csr, struct counters *stats,
			   const struct nic *nic,
			   const struct receive_rules *rules,
			   const struct nic_frame *frame,
			   struct nic_gift *gift);

/* RDT was written: note what the ring would be refused for. Driver's side. */
void receive_check(const u32 *csr, const struct nic *nic,
		   const struct receive_rules *rules);

/* peek(), fetch_ahead(), waiting() and rx_ring() of struct nic_ops. */
void *receive_peek(const u32 *csr, const struct nic *nic,
		   const struct receive_rules *rules, u32 ahead, u32 len);
void receive_fetch_ahead(const u32 *csr, const struct nic *nic,
			 const struct receive_rules *rules, u32 len);
bool receive_waiting(const u32 *csr, const struct nic *nic,
		     const struct receive_rules *rules, u32 slot);
void receive_show(const u32 *csr, const struct receive_rules *rules,
		  struct nic_ring *ring);

#endif
