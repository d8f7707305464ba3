// SPDX-License-Identifier: GPL-2.0-only
#include "rx_header.h"

#include "packet.h"

static bool is_fragment(const u8 *ipv4)
{
	return get16(ipv4 + 6) & 0x3fff;
}

/* Where the transport header begins; 0: unknown to the part. */
static u32 transport(const u8 *frame, u32 len, u8 *protocol)
{
	const u8 *ip = frame + ETH_HEADER;

	if (len >= ETH_HEADER + IPV4_HEADER &&
	    get16(frame + ETH_ADDRESSES) == ETH_TYPE_IPV4) {
		u32 ihl = (ip[0] & 0xf) * 4u;

		*protocol = ip[9];
		return ihl < IPV4_HEADER || is_fragment(ip) ? 0 :
		       ETH_HEADER + ihl;
	}
	if (len >= ETH_HEADER + IPV6_HEADER &&
	    get16(frame + ETH_ADDRESSES) == ETH_TYPE_IPV6) {
		*protocol = ip[6];
		return ETH_HEADER + IPV6_HEADER;
	}
	return 0;
}

u32 rx_header_length(const u8 *frame, u32 len)
{
	u8 protocol = 0;
	u32 at = transport(frame, len, &protocol);

	if (at && protocol == PROTOCOL_UDP)
		at += UDP_HEADER;
	else if (at && protocol == PROTOCOL_TCP && at + TCP_HEADER <= len)
		at += max((frame[at + 12] >> 4) * 4u, (u32)TCP_HEADER);
	else
		return 0;
	return at < len ? at : 0;
}

u8 rx_header_protocol(const u8 *frame, u32 len)
{
	u8 protocol = 0;

	return transport(frame, len, &protocol) ? protocol : 0;
}
