/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The Intel 82574L with MSI-X, as e1000e sees it. Receive and transmit queue 0
 * work, with packet split, VLAN tags, checksums and segmentation; queue 1, RSS,
 * wake-up, management and the PTP clock are plain storage. Interrupt throttling
 * (ITR, EITR) is storage too, deliberately: when an interrupt comes is the
 * user's schedule, not the NIC's.
 *
 * Attachment "poll". BAR 0 is then the array csr at the front of the state, and
 * the driver's loads and stores pass the model by. poll() looks at what the
 * driver stored, acts through the same functions, and stores what the driver
 * is to load:
 *
 * - ICS, IMS and IMC hold 0 until the driver writes them, and are set back to 0
 *   when that was acted upon. Two writes to one of them between two polls look
 *   like one. So any write to IMS unmasks all that the driver unmasked since it
 *   last wrote IMC: an interrupt too many at worst, and e1000e's NAPI does not
 *   mind; one too few would hang it.
 * - ICR holds what is pending. Loads cannot clear it; so it is taken as read
 *   when IMS is written with OTHER in it, with which e1000_msix_other() ends.
 *   Queue causes are left alone then, since that handler raises them again;
 *   and a link that changed is told once more, in case the handler missed it.
 * - CTRL.RST and PHY_RST, MDIC without READY, EERD and EEWR without DONE are
 *   commands, until poll() has taken them back or answered.
 * - STATUS is stored anew when it changes. TDT that differs from TDH is a
 *   doorbell.
 *
 * What plain memory cannot do: statistics, which reading would clear, stay 0;
 * writing RCTL does not wait for a frame that is being given (e1000e sleeps 10
 * ms after it); stores into registers that are read-only stay; bits that do not
 * exist can be set; whether a reset is over cannot be seen, so enabling DMA early
 * is not noticed, and what was written before poll() saw CTRL.RST is lost.
 * e1000e gives a reset 25 ms.
 */
#ifndef INTMGR_82574L_H
#define INTMGR_82574L_H

#include "gigabit.h"

#define I82574L_CSR_SIZE	GIGABIT_CSR_SIZE

struct i82574l {
	struct gigabit g;	/* first: BAR 0 of attachment "poll" */

	/* W: who polls */
	u32 polled;		/* poll() was called since power on */
	u32 unmasked;		/* causes that the driver unmasked since it wrote IMC */
	u32 link_told;		/* the link's state when the driver last unmasked OTHER */
	u32 refused;		/* 1 + TDT, with which the TX ring was refused; 0: it was not */
};

extern const struct nic_ops i82574l_ops;

/* Of 82574l_poll.c */
u32 i82574l_poll(struct nic *nic);
void i82574l_show_causes(struct i82574l *s);	/* ICR as memory shows it */

#endif
