/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the receivers of Intel's parts count, with the FCS among the bytes
 * (82574 data sheet 10.2.7, 82576 data sheet 8.19).
 */
#ifndef INTMGR_RX_STATS_H
#define INTMGR_RX_STATS_H

#include "counters.h"
#include "rx_filter.h"

/* Is a frame of @len bytes neither too short nor above @longest? Else it is counted. */
bool rx_stats_fits(struct counters *stats, u32 len, u32 longest);

/* A frame of @len bytes passed the filters. */
void rx_stats_passed(struct counters *stats, u32 len);

/* ... and was received. */
void rx_stats_received(struct counters *stats, u32 len, enum rx_kind kind);

/*
 * ... or found no descriptor, as the port counts it: there is no packet buffer
 * on chip in which it could wait. RXO is not raised for it, because nothing is
 * rung for a frame that was not delivered.
 */
void rx_stats_missed(struct counters *stats);

#endif
