/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the protocol headers of a received frame end, as packet split knows
 * them: Ethernet, IPv4 or IPv6 without extension headers, TCP or UDP (82574
 * data sheet 7.1). Fragments and all other frames are not split.
 */
#ifndef INTMGR_RX_HEADER_H
#define INTMGR_RX_HEADER_H

#include "port.h"

/* Bytes of headers in the frame, 0: not to be split. */
u32 rx_header_length(const u8 *frame, u32 len);

/* The protocol number behind an IPv4 or IPv6 header, 0: none, or not known. */
u8 rx_header_protocol(const u8 *frame, u32 len);

#endif
