// SPDX-License-Identifier: GPL-2.0-only
#include "wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/if_ether.h>
#include <linux/if_packet.h>

#define BYTES	((size_t)WIRE_SLOT * WIRE_SLOTS)	/* of a ring */
#define TX_DATA	(TPACKET2_HDRLEN - sizeof(struct sockaddr_ll))

static int set(int fd, int what, const void *value, socklen_t len)
{
	return setsockopt(fd, SOL_PACKET, what, value, len) ? -errno : 0;
}

static int set_int(int fd, int what, int value)
{
	return set(fd, what, &value, sizeof(value));
}

static int set_rings(int fd)
{
	const struct tpacket_req ring = {
		.tp_block_size = WIRE_SLOT * 4,
		.tp_block_nr = WIRE_SLOTS / 4,
		.tp_frame_size = WIRE_SLOT,
		.tp_frame_nr = WIRE_SLOTS,
	};
	int err = set_int(fd, PACKET_VERSION, TPACKET_V2);

	if (!err)
		err = set_int(fd, PACKET_QDISC_BYPASS, 1);
	if (!err)
		err = set_int(fd, PACKET_IGNORE_OUTGOING, 1);
	if (!err)	/* a frame that the interface does not take is in nobody's way */
		err = set_int(fd, PACKET_LOSS, 1);
	if (!err)
		err = set(fd, PACKET_RX_RING, &ring, sizeof(ring));
	return err ? err : set(fd, PACKET_TX_RING, &ring, sizeof(ring));
}

static int bind_to(int fd, const char *name)
{
	const struct sockaddr_ll here = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = if_nametoindex(name),
	};

	if (!here.sll_ifindex)
		return -errno;
	return bind(fd, (const struct sockaddr *)&here, sizeof(here)) ?
		       -errno : 0;
}

int wire_open(struct wire *w, const char *name)
{
	int err;

	*w = (struct wire){ .in = MAP_FAILED };
	w->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (w->fd < 0)
		return -errno;
	err = set_rings(w->fd);
	if (!err)
		w->in = mmap(NULL, 2 * BYTES, PROT_READ | PROT_WRITE,
			     MAP_SHARED, w->fd, 0);
	if (!err && w->in == MAP_FAILED)
		err = -errno;
	if (!err)
		err = bind_to(w->fd, name);
	if (err)
		wire_close(w);
	w->out = w->in + BYTES;
	return err;
}

void wire_close(struct wire *w)
{
	if (w->in != MAP_FAILED)
		munmap(w->in, 2 * BYTES);
	close(w->fd);
}

/* ---- out of the interface ---- */

static struct tpacket2_hdr *slot(u8 *ring, u32 n)
{
	return (struct tpacket2_hdr *)(ring + (size_t)n * WIRE_SLOT);
}

u8 *wire_peek(struct wire *w, u32 *len)
{
	struct tpacket2_hdr *h = slot(w->in, w->next_in);

	/* Pairs with the kernel's: the frame is there. */
	if (!(port_load_acquire(&h->tp_status) & TP_STATUS_USER))
		return NULL;
	*len = h->tp_snaplen;
	return (u8 *)h + h->tp_mac;
}

void wire_drop(struct wire *w)
{
	port_store_release(&slot(w->in, w->next_in)->tp_status,
			   TP_STATUS_KERNEL);
	w->next_in = (w->next_in + 1) % WIRE_SLOTS;
}

/* ---- into it ---- */

bool wire_put(struct wire *w, const void *frame, u32 len)
{
	struct tpacket2_hdr *h = slot(w->out, w->next_out);

	if (len > WIRE_MOST)
		return true;	/* lost, as on any wire */
	if (port_load_acquire(&h->tp_status) != TP_STATUS_AVAILABLE)
		return false;
	memcpy((u8 *)h + TX_DATA, frame, len);
	h->tp_len = len;
	port_store_release(&h->tp_status, TP_STATUS_SEND_REQUEST);
	w->next_out = (w->next_out + 1) % WIRE_SLOTS;
	w->unsent = true;
	return true;
}

/* The kernel sends them in order, and may stop before the last. */
void wire_flush(struct wire *w)
{
	struct tpacket2_hdr *last;

	if (!w->unsent)
		return;
	send(w->fd, NULL, 0, MSG_DONTWAIT);
	last = slot(w->out, (w->next_out + WIRE_SLOTS - 1) % WIRE_SLOTS);
	w->unsent = port_load_acquire(&last->tp_status) == TP_STATUS_SEND_REQUEST;
}
