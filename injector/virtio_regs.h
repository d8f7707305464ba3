/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a virtio network device over PCI shows: the structures in its BAR, and
 * what the driver and it say to each other in memory. Section numbers are those
 * of "Virtual I/O Device (VIRTIO) Version 1.2".
 */
#ifndef INTMGR_VIRTIO_REGS_H
#define INTMGR_VIRTIO_REGS_H

#include "port.h"

/* Where the structures lie in BAR 0: each in a page, as 4.1.4 leaves open */
#define VIRTIO_COMMON		0x0000
#define VIRTIO_COMMON_LEN	0x3c	/* up to queue_reset */
#define VIRTIO_ISR		0x1000
#define VIRTIO_DEVICE		0x2000
#define VIRTIO_DEVICE_LEN	8	/* up to status, 5.1.4 */
#define VIRTIO_NOTIFY		0x3000
#define VIRTIO_NOTIFY_STEP	4	/* notify_off_multiplier */
#define VIRTIO_BAR_SIZE		0x4000

/* Vendor-specific capabilities, 4.1.4 */
#define VIRTIO_CAP_COMMON	1
#define VIRTIO_CAP_NOTIFY	2
#define VIRTIO_CAP_ISR		3
#define VIRTIO_CAP_DEVICE	4
#define VIRTIO_CAP_PCI		5

/* Common configuration structure, 4.1.4.3 */
#define VIRTIO_DEVICE_FEATURE_SELECT	(VIRTIO_COMMON + 0x00)
#define VIRTIO_DEVICE_FEATURE		(VIRTIO_COMMON + 0x04)
#define VIRTIO_DRIVER_FEATURE_SELECT	(VIRTIO_COMMON + 0x08)
#define VIRTIO_DRIVER_FEATURE		(VIRTIO_COMMON + 0x0c)
#define VIRTIO_CONFIG_VECTOR		(VIRTIO_COMMON + 0x10)
#define VIRTIO_NUM_QUEUES		(VIRTIO_COMMON + 0x12)
#define VIRTIO_STATUS			(VIRTIO_COMMON + 0x14)
#define VIRTIO_GENERATION		(VIRTIO_COMMON + 0x15)
#define VIRTIO_QUEUE_SELECT		(VIRTIO_COMMON + 0x16)
#define VIRTIO_QUEUE_SIZE		(VIRTIO_COMMON + 0x18)
#define VIRTIO_QUEUE_VECTOR		(VIRTIO_COMMON + 0x1a)
#define VIRTIO_QUEUE_ENABLE		(VIRTIO_COMMON + 0x1c)
#define VIRTIO_QUEUE_NOTIFY_OFF		(VIRTIO_COMMON + 0x1e)
#define VIRTIO_QUEUE_DESC		(VIRTIO_COMMON + 0x20)
#define VIRTIO_QUEUE_DRIVER		(VIRTIO_COMMON + 0x28)
#define VIRTIO_QUEUE_DEVICE		(VIRTIO_COMMON + 0x30)
#define VIRTIO_QUEUE_RESET		(VIRTIO_COMMON + 0x3a)

#define VIRTIO_NO_VECTOR		0xffff

/* Device status, 2.1 */
#define VIRTIO_S_ACKNOWLEDGE		0x01
#define VIRTIO_S_DRIVER			0x02
#define VIRTIO_S_DRIVER_OK		0x04
#define VIRTIO_S_FEATURES_OK		0x08
#define VIRTIO_S_FAILED			0x80

/* ISR status, 4.1.4.5 */
#define VIRTIO_ISR_QUEUE		0x1
#define VIRTIO_ISR_CONFIG		0x2

/* Feature bits: 5.1.3, then 6 */
#define VIRTIO_F(bit)			(1ULL << (bit))
#define VIRTIO_NET_F_CSUM		VIRTIO_F(0)
#define VIRTIO_NET_F_GUEST_CSUM		VIRTIO_F(1)
#define VIRTIO_NET_F_MAC		VIRTIO_F(5)
#define VIRTIO_NET_F_HOST_TSO4		VIRTIO_F(11)
#define VIRTIO_NET_F_HOST_TSO6		VIRTIO_F(12)
#define VIRTIO_NET_F_MRG_RXBUF		VIRTIO_F(15)
#define VIRTIO_NET_F_STATUS		VIRTIO_F(16)
#define VIRTIO_NET_F_CTRL_VQ		VIRTIO_F(17)
#define VIRTIO_NET_F_CTRL_RX		VIRTIO_F(18)
#define VIRTIO_NET_F_CTRL_VLAN		VIRTIO_F(19)
#define VIRTIO_NET_F_CTRL_MAC_ADDR	VIRTIO_F(23)
#define VIRTIO_F_INDIRECT_DESC		VIRTIO_F(28)
#define VIRTIO_F_EVENT_IDX		VIRTIO_F(29)
#define VIRTIO_F_VERSION_1		VIRTIO_F(32)
#define VIRTIO_F_ACCESS_PLATFORM	VIRTIO_F(33)
#define VIRTIO_F_RING_RESET		VIRTIO_F(40)

/* Device configuration, 5.1.4 */
#define VIRTIO_NET_MAC			(VIRTIO_DEVICE + 0)
#define VIRTIO_NET_STATUS		(VIRTIO_DEVICE + 6)
#define VIRTIO_NET_S_LINK_UP		0x1

/* Virtqueues, 5.1.2 */
enum {
	VIRTIO_NET_RX,
	VIRTIO_NET_TX,
	VIRTIO_NET_CTRL,
	VIRTIO_NET_QUEUES
};

/* Descriptor flags, 2.7.5; ring flags, 2.7.6, 2.7.8 */
#define VIRTQ_DESC_NEXT			0x1
#define VIRTQ_DESC_WRITE		0x2
#define VIRTQ_DESC_INDIRECT		0x4
#define VIRTQ_AVAIL_NO_INTERRUPT	0x1

/* Before each frame, 5.1.6: with VERSION_1 always with num_buffers */
struct virtio_net_header {
	u8 flags, gso_type;
	__le16 hdr_len, gso_size, csum_start, csum_offset, num_buffers;
} __packed;

#define VIRTIO_NET_HEADER		sizeof(struct virtio_net_header)
#define VIRTIO_NET_NEEDS_CSUM		0x1
#define VIRTIO_NET_DATA_VALID		0x2
#define VIRTIO_NET_GSO_NONE		0
#define VIRTIO_NET_GSO_TCPV4		1
#define VIRTIO_NET_GSO_TCPV6		4
#define VIRTIO_NET_GSO_ECN		0x80

/* Control commands: class, then command, 5.1.6.5 */
#define VIRTIO_NET_CLASS_RX		0
#define VIRTIO_NET_RX_PROMISC		0
#define VIRTIO_NET_RX_ALLMULTI		1
#define VIRTIO_NET_CLASS_MAC		1
#define VIRTIO_NET_MAC_TABLE_SET	0
#define VIRTIO_NET_MAC_ADDR_SET		1
#define VIRTIO_NET_CLASS_VLAN		2
#define VIRTIO_NET_VLAN_ADD		0
#define VIRTIO_NET_VLAN_DEL		1
#define VIRTIO_NET_OK			0
#define VIRTIO_NET_ERR			1

#endif
