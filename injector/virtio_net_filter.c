// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which frames a virtio network device passes on to its driver: VIRTIO 1.2,
 * 5.1.6.5.1 to 5.1.6.5.3, which leaves open what holds before the first
 * command. There it is as with QEMU: every address passes.
 */
#include "virtio_net.h"

#include "packet.h"

#define BROADCAST	0xffffffffffffULL
#define MULTICAST	0x01	/* in the first byte */

u64 virtio_net_address(const u8 mac[6])
{
	u64 address = 0;
	int i;

	for (i = 5; i >= 0; i--)
		address = address << 8 | mac[i];
	return address;
}

void virtio_net_filter_reset(struct virtio_net_filter *f, u64 mac)
{
	memset(f, 0, sizeof(*f));
	f->mac = mac;
	f->promisc = 1;
}

void virtio_net_filter_start(struct virtio_net_filter *f, u64 features)
{
	memset(f->vlan, features & VIRTIO_NET_F_CTRL_VLAN ? 0 : 0xff,
	       sizeof(f->vlan));
}

static bool vlan_passes(const struct virtio_net_filter *f, const u8 *frame,
			u32 len)
{
	u16 tag;

	if (len < ETH_HEADER + 2 || get16(frame + ETH_ADDRESSES) != ETH_TYPE_VLAN)
		return true;
	tag = get16(frame + ETH_HEADER);
	return port_load(&f->vlan[(tag & 0xfff) / 64]) >> (tag % 64) & 1;
}

/* In the shared table, so not believed to have a sane number of entries. */
static bool has(const struct virtio_net_table *t, u32 from, u32 to, u64 address)
{
	u32 i, end = min(to, (u32)VIRTIO_NET_ADDRESSES);

	for (i = from; i < end; i++)
		if (port_load(&t->address[i]) == address)
			return true;
	return false;
}

static bool address_passes(const struct virtio_net_filter *f, u64 address)
{
	const struct virtio_net_table *t =
		&f->table[port_load_acquire(&f->current) & 1];
	u32 unicast = port_load(&t->unicast);

	if (address == BROADCAST)
		return true;
	if (address & MULTICAST)
		return port_load(&f->allmulti) ||
		       port_load(&t->any_multicast) ||
		       has(t, unicast, port_load(&t->addresses), address);
	return address == port_load(&f->mac) || port_load(&t->any_unicast) ||
	       has(t, 0, unicast, address);
}

bool virtio_net_passes(const struct virtio_net_filter *f,
		       const struct nic_frame *frame)
{
	if (frame->len < ETH_HEADER)
		return false;
	if (port_load(&f->promisc))
		return true;
	return vlan_passes(f, frame->data, frame->len) &&
	       address_passes(f, virtio_net_address(frame->data));
}
