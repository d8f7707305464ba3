// SPDX-License-Identifier: GPL-2.0-only
/*
 * The control queue: commands of the driver, VIRTIO 1.2, 5.1.6.5. Each buffer
 * is class, command and its data for the device to read, then a byte for it to
 * answer in.
 */
#include "virtio_net.h"

#define ADDRESS	6	/* bytes */

/* More of them than the whole pool could hold */
#define MANY_ADDRESSES	(1U << 24)

static bool accepted(const struct virtio_net *s, u64 feature)
{
	return s->features & feature;
}

/* 5.1.6.5.1 */
static bool set_mode(struct virtio_net *s, u8 command, struct virtq_chain *c)
{
	u8 on;

	if (!accepted(s, VIRTIO_NET_F_CTRL_RX) || virtq_read(c, &on, 1) != 1)
		return false;
	switch (command) {
	case VIRTIO_NET_RX_PROMISC:
		port_store(&s->filter.promisc, !!on);
		return true;
	case VIRTIO_NET_RX_ALLMULTI:
		port_store(&s->filter.allmulti, !!on);
		return true;
	default:
		return false;
	}
}

/*
 * One list of addresses: those that there is room for go into the table, from
 * *filled on; if there are more, *more is set, and all of their kind shall pass.
 */
static bool read_list(struct virtio_net_table *t, u32 *filled, u32 *more,
		      struct virtq_chain *c)
{
	u8 mac[ADDRESS];
	__le32 count;
	u32 n;

	if (virtq_read(c, &count, 4) != 4)
		return false;
	n = le32_to_cpu(count);
	if (n > MANY_ADDRESSES)
		return false;
	for (; n && *filled < VIRTIO_NET_ADDRESSES; n--) {
		if (virtq_read(c, mac, ADDRESS) != ADDRESS)
			return false;
		t->address[(*filled)++] = virtio_net_address(mac);
	}
	*more = n > 0;
	return virtq_read(c, NULL, n * ADDRESS) == n * ADDRESS;
}

/* 5.1.6.5.2. No frame sees half a table. */
static bool set_table(struct virtio_net *s, struct virtq_chain *c)
{
	u32 spare = !(s->filter.current & 1), filled = 0;
	struct virtio_net_table *t = &s->filter.table[spare];

	if (!accepted(s, VIRTIO_NET_F_CTRL_RX) ||
	    !read_list(t, &filled, &t->any_unicast, c))
		return false;
	t->unicast = filled;
	if (!read_list(t, &filled, &t->any_multicast, c))
		return false;
	t->addresses = filled;
	port_store_release(&s->filter.current, spare);
	return true;
}

static bool set_address(struct virtio_net *s, struct virtq_chain *c)
{
	u8 mac[ADDRESS];

	if (!accepted(s, VIRTIO_NET_F_CTRL_MAC_ADDR) ||
	    virtq_read(c, mac, ADDRESS) != ADDRESS)
		return false;
	port_store(&s->filter.mac, virtio_net_address(mac));
	s->mac_changes++;
	return true;
}

static bool set_mac(struct virtio_net *s, u8 command, struct virtq_chain *c)
{
	switch (command) {
	case VIRTIO_NET_MAC_TABLE_SET:
		return set_table(s, c);
	case VIRTIO_NET_MAC_ADDR_SET:
		return set_address(s, c);
	default:
		return false;
	}
}

/* 5.1.6.5.3 */
static bool set_vlan(struct virtio_net *s, u8 command, struct virtq_chain *c)
{
	__le16 id;
	u64 *word;
	u64 bit;

	if (!accepted(s, VIRTIO_NET_F_CTRL_VLAN) ||
	    virtq_read(c, &id, 2) != 2 || le16_to_cpu(id) > 4095)
		return false;
	word = &s->filter.vlan[le16_to_cpu(id) / 64];
	bit = 1ULL << (le16_to_cpu(id) % 64);
	switch (command) {
	case VIRTIO_NET_VLAN_ADD:
		port_store(word, port_load(word) | bit);
		return true;
	case VIRTIO_NET_VLAN_DEL:
		port_store(word, port_load(word) & ~bit);
		return true;
	default:
		return false;
	}
}

static bool obey(struct virtio_net *s, struct virtq_chain *c)
{
	u8 command[2];

	if (virtq_read(c, command, 2) != 2)
		return false;
	switch (command[0]) {
	case VIRTIO_NET_CLASS_RX:
		return set_mode(s, command[1], c);
	case VIRTIO_NET_CLASS_MAC:
		return set_mac(s, command[1], c);
	case VIRTIO_NET_CLASS_VLAN:
		return set_vlan(s, command[1], c);
	default:
		return false;
	}
}

/* An ill-formed buffer is returned too: Linux spins until it is. */
static u32 answer(struct nic *nic, struct virtq_chain *c)
{
	u8 ack = obey(nic->state, c) ? VIRTIO_NET_OK : VIRTIO_NET_ERR;

	return virtq_write(c, &ack, 1);
}

u32 virtio_net_control(struct nic *nic)
{
	return virtio_net_serve(nic, VIRTIO_NET_CTRL, answer);
}
