/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What Intel's parts do to a frame before it leaves: checksums inserted, a
 * VLAN tag inserted, TCP segmentation (82574 data sheet 7.2). The descriptors
 * that ask for it differ between the families; the work does not.
 */
#ifndef INTMGR_OFFLOAD_H
#define INTMGR_OFFLOAD_H

#include "port.h"

#define OFFLOAD_MAX	(256 + 65536)	/* headers and payload of one segmentation, bytes */

/*
 * One checksum: the ones' complement sum over bytes start ... end (inclusive;
 * end 0: to the frame's last) is put at offset. The driver has left the pseudo
 * header's sum there.
 */
struct offload_sum {
	bool wanted;
	u16 start, offset, end;
};

struct offload {
	struct offload_sum ip, l4;
	bool vlan;		/* insert @tag behind the addresses */
	u16 tag;
	bool segment;		/* cut into frames of @mss bytes payload each */
	bool tcp, ipv4;		/* segmentation: else UDP, IPv6 */
	u16 header, mss;	/* segmentation: bytes */
};

typedef void offload_send(void *to, const void *frame, u32 len);

/*
 * Do what @o asks to the frame of @len bytes at @frame, in place, and give the
 * result, one or several frames, to @send. 64 bytes before @frame may be
 * written (a tag moves the addresses forward). Returns the number of frames,
 * 0 where @o does not fit the frame; *bytes gets the sum of their lengths.
 */
u32 offload_do(void *frame, u32 len, const struct offload *o,
	       offload_send *send, void *to, u64 *bytes);

#endif
