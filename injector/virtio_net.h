/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The virtio network device over PCI, modern, with split virtqueues: one for
 * receiving, one for sending, one for control commands (VIRTIO 1.2, 4.1 and
 * 5.1). Packed rings, multiqueue, receive segmentation, notification data and
 * the administration queue are not offered. The capability for access through
 * configuration space is shown, as 4.1.4.9 wants, but does nothing.
 *
 * RX buffers are looked for when a frame comes, so the RX doorbell does nothing
 * either; TX and control buffers are worked in their doorbell's write.
 */
#ifndef INTMGR_VIRTIO_NET_H
#define INTMGR_VIRTIO_NET_H

#include "nic.h"
#include "virtio_regs.h"
#include "virtq.h"

#define VIRTIO_NET_VECTORS	3	/* configuration, RX, TX: as many as Linux asks for */
#define VIRTIO_NET_RING		1024	/* descriptors at most */
#define VIRTIO_NET_CTRL_RING	64
#define VIRTIO_NET_ADDRESSES	64	/* in the filter table, as QEMU's */

/* Addresses to pass, unicast ones first; written whole, then switched to. */
struct virtio_net_table {
	u32 unicast, addresses;		/* how many are unicast, and in all */
	u32 any_unicast, any_multicast;	/* the driver named more than there is room for */
	u64 address[VIRTIO_NET_ADDRESSES];
};

/* What receive filtering goes by, 5.1.6.5. All W: driver. */
struct virtio_net_filter {
	u64 mac;		/* the first byte on the wire is the lowest */
	u32 promisc, allmulti;
	u32 current;		/* of table[], store-release */
	struct virtio_net_table table[2];
	u64 vlan[4096 / 64];	/* a bit each: passes */
};

/* Shared by both sides. */
struct virtio_net {
	/* W: driver */
	u32 device_feature_select, driver_feature_select;
	u64 features;		/* accepted; fixed once FEATURES_OK is set */
	u16 config_vector, queue_select;
	u8 status;		/* store-release; 0 in a reset before all else is cleared */
	u8 generation;
	u8 unread;		/* a reset was not read back yet, 4.1.4.3.2 */
	u64 seen;		/* changes when the driver last read the configuration */
	u64 mac_changes;
	u64 factory_mac;
	struct virtio_net_filter filter;
	u64 sent, sent_bytes;	/* frames; where nobody wants to see them, not cut into segments */
	u64 not_sent;		/* buffers in which there was no frame */

	/* W: who calls set_link() */
	u32 plugged;
	u64 link_changes;

	/* W: both, by compare and swap */
	u64 isr;

	struct virtq queue[VIRTIO_NET_QUEUES];	/* see struct virtq; RX is worked by the device */
};

extern const struct nic_ops virtio_net_ops;

/* ---- between the files of the model ---- */

/* Did the driver set DRIVER_OK, and not give up since? 2.1.2 */
bool virtio_net_runs(const struct virtio_net *s);

/* May the function access memory? PCI's command register says so. */
bool virtio_net_is_master(const struct nic *nic);

/* An MSI-X entry as the registers name it, as a bit; 0: none */
u32 virtio_net_vector(u16 vector);

/* Used buffers are to be told of: the vectors to ring. */
u32 virtio_net_notify(struct virtio_net *s, const struct virtq *q);

/* Open queue @index; as virtq_open(). */
int virtio_net_open(struct nic *nic, u32 index, struct virtq_ring *r);

/* Works a buffer, and returns how many bytes it wrote to it. */
typedef u32 virtio_net_work(struct nic *nic, struct virtq_chain *c);

/* Doorbells: work the queue; return the vectors to ring. */
u32 virtio_net_serve(struct nic *nic, u32 queue, virtio_net_work *work);
u32 virtio_net_transmit(struct nic *nic);
u32 virtio_net_control(struct nic *nic);

/* The filter that a reset leaves: everything passes (QEMU's "compatibility mode"). */
void virtio_net_filter_reset(struct virtio_net_filter *f, u64 mac);

/* FEATURES_OK was set: without CTRL_VLAN all VLANs pass. */
void virtio_net_filter_start(struct virtio_net_filter *f, u64 features);
bool virtio_net_passes(const struct virtio_net_filter *f,
		       const struct nic_frame *frame);
u64 virtio_net_address(const u8 mac[6]);

/* give(), peek(), fetch_ahead(), waiting() and rx_ring() of struct nic_ops */
void virtio_net_give(struct nic *nic, const struct nic_frame *frame,
		     struct nic_gift *gift);
u32 virtio_net_longest(struct nic *nic);
void *virtio_net_peek(struct nic *nic, u32 queue, u32 ahead, u32 len);
void virtio_net_fetch_ahead(struct nic *nic, u32 queue, u32 len);
bool virtio_net_waiting(struct nic *nic, u32 queue, u32 slot);
void virtio_net_rx_ring(struct nic *nic, u32 queue, struct nic_ring *ring);

#endif
