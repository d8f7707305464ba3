// SPDX-License-Identifier: GPL-2.0-only
/*
 * The other end of the cable: what becomes of the frames that the driver
 * sends. They come whole, in the driver's context, while it rings the NIC's
 * doorbell; what goes back is received before that returns.
 */
#include <linux/mm.h>
#include <linux/rcupdate.h>

#include "injector/sink.h"
#include "target.h"

static struct function *function_of(struct nic *nic)
{
	return container_of(nic, struct function, nic);
}

/* A frame for the driver of @to, from the cable of @f. */
static void receive(struct function *f, struct function *to, const void *data,
		    u32 len)
{
	const struct nic_frame frame = { .data = data, .len = len };
	struct nic_gift gift;

	if (!len)
		return;
	nic_give(&to->nic, &frame, &gift);
	if (gift.outcome == OUTCOME_DELIVERED)
		atomic64_inc(&f->wire.returned);
	else
		atomic64_inc(&f->wire.refused);
	msi_ring(to, gift.vectors);
}

static void to_peer(struct function *f, const void *frame, u32 len)
{
	struct function *peer;

	rcu_read_lock();
	peer = rcu_dereference(f->wire.peer);
	if (peer)
		receive(f, peer, frame, len);
	rcu_read_unlock();
}

/* What @make makes of the frame comes back. */
static void reply(struct function *f, const void *frame, u32 len,
		  u32 (*make)(const void *frame, u32 len, void *reply))
{
	unsigned long flags;

	spin_lock_irqsave(&f->wire.lock, flags);
	receive(f, f, f->wire.reply, make(frame, len, f->wire.reply));
	spin_unlock_irqrestore(&f->wire.lock, flags);
}

/* The support side takes it; where it is too slow for that, frames are lost. */
static void to_window(struct function *f, const void *frame, u32 len)
{
	unsigned long flags;

	spin_lock_irqsave(&f->wire.lock, flags);
	if (!frame_ring_put(&f->wire.ring, frame, len))
		atomic64_inc(&f->wire.refused);
	spin_unlock_irqrestore(&f->wire.lock, flags);
}

static void wire_send(struct nic *nic, const void *frame, u32 len)
{
	struct function *f = function_of(nic);

	atomic64_inc(&f->wire.sent);
	atomic64_add(len, &f->wire.sent_bytes);
	switch (READ_ONCE(f->wire.sink)) {
	case INTMGR_SINK_ECHO:
		reply(f, frame, len, sink_echo);
		break;
	case INTMGR_SINK_ANSWER:
		reply(f, frame, len, sink_answer);
		break;
	case INTMGR_SINK_PEER:
		to_peer(f, frame, len);
		break;
	case INTMGR_SINK_WINDOW:
		to_window(f, frame, len);
		break;
	}
}

/* A sink that looks at nothing costs nothing: the NIC does not even gather. */
static void set(struct function *f, u32 sink, struct function *peer)
{
	rcu_assign_pointer(f->wire.peer, peer);
	WRITE_ONCE(f->wire.sink, sink);
	WRITE_ONCE(f->wire.nic.send,
		   sink == INTMGR_SINK_DROP ? NULL : wire_send);
}

/* The far end of a cable that leads away from @f is loose. */
static void loosen(struct function *f)
{
	struct function *peer = rcu_access_pointer(f->wire.peer);

	if (peer)
		set(peer, INTMGR_SINK_DROP, NULL);
}

int wire_set_sink(struct function *f, u32 sink, struct function *peer)
{
	if (sink == INTMGR_SINK_WINDOW && !f->wire.ring.ring)
		return -EOPNOTSUPP;
	loosen(f);
	if (peer) {
		loosen(peer);
		set(peer, INTMGR_SINK_PEER, f);
	}
	set(f, sink, peer);
	return 0;
}

static void wire_free(struct function *f)
{
	int i;

	for (i = 0; i < NIC_MAX_QUEUES; i++)
		kvfree(f->wire.nic.scratch[i]);
	kvfree(f->wire.reply);
}

int wire_create(struct function *f)
{
	int i;

	spin_lock_init(&f->wire.lock);
	f->wire.reply = kvmalloc(NIC_SCRATCH, GFP_KERNEL);
	if (!f->wire.reply)
		return -ENOMEM;
	for (i = 0; i < NIC_MAX_QUEUES; i++) {
		f->wire.nic.scratch[i] = kvmalloc(NIC_SCRATCH, GFP_KERNEL);
		if (!f->wire.nic.scratch[i]) {
			wire_free(f);
			return -ENOMEM;
		}
	}
	f->nic.wire = &f->wire.nic;
	set(f, f->wire.sink, NULL);
	return 0;
}

void wire_destroy(struct function *f)
{
	wire_free(f);
}
