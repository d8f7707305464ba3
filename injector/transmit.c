// SPDX-License-Identifier: GPL-2.0-only
#include "csr.h"
#include "intel_regs.h"
#include "transmit.h"

#define ETH_MIN_FRAME	60	/* without FCS */
#define ETH_FCS		4

static bool transmit_enabled(const u32 *csr)
{
	return (csr_get(csr, INTEL_TCTL) & INTEL_TCTL_EN) &&
	       !(csr_get(csr, INTEL_CTRL) & INTEL_CTRL_GIO_MASTER_DISABLE);
}

int transmit_open(const u32 *csr, const struct nic *nic, struct tx_ring *r)
{
	r->base = csr_get64(csr, INTEL_TDBAL, INTEL_TDBAH) & ~15ULL;
	r->bytes = csr_get(csr, INTEL_TDLEN);
	r->head = csr_get(csr, INTEL_TDH);
	r->tail = csr_get(csr, INTEL_TDT);
	if (!transmit_enabled(csr) || !r->bytes)
		return -ENODEV;
	return tx_ring_open(r, nic) ? 0 : -EINVAL;
}

/* Short frames go out padded; all go out with an FCS. */
static void count_sent(struct counters *stats, const struct tx_frame *frame)
{
	u32 wire = max(frame->len, (u32)ETH_MIN_FRAME) + ETH_FCS;

	counters_add(stats, INTEL_TPT, 1);
	counters_add(stats, INTEL_GPTC, 1);
	counters_add(stats, INTEL_GOTCL, wire);
	counters_add(stats, INTEL_TOTL, wire);
	counters_add_size(stats, INTEL_PTC64, wire);
	if (frame->segmented)
		counters_add(stats, INTEL_TSCTC, 1);
}

bool transmit_frame(u32 *csr, struct counters *stats, struct tx_ring *r,
		    struct tx_frame *frame)
{
	if (!tx_ring_take(r, frame))
		return false;
	csr_set(csr, INTEL_TDH, r->head);
	count_sent(stats, frame);
	return true;
}
