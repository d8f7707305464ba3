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
 * run is over.
 */
const char *sums_check(const struct intmgr_stats *s,
		       const struct receiver_counts *c, char why[160]);

/*
 * Frames that were read after the kernel had given them up: their outcome is
 * SOCKET.
 */
u64 sums_read_late(const struct intmgr_stats *s,
		   const struct receiver_counts *c);

#endif
