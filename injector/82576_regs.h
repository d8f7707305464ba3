/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Registers and bits of the 82576 that the older gigabit parts have not, as far
 * as the model gives them behaviour; those that it shares with them are in
 * intel_regs.h. Section numbers are those of the "Intel 82576EB Gigabit
 * Ethernet Controller Datasheet".
 */
#ifndef INTMGR_82576_REGS_H
#define INTMGR_82576_REGS_H

/* General, 8.2 to 8.4, 8.7 */
#define I82576_CTRL_ADVD3WUC		0x00100000
#define I82576_EECD_SIZE_SHIFT		11
#define I82576_RXPBS			0x02404
#define I82576_TXPBS			0x03404
#define I82576_SWSM			0x05b50
#define I82576_SWSM_SMBI		0x00000001
#define I82576_SWSM_SWESMBI		0x00000002

/* Interrupts, 8.8 */
#define I82576_GPIE			0x01514
#define I82576_GPIE_NSICR		0x00000001
#define I82576_GPIE_MULTIPLE_MSIX	0x00000010
#define I82576_GPIE_EIAME		0x40000000
#define I82576_EICS			0x01520
#define I82576_EIMS			0x01524
#define I82576_EIMC			0x01528
#define I82576_EIAC			0x0152c
#define I82576_EIAM			0x01530
#define I82576_EICR			0x01580
#define I82576_EICR_OTHER		0x80000000	/* not with MULTIPLE_MSIX */
#define I82576_EITR(n)			(0x01680 + 4 * (n))
#define I82576_IVAR(n)			(0x01700 + 4 * (n))
#define I82576_IVAR_MISC		0x01740
#define I82576_IVAR_VALID		0x80
#define I82576_ICR_RXDW			0x00000080

/*
 * Queues, 8.10 and 8.12: sixteen blocks of registers. Those of queues 0 to 3
 * are at addresses of the older parts too, which drivers use.
 */
#define I82576_QUEUES			16
#define I82576_RX_QUEUES		0x0c000
#define I82576_TX_QUEUES		0x0e000
#define I82576_QUEUE_STEP		0x40
#define I82576_OLD_RX_QUEUES		0x02800
#define I82576_OLD_TX_QUEUES		0x03800
#define I82576_OLD_QUEUE_STEP		0x100
#define I82576_OLD_QUEUES		4

#define I82576_RXQ(n)			(I82576_RX_QUEUES + I82576_QUEUE_STEP * (n))
#define I82576_RDBAL(n)			(I82576_RXQ(n) + 0x00)
#define I82576_RDBAH(n)			(I82576_RXQ(n) + 0x04)
#define I82576_RDLEN(n)			(I82576_RXQ(n) + 0x08)
#define I82576_SRRCTL(n)		(I82576_RXQ(n) + 0x0c)
#define I82576_RDH(n)			(I82576_RXQ(n) + 0x10)
#define I82576_RDT(n)			(I82576_RXQ(n) + 0x18)
#define I82576_RXDCTL(n)		(I82576_RXQ(n) + 0x28)
#define I82576_RQDPC(n)			(I82576_RXQ(n) + 0x30)
#define I82576_SRRCTL_BSIZEPKT		0x0000007f	/* KB */
#define I82576_SRRCTL_DESCTYPE		0x0e000000
#define I82576_SRRCTL_ONE_BUFFER	0x02000000	/* advanced */
#define I82576_SRRCTL_DROP_EN		0x80000000
#define I82576_QUEUE_ENABLE		0x02000000	/* in RXDCTL and TXDCTL */

#define I82576_TXQ(n)			(I82576_TX_QUEUES + I82576_QUEUE_STEP * (n))
#define I82576_TDBAL(n)			(I82576_TXQ(n) + 0x00)
#define I82576_TDBAH(n)			(I82576_TXQ(n) + 0x04)
#define I82576_TDLEN(n)			(I82576_TXQ(n) + 0x08)
#define I82576_TDH(n)			(I82576_TXQ(n) + 0x10)
#define I82576_TDT(n)			(I82576_TXQ(n) + 0x18)
#define I82576_TXDCTL(n)		(I82576_TXQ(n) + 0x28)

/* Receive, 8.10 and 8.11 */
#define I82576_RXCSUM_PCSD		0x00002000
#define I82576_RLPML			0x05004
#define I82576_RLPML_LENGTH		0x00003fff
#define I82576_RAL2(n)			(0x054e0 + 8 * (n))	/* addresses 16 to 23 */
#define I82576_RAH2(n)			(0x054e4 + 8 * (n))
#define I82576_ADDRESSES2		8
#define I82576_MRQC			0x05818
#define I82576_MRQC_MODE		0x00000007
#define I82576_MRQC_RSS			0x00000002
#define I82576_RETA			0x05c00
#define I82576_RSSRK			0x05c80

/* Statistics beyond those of counters.h, 8.18: none is counted */
#define I82576_MORE_STATS		0x04128
#define I82576_MORE_STATS_END		0x04140

#endif
