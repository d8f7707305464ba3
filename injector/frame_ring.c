// SPDX-License-Identifier: GPL-2.0-only
#include "frame_ring.h"

#define ALIGN_TO	8	/* bytes: a length never wraps */

/* Of a frame and its length. */
static u64 piece(u32 len)
{
	return ((u64)len + sizeof(u32) + ALIGN_TO - 1) & ~(u64)(ALIGN_TO - 1);
}

static u64 to_the_end(const struct frame_ring_end *end)
{
	return end->size - end->at % end->size;
}

static u32 *length_at(const struct frame_ring_end *end)
{
	return (u32 *)(end->ring->data + end->at % end->size);
}

void frame_ring_open(struct frame_ring_end *end, void *memory, u64 bytes)
{
	*end = (struct frame_ring_end) { 0 };
	if (bytes < FRAME_RING_LEAST)
		return;
	end->ring = memory;
	end->size = (bytes - sizeof(struct frame_ring)) & ~(u64)(ALIGN_TO - 1);
}

/* ---- who puts ---- */

static bool has_room(struct frame_ring_end *end, u64 bytes)
{
	if (end->at + bytes - end->other <= end->size)
		return true;
	/* Pairs with frame_ring_drop(): what was there is used no more. */
	end->other = port_load_acquire(&end->ring->tail);
	return end->at + bytes - end->other <= end->size;
}

/*
 * Is it time to go on at the front? Where nothing more fits. And, as memory that was
 * used a moment ago is in the caches, from FRAME_RING_WARM on as soon as who takes
 * has all but kept up: until it has come to the front, too, what is behind is lost
 * room.
 */
static bool is_lap(struct frame_ring_end *end, u64 bytes)
{
	if (bytes > to_the_end(end))
		return true;
	if (end->at % end->size < FRAME_RING_WARM)
		return false;
	end->other = port_load_acquire(&end->ring->tail);
	return end->at + bytes - end->other <= FRAME_RING_WARM / 8;
}

bool frame_ring_put(struct frame_ring_end *end, const void *frame, u32 len)
{
	u64 bytes = piece(len);
	u64 skip = is_lap(end, bytes) ? to_the_end(end) : 0;

	if (bytes > end->size || !has_room(end, skip + bytes))
		return false;
	if (skip)
		port_store(length_at(end), FRAME_RING_SKIP);
	end->at += skip;
	port_store(length_at(end), len);
	memcpy(length_at(end) + 1, frame, len);
	end->at += bytes;
	/* The frame is there before the position that says so. */
	port_store_release(&end->ring->head, end->at);
	return true;
}

/* ---- who takes ---- */

static bool is_empty(struct frame_ring_end *end)
{
	if (end->at == end->other)
		/* Pairs with frame_ring_put(): the frame is there. */
		end->other = port_load_acquire(&end->ring->head);
	return end->at == end->other;
}

static const void *empty(struct frame_ring_end *end)
{
	end->at = end->other;
	port_store_release(&end->ring->tail, end->at);
	return NULL;
}

const void *frame_ring_peek(struct frame_ring_end *end, u32 *len)
{
	if (is_empty(end))
		return NULL;
	if (end->other - end->at > end->size || end->other % ALIGN_TO)
		return empty(end);
	*len = port_load(length_at(end));
	if (*len == FRAME_RING_SKIP && to_the_end(end) < end->other - end->at) {
		end->at += to_the_end(end);
		*len = port_load(length_at(end));
	}
	if (piece(*len) > end->other - end->at || piece(*len) > to_the_end(end))
		return empty(end);
	return length_at(end) + 1;
}

void frame_ring_drop(struct frame_ring_end *end, u32 len)
{
	end->at += piece(len);
	/* It is used no more before the position that says so. */
	port_store_release(&end->ring->tail, end->at);
}
