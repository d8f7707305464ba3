/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Frames: UDP in IPv4 in Ethernet, as the paper's interrupt manager builds
 * them (4.5, step 2), with a header of ours at the front of the UDP payload
 * that says which shot a frame is.
 *
 * A frame's size is the whole Ethernet frame without preamble and FCS.
 */
#ifndef INTMGR_FRAME_H
#define INTMGR_FRAME_H

#include "port.h"

#define FRAME_ETH_LEN		14
#define FRAME_IP_LEN		20
#define FRAME_UDP_LEN		8
#define FRAME_HEADERS_LEN	(FRAME_ETH_LEN + FRAME_IP_LEN + FRAME_UDP_LEN)
#define FRAME_MAX_SIZE		16384	/* the largest RX buffer of the 82574L */

/* The front of the UDP payload, little-endian. */
struct frame_mark {
	__le64 run;	/* tells this run's frames from all others; never 0 */
	__le64 seq;	/* which shot: 1, 2, ... */
	__le64 stamp;	/* when the shot began; the sender's clock */
} __packed;

#define FRAME_MIN_SIZE		(FRAME_HEADERS_LEN + sizeof(struct frame_mark))

struct frame_spec {
	u8 dst[6], src[6];
	__be32 saddr, daddr;
	__be16 sport, dport;
	u32 size;		/* FRAME_MIN_SIZE ... FRAME_MAX_SIZE */
	u64 run;
};

/*
 * Write spec->size bytes of frame to @buf: headers with right checksums, the
 * mark with seq and stamp 0, and a fill pattern.
 * Returns 0, or -EINVAL where the size is out of range or larger than @room.
 */
int frame_build(void *buf, size_t room, const struct frame_spec *spec);

/*
 * Is @frame of @len bytes one that frame_mark_shot() may be used on? The
 * kernel asks this of a frame that a program handed in. Both checksums must be
 * right already, since they are only ever updated from here on.
 */
bool frame_is_ours(const void *frame, size_t len);

/*
 * Number and stamp a built frame in place; the UDP checksum follows by
 * incremental update (RFC 1624). Hot path: O(1) in the frame's size.
 */
void frame_mark_shot(void *frame, u64 seq, u64 stamp);

/* The IPv4 source address of a frame that frame_is_ours(), and another one. */
__be32 frame_source(const void *frame);
void frame_set_source(void *frame, __be32 source);

/*
 * The shot's number if @frame carries a mark of run @run, else 0; 0 for run 0.
 * Looks at the first FRAME_MIN_SIZE bytes only: @len may end before the frame.
 */
u64 frame_seq(const void *frame, size_t len, u64 run);

/* The same for a UDP payload, as a socket's reader has it. */
u64 frame_payload_seq(const void *payload, size_t len, u64 run);

/*
 * Is this a whole UDP/IPv4 frame with both checksums there and right, and the
 * lengths consistent with @len? Any payload will do.
 */
bool frame_verify(const void *frame, size_t len);

#endif
