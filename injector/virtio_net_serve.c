// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a doorbell announced: buffers that the driver made available, each
 * worked and given back, VIRTIO 1.2, 2.7.13 and 2.7.14. Driver's side, in the
 * doorbell's write.
 */
#include "virtio_net.h"

/* A ring that fills as fast as it empties is another CPU's doing. */
#define MANY	(4 * VIRTQ_MAX_SIZE)

static void serve_one(struct nic *nic, struct virtq_ring *r,
		      virtio_net_work *work)
{
	struct virtq_chain c;

	if (virtq_start(r, &c, 0))
		virtq_push(r, c.head, work(nic, &c));
	virtq_flush(r, 1);
}

static void serve_all(struct nic *nic, struct virtq_ring *r,
		      virtio_net_work *work)
{
	u32 i;

	for (i = 0; i < MANY && virtio_net_runs(nic->state); i++) {
		int ready = virtq_available(r);

		if (ready > 0)
			serve_one(nic, r, work);
		else if (ready < 0 || virtq_rearm(r))
			break;
	}
}

u32 virtio_net_serve(struct nic *nic, u32 queue, virtio_net_work *work)
{
	struct virtio_net *s = nic->state;
	struct virtq *q = &s->queue[queue];
	struct virtq_ring r = { 0 };
	u32 vectors = 0;
	u16 old;

	if (!virtq_enter(q))
		return 0;
	do {
		if (virtio_net_open(nic, queue, &r))
			continue;
		old = r.filled;
		serve_all(nic, &r, work);
		if (virtq_due(&r, old))
			vectors |= virtio_net_notify(s, q);
	} while (!virtq_leave(q));
	return vectors;
}
