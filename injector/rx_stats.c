// SPDX-License-Identifier: GPL-2.0-only
#include "rx_stats.h"

#include "packet.h"

bool rx_stats_fits(struct counters *stats, u32 len, u32 longest)
{
	if (len < ETH_MIN_FRAME)
		counters_add(stats, INTEL_RUC, 1);
	else if (len > longest)
		counters_add(stats, INTEL_ROC, 1);
	else
		return true;
	return false;
}

void rx_stats_passed(struct counters *stats, u32 len)
{
	counters_add(stats, INTEL_TPR, 1);
	counters_add(stats, INTEL_TORL, len + ETH_FCS);
}

void rx_stats_received(struct counters *stats, u32 len, enum rx_kind kind)
{
	counters_add(stats, INTEL_GPRC, 1);
	counters_add(stats, INTEL_GORCL, len + ETH_FCS);
	counters_add_size(stats, INTEL_PRC64, len + ETH_FCS);
	if (kind == RX_MULTICAST)
		counters_add(stats, INTEL_MPRC, 1);
	else if (kind == RX_BROADCAST)
		counters_add(stats, INTEL_BPRC, 1);
}

void rx_stats_missed(struct counters *stats)
{
	counters_add(stats, INTEL_MPC, 1);
	counters_add(stats, INTEL_RNBC, 1);
}
