/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contract 6: sent = delivered + each cause, and what the socket's reader
 * counted fits what the kernel counted.
 */
#ifndef AP_SUMS_H
#define AP_SUMS_H

#include "kmod/uapi/intmgr.h"
#include "receiver.h"

/*
 * NULL, or in @why a sentence on the first figures of a run that disagree. The
 * run is over. @c sums up all its readers, NULL: what they counted is lost.
 *
 * A reader counts a frame and then stamps its shot, so what counts as delivered
 * was counted, even by one of @died readers whose kernel died between the two.
 */
const char *sums_check(const struct intmgr_stats *s,
		       const struct receiver_counts *c, u32 died,
		       char why[160]);

/* Can these be the last counts of a reader of at most @sent frames? */
bool sums_plausible(const struct receiver_counts *c, u64 sent);

/*
 * Frames that were read after the support side had given them up: their outcome
 * is SOCKET, or TARGET_DEAD where a kernel that seemed to hang went on.
 */
u64 sums_read_late(const struct intmgr_stats *s,
		   const struct receiver_counts *c);

#endif
