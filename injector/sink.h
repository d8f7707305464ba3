/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What comes back for a frame that a driver sent: nothing, the frame itself,
 * or what the host that it asked for would say. No state is kept; so every
 * address answers, each with a MAC of its own: 02:69 and the IPv4 address, or
 * the last four bytes of the IPv6 address.
 *
 * Frames are untrusted and of any length; @reply has room for @len bytes, and
 * for SINK_MIN_REPLY at least. Both return the length of the reply, 0: none.
 */
#ifndef INTMGR_SINK_H
#define INTMGR_SINK_H

#include "port.h"

#define SINK_MIN_REPLY	60	/* the shortest Ethernet frame, without FCS */

/*
 * The same frame, source and destination exchanged; the source is
 * 02:69:00:00:00:01 where the destination was a group.
 */
u32 sink_echo(const void *frame, u32 len, void *reply);

/*
 * Answers to ARP requests, ICMP echo requests, neighbour solicitations and
 * ICMPv6 echo requests for any unicast address but the sender's own; VLAN tags
 * and IPv4 options come back unchanged. None where a host would be silent:
 * wrong checksum or length, fragments, source routes, groups as source, address
 * probes (RFC 5227, RFC 4862) and announcements.
 */
u32 sink_answer(const void *frame, u32 len, void *reply);

#endif
